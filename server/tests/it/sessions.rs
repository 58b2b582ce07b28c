//! Sessions: limits, ends, and what is kept of them.

use crate::support::{ANNA, COMPANY, PASSWORD, here, on_both};
use server::{callers::Anyone, deed::Deed, desk::digest, registration, self_registration, sessions, sign_in::sign_in, sql};
use shared::{CompanyNumber, Refusal, registration::ApplyForm};
use std::time::Duration;

const HOUR: i64 = 3600;

/// A browser with the cookie of this session.
fn bringing(token: &sessions::Token) -> Anyone {
    Anyone { brought: Some(token.clone()), ..here() }
}

on_both! {
    async fn it_ends_when_nobody_looks_for_eight_hours(desk) {
        desk.office().await;
        let token = desk.sign_in(ANNA).await;
        for _ in 0..3 {
            desk.clock.advance_seconds(8 * HOUR - 60);
            assert!(desk.find(&token).await.is_some(), "every page begins the time again");
        }
        desk.clock.advance_seconds(8 * HOUR + 1);
        assert!(desk.find(&token).await.is_none());
    }

    async fn it_ends_after_a_week_in_any_case(desk) {
        desk.office().await;
        let token = desk.sign_in(ANNA).await;
        let mut hours = 0;
        while desk.find(&token).await.is_some() {
            desk.clock.advance_seconds(6 * HOUR);
            hours += 6;
            assert!(hours < 1000, "never ends");
        }
        assert_eq!(hours, 7 * 24);
    }

    /// SQLite has one writer, and whoever has it may keep it for long, as an import does. Await the update in `sessions::find` to see it fail.
    async fn looking_at_a_page_waits_for_nobody_who_writes(desk) {
        desk.office().await;
        let token = desk.sign_in(ANNA).await;
        desk.clock.advance_seconds(HOUR);
        let writing = Deed::by_the_system(desk).await.unwrap();
        let found = tokio::time::timeout(Duration::from_secs(3), sessions::find(desk, &token, here())).await;
        assert!(found.expect("an answer while somebody writes").unwrap().is_some());
        drop(writing);
        let seen = sql!("SELECT COUNT(*) FROM session WHERE seen_at > $1", desk.now().plus_seconds(-60));
        assert_eq!(desk.count(seen).await, 1, "written down as soon as that is possible");
    }

    /// A browser has one session: the one that it brings ends where another begins, or nobody could sign out of it any more.
    async fn signing_in_ends_the_one_that_the_browser_had(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let other = desk.sign_in(ANNA).await;
        let mut last = desk.sign_in(ANNA).await;
        // Over that of somebody else, and again as the same person.
        for username in ["carla@vandijk.example", "carla@vandijk.example", ANNA] {
            let from = bringing(&last);
            assert!(sign_in(desk, &from, username, "not the password").await.is_err());
            assert!(desk.find(&last).await.is_some(), "whoever does not get in ends nothing");
            let new = sign_in(desk, &from, username, PASSWORD).await.unwrap();
            assert!(desk.find(&last).await.is_none(), "{username}");
            assert_eq!(desk.find(&new).await.unwrap().username, username);
            last = new;
        }
        assert!(desk.find(&other).await.is_some(), "those of other browsers go on");
        let made_up = sign_in(desk, &bringing(&sessions::Token::from_cookie("made up")), ANNA, PASSWORD).await.unwrap();
        assert!(desk.find(&made_up).await.is_some() && desk.find(&last).await.is_some());
        assert_eq!(desk.kinds_of(carla).await, ["registration_completed", "signed_in", "signed_in", "user_added"]);
    }

    /// The same where somebody registers in the browser of somebody who is signed in.
    async fn registering_ends_the_one_that_the_browser_had(desk) {
        let anna = desk.office().await;
        for own in [false, true] {
            let had = desk.sign_in(ANNA).await;
            let address = format!("{own}@vandijk.example");
            let token = if own {
                let form = ApplyForm { name: "Nora Blom".into(), email: address.clone() };
                self_registration::apply(desk, &here(), &form).await.unwrap();
                desk.expect_applied(&[("apply_registration", &address)]).await.remove(0).token()
            } else {
                desk.add(&anna, &address).await;
                desk.expect_invitation(&address).await
            };
            let (new, _) = registration::complete(desk, &bringing(&had), &token, None, PASSWORD, PASSWORD).await.unwrap();
            assert!(desk.find(&had).await.is_none(), "{address}");
            assert_eq!(desk.find(&new).await.unwrap().username, address);
        }
    }

    async fn signing_out_ends_this_one(desk) {
        desk.office().await;
        let (here, there) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        desk.find(&here).await.unwrap().sign_out(desk).await.unwrap();
        assert!(desk.find(&here).await.is_none());
        assert!(desk.find(&there).await.is_some());
    }

    async fn blocking_ends_it_where_nothing_else_is_left(desk) {
        let anna = desk.office().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.company(CompanyNumber(10002), "Van Dijk Offshore", &["vandijk.example"]).await;
        desk.membership(CompanyNumber(10002), carla, "user").await;
        let token = desk.sign_in("carla@vandijk.example").await;
        desk.block(COMPANY, carla).await;
        let visitor = desk.find(&token).await.unwrap();
        assert_eq!(visitor.member(COMPANY).unwrap_err(), Refusal::NotAllowed);
        assert!(visitor.member(CompanyNumber(10002)).is_ok());
        desk.block(CompanyNumber(10002), carla).await;
        assert!(desk.find(&token).await.is_none());
        assert!(desk.guess("carla@vandijk.example", PASSWORD).await.is_err());
    }

    async fn the_token_is_stored_as_a_hash(desk) {
        desk.office().await;
        let token = desk.sign_in(ANNA).await;
        assert!(!format!("{token:?}").contains(token.reveal()), "not in a log by accident");
        let stored = sql!("SELECT COUNT(*) FROM session WHERE token_hash = $1", &digest(token.reveal().as_bytes()));
        assert_eq!(desk.count(stored).await, 1);
        let hex: String = token.reveal().bytes().map(|byte| format!("{byte:02x}")).collect();
        for line in desk.dump().await {
            assert!(!line.contains(token.reveal()) && !line.to_lowercase().contains(&hex), "{line}");
        }
    }

    async fn made_up_tokens_are_nobodys(desk) {
        desk.office().await;
        let token = desk.sign_in(ANNA).await;
        let shorter = token.reveal()[1..].to_owned();
        for bad in ["", "\0", "AAAA", &shorter, &"x".repeat(10_000)] {
            assert!(desk.find(&sessions::Token::from_cookie(bad)).await.is_none());
        }
    }

    async fn what_is_over_is_swept_away(desk) {
        desk.office().await;
        desk.clock.advance_seconds(9 * HOUR);
        let token = desk.sign_in(ANNA).await;
        assert!(desk.guess("nobody@vandijk.example", PASSWORD).await.is_err());
        sessions::sweep(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM session")).await, 1);
        assert!(desk.find(&token).await.is_some());
        desk.clock.advance_seconds(25 * HOUR);
        sessions::sweep(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM sign_in_guard)")).await, 0);
    }

    async fn roles_are_asked_of_the_company(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, "carla@vandijk.example").await;
        let carla = desk.visit("carla@vandijk.example").await;
        assert!(carla.member(COMPANY).is_ok());
        assert_eq!(carla.administrator(COMPANY).unwrap_err(), Refusal::NotAllowed);
        assert_eq!(carla.staff().unwrap_err(), Refusal::NotAllowed);
        let anna = desk.visit(ANNA).await;
        assert_eq!(anna.member(CompanyNumber(10002)).unwrap_err(), Refusal::NotAllowed);
        assert_eq!(anna.administrator(CompanyNumber(-1)).unwrap_err(), Refusal::NotAllowed);
    }

    async fn the_last_company_is_remembered_if_it_is_theirs(desk) {
        desk.office().await;
        let token = desk.sign_in(ANNA).await;
        let anna = desk.find(&token).await.unwrap();
        assert!(anna.remember_company(desk, CompanyNumber(10002)).await.is_err());
        anna.remember_company(desk, COMPANY).await.unwrap();
        assert_eq!(desk.find(&token).await.unwrap().last_company, Some(COMPANY));
        assert_eq!(sessions::find(desk, &token, here()).await.unwrap().unwrap().username, ANNA);
    }

    /// The same order on both databases, and the one that people expect.
    async fn companies_stand_in_the_order_of_their_names(desk) {
        let account = desk.account(ANNA, "Anna de Vries").await;
        for (number, name) in [(10001, "beta"), (10002, "Alfa"), (10003, "Gamma"), (10004, "Élan")] {
            desk.company(CompanyNumber(number), name, &[]).await;
            desk.membership(CompanyNumber(number), account, "user").await;
        }
        let names: Vec<_> = desk.visit(ANNA).await.companies.into_iter().map(|company| company.name).collect();
        assert_eq!(names, ["Alfa", "beta", "Élan", "Gamma"]);
    }
}
