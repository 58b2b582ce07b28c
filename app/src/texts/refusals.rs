//! Every refusal in words, without a wildcard: a new one doesn't compile before it has a text in both languages.

use shared::{
    FieldName, Problem, Refusal,
    fields::Language,
    refusal::{LinkState, NotAll, NotDone, Stopped},
    requests::Outcome,
};

super::texts! {
    signed_out => "Your session has ended. Sign in again." | "Uw sessie is verlopen. Log opnieuw in.";
    not_allowed => "You may not do this. An administrator of your company can." | "U mag dit niet doen. Een beheerder van uw bedrijf kan dat wel.";
    sign_in => "You can't sign in with this username and password. Check both, or use Forgot password." | "Inloggen lukt niet met deze gebruikersnaam en dit wachtwoord. Controleer beide, of gebruik Wachtwoord vergeten.";
    busy => "Too many people are doing this at the moment. Try again in a minute." | "Te veel mensen doen dit op dit moment. Probeer het over een minuut opnieuw.";
    fields => "Some fields need another look." | "Enkele velden kloppen nog niet.";
    no_domain => "Nobody can be added yet: the company has no e-mail domain. Ask the provider to add one." | "Er kan nog niemand worden toegevoegd: het bedrijf heeft geen e-maildomein. Vraag de aanbieder er een toe te voegen.";
    already_here => "Somebody with this address is a user of the company already." | "Iemand met dit adres is al gebruiker van het bedrijf.";
    address_taken => "There is an account with this username already." | "Er is al een account met deze gebruikersnaam.";
    already_registered => "The registration is complete, so there is no mail to send." | "De registratie is al afgerond, dus er is geen mail te sturen.";
    not_locked => "The account is not locked any more." | "Het account is niet meer vergrendeld.";
    blocked => "This person is blocked. Unblock them first." | "Deze persoon is geblokkeerd. Hef eerst de blokkering op.";
    last_administrator => "A company keeps at least one administrator. Make somebody else administrator first." | "Een bedrijf houdt minstens één beheerder. Maak eerst iemand anders beheerder.";
    yourself => "You can't block or remove yourself. Another administrator can." | "U kunt uzelf niet blokkeren of verwijderen. Een andere beheerder kan dat wel.";
    own_details => "Name, telephone number and country are this person's own to change, in My profile." | "Naam, telefoonnummer en land wijzigt deze persoon zelf, in Mijn profiel.";
    nobody_chosen => "Nobody is selected. Tick the people first." | "Er is niemand geselecteerd. Vink eerst mensen aan.";
    no_request_chosen => "No request is selected. Tick the requests first." | "Er is geen aanvraag geselecteerd. Vink eerst aanvragen aan.";
    decided_meanwhile(others: u32) => "Of the requests that you saw, {others} had been decided or withdrawn in the meantime." | "Van de aanvragen die u zag, waren er {others} intussen al behandeld of ingetrokken.";
    all_decided_meanwhile => "All these requests had been decided or withdrawn in the meantime. Nothing was left to do." | "Al deze aanvragen waren intussen al behandeld of ingetrokken. Er was niets meer te doen.";
    some => "It could not be done for everybody." | "Het is niet voor iedereen gelukt.";
    not_all(done: u32, refused: u32) => "Done for {done}. It could not be done for {refused}:" | "Gelukt voor {done}. Niet gelukt voor {refused}:";
    example(name: &str, why: &str) => "{name}: {why}" | "{name}: {why}";
    done_for(done: u32) => "Done for {done}." | "Gelukt voor {done}.";
    stopped(left: u32, why: &str) => "Then it stopped. Not tried for {left}: {why}" | "Daarna stopte het. Niet geprobeerd voor {left}: {why}";
    it_broke => "something went wrong here. Try again." | "er ging hier iets mis. Probeer het opnieuw.";
    and_more(more: u32) => "And {more} more." | "En nog {more}.";
    no_self_registration => "No company lets people with this address register by themselves. Ask an administrator of your company to add you." | "Geen bedrijf laat mensen met dit adres zichzelf registreren. Vraag een beheerder van uw bedrijf u toe te voegen.";
    address_not_proven => "Your mail went to administrators when this password was set. Choose a new password with Forgot password first, so that it is sure that the address is yours." | "Uw mail ging naar beheerders toen dit wachtwoord werd ingesteld. Kies eerst een nieuw wachtwoord met Wachtwoord vergeten, zodat zeker is dat het adres van u is.";
    general_account => "This is the company's general account, which is nobody's own: it is not renamed, removed or made administrator. It can be blocked." | "Dit is het algemene account van het bedrijf, dat van niemand in het bijzonder is: het wordt niet hernoemd, verwijderd of beheerder gemaakt. Het kan wel worden geblokkeerd.";
    has_general_account => "The company has a general account already." | "Het bedrijf heeft al een algemeen account.";
    not_registered => "Only whoever has registered has an address to change. Remove this user, and add them with the right address." | "Alleen wie geregistreerd is, heeft een adres dat kan wijzigen. Verwijder deze gebruiker en voeg die toe met het juiste adres.";
    domains_in_use => "There are people with an address in a domain that would go. Look how many, and confirm." | "Er zijn mensen met een adres in een domein dat zou verdwijnen. Kijk hoeveel, en bevestig het.";
    changed => "Somebody else changed this in the meantime. Look again." | "Iemand anders heeft dit intussen gewijzigd. Kijk opnieuw.";

    no_seat(used: u32, seats: u32) => "{used} of {seats} seats are in use, so none is free. Remove somebody's access first, or ask the provider for more seats." | "{used} van {seats} plaatsen zijn in gebruik, dus er is er geen vrij. Trek eerst iemands toegang in, of vraag de aanbieder om meer plaatsen.";
    licence_not_yet => "This licence has not begun, so it gives no access yet. Accept when it has, or give the access beforehand." | "Deze licentie is nog niet begonnen en geeft dus nog geen toegang. Keur goed als het zover is, of geef de toegang alvast.";
    asked_too_much => "You have asked for a lot. Wait for the decisions, or try again in an hour." | "U hebt veel aangevraagd. Wacht op de beslissingen, of probeer het over een uur opnieuw.";
    licence_expired => "This licence has expired, so it gives no access any more. An administrator can ask the provider to extend it." | "Deze licentie is verlopen en geeft dus geen toegang meer. Een beheerder kan de aanbieder vragen die te verlengen.";
    not_on_offer => "This licence can't be requested. An administrator of your company can give access to it." | "Deze licentie kan niet worden aangevraagd. Een beheerder van uw bedrijf kan er toegang toe geven.";
    has_access => "There is access already, so nothing has to be given or requested." | "Er is al toegang, dus er hoeft niets te worden gegeven of aangevraagd.";
    no_access => "This person has no access of their own that could be removed. If the licence is company-wide, everybody has access until that is switched off." | "Deze persoon heeft geen eigen toegang om in te trekken. Is de licentie bedrijfsbreed, dan heeft iedereen toegang tot dat wordt uitgezet.";
    not_company_wide => "The provider has not agreed to company-wide use of this licence. Ask the provider if you want it." | "De aanbieder staat bedrijfsbreed gebruik van deze licentie niet toe. Vraag het de aanbieder als u dat wilt.";
    no_country => "The product's supplier must know this person's country, and it is not filled in. Fill it in on the person's page first." | "De leverancier van het product moet het land van deze persoon weten, en dat is niet ingevuld. Vul het eerst in op de pagina van de persoon.";
    not_for_general_account => "The product's supplier must know each person, so a general account can't have access. Give it to people with an account of their own." | "De leverancier van het product moet elke persoon kennen. Een algemeen account kan dus geen toegang krijgen. Geef die aan mensen met een eigen account.";
    not_reportable_one => "One of those who have access could not be reported to a supplier: a general account, or a person whose country is not filled in. An administrator of the company fills in the country, or removes the access, first." | "Een van degenen met toegang kan niet aan een leverancier worden gemeld: een algemeen account, of een persoon van wie het land niet is ingevuld. Een beheerder van het bedrijf vult eerst het land in of trekt de toegang in.";
    not_reportable(people: u32) => "{people} of those who have access could not be reported to a supplier: a general account, or people whose country is not filled in. An administrator of the company fills in the countries, or removes the access, first." | "{people} van degenen met toegang kunnen niet aan een leverancier worden gemeld: een algemeen account, of mensen van wie het land niet is ingevuld. Een beheerder van het bedrijf vult eerst de landen in of trekt de toegang in.";
    awaits_approval => "This person has not been approved yet. Approve them first." | "Deze persoon is nog niet goedgekeurd. Doe dat eerst.";
    already_asked => "You have an open request for this already. Wait for the answer, or withdraw it under Requests." | "U hebt hiervoor al een open aanvraag. Wacht op het antwoord, of trek die in bij Aanvragen.";
    ask_again_tomorrow => "Your request for this was declined. You can ask again in one day." | "Uw aanvraag hiervoor is afgewezen. Over één dag kunt u het opnieuw vragen.";
    ask_again_later(days: u32) => "Your request for this was declined. You can ask again in {days} days." | "Uw aanvraag hiervoor is afgewezen. Over {days} dagen kunt u het opnieuw vragen.";
    own_request => "This is your own request. Another administrator decides it." | "Dit is uw eigen aanvraag. Een andere beheerder beslist erover.";
    open_again => "This request is open again. Look again." | "Deze aanvraag is weer open. Kijk opnieuw.";
    forwarded_already => "This request has been sent to the provider already, who answers it." | "Deze aanvraag is al naar de aanbieder gestuurd. Die geeft antwoord.";
    accepted_already => "This request has been accepted already." | "Deze aanvraag is al goedgekeurd.";
    granted_already => "This request has been granted already: the licence became company-wide." | "Deze aanvraag is al toegekend: de licentie werd bedrijfsbreed.";
    declined_already => "This request has been declined already." | "Deze aanvraag is al afgewezen.";
    withdrawn_already => "This request has been withdrawn by whoever asked." | "Deze aanvraag is ingetrokken door wie die deed.";
    lapsed_already => "This request has ended: whoever asked is blocked, or no longer in the company." | "Deze aanvraag is beëindigd: wie die deed, is geblokkeerd of niet meer bij het bedrijf.";
    undo_is_over => "A decision can be undone for ten minutes, and they are over. You can still give or remove access under Licences." | "Een besluit is tien minuten terug te draaien, en die zijn voorbij. U kunt bij Licenties nog wel toegang geven of intrekken.";
    nothing_to_undo => "There is no decision of an administrator here to undo. Look again." | "Er is hier geen besluit van een beheerder om terug te draaien. Kijk opnieuw.";
    not_the_next_step => "Your company has a licence with this document. Open the document's page again and go on from there." | "Uw bedrijf heeft een licentie met dit document. Open de pagina van het document opnieuw en ga daar verder.";
    nothing_to_give => "None of your company's licences could have this document. Decline the request, or ask the provider for a licence." | "Geen van de licenties van uw bedrijf kan dit document bevatten. Wijs de aanvraag af, of vraag de aanbieder om een licentie.";
    not_an_answer => "What you chose is no answer to this request: the licence doesn't have the document, or the collection has it already. Choose in the request's own row." | "Uw keuze past niet bij deze aanvraag: de licentie bevat het document niet, of de collectie bevat het al. Kies in de rij van de aanvraag zelf.";
    not_a_table => "This file is no table of documents. Save it as CSV, with a heading and the columns number, title, language and status." | "Dit bestand is geen tabel met documenten. Sla het op als CSV, met een kopregel en de kolommen number, title, language en status.";

    newsletter_sent => "This newsletter has been sent, so it can't be changed any more." | "Deze nieuwsbrief is verstuurd en kan niet meer worden gewijzigd.";
    no_subscribers => "Nobody has subscribed to the newsletter." | "Niemand heeft zich aangemeld voor de nieuwsbrief.";

    link_used => "This link has been used" | "Deze link is al gebruikt";
    link_expired => "This link has expired" | "Deze link is verlopen";
    link_replaced => "This link has been replaced by a newer one" | "Deze link is vervangen door een nieuwere";
    link_withdrawn => "This link has been withdrawn" | "Deze link is ingetrokken";
    link_unknown => "This link does not exist" | "Deze link bestaat niet";

    choose_role => "Choose a role" | "Kies een rol";
    enter_username => "Enter a username" | "Vul een gebruikersnaam in";
    enter_name => "Enter a name" | "Vul een naam in";
    enter_phone => "Enter a telephone number" | "Vul een telefoonnummer in";
    choose_country => "Choose a country" | "Kies een land";
    choose_language => "Choose a language" | "Kies een taal";
    enter_email => "Enter an e-mail address" | "Vul een e-mailadres in";
    choose_company => "Choose a company" | "Kies een bedrijf";
    enter_company_name => "Enter the company's name" | "Vul de naam van het bedrijf in";
    enter_kvk => "Enter the Chamber of Commerce number" | "Vul het KvK-nummer in";
    enter_contact_name => "Enter a contact person" | "Vul een contactpersoon in";
    enter_account_manager => "Enter an account manager" | "Vul een accountmanager in";
    enter_domains => "Enter a domain" | "Vul een domein in";
    not_a_kvk_number => "A Chamber of Commerce number has eight digits" | "Een KvK-nummer heeft acht cijfers";
    not_a_domain(domain: &str) => "“{domain}” is not a domain, like company.example" | "‘{domain}’ is geen domein, zoals bedrijf.example";
    public_mail_domain(domain: &str) => "Anybody can have an address at {domain}, so it can't be a company's" | "Iedereen kan een adres hebben bij {domain}, dus dat kan niet van een bedrijf zijn";
    not_a_username => "Use 3 to 60 lower-case letters, digits, full stops, hyphens or underscores" | "Gebruik 3 tot 60 kleine letters, cijfers, punten, streepjes of lage streepjes";
    same_address => "This is the address of now" | "Dit is het adres van nu";
    enter_current_password => "Enter your current password" | "Vul uw huidige wachtwoord in";
    choose_successor => "Choose a successor" | "Kies een opvolger";
    enter_subject_en => "Enter the English subject" | "Vul het Engelse onderwerp in";
    enter_text_en => "Enter the English text" | "Vul de Engelse tekst in";
    enter_subject_nl => "Enter the Dutch subject" | "Vul het Nederlandse onderwerp in";
    enter_text_nl => "Enter the Dutch text" | "Vul de Nederlandse tekst in";
    enter_password => "Enter the password" | "Vul het wachtwoord in";
    enter_new_password => "Enter a new password" | "Vul een nieuw wachtwoord in";
    enter_it_again => "Enter the new password again" | "Vul het nieuwe wachtwoord nog eens in";
    too_long(n: u16) => "Use at most {n} characters" | "Gebruik hoogstens {n} tekens";
    too_short(n: u16) => "Use at least {n} characters" | "Gebruik minstens {n} tekens";
    not_an_address => "Enter one e-mail address, like name@company.example" | "Vul één e-mailadres in, zoals naam@bedrijf.example";
    several_addresses => "Enter only one e-mail address" | "Vul maar één e-mailadres in";
    foreign_domain(domains: &str) => "Use an address that ends in @{domains}" | "Gebruik een adres dat eindigt op @{domains}";
    control_characters => "Use one line, without line breaks or other control characters" | "Gebruik één regel, zonder regeleinden of andere besturingstekens";
    not_a_phone_number => "Enter a telephone number, like +31 10 123 45 67" | "Vul een telefoonnummer in, zoals +31 10 123 45 67";
    not_a_country => "Choose a country from the list" | "Kies een land uit de lijst";
    not_a_choice => "Choose one from the list" | "Kies er een uit de lijst";
    personal_password => "Use a password without your name or address in it" | "Gebruik een wachtwoord zonder uw naam of adres erin";
    repetitive_password => "Use a password that does not repeat the same characters" | "Gebruik een wachtwoord dat niet steeds dezelfde tekens herhaalt";
    guessable_password => "Use a password that is harder to guess" | "Gebruik een wachtwoord dat moeilijker te raden is";
    same_password => "Use another password than the one you have now" | "Gebruik een ander wachtwoord dan dat van nu";
    wrong_password => "This is not your current password" | "Dit is niet uw huidige wachtwoord";
    locked_until(until: &str) => "After five wrong passwords this account is locked until {until}. Wait until then, or set a new password with Forgot password" | "Na vijf verkeerde wachtwoorden is dit account vergrendeld tot {until}. Wacht tot dan, of stel een nieuw wachtwoord in met Wachtwoord vergeten";
    enter_reason => "Enter a reason" | "Vul een reden in";
    choose_licence => "Choose a licence" | "Kies een licentie";
    choose_product => "Choose a product" | "Kies een product";
    enter_product_name => "Enter the product's name" | "Vul de naam van het product in";
    enter_about => "Enter what the product is" | "Vul in wat het product is";
    choose_supplier => "Choose a supplier" | "Kies een leverancier";
    enter_supplier_name => "Enter the supplier's name" | "Vul de naam van de leverancier in";
    enter_first_day => "Enter the first day" | "Vul de eerste dag in";
    enter_last_day => "Enter the last day" | "Vul de laatste dag in";
    enter_seats => "Enter the number of seats" | "Vul het aantal plaatsen in";
    choose_company_wide => "Choose whether company-wide is permitted" | "Kies of bedrijfsbreed is toegestaan";
    enter_request_text => "Enter the text on the request form" | "Vul de tekst op het aanvraagformulier in";
    choose_answer => "Choose a licence or a collection" | "Kies een licentie of een collectie";
    choose_file => "Choose a file" | "Kies een bestand";
    not_a_date => "Enter a day of the calendar, like 2026-01-31" | "Vul een dag van de kalender in, zoals 2026-01-31";
    ends_before_it_begins => "Choose a last day that is not before the first" | "Kies een laatste dag die niet voor de eerste ligt";
    not_a_number(n: u32) => "Enter a whole number from 1 to {n}" | "Vul een geheel getal in van 1 tot en met {n}";
    external_company_wide => "Choose company-wide or external, not both: the supplier must know each person" | "Kies bedrijfsbreed of extern, niet allebei: de leverancier moet elke persoon kennen";
    name_taken => "There is one with this name already" | "Er is er al een met deze naam";
    has_licence => "The company has a licence for this product already. Change that one" | "Het bedrijf heeft al een licentie voor dit product. Wijzig die";
    not_repeated => "Enter the same password twice" | "Vul twee keer hetzelfde wachtwoord in";
}

