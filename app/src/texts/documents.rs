//! Documents (R8).

use shared::{
    documents::{DocumentStatus, Held},
    fields::Language,
    licences::{Validity, Way},
};

super::texts! {
    title => "Documents" | "Documenten";
    lead => "Everything in the provider's catalogue. A document's page says how you come to read it." | "Alles in de catalogus van de aanbieder. Op de pagina van een document staat hoe u het kunt lezen.";
    search => "Search documents" | "Documenten zoeken";
    search_hint => "A number or words from the title" | "Een nummer of woorden uit de titel";
    search_button => "Search" | "Zoeken";
    one_found => "One document found." | "Eén document gevonden.";
    so_many_found(count: usize) => "{count} documents found." | "{count} documenten gevonden.";
    first_found(count: usize) => "The first {count} documents. Type more to find fewer." | "De eerste {count} documenten. Typ meer om er minder te vinden.";
    none_found => "No document found." | "Geen document gevonden.";
    none_found_title => "No document found" | "Geen document gevonden";
    none_found_text => "No document has this number, or words that begin so. Check the number, or type less." | "Geen document heeft dit nummer of woorden die zo beginnen. Controleer het nummer of typ minder.";
    none_title => "No documents yet" | "Nog geen documenten";
    none_text => "The provider has not put any documents into the catalogue yet." | "De aanbieder heeft nog geen documenten in de catalogus gezet.";
    show_all => "Show the first documents" | "Toon de eerste documenten";

    number => "Number" | "Nummer";
    document_title => "Title" | "Titel";
    language => "Language" | "Taal";
    status => "Status" | "Status";
    collections => "Collections" | "Collecties";
    in_no_collection => "In no collection" | "In geen collectie";
    last_opened => "You last opened it" | "Door u het laatst geopend";
    current => "Current" | "Geldig";
    withdrawn => "Withdrawn" | "Ingetrokken";
    dutch => "Dutch" | "Nederlands";
    english => "English" | "Engels";
    german => "German" | "Duits";
    french => "French" | "Frans";

    form_settings => "Request form" | "Aanvraagformulier";
    request_text => "Text on the request form" | "Tekst op het aanvraagformulier";
    request_text_hint => "Your colleagues read this when they ask for a document, such as: name your cost centre. At most 300 characters." | "Uw collega's lezen dit als ze een document aanvragen, zoals: noem uw kostenplaats. Hoogstens 300 tekens.";
    save => "Save" | "Opslaan";
    request_text_saved => "The text on the request form has been saved." | "De tekst op het aanvraagformulier is opgeslagen.";

    document => "Document" | "Document";
    reading => "Reading" | "Lezen";
    open => "Open" | "Openen";
    open_company_wide(licence: &str) => "You may open it through the licence {licence}, which is company-wide." | "U mag het openen met de licentie {licence}, die voor het hele bedrijf geldt.";
    open_given(licence: &str) => "You may open it through the licence {licence}: an administrator gave you access." | "U mag het openen met de licentie {licence}: een beheerder gaf u toegang.";
    open_requested(licence: &str) => "You may open it through the licence {licence}: your request was accepted." | "U mag het openen met de licentie {licence}: uw aanvraag is goedgekeurd.";
    held_expired(licence: &str) => "You have the licence {licence}, but it has expired, so it gives no access any more. An administrator can ask the provider to extend it." | "U hebt de licentie {licence}, maar die is verlopen en geeft dus geen toegang meer. Een beheerder kan de aanbieder vragen die te verlengen.";
    held_not_yet(licence: &str) => "You have the licence {licence}, but it has not begun, so it gives no access yet." | "U hebt de licentie {licence}, maar die is nog niet begonnen en geeft dus nog geen toegang.";
    ask_text => "You have no access to it yet. It is in this licence of your company:" | "U hebt er nog geen toegang toe. Het zit in deze licentie van uw bedrijf:";
    ask_several_text => "You have no access to it yet. It is in these licences of your company; one of them is enough:" | "U hebt er nog geen toegang toe. Het zit in deze licenties van uw bedrijf; één ervan is genoeg:";
    request_access => "Request access" | "Toegang aanvragen";
    request_access_to(licence: &str) => "Request access to {licence}" | "Toegang aanvragen tot {licence}";
    standard_text => "None of the licences that you can ask for has this document. Ask for the document itself: an administrator chooses how you get it." | "Geen van de licenties die u kunt aanvragen heeft dit document. Vraag het document zelf aan: een beheerder kiest hoe u het krijgt.";
    request_standard => "Request standard" | "Norm aanvragen";
    reason => "Reason" | "Reden";
    reason_hint => "At most 500 characters" | "Hoogstens 500 tekens";
    who_reads => "Administrators see who asks and why. Your other colleagues see the request and the reason, but not who asks." | "Beheerders zien wie iets aanvraagt en waarom. Uw andere collega's zien de aanvraag en de reden, maar niet van wie die is.";
    send_request => "Send request" | "Aanvraag versturen";
    cancel => "Cancel" | "Annuleren";
    to_requests => "Your requests" | "Uw aanvragen";
    asked => "Your request has been sent. You get a mail when it is decided." | "Uw aanvraag is verstuurd. U krijgt een mail als erover is beslist.";

    back_to(number: &str) => "About {number}" | "Over {number}";
    opened_lead(number: &str) => "{number} is open to you." | "{number} is voor u geopend.";
    delivered(provider: &str) => "{provider} delivers the file itself. It is not kept here." | "{provider} levert het bestand zelf. Het staat niet hier.";
}

/// A language as people call it; the rarer ones by their letters.
#[must_use]
pub fn language_name(l: Language, code: &str) -> String {
    match code {
        "nl" => dutch(l).to_owned(),
        "en" => english(l).to_owned(),
        "de" => german(l).to_owned(),
        "fr" => french(l).to_owned(),
        other => other.to_ascii_uppercase(),
    }
}

#[must_use]
pub const fn status_name(l: Language, of: DocumentStatus) -> &'static str {
    match of {
        DocumentStatus::Current => current(l),
        DocumentStatus::Withdrawn => withdrawn(l),
    }
}

/// L6: why a licence that somebody has is of no use; nothing where it is.
#[must_use]
pub fn why_in_vain(l: Language, held: &Held) -> Option<String> {
    match held.validity {
        Validity::Expired => Some(held_expired(l, &held.product)),
        Validity::NotYet => Some(held_not_yet(l, &held.product)),
        Validity::Valid => None,
    }
}

/// Why somebody may open a document.
#[must_use]
pub fn why_open(l: Language, licence: &str, way: Way) -> String {
    match way {
        Way::CompanyWide => open_company_wide(l, licence),
        Way::Given => open_given(l, licence),
        Way::Requested => open_requested(l, licence),
    }
}

/// What a search found, in one sentence.
#[must_use]
pub fn found(l: Language, count: usize, more: bool) -> String {
    match (count, more) {
        (0, _) => none_found(l).to_owned(),
        (1, _) => one_found(l).to_owned(),
        (_, true) => first_found(l, count),
        (_, false) => so_many_found(l, count),
    }
}
