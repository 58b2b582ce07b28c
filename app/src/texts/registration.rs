//! Completing a registration, and choosing a password.

super::texts! {
    title => "Complete registration" | "Registratie afronden";
    lead(company: &str) => "Choose a password, and you are in at {company}." | "Kies een wachtwoord, en u bent binnen bij {company}.";
    your_username => "Username" | "Gebruikersnaam";
    your_company => "Company" | "Bedrijf";
    your_name => "Name" | "Naam";
    new_password => "New password" | "Nieuw wachtwoord";
    repeat_password => "Repeat password" | "Wachtwoord herhalen";
    requirements => "Password requirements" | "Eisen aan het wachtwoord";
    length => "12 to 128 characters" | "12 tot 128 tekens";
    not_personal => "Without your name or address" | "Zonder uw naam of adres";
    not_repetitive => "Not the same characters again and again" | "Niet steeds dezelfde tekens";
    not_guessable => "Not commonly used or easy to guess" | "Niet veelgebruikt of makkelijk te raden";
    met => "Met" | "Voldaan";
    unmet => "Not met yet" | "Nog niet voldaan";
    unknown => "Checked as you type" | "Wordt tijdens het typen gecontroleerd";
    all_met => "The password meets all requirements." | "Het wachtwoord voldoet aan alle eisen.";
    some_met(met: usize, all: usize) => "{met} of {all} requirements met." | "{met} van {all} eisen voldaan.";
    button => "Complete registration" | "Registratie afronden";

    used_text => "Your registration is complete. You can sign in with your username and password." | "Uw registratie is afgerond. U kunt inloggen met uw gebruikersnaam en wachtwoord.";
    expired_text => "The link in this mail worked for one month. You can have a new one sent to the same address." | "De link in deze mail werkte een maand. U kunt een nieuwe laten sturen naar hetzelfde adres.";
    replaced_text => "A newer mail was sent to you. Use the link in the newest one." | "Er is u een nieuwere mail gestuurd. Gebruik de link in de nieuwste.";
    withdrawn_text => "Your company took the invitation back. Ask an administrator of your company." | "Uw bedrijf heeft de uitnodiging ingetrokken. Vraag het een beheerder van uw bedrijf.";
    unknown_text => "Check whether the whole address was copied from the mail." | "Controleer of het hele adres uit de mail is overgenomen.";
    send_new_link => "Send a new link" | "Stuur een nieuwe link";
    sent_title => "A new link is on its way" | "Een nieuwe link is onderweg";
    sent_text => "It goes to the same address as the old one, and works for one month." | "Hij gaat naar hetzelfde adres als de oude, en werkt een maand.";

    signed_in_text(name: &str) => "This link belongs to somebody's registration, and you are signed in as {name}. To go on with the link, sign out first." | "Deze link hoort bij iemands registratie, en u bent ingelogd als {name}. Meld u eerst af om met de link verder te gaan.";
}
