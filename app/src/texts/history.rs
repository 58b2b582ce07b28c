//! My company › History, and Provider › History.

use shared::{
    Role,
    event::Event,
    fields::Language,
    history::{Period, Person},
};

super::texts! {
    title => "History" | "Geschiedenis";
    lead => "What was done in your company: who did it, when, and from where." | "Wat er in uw bedrijf is gedaan: door wie, wanneer en waarvandaan.";
    lead_all => "What was done, in every company and by the provider's own people." | "Wat er is gedaan, in alle bedrijven en door de mensen van de aanbieder.";
    filter => "Search history" | "Zoeken in de geschiedenis";
    person => "Person" | "Persoon";
    kind => "What" | "Wat";
    all_kinds => "Everything" | "Alles";
    period => "Period" | "Periode";
    week => "Last week" | "Laatste week";
    month => "Last month" | "Laatste maand";
    quarter => "Last quarter" | "Laatste kwartaal";
    year => "Last year" | "Laatste jaar";
    all_time => "All time" | "Altijd";
    show => "Show" | "Tonen";
    export => "Export CSV" | "CSV exporteren";
    export_limit(limit: u32) => "The export holds the newest {limit}." | "De export bevat de nieuwste {limit}.";

    more_than(from: u32, to: u32, limit: u32) => "{from} to {to} of more than {limit}" | "{from} tot {to} van meer dan {limit}";
    of(name: &str) => "Only what {name} did, or what was done to {name}." | "Alleen wat {name} deed, of wat bij {name} is gedaan.";
    of_one => "Only what one person did, or what was done to that person." | "Alleen wat één persoon deed, of wat bij die persoon is gedaan.";
    of_everybody => "Show everybody" | "Toon iedereen";

    when => "When" | "Wanneer";
    who => "Who" | "Wie";
    whom => "On whom" | "Bij wie";
    general_account(name: &str) => "{name} (general account)" | "{name} (algemeen account)";
    address => "From" | "Netwerkadres";
    the_system => "Balie" | "Balie";
    not_signed_in => "Not signed in" | "Niet ingelogd";
    none_title => "Nothing was done" | "Er is niets gedaan";
    none_text => "Nothing fits this person, kind and period." | "Niets past bij deze persoon, soort en periode.";
    show_all => "Show everything" | "Toon alles";

    user_added => "User added" | "Gebruiker toegevoegd";
    user_edited => "User changed" | "Gebruiker gewijzigd";
    user_removed => "User removed" | "Gebruiker verwijderd";
    registration_resent => "Email resent" | "E-mail opnieuw gestuurd";
    registration_completed => "Registration completed" | "Registratie afgerond";
    account_unlocked => "Unlocked" | "Ontgrendeld";
    account_locked => "Locked after five wrong passwords" | "Vergrendeld na vijf foute wachtwoorden";
    signed_in => "Signed in" | "Ingelogd";
    signed_out => "Signed out" | "Afgemeld";
    session_ended => "Session ended" | "Sessie beëindigd";
    other_sessions_ended => "All other sessions ended" | "Alle andere sessies beëindigd";
    password_reset_asked => "Link for a new password asked" | "Link voor een nieuw wachtwoord gevraagd";
    password_set => "Password set with a link" | "Wachtwoord ingesteld met een link";
    password_changed => "Password changed" | "Wachtwoord gewijzigd";
    details_changed => "Own details changed" | "Eigen gegevens gewijzigd";
    registration_asked => "Asked to register" | "Heeft registratie aangevraagd";
    self_registered => "Registered by themselves" | "Heeft zichzelf geregistreerd";
    company_joined => "Joined the company" | "Kwam bij het bedrijf";
    joining_refused => "Did not want to join" | "Wilde niet bij het bedrijf komen";
    address_change_asked => "Other address asked" | "Ander adres gevraagd";
    address_confirmed => "Other address confirmed by one of two" | "Ander adres door een van beide bevestigd";
    address_changed => "Address changed" | "Adres gewijzigd";
    address_change_withdrawn => "Change of address taken back" | "Adreswijziging ingetrokken";
    contact_changed => "Contact details changed" | "Contactgegevens gewijzigd";
    company_created => "Company created" | "Bedrijf aangemaakt";
    company_edited => "Company changed" | "Bedrijf gewijzigd";
    general_account_created => "General account created" | "Algemeen account aangemaakt";
    domain_added(domain: &str) => "{domain} added" | "{domain} toegevoegd";
    domain_removed(domain: &str) => "{domain} removed" | "{domain} verwijderd";
    self_registration_on => "self-registration on" | "zelf registreren aan";
    self_registration_off => "self-registration off" | "zelf registreren uit";
    staff_added => "Added to the provider's staff" | "Toegevoegd aan de medewerkers van de aanbieder";
    licence_granted => "Licence given to the company" | "Licentie aan het bedrijf gegeven";
    licence_begun => "Licence begun" | "Licentie begonnen";
    licence_changed => "Licence's terms changed" | "Voorwaarden van een licentie gewijzigd";
    licence_settings => "Licence's settings changed" | "Instellingen van een licentie gewijzigd";
    access_given => "Access given" | "Toegang gegeven";
    access_removed => "Access removed" | "Toegang ingetrokken";
    request_made => "Request made" | "Aanvraag gedaan";
    request_withdrawn => "Request withdrawn" | "Aanvraag ingetrokken";
    request_accepted => "Request accepted" | "Aanvraag goedgekeurd";
    request_declined => "Request declined" | "Aanvraag afgewezen";
    request_forwarded => "Request sent to the provider" | "Aanvraag naar de aanbieder gestuurd";
    request_reopened => "Decision on a request undone" | "Besluit over een aanvraag teruggedraaid";
    request_granted => "Request granted by a company-wide licence" | "Aanvraag toegekend door een bedrijfsbrede licentie";
    standard_confirmed => "Document added to a collection on request" | "Document op aanvraag aan een collectie toegevoegd";
    standard_refused => "Document not added to a collection" | "Document niet aan een collectie toegevoegd";
    request_text_changed => "Text on the request form changed" | "Tekst op het aanvraagformulier gewijzigd";
    product_created => "Product created" | "Product aangemaakt";
    product_changed => "Product changed" | "Product gewijzigd";
    supplier_created => "Supplier created" | "Leverancier aangemaakt";
    supplier_changed => "Supplier changed" | "Leverancier gewijzigd";
    documents_imported => "Documents imported" | "Documenten ingelezen";
    moved_away => "Moved to another company" | "Naar een ander bedrijf overgestapt";
    moved_here => "Came from another company" | "Van een ander bedrijf gekomen";
    company_left => "Left the company" | "Heeft het bedrijf verlaten";
    account_deleted => "Deleted their account" | "Heeft het eigen account verwijderd";
    succession_asked => "Asked to become administrator" | "Gevraagd om beheerder te worden";
    succession_confirmed => "Became administrator on request" | "Werd op verzoek beheerder";
    succession_refused => "Did not want to become administrator" | "Wilde geen beheerder worden";
    succession_withdrawn => "Question to become administrator taken back" | "Vraag om beheerder te worden ingetrokken";
    newsletter_subscribed => "Subscribed to the newsletter" | "Aangemeld voor de nieuwsbrief";
    newsletter_unsubscribed => "Unsubscribed from the newsletter" | "Afgemeld voor de nieuwsbrief";
    newsletter_created => "Newsletter begun" | "Nieuwsbrief begonnen";
    newsletter_changed => "Newsletter changed" | "Nieuwsbrief gewijzigd";
    newsletter_deleted => "Newsletter deleted" | "Nieuwsbrief verwijderd";
    newsletter_sent => "Newsletter sent" | "Nieuwsbrief verstuurd";
    to_so_many(subscribers: u32) => "to {subscribers}" | "aan {subscribers}";
    company_wide_on => "company-wide on" | "bedrijfsbreed aan";
    company_wide_off => "company-wide off" | "bedrijfsbreed uit";
    in_selection_on => "in licence selection" | "in licentiekeuze";
    in_selection_off => "not in licence selection" | "niet in licentiekeuze";
    so_many_new(new: u32) => "{new} new" | "{new} nieuw";
    so_many_changed(changed: u32) => "{changed} changed" | "{changed} gewijzigd";
    so_many_added(added: u32) => "{added} added to the collection" | "{added} aan de collectie toegevoegd";
    unknown_kind => "Something newer than this program" | "Iets van een nieuwere versie van dit programma";

    blocked => "blocked" | "geblokkeerd";
    unblocked => "unblocked" | "gedeblokkeerd";
    became_administrator => "became administrator" | "werd beheerder";
    became_user => "became user" | "werd gebruiker";
    new_details => "other details" | "andere gegevens";
    mail_redirected => "mail to the administrators" | "mail naar de beheerders";
    mail_direct => "mail to the person" | "mail naar de persoon zelf";
    mailed => "email sent" | "e-mail gestuurd";
    with(what: &str, details: &str) => "{what} ({details})" | "{what} ({details})";
}

