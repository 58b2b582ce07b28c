//! L1, R8, L3: a licence begins when its first day comes: by itself, once, for everybody who waits for it.

use crate::{
    races::{BATCH, both, in_batches, pairs},
    support::{ANNA, CARLA, COMPANY, OFFSHORE, Scene, TestDesk, decline, on_both, refused, serve},
};
use server::{Desk, licences, requests, sql};
use shared::{LicenceId, Refusal, RequestId, licences::LicenceForm};
use tokio::task::JoinHandle;

const DAY: i64 = 24 * 3600;
const DAAN: &str = "daan@vandijk.example";
const EVA: &str = "eva@vandijk.example";

fn on() -> Option<String> {
    Some("on".into())
}

/// A collection with two documents, `W 1` and `W 2` where it is called `W`, from the fifth day from now on.
async fn later(desk: &TestDesk, scene: &Scene, name: &str, change: impl FnOnce(&mut LicenceForm)) -> LicenceId {
    let product = desk.product(&scene.staff, name, &[&format!("{name} 1"), &format!("{name} 2")]).await;
    let begins = |form: &mut LicenceForm| {
        form.valid_from = desk.day(5);
        change(form);
    };
    desk.licence(&scene.staff, COMPANY, product, begins).await
}

/// What was done and mailed until here is behind.
async fn all_that_is_seen(desk: &TestDesk) {
    desk.mail_goes_out().await;
    desk.new_deeds().await;
}

