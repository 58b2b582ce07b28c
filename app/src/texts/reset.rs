//! Forgot password.

super::texts! {
    ask_title => "Forgot password" | "Wachtwoord vergeten";
    ask_lead => "Enter your username. If it is known here, you get a mail with a link to set a new password." | "Vul uw gebruikersnaam in. Als die hier bekend is, krijgt u een mail met een link om een nieuw wachtwoord in te stellen.";
    send_link => "Send link" | "Stuur link";
    asked_title => "Look in your mail" | "Kijk in uw mail";
    asked_text => "If the username is known here, a mail with a link is on its way. The link works for one hour." | "Als de gebruikersnaam hier bekend is, is er een mail met een link onderweg. De link werkt een uur.";
    back_to_sign_in => "Back to sign in" | "Terug naar inloggen";
    set_title => "Set password" | "Wachtwoord instellen";
    set_lead(username: &str) => "Choose a password for {username}. All sessions of this account end." | "Kies een wachtwoord voor {username}. Alle sessies van dit account eindigen.";
    button => "Set password" | "Wachtwoord instellen";
    used_text => "The password was set with it. You can sign in, or ask for a new link." | "Het wachtwoord is ermee ingesteld. U kunt inloggen, of een nieuwe link vragen.";
    expired_text => "The time in which the link in this mail worked is over. You can ask for a new one." | "De tijd waarin de link in deze mail werkte, is voorbij. U kunt een nieuwe vragen.";
    replaced_text => "A newer mail was sent to you. Use the link in the newest one." | "Er is u een nieuwere mail gestuurd. Gebruik de link in de nieuwste.";
    withdrawn_text => "The password was changed after this mail was sent. You can sign in with it, or ask for a new link." | "Het wachtwoord is gewijzigd nadat deze mail was verstuurd. U kunt ermee inloggen, of een nieuwe link vragen.";
    unknown_text => "Check whether the whole address was copied from the mail." | "Controleer of het hele adres uit de mail is overgenomen.";
    ask_again => "Send a new link" | "Stuur een nieuwe link";
    signed_in_text(username: &str, name: &str) => "This link sets the password of {username}, and you are signed in as {name}. To go on with the link, sign out first." | "Met deze link stelt u het wachtwoord van {username} in, en u bent ingelogd als {name}. Meld u eerst af om met de link verder te gaan.";
}