#[must_use]
pub const fn period_name(l: Language, period: Period) -> &'static str {
    match period {
        Period::Week => week(l),
        Period::Month => month(l),
        Period::Quarter => quarter(l),
        Period::Year => year(l),
        Period::All => all_time(l),
    }
}

/// H1: somebody, or an account that many share.
#[must_use]
pub fn named(l: Language, person: &Person) -> String {
    if person.general { general_account(l, &person.name) } else { super::person_name(l, &person.name).to_owned() }
}

/// A kind by its word in the database; the filter of the list offers [`Event::KINDS`].
#[must_use]
pub fn kind_name(l: Language, kind: &str) -> &'static str {
    match kind {
        "user_added" => user_added(l),
        "user_edited" => user_edited(l),
        "user_removed" => user_removed(l),
        "registration_resent" => registration_resent(l),
        "registration_completed" => registration_completed(l),
        "account_unlocked" => account_unlocked(l),
        "account_locked" => account_locked(l),
        "signed_in" => signed_in(l),
        "signed_out" => signed_out(l),
        "session_ended" => session_ended(l),
        "other_sessions_ended" => other_sessions_ended(l),
        "password_reset_asked" => password_reset_asked(l),
        "password_set" => password_set(l),
        "password_changed" => password_changed(l),
        "details_changed" => details_changed(l),
        "registration_asked" => registration_asked(l),
        "self_registered" => self_registered(l),
        "company_joined" => company_joined(l),
        "joining_refused" => joining_refused(l),
        "address_change_asked" => address_change_asked(l),
        "address_confirmed" => address_confirmed(l),
        "address_changed" => address_changed(l),
        "address_change_withdrawn" => address_change_withdrawn(l),
        "contact_changed" => contact_changed(l),
        "company_created" => company_created(l),
        "company_edited" => company_edited(l),
        "general_account_created" => general_account_created(l),
        "staff_added" => staff_added(l),
        "licence_granted" => licence_granted(l),
        "licence_begun" => licence_begun(l),
        "licence_changed" => licence_changed(l),
        "licence_settings" => licence_settings(l),
        "access_given" => access_given(l),
        "access_removed" => access_removed(l),
        "request_made" => request_made(l),
        "request_withdrawn" => request_withdrawn(l),
        "request_accepted" => request_accepted(l),
        "request_declined" => request_declined(l),
        "request_forwarded" => request_forwarded(l),
        "request_reopened" => request_reopened(l),
        "request_granted" => request_granted(l),
        "standard_confirmed" => standard_confirmed(l),
        "standard_refused" => standard_refused(l),
        "request_text_changed" => request_text_changed(l),
        "product_created" => product_created(l),
        "product_changed" => product_changed(l),
        "supplier_created" => supplier_created(l),
        "supplier_changed" => supplier_changed(l),
        "documents_imported" => documents_imported(l),
        "moved_away" => moved_away(l),
        "moved_here" => moved_here(l),
        "company_left" => company_left(l),
        "account_deleted" => account_deleted(l),
        "succession_asked" => succession_asked(l),
        "succession_confirmed" => succession_confirmed(l),
        "succession_refused" => succession_refused(l),
        "succession_withdrawn" => succession_withdrawn(l),
        "newsletter_subscribed" => newsletter_subscribed(l),
        "newsletter_unsubscribed" => newsletter_unsubscribed(l),
        "newsletter_created" => newsletter_created(l),
        "newsletter_changed" => newsletter_changed(l),
        "newsletter_deleted" => newsletter_deleted(l),
        "newsletter_sent" => newsletter_sent(l),
        _ => unknown_kind(l),
    }
}

