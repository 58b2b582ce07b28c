//! R3, R8, L3: what answers a request besides a decision on just that: access that is given, another request's, a document that comes.

use crate::support::{ANNA, BRAM, CARLA, COMPANY, OFFSHORE, Scene, TestDesk, accept, decline, on_both, refused};
use server::{callers::Member, licences, requests, sql};
use shared::{
    LicenceId, ProductId, Refusal, RequestId,
    documents::Next,
    licences::{LicenceForm, PeopleQuery},
    requests::{Queue, RequestsQuery},
};

const DAAN: &str = "daan@vandijk.example";

fn on() -> Option<String> {
    Some("on".into())
}

/// *Welding* with `W 1` and `W 2`, hidden.
async fn hidden(desk: &TestDesk, scene: &Scene, change: impl FnOnce(&mut LicenceForm)) -> LicenceId {
    let welding = desk.product(&scene.staff, "Welding", &["W 1", "W 2"]).await;
    let licence = desk.licence(&scene.staff, COMPANY, welding, change).await;
    licences::save_settings(desk, &scene.anna, licence, false, false).await.unwrap();
    licence
}

/// `S 1` and `S 2`, which no company has a licence for.
async fn safety(desk: &TestDesk, scene: &Scene) -> ProductId {
    desk.product(&scene.staff, "Safety", &["S 1", "S 2"]).await
}

/// Carla asks for two documents, and their letters are behind.
async fn two_asked(desk: &TestDesk, scene: &Scene) -> [RequestId; 2] {
    let asked = [desk.ask_standard(&scene.carla, "W 1").await, desk.ask_standard(&scene.carla, "W 2").await];
    desk.letters_are_looked_at().await;
    desk.new_deeds().await;
    asked
}

async fn states<const N: usize>(desk: &TestDesk, requests: [RequestId; N]) -> Vec<String> {
    let mut states = Vec::new();
    for request in requests {
        states.push(desk.state_of(request).await);
    }
    states
}

/// How many decisions on documents the page offers to undo.
async fn undoable(desk: &TestDesk) -> usize {
    let query = RequestsQuery { queue: Queue::Documents, ..RequestsQuery::default() };
    let page = requests::list(desk, &desk.member(COMPANY, ANNA).await, &query).await.unwrap();
    page.open.iter().chain(&page.done).filter(|row| row.may_undo).count()
}

async fn forward(desk: &TestDesk, scene: &Scene, request: RequestId) {
    requests::answer_standard(desk, &scene.anna, request, &format!("collection:{}", scene.product)).await.unwrap();
}

async fn daan(desk: &TestDesk) -> Member {
    desk.colleague(DAAN, "Daan Jansen").await
}

