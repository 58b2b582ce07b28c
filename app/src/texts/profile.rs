//! My profile.

use shared::{fields::Language, moving::Losses};

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
    no_company_lead => "Your account belongs to no company at the moment." | "Uw account hoort op dit moment bij geen bedrijf.";
    company_lead(companies: &str) => "You belong to {companies}." | "U hoort bij {companies}.";
    offers(products: &str) => "Gives access to: {products}" | "Geeft toegang tot: {products}";
    offers_nothing => "Nothing at once; licences can be asked for there." | "Nog niets; u kunt daar licenties aanvragen.";

    join_company => "Join company" | "Bij bedrijf aansluiten";
    join_hint => "These companies let people with an address like yours join. You join as a user." | "Deze bedrijven laten mensen met een adres als het uwe zich aansluiten. U sluit zich aan als gebruiker.";
    nothing_to_join => "There is no company to join" | "Er is geen bedrijf om u bij aan te sluiten";
    nothing_to_join_text => "No company lets people with an address like yours join by themselves. Ask an administrator of your company to add you." | "Geen bedrijf laat mensen met een adres als het uwe zich zelf aansluiten. Vraag een beheerder van uw bedrijf u toe te voegen.";

    which_company => "Company to leave" | "Bedrijf dat u verlaat";
    what_ends(company: &str) => "What ends at {company}" | "Wat eindigt bij {company}";
    this_ends(what: &str) => "This ends: {what}." | "Dit eindigt: {what}.";
    no_licences_end => "You have no licences and no open requests there." | "U hebt daar geen licenties en geen open aanvragen.";
    one_licence => "1 licence" | "1 licentie";
    so_many_licences(count: usize) => "{count} licences" | "{count} licenties";
    one_request => "1 open request" | "1 open aanvraag";
    so_many_requests(count: usize) => "{count} open requests" | "{count} open aanvragen";
    own_role => "Your role" | "Uw rol";
    own_licences => "Licences of your own" | "Licenties op uw naam";
    company_wide => "Licences that everybody there has" | "Licenties die iedereen daar heeft";
    own_requests => "Open requests" | "Open aanvragen";
    mail => "Mail" | "Mail";
    mail_comes_back => "It went to the administrators, and comes to you again." | "Die ging naar de beheerders, en komt weer naar u.";

    where_to => "Where to" | "Waarheen";
    change_hint => "These companies let people with an address like yours in." | "Deze bedrijven laten mensen met een adres als het uwe toe.";
    become_user => "You become a user there, even if you are an administrator now. The administrators of both companies get a mail. Your other sessions end." | "U wordt daar gebruiker, ook als u nu beheerder bent. De beheerders van beide bedrijven krijgen een mail. Uw andere sessies eindigen.";
    nowhere(domain: &str) => "You can't move by yourself: no other company has exactly the domain {domain} and lets people register by themselves. Ask an administrator there to add you: you get a mail to confirm." | "U kunt niet zelf overstappen: geen ander bedrijf heeft precies het domein {domain} en laat mensen zich zelf registreren. Vraag een beheerder daar u toe te voegen: u krijgt een mail om het te bevestigen.";

    leave_company => "Leave company" | "Bedrijf verlaten";
    leave_question(company: &str) => "Leave {company}?" | "{company} verlaten?";
    leave_named(company: &str) => "Leave {company}" | "{company} verlaten";
    leave_text => "Your account stays, but belongs to no company any more. Where people with your address may join, you may join again. The administrators get a mail." | "Uw account blijft bestaan, maar hoort bij geen bedrijf meer. Waar mensen met uw adres zich mogen aansluiten, mag u dat ook weer. De beheerders krijgen een mail.";
    leave_one_text => "Your account and your other companies stay as they are. The administrators get a mail." | "Uw account en uw andere bedrijven blijven zoals ze zijn. De beheerders krijgen een mail.";
    cancel => "Cancel" | "Annuleren";
    left => "You have left the company." | "U hebt het bedrijf verlaten.";

    hand_over => "Hand over" | "Overdragen";
    hand_over_text => "Choose who takes your place. They get a mail, and become an administrator beside you when they confirm. Then you can go on here." | "Kies wie uw plaats inneemt. Die krijgt een mail en wordt naast u beheerder na het bevestigen. Daarna kunt u hier verder.";
    then_to(companies: &str) => "Then you can go to: {companies}." | "Daarna kunt u naar: {companies}.";
    successor => "Successor" | "Opvolger";
    choose_successor => "Choose a successor" | "Kies een opvolger";
    heir(name: &str, username: &str) => "{name} ({username})" | "{name} ({username})";
    ask_another => "You can ask somebody else instead: that takes back the first question." | "U kunt ook iemand anders vragen: dat trekt de eerste vraag in.";
    more_heirs => "Only the first people are listed. You can make any user an administrator at" | "Alleen de eerste mensen staan in de lijst. U kunt elke gebruiker beheerder maken bij";
    no_heirs => "Nobody else has registered at this company, so nobody can take your place yet." | "Bij dit bedrijf is niemand anders geregistreerd. Er is dus nog niemand die uw plaats kan innemen.";
    waiting_for(name: &str, username: &str, day: &str) => "Waiting for {name} ({username}) to confirm, until {day}." | "Wacht tot {name} ({username}) bevestigt, tot {day}.";
    withdraw => "Withdraw" | "Intrekken";
    asked(name: &str) => "{name} gets a mail. This page goes on as soon as they confirm." | "{name} krijgt een mail. Deze pagina gaat verder zodra die bevestigt.";
    succeeded => "There is another administrator now. You can go on." | "Er is nu een andere beheerder. U kunt verder.";
    not_succeeded => "Whoever you asked has not become an administrator. Ask somebody else." | "Wie u vroeg, is geen beheerder geworden. Vraag iemand anders.";
    withdrawn => "The question has been withdrawn." | "De vraag is ingetrokken.";

    delete_account => "Delete account" | "Account verwijderen";
    delete_lead => "Your account and everything personal in it go for good. Nobody can bring them back." | "Uw account en alles wat daarin van u is, verdwijnt voorgoed. Niemand kan het terughalen.";
    goes => "What goes" | "Wat verdwijnt";
    goes_details => "Your name, username, telephone number, country and password" | "Uw naam, gebruikersnaam, telefoonnummer, land en wachtwoord";
    goes_sessions => "Your sessions: you are signed out everywhere" | "Uw sessies: u wordt overal afgemeld";
    goes_reasons => "The reasons that you wrote with your requests, and the answers" | "De redenen die u bij aanvragen schreef, en de antwoorden";
    goes_newsletter => "Your subscription to the newsletter" | "Uw abonnement op de nieuwsbrief";
    goes_mail => "Mail to you and about you, sent or waiting" | "Mail aan u en over u, verstuurd of wachtend";
    goes_contact => "Contact details of companies that are reached at your address" | "De contactgegevens van bedrijven die via uw adres bereikbaar zijn";
    goes_companies => "Your companies, with everything that you have there:" | "Uw bedrijven, met alles wat u daar hebt:";
    stays => "What stays" | "Wat blijft";
    stays_deeds => "That requests were made and decisions taken: where your name stood, it says \"former colleague\"" | "Dat er aanvragen zijn gedaan en besluiten genomen: waar uw naam stond, staat \"voormalige collega\"";
    stays_openings => "Which documents were opened and when, under a number that nobody can trace to you" | "Welke documenten zijn geopend en wanneer, onder een nummer dat niemand naar u kan herleiden";
    stays_law => "What the law makes us keep, such as invoices, without you in it" | "Wat we volgens de wet moeten bewaren, zoals facturen, zonder u erin";
    address_is_free => "With your address somebody can register again, as a new person." | "Met uw adres kan iemand zich opnieuw registreren, als nieuwe persoon.";
    hand_over_named(company: &str) => "Hand over {company}" | "{company} overdragen";
    password_hint => "So that it is sure that it is you." | "Zodat zeker is dat u het bent.";

    download => "Download my data" | "Mijn gegevens downloaden";
    download_text => "Everything that Balie knows about you, in one file (JSON)." | "Alles wat Balie over u weet, in één bestand (JSON).";
    in_the_file => "What is in the file" | "Wat er in het bestand staat";
    key_format => "The format's name and version, and when the file was made" | "De naam en versie van het formaat, en wanneer het bestand is gemaakt";
    key_about => "What each key and code of the file means" | "Wat elke sleutel en code in het bestand betekent (in het Engels)";
    key_account => "Your username, name, telephone number, country and language, and since when you have the account" | "Uw gebruikersnaam, naam, telefoonnummer, land en taal, en sinds wanneer u het account hebt";
    key_memberships => "Your companies: role, state, and what a company wrote about you" | "Uw bedrijven: rol, stand, en wat een bedrijf over u schreef";
    key_known_as => "By what name companies know you in their history, also after you left" | "Onder welke naam bedrijven u kennen in hun geschiedenis, ook nadat u vertrok";
    key_contact_of => "The companies that are reached at your address, with the contact details" | "De bedrijven die via uw adres bereikbaar zijn, met de contactgegevens";
    key_applications => "When somebody asked to register with your address, and by what name" | "Wanneer iemand met uw adres om registratie vroeg, en onder welke naam";
    key_access => "The licences on your name: since when, how you got them, until when" | "De licenties op uw naam: sinds wanneer, hoe u ze kreeg, tot wanneer";
    key_requests => "What you asked for, with reason, state and answer" | "Wat u hebt aangevraagd, met reden, stand en antwoord";
    key_documents_opened => "Which documents you opened, and when" | "Welke documenten u hebt geopend, en wanneer";
    key_newsletters => "Which newsletters were sent to you" | "Welke nieuwsbrieven u zijn gestuurd";
    key_sessions => "Where you are signed in: browser, network address, since when" | "Waar u bent ingelogd: browser, netwerkadres, sinds wanneer";
    key_links => "The links that were mailed to you: for what, until when, and a new address that waits" | "De links die u zijn gemaild: waarvoor, tot wanneer, en een nieuw adres dat nog wacht";
    key_successions_asked => "When you asked somebody to take your place" | "Wanneer u iemand vroeg uw plaats in te nemen";
    key_mail => "The mail to you: about what, and when it was sent" | "De mail aan u: waarover, en wanneer die is verstuurd";
    key_mail_about_me => "The mail about you to administrators: about what, and when it was sent" | "De mail over u aan beheerders: waarover, en wanneer die is verstuurd";
    key_history => "What you did and what was done for you, and when" | "Wat u deed en wat er voor u is gedaan, en wanneer";

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

