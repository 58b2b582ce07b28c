//! My company › Licences, and licences at the provider's desk.

use shared::{
    fields::Language,
    licences::{Validity, Way},
};

super::texts! {
    licences => "Licences" | "Licenties";
    licence => "Licence" | "Licentie";
    lead => "What your company may use, and how much of it is in use." | "Wat uw bedrijf mag gebruiken, en hoeveel daarvan in gebruik is.";
    none_title => "No licences yet" | "Nog geen licenties";
    none_text => "As soon as the provider gives your company a licence, it stands here." | "Zodra de aanbieder uw bedrijf een licentie geeft, staat die hier.";

    product => "Product" | "Product";
    seats => "Seats" | "Plaatsen";
    in_use => "In use" | "In gebruik";
    of_seats(used: u32, seats: u32) => "{used} of {seats} seats" | "{used} van {seats} plaatsen";
    without_limit(used: u32) => "{used} in use, no limit" | "{used} in gebruik, geen limiet";
    valid_from => "Valid from" | "Geldig vanaf";
    valid_until => "Valid until" | "Geldig tot en met";
    not_yet => "Not valid yet" | "Nog niet geldig";
    valid => "Valid" | "Geldig";
    expired => "Expired" | "Verlopen";
    company_wide => "Company-wide" | "Bedrijfsbreed";
    in_selection => "In licence selection" | "In licentiekeuze";
    open_requests => "Open requests" | "Open aanvragen";
    so_many_open(open: u32) => "{open} open" | "{open} open";
    none => "None" | "Geen";
    people => "People in the company" | "Mensen in het bedrijf";
    external => "External" | "Extern";
    external_text => "The product's supplier must know who uses it. So nobody can request this licence: you give access yourself, only to people whose name and country are filled in. The provider reports them to the supplier." | "De leverancier van het product moet weten wie het gebruikt. Daarom kan niemand deze licentie aanvragen: u geeft zelf toegang, en alleen aan mensen van wie naam en land zijn ingevuld. De aanbieder meldt hen bij de leverancier.";

    settings => "Settings" | "Instellingen";
    company_wide_licence => "Company-wide licence" | "Bedrijfsbrede licentie";
    company_wide_hint => "Everybody in the company has access, now and later. It takes no seats." | "Iedereen in het bedrijf heeft toegang, nu en later. Dat kost geen plaatsen.";
    show_in_selection => "Show in licence selection" | "Tonen in licentiekeuze";
    shown_hint => "Everybody in the company can request it." | "Iedereen in het bedrijf kan de licentie aanvragen.";
    never_shown_hint => "An external licence is never offered: only you can give access." | "Een externe licentie wordt nooit aangeboden: alleen u kunt toegang geven.";
    save => "Save" | "Opslaan";
    settings_saved => "The settings have been saved." | "De instellingen zijn opgeslagen.";

    when_you_save => "When you save:" | "Als u opslaat:";
    if_company_wide_on => "If you switch on Company-wide licence:" | "Als u Bedrijfsbrede licentie aanzet:";
    if_company_wide_off => "If you switch off Company-wide licence:" | "Als u Bedrijfsbrede licentie uitzet:";
    if_shown_on => "If you switch on Show in licence selection:" | "Als u Tonen in licentiekeuze aanzet:";
    if_shown_off => "If you switch off Show in licence selection:" | "Als u Tonen in licentiekeuze uitzet:";
    nobody_gets_access => "Everybody has access of their own already" | "Iedereen heeft al een eigen toegang";
    one_gets_access => "One person gets access" | "Eén persoon krijgt toegang";
    many_get_access(people: u32) => "{people} people get access" | "{people} mensen krijgen toegang";
    one_is_granted => ", one open request is granted" | ", één open aanvraag wordt toegekend";
    many_are_granted(open: u32) => ", {open} open requests are granted" | ", {open} open aanvragen worden toegekend";
    later_has_access => "Whoever joins later has access at once." | "Wie er later bij komt, heeft meteen toegang.";
    nobody_keeps => "Everybody has access of their own already, and keeps it." | "Iedereen heeft al een eigen toegang en houdt die.";
    one_keeps => "One person keeps access as their own." | "Eén persoon houdt toegang, als eigen toegang.";
    many_keep(people: u32) => "{people} people keep access as their own." | "{people} mensen houden toegang, als eigen toegang.";
    used_afterwards(used: u32, seats: u32) => "{used} of {seats} seats are then used." | "Dan zijn {used} van {seats} plaatsen in gebruik.";
    full_afterwards(used: u32, seats: u32) => "{used} of {seats} seats are then used: nobody new gets in until there is room." | "Dan zijn {used} van {seats} plaatsen in gebruik: er komt niemand bij tot er plaats is.";
    later_must_ask => "Whoever joins later must ask." | "Wie er later bij komt, moet toegang aanvragen.";
    shown_effect => "Everybody without access can request it." | "Iedereen zonder toegang kan de licentie aanvragen.";
    hidden_effect => "Nobody can request it any more." | "Niemand kan de licentie nog aanvragen.";
    open_stay(open: u32) => "Requests that are open stay open ({open})." | "Aanvragen die open zijn, blijven open ({open}).";

    who_has_access => "Who has access" | "Wie toegang heeft";
    who_has_none => "Who has no access" | "Wie geen toegang heeft";
    everybody_has_access => "This licence is company-wide: everybody in the company has access." | "Deze licentie is bedrijfsbreed: iedereen in het bedrijf heeft toegang.";
    search => "Search people" | "Mensen zoeken";
    how => "How" | "Hoe";
    since => "Since" | "Sinds";
    given => "Given" | "Gegeven";
    requested => "Requested" | "Aangevraagd";
    one_person => "One person" | "Eén persoon";
    many_people(people: u32) => "{people} people" | "{people} mensen";
    nobody_found_text => "Nobody who has access fits this search." | "Niemand met toegang past bij deze zoekopdracht.";
    nobody_title => "Nobody has access yet" | "Nog niemand heeft toegang";
    nobody_text => "Give access to people, or let them request it." | "Geef mensen toegang, of laat ze die aanvragen.";

    give_access => "Give access" | "Toegang geven";
    give_access_to_one => "Give access to one person" | "Eén persoon toegang geven";
    give_access_to(people: u32) => "Give access to {people} people" | "{people} mensen toegang geven";
    give_lead => "Tick the people who should get access. They get it at once. Who asked for it gets a mail." | "Vink de mensen aan die toegang moeten krijgen. Ze krijgen die meteen. Wie de licentie had aangevraagd, krijgt een mail.";
    no_seat_free => "No seat is free" | "Er is geen plaats vrij";
    one_seat_free => "One seat is free" | "Er is één plaats vrij";
    many_seats_free(free: u32) => "{free} seats are free" | "Er zijn {free} plaatsen vrij";
    nobody_without_found_text => "Nobody without access fits this search." | "Niemand zonder toegang past bij deze zoekopdracht.";
    nobody_without_title => "Everybody has access" | "Iedereen heeft toegang";
    nobody_without_text => "There is nobody left to give access to." | "Er is niemand meer om toegang te geven.";
    one_got_access => "One person has access now." | "Eén persoon heeft nu toegang.";
    many_got_access(people: u32) => "{people} people have access now." | "{people} mensen hebben nu toegang.";

    remove_access => "Remove access" | "Toegang intrekken";
    remove_access_of(people: u32) => "Remove access of {people} people" | "Toegang van {people} mensen intrekken";
    remove_question => "Remove access of the selected people?" | "De toegang van de geselecteerde mensen intrekken?";
    ticked_lose_access => "The people you ticked lose access at once, and their seats are free." | "De mensen die u hebt aangevinkt, verliezen meteen hun toegang. Hun plaatsen komen vrij.";
    one_loses_access => "One person loses access at once, and one seat is free." | "Eén persoon verliest meteen de toegang. Eén plaats komt vrij.";
    many_lose_access(people: u32) => "{people} people lose access at once, and {people} seats are free." | "{people} mensen verliezen meteen de toegang. {people} plaatsen komen vrij.";
    company_wide_stays => "That is their own access: the licence is company-wide, so they still have that." | "Dat is hun eigen toegang: de licentie is bedrijfsbreed, dus die toegang houden ze.";
    one_lost_access => "One person has no access of their own any more." | "Eén persoon heeft geen eigen toegang meer.";
    many_lost_access(people: u32) => "{people} people have no access of their own any more." | "{people} mensen hebben geen eigen toegang meer.";

    add_licence => "Add licence" | "Licentie toevoegen";
    add_lead => "One licence for each product. Its administrators see it at once." | "Eén licentie per product. De beheerders zien die meteen.";
    choose_product => "Choose a product" | "Kies een product";
    no_product_title => "No product left" | "Geen product meer over";
    no_product_text => "The company has a licence for every product. Change one of those, or add a product." | "Het bedrijf heeft voor elk product een licentie. Wijzig er een, of voeg een product toe.";
    to_products => "Products" | "Producten";
    terms => "Terms" | "Voorwaarden";
    seats_hint => "Empty: no limit" | "Leeg: geen limiet";
    company_wide_permitted => "Company-wide permitted" | "Bedrijfsbreed toegestaan";
    company_wide_permitted_hint => "The company's administrators may give everybody access at once." | "De beheerders van het bedrijf mogen iedereen in één keer toegang geven.";
    external_hint => "The product's outside supplier must know who uses it. It is never offered to request, and can't be company-wide." | "De externe leverancier van het product moet weten wie het gebruikt. De licentie is nooit aan te vragen en kan niet bedrijfsbreed zijn.";
    switched_on => "Switched on" | "Aangezet";
    permitted => "Permitted" | "Toegestaan";
    not_permitted => "Not permitted" | "Niet toegestaan";
    fewer_seats_text => "With fewer seats than are in use nobody loses access, but nobody new gets in until there is room." | "Met minder plaatsen dan er in gebruik zijn verliest niemand de toegang, maar er komt niemand bij tot er plaats is.";
    unpermit_text => "If company-wide is permitted no more, everybody in the company keeps access as their own, and each takes a seat." | "Als bedrijfsbreed niet meer is toegestaan, houdt iedereen in het bedrijf een eigen toegang. Elk daarvan kost een plaats.";
    none_granted_title => "No licences yet" | "Nog geen licenties";
    none_granted_text => "Add the first licence: the company's administrators can then give people access." | "Voeg de eerste licentie toe: de beheerders van het bedrijf kunnen dan mensen toegang geven.";
    granted => "The company has the licence now." | "Het bedrijf heeft de licentie nu.";
    terms_saved => "The terms have been saved." | "De voorwaarden zijn opgeslagen.";
}

#[must_use]
pub const fn validity(l: Language, validity: Validity) -> &'static str {
    match validity {
        Validity::NotYet => not_yet(l),
        Validity::Valid => valid(l),
        Validity::Expired => expired(l),
    }
}

/// How somebody got their access.
#[must_use]
pub const fn way(l: Language, way: Way) -> &'static str {
    match way {
        Way::CompanyWide => company_wide(l),
        Way::Given => given(l),
        Way::Requested => requested(l),
    }
}

#[must_use]
pub fn so_many_people(l: Language, people: u32) -> String {
    if people == 1 { one_person(l).to_owned() } else { many_people(l, people) }
}

#[must_use]
pub fn so_many_free(l: Language, free: u32) -> String {
    match free {
        0 => no_seat_free(l).to_owned(),
        1 => one_seat_free(l).to_owned(),
        _ => many_seats_free(l, free),
    }
}

#[must_use]
pub fn so_many_got_access(l: Language, people: u32) -> String {
    if people == 1 { one_got_access(l).to_owned() } else { many_got_access(l, people) }
}

#[must_use]
pub fn so_many_lost_access(l: Language, people: u32) -> String {
    if people == 1 { one_lost_access(l).to_owned() } else { many_lost_access(l, people) }
}
