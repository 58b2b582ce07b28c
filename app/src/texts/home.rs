//! Home.

super::texts! {
    welcome(company: &str) => "Welcome to {company}" | "Welkom bij {company}";
    welcome_offers => "You are registered. Below are the licences that you have, and those that you can request." | "U bent geregistreerd. Hieronder staan de licenties die u hebt, en die u kunt aanvragen.";
    welcome_text => "You are registered. The licences that you have stand below; your company offers no others to request at the moment." | "U bent geregistreerd. De licenties die u hebt, staan hieronder; uw bedrijf biedt nu geen andere aan om aan te vragen.";
    user_lead(company: &str) => "You are a user of {company}." | "U bent gebruiker van {company}.";
    administrator_lead(company: &str) => "You are an administrator of {company}." | "U bent beheerder van {company}.";
    people => "People" | "Mensen";
    everybody => "Everybody in the company" | "Iedereen in het bedrijf";
    waiting => "Registration to complete" | "Registratie nog af te ronden";
    expired => "Registration expired" | "Registratie verlopen";
    locked => "Locked after wrong passwords" | "Vergrendeld na foute wachtwoorden";
    to_users => "To the users" | "Naar de gebruikers";
    nothing_yet => "You have no licences yet" | "U hebt nog geen licenties";
    user_text => "Your company offers none to request at the moment. What you get or can request appears here by itself." | "Uw bedrijf biedt er nu geen aan om aan te vragen. Wat u krijgt of kunt aanvragen, komt hier vanzelf bij.";
    my_details => "My details" | "Mijn gegevens";
    change_password => "Change password" | "Wachtwoord wijzigen";
    no_company_title => "You have no company yet" | "U hebt nog geen bedrijf";
    no_company_text => "Your account belongs to no company at the moment. Ask an administrator of your company to add you." | "Uw account hoort op dit moment bij geen bedrijf. Vraag een beheerder van uw bedrijf u toe te voegen.";
}
