//! My company › Users.

use shared::{
    LocalTime,
    fields::Language,
    users::{MailState, StatusKind, StatusShown},
};

super::texts! {
    add_user => "Add user" | "Gebruiker toevoegen";
    lead => "Everybody who has, or is getting, an account in your company." | "Iedereen die een account heeft of krijgt in uw bedrijf.";
    search => "Search users" | "Gebruikers zoeken";
    search_button => "Search" | "Zoeken";
    status => "Status" | "Status";
    sort_by => "Sort by" | "Sorteren op";
    any_status => "Any status" | "Alle statussen";
    username => "Username" | "Gebruikersnaam";
    name => "Name" | "Naam";
    role => "Role" | "Rol";
    phone => "Telephone number" | "Telefoonnummer";
    country => "Country" | "Land";
    blocked => "Blocked" | "Geblokkeerd";
    blocked_hint => "Gets no mail and can't sign in at your company until you unblock them." | "Krijgt geen mail en kan niet inloggen bij uw bedrijf totdat u de blokkade opheft.";
    mail_to_administrators => "Send emails to company administrator" | "E-mails naar de beheerder van het bedrijf sturen";
    mail_to_administrators_hint => "For somebody without a mailbox of their own: all their mail goes to the administrators." | "Voor iemand zonder eigen mailbox: alle mail gaat naar de beheerders.";
    role_hint => "Administrators manage users, licences and requests." | "Beheerders beheren gebruikers, licenties en aanvragen.";
    username_hint(domains: &str) => "The e-mail address, ending in @{domains}" | "Het e-mailadres, eindigend op @{domains}";
    show_as_it_is => "Show it as it is now" | "Tonen zoals het nu is";
    save => "Save user" | "Gebruiker opslaan";
    save_text => "The person gets a mail to complete the registration. The link in it works for one month." | "De persoon krijgt een mail om de registratie af te ronden. De link daarin werkt een maand.";
    cancel => "Cancel" | "Annuleren";

    found(from: u32, to: u32, found: u32) => "{from} to {to} of {found}" | "{from} tot {to} van {found}";
    so_many_of(found: u32, total: u32) => "{found} of {total} people" | "{found} van {total} mensen";
    so_many_of_one(found: u32) => "{found} of 1 person" | "{found} van 1 persoon";
    pages => "Pages" | "Pagina's";
    previous => "Previous" | "Vorige";
    next => "Next" | "Volgende";
    nobody_found_title => "Nobody found" | "Niemand gevonden";
    nobody_found_text => "Nobody in your company fits this search and status." | "Niemand in uw bedrijf past bij deze zoekopdracht en status.";
    show_everybody => "Show everybody" | "Toon iedereen";
    nobody_title => "Nobody here yet" | "Nog niemand";
    nobody_text => "Add the first colleague: they get a mail to complete their registration." | "Voeg de eerste collega toe: die krijgt een mail om de registratie af te ronden.";

    status_blocked => "Blocked" | "Geblokkeerd";
    status_locked => "Locked" | "Vergrendeld";
    status_expired => "Registration expired" | "Registratie verlopen";
    status_requested => "Registration requested" | "Registratie gevraagd";
    status_awaiting => "Awaiting approval" | "Wacht op goedkeuring";
    status_no_licence => "No active licence" | "Geen actieve licentie";
    status_registered => "Registered" | "Geregistreerd";
    until(moment: &str) => "until {moment}" | "tot {moment}";
    since(moment: &str) => "since {moment}" | "sinds {moment}";

    back => "Users" | "Gebruikers";
    details => "Details" | "Gegevens";
    registration => "Registration" | "Registratie";
    added => "Added" | "Toegevoegd";
    registered => "Registered" | "Geregistreerd";
    not_yet => "Not yet" | "Nog niet";
    last_mail => "Last mail" | "Laatste mail";
    mail_queued(moment: &str) => "Waiting to be sent since {moment}" | "Wacht op verzending sinds {moment}";
    mail_sent(moment: &str) => "Sent {moment}" | "Verstuurd op {moment}";
    mail_failed(moment: &str) => "Could not be delivered since {moment}" | "Kon niet worden bezorgd sinds {moment}";
    no_mail => "None" | "Geen";
    resend => "Resend email" | "E-mail opnieuw sturen";
    resend_text => "Sends a new link that works for one month. The old link stops working at once." | "Stuurt een nieuwe link die een maand werkt. De oude link werkt dan meteen niet meer.";
    resent => "A new mail is on its way. The old link no longer works." | "Een nieuwe mail is onderweg. De oude link werkt niet meer.";
    unlock => "Unlock" | "Ontgrendelen";
    unlock_text => "Five wrong passwords in a row locked this account for half an hour. If you know that it was the person, unlock it now." | "Vijf foute wachtwoorden achter elkaar hebben dit account een half uur vergrendeld. Weet u dat het de persoon zelf was? Ontgrendel het dan nu.";
    unlocked => "The account is unlocked." | "Het account is ontgrendeld.";
    saved(name: &str) => "{name} has been added and gets a mail to complete the registration." | "{name} is toegevoegd en krijgt een mail om de registratie af te ronden.";
    saved_blocked(name: &str) => "{name} has been added, blocked. No mail is sent." | "{name} is toegevoegd, geblokkeerd. Er wordt geen mail gestuurd.";
    changes_saved => "The changes have been saved." | "De wijzigingen zijn opgeslagen.";
    history => "History of this person" | "Geschiedenis van deze persoon";
    general_account_text => "This is your company's general account: everybody who knows its password can use it. Its mail goes to the administrators." | "Dit is het algemene account van uw bedrijf: iedereen die het wachtwoord kent, kan het gebruiken. De mail ervan gaat naar de beheerders.";
    general_first_password => "It has no password yet: the link in the mail that the administrators got sets the first one. After that you can change it here." | "Het heeft nog geen wachtwoord: met de link in de mail aan de beheerders stelt een van u het eerste in. Daarna kunt u het hier wijzigen.";
    general_first_again => "Is that mail gone, or does its link no longer work? “Resend email” sends the administrators a new one." | "Is die mail weg, of werkt de link niet meer? ‘E-mail opnieuw sturen’ stuurt de beheerders een nieuwe.";
    general_account_password => "Change its password" | "Wachtwoord ervan wijzigen";
    change_address => "Change username" | "Gebruikersnaam wijzigen";
    change_address_text => "Both addresses get a mail. Until the new one confirms, the person signs in with the old one." | "Beide adressen krijgen een mail. Tot het nieuwe bevestigt, logt de persoon in met het oude.";
    new_address => "New address" | "Nieuw adres";
    open_until => "Open until" | "Open tot";
    waits_for_new => "The new address has yet to confirm it." | "Het nieuwe adres moet het nog bevestigen.";
    waits_for_old => "The address of now has yet to confirm it." | "Het adres van nu moet het nog bevestigen.";
    waits_for_both => "Both addresses have yet to confirm it: somebody else has a say in this account too." | "Beide adressen moeten het nog bevestigen: ook iemand anders heeft iets te zeggen over dit account.";
    withdraw_change => "Take back" | "Intrekken";
    address_asked => "Both addresses get a mail. The username changes when the new one confirms." | "Beide adressen krijgen een mail. De gebruikersnaam wijzigt als het nieuwe bevestigt.";
    address_withdrawn => "The change of username has been taken back." | "De wijziging van de gebruikersnaam is ingetrokken.";
    remove => "Remove user" | "Gebruiker verwijderen";
    remove_question(name: &str) => "Remove {name} from the company?" | "{name} uit het bedrijf verwijderen?";
    remove_person(name: &str) => "Remove {name}" | "{name} verwijderen";
    remove_text => "The person loses all access to your company and is signed out at once. The account itself stays, so that the person can join another company. Open requests are withdrawn, and links that were mailed stop working." | "De persoon verliest alle toegang tot uw bedrijf en wordt meteen afgemeld. Het account zelf blijft bestaan, zodat de persoon bij een ander bedrijf terechtkan. Open aanvragen worden ingetrokken, en links uit mails werken niet meer.";
    export => "Export CSV" | "CSV exporteren";
    block => "Block" | "Blokkeren";
    block_chosen_question => "Block the selected people?" | "De geselecteerde mensen blokkeren?";
    block_text => "Whoever is blocked is signed out at once and can't come in until they are unblocked. Open requests are withdrawn, and links that were mailed stop working. Access to licences waits." | "Wie geblokkeerd is, wordt meteen afgemeld en kan er niet meer in tot de blokkering wordt opgeheven. Open aanvragen worden ingetrokken, en links uit mails werken niet meer. Toegang tot licenties wacht zolang.";
    remove_chosen => "Remove" | "Verwijderen";
    remove_chosen_question => "Remove the selected people from the company?" | "De geselecteerde mensen uit het bedrijf verwijderen?";
    remove_several_text => "They lose all access to your company and are signed out at once. Open requests are withdrawn, and links that were mailed stop working. Their accounts stay." | "Ze verliezen alle toegang tot uw bedrijf en worden meteen afgemeld. Open aanvragen worden ingetrokken, en links uit mails werken niet meer. Hun accounts blijven bestaan.";
    removal_ends(access: u32, requests: u32) => "Access to licences that ends: {access}. Open requests that are withdrawn: {requests}." | "Toegang tot licenties die eindigt: {access}. Open aanvragen die worden ingetrokken: {requests}.";
    block_ends(access: u32, requests: u32) => "Access to licences that waits: {access}. Open requests that are withdrawn: {requests}." | "Toegang tot licenties die wacht: {access}. Open aanvragen die worden ingetrokken: {requests}.";
    link_stops => "A link that was mailed stops working." | "Een link uit een mail werkt niet meer.";
    block_one => "Block 1 person" | "1 persoon blokkeren";
    block_so_many(count: u32) => "Block {count} people" | "{count} mensen blokkeren";
    remove_one => "Remove 1 person" | "1 persoon verwijderen";
    remove_so_many(count: u32) => "Remove {count} people" | "{count} mensen verwijderen";
    all_found(found: u32) => "All {found} found" | "Alle {found} gevonden mensen";
    selected(count: u32) => "{count} selected" | "{count} geselecteerd";
    selection => "Selection" | "Selectie";
    select(name: &str) => "Select {name}" | "{name} selecteren";
    select_page => "Select everybody on this page" | "Iedereen op deze pagina selecteren";
    page_is_selected(count: u32) => "Everybody on this page is selected ({count})." | "Iedereen op deze pagina is geselecteerd ({count}).";
    select_all(count: u32) => "Select all {count}" | "Alle {count} selecteren";
    select_none => "Select none" | "Niets selecteren";
    was_blocked => "One person is blocked." | "Eén persoon is geblokkeerd.";
    were_blocked(count: u32) => "{count} people are blocked." | "{count} mensen zijn geblokkeerd.";
    was_resent => "A new mail is on its way to one person." | "Een nieuwe mail is onderweg naar één persoon.";
    were_resent(count: u32) => "New mails are on their way to {count} people." | "Nieuwe mails zijn onderweg naar {count} mensen.";
    mail_again => "The mail" | "De mail";
    mail_goes_on => "It is being sent. You need not wait for it." | "Die wordt nu verstuurd. U hoeft er niet op te wachten.";
    mail_is_sent => "All of it has been sent." | "Alles is verstuurd.";
    mail_is_over => "Nothing waits any more." | "Er wacht niets meer.";
    mail_dropped_one => "One was not sent any more: a newer mail went instead, or the link in it had stopped working." | "Eén is niet meer verstuurd: er ging een nieuwere mail, of de link erin werkte niet meer.";
    mail_dropped(dropped: u32) => "{dropped} were not sent any more: a newer mail went instead, or the link in it had stopped working." | "{dropped} zijn niet meer verstuurd: er ging een nieuwere mail, of de link erin werkte niet meer.";
    was_removed => "One person was removed from the company." | "Eén persoon is uit het bedrijf verwijderd.";
    were_removed(count: u32) => "{count} people were removed from the company." | "{count} mensen zijn uit het bedrijf verwijderd.";
    licences => "Licences" | "Licenties";
    so_many_more(more: usize) => "+{more}" | "+{more}";
    add_licence => "Add licence" | "Licentie toevoegen";
    no_licence => "No licence" | "Geen licentie";
    add_licence_hint => "One. You give more on the person's page after saving." | "Eén. Meer geeft u na het opslaan op de pagina van de persoon.";
    choose_licence => "Choose a licence" | "Kies een licentie";
    no_access => "No access to any licence yet." | "Nog geen toegang tot een licentie.";
    way_until(way: &str, day: &str) => "{way}, until {day}" | "{way}, tot en met {day}";
    remove_access_text => "Whoever loses access has it no longer at once, and the seat is free for somebody else." | "Wie de toegang verliest, heeft die meteen niet meer. De plaats komt vrij voor iemand anders.";
    nothing_to_give => "There is no other licence to give." | "Er is geen andere licentie om te geven.";
    cannot_be_given => "What can't be given now:" | "Wat nu niet kan worden gegeven:";
    access_given => "The person has access now." | "De persoon heeft nu toegang.";
    access_removed => "The access has been removed." | "De toegang is ingetrokken.";
    mail_goes_to_administrators => "Mail goes to the administrators" | "Mail gaat naar de beheerders";
    choose_country => "Choose a country" | "Kies een land";
}

