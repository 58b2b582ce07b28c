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
    ask_contact(contact: &str) => "Name, numbers, domains and self-registration are changed by the provider. Ask the provider: {contact}." | "Naam, nummers, domeinen en zelf registreren wijzigt de aanbieder. Vraag het de aanbieder: {contact}.";
    ask_provider => "Name, numbers, domains and self-registration are changed by the provider. Ask your company's contact there." | "Naam, nummers, domeinen en zelf registreren wijzigt de aanbieder. Vraag het aan de contactpersoon van uw bedrijf daar.";
    none => "Not on record" | "Niet vastgelegd";
}

/// G1: who changes what an administrator can't, and where to ask: by name where the company has somebody there.
#[must_use]
pub fn how_to_change(l: shared::fields::Language, manager: &str, contact: &str) -> String {
    match (manager, contact) {
        ("", "") => ask_provider(l).to_owned(),
        ("", contact) => ask_contact(l, contact),
        (manager, "") => ask_manager(l, manager),
        (manager, contact) => ask_manager(l, &format!("{manager} ({contact})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::fields::Language;

    #[test]
    fn the_page_says_whom_to_ask_as_far_as_anybody_knows() {
        let said = |manager: &str, contact: &str| how_to_change(Language::English, manager, contact);
        assert!(said("Mia Bos", "").ends_with("Ask Mia Bos."));
        assert!(said("Mia Bos", "+31 10 555 01 00").ends_with("Ask Mia Bos (+31 10 555 01 00)."));
        assert!(said("", "desk@norms.example").ends_with("Ask the provider: desk@norms.example."));
        assert!(said("", "").ends_with("Ask your company's contact there."));
    }
}