#[must_use]
pub fn of_refusal(l: Language, refusal: &Refusal) -> String {
    let without_numbers = match refusal {
        Refusal::NoSeat { seats, used } => return no_seat(l, *used, *seats),
        Refusal::AskAgainLater { days } if *days > 1 => return ask_again_later(l, *days),
        Refusal::AskAgainLater { .. } => ask_again_tomorrow(l),
        Refusal::NotReportable { people } if *people > 1 => return not_reportable(l, *people),
        Refusal::NotReportable { .. } => not_reportable_one(l),
        Refusal::DecidedMeanwhile { done: 0, .. } => all_decided_meanwhile(l),
        Refusal::DecidedMeanwhile { done, others } => return format!("{} {}", done_for(l, *done), decided_meanwhile(l, *others)),
        Refusal::SignedOut => signed_out(l),
        Refusal::NotAllowed => not_allowed(l),
        Refusal::SignIn => sign_in(l),
        Refusal::Busy => busy(l),
        Refusal::Fields(_) => fields(l),
        Refusal::NoDomain => no_domain(l),
        Refusal::AlreadyRegistered => already_registered(l),
        Refusal::NotLocked => not_locked(l),
        Refusal::Blocked => blocked(l),
        Refusal::LastAdministrator => last_administrator(l),
        Refusal::Yourself => yourself(l),
        Refusal::OwnDetails => own_details(l),
        Refusal::NobodyChosen => nobody_chosen(l),
        Refusal::NoRequestChosen => no_request_chosen(l),
        Refusal::Some(_) => some(l),
        Refusal::Link(state) => of_link_state(l, *state),
        Refusal::Changed => changed(l),
        Refusal::NoSelfRegistration => no_self_registration(l),
        Refusal::AddressNotProven => address_not_proven(l),
        Refusal::GeneralAccount => general_account(l),
        Refusal::HasGeneralAccount => has_general_account(l),
        Refusal::NotRegistered => not_registered(l),
        Refusal::DomainsInUse(_) => domains_in_use(l),
        Refusal::LicenceExpired => licence_expired(l),
        Refusal::LicenceNotYet => licence_not_yet(l),
        Refusal::AskedTooMuch => asked_too_much(l),
        Refusal::NotOnOffer => not_on_offer(l),
        Refusal::HasAccess => has_access(l),
        Refusal::NoAccess => no_access(l),
        Refusal::NotCompanyWide => not_company_wide(l),
        Refusal::NoCountry => no_country(l),
        Refusal::NotForGeneralAccount => not_for_general_account(l),
        Refusal::AwaitsApproval => awaits_approval(l),
        Refusal::AlreadyAsked => already_asked(l),
        Refusal::OwnRequest => own_request(l),
        Refusal::Decided(outcome) => of_outcome(l, *outcome),
        Refusal::UndoIsOver => undo_is_over(l),
        Refusal::NothingToUndo => nothing_to_undo(l),
        Refusal::NotTheNextStep => not_the_next_step(l),
        Refusal::NothingToGive => nothing_to_give(l),
        Refusal::NotAnAnswer => not_an_answer(l),
        Refusal::NotATable => not_a_table(l),
        Refusal::NewsletterSent => newsletter_sent(l),
        Refusal::NoSubscribers => no_subscribers(l),
    };
    without_numbers.to_owned()
}

