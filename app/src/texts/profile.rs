//! My profile.

super::texts! {
    details => "My details" | "Mijn gegevens";
    lead => "Your name, how you can be reached, and the language of your mail and pages." | "Uw naam, hoe u bereikbaar bent, en de taal van uw mail en pagina's.";
    username => "Username" | "Gebruikersnaam";
    companies => "Companies" | "Bedrijven";
    no_companies => "None" | "Geen";
    staff => "Staff" | "Medewerker";
    name => "Name" | "Naam";
    phone => "Telephone number" | "Telefoonnummer";
    country => "Country" | "Land";
    language_hint => "Of the mail you get, and of the pages." | "Van de mail die u krijgt, en van de pagina's.";
    save => "Save" | "Opslaan";
    saved => "Your details have been saved." | "Uw gegevens zijn opgeslagen.";

    change_password => "Change password" | "Wachtwoord wijzigen";
    password_lead => "When your password changes, all your other sessions end." | "Als uw wachtwoord wijzigt, eindigen al uw andere sessies.";
    current_password => "Current password" | "Huidig wachtwoord";
    password_changed => "Your password has been changed. All your other sessions have ended." | "Uw wachtwoord is gewijzigd. Al uw andere sessies zijn beëindigd.";
    to_sessions => "To the sessions" | "Naar de sessies";

    sessions => "Sessions" | "Sessies";
    sessions_lead => "Where you are signed in. If there is a session that is not yours, end it and change your password." | "Waar u bent ingelogd. Staat er een sessie bij die niet van u is? Beëindig die en wijzig uw wachtwoord.";
    browser => "Browser" | "Browser";
    address => "Network address" | "Netwerkadres";
    since => "Since" | "Sinds";
    last_seen => "Last seen" | "Laatst gezien";
    this_session => "This session" | "Deze sessie";
    end_session => "End session" | "Sessie beëindigen";
    end_others => "End all other sessions" | "Alle andere sessies beëindigen";
    end_others_text => "Everywhere else you then have to sign in again." | "Overal elders moet u dan opnieuw inloggen.";
    ended => "The session has ended." | "De sessie is beëindigd.";
    others_ended => "All your other sessions have ended." | "Al uw andere sessies zijn beëindigd.";
    browser_on(browser: &str, system: &str) => "{browser} on {system}" | "{browser} op {system}";
    unknown_browser => "Unknown browser" | "Onbekende browser";
}
