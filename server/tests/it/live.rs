//! `/live`: who hears what, and when it ends (A7).

use crate::support::{ANNA, COMPANY, OFFSHORE, PASSWORD, Stream, here, on_both, refused, serve};
use server::{callers::Anyone, reset, sessions, sign_in::sign_in, sql, users};
use std::time::{Duration, Instant};

const IN_COMPANY: &str = r#"{"changed":[10001,"users"]}"#;
const YOURS: &str = r#""yours""#;
/// What every member hears of, too, where somebody is changed.
const LICENCES: &str = r#"{"changed":[10001,"licences"]}"#;
const REQUESTS: &str = r#"{"changed":[10001,"requests"]}"#;
const IN_OFFSHORE: &str = r#"{"changed":[10002,"users"]}"#;

on_both! {
    async fn nobody_listens_without_a_session(desk) {
        desk.office().await;
        let served = serve(desk).await;
        assert_eq!(served.get("/live").send().await.unwrap().status(), 401);
        for cookie in ["session=", "session=made-up", "other=1"] {
            assert_eq!(served.get("/live").header("cookie", cookie).send().await.unwrap().status(), 401, "{cookie}");
        }
        let token = desk.sign_in(ANNA).await;
        desk.find(&token).await.unwrap().sign_out(desk).await.unwrap();
        let cookie = format!("session={}", token.reveal());
        assert_eq!(served.get("/live").header("cookie", cookie).send().await.unwrap().status(), 401);
    }

    async fn only_administrators_of_the_company_hear_of_its_people(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let dirk = desk.offshore().await;
        // A user here, an administrator there.
        desk.membership(OFFSHORE, carla, "administrator").await;
        let served = serve(desk).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let mut carlas = served.live(&desk.sign_in("carla@vandijk.example").await).await;
        let mut dirks = served.live(&desk.sign_in("dirk@vandijk.example").await).await;

        desk.add(&anna, "new@vandijk.example").await;
        desk.add(&dirk, "other@vandijk.example").await;
        assert_eq!(annas.next_change().await.as_deref(), Some(IN_COMPANY));
        assert_eq!(carlas.next_change().await.as_deref(), Some(IN_OFFSHORE));
        assert_eq!(dirks.next_change().await.as_deref(), Some(IN_OFFSHORE));
        desk.expect_mail(&[("complete_registration", "new@vandijk.example"), ("complete_registration", "other@vandijk.example")]).await;
    }

    async fn it_ends_within_a_second_of_signing_out(desk) {
        desk.office().await;
        let served = serve(desk).await;
        let (token, other) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        let mut stream = served.live(&token).await;
        let mut others = served.live(&other).await;
        let start = Instant::now();
        desk.find(&token).await.unwrap().sign_out(desk).await.unwrap();
        assert_eq!(stream.next_change().await.as_deref(), Some(YOURS));
        assert_eq!(stream.next_change().await, None);
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());

        reset::ask(desk, &here(), ANNA).await.unwrap();
        let link = desk.expect_reset(ANNA).await;
        let new = "Vlonder-Negen-Reiger-17";
        reset::set(desk, &here(), &link, new, new).await.unwrap();
        // The password that was set is a change of her company's people; the end comes with it or after it.
        while let Some(data) = others.next_change().await {
            assert!(data == IN_COMPANY || data == YOURS, "{data}");
        }
        assert!(desk.find(&other).await.is_none());
    }

    /// Delete `glance` in `http::events` (for `find`), and an open page keeps its session for ever.
    async fn an_open_page_is_no_sight(desk) {
        desk.office().await;
        let (token, other) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        desk.clock.advance_seconds(7 * 3600);
        let other = desk.find(&other).await.unwrap();
        let served = serve(desk).await;
        let mut stream = served.live(&token).await;
        // Makes the stream look again.
        other.sign_out(desk).await.unwrap();
        let anna = desk.visit(ANNA).await.administrator(COMPANY).unwrap();
        desk.add(&anna, "carla@vandijk.example").await;
        assert_eq!(stream.next_change().await.as_deref(), Some(IN_COMPANY), "it goes on");
        desk.clock.advance_seconds(2 * 3600);
        assert!(sessions::find(desk, &token, here()).await.unwrap().is_none());
        desk.expect_invitation("carla@vandijk.example").await;
    }

    async fn a_letters_fate_is_told_too(desk) {
        let anna = desk.office().await;
        let served = serve(desk).await;
        let mut stream = served.live(&desk.sign_in(ANNA).await).await;
        let carla = desk.add(&anna, "carla@vandijk.example").await;
        // Once for the deed, once for the letter that the running worker sends.
        for _ in 0..2 {
            assert_eq!(stream.next_change().await.as_deref(), Some(IN_COMPANY));
        }
        let state = users::details(desk, &anna, carla).await.unwrap().mail.unwrap().state;
        assert_eq!(state, shared::users::MailState::Sent);
        assert_eq!(desk.count(sql!("SELECT attempts FROM letter")).await, 1);
        desk.expect_invitation("carla@vandijk.example").await;
        refused(desk.guess(ANNA, "wrong").await);
    }

    /// A7: the page that stands open is told, and its stream ends.
    async fn whoever_is_put_out_hears_it_and_no_more(desk) {
        let anna = desk.office().await;
        let served = serve(desk).await;
        for (name, put_out) in [("ended", 0), ("blocked", 1), ("removed", 2)] {
            let username = format!("{name}@vandijk.example");
            let account = desk.registered(&anna, &username).await;
            let token = desk.sign_in(&username).await;
            let mut stream = served.live(&token).await;
            match put_out {
                0 => assert_eq!(desk.visit(&username).await.end_other_sessions(desk).await.unwrap(), 2),
                1 => desk.save(&anna, account, |form| form.blocked = Some("on".into())).await.unwrap(),
                _ => users::remove(desk, &anna, account).await.unwrap(),
            }
            assert_eq!(stream.next_change().await.as_deref(), Some(YOURS), "{name}");
            // Once more, where it was looking just as it happened.
            while let Some(data) = stream.next_change().await {
                assert_eq!(data, YOURS, "{name}");
            }
        }
    }

    /// Somebody else signs in, in another tab of the same browser: the page that stands open hears that it is not hers any more.
    async fn whoever_is_signed_in_over_hears_it(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        let served = serve(desk).await;
        let token = desk.sign_in(ANNA).await;
        let mut stream = served.live(&token).await;
        let from = Anyone { brought: Some(token), ..here() };
        sign_in(desk, &from, "carla@vandijk.example", PASSWORD).await.unwrap();
        assert_eq!(first_of(&mut stream, &[IN_COMPANY]).await, YOURS);
        while let Some(data) = stream.next_change().await {
            assert_eq!(data, YOURS);
        }
    }

    /// The page of somebody who was demoted shows what they may not do any more: it is loaded anew, on the same stream. Delete
    /// `rights_changed` in `users::save` to see it fail.
    async fn whoever_is_demoted_hears_it_and_goes_on_as_a_user(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        let bram = desk.id_of("bram@vandijk.example").await;
        let served = serve(desk).await;
        let token = desk.sign_in("bram@vandijk.example").await;
        let mut stream = served.live(&token).await;
        desk.save(&anna, bram, |form| form.role = "user".into()).await.unwrap();
        assert_eq!(first_of(&mut stream, &[IN_COMPANY, LICENCES, REQUESTS]).await, YOURS);
        // Of the company's people he hears no more; when he is an administrator again, that is the next thing.
        desk.add(&anna, "carla@vandijk.example").await;
        desk.expect_invitation("carla@vandijk.example").await;
        desk.save(&anna, bram, |form| form.role = "administrator".into()).await.unwrap();
        assert_eq!(first_of(&mut stream, &[LICENCES, REQUESTS]).await, YOURS);
        assert!(desk.find(&token).await.is_some());
    }
}

/// The next of the stream that is none of these.
async fn first_of(stream: &mut Stream, passing: &[&str]) -> String {
    loop {
        let heard = stream.next_change().await.expect("it goes on");
        if !passing.contains(&heard.as_str()) {
            return heard;
        }
    }
}