/// R5: what happened to a request before. Who did it is nobody's but the administrators' (R3), so it stands nowhere here.
const fn of_outcome(l: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => open_again(l),
        Outcome::Forwarded => forwarded_already(l),
        Outcome::Accepted => accepted_already(l),
        Outcome::Granted => granted_already(l),
        Outcome::Declined => declined_already(l),
        Outcome::Withdrawn => withdrawn_already(l),
        Outcome::Lapsed => lapsed_already(l),
    }
}

/// What could not be done for all, a line each.
#[must_use]
pub fn of_not_all(l: Language, not_all: &NotAll) -> Vec<String> {
    let who = |one: &NotDone| match super::person_name(l, &one.name) {
        name if one.username.is_empty() => name.to_owned(),
        name => format!("{name} ({})", one.username),
    };
    let examples = not_all.examples.iter().map(|one| example(l, &who(one), &of_refusal(l, &one.refusal)));
    let unnamed = not_all.refused.saturating_sub(u32::try_from(not_all.examples.len()).unwrap_or(u32::MAX));
    let more = (unnamed > 0).then(|| and_more(l, unnamed));
    let begin = if not_all.refused == 0 { done_for(l, not_all.done) } else { super::refusals::not_all(l, not_all.done, not_all.refused) };
    let meanwhile = (not_all.meanwhile > 0).then(|| decided_meanwhile(l, not_all.meanwhile));
    let end = not_all.stopped.as_deref().map(|Stopped { left, why }| {
        let why = why.as_ref().map_or_else(|| it_broke(l).to_owned(), |why| of_refusal(l, why));
        stopped(l, *left, &why)
    });
    std::iter::once(begin).chain(examples).chain(more).chain(meanwhile).chain(end).collect()
}

