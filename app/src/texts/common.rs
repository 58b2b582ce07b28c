//! Texts of the shell and of every form.

super::texts! {
    skip_to_content => "Skip to content" | "Naar de inhoud";
    main_navigation => "Main" | "Hoofdmenu";
    my_company => "My company" | "Mijn bedrijf";
    provider => "Provider" | "Aanbieder";
    home => "Home" | "Startpagina";
    general => "General" | "Algemeen";
    users => "Users" | "Gebruikers";
    requests => "Requests" | "Aanvragen";
    documents => "Documents" | "Documenten";
    my_profile => "My profile" | "Mijn profiel";
    sign_out => "Sign out" | "Afmelden";
    company => "Company" | "Bedrijf";
    language => "Language" | "Taal";
    theme => "Theme" | "Weergave";
    theme_system => "As the system" | "Zoals het systeem";
    theme_light => "Light" | "Licht";
    theme_dark => "Dark" | "Donker";

    error_title => "There is a problem" | "Er ging iets mis";
    error_prefix(title: &str) => "Error: {title}" | "Fout: {title}";
    incident(number: &str) => "Something went wrong here. Nothing was changed. If it happens again, mention number {number}." | "Er ging hier iets mis. Er is niets gewijzigd. Noem nummer {number} als het nog eens gebeurt.";
    offline => "Balie can't be reached. Check your connection and try again." | "Balie is niet bereikbaar. Controleer uw verbinding en probeer het opnieuw.";
    malformed => "The form was not complete. Open the page again and try once more." | "Het formulier was niet compleet. Open de pagina opnieuw en probeer het nog eens.";
    from_elsewhere => "This was not sent from one of Balie's own pages, so nothing was done. Open the page again and try once more." | "Dit is niet vanaf een pagina van Balie verstuurd. Er is niets gedaan. Open de pagina opnieuw en probeer het nog eens.";
    too_long => "What was sent is too large. Make it shorter and try again." | "Wat u verstuurde is te groot. Maak het korter en probeer het opnieuw.";
    not_found_title => "Page not found" | "Pagina niet gevonden";
    not_found_text => "This page does not exist, or is not yours to see." | "Deze pagina bestaat niet, of is niet voor u.";
    to_home => "Go to Home" | "Naar de startpagina";
    to_sign_in => "Sign in" | "Inloggen";
    problem_title => "This page can't be shown" | "Deze pagina kan niet worden getoond";
    loading => "Loading" | "Bezig met laden";
    optional => "(optional)" | "(niet verplicht)";
    close => "Close" | "Sluiten";
    yes => "Yes" | "Ja";
    no => "No" | "Nee";
    show_password => "Show password" | "Wachtwoord tonen";
    hide_password => "Hide password" | "Wachtwoord verbergen";
    role_user => "User" | "Gebruiker";
    role_administrator => "Administrator" | "Beheerder";
    former_colleague => "Former colleague" | "Voormalige collega";
}

/// A person's name. Whoever has none any more deleted their account (P6, H1).
#[must_use]
pub const fn person_name(language: shared::fields::Language, name: &str) -> &str {
    if name.is_empty() { former_colleague(language) } else { name }
}

/// A role as people call it.
#[must_use]
pub const fn role(language: shared::fields::Language, role: shared::Role) -> &'static str {
    match role {
        shared::Role::User => role_user(language),
        shared::Role::Administrator => role_administrator(language),
    }
}
