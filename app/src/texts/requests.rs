//! Requests.

use shared::{fields::Language, licences::Way, requests::Outcome};

super::texts! {
    title => "Requests" | "Aanvragen";
    administrator_lead => "What your colleagues ask for. Whoever asked gets a mail as soon as you decide." | "Wat uw collega's aanvragen. Wie iets vroeg, krijgt een mail zodra u beslist.";
    user_lead => "What is asked for in your company, and what you can ask for yourself." | "Wat er in uw bedrijf wordt aangevraagd, en wat u zelf kunt aanvragen.";
    licences => "Licences" | "Licenties";
    documents => "Documents" | "Documenten";
    waiting => "Open requests" | "Open aanvragen";
    waiting_count(count: u32) => "Open requests ({count})" | "Open aanvragen ({count})";
    all_licences => "All licences asked for" | "Alle aangevraagde licenties";
    all_documents => "All documents asked for" | "Alle aangevraagde documenten";
    what => "Requested" | "Aangevraagd";
    who => "By" | "Door";
    reason => "Reason" | "Reden";
    no_reason => "None given" | "Niet gegeven";
    when => "Since" | "Sinds";
    deeds => "Decide" | "Beslissen";
    outcome => "Outcome" | "Uitkomst";
    none_title => "No open requests" | "Geen open aanvragen";
    none_administrator => "New requests appear here by themselves. What was decided stands below." | "Nieuwe aanvragen komen hier vanzelf bij. Wat beslist is, staat hieronder.";
    none_user => "Nobody in your company waits for a decision." | "Niemand in uw bedrijf wacht op een beslissing.";

    accept => "Accept" | "Toekennen";
    decline => "Decline" | "Afwijzen";
    decline_request => "Decline request" | "Aanvraag afwijzen";
    decline_title(what: &str) => "Decline the request for {what}?" | "De aanvraag voor {what} afwijzen?";
    decline_hint => "Whoever asked reads it in the mail. They can ask again after seven days." | "Wie iets vroeg, leest dit in de mail. Na zeven dagen kan die het opnieuw vragen.";
    choice => "Choice" | "Keuze";
    give_licence(product: &str) => "Give {product}" | "{product} toekennen";
    add_to_collection(product: &str) => "Ask the provider to add it to {product}" | "De aanbieder vragen het toe te voegen aan {product}";
    cancel => "Cancel" | "Annuleren";
    withdraw => "Withdraw" | "Intrekken";
    undo => "Undo" | "Ongedaan maken";
    dismiss => "Dismiss" | "Sluiten";
    yours => "Yours" | "Van u";

    select(what: &str, who: &str) => "Select the request of {who} for {what}" | "De aanvraag van {who} voor {what} selecteren";
    select_page => "Select all requests on this page" | "Alle aanvragen op deze pagina selecteren";
    page_is_selected(count: u32) => "All requests on this page are selected ({count})." | "Alle aanvragen op deze pagina zijn geselecteerd ({count}).";
    decline_chosen => "Decline the selected requests?" | "De geselecteerde aanvragen afwijzen?";
    accept_several(count: u32) => "Accept {count}" | "{count} toekennen";
    decline_one => "Decline 1 request" | "1 aanvraag afwijzen";
    decline_so_many(count: u32) => "Decline {count} requests" | "{count} aanvragen afwijzen";

    one_new => "1 new request" | "1 nieuwe aanvraag";
    several_new(count: u32) => "{count} new requests" | "{count} nieuwe aanvragen";
    clear_decided => "Clear what is decided" | "Wat beslist is opruimen";
    gone => "No longer open" | "Niet meer open";

    outcome_open => "Open" | "Open";
    outcome_forwarded => "Waits for the provider" | "Wacht op de aanbieder";
    outcome_accepted => "Accepted" | "Toegekend";
    outcome_granted => "Granted: the licence became company-wide" | "Toegekend: de licentie werd bedrijfsbreed";
    outcome_declined => "Declined" | "Afgewezen";
    outcome_withdrawn => "Withdrawn" | "Ingetrokken";
    outcome_lapsed => "Withdrawn by the system: whoever asked left or was blocked" | "Ingetrokken door het systeem: wie het vroeg is vertrokken of geblokkeerd";

    sent => "Your request has been sent. You get a mail when it is decided." | "Uw aanvraag is verstuurd. U krijgt een mail als erover beslist is.";
    was_accepted => "The request has been accepted. The person has access now." | "De aanvraag is toegekend. De persoon heeft nu toegang.";
    were_accepted(count: u32) => "{count} requests have been accepted. Each can be undone below, for ten minutes." | "{count} aanvragen zijn toegekend. Elk ervan is hieronder ongedaan te maken, tien minuten lang.";
    was_forwarded => "The provider has been asked to add the document." | "De aanbieder is gevraagd het document toe te voegen.";
    were_forwarded(count: u32) => "The provider has been asked to add what {count} requests ask for. Each can be undone, for ten minutes." | "De aanbieder is gevraagd toe te voegen waar {count} aanvragen om vragen. Elk ervan is ongedaan te maken, tien minuten lang.";
    was_declined => "The request has been declined." | "De aanvraag is afgewezen.";
    were_declined(count: u32) => "{count} requests have been declined. Each can be undone below, for ten minutes." | "{count} aanvragen zijn afgewezen. Elk ervan is hieronder ongedaan te maken, tien minuten lang.";
    was_withdrawn => "The request has been withdrawn." | "De aanvraag is ingetrokken.";
    was_undone => "The decision has been undone: the request is open again." | "De beslissing is ongedaan gemaakt: de aanvraag is weer open.";

    done => "Concluded requests" | "Afgehandelde aanvragen";
    one_concluded => "1 more concluded" | "Nog 1 afgehandeld";
    several_concluded(count: u32) => "{count} more concluded" | "Nog {count} afgehandeld";
    no_done => "Nothing was concluded in this period." | "In deze periode is niets afgehandeld.";
    period => "Period" | "Periode";
    show => "Show" | "Tonen";
    answer(why: &str) => "Answer: {why}" | "Antwoord: {why}";
    pages => "Pages" | "Pagina's";
    done_pages => "Pages of concluded requests" | "Pagina's van afgehandelde aanvragen";

    keys => "Keyboard" | "Toetsenbord";
    use_keys => "Use these keys" | "Deze toetsen gebruiken";
    use_keys_hint => "Switch them off if they get in the way of your browser or your aids." | "Zet ze uit als ze uw browser of hulpmiddelen in de weg zitten.";
    key_next => "Next request" | "Volgende aanvraag";
    key_previous => "Previous request" | "Vorige aanvraag";
    key_select => "Select" | "Selecteren";
    key_accept => "Accept" | "Toekennen";
    key_decline => "Decline" | "Afwijzen";
    key_help => "Show these keys" | "Deze toetsen tonen";

    mine => "My licences and requests" | "Mijn licenties en aanvragen";
    mine_at(company: &str) => "My licences and requests at {company}" | "Mijn licenties en aanvragen bij {company}";
    my_licences => "My licences" | "Mijn licenties";
    my_requests => "My open requests" | "Mijn open aanvragen";
    on_offer => "What you can request" | "Wat u kunt aanvragen";
    no_licences => "You have no licence yet." | "U hebt nog geen licentie.";
    nothing_on_offer => "Your company offers no licences to request at the moment." | "Uw bedrijf biedt op dit moment geen licenties aan om aan te vragen.";
    product => "Product" | "Product";
    way => "Access" | "Toegang";
    way_company_wide => "Company-wide" | "Bedrijfsbreed";
    way_given => "Given by an administrator" | "Gegeven door een beheerder";
    way_requested => "Requested" | "Aangevraagd";
    valid_until => "Valid until" | "Geldig tot en met";
    expired => "Expired" | "Verlopen";
    not_yet => "Not valid yet" | "Nog niet geldig";
    is_full => "All seats are taken. An administrator can accept your request only once there is room." | "Alle plaatsen zijn bezet. Een beheerder kan uw aanvraag pas toekennen als er plaats is.";
    request_access => "Request access" | "Toegang aanvragen";
    request_title(product: &str) => "Request access to {product}" | "Toegang tot {product} aanvragen";
    who_sees => "The administrators see who asks. Your colleagues see the request and the reason, but not that it is yours." | "De beheerders zien wie iets vraagt. Uw collega's zien de aanvraag en de reden, maar niet dat die van u is.";
    send_request => "Send request" | "Aanvraag versturen";

    standards_lead => "Standards that administrators want in a collection that their company has. Confirm once you have added them." | "Normen die beheerders in een collectie willen die hun bedrijf heeft. Bevestig het als u ze hebt toegevoegd.";
    standards_pages => "Pages of standards" | "Pagina's met normen";
    standards => "Standards asked for" | "Gevraagde normen";
    standard => "Document" | "Document";
    collection => "Collection" | "Collectie";
    confirm => "Confirm" | "Bevestigen";
    no_standards => "No standards to add" | "Geen normen om toe te voegen";
    no_standards_text => "When an administrator wants a standard in a collection, it appears here." | "Als een beheerder een norm in een collectie wil, staat die hier.";
    standard_confirmed => "Confirmed. Everybody who asked for the standard gets a mail." | "Bevestigd. Iedereen die om de norm vroeg, krijgt een mail.";
    standard_declined => "Declined. Whoever asked for the standard gets a mail." | "Afgewezen. Wie om de norm vroeg, krijgt een mail.";
}

#[must_use]
pub fn decline_several(l: Language, count: u32) -> String {
    if count == 1 { decline_one(l).to_owned() } else { decline_so_many(l, count) }
}

#[must_use]
pub const fn outcome_name(l: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => outcome_open(l),
        Outcome::Forwarded => outcome_forwarded(l),
        Outcome::Accepted => outcome_accepted(l),
        Outcome::Granted => outcome_granted(l),
        Outcome::Declined => outcome_declined(l),
        Outcome::Withdrawn => outcome_withdrawn(l),
        Outcome::Lapsed => outcome_lapsed(l),
    }
}

#[must_use]
pub const fn way_name(l: Language, way: Way) -> &'static str {
    match way {
        Way::CompanyWide => way_company_wide(l),
        Way::Given => way_given(l),
        Way::Requested => way_requested(l),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_requests() {
        let said = |l| [decline_several(l, 1), decline_several(l, 2)];
        assert_eq!(said(Language::English), ["Decline 1 request", "Decline 2 requests"]);
        assert_eq!(said(Language::Dutch), ["1 aanvraag afwijzen", "2 aanvragen afwijzen"]);
    }
}
