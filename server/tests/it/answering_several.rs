//! R8: several requests for documents are accepted with one answer.

use crate::support::{ANNA, CARLA, COMPANY, OFFSHORE, Scene, TestDesk, all_open, on_both, refused};
use server::{Error, Result, callers::Member, licences, requests, sql};
use shared::{
    LicenceId, ProductId, Refusal, RequestId,
    licences::LicenceForm,
    refusal::NotAll,
    requests::{Answer, Choice, Chosen, Decision, Outcome, Queue, RequestsPage, RequestsQuery},
};

const DAAN: &str = "daan@vandijk.example";
const HANNA: &str = "hanna@vandijk.example";

/// The scene with *Welding*, which has `W 1` and `W 2` and is hidden, and `S 1` and `S 2`, which nobody has a licence for; and Daan, a colleague.
async fn begin(desk: &TestDesk, seats: &str) -> (Scene, LicenceId, Member) {
    let scene = desk.scene().await;
    let welding = desk.product(&scene.staff, "Welding", &["W 1", "W 2"]).await;
    let licence = hidden(desk, &scene, welding, |form| form.seats = seats.into()).await;
    desk.product(&scene.staff, "Safety", &["S 1", "S 2"]).await;
    let daan = desk.colleague(DAAN, "Daan Jansen").await;
    desk.new_deeds().await;
    (scene, licence, daan)
}

async fn hidden(desk: &TestDesk, scene: &Scene, product: ProductId, change: impl FnOnce(&mut LicenceForm)) -> LicenceId {
    let licence = desk.licence(&scene.staff, COMPANY, product, change).await;
    licences::save_settings(desk, &scene.anna, licence, false, false).await.unwrap();
    licence
}

fn give(licence: LicenceId) -> Decision {
    Decision::Answer(Answer::Licence(licence))
}

fn want_in(collection: ProductId) -> Decision {
    Decision::Answer(Answer::Collection(collection))
}

async fn decide(desk: &TestDesk, scene: &Scene, decision: &Decision, requests: &[RequestId]) -> Result<u32> {
    requests::decide(desk, &scene.anna, decision, &Chosen::These(requests.to_vec())).await
}

#[track_caller]
fn not_all(outcome: Result<u32>) -> NotAll {
    match refused(outcome) {
        Refusal::Some(not_all) => not_all,
        other => panic!("refused for something else: {other:?}"),
    }
}

/// Who was refused, and why; in no order.
fn refused_for(not_all: &NotAll) -> Vec<(&str, Refusal)> {
    let mut refused: Vec<_> = not_all.examples.iter().map(|one| (one.username.as_str(), one.refusal.clone())).collect();
    refused.sort_by_key(|(username, refusal)| (String::from(*username), format!("{refusal:?}")));
    refused
}

async fn states(desk: &TestDesk, requests: &[RequestId]) -> Vec<String> {
    let mut states = Vec::new();
    for request in requests {
        states.push(desk.state_of(*request).await);
    }
    states
}

async fn queue(desk: &TestDesk, reader: &Member, queue: Queue) -> RequestsPage {
    requests::list(desk, reader, &RequestsQuery { queue, ..RequestsQuery::default() }).await.unwrap()
}

