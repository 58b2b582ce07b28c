//! Every refusal in words, without a wildcard: a new one doesn't compile before it has a text in both languages.

use shared::{
    FieldName, Problem, Refusal,
    fields::Language,
    refusal::{LinkState, NotAll},
};

super::texts! {
    signed_out => "Your session has ended. Sign in again." | "Uw sessie is verlopen. Log opnieuw in.";
    not_allowed => "You may not do this. An administrator of your company can." | "U mag dit niet doen. Een beheerder van uw bedrijf kan dat wel.";
    sign_in => "You can't sign in with this username and password. Check both, or use Forgot password." | "Inloggen lukt niet met deze gebruikersnaam en dit wachtwoord. Controleer beide, of gebruik Wachtwoord vergeten.";
    busy => "Too many people are doing this at the moment. Try again in a minute." | "Te veel mensen doen dit op dit moment. Probeer het over een minuut opnieuw.";
    fields => "Some fields need another look." | "Enkele velden kloppen nog niet.";
    no_domain => "Nobody can be added yet: the company has no e-mail domain. Ask the provider to add one." | "Er kan nog niemand worden toegevoegd: het bedrijf heeft geen e-maildomein. Vraag de aanbieder er een toe te voegen.";
    already_here => "Somebody with this address is a user of the company already." | "Iemand met dit adres is al gebruiker van het bedrijf.";
    address_taken => "There is an account with this username already." | "Er is al een account met deze gebruikersnaam.";
    already_registered => "The registration is complete, so there is no mail to send." | "De registratie is al afgerond, dus er is geen mail te sturen.";
    not_locked => "The account is not locked any more." | "Het account is niet meer vergrendeld.";
    blocked => "This person is blocked. Unblock them first." | "Deze persoon is geblokkeerd. Hef eerst de blokkering op.";
    last_administrator => "A company keeps at least one administrator. Make somebody else administrator first." | "Een bedrijf houdt minstens één beheerder. Maak eerst iemand anders beheerder.";
    yourself => "You can't block or remove yourself. Another administrator can." | "U kunt uzelf niet blokkeren of verwijderen. Een andere beheerder kan dat wel.";
    own_details => "Name, telephone number and country are this person's own to change, in My profile." | "Naam, telefoonnummer en land wijzigt deze persoon zelf, in Mijn profiel.";
    nobody_chosen => "Nobody is selected. Tick the people first." | "Er is niemand geselecteerd. Vink eerst mensen aan.";
    some => "It could not be done for everybody." | "Het is niet voor iedereen gelukt.";
    not_all(done: u32, refused: u32) => "Done for {done}. It could not be done for {refused}:" | "Gelukt voor {done}. Niet gelukt voor {refused}:";
    example(name: &str, why: &str) => "{name}: {why}" | "{name}: {why}";
    and_more(more: u32) => "And {more} more." | "En nog {more}.";
    no_self_registration => "No company lets people with this address register by themselves. Ask an administrator of your company to add you." | "Geen bedrijf laat mensen met dit adres zichzelf registreren. Vraag een beheerder van uw bedrijf u toe te voegen.";
    address_not_proven => "Your mail went to administrators when this password was set. Choose a new password with Forgot password first, so that it is sure that the address is yours." | "Uw mail ging naar beheerders toen dit wachtwoord werd ingesteld. Kies eerst een nieuw wachtwoord met Wachtwoord vergeten, zodat zeker is dat het adres van u is.";
    general_account => "This is the company's general account, which is nobody's own: it is not renamed, removed or made administrator. It can be blocked." | "Dit is het algemene account van het bedrijf, dat van niemand in het bijzonder is: het wordt niet hernoemd, verwijderd of beheerder gemaakt. Het kan wel worden geblokkeerd.";
    has_general_account => "The company has a general account already." | "Het bedrijf heeft al een algemeen account.";
    not_registered => "Only whoever has registered has an address to change. Remove this user, and add them with the right address." | "Alleen wie geregistreerd is, heeft een adres dat kan wijzigen. Verwijder deze gebruiker en voeg die toe met het juiste adres.";
    domains_in_use => "There are people with an address in a domain that would go. Look how many, and confirm." | "Er zijn mensen met een adres in een domein dat zou verdwijnen. Kijk hoeveel, en bevestig het.";
    changed => "Somebody else changed this in the meantime. Look again." | "Iemand anders heeft dit intussen gewijzigd. Kijk opnieuw.";

    link_used => "This link has been used" | "Deze link is al gebruikt";
    link_expired => "This link has expired" | "Deze link is verlopen";
    link_replaced => "This link has been replaced by a newer one" | "Deze link is vervangen door een nieuwere";
    link_withdrawn => "This link has been withdrawn" | "Deze link is ingetrokken";
    link_unknown => "This link does not exist" | "Deze link bestaat niet";

    choose_role => "Choose a role" | "Kies een rol";
    enter_username => "Enter a username" | "Vul een gebruikersnaam in";
    enter_name => "Enter a name" | "Vul een naam in";
    enter_phone => "Enter a telephone number" | "Vul een telefoonnummer in";
    choose_country => "Choose a country" | "Kies een land";
    choose_language => "Choose a language" | "Kies een taal";
    enter_email => "Enter an e-mail address" | "Vul een e-mailadres in";
    choose_company => "Choose a company" | "Kies een bedrijf";
    enter_company_name => "Enter the company's name" | "Vul de naam van het bedrijf in";
    enter_kvk => "Enter the Chamber of Commerce number" | "Vul het KvK-nummer in";
    enter_contact_name => "Enter a contact person" | "Vul een contactpersoon in";
    enter_account_manager => "Enter an account manager" | "Vul een accountmanager in";
    enter_domains => "Enter a domain" | "Vul een domein in";
    not_a_kvk_number => "A Chamber of Commerce number has eight digits" | "Een KvK-nummer heeft acht cijfers";
    not_a_domain(domain: &str) => "“{domain}” is not a domain, like company.example" | "‘{domain}’ is geen domein, zoals bedrijf.example";
    public_mail_domain(domain: &str) => "Anybody can have an address at {domain}, so it can't be a company's" | "Iedereen kan een adres hebben bij {domain}, dus dat kan niet van een bedrijf zijn";
    not_a_username => "Use 3 to 60 lower-case letters, digits, full stops, hyphens or underscores" | "Gebruik 3 tot 60 kleine letters, cijfers, punten, streepjes of lage streepjes";
    same_address => "This is the address of now" | "Dit is het adres van nu";
    enter_current_password => "Enter your current password" | "Vul uw huidige wachtwoord in";
    enter_password => "Enter the password" | "Vul het wachtwoord in";
    enter_new_password => "Enter a new password" | "Vul een nieuw wachtwoord in";
    enter_it_again => "Enter the new password again" | "Vul het nieuwe wachtwoord nog eens in";
    too_long(n: u16) => "Use at most {n} characters" | "Gebruik hoogstens {n} tekens";
    too_short(n: u16) => "Use at least {n} characters" | "Gebruik minstens {n} tekens";
    not_an_address => "Enter one e-mail address, like name@company.example" | "Vul één e-mailadres in, zoals naam@bedrijf.example";
    several_addresses => "Enter only one e-mail address" | "Vul maar één e-mailadres in";
    foreign_domain(domains: &str) => "Use an address that ends in @{domains}" | "Gebruik een adres dat eindigt op @{domains}";
    control_characters => "Use one line, without line breaks or other control characters" | "Gebruik één regel, zonder regeleinden of andere besturingstekens";
    not_a_phone_number => "Enter a telephone number, like +31 10 123 45 67" | "Vul een telefoonnummer in, zoals +31 10 123 45 67";
    not_a_country => "Choose a country from the list" | "Kies een land uit de lijst";
    not_a_choice => "Choose one from the list" | "Kies er een uit de lijst";
    personal_password => "Use a password without your name or address in it" | "Gebruik een wachtwoord zonder uw naam of adres erin";
    repetitive_password => "Use a password that does not repeat the same characters" | "Gebruik een wachtwoord dat niet steeds dezelfde tekens herhaalt";
    guessable_password => "Use a password that is harder to guess" | "Gebruik een wachtwoord dat moeilijker te raden is";
    same_password => "Use another password than the one you have now" | "Gebruik een ander wachtwoord dan dat van nu";
    wrong_password => "This is not your current password" | "Dit is niet uw huidige wachtwoord";
    not_repeated => "Enter the same password twice" | "Vul twee keer hetzelfde wachtwoord in";
}

