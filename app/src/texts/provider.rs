//! The provider's desk.

super::texts! {
    companies => "Companies" | "Bedrijven";
    lead => "The customers of the provider." | "De klanten van de aanbieder.";
    number => "Customer number" | "Klantnummer";
    name => "Company name" | "Bedrijfsnaam";
    domains => "Allowed domains" | "Toegestane domeinen";
    people => "Users" | "Gebruikers";
    none_title => "No companies yet" | "Nog geen bedrijven";
}
