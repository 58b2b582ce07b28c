//! My company › General (G1).

super::texts! {
    lead => "What the provider has on record about your company." | "Wat de aanbieder over uw bedrijf heeft vastgelegd.";
    name => "Company name" | "Bedrijfsnaam";
    number => "Customer number" | "Klantnummer";
    kvk => "Chamber of Commerce number" | "KvK-nummer";
    account_manager => "Account manager" | "Accountmanager";
    company => "Company" | "Bedrijf";
    contact => "Contact" | "Contact";
    contact_name => "Contact person" | "Contactpersoon";
    contact_email => "Email address" | "E-mailadres";
    contact_phone => "Telephone number" | "Telefoonnummer";
    domains => "Allowed domains" | "Toegestane domeinen";
    domains_text => "Colleagues with an address in one of these domains can be users of your company." | "Collega's met een adres in een van deze domeinen kunnen gebruiker zijn van uw bedrijf.";
    self_registration => "Allow self-registration" | "Zelf registreren toestaan";
    self_registration_on => "Colleagues with an address in one of these domains may register by themselves." | "Collega's met een adres in een van deze domeinen mogen zich zelf registreren.";
    self_registration_off => "Only you and the other administrators add colleagues." | "Alleen u en de andere beheerders voegen collega's toe.";
    country => "Country" | "Land";
    save => "Save" | "Opslaan";
    contact_saved => "The contact details have been saved." | "De contactgegevens zijn opgeslagen.";
    ask_manager(manager: &str) => "Name, numbers, domains and self-registration are changed by the provider. Ask {manager}." | "Naam, nummers, domeinen en zelf registreren wijzigt de aanbieder. Vraag het aan {manager}.";
    ask_provider => "Name, numbers, domains and self-registration are changed by the provider. Ask there." | "Naam, nummers, domeinen en zelf registreren wijzigt de aanbieder. Vraag het daar.";
    none => "Not on record" | "Niet vastgelegd";
}

/// G1: who changes what an administrator can't.
#[must_use]
pub fn how_to_change(l: shared::fields::Language, manager: &str) -> String {
    if manager.is_empty() { ask_provider(l).to_owned() } else { ask_manager(l, manager) }
}