#[must_use]
pub const fn of_refusal(l: Language, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SignedOut => signed_out(l),
        Refusal::NotAllowed => not_allowed(l),
        Refusal::SignIn => sign_in(l),
        Refusal::Busy => busy(l),
        Refusal::Fields(_) => fields(l),
        Refusal::NoDomain => no_domain(l),
        Refusal::AlreadyRegistered => already_registered(l),
        Refusal::NotLocked => not_locked(l),
        Refusal::Blocked => blocked(l),
        Refusal::LastAdministrator => last_administrator(l),
        Refusal::Yourself => yourself(l),
        Refusal::OwnDetails => own_details(l),
        Refusal::NobodyChosen => nobody_chosen(l),
        Refusal::Some(_) => some(l),
        Refusal::Link(state) => of_link_state(l, *state),
        Refusal::Changed => changed(l),
        Refusal::NoSelfRegistration => no_self_registration(l),
        Refusal::AddressNotProven => address_not_proven(l),
        Refusal::GeneralAccount => general_account(l),
        Refusal::HasGeneralAccount => has_general_account(l),
        Refusal::NotRegistered => not_registered(l),
        Refusal::DomainsInUse(_) => domains_in_use(l),
    }
}

/// What could not be done for all, a line each.
#[must_use]
pub fn of_not_all(l: Language, not_all: &NotAll) -> Vec<String> {
    let examples = not_all.examples.iter().map(|one| example(l, &format!("{} ({})", one.name, one.username), of_refusal(l, &one.refusal)));
    let unnamed = not_all.refused.saturating_sub(u32::try_from(not_all.examples.len()).unwrap_or(u32::MAX));
    let more = (unnamed > 0).then(|| and_more(l, unnamed));
    std::iter::once(super::refusals::not_all(l, not_all.done, not_all.refused)).chain(examples).chain(more).collect()
}

