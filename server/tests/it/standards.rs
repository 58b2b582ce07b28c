//! R8: a document that nobody may simply open is asked for; an administrator gives a licence that has it, or staff put it into a collection.

use crate::support::{ANNA, BRAM, CARLA, COMPANY, OFFSHORE, Scene, TestDesk, accept, all_open, decline, on_both, refused};
use server::{
    Error, Result,
    callers::{Administrator, Member},
    documents, general_account, licences, requests, sql, users,
};
use shared::{
    DocumentId, FieldName, LicenceId, Problem, ProductId, Refusal, RequestId,
    documents::{Next, Offer},
    event::Event,
    licences::Way,
    requests::{Choice, Outcome, Queue, RequestRow, RequestsQuery, Subject, UNDO_SECONDS},
};

const DAAN: &str = "daan@vandijk.example";
const EVA: &str = "eva@vandijk.example";
const DAY: i64 = 24 * 3600;

fn on() -> Option<String> {
    Some("on".into())
}

/// The scene, with a licence for *Eurocodes* that has nothing to do with it, and a document `S 1` that nobody has a licence for.
struct Room {
    scene: Scene,
    eurocodes: LicenceId,
    safety: ProductId,
}

async fn room(desk: &TestDesk) -> Room {
    let scene = desk.scene().await;
    let eurocodes = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.valid_until = desk.day(2000)).await;
    let safety = desk.product(&scene.staff, "Safety", &["S 1"]).await;
    desk.new_deeds().await;
    Room { scene, eurocodes, safety }
}

/// *Welding* with `W 1`, hidden.
async fn hidden(desk: &TestDesk, scene: &Scene, seats: &str) -> LicenceId {
    let welding = desk.product(&scene.staff, "Welding", &["W 1"]).await;
    let licence = desk.licence(&scene.staff, COMPANY, welding, |form| form.seats = seats.into()).await;
    licences::save_settings(desk, &scene.anna, licence, false, false).await.unwrap();
    licence
}

async fn answer(desk: &TestDesk, by: &Administrator, request: RequestId, choice: &str) -> Result<()> {
    requests::answer_standard(desk, by, request, choice).await
}

fn collection(product: ProductId) -> String {
    format!("collection:{product}")
}

async fn conclude(desk: &TestDesk, scene: &Scene, request: RequestId, confirmed: bool) -> Result<()> {
    requests::conclude_standard(desk, &scene.staff, request, desk.collection_of(request).await, confirmed, "").await
}

/// The one that waits, as an administrator sees it.
async fn waiting(desk: &TestDesk) -> RequestRow {
    let query = RequestsQuery { queue: Queue::Documents, ..RequestsQuery::default() };
    requests::list(desk, &desk.member(COMPANY, ANNA).await, &query).await.unwrap().open.remove(0)
}

async fn is_in(desk: &TestDesk, number: &str, product: ProductId) -> bool {
    let document = desk.document(number).await;
    desk.count(sql!("SELECT COUNT(*) FROM product_document WHERE document = $1 AND product = $2", document, product)).await == 1
}

/// Somebody of the company 10002.
async fn eva(desk: &TestDesk) -> Member {
    let account = desk.account(EVA, "Eva Prins").await;
    desk.membership(OFFSHORE, account, "user").await;
    desk.member(OFFSHORE, EVA).await
}