/// Who did what nobody who was signed in did: somebody at the door, or the program itself.
#[must_use]
pub const fn nobody(l: Language, event: Option<&Event>) -> &'static str {
    match event {
        Some(
            Event::AccountLocked { .. }
            | Event::PasswordResetAsked { .. }
            | Event::PasswordSet { .. }
            | Event::RegistrationCompleted { .. }
            | Event::RegistrationAsked
            | Event::AddressConfirmed { .. }
            | Event::AddressChanged { .. }
            | Event::AddressChangeWithdrawn { .. }
            | Event::NewsletterUnsubscribed { .. },
        ) => not_signed_in(l),
        _ => the_system(l),
    }
}

/// What was done, in one line.
#[must_use]
pub fn what(l: Language, event: Option<&Event>) -> String {
    let Some(event) = event else { return unknown_kind(l).to_owned() };
    let name = kind_name(l, event.kind());
    let details = match event {
        Event::UserAdded { role, blocked: is_blocked, .. } => {
            let mut details = vec![super::role(l, *role).to_owned()];
            details.extend(is_blocked.then(|| blocked(l).to_owned()));
            details
        }
        Event::UserEdited { .. } => edits(l, event),
        Event::CompanyEdited { details, added, removed, self_registration, .. } => {
            let switched = self_registration.map(|on| if on { self_registration_on(l) } else { self_registration_off(l) });
            let plain = [details.then(|| new_details(l)), switched].into_iter().flatten().map(str::to_owned);
            let domains = added.iter().map(|domain| domain_added(l, domain)).chain(removed.iter().map(|domain| domain_removed(l, domain)));
            plain.chain(domains).collect()
        }
        Event::LicenceSettings { product, company_wide, shown, .. } => {
            let company_wide = company_wide.map(|on| if on { company_wide_on(l) } else { company_wide_off(l) });
            let shown = shown.map(|on| if on { in_selection_on(l) } else { in_selection_off(l) });
            [Some(product.as_str()), company_wide, shown].into_iter().flatten().map(str::to_owned).collect()
        }
        Event::DocumentsImported { name, new, changed, added, .. } => {
            vec![name.clone(), so_many_new(l, *new), so_many_changed(l, *changed), so_many_added(l, *added)]
        }
        Event::LicenceGranted { product, .. }
        | Event::LicenceBegun { product, .. }
        | Event::LicenceChanged { product, .. }
        | Event::AccessGiven { product, .. }
        | Event::AccessRemoved { product, .. } => vec![product.clone()],
        Event::NewsletterSent { name, subscribers, .. } => vec![name.clone(), to_so_many(l, *subscribers)],
        Event::NewsletterCreated { name, .. }
        | Event::NewsletterChanged { name, .. }
        | Event::NewsletterDeleted { name, .. }
        | Event::ProductCreated { name, .. }
        | Event::ProductChanged { name, .. }
        | Event::SupplierCreated { name, .. }
        | Event::SupplierChanged { name, .. } => vec![name.clone()],
        Event::RequestMade { what, .. }
        | Event::RequestWithdrawn { what, .. }
        | Event::RequestAccepted { what, .. }
        | Event::RequestDeclined { what, .. }
        | Event::RequestReopened { what, .. }
        | Event::RequestGranted { what, .. } => vec![what.clone()],
        Event::RequestForwarded { what, product, .. }
        | Event::StandardConfirmed { what, product, .. }
        | Event::StandardRefused { what, product, .. } => vec![what.clone(), product.clone()],
        _ => Vec::new(),
    };
    if details.is_empty() { name.to_owned() } else { with(l, name, &details.join(", ")) }
}

fn edits(l: Language, event: &Event) -> Vec<String> {
    let Event::UserEdited { details, role, blocked: is_blocked, mail_to_administrators, mailed: was_mailed, .. } = event else {
        return Vec::new();
    };
    let role = role.map(|role| match role {
        Role::Administrator => became_administrator(l),
        Role::User => became_user(l),
    });
    let is_blocked = is_blocked.map(|is_blocked| if is_blocked { blocked(l) } else { unblocked(l) });
    let mail = mail_to_administrators.map(|redirected| if redirected { mail_redirected(l) } else { mail_direct(l) });
    [role, is_blocked, details.then(|| new_details(l)), mail, was_mailed.then(|| mailed(l))]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name() {
        for &kind in Event::KINDS {
            for l in Language::ALL {
                assert_ne!(kind_name(l, kind), unknown_kind(l), "{kind}");
            }
        }
    }
}