/// Begins what is due: so many, by nobody who is signed in.
async fn begun(desk: &TestDesk) -> usize {
    let begun = licences::begin_due(desk).await.unwrap();
    let by_the_system =
        desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'licence_begun' AND actor IS NULL AND address IS NULL")).await;
    assert_eq!(by_the_system, desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'licence_begun'")).await);
    begun
}

/// A second look finds nothing to do.
async fn nothing_more(desk: &TestDesk) {
    desk.new_deeds().await;
    let before = desk.dump_of_deeds().await;
    assert_eq!(licences::begin_due(desk).await.unwrap(), 0);
    assert_eq!(desk.dump_of_deeds().await, before);
    desk.no_mail().await;
}

async fn change(desk: &TestDesk, scene: &Scene, licence: LicenceId, from: i64, until: i64) {
    let form = LicenceForm { valid_from: desk.day(from), valid_until: desk.day(until), ..LicenceForm::default() };
    licences::by_staff::change(desk, &scene.staff, COMPANY, licence, &form).await.unwrap();
}

fn begin(desk: &Desk) -> JoinHandle<server::Result<usize>> {
    let desk = desk.clone();
    tokio::spawn(async move { licences::begin_due(&desk).await })
}

on_both! {
    /// R8: as where a licence is given that begins at once. Not whoever asked too long ago, is blocked, or can open it by another licence.
    async fn whoever_asked_is_told(desk) {
        let scene = desk.scene().await;
        let asked_long_ago = desk.colleague(EVA, "Eva Prins").await;
        let blocked = desk.colleague("femke@vandijk.example", "Femke Bakker").await;
        let (daan, gijs) = (desk.colleague(DAAN, "Daan Jansen").await, desk.colleague("gijs@vandijk.example", "Gijs Visser").await);
        later(desk, &scene, "W", |_| {}).await;
        let declined = desk.ask_standard(&daan, "W 2").await;
        desk.decide(&scene.anna, &decline(""), declined).await.unwrap();
        for member in [&scene.carla, &blocked, &gijs] {
            desk.ask_standard(member, "W 1").await;
        }
        let old = desk.ask_standard(&asked_long_ago, "W 1").await;
        desk.execute(sql!("UPDATE request SET asked_at = $1 WHERE id = $2", desk.now().plus_seconds(-370 * DAY), old)).await;
        desk.block(COMPANY, desk.id_of("femke@vandijk.example").await).await;
        desk.import(&scene.staff, scene.product, &["W 1"]).await;
        let other = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        desk.give(&scene.anna, other, desk.id_of("gijs@vandijk.example").await).await.unwrap();
        all_that_is_seen(desk).await;
        // Nobody knows any more who was told that the other collection has it.
        desk.execute(sql!("DELETE FROM letter")).await;
        assert_eq!(begun(desk).await, 0);
        desk.clock.advance_seconds(5 * DAY);
        assert_eq!(begun(desk).await, 1);
        assert_eq!(desk.new_kinds().await, ["licence_begun"]);
        let letters = desk.expect_mail(&[("document_available", CARLA), ("document_available", DAAN)]).await;
        assert!(letters.iter().all(|letter| letter.text.contains("in the collection W.")), "{letters:#?}");
        nothing_more(desk).await;
    }

    /// R3: what was given beforehand is theirs now, so they wait for it no more; nobody decided that now, and nobody can undo it.
    async fn what_was_given_beforehand_answers(desk) {
        let scene = desk.scene().await;
        let licence = later(desk, &scene, "W", |_| {}).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        let carlas = [desk.ask_standard(&scene.carla, "W 1").await, desk.ask_standard(&scene.carla, "W 2").await];
        let daans = desk.ask_standard(&daan, "W 1").await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(5 * DAY);
        assert_eq!(begun(desk).await, 1);
        let deeds = desk.new_deeds().await;
        let mut kinds: Vec<&str> = deeds.iter().map(|deed| deed.kind.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["licence_begun", "request_accepted", "request_accepted"]);
        assert!(deeds.iter().all(|deed| deed.actor.is_none() && deed.company == Some(COMPANY.0)), "{deeds:#?}");
        desk.expect_mail(&[("document_available", DAAN), ("request_accepted", CARLA), ("request_accepted", CARLA)]).await;
        for request in carlas {
            assert_eq!(desk.state_of(request).await, "accepted");
            assert_eq!(refused(requests::undo(desk, &scene.anna, request).await), Refusal::NothingToUndo);
        }
        assert_eq!((desk.state_of(daans).await.as_str(), desk.used(licence).await), ("open", 1));
        assert!(desk.opens(&scene.carla, "W 1").await && !desk.opens(&daan, "W 1").await);
        nothing_more(desk).await;
    }

    /// L3: where it is company-wide by then, everybody's; whoever was declined before is told that they have it now.
    async fn company_wide_grants_what_everybody_asked(desk) {
        let scene = desk.scene().await;
        let licence = later(desk, &scene, "W", |form| form.company_wide_permitted = on()).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        let declined = desk.ask_standard(&daan, "W 1").await;
        desk.decide(&scene.anna, &decline(""), declined).await.unwrap();
        let asked = [desk.ask_standard(&scene.carla, "W 1").await, desk.ask_standard(&daan, "W 2").await];
        licences::save_settings(desk, &scene.anna, licence, true, true).await.unwrap();
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(5 * DAY);
        assert_eq!(begun(desk).await, 1);
        assert_eq!(desk.new_kinds().await, ["licence_begun", "request_granted", "request_granted"]);
        desk.expect_mail(&[("document_available", DAAN), ("request_accepted", CARLA), ("request_accepted", DAAN)]).await;
        for request in asked {
            assert_eq!(desk.state_of(request).await, "granted");
        }
        assert_eq!(desk.state_of(declined).await, "declined");
        nothing_more(desk).await;
    }

    /// L4: of one that nobody can ask for only those are told who have it.
    async fn a_hidden_one_tells_whoever_has_it(desk) {
        let scene = desk.scene().await;
        let licence = later(desk, &scene, "W", |_| {}).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        desk.ask_standard(&daan, "W 1").await;
        let declined = desk.ask_standard(&scene.carla, "W 1").await;
        desk.decide(&scene.anna, &decline(""), declined).await.unwrap();
        licences::save_settings(desk, &scene.anna, licence, false, false).await.unwrap();
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(5 * DAY);
        assert_eq!(begun(desk).await, 1);
        desk.expect_mail(&[("document_available", CARLA)]).await;
    }

    /// R8: two that have the same document and begin at the same midnight: whoever was given both is told once.
    async fn two_at_once_tell_once(desk) {
        let scene = desk.scene().await;
        let first = later(desk, &scene, "W", |_| {}).await;
        let product = desk.product(&scene.staff, "S", &["W 1"]).await;
        let second = desk.licence(&scene.staff, COMPANY, product, |form| form.valid_from = desk.day(5)).await;
        let declined = desk.ask_standard(&scene.carla, "W 1").await;
        desk.decide(&scene.anna, &decline(""), declined).await.unwrap();
        for licence in [first, second] {
            desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        }
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(5 * DAY);
        assert_eq!(begun(desk).await, 2);
        desk.expect_mail(&[("document_available", CARLA)]).await;
    }

    /// L1: staff move its first day. What begins anew answers what was asked for itself, too.
    async fn its_first_day_is_moved(desk) {
        let scene = desk.scene().await;
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let request = desk.ask(&scene.carla, licence).await;
        change(desk, &scene, licence, 5, 300).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(4 * DAY);
        assert_eq!((begun(desk).await, desk.state_of(request).await.as_str()), (0, "open"));
        change(desk, &scene, licence, 0, 300).await;
        assert_eq!((begun(desk).await, desk.state_of(request).await.as_str()), (1, "accepted"));
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        change(desk, &scene, licence, -1, 301).await;
        nothing_more(desk).await;
    }

    /// R8: begun anew, it mails nobody who got it for their request, or was told when it began at first.
    async fn begun_anew_it_tells_nobody_twice(desk) {
        let scene = desk.scene().await;
        let licence = later(desk, &scene, "W", |_| {}).await;
        let daan = desk.colleague(DAAN, "Daan Jansen").await;
        let carlas = desk.ask_standard(&scene.carla, "W 1").await;
        let declined = desk.ask_standard(&daan, "W 2").await;
        desk.decide(&scene.anna, &decline(""), declined).await.unwrap();
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(5 * DAY);
        assert_eq!(begun(desk).await, 1);
        desk.expect_mail(&[("document_available", CARLA), ("document_available", DAAN)]).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        assert_eq!(desk.state_of(carlas).await, "accepted");
        change(desk, &scene, licence, 1, 300).await;
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(DAY);
        assert_eq!(begun(desk).await, 1);
        nothing_more(desk).await;
    }

    /// L6: one that was over goes on, and with it whoever has it has what they asked for meanwhile.
    async fn what_goes_on_answers_what_was_asked_meanwhile(desk) {
        let scene = desk.scene().await;
        let product = desk.product(&scene.staff, "W", &["W 1"]).await;
        let licence = desk.licence(&scene.staff, COMPANY, product, |form| form.valid_until = desk.day(3)).await;
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        desk.clock.advance_seconds(10 * DAY);
        let request = desk.ask_standard(&scene.carla, "W 1").await;
        all_that_is_seen(desk).await;
        change(desk, &scene, licence, -20, 300).await;
        assert_eq!((begun(desk).await, desk.state_of(request).await.as_str()), (1, "accepted"));
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        nothing_more(desk).await;
    }

    /// L6: it was over before anybody looked, and so gave nothing; with a later end it begins.
    async fn it_was_over_before_anybody_looked(desk) {
        let scene = desk.scene().await;
        let licence = later(desk, &scene, "W", |form| form.valid_until = desk.day(9)).await;
        desk.ask_standard(&scene.carla, "W 1").await;
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(20 * DAY);
        assert_eq!(begun(desk).await, 0);
        change(desk, &scene, licence, -15, 100).await;
        assert_eq!(begun(desk).await, 1);
        desk.expect_mail(&[("document_available", CARLA)]).await;
    }

    /// A program that ends in the middle leaves nothing behind, and the next one does all of it, once.
    async fn a_restart_in_the_middle(desk) {
        let scene = desk.scene().await;
        let licence = later(desk, &scene, "W", |_| {}).await;
        later(desk, &scene, "S", |_| {}).await;
        let [first, second]: [RequestId; 2] = [desk.ask_standard(&scene.carla, "W 1").await, desk.ask_standard(&scene.carla, "S 1").await];
        desk.give(&scene.anna, licence, scene.carlas).await.unwrap();
        all_that_is_seen(desk).await;
        desk.clock.advance_seconds(5 * DAY);
        let before = desk.dump_of_deeds().await;
        // Letters come last, when everything else is written.
        desk.execute(sql!("ALTER TABLE letter RENAME TO letter_away")).await;
        licences::begin_due(desk).await.unwrap_err();
        desk.execute(sql!("ALTER TABLE letter_away RENAME TO letter")).await;
        assert_eq!(desk.dump_of_deeds().await, before);
        let other = desk.another(|_| {}).await;
        assert_eq!(licences::begin_due(&other).await.unwrap(), 2);
        assert_eq!(desk.new_kinds().await, ["licence_begun", "licence_begun", "request_accepted"]);
        desk.expect_mail(&[("document_available", CARLA), ("request_accepted", CARLA)]).await;
        assert_eq!((desk.state_of(first).await.as_str(), desk.state_of(second).await.as_str()), ("accepted", "open"));
        nothing_more(desk).await;
        other.db.close().await;
    }

    /// Two programs at the same midnight. Delete `AND begun_at IS NULL` in `beginning::begin` to see it fail: both then tell.
    async fn a_licence_is_begun_once(desk) {
        let scene = desk.scene().await;
        desk.crowd(COMPANY, u32::try_from(pairs()).unwrap()).await;
        let other = desk.another(|_| {}).await;
        for place in 0..BATCH {
            let product = desk.product(&scene.staff, &format!("Product {place}"), &[&format!("W {place}")]).await;
            desk.licence(&scene.staff, COMPANY, product, |_| {}).await;
        }
        in_batches("licences begun by two programs", async |numbers| {
            // Only the newest of the requests is told of; nobody asks for what can be opened, or asked for otherwise.
            desk.execute(sql!("UPDATE request SET asked_at = 1")).await;
            desk.execute(sql!("UPDATE licence SET begun_at = NULL, valid_from = $1", desk.now().plus_seconds(DAY))).await;
            for &number in &numbers {
                desk.ask_standard(&desk.one_of_the_crowd(number + 1).await, &format!("W {}", number % BATCH)).await;
            }
            desk.execute(sql!("UPDATE licence SET valid_from = 1")).await;
            let (one, two) = both(numbers[0] / BATCH, || begin(desk), || begin(&other)).await;
            assert_eq!(one.unwrap() + two.unwrap(), BATCH);
        })
        .await;
        let pairs = i64::try_from(pairs()).unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'licence_begun'")).await, pairs);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE kind = 'document_available'")).await, pairs);
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// At midnight of the provider's clock, pages that stand open look again: where one begins, and where one ends (L6).
    async fn open_pages_hear_of_it(desk) {
        let scene = desk.scene().await;
        let dirk = "dirk@vandijk.example";
        desk.offshore().await;
        for (company, from, until) in [(COMPANY, "2031-03-30", "2031-04-30"), (OFFSHORE, "2020-01-01", "2031-03-29")] {
            desk.licence(&scene.staff, company, scene.product, |form| (form.valid_from, form.valid_until) = (from.into(), until.into())).await;
        }
        desk.turn_to("2031-03-29T23:30:00+01:00");
        let served = serve(desk).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let mut carlas = served.live(&desk.sign_in(CARLA).await).await;
        let mut dirks = served.live(&desk.sign_in(dirk).await).await;
        desk.turn_to("2031-03-30T00:00:02+01:00");
        let rooms = ["users", "licences", "requests"];
        for (stream, company, rooms) in [(&mut annas, COMPANY, &rooms[..]), (&mut carlas, COMPANY, &rooms[1..]), (&mut dirks, OFFSHORE, &rooms[..])] {
            for room in rooms {
                assert_eq!(stream.next_change().await, Some(format!(r#"{{"changed":[{company},"{room}"]}}"#)));
            }
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'licence_begun'")).await, 1);
    }

    /// Migration 0014: what has begun when it comes is not begun again; what begins later is.
    async fn what_began_before_is_done(desk) {
        let scene = desk.scene().await;
        desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let coming = later(desk, &scene, "W", |_| {}).await;
        for undone in ["DROP INDEX licence_to_begin", "DROP INDEX licence_by_end", "ALTER TABLE licence DROP COLUMN begun_at"] {
            desk.execute(sql!(undone)).await;
        }
        let migration = include_str!("../../migrations/0014_licences_begin.sql");
        for statement in migration.split_inclusive(";\n").filter(|statement| !statement.trim().is_empty()) {
            desk.execute(sql!(statement)).await;
        }
        let to_begin: Vec<(uuid::Uuid,)> = desk.db.all(sql!("SELECT id FROM licence WHERE begun_at IS NULL")).await.unwrap();
        assert_eq!(to_begin, [(coming.0,)]);
        let (begun, created): (i64, i64) =
            desk.db.one(sql!("SELECT begun_at, created_at FROM licence WHERE begun_at IS NOT NULL")).await.unwrap();
        assert_eq!(begun, created, "it was given when it had begun");
    }
}
