//! The provider's desk.

super::texts! {
    companies => "Companies" | "Bedrijven";
    lead => "The customers of the provider." | "De klanten van de aanbieder.";
    search => "Search companies" | "Bedrijven zoeken";
    people => "Users" | "Gebruikers";
    one_company => "One company" | "Eén bedrijf";
    so_many_companies(found: u32) => "{found} companies" | "{found} bedrijven";
    none_title => "No companies yet" | "Nog geen bedrijven";
    none_text => "Add the first customer, and appoint its administrator." | "Voeg de eerste klant toe en wijs de beheerder aan.";
    not_found_title => "No company found" | "Geen bedrijf gevonden";
    not_found_text => "No company has this in its name, this customer number, or this in a domain." | "Geen bedrijf heeft dit in de naam, als klantnummer of in een domein.";
    show_all => "Show all companies" | "Toon alle bedrijven";

    add_company => "Add company" | "Bedrijf toevoegen";
    add_lead => "The company gets the next customer number. After that you appoint its first administrator." | "Het bedrijf krijgt het volgende klantnummer. Daarna wijst u de eerste beheerder aan.";
    kvk_hint => "Eight digits" | "Acht cijfers";
    domains_hint => "One on each line, like company.example. Users of this company with an address in a new domain get a mail about it. Others with an account and such an address get one as soon as self-registration is allowed." | "Eén per regel, zoals bedrijf.example. Gebruikers van dit bedrijf met een adres in een nieuw domein krijgen daar een mail over. Anderen met een account en zo'n adres krijgen die zodra zelf registreren is toegestaan.";
    self_registration_hint => "Whoever has an address in one of these domains may register by themselves." | "Wie een adres heeft in een van deze domeinen, mag zichzelf registreren.";
    people_by_domain => "Users of this company with an address in a domain:" | "Gebruikers van dit bedrijf met een adres in een domein:";
    people_in(domain: &str, people: &str) => "{domain}: {people}" | "{domain}: {people}";
    nobody => "nobody" | "niemand";
    one_person => "one person" | "één persoon";
    so_many_people(people: u32) => "{people} people" | "{people} mensen";
    remove_domain_text => "If you remove a domain, the people with an address in it stay, with everything they have. But nobody new with such an address can be added or register, and who leaves can't come back with it." | "Als u een domein verwijdert, blijven de mensen met een adres daarin, met alles wat ze hebben. Maar niemand anders met zo'n adres kan worden toegevoegd of zich registreren, en wie weggaat, kan er niet mee terugkomen.";
    remove_one_stays(domain: &str) => "Remove {domain} all the same: one person stays" | "{domain} toch verwijderen: één persoon blijft";
    remove_people_stay(domain: &str, people: u32) => "Remove {domain} all the same: {people} people stay" | "{domain} toch verwijderen: {people} mensen blijven";
    remove_several(domains: &str) => "Remove these all the same, the people stay: {domains}" | "Deze toch verwijderen, de mensen blijven: {domains}";

    since => "Customer since" | "Klant sinds";
    details => "Details" | "Gegevens";
    created => "The company has been created." | "Het bedrijf is aangemaakt.";
    saved => "The changes have been saved." | "De wijzigingen zijn opgeslagen.";
    unlocked => "The account is unlocked." | "Het account is ontgrendeld.";

    administrators => "Administrators" | "Beheerders";
    first_administrator => "First administrator" | "Eerste beheerder";
    no_administrator => "This company has no administrator yet. Appoint one: they count as soon as they have completed their registration." | "Dit bedrijf heeft nog geen beheerder. Wijs er een aan: die telt mee zodra de registratie is afgerond.";
    email => "Email address" | "E-mailadres";
    appoint => "Appoint administrator" | "Beheerder aanwijzen";
    appoint_text => "The person gets a mail to complete the registration. Somebody of the company becomes administrator at once. Somebody with an account elsewhere is asked by mail to confirm. The address may have any domain." | "De persoon krijgt een mail om de registratie af te ronden. Iemand van het bedrijf wordt meteen beheerder. Iemand met een account elders krijgt een mail om het te bevestigen. Het adres mag elk domein hebben.";
    appointed => "The administrator has been appointed. Whoever was not a user of this company yet gets a mail first." | "De beheerder is aangewezen. Wie nog geen gebruiker van dit bedrijf was, krijgt eerst een mail.";

    general_account => "General account" | "Algemeen account";
    general_text => "One username and password that everybody in the company shares. The administrators get a mail to set the password, and all its other mail." | "Eén gebruikersnaam en wachtwoord die iedereen in het bedrijf deelt. De beheerders krijgen een mail om het wachtwoord in te stellen, en ook alle andere mail ervan.";
    general_needs_administrator => "Nobody gets that mail now: this company has no administrator yet. The first one gets it after completing the registration." | "Niemand krijgt die mail nu: dit bedrijf heeft nog geen beheerder. De eerste krijgt die na het afronden van de registratie.";
    general_username_hint => "3 to 60 letters, digits, full stops, hyphens or underscores. Not an e-mail address." | "3 tot 60 letters, cijfers, punten, streepjes of lage streepjes. Geen e-mailadres.";
    create_general => "Create general account" | "Algemeen account aanmaken";
    has_password => "Password set" | "Wachtwoord ingesteld";
    not_yet => "Not yet" | "Nog niet";
    block_text => "Everybody who works with it is signed out at once, and nobody gets in with it until you unblock it." | "Iedereen die ermee werkt, wordt meteen afgemeld. Niemand komt er meer mee binnen tot u de blokkering opheft.";
    unblock_text => "Nobody gets in with it now. When you unblock it, its password works again." | "Niemand komt er nu mee binnen. Als u de blokkering opheft, werkt het wachtwoord weer.";
    unblock => "Unblock" | "Blokkering opheffen";
    general_created => "The general account has been created. The administrators get a mail to set its password." | "Het algemene account is aangemaakt. De beheerders krijgen een mail om het wachtwoord in te stellen.";
    general_created_early => "The general account has been created. The company's first administrator gets a mail to set its password, after completing the registration." | "Het algemene account is aangemaakt. De eerste beheerder van het bedrijf krijgt een mail om het wachtwoord in te stellen, na het afronden van de registratie.";
    general_blocked => "The general account is blocked." | "Het algemene account is geblokkeerd.";
    general_unblocked => "The general account is no longer blocked." | "Het algemene account is niet meer geblokkeerd.";

    members => "Members" | "Leden";
    search_members => "Search members" | "Leden zoeken";
    nobody_found_text => "Nobody in this company fits this search." | "Niemand in dit bedrijf past bij deze zoekopdracht.";
    nobody_text => "Appoint the first administrator, who adds the others." | "Wijs de eerste beheerder aan; die voegt de anderen toe.";

    only_company(number: &str) => "Only what was done in company {number}." | "Alleen wat er bij bedrijf {number} is gedaan.";
}