/// The heading of a link's page (A6).
#[must_use]
pub const fn of_link_state(l: Language, state: LinkState) -> &'static str {
    match state {
        LinkState::Used => link_used(l),
        LinkState::Expired => link_expired(l),
        LinkState::Replaced => link_replaced(l),
        LinkState::Withdrawn => link_withdrawn(l),
        LinkState::Unknown => link_unknown(l),
    }
}

/// What is wrong with a field, as a sentence that also makes sense away from it, in the summary.
#[must_use]
pub fn of_problem(l: Language, field: FieldName, problem: &Problem) -> String {
    match problem {
        Problem::Missing => of_missing(l, field).into(),
        Problem::TooLong(n) => too_long(l, *n),
        Problem::TooShort(n) => too_short(l, *n),
        Problem::NotAnAddress => not_an_address(l).into(),
        Problem::AlreadyHere => already_here(l).into(),
        Problem::AddressTaken => address_taken(l).into(),
        Problem::SeveralAddresses => several_addresses(l).into(),
        Problem::ForeignDomain(domains) => foreign_domain(l, &domains.join(", @")),
        Problem::ControlCharacters => control_characters(l).into(),
        Problem::NotAPhoneNumber => not_a_phone_number(l).into(),
        Problem::NotACountry => not_a_country(l).into(),
        Problem::NotAChoice => not_a_choice(l).into(),
        Problem::PersonalPassword => personal_password(l).into(),
        Problem::RepetitivePassword => repetitive_password(l).into(),
        Problem::GuessablePassword => guessable_password(l).into(),
        Problem::SamePassword => same_password(l).into(),
        Problem::NotRepeated => not_repeated(l).into(),
        Problem::WrongPassword => wrong_password(l).into(),
        Problem::LockedUntil(until) => locked_until(l, &until.date_and_time(l)),
        Problem::NotAKvkNumber => not_a_kvk_number(l).into(),
        Problem::NotADomain(domain) => not_a_domain(l, domain),
        Problem::PublicMailDomain(domain) => public_mail_domain(l, domain),
        Problem::NotAUsername => not_a_username(l).into(),
        Problem::SameAddress => same_address(l).into(),
        Problem::NotADate => not_a_date(l).into(),
        Problem::EndsBeforeItBegins => ends_before_it_begins(l).into(),
        Problem::NotANumber(n) => not_a_number(l, *n),
        Problem::ExternalCompanyWide => external_company_wide(l).into(),
        Problem::NameTaken => name_taken(l).into(),
        Problem::HasLicence => has_licence(l).into(),
    }
}

