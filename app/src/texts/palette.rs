//! The command palette, and the pages that only navigation and palette name.

super::texts! {
    search => "Search" | "Zoeken";
    prompt => "Search pages, people and actions" | "Zoek pagina's, mensen en acties";
    prompt_for_staff => "Search pages, companies and actions" | "Zoek pagina's, bedrijven en acties";
    prompt_for_all => "Search pages, people, companies and actions" | "Zoek pagina's, mensen, bedrijven en acties";
    prompt_without_people => "Search pages and actions" | "Zoek pagina's en acties";
    close => "Close" | "Sluiten";
    results => "Results" | "Resultaten";
    pages => "Pages" | "Pagina's";
    people => "People" | "Mensen";
    actions => "Actions" | "Acties";
    nothing(what: &str) => "Nothing found for “{what}”" | "Niets gevonden voor ‘{what}’";
    one_result => "1 result" | "1 resultaat";
    several_results(count: usize) => "{count} results" | "{count} resultaten";
    to_move => "to move" | "om te bewegen";
    to_open => "to open" | "om te openen";
    to_close => "to close" | "om te sluiten";
    other_language => "Change language to Dutch" | "Taal wijzigen in Engels";
    theme_light => "Change theme to light" | "Weergave wijzigen in licht";
    theme_dark => "Change theme to dark" | "Weergave wijzigen in donker";
    theme_system => "Change theme to that of the system" | "Weergave wijzigen in die van het systeem";

    history => "History" | "Geschiedenis";
    my_details => "My details" | "Mijn gegevens";
    change_password => "Change password" | "Wachtwoord wijzigen";
    change_company => "Change company" | "Bedrijf wijzigen";
    newsletter => "Newsletter" | "Nieuwsbrief";
    sessions => "Sessions" | "Sessies";
    delete_account => "Delete account" | "Account verwijderen";
    companies => "Companies" | "Bedrijven";
    licences => "Licences" | "Licenties";
    products => "Products" | "Producten";
    suppliers => "Suppliers" | "Leveranciers";
}

/// How many were found, as it is said.
#[must_use]
pub fn found(l: shared::fields::Language, count: usize) -> String {
    if count == 1 { one_result(l).to_owned() } else { several_results(l, count) }
}
