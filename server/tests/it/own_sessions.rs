//! A7: a person sees their sessions, and ends them.

use crate::support::{ANNA, PASSWORD, TestDesk, from_address, on_both};
use server::{Error, callers::Anyone, sessions::Token, sign_in::sign_in, sql};
use shared::event::Event;
use uuid::Uuid;

async fn sign_in_with(desk: &TestDesk, agent: &str) -> Token {
    let from = Anyone { agent: agent.into(), ..from_address(7) };
    sign_in(desk, &from, ANNA, PASSWORD).await.unwrap()
}

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const CHROME: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const EDGE: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0";

on_both! {
    async fn they_are_listed_this_one_first(desk) {
        desk.office().await;
        desk.execute(sql!("DELETE FROM session")).await;
        let first = sign_in_with(desk, FIREFOX).await;
        desk.clock.advance_seconds(3600);
        let second = sign_in_with(desk, CHROME).await;
        desk.clock.advance_seconds(3600);
        sign_in_with(desk, SAFARI).await;
        for (token, order) in [(&first, ["Firefox", "Safari", "Chrome"]), (&second, ["Chrome", "Firefox", "Safari"])] {
            let visitor = desk.find(token).await.unwrap();
            let shown = visitor.sessions(desk).await.unwrap();
            assert_eq!(shown.iter().map(|session| session.is_this).collect::<Vec<_>>(), [true, false, false]);
            assert_eq!(shown.iter().map(|session| session.browser.as_deref().unwrap()).collect::<Vec<_>>(), order);
            assert!(shown.iter().all(|session| session.address == "192.0.2.7"));
        }
        let shown = desk.find(&first).await.unwrap().sessions(desk).await.unwrap();
        assert!(shown[0].began < shown[0].seen, "seen just now");
        let ids: std::collections::HashSet<_> = shown.iter().map(|session| session.id).collect();
        assert_eq!(ids.len(), 3);
        assert!(shown.iter().all(|session| session.id != Uuid::nil()));
    }

    async fn what_ran_out_is_not_listed(desk) {
        desk.office().await;
        desk.clock.advance_seconds(8 * 3600 + 1);
        assert_eq!(desk.visit(ANNA).await.sessions(desk).await.unwrap().len(), 1);
    }

    async fn browser_and_system_are_named_where_they_are_known(desk) {
        desk.office().await;
        let long = format!("{FIREFOX} {}", "x".repeat(10_000));
        for (agent, browser, system) in [
            (FIREFOX, Some("Firefox"), Some("Windows 10")),
            (CHROME, Some("Chrome"), Some("Android")),
            (SAFARI, Some("Safari"), Some("iPhone")),
            (EDGE, Some("Edge"), Some("Windows 10")),
            (&long, Some("Firefox"), Some("Windows 10")),
            ("", None, None),
            ("nonsense", None, None),
            ("<script>alert(1)</script>\u{202e}", None, None),
            ("UNKNOWN", None, None),
        ] {
            let token = sign_in_with(desk, agent).await;
            let shown = desk.find(&token).await.unwrap().sessions(desk).await.unwrap();
            assert_eq!((shown[0].browser.as_deref(), shown[0].system.as_deref()), (browser, system), "{agent}");
        }
    }

    async fn one_is_ended_and_the_others_go_on(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let (this, other) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        let visitor = desk.find(&this).await.unwrap();
        let its_own = desk.find(&other).await.unwrap().sessions(desk).await.unwrap()[0].id;
        desk.new_deeds().await;
        visitor.end_session(desk, its_own).await.unwrap();
        assert_eq!(desk.new_event().await, Event::SessionEnded { account: annas });
        assert!(desk.find(&other).await.is_none());
        assert!(desk.find(&this).await.is_some());
        let before = desk.dump().await;
        assert!(matches!(visitor.end_session(desk, its_own).await, Err(Error::NotFound)), "ended once");
        assert_eq!(desk.dump().await, before);
    }

    async fn somebody_elses_and_made_up_ones_are_not_found(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        let hers = desk.sign_in("carla@vandijk.example").await;
        let id = desk.find(&hers).await.unwrap().sessions(desk).await.unwrap()[0].id;
        let visitor = desk.visit(ANNA).await;
        let before = desk.dump().await;
        for id in [id, Uuid::nil(), desk.new_id()] {
            assert!(matches!(visitor.end_session(desk, id).await, Err(Error::NotFound)));
        }
        assert_eq!(desk.dump().await, before);
        assert!(desk.find(&hers).await.is_some());
    }

    async fn all_others_end_at_once(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        let hers = desk.sign_in("carla@vandijk.example").await;
        desk.execute(sql!("DELETE FROM session WHERE account = $1", desk.id_of(ANNA).await)).await;
        let (this, one, two) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        let visitor = desk.find(&this).await.unwrap();
        desk.new_deeds().await;
        assert_eq!(visitor.end_other_sessions(desk).await.unwrap(), 2);
        assert_eq!(desk.new_event().await, Event::OtherSessionsEnded { account: desk.id_of(ANNA).await });
        assert!(desk.find(&one).await.is_none() && desk.find(&two).await.is_none());
        assert!(desk.find(&this).await.is_some() && desk.find(&hers).await.is_some());
        let before = desk.dump().await;
        assert_eq!(visitor.end_other_sessions(desk).await.unwrap(), 0);
        assert_eq!(desk.dump().await, before, "where there are none it is no deed");
    }
}
