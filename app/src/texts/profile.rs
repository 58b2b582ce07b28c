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

    whose_password => "User" | "Gebruiker";
    whose_password_hint => "Whose password: your own, or that of your company's general account." | "Wiens wachtwoord: dat van uzelf, of dat van het algemene account van uw bedrijf.";
    myself(username: &str) => "{username} (myself)" | "{username} (ikzelf)";
    general_account(username: &str, company: &str) => "{username} (general account of {company})" | "{username} (algemeen account van {company})";
    general_password_changed => "The password of the general account has been changed. All its sessions have ended; the administrators get a mail." | "Het wachtwoord van het algemene account is gewijzigd. Al zijn sessies zijn beëindigd; de beheerders krijgen een mail.";

    change_company => "Change company" | "Bedrijf wijzigen";
    join_company => "Join company" | "Bij bedrijf aansluiten";
    no_company_lead => "Your account belongs to no company at the moment." | "Uw account hoort op dit moment bij geen bedrijf.";
    company_lead(companies: &str) => "You belong to {companies}." | "U hoort bij {companies}.";
    join_hint => "These companies let people with an address like yours join. You join as a user." | "Deze bedrijven laten mensen met een adres als het uwe zich aansluiten. U sluit zich aan als gebruiker.";
    nothing_to_join => "There is no company to join" | "Er is geen bedrijf om u bij aan te sluiten";
    nothing_to_join_text => "No company lets people with an address like yours join by themselves. Ask an administrator of your company to add you." | "Geen bedrijf laat mensen met een adres als het uwe zich zelf aansluiten. Vraag een beheerder van uw bedrijf u toe te voegen.";
    ask_to_leave => "To move to another company, ask an administrator there to add you: you get a mail to confirm." | "Wilt u naar een ander bedrijf? Vraag een beheerder daar u toe te voegen: u krijgt een mail om het te bevestigen.";

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