on_both! {
    /// R8, sentence by sentence.
    async fn the_one_next_step(desk) {
        let Room { scene, eurocodes, .. } = room(desk).await;
        let welding = hidden(desk, &scene, "").await;
        let marine = desk.product(&scene.staff, "Marine", &["M 1", "W 2"]).await;
        let marine = desk.licence(&scene.staff, COMPANY, marine, |form| form.external = on()).await;
        let archive = desk.product(&scene.staff, "Archive", &["A 1"]).await;
        let archive = desk.licence(&scene.staff, COMPANY, archive, |form| form.valid_until = desk.day(1)).await;
        desk.give(&scene.anna, archive, scene.carlas).await.unwrap();
        desk.clock.advance_seconds(2 * DAY);
        let ask = async |number| requests::ask_standard(desk, &scene.carla, desk.document(number).await, "").await;
        let offer = |may_ask| Next::AskLicence(vec![Offer { licence: eurocodes, product: "Eurocodes".into(), may_ask }]);
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, offer(Ok(())));
        assert_eq!(refused(ask("NEN 1").await), Refusal::NotTheNextStep);
        let asked = desk.ask(&scene.carla, eurocodes).await;
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, offer(Err(Refusal::AlreadyAsked)));
        assert_eq!(refused(ask("NEN 1").await), Refusal::NotTheNextStep);
        desk.decide(&scene.anna, &decline(""), asked).await.unwrap();
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, offer(Err(Refusal::AskAgainLater { days: 7 })));
        desk.give(&scene.anna, eurocodes, scene.carlas).await.unwrap();
        let open = Next::Open { licence: eurocodes, product: "Eurocodes".into(), way: Way::Given };
        assert_eq!(desk.next_step(&scene.carla, "NEN 1").await, open);
        assert_eq!(refused(ask("NEN 1").await), Refusal::NotTheNextStep);
        desk.letters_are_looked_at().await;
        // Hidden, external, expired, none at all.
        for number in ["W 1", "M 1", "A 1", "S 1"] {
            assert_eq!(desk.next_step(&scene.carla, number).await, Next::AskStandard, "{number}");
            assert_eq!(refused(documents::open(desk, &scene.carla, desk.document(number).await).await), Refusal::NotAllowed);
            let request = ask(number).await.unwrap();
            desk.expect_asked(CARLA).await;
            assert_eq!(desk.next_step(&scene.carla, number).await, Next::NotNow(Refusal::AlreadyAsked));
            assert_eq!(refused(ask(number).await), Refusal::AlreadyAsked);
            desk.decide(&scene.anna, &decline(""), request).await.unwrap();
            desk.expect_mail(&[("request_declined", CARLA)]).await;
            assert_eq!(desk.next_step(&scene.carla, number).await, Next::NotNow(Refusal::AskAgainLater { days: 7 }));
            assert_eq!(refused(ask(number).await), Refusal::AskAgainLater { days: 7 });
        }
        assert!(matches!(requests::ask_standard(desk, &scene.carla, DocumentId(99), "").await, Err(Error::NotFound)));
        // In two licences: what opens comes before what is asked for, and that before asking for the document.
        for licence in [welding, marine] {
            desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        }
        assert!(desk.opens(&scene.carla, "W 1").await && desk.opens(&scene.carla, "M 1").await);
    }

    /// L4: nobody can ask for a hidden licence, and a document in it can be asked for.
    async fn a_hidden_licence_is_given(desk) {
        let Room { scene, .. } = room(desk).await;
        let licence = hidden(desk, &scene, "").await;
        desk.new_deeds().await;
        let request = requests::ask_standard(desk, &scene.carla, desk.document("W 1").await, "For the railings").await.unwrap();
        assert_eq!(desk.new_event().await, Event::RequestMade { company: COMPANY, account: scene.carlas, request, what: "W 1".into() });
        let letters = desk.expect_mail(&[("request_received", CARLA), ("request_made", ANNA), ("request_made", BRAM)]).await;
        assert!(letters.iter().all(|letter| letter.text.contains("W 1 What W 1 says")), "{letters:#?}");
        let row = waiting(desk).await;
        assert!(matches!(&row.subject, Subject::Document { number, title, .. } if number == "W 1" && title == "What W 1 says"));
        let product = scene.product;
        assert_eq!(row.choices, [Choice::Licence { id: licence, product: "Welding".into() }, Choice::Collection { id: product, product: "Eurocodes".into() }]);
        assert_eq!((row.may_accept.clone(), row.reason.as_deref()), (Ok(()), Some("For the railings")));
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 1);
        // It has to be said what is given.
        let missing = Refusal::field(FieldName::Choice, Problem::Missing);
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), missing);
        desk.new_deeds().await;
        answer(desk, &scene.anna, request, &row.choices[0].key()).await.unwrap();
        assert_eq!(desk.new_event().await, Event::RequestAccepted { company: COMPANY, account: scene.carlas, request, what: "W 1".into() });
        let letter = desk.expect_mail(&[("request_accepted", CARLA)]).await.remove(0);
        assert!(letter.text.contains(&format!("/company/10001/documents/{}", desk.document("W 1").await)), "{}", letter.text);
        let open = Next::Open { licence, product: "Welding".into(), way: Way::Requested };
        assert_eq!(desk.next_step(&scene.carla, "W 1").await, open);
        documents::open(desk, &scene.carla, desk.document("W 1").await).await.unwrap();
        for choice in [row.choices[0].key(), collection(product)] {
            assert_eq!(refused(answer(desk, &scene.bram, request, &choice).await), Refusal::Decided(Outcome::Accepted));
        }
        // R3: undone, the access ends.
        requests::undo(desk, &scene.bram, request).await.unwrap();
        desk.expect_mail(&[("request_reopened", CARLA)]).await;
        assert_eq!((desk.used(licence).await, desk.state_of(request).await.as_str()), (0, "open"));
        assert_eq!(desk.next_step(&scene.carla, "W 1").await, Next::NotNow(Refusal::AlreadyAsked));
    }

    /// Undone after the access was taken away and the document asked for anew: one at a time.
    async fn what_was_asked_anew_is_not_reopened(desk) {
        let Room { scene, .. } = room(desk).await;
        let licence = hidden(desk, &scene, "").await;
        let request = desk.ask_standard(&scene.carla, "W 1").await;
        answer(desk, &scene.anna, request, &format!("licence:{licence}")).await.unwrap();
        desk.take_away(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.ask_standard(&scene.carla, "W 1").await;
        desk.letters_are_looked_at().await;
        assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::NothingToUndo);
    }

    async fn what_cant_be_chosen(desk) {
        let Room { scene, eurocodes, safety } = room(desk).await;
        let licence = hidden(desk, &scene, "1").await;
        let (welding,): (uuid::Uuid,) = desk.db.one(sql!("SELECT product FROM licence WHERE id = $1", licence)).await.unwrap();
        let dirk = desk.offshore().await;
        let theirs = desk.licence(&scene.staff, OFFSHORE, ProductId(welding), |_| {}).await;
        let archive = desk.product(&scene.staff, "Archive", &[]).await;
        desk.licence(&scene.staff, COMPANY, archive, |form| form.valid_until = desk.day(-1)).await;
        let request = desk.ask_standard(&scene.carla, "W 1").await;
        let of_bram = desk.ask_standard(&desk.member(COMPANY, BRAM).await, "W 1").await;
        let other = desk.ask(&scene.carla, eurocodes).await;
        desk.letters_are_looked_at().await;
        let annas = desk.id_of(ANNA).await;
        desk.give(&scene.anna, licence, annas).await.unwrap();
        let before = desk.dump_of_deeds().await;
        let no_choice = |problem| Refusal::field(FieldName::Choice, problem);
        assert_eq!(refused(answer(desk, &scene.anna, request, "").await), no_choice(Problem::Missing));
        for choice in ["licence".into(), "licence:x".into(), format!("{licence}"), format!("something:{licence}")] {
            assert_eq!(refused(answer(desk, &scene.anna, request, &choice).await), no_choice(Problem::NotAChoice), "{choice}");
        }
        for choice in [
            format!("licence:{eurocodes}"),
            format!("licence:{theirs}"),
            format!("licence:{}", desk.new_id()),
            collection(ProductId(welding)),
            collection(safety),
            collection(archive),
            format!("collection:{licence}"),
        ] {
            assert_eq!(refused(answer(desk, &scene.anna, request, &choice).await), Refusal::NotAnAnswer, "{choice}");
        }
        let full = Refusal::NoSeat { seats: 1, used: 1 };
        assert_eq!(refused(answer(desk, &scene.anna, request, &format!("licence:{licence}")).await), full);
        assert_eq!(refused(answer(desk, &scene.bram, of_bram, &collection(scene.product)).await), Refusal::OwnRequest);
        for request in [other, RequestId(desk.new_id())] {
            let answered = answer(desk, &scene.anna, request, &collection(scene.product)).await;
            assert!(matches!(answered, Err(Error::NotFound)), "{answered:?}");
        }
        for choice in [format!("licence:{theirs}"), collection(scene.product)] {
            assert!(matches!(answer(desk, &dirk, request, &choice).await, Err(Error::NotFound)));
        }
        assert_eq!(desk.dump_of_deeds().await, before);
        // What is full is not offered; without anything to give only declining is left.
        let rows = requests::list(desk, &desk.member(COMPANY, ANNA).await, &RequestsQuery { queue: Queue::Documents, ..RequestsQuery::default() }).await.unwrap().open;
        assert!(rows.iter().all(|row| row.choices == [Choice::Collection { id: scene.product, product: "Eurocodes".into() }]));
        licences::by_staff::change(desk, &scene.staff, COMPANY, eurocodes, &shared::licences::LicenceForm { valid_until: desk.day(-1), ..desk.terms(scene.product) }).await.unwrap();
        let row = waiting(desk).await;
        assert_eq!((row.choices.len(), row.may_accept, row.may_decline), (0, Err(Refusal::NothingToGive), Ok(())));
        assert_eq!(requests::decide(desk, &scene.anna, &decline(""), &all_open(Queue::Documents)).await.unwrap(), 2);
        desk.expect_mail(&[("request_declined", CARLA), ("request_declined", BRAM)]).await;
    }

    /// L5: an external licence only to persons with a country.
    async fn an_external_licence_is_given_for_a_document(desk) {
        let Room { scene, .. } = room(desk).await;
        let marine = desk.product(&scene.staff, "Marine", &["M 1"]).await;
        let licence = desk.licence(&scene.staff, COMPANY, marine, |form| form.external = on()).await;
        general_account::create(desk, &scene.staff, COMPANY, "vandijk-balie").await.unwrap();
        let general = desk.visitor_of(desk.id_of("vandijk-balie").await, "vandijk-balie").await.member(COMPANY).unwrap();
        let of_carla = desk.ask_standard(&scene.carla, "M 1").await;
        let of_general = desk.ask_standard(&general, "M 1").await;
        desk.letters_are_looked_at().await;
        desk.execute(sql!("UPDATE account SET country = NULL WHERE id = $1", scene.carlas)).await;
        let choice = format!("licence:{licence}");
        assert_eq!(refused(answer(desk, &scene.anna, of_carla, &choice).await), Refusal::NoCountry);
        assert_eq!(refused(answer(desk, &scene.anna, of_general, &choice).await), Refusal::NotForGeneralAccount);
        desk.execute(sql!("UPDATE account SET country = 'NL' WHERE id = $1", scene.carlas)).await;
        answer(desk, &scene.anna, of_carla, &choice).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        assert_eq!(licences::by_staff::to_report(desk, &scene.staff, None).await.unwrap().len(), 1);
    }

    /// Wanted in a collection, confirmed by staff: all who wait for just that have it, and all who asked within twelve months are told once.
    async fn staff_confirm_it_for_everybody(desk) {
        let Room { scene, .. } = room(desk).await;
        let dirk = desk.offshore().await;
        let theirs = desk.licence(&scene.staff, OFFSHORE, scene.product, |form| form.valid_until = desk.day(2000)).await;
        let eva = eva(desk).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        let too_long_ago = desk.colleague("old@vandijk.example", "Too Long Ago").await;
        let removed = desk.colleague("removed@vandijk.example", "Removed").await;
        let blocked = desk.colleague("blocked@vandijk.example", "Blocked").await;
        let withdrew = desk.colleague("withdrew@vandijk.example", "Withdrew").await;
        let old = desk.ask_standard(&too_long_ago, "S 1").await;
        desk.decide(&scene.anna, &decline(""), old).await.unwrap();
        desk.clock.advance_seconds(40 * DAY);
        // Twice in eleven months, in another company.
        for _ in 0..2 {
            let request = desk.ask_standard(&eva, "S 1").await;
            desk.decide(&dirk, &decline(""), request).await.unwrap();
            desk.clock.advance_seconds(10 * DAY);
        }
        for member in [&removed, &blocked] {
            desk.ask_standard(member, "S 1").await;
        }
        let withdrawn = desk.ask_standard(&withdrew, "S 1").await;
        requests::withdraw(desk, &withdrew, withdrawn).await.unwrap();
        users::remove(desk, &scene.anna, desk.id_of("removed@vandijk.example").await).await.unwrap();
        desk.save(&scene.anna, desk.id_of("blocked@vandijk.example").await, |form| form.blocked = on()).await.unwrap();
        desk.clock.advance_seconds(310 * DAY);
        let of_carla = desk.ask_standard(&scene.carla, "S 1").await;
        let of_daan = desk.ask_standard(&daan, "S 1").await;
        let of_eva = desk.ask_standard(&eva, "S 1").await;
        let elsewhere = desk.ask_standard(&desk.member(OFFSHORE, "dirk@vandijk.example").await, "S 1").await;
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;

        answer(desk, &scene.anna, of_carla, &collection(scene.product)).await.unwrap();
        let forwarded = Event::RequestForwarded { company: COMPANY, account: scene.carlas, request: of_carla, what: "S 1".into(), product: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, forwarded);
        desk.no_mail().await;
        assert_eq!(refused(answer(desk, &scene.bram, of_carla, &collection(scene.product)).await), Refusal::Decided(Outcome::Forwarded));
        assert_eq!(desk.next_step(&scene.carla, "S 1").await, Next::NotNow(Refusal::AlreadyAsked));
        // It waits, for staff: in the queue it is, to be decided is only Daan's.
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 1);
        answer(desk, &dirk, of_eva, &collection(scene.product)).await.unwrap();
        let listed = requests::to_confirm(desk, &scene.staff, 1).await.unwrap().rows;
        let seen: Vec<_> = listed.iter().map(|row| (row.id, row.company, row.number.as_str(), row.product.as_str())).collect();
        assert_eq!(seen, [(of_carla, COMPANY, "S 1", "Eurocodes"), (of_eva, OFFSHORE, "S 1", "Eurocodes")]);
        // Staff see what is wanted, and not by whom.
        let json = serde_json::to_string(&listed).unwrap();
        assert!(!json.contains("Carla") && !json.contains("arla@") && !json.contains(&scene.carlas.to_string()), "{json}");
        desk.new_deeds().await;

        conclude(desk, &scene, of_carla, true).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["standard_confirmed", "standard_confirmed"]);
        let told = [CARLA, DAAN, EVA, "dirk@vandijk.example", "withdrew@vandijk.example"].map(|username| ("document_available", username));
        let letters = desk.expect_mail(&told).await;
        assert!(letters.iter().all(|letter| letter.text.contains("S 1 What S 1 says") && letter.text.contains("Eurocodes")), "{letters:#?}");
        assert!(is_in(desk, "S 1", scene.product).await);
        assert_eq!([desk.state_of(of_carla).await, desk.state_of(of_eva).await], ["accepted", "accepted"]);
        assert_eq!([desk.state_of(of_daan).await, desk.state_of(elsewhere).await], ["open", "open"]);
        assert!(requests::to_confirm(desk, &scene.staff, 1).await.unwrap().rows.is_empty());
        let offer = Offer { licence: theirs, product: "Eurocodes".into(), may_ask: Ok(()) };
        assert_eq!(desk.next_step(&eva, "S 1").await, Next::AskLicence(vec![offer]));
        // That is done with.
        assert_eq!(refused(conclude(desk, &scene, of_carla, true).await), Refusal::Decided(Outcome::Accepted));
        assert_eq!(refused(requests::undo(desk, &scene.anna, of_carla).await), Refusal::NothingToUndo);
    }

    async fn staff_refuse_it_with_a_reason(desk) {
        let Room { scene, .. } = room(desk).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        let (request, other) = (desk.ask_standard(&scene.carla, "S 1").await, desk.ask_standard(&daan, "S 1").await);
        for request in [request, other] {
            answer(desk, &scene.anna, request, &collection(scene.product)).await.unwrap();
        }
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        let too_long = Refusal::field(FieldName::Reason, Problem::TooLong(500));
        assert_eq!(refused(requests::conclude_standard(desk, &scene.staff, request, desk.collection_of(request).await, false, &"é".repeat(501)).await), too_long);
        requests::conclude_standard(desk, &scene.staff, request, desk.collection_of(request).await, false, "Not ours <to> sell.").await.unwrap();
        let refusal = Event::StandardRefused { company: COMPANY, account: scene.carlas, request, what: "S 1".into(), product: "Eurocodes".into() };
        assert_eq!(desk.new_event().await, refusal);
        let letter = desk.expect_mail(&[("request_declined", CARLA)]).await.remove(0);
        assert!(letter.text.contains("> Not ours <to> sell.") && !letter.html.contains("<to>"), "{}", letter.text);
        assert!(!letter.html.contains("Sophie") && !letter.text.contains("Sophie") && !letter.html.contains("staff@"));
        // Of one company's request alone.
        assert_eq!([desk.state_of(request).await, desk.state_of(other).await], ["declined", "forwarded"]);
        assert!(!is_in(desk, "S 1", scene.product).await);
        assert_eq!(desk.next_step(&scene.carla, "S 1").await, Next::NotNow(Refusal::AskAgainLater { days: 7 }));
        assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::NothingToUndo);
        for confirmed in [true, false] {
            assert_eq!(refused(conclude(desk, &scene, request, confirmed).await), Refusal::Decided(Outcome::Declined));
        }
        assert!(!is_in(desk, "S 1", scene.product).await, "what was refused adds nothing");
    }

    /// R3, R4, R7: what was forwarded is taken back, withdrawn, or nobody's any more.
    async fn what_waits_for_staff_no_more(desk) {
        let Room { scene, .. } = room(desk).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        let hanna = desk.colleague("hanna@vandijk.example", "Hanna Smit").await;
        let mut asked = Vec::new();
        for member in [&scene.carla, &daan, &hanna] {
            let request = desk.ask_standard(member, "S 1").await;
            answer(desk, &scene.anna, request, &collection(scene.product)).await.unwrap();
            asked.push(request);
        }
        desk.letters_are_looked_at().await;
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 0);
        requests::undo(desk, &scene.bram, asked[0]).await.unwrap();
        desk.expect_mail(&[("request_reopened", CARLA)]).await;
        assert_eq!(requests::count(desk, &scene.anna).await.unwrap(), 1);
        requests::withdraw(desk, &daan, asked[1]).await.unwrap();
        users::remove(desk, &scene.anna, desk.id_of("hanna@vandijk.example").await).await.unwrap();
        assert!(requests::to_confirm(desk, &scene.staff, 1).await.unwrap().rows.is_empty());
        for (request, outcome) in asked.iter().zip([Outcome::Open, Outcome::Withdrawn, Outcome::Lapsed]) {
            for confirmed in [true, false] {
                assert_eq!(refused(conclude(desk, &scene, *request, confirmed).await), Refusal::Decided(outcome));
            }
        }
        assert!(!is_in(desk, "S 1", scene.product).await);
        let of_licence = desk.ask(&daan, desk_licence(desk, &scene).await).await;
        desk.letters_are_looked_at().await;
        for request in [of_licence, RequestId(desk.new_id())] {
            assert!(matches!(conclude(desk, &scene, request, true).await, Err(Error::NotFound)));
        }
        // After ten minutes only staff can.
        answer(desk, &scene.anna, asked[0], &collection(scene.product)).await.unwrap();
        desk.clock.advance_seconds(UNDO_SECONDS);
        assert_eq!(refused(requests::undo(desk, &scene.anna, asked[0]).await), Refusal::UndoIsOver);
        conclude(desk, &scene, asked[0], true).await.unwrap();
        desk.expect_mail(&[("document_available", CARLA), ("document_available", DAAN)]).await;
    }

    /// However it comes: whoever asked is told.
    async fn an_import_brings_it(desk) {
        let Room { scene, safety, .. } = room(desk).await;
        desk.offshore().await;
        let eva = eva(desk).await;
        let too_long_ago = desk.colleague("old@vandijk.example", "Too Long Ago").await;
        let old = desk.ask_standard(&too_long_ago, "S 1").await;
        desk.decide(&scene.anna, &decline(""), old).await.unwrap();
        desk.clock.advance_seconds(367 * DAY);
        let request = desk.ask_standard(&scene.carla, "S 1").await;
        desk.ask_standard(&eva, "S 1").await;
        desk.letters_are_looked_at().await;
        // What is in it already comes not again.
        desk.import(&scene.staff, safety, &["S 1", "S 2"]).await;
        desk.no_mail().await;
        desk.import(&scene.staff, scene.product, &["NEN 1", "S 1", "NEN 3"]).await;
        let letters = desk.expect_mail(&[("document_available", CARLA), ("document_available", EVA)]).await;
        assert!(letters.iter().all(|letter| letter.text.contains("S 1 What S 1 says") && letter.text.contains("Eurocodes")), "{letters:#?}");
        desk.import(&scene.staff, scene.product, &["NEN 1", "S 1", "NEN 4"]).await;
        desk.no_mail().await;
        // What was asked is still to be decided.
        assert_eq!(desk.state_of(request).await, "open");
        desk.decide(&scene.anna, &decline(""), request).await.unwrap();
        desk.expect_mail(&[("request_declined", CARLA)]).await;
    }

    /// A document that is in the collection by the time that staff confirm it.
    async fn confirmed_after_it_came(desk) {
        let Room { scene, .. } = room(desk).await;
        let request = desk.ask_standard(&scene.carla, "S 1").await;
        answer(desk, &scene.anna, request, &collection(scene.product)).await.unwrap();
        desk.letters_are_looked_at().await;
        desk.import(&scene.staff, scene.product, &["S 1"]).await;
        desk.expect_mail(&[("document_available", CARLA)]).await;
        assert_eq!(desk.state_of(request).await, "accepted", "nobody has to confirm what is there");
        desk.clock.advance_seconds(60);
        assert_eq!(refused(conclude(desk, &scene, request, true).await), Refusal::Decided(Outcome::Accepted));
    }
}

/// The licence for *Eurocodes*.
async fn desk_licence(desk: &TestDesk, scene: &Scene) -> LicenceId {
    licences::list(desk, &scene.anna).await.unwrap().rows.iter().find(|row| row.product == "Eurocodes").unwrap().id
}
