//! A4: mail that lets somebody in goes to nobody of another company, and no more of it than is needed.

use crate::support::{ANNA, COMPANY, OFFSHORE, accept, decline, form, here, on_both, refused, refused_link};
use server::{Error, licences, registration, requests, reset, sql, users};
use shared::{Refusal, refusal::LinkState, users::Chosen};

const CARLA: &str = "carla@vandijk.example";
const DIRK: &str = "dirk@vandijk.example";

fn on() -> Option<String> {
    Some("on".into())
}

on_both! {
    async fn at_most_five_mails_an_hour_to_one_account(desk) {
        let anna = desk.office().await;
        desk.registered(&anna, CARLA).await;
        for _ in 0..4 {
            desk.forgot(CARLA).await;
            desk.expect_reset(CARLA).await;
        }
        desk.clock.advance_seconds(30 * 60);
        // Whoever asks, in whatever writing.
        reset::ask(desk, &crate::support::from_address(77), " CARLA@VanDijk.example ").await.unwrap();
        let fifth = desk.expect_reset(CARLA).await;
        let before = desk.dump().await;
        for _ in 0..3 {
            desk.forgot(CARLA).await;
        }
        assert_eq!(desk.dump().await, before, "the sixth is answered alike, and nothing happens");
        reset::look(desk, &fifth).await.unwrap();
        desk.forgot(ANNA).await;
        desk.expect_reset(ANNA).await;
        desk.clock.advance_seconds(30 * 60 + 1);
        desk.forgot(CARLA).await;
        desk.expect_reset(CARLA).await;
    }

    /// Asked at once, from two processes.
    async fn ten_who_ask_at_once_get_five(desk) {
        desk.office().await;
        let other = desk.another(|_| {}).await;
        let from = here();
        futures::future::join_all((0..10).map(|number| reset::ask(if number % 2 == 0 { desk } else { &other }, &from, ANNA))).await;
        desk.later.wait().await;
        other.later.wait().await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter")).await, 5);
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    async fn redirection_ends_where_a_second_company_begins(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.save(&anna, carla, |form| form.mail_to_administrators = on()).await.unwrap();
        desk.forgot(CARLA).await;
        desk.expect_reset(ANNA).await;
        desk.membership(OFFSHORE, carla, "user").await;
        desk.forgot(CARLA).await;
        desk.expect_reset(CARLA).await;
        desk.save(&dirk, carla, |form| form.mail_to_administrators = on()).await.unwrap();
        desk.forgot(CARLA).await;
        desk.expect_reset(CARLA).await;
        users::remove(desk, &dirk, carla).await.unwrap();
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE id = $1", carla)).await;
        desk.forgot(CARLA).await;
        desk.expect_reset(CARLA).await;
    }

    async fn redirection_goes_to_every_active_administrator_and_to_nobody_else(desk) {
        let anna = desk.office().await;
        desk.offshore().await;
        let carla = desk.registered(&anna, CARLA).await;
        desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        desk.administrator(COMPANY, "blocked@vandijk.example", "Blocked").await;
        let blocked = desk.id_of("blocked@vandijk.example").await;
        desk.save(&anna, blocked, |form| form.blocked = on()).await.unwrap();
        desk.save(&anna, carla, |form| form.mail_to_administrators = on()).await.unwrap();
        desk.forgot(CARLA).await;
        desk.expect_mail(&[("reset_password", ANNA), ("reset_password", "bram@vandijk.example")]).await;
    }

    /// An administrator of 10002 tries everything to be mailed a link to somebody of 10001.
    async fn another_companys_administrator_never_gets_the_link(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let invited = desk.add(&anna, "invited@vandijk.example").await;
        let token = desk.expect_invitation("invited@vandijk.example").await;
        let registered = desk.registered(&anna, CARLA).await;
        let removed = desk.registered(&anna, "removed@vandijk.example").await;
        users::remove(desk, &anna, removed).await.unwrap();
        let before = desk.dump().await;
        for (username, account) in [("invited@vandijk.example", invited), (CARLA, registered), ("removed@vandijk.example", removed)] {
            let redirected = shared::users::UserForm { mail_to_administrators: on(), ..form(username, "Mine") };
            assert!(matches!(users::save(desk, &dirk, account, &redirected).await, Err(Error::NotFound)));
            assert!(matches!(users::resend(desk, &dirk, account).await, Err(Error::NotFound)));
            assert!(matches!(users::unlock(desk, &dirk, account).await, Err(Error::NotFound)));
            assert_eq!(refused(users::resend_chosen(desk, &dirk, &Chosen::Some(vec![account])).await), Refusal::NobodyChosen);
        }
        assert_eq!(desk.dump().await, before);
        // U1: what another company wants is asked at the person's own address, whatever that company says of their mail.
        for (username, kind) in
            [("invited@vandijk.example", "complete_registration"), (CARLA, "join_company"), ("removed@vandijk.example", "join_company")]
        {
            let redirected = shared::users::UserForm { mail_to_administrators: on(), ..form(username, "Mine") };
            users::add(desk, &dirk, &redirected).await.unwrap();
            desk.expect_mail(&[(kind, username)]).await;
        }
        for username in [CARLA, "removed@vandijk.example"] {
            desk.forgot(username).await;
            desk.expect_reset(username).await;
        }
        desk.forgot("invited@vandijk.example").await;
        desk.no_mail().await;
        registration::look(desk, &token).await.unwrap();
    }

    /// U3, R1: what somebody of two companies asks in one of them is that company's business, and so is where its letters go.
    async fn letters_about_a_request_stay_in_its_company(desk) {
        let scene = desk.scene().await;
        let dirk = desk.offshore().await;
        desk.membership(OFFSHORE, scene.carlas, "user").await;
        desk.save(&dirk, scene.carlas, |form| form.mail_to_administrators = on()).await.unwrap();
        let here = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let there = desk.licence(&scene.staff, OFFSHORE, scene.product, |form| form.company_wide_permitted = on()).await;
        let request = desk.ask(&scene.carla, here).await;
        desk.expect_asked(CARLA).await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.expect_mail(&[("request_accepted", CARLA)]).await;
        // There, the administrator gets what is hers.
        let request = desk.ask(&desk.member(OFFSHORE, CARLA).await, there).await;
        desk.expect_mail(&[("request_received", DIRK), ("request_made", DIRK)]).await;
        desk.decide(&dirk, &decline(""), request).await.unwrap();
        let letter = desk.expect_mail(&[("request_declined", DIRK)]).await.remove(0);
        assert!(letter.text.contains("Van Dijk Offshore") && !letter.text.contains("Bruggenbouw"), "{}", letter.text);
        requests::undo(desk, &dirk, request).await.unwrap();
        desk.expect_mail(&[("request_reopened", DIRK)]).await;
        licences::save_settings(desk, &dirk, there, true, true).await.unwrap();
        desk.expect_mail(&[("request_accepted", DIRK)]).await;
    }

    /// Somebody without a password of their own yet is taken up by a department, whose link is another than the first company's.
    async fn an_address_that_was_left_behind_brings_no_old_link_along(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let carla = desk.add(&anna, CARLA).await;
        let first = desk.expect_invitation(CARLA).await;
        users::remove(desk, &anna, carla).await.unwrap();
        let redirected = shared::users::UserForm { mail_to_administrators: on(), ..form(CARLA, "Carla") };
        users::add(desk, &dirk, &redirected).await.unwrap();
        let second = desk.expect_invitation(DIRK).await;
        assert_eq!(refused_link(registration::look(desk, &first).await), LinkState::Withdrawn);
        assert_eq!(registration::look(desk, &second).await.unwrap().companies[0].name, "Van Dijk Offshore");
        assert!(matches!(users::resend(desk, &anna, carla).await, Err(Error::NotFound)));
    }
}
