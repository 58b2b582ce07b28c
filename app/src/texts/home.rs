//! Home.

super::texts! {
    welcome(name: &str) => "Welcome, {name}" | "Welkom, {name}";
    user_lead(company: &str) => "You are a user of {company}." | "U bent gebruiker van {company}.";
    administrator_lead(company: &str) => "You are an administrator of {company}." | "U bent beheerder van {company}.";
    people => "People" | "Mensen";
    everybody => "Everybody in the company" | "Iedereen in het bedrijf";
    waiting => "Registration to complete" | "Registratie nog af te ronden";
    expired => "Registration expired" | "Registratie verlopen";
    locked => "Locked after wrong passwords" | "Vergrendeld na foute wachtwoorden";
    to_users => "To the users" | "Naar de gebruikers";
    nothing_yet => "Nothing waits for you" | "Er wacht niets op u";
    user_text => "Licences and requests will appear here as soon as your company has them." | "Licenties en aanvragen komen hier zodra uw bedrijf die heeft.";
    my_details => "My details" | "Mijn gegevens";
    change_password => "Change password" | "Wachtwoord wijzigen";
    no_company_title => "You have no company yet" | "U hebt nog geen bedrijf";
    no_company_text => "Your account belongs to no company at the moment. Ask an administrator of your company to add you." | "Uw account hoort op dit moment bij geen bedrijf. Vraag een beheerder van uw bedrijf u toe te voegen.";
}