on_both! {
    /// R3: what was accepted with the same decision is undone with it, whichever of them is undone.
    async fn what_was_accepted_together_is_undone_together(desk) {
        let scene = desk.scene().await;
        let licence = hidden(desk, &scene, |_| {}).await;
        let asked = two_asked(desk, &scene).await;
        for (decided, undone) in [(0, 1), (1, 0), (0, 0)] {
            requests::answer_standard(desk, &scene.anna, asked[decided], &format!("licence:{licence}")).await.unwrap();
            desk.expect_mail(&[("request_accepted", CARLA), ("request_accepted", CARLA)]).await;
            assert_eq!((states(desk, asked).await, undoable(desk).await), (vec!["accepted".to_owned(); 2], 2));
            desk.new_deeds().await;
            requests::undo(desk, &scene.bram, asked[undone]).await.unwrap();
            assert_eq!(desk.new_kinds().await, ["request_reopened", "request_reopened"]);
            desk.expect_mail(&[("request_reopened", CARLA), ("request_reopened", CARLA)]).await;
            assert_eq!((states(desk, asked).await, undoable(desk).await), (vec!["open".to_owned(); 2], 0));
            assert!(desk.used(licence).await == 0 && !desk.opens(&scene.carla, "W 2").await);
        }
    }

    /// R3: access that was given unasked is taken away, not undone; and no button says otherwise.
    async fn what_was_given_is_not_undone(desk) {
        let scene = desk.scene().await;
        let licence = hidden(desk, &scene, |_| {}).await;
        let asked = two_asked(desk, &scene).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA), ("request_accepted", CARLA)]).await;
        assert_eq!((states(desk, asked).await, undoable(desk).await), (vec!["accepted".to_owned(); 2], 0));
        for request in asked {
            assert_eq!(refused(requests::undo(desk, &scene.bram, request).await), Refusal::NothingToUndo);
        }
        assert!(desk.opens(&scene.carla, "W 1").await);
    }

    /// R3: nobody asks again for what they can open by now; where one of two is held otherwise, the other is asked for again.
    async fn what_they_hold_is_not_asked_again(desk) {
        let scene = desk.scene().await;
        let licence = hidden(desk, &scene, |_| {}).await;
        let [first, second] = two_asked(desk, &scene).await;
        desk.decide(&scene.anna, &decline(""), first).await.unwrap();
        assert_eq!(undoable(desk).await, 1);
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.letters_are_looked_at().await;
        assert_eq!(undoable(desk).await, 0);
        assert_eq!(refused(requests::undo(desk, &scene.bram, first).await), Refusal::NothingToUndo);
        desk.take_away(&scene.anna, licence, scene.carlas).await.unwrap();
        requests::undo(desk, &scene.bram, first).await.unwrap();
        let again = desk.ask_standard(&scene.carla, "W 2").await;
        requests::answer_standard(desk, &scene.anna, first, &format!("licence:{licence}")).await.unwrap();
        assert_eq!(states(desk, [first, second, again]).await, ["accepted"; 3]);
        // By another licence she has the one, but not the other.
        desk.import(&scene.staff, scene.product, &["W 2"]).await;
        let other = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.give(&scene.anna, other, scene.carlas).await.unwrap();
        requests::undo(desk, &scene.anna, first).await.unwrap();
        assert_eq!(states(desk, [first, again]).await, ["open", "accepted"]);
        assert_eq!(desk.used(licence).await, 0);
        desk.letters_are_looked_at().await;
    }

    /// R3: a licence that has not begun gives nothing yet, and so answers nothing; the page that says how many it grants (L3) says none.
    async fn what_has_not_begun_answers_nothing(desk) {
        let scene = desk.scene().await;
        let begins = |form: &mut LicenceForm| (form.valid_from, form.company_wide_permitted) = (desk.day(5), on());
        let licence = hidden(desk, &scene, begins).await;
        let asked = two_asked(desk, &scene).await;
        assert_eq!(desk.give(&scene.anna, licence, scene.carlas).await.unwrap(), 1);
        assert_eq!(desk.new_kinds().await, ["access_given"]);
        let page = licences::page(desk, &scene.anna, licence, &PeopleQuery::default()).await.unwrap();
        assert_eq!((page.effect.open, page.effect.members), (0, 3));
        licences::save_settings(desk, &scene.anna, licence, true, false).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["licence_settings"]);
        desk.no_mail().await;
        assert_eq!(states(desk, asked).await, ["open", "open"]);
    }

    /// The list asks the rule that the deed asks: of a licence that begins anew nothing is accepted.
    async fn the_button_asks_the_rule(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let request = desk.ask(&scene.carla, licence).await;
        desk.expect_asked(CARLA).await;
        let later = LicenceForm { valid_from: desk.day(2), ..desk.terms(scene.product) };
        licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &later).await.unwrap();
        let page = requests::list(desk, &desk.member(COMPANY, ANNA).await, &RequestsQuery::default()).await.unwrap();
        assert_eq!((page.open[0].may_accept.clone(), page.open[0].may_decline.clone()), (Err(Refusal::LicenceNotYet), Ok(())));
        assert_eq!(refused(desk.decide(&scene.anna, &accept(), request).await), Refusal::LicenceNotYet);
    }

    /// L3: what the page says before is what happens, documents among it.
    async fn so_many_requests_are_granted(desk) {
        let scene = desk.scene().await;
        let licence = hidden(desk, &scene, |form| form.company_wide_permitted = on()).await;
        two_asked(desk, &scene).await;
        desk.ask_standard(&daan(desk).await, "W 1").await;
        desk.letters_are_looked_at().await;
        let page = licences::page(desk, &scene.anna, licence, &PeopleQuery::default()).await.unwrap();
        assert_eq!((page.effect.open, page.licence.open), (3, 0));
        desk.new_deeds().await;
        licences::save_settings(desk, &scene.anna, licence, true, false).await.unwrap();
        assert_eq!(desk.new_kinds().await, ["licence_settings", "request_granted", "request_granted", "request_granted"]);
        desk.expect_mail(&[("request_accepted", CARLA), ("request_accepted", CARLA), ("request_accepted", DAAN)]).await;
    }

    /// R8: of a file with several documents everybody who asked for one is told, also where an administrator wanted another in the collection.
    async fn everybody_is_told_of_every_document_of_a_file(desk) {
        let scene = desk.scene().await;
        desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        safety(desk, &scene).await;
        let forwarded = desk.ask_standard(&scene.carla, "S 1").await;
        forward(desk, &scene, forwarded).await;
        let open = desk.ask_standard(&daan(desk).await, "S 2").await;
        desk.letters_are_looked_at().await;
        desk.import(&scene.staff, scene.product, &["S 1", "S 2"]).await;
        desk.expect_mail(&[("document_available", CARLA), ("document_available", DAAN)]).await;
        assert_eq!(states(desk, [forwarded, open]).await, ["accepted", "open"]);
    }

    /// R8: a document that comes into what somebody has already: they wait for nobody any more. They are told that it came, and not twice.
    async fn it_comes_into_what_they_have(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |form| form.company_wide_permitted = on()).await;
        let safety = safety(desk, &scene).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        let daan = daan(desk).await;
        let first = [desk.ask_standard(&scene.carla, "S 1").await, desk.ask_standard(&daan, "S 1").await];
        forward(desk, &scene, first[1]).await;
        desk.letters_are_looked_at().await;
        requests::conclude_standard(desk, &scene.staff, first[1], scene.product, true, "").await.unwrap();
        let told = [("document_available", CARLA), ("document_available", DAAN)];
        desk.expect_mail(&told).await;
        assert_eq!(states(desk, first).await, ["accepted", "accepted"]);
        assert_eq!(refused(requests::undo(desk, &scene.anna, first[0]).await), Refusal::NothingToUndo);

        let second = [desk.ask_standard(&scene.carla, "S 2").await, desk.ask_standard(&daan, "S 2").await];
        desk.letters_are_looked_at().await;
        desk.import(&scene.staff, scene.product, &["S 2"]).await;
        desk.expect_mail(&told).await;
        assert_eq!(states(desk, second).await, ["accepted", "open"], "Daan has no access");

        licences::save_settings(desk, &scene.anna, licence, true, true).await.unwrap();
        desk.letters_are_looked_at().await;
        desk.import(&scene.staff, safety, &["S 3"]).await;
        let third = [desk.ask_standard(&scene.carla, "S 3").await, desk.ask_standard(&daan, "S 3").await];
        desk.letters_are_looked_at().await;
        desk.import(&scene.staff, scene.product, &["S 3"]).await;
        desk.expect_mail(&told).await;
        assert_eq!(states(desk, third).await, ["accepted", "accepted"]);
    }

    /// R8: a licence that can be asked for brings it, too: to the company that it is for, and to whoever can't open it yet.
    async fn a_new_licence_brings_it(desk) {
        let scene = desk.scene().await;
        let licence = hidden(desk, &scene, |_| {}).await;
        desk.offshore().await;
        let safety = safety(desk, &scene).await;
        desk.import(&scene.staff, safety, &["W 1"]).await;
        let marine = desk.product(&scene.staff, "Marine", &["M 1"]).await;
        let (daan, dirk) = (daan(desk).await, desk.member(OFFSHORE, "dirk@vandijk.example").await);
        let declined = desk.ask_standard(&daan, "S 1").await;
        desk.decide(&scene.anna, &decline(""), declined).await.unwrap();
        for (member, number) in [(&scene.carla, "S 1"), (&scene.carla, "M 1"), (&scene.carla, "W 1"), (&dirk, "S 1")] {
            desk.ask_standard(member, number).await;
        }
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.letters_are_looked_at().await;
        // L5: nobody can ask for this one.
        desk.licence(&scene.staff, COMPANY, marine, |form| form.external = on()).await;
        desk.no_mail().await;
        desk.licence(&scene.staff, COMPANY, safety, |_| {}).await;
        let letters = desk.expect_mail(&[("document_available", CARLA), ("document_available", DAAN)]).await;
        assert!(letters.iter().all(|letter| letter.text.contains("S 1 What S 1 says") && letter.text.contains("Safety")), "{letters:#?}");
        assert!(matches!(desk.next_step(&scene.carla, "S 1").await, Next::AskLicence(_)));
    }

    /// Provider › Requests: all of them, in pages.
    async fn what_waits_for_staff_has_pages(desk) {
        let scene = desk.scene().await;
        desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        safety(desk, &scene).await;
        desk.crowd(COMPANY, 52).await;
        for number in 1..=52 {
            desk.ask_standard(&desk.one_of_the_crowd(number).await, "S 1").await;
        }
        desk.execute(sql!("UPDATE request SET state = 'forwarded', product = $1, decided_by = $2", scene.product, desk.id_of(BRAM).await)).await;
        desk.letters_are_looked_at().await;
        let mut seen = Vec::new();
        for page in [1, 2] {
            let listed = requests::to_confirm(desk, &scene.staff, page).await.unwrap();
            assert_eq!((listed.found, listed.page, listed.pages), (52, page, 2));
            seen.extend(listed.rows.into_iter().map(|row| row.id.0));
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!((seen.len(), requests::to_confirm(desk, &scene.staff, 9).await.unwrap().page), (52, 2));
    }
}