on_both! {
    /// Those whom it answers have it, the others are refused one by one; a person's second document comes with the first.
    async fn one_licence_is_given_for_several(desk) {
        let (scene, licence, daan) = begin(desk, "").await;
        let (anna, hanna) = (desk.member(COMPANY, ANNA).await, desk.colleague(HANNA, "Hanna Smit").await);
        let mut asked = Vec::new();
        for (member, number) in [(&scene.carla, "W 1"), (&scene.carla, "W 2"), (&daan, "W 1"), (&hanna, "S 1"), (&anna, "W 1"), (&hanna, "W 2")] {
            asked.push(desk.ask_standard(member, number).await);
        }
        requests::withdraw(desk, &hanna, asked[5]).await.unwrap();
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        let outcome = not_all(decide(desk, &scene, &give(licence), &asked).await);
        assert_eq!((outcome.done, outcome.refused), (3, 3));
        let expected = [
            (ANNA, Refusal::OwnRequest),
            (HANNA, Refusal::Decided(Outcome::Withdrawn)),
            (HANNA, Refusal::NotAnAnswer),
        ];
        assert_eq!(refused_for(&outcome), expected);
        // They stay ticked.
        let (mut ids, mut left) = (outcome.ids(), asked[3..].iter().map(|request| request.0).collect::<Vec<_>>());
        ids.sort_unstable();
        left.sort_unstable();
        assert_eq!(ids, left);
        assert_eq!(states(desk, &asked).await, ["accepted", "accepted", "accepted", "open", "open", "withdrawn"]);
        assert_eq!(desk.new_kinds().await, ["request_accepted"; 3]);
        desk.expect_mail(&[("request_accepted", CARLA), ("request_accepted", CARLA), ("request_accepted", DAAN)]).await;
        assert_eq!(desk.used(licence).await, 2);
        assert!(desk.opens(&scene.carla, "W 2").await && desk.opens(&daan, "W 1").await);
        // R3: each person's can be undone.
        requests::undo(desk, &scene.bram, asked[1]).await.unwrap();
        desk.expect_mail(&[("request_reopened", CARLA), ("request_reopened", CARLA)]).await;
        assert_eq!(states(desk, &asked[..3]).await, ["open", "open", "accepted"]);
        assert_eq!(desk.used(licence).await, 1);
    }

    /// L6.
    async fn the_last_seat_goes_to_whoever_asked_first(desk) {
        let (scene, licence, daan) = begin(desk, "1").await;
        let first = desk.ask_standard(&daan, "W 2").await;
        desk.clock.advance_seconds(1);
        let second = desk.ask_standard(&scene.carla, "W 1").await;
        desk.letters_are_looked_at().await;
        let outcome = not_all(decide(desk, &scene, &give(licence), &[second, first]).await);
        let full = Refusal::NoSeat { seats: 1, used: 1 };
        assert_eq!((outcome.done, refused_for(&outcome)), (1, vec![(CARLA, full.clone())]));
        desk.expect_mail(&[("request_accepted", DAAN)]).await;
        assert_eq!(desk.used(licence).await, 1);
        // Of one, its own refusal says more.
        assert_eq!(refused(decide(desk, &scene, &give(licence), &[second]).await), full);
    }

    async fn several_are_wanted_in_one_collection(desk) {
        let (scene, welding, daan) = begin(desk, "").await;
        let eurocodes = hidden(desk, &scene, scene.product, |_| {}).await;
        let asked = [
            desk.ask_standard(&scene.carla, "S 1").await,
            desk.ask_standard(&daan, "S 2").await,
            desk.ask_standard(&daan, "NEN 1").await,
        ];
        licences::save_settings(desk, &scene.anna, welding, false, true).await.unwrap();
        let for_licence = desk.ask(&scene.carla, welding).await;
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        let outcome = not_all(decide(desk, &scene, &want_in(scene.product), &[asked[0], asked[1], asked[2], for_licence]).await);
        assert_eq!((outcome.done, refused_for(&outcome)), (2, vec![(DAAN, Refusal::NotAnAnswer)]), "a request for a licence is no document's");
        assert_eq!(desk.new_kinds().await, ["request_forwarded"; 2]);
        desk.no_mail().await;
        assert_eq!(states(desk, &[asked[0], asked[1], asked[2], for_licence]).await, ["forwarded", "forwarded", "open", "open"]);
        let dirk = desk.offshore().await;
        let before = desk.dump_of_deeds().await;
        let outcome = not_all(decide(desk, &scene, &want_in(scene.product), &asked[..2]).await);
        let decided = Refusal::Decided(Outcome::Forwarded);
        assert_eq!((outcome.done, refused_for(&outcome)), (0, vec![(CARLA, decided.clone()), (DAAN, decided)]));
        assert!(matches!(decide(desk, &scene, &give(eurocodes), &[for_licence]).await, Err(Error::NotFound)));
        let theirs = requests::decide(desk, &dirk, &give(eurocodes), &Chosen::These(asked.to_vec())).await;
        assert_eq!(refused(theirs), Refusal::NoRequestChosen, "nor is another company's");
        assert_eq!(desk.dump_of_deeds().await, before);
    }

    /// More than go into one transaction; what the first portion answered besides is no refusal of the second.
    async fn two_hundred_at_once(desk) {
        let (scene, licence, _) = begin(desk, "").await;
        desk.crowd(COMPANY, 205).await;
        let first = desk.one_of_the_crowd(1).await;
        desk.ask_standard(&first, "W 1").await;
        for number in 2..=205 {
            desk.clock.advance_seconds(1);
            desk.ask_standard(&desk.one_of_the_crowd(number).await, "W 1").await;
        }
        let later = desk.ask_standard(&first, "W 2").await;
        desk.letters_are_looked_at().await;
        desk.new_deeds().await;
        let done = requests::decide(desk, &scene.anna, &give(licence), &all_open(Queue::Documents)).await.unwrap();
        assert_eq!((done, desk.used(licence).await, desk.state_of(later).await.as_str()), (206, 205, "accepted"));
        assert_eq!(desk.new_kinds().await, vec!["request_accepted"; 206]);
        assert_eq!(desk.count(sql!("SELECT COUNT(DISTINCT request) FROM letter WHERE kind = 'request_accepted'")).await, 206);
        desk.letters_are_looked_at().await;
    }

    /// What one answer is chosen from: whatever some request's own row has, on whichever page.
    async fn what_answers_some_of_them(desk) {
        let (scene, welding, daan) = begin(desk, "1").await;
        let eurocodes = hidden(desk, &scene, scene.product, |_| {}).await;
        let archive = desk.product(&scene.staff, "Archive", &["A 1"]).await;
        desk.licence(&scene.staff, COMPANY, archive, |form| form.valid_until = desk.day(-1)).await;
        let soon = desk.product(&scene.staff, "Soon", &["W 1"]).await;
        hidden(desk, &scene, soon, |form| form.valid_from = desk.day(5)).await;
        desk.offshore().await;
        desk.licence(&scene.staff, OFFSHORE, archive, |_| {}).await;
        let anna = desk.member(COMPANY, ANNA).await;
        assert!(queue(desk, &anna, Queue::Documents).await.choices.is_empty());

        desk.ask_standard(&scene.carla, "W 1").await;
        let of = |id: LicenceId, product: &str| Choice::Licence { id, product: product.into() };
        let into = |id: ProductId, product: &str| Choice::Collection { id, product: product.into() };
        let page = queue(desk, &anna, Queue::Documents).await;
        assert_eq!(page.choices, [of(welding, "Welding"), into(scene.product, "Eurocodes")]);
        assert_eq!(page.choices, page.open[0].choices);
        for (number, member) in [("S 1", &daan), ("NEN 1", &scene.carla)] {
            desk.ask_standard(member, number).await;
        }
        let page = queue(desk, &anna, Queue::Documents).await;
        let (welding_product,): (uuid::Uuid,) = desk.db.one(sql!("SELECT product FROM licence WHERE id = $1", welding)).await.unwrap();
        let grown = [into(scene.product, "Eurocodes"), into(soon, "Soon"), into(ProductId(welding_product), "Welding")];
        assert_eq!(page.choices, [vec![of(eurocodes, "Eurocodes"), of(welding, "Welding")], grown.to_vec()].concat());
        assert!(page.open.iter().flat_map(|row| &row.choices).all(|choice| page.choices.contains(choice)));
        // What is full is not offered, and nobody else is offered anything.
        desk.give(&scene.anna, welding, desk.id_of(ANNA).await).await.unwrap();
        assert_eq!(queue(desk, &anna, Queue::Documents).await.choices, [vec![of(eurocodes, "Eurocodes")], grown.to_vec()].concat());
        assert!(queue(desk, &scene.carla, Queue::Documents).await.choices.is_empty());
        assert!(queue(desk, &anna, Queue::Licences).await.choices.is_empty());
        let dirk = desk.member(OFFSHORE, "dirk@vandijk.example").await;
        assert!(queue(desk, &dirk, Queue::Documents).await.choices.is_empty());
        desk.letters_are_looked_at().await;
    }
}