#[must_use]
pub const fn status_kind(l: Language, kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Blocked => status_blocked(l),
        StatusKind::Locked => status_locked(l),
        StatusKind::RegistrationExpired => status_expired(l),
        StatusKind::RegistrationRequested => status_requested(l),
        StatusKind::AwaitingApproval => status_awaiting(l),
        StatusKind::NoActiveLicence => status_no_licence(l),
        StatusKind::Registered => status_registered(l),
    }
}

/// "until 7 March 2026", where the status has a date.
#[must_use]
pub fn status_moment(l: Language, status: StatusShown) -> Option<(LocalTime, String)> {
    let moment = status.moment?;
    let text = match status.kind {
        StatusKind::Locked => until(l, &moment.date_and_time(l)),
        StatusKind::RegistrationExpired => since(l, &moment.date(l)),
        _ => until(l, &moment.date(l)),
    };
    Some((moment, text))
}

#[must_use]
pub fn everybody_of(l: Language, found: u32, total: u32) -> String {
    if total == 1 { so_many_of_one(l, found) } else { so_many_of(l, found, total) }
}

#[must_use]
pub fn block_several(l: Language, count: u32) -> String {
    if count == 1 { block_one(l).to_owned() } else { block_so_many(l, count) }
}

#[must_use]
pub fn remove_several(l: Language, count: u32) -> String {
    if count == 1 { remove_one(l).to_owned() } else { remove_so_many(l, count) }
}

