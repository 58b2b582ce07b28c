//! Completing a registration, and choosing a password.

super::texts! {
    apply_title => "Register" | "Registreren";
    apply_lead => "For whoever works at a company that uses this site. You get a mail with a link to go on." | "Voor wie werkt bij een bedrijf dat deze site gebruikt. U krijgt een mail met een link om verder te gaan.";
    email => "Email address" | "E-mailadres";
    email_hint => "The address of your work: it tells which company you belong to." | "Het adres van uw werk: daaraan is te zien bij welk bedrijf u hoort.";
    register => "Register" | "Registreren";
    applied_title => "Look in your mail" | "Kijk in uw mail";
    applied_text => "A mail is on its way to the address that you entered. It says how to go on." | "Er is een mail onderweg naar het adres dat u invulde. Daarin staat hoe u verdergaat.";
    lead_several => "Choose your company and a password, and you are in." | "Kies uw bedrijf en een wachtwoord, en u bent binnen.";
    company_hint => "Several companies let people with an address like yours in." | "Meerdere bedrijven laten mensen met een adres als het uwe toe.";
    not_open_title => "You can't register by yourself any more" | "U kunt uzelf niet meer registreren";
    not_open_text => "No company lets people with an address like yours register by themselves now. Ask an administrator of your company to add you." | "Geen bedrijf laat mensen met een adres als het uwe zichzelf nu registreren. Vraag een beheerder van uw bedrijf u toe te voegen.";
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
    not_current => "Not your current password" | "Niet uw huidige wachtwoord";
    met => "Met" | "Voldaan";
    unmet => "Not met yet" | "Nog niet voldaan";
    unknown => "Checked as you type" | "Wordt tijdens het typen gecontroleerd";
    all_met => "The password meets all requirements." | "Het wachtwoord voldoet aan alle eisen.";
    some_met(met: usize, all: usize) => "{met} of {all} requirements met." | "{met} van {all} eisen voldaan.";
    button => "Complete registration" | "Registratie afronden";

    used_text => "Your registration is complete. You can sign in with your username and password." | "Uw registratie is afgerond. U kunt inloggen met uw gebruikersnaam en wachtwoord.";
    expired_text => "The link in this mail has done its time. You can have a new one sent to the same address." | "De tijd van de link in deze mail is voorbij. U kunt een nieuwe laten sturen naar hetzelfde adres.";
    replaced_text => "A newer mail was sent to you. Use the link in the newest one." | "Er is u een nieuwere mail gestuurd. Gebruik de link in de nieuwste.";
    withdrawn_text => "Your company took the invitation back. Ask an administrator of your company." | "Uw bedrijf heeft de uitnodiging ingetrokken. Vraag het een beheerder van uw bedrijf.";
    unknown_text => "Check whether the whole address was copied from the mail." | "Controleer of het hele adres uit de mail is overgenomen.";
    send_new_link => "Send a new link" | "Stuur een nieuwe link";
    sent_title => "A new link is on its way" | "Een nieuwe link is onderweg";
    sent_text => "It goes to the same address as the old one. The mail says how long it works." | "Hij gaat naar hetzelfde adres als de oude. In de mail staat hoe lang hij werkt.";

    signed_in_text(name: &str) => "This link belongs to somebody's registration, and you are signed in as {name}. To go on with the link, sign out first." | "Deze link hoort bij iemands registratie, en u bent ingelogd als {name}. Meld u eerst af om met de link verder te gaan.";
}