const fn of_missing(l: Language, field: FieldName) -> &'static str {
    match field {
        FieldName::Role => choose_role(l),
        FieldName::Username => enter_username(l),
        FieldName::Name => enter_name(l),
        FieldName::Phone => enter_phone(l),
        FieldName::Country => choose_country(l),
        FieldName::Language => choose_language(l),
        FieldName::Password => enter_password(l),
        FieldName::CurrentPassword => enter_current_password(l),
        FieldName::Email | FieldName::ContactEmail => enter_email(l),
        FieldName::Company => choose_company(l),
        FieldName::CompanyName => enter_company_name(l),
        FieldName::Kvk => enter_kvk(l),
        FieldName::ContactName => enter_contact_name(l),
        FieldName::ContactPhone => enter_phone(l),
        FieldName::AccountManager => enter_account_manager(l),
        FieldName::Domains => enter_domains(l),
        FieldName::NewPassword => enter_new_password(l),
        FieldName::RepeatPassword => enter_it_again(l),
        FieldName::Reason => enter_reason(l),
        FieldName::Licence => choose_licence(l),
        FieldName::Product => choose_product(l),
        FieldName::ProductName => enter_product_name(l),
        FieldName::About => enter_about(l),
        FieldName::Supplier => choose_supplier(l),
        FieldName::SupplierName => enter_supplier_name(l),
        FieldName::ValidFrom => enter_first_day(l),
        FieldName::ValidUntil => enter_last_day(l),
        FieldName::Seats => enter_seats(l),
        FieldName::CompanyWidePermitted => choose_company_wide(l),
        FieldName::RequestText => enter_request_text(l),
        FieldName::Choice => choose_answer(l),
        FieldName::File => choose_file(l),
        FieldName::Successor => choose_successor(l),
        FieldName::SubjectEn => enter_subject_en(l),
        FieldName::TextEn => enter_text_en(l),
        FieldName::SubjectNl => enter_subject_nl(l),
        FieldName::TextNl => enter_text_nl(l),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stopped_halfway_says_what_was_done() {
        let why = Some(Refusal::NobodyChosen);
        let not_all = |why| NotAll { done: 500, stopped: Some(Box::new(Stopped { left: 7, why })), ..NotAll::default() };
        let english = of_not_all(Language::English, &not_all(why));
        assert_eq!(english, ["Done for 500.", "Then it stopped. Not tried for 7: Nobody is selected. Tick the people first."]);
        let dutch = of_not_all(Language::Dutch, &not_all(None));
        assert_eq!(dutch, ["Gelukt voor 500.", "Daarna stopte het. Niet geprobeerd voor 7: er ging hier iets mis. Probeer het opnieuw."]);
        let english = of_not_all(Language::English, &NotAll { meanwhile: 3, ..not_all(None) });
        let others = "Of the requests that you saw, 3 had been decided or withdrawn in the meantime.";
        let end = "Then it stopped. Not tried for 7: something went wrong here. Try again.";
        assert_eq!(english, ["Done for 500.", others, end]);
    }
}
