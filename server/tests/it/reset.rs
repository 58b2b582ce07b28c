//! A4: forgot password; A7: what it ends.

use crate::support::{ANNA, COMPANY, OFFSHORE, PASSWORD, TestDesk, form, from_address, here, on_both, refused, refused_link};
use server::{deed::Deed, registration, reset, sql, staff, users};
use shared::{
    CompanyNumber, FieldName, Problem, Refusal,
    fields::{EmailAddress, Language, PersonName},
    refusal::LinkState,
    users::Chosen,
};
use std::time::Duration;

const NEW: &str = "Vlonder-Negen-Reiger-17";

async fn set(desk: &TestDesk, token: &str) -> server::Result<()> {
    reset::set(desk, &here(), token, NEW, NEW).await
}

/// Somebody whose mail goes to the administrators.
async fn redirected(desk: &TestDesk, anna: &server::callers::Administrator, username: &str) -> shared::AccountId {
    let form = shared::users::UserForm { mail_to_administrators: Some("on".into()), ..form(username, "Karim Haddad") };
    let account = users::add(desk, anna, &form).await.unwrap();
    let token = desk.expect_invitation(ANNA).await;
    registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
    account
}

on_both! {
    async fn a_link_sets_a_password_once(desk) {
        desk.office().await;
        reset::ask(desk, &here(), " Anna@VanDijk.example ").await.unwrap();
        let token = desk.expect_reset(ANNA).await;
        for _ in 0..5 {
            assert_eq!(reset::look(desk, &token).await.unwrap().username, ANNA);
        }
        assert!(reset::is_hard_to_guess(desk, &here(), &token, NEW).await.unwrap());
        set(desk, &token).await.unwrap();
        assert!(desk.guess(ANNA, PASSWORD).await.is_err());
        assert!(desk.guess(ANNA, NEW).await.is_ok());
        assert_eq!(refused_link(set(desk, &token).await), LinkState::Used);
        assert_eq!(refused_link(reset::look(desk, &token).await), LinkState::Used);
    }

    async fn it_is_good_for_one_hour(desk) {
        desk.office().await;
        reset::ask(desk, &here(), ANNA).await.unwrap();
        let token = desk.expect_reset(ANNA).await;
        desk.clock.advance_seconds(59 * 60);
        reset::look(desk, &token).await.unwrap();
        desk.clock.advance_seconds(61);
        assert_eq!(refused_link(reset::look(desk, &token).await), LinkState::Expired);
        assert_eq!(refused_link(set(desk, &token).await), LinkState::Expired);
        assert!(desk.guess(ANNA, PASSWORD).await.is_ok());
    }

    async fn asking_again_replaces_the_first_link(desk) {
        desk.office().await;
        reset::ask(desk, &here(), ANNA).await.unwrap();
        let first = desk.expect_reset(ANNA).await;
        reset::ask(desk, &here(), ANNA).await.unwrap();
        let second = desk.expect_reset(ANNA).await;
        assert_eq!(refused_link(set(desk, &first).await), LinkState::Replaced);
        set(desk, &second).await.unwrap();
    }

    async fn the_answer_is_the_same_for_whoever_is_not_there(desk) {
        let anna = desk.office().await;
        desk.add(&anna, "invited@vandijk.example").await;
        desk.expect_invitation("invited@vandijk.example").await;
        let before = desk.dump().await;
        let long = "x".repeat(100_000);
        for username in ["nobody@vandijk.example", "invited@vandijk.example", "anna", "anna@vandijk.example\0", &long] {
            reset::ask(desk, &here(), username).await.unwrap();
        }
        assert_eq!(refused(reset::ask(desk, &here(), " ").await), Refusal::field(FieldName::Username, Problem::Missing));
        assert_eq!(desk.dump().await, before);
    }

    /// Nor does it take longer for whoever is there: what happens, happens after the answer. Here somebody holds the account meanwhile.
    async fn the_answer_waits_for_nobody(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let mut slow = Deed::by_the_system(desk).await.unwrap();
        slow.lock_account(annas).await.unwrap();
        for username in [ANNA, "nobody@vandijk.example"] {
            let from = here();
            let answer = tokio::time::timeout(Duration::from_secs(5), reset::ask(desk, &from, username)).await;
            answer.expect("an answer while the deed waits").unwrap();
        }
        assert!(!desk.later.is_empty());
        drop(slow);
        desk.expect_reset(ANNA).await;
    }

    /// A7.
    async fn it_ends_every_session(desk) {
        desk.office().await;
        let (one, two) = (desk.sign_in(ANNA).await, desk.sign_in(ANNA).await);
        reset::ask(desk, &here(), ANNA).await.unwrap();
        let token = desk.expect_reset(ANNA).await;
        assert!(desk.find(&one).await.is_some());
        set(desk, &token).await.unwrap();
        assert!(desk.find(&one).await.is_none() && desk.find(&two).await.is_none());
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM session")).await, 0);
    }

    /// A2.
    async fn not_the_current_password_and_not_a_bad_one(desk) {
        desk.office().await;
        reset::ask(desk, &here(), ANNA).await.unwrap();
        let token = desk.expect_reset(ANNA).await;
        let before = desk.dump().await;
        for (new, problem) in [(PASSWORD, Problem::SamePassword), ("Anna de Vries 42", Problem::PersonalPassword), ("short", Problem::TooShort(12))] {
            assert_eq!(refused(reset::set(desk, &here(), &token, new, new).await), Refusal::field(FieldName::NewPassword, problem));
        }
        assert_eq!(desk.dump().await, before);
    }

    /// U3 and A4: to the administrators only where that is the one company of somebody who is not staff.
    async fn it_is_redirected_within_one_company_only(desk) {
        let anna = desk.office().await;
        let karim = redirected(desk, &anna, "karim@vandijk.example").await;
        reset::ask(desk, &here(), "karim@vandijk.example").await.unwrap();
        desk.expect_reset(ANNA).await;

        desk.company(CompanyNumber(10002), "Van Dijk Offshore", &["vandijk.example"]).await;
        desk.membership(CompanyNumber(10002), karim, "user").await;
        reset::ask(desk, &here(), "karim@vandijk.example").await.unwrap();
        desk.expect_reset("karim@vandijk.example").await;

        redirected(desk, &anna, "staff@vandijk.example").await;
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE username = 'staff@vandijk.example'")).await;
        reset::ask(desk, &here(), "staff@vandijk.example").await.unwrap();
        desk.expect_reset("staff@vandijk.example").await;
    }

    /// A7: a link that was mailed before opens nothing either, whoever blocks them; but while another company lets them in, it is theirs.
    async fn whoever_is_blocked_sets_no_password(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.membership(OFFSHORE, carla, "user").await;
        desk.forgot("carla@vandijk.example").await;
        let token = desk.expect_reset("carla@vandijk.example").await;
        desk.save(&anna, carla, |form| form.blocked = Some("on".into())).await.unwrap();
        reset::look(desk, &token).await.unwrap();
        assert_eq!(users::block_chosen(desk, &dirk, &Chosen::Some(vec![carla])).await.unwrap(), 1);
        assert_eq!(refused_link(reset::look(desk, &token).await), LinkState::Withdrawn);
        // The row alone: every condition must hold by itself.
        desk.execute(sql!("UPDATE link SET withdrawn_at = NULL")).await;
        assert_eq!(refused_link(set(desk, &token).await), LinkState::Withdrawn);
        desk.save(&anna, carla, |form| form.blocked = None).await.unwrap();
        set(desk, &token).await.unwrap();
    }

    /// A1: whoever is blocked could do nothing with the link, and gets no mail.
    async fn whoever_is_blocked_is_mailed_nothing(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        desk.block(COMPANY, carla).await;
        let before = desk.dump().await;
        desk.forgot("carla@vandijk.example").await;
        assert_eq!(desk.dump().await, before);
        // Blocked here, but not there.
        desk.membership(CompanyNumber(10002), carla, "user").await;
        desk.forgot("carla@vandijk.example").await;
        desk.expect_reset("carla@vandijk.example").await;
    }

    /// A3: whoever has mail sent to one address after the other is slowed long before whoever signs in; an office of many is not.
    async fn asking_for_mail_is_slowed_sooner_than_signing_in(desk) {
        desk.office().await;
        let mut asked = 0;
        while reset::ask(desk, &from_address(9), "nobody@vandijk.example").await.is_ok() {
            desk.later.wait().await;
            asked += 1;
            assert!(asked < 100, "never slowed");
        }
        assert!(asked >= 60, "{asked}");
        reset::ask(desk, &from_address(10), ANNA).await.unwrap();
        desk.expect_reset(ANNA).await;
        assert!(server::sign_in::sign_in(desk, &from_address(9), ANNA, PASSWORD).await.is_ok());
    }

    /// O4: the link of the command line.
    async fn staff_set_their_first_password_with_a_link(desk) {
        let email = EmailAddress::parse("staff@balie.example").unwrap();
        let name = PersonName::parse("Sophie Maas").unwrap();
        let token_of = |url: &str| url.strip_prefix("http://balie.test/reset-password/").unwrap().to_owned();
        let first = token_of(&staff::add(desk, &email, &name, Language::English).await.unwrap());
        desk.no_mail().await;
        // Whoever let the first link run out asks for another.
        let token = token_of(&staff::add(desk, &email, &name, Language::English).await.unwrap());
        assert_eq!(refused_link(set(desk, &first).await), LinkState::Replaced);
        assert!(desk.guess(email.as_str(), NEW).await.is_err());
        desk.clock.advance_seconds(23 * 3600);
        set(desk, &token).await.unwrap();
        assert_eq!(refused(staff::add(desk, &email, &name, Language::English).await), Refusal::field(FieldName::Username, Problem::AddressTaken));
        let token = desk.guess(email.as_str(), NEW).await.unwrap();
        let visitor = desk.find(&token).await.unwrap();
        assert!(visitor.staff().is_ok());
        assert_eq!(visitor.administrator(COMPANY).unwrap_err(), Refusal::NotAllowed);
    }

    /// A7: whoever signs in with the old password meanwhile has no session after it. Delete the comparison in `sign_in::let_in`: some rounds
    /// leave one.
    async fn signing_in_while_the_password_is_set_leaves_no_session(desk) {
        desk.office().await;
        let mut old = PASSWORD.to_owned();
        for round in 0..24_u64 {
            desk.clock.advance_seconds(3600);
            reset::ask(desk, &here(), ANNA).await.unwrap();
            let token = desk.expect_reset(ANNA).await;
            let new = format!("Vlonder-{round}-Reiger-Zeven");
            let there = from_address(201);
            // At another moment each time, so that some of them fall between the check and the session.
            let sign_in = async {
                tokio::time::sleep(Duration::from_millis(round * 4)).await;
                desk.guess(ANNA, &old).await
            };
            let (signed_in, was_set) = tokio::join!(sign_in, reset::set(desk, &there, &token, &new, &new));
            was_set.unwrap();
            if let Ok(session) = signed_in {
                assert!(desk.find(&session).await.is_none(), "round {round}");
            }
            old = new;
        }
    }

    /// Delete `lock_account` in `reset::send_link` and take FOR UPDATE in `Deed::lock_account`: PostgreSQL ends one of the two as a deadlock.
    async fn asking_and_setting_at_once_wait_for_each_other(desk) {
        desk.office().await;
        for round in 0..40 {
            desk.clock.advance_seconds(3600);
            reset::ask(desk, &here(), ANNA).await.unwrap();
            let token = desk.expect_reset(ANNA).await;
            let new = format!("Vlonder-{round}-Reiger-Zeven");
            let (here, there) = (here(), from_address(200));
            let (asked, was_set) = tokio::join!(reset::ask(desk, &there, ANNA), reset::set(desk, &here, &token, &new, &new));
            asked.unwrap();
            if let Err(error) = was_set {
                assert_eq!(refused_link(Err::<(), _>(error)), LinkState::Replaced);
            }
            desk.expect_reset(ANNA).await;
        }
    }
}