/// More than three are too much for a row: then the first two, and how many more.
#[must_use]
pub fn names_of_licences(l: Language, names: &[String]) -> String {
    match names {
        [first, second, more @ ..] if more.len() > 1 => format!("{first}, {second}, {}", so_many_more(l, more.len())),
        few => few.join(", "),
    }
}

#[must_use]
pub fn mail_state(l: Language, state: MailState, moment: &LocalTime) -> String {
    let moment = moment.date_and_time(l);
    match state {
        MailState::Queued => mail_queued(l, &moment),
        MailState::Sent => mail_sent(l, &moment),
        MailState::Failed => mail_failed(l, &moment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_people() {
        let said = |l, count| [block_several(l, count), remove_several(l, count), everybody_of(l, count, count)];
        assert_eq!(said(Language::English, 1), ["Block 1 person", "Remove 1 person", "1 of 1 person"]);
        assert_eq!(said(Language::Dutch, 1), ["1 persoon blokkeren", "1 persoon verwijderen", "1 van 1 persoon"]);
        assert_eq!(said(Language::English, 2), ["Block 2 people", "Remove 2 people", "2 of 2 people"]);
        assert_eq!(said(Language::Dutch, 2), ["2 mensen blokkeren", "2 mensen verwijderen", "2 van 2 mensen"]);
    }

    #[test]
    fn a_row_has_room_for_three_licences() {
        let names = |count: usize| ["A", "B", "C", "D", "E"].iter().take(count).map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let shown = |count| names_of_licences(Language::English, &names(count));
        assert_eq!([shown(0), shown(1), shown(3), shown(4), shown(5)], ["", "A", "A, B, C", "A, B, +2", "A, B, +3"]);
    }
}
