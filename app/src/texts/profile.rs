//! My profile.

super::texts! {
    lead => "What is known about you." | "Wat er over u bekend is.";
    details => "My details" | "Mijn gegevens";
    name => "Name" | "Naam";
    username => "Username" | "Gebruikersnaam";
    companies => "Companies" | "Bedrijven";
    no_companies => "None" | "Geen";
    staff => "You work for the provider." | "U werkt voor de aanbieder.";
}