/// The heading of a link's page (A6).
#[must_use]
pub const fn of_link_state(l: Language, state: LinkState) -> &'static str {
    match state {
        LinkState::Used => link_used(l),
        LinkState::Expired => link_expired(l),
        LinkState::Replaced => link_replaced(l),
        LinkState::Withdrawn => link_withdrawn(l),
        LinkState::Unknown => link_unknown(l),
    }
}

/// What is wrong with a field, as a sentence that also makes sense away from it, in the summary.
#[must_use]
pub fn of_problem(l: Language, field: FieldName, problem: &Problem) -> String {
    match problem {
        Problem::Missing => of_missing(l, field).into(),
        Problem::TooLong(n) => too_long(l, *n),
        Problem::TooShort(n) => too_short(l, *n),
        Problem::NotAnAddress => not_an_address(l).into(),
        Problem::AlreadyHere => already_here(l).into(),
        Problem::AddressTaken => address_taken(l).into(),
        Problem::SeveralAddresses => several_addresses(l).into(),
        Problem::ForeignDomain(domains) => foreign_domain(l, &domains.join(", @")),
        Problem::ControlCharacters => control_characters(l).into(),
        Problem::NotAPhoneNumber => not_a_phone_number(l).into(),
        Problem::NotACountry => not_a_country(l).into(),
        Problem::NotAChoice => not_a_choice(l).into(),
        Problem::PersonalPassword => personal_password(l).into(),
        Problem::RepetitivePassword => repetitive_password(l).into(),
        Problem::GuessablePassword => guessable_password(l).into(),
        Problem::SamePassword => same_password(l).into(),
        Problem::NotRepeated => not_repeated(l).into(),
        Problem::WrongPassword => wrong_password(l).into(),
        Problem::NotAKvkNumber => not_a_kvk_number(l).into(),
        Problem::NotADomain(domain) => not_a_domain(l, domain),
        Problem::PublicMailDomain(domain) => public_mail_domain(l, domain),
        Problem::NotAUsername => not_a_username(l).into(),
        Problem::SameAddress => same_address(l).into(),
    }
}

const fn of_missing(l: Language, field: FieldName) -> &'static str {
    match field {
        FieldName::Role => choose_role(l),
        FieldName::Username => enter_username(l),
        FieldName::Name => enter_name(l),
        FieldName::Phone => enter_phone(l),
        FieldName::Country => choose_country(l),
        FieldName::Language => choose_language(l),
        FieldName::Password => enter_password(l),
        FieldName::CurrentPassword => enter_current_password(l),
        FieldName::Email | FieldName::ContactEmail => enter_email(l),
        FieldName::Company => choose_company(l),
        FieldName::CompanyName => enter_company_name(l),
        FieldName::Kvk => enter_kvk(l),
        FieldName::ContactName => enter_contact_name(l),
        FieldName::ContactPhone => enter_phone(l),
        FieldName::AccountManager => enter_account_manager(l),
        FieldName::Domains => enter_domains(l),
        FieldName::NewPassword => enter_new_password(l),
        FieldName::RepeatPassword => enter_it_again(l),
    }
}
