//! Confirming what a letter asks.

super::texts! {
    confirm => "Confirm" | "Bevestigen";
    refuse => "Refuse" | "Weigeren";
    username => "Username" | "Gebruikersnaam";
    role => "Role" | "Rol";
    new_address => "New address" | "Nieuw adres";
    join_title => "Join a company" | "Bij een bedrijf aansluiten";
    join_text(company: &str) => "An administrator of {company} wants to add you. Confirm to join with the account that you have; what you have elsewhere stays." | "Een beheerder van {company} wil u toevoegen. Bevestig om u aan te sluiten met het account dat u hebt; wat u elders hebt, blijft.";
    prove_first => "Your mail went to administrators of another company when your password was set, so they may know it. Choose a new one with Forgot password first: that mail comes to your own address. After that, open the link in this mail again." | "Uw mail ging naar beheerders van een ander bedrijf toen uw wachtwoord werd ingesteld, dus zij kennen het misschien. Kies eerst een nieuw met Wachtwoord vergeten: die mail komt op uw eigen adres. Open daarna de link in deze mail opnieuw.";
    sign_in_text(company: &str, username: &str) => "An administrator of {company} wants to add {username}. Sign in with that username to confirm or refuse." | "Een beheerder van {company} wil {username} toevoegen. Log met die gebruikersnaam in om te bevestigen of te weigeren.";
    signed_in_text(username: &str, name: &str) => "This link asks {username}, and you are signed in as {name}. To go on with the link, sign out first." | "Deze link is een vraag aan {username}, en u bent ingelogd als {name}. Meld u eerst af om met de link verder te gaan.";
    succession_title => "Become administrator" | "Beheerder worden";
    succession_text(company: &str, by: &str) => "{by} asks you to be an administrator of {company}, perhaps as their successor. An administrator adds and removes colleagues, gives licences and decides requests." | "{by} vraagt u om beheerder van {company} te worden, misschien als opvolger. Een beheerder voegt collega's toe en verwijdert ze, geeft licenties en beslist over aanvragen.";
    succession_sign_in_text(company: &str, username: &str) => "{username} is asked to be an administrator of {company}. Sign in with that username to confirm or refuse." | "{username} is gevraagd beheerder van {company} te worden. Log met die gebruikersnaam in om te bevestigen of te weigeren.";
    address_title => "Another username" | "Een andere gebruikersnaam";
    new_address_text(company: &str) => "An administrator of {company} wants an account there to have this address for its username. Confirm only if the account is yours." | "Een beheerder van {company} wil dat een account daar dit adres als gebruikersnaam krijgt. Bevestig alleen als het account van u is.";
    old_address_text(company: &str) => "An administrator of {company} wants your account to have another address for its username. Since you belong to another company too, you decide." | "Een beheerder van {company} wil dat uw account een ander adres als gebruikersnaam krijgt. Omdat u ook bij een ander bedrijf hoort, beslist u.";
    changed_title => "The username has been changed" | "De gebruikersnaam is gewijzigd";
    changed_text => "From now on you sign in with the new address. Your password stays the same." | "Vanaf nu logt u in met het nieuwe adres. Uw wachtwoord blijft hetzelfde.";
    waits_title => "Confirmed" | "Bevestigd";
    waits_text => "The other address has yet to confirm it. Until then you sign in as before." | "Het andere adres moet het nog bevestigen. Tot dan logt u in zoals eerst.";
    refused_title => "Refused" | "Geweigerd";
    refused_text => "Nothing has changed." | "Er is niets gewijzigd.";
    used_text => "The question in this mail has been answered." | "De vraag in deze mail is beantwoord.";
    expired_text => "The question in this mail was open for one month. Ask an administrator of the company to ask again." | "De vraag in deze mail stond een maand open. Vraag een beheerder van het bedrijf het opnieuw te vragen.";
    replaced_text => "A newer mail was sent to you. Use the link in the newest one." | "Er is u een nieuwere mail gestuurd. Gebruik de link in de nieuwste.";
    withdrawn_text => "What this mail asks was taken back. There is nothing to do." | "Wat deze mail vraagt, is ingetrokken. U hoeft niets te doen.";
    unknown_text => "Check whether the whole address was copied from the mail." | "Controleer of het hele adres uit de mail is overgenomen.";
}