/// "2 licences, 1 open request": what somebody loses with a company, in numbers.
#[must_use]
pub fn in_numbers(l: Language, losses: &Losses) -> String {
    let licences = match losses.access.len() + losses.company_wide.len() {
        0 => None,
        1 => Some(one_licence(l).to_owned()),
        count => Some(so_many_licences(l, count)),
    };
    let requests = match losses.requests.len() {
        0 => None,
        1 => Some(one_request(l).to_owned()),
        count => Some(so_many_requests(l, count)),
    };
    let what: Vec<String> = licences.into_iter().chain(requests).collect();
    if what.is_empty() { no_licences_end(l).to_owned() } else { this_ends(l, &what.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_is_counted_in_words() {
        let names = |count: usize| vec![String::new(); count];
        let losses = |access, company_wide, requests| Losses {
            access: names(access),
            company_wide: names(company_wide),
            requests: names(requests),
            mail_to_administrators: false,
        };
        for (losses, english, dutch) in [
            (losses(1, 1, 1), "This ends: 2 licences, 1 open request.", "Dit eindigt: 2 licenties, 1 open aanvraag."),
            (losses(0, 1, 0), "This ends: 1 licence.", "Dit eindigt: 1 licentie."),
            (losses(0, 0, 3), "This ends: 3 open requests.", "Dit eindigt: 3 open aanvragen."),
            (losses(0, 0, 0), "You have no licences and no open requests there.", "U hebt daar geen licenties en geen open aanvragen."),
        ] {
            assert_eq!([in_numbers(Language::English, &losses), in_numbers(Language::Dutch, &losses)], [english, dutch]);
        }
    }
}
