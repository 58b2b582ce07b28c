//! U3, A4, A7: mail for somebody that goes to the administrators, and what becomes of it when one of them is none any more.

use crate::support::{ANNA, COMPANY, PASSWORD, TestDesk, form, here, on_both, refused_link};
use server::{callers::Administrator, outbox, registration, reset, sql, users};
use shared::{
    AccountId,
    refusal::LinkState,
    users::{Chosen, UserForm},
};

const BRAM: &str = "bram@vandijk.example";
const KARIM: &str = "karim@vandijk.example";
const NEW: &str = "Vlonder-Negen-Reiger-17";

fn on() -> Option<String> {
    Some("on".into())
}

/// Somebody without a mailbox, invited; the letters are still to be expected.
async fn karim(desk: &TestDesk, anna: &Administrator) -> AccountId {
    users::add(desk, anna, &UserForm { mail_to_administrators: on(), ..form(KARIM, "Karim Haddad") }).await.unwrap()
}

/// The same, registered.
async fn registered_karim(desk: &TestDesk, anna: &Administrator) -> AccountId {
    let karim = karim(desk, anna).await;
    let token = desk.invitation_of(karim).await;
    registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
    desk.letters_are_looked_at().await;
    karim
}

/// A second administrator, who can be lost.
async fn bram(desk: &TestDesk) -> AccountId {
    desk.administrator(COMPANY, BRAM, "Bram Janssen").await;
    desk.id_of(BRAM).await
}

/// Every way in which Bram stops being an administrator.
async fn lose(desk: &TestDesk, anna: &Administrator, bram: AccountId, way: usize) {
    let bram_alone = Chosen::Some(vec![bram]);
    match way {
        0 => desk.save(anna, bram, |form| form.role = "user".into()).await.unwrap(),
        1 => desk.save(anna, bram, |form| form.blocked = on()).await.unwrap(),
        2 => users::remove(desk, anna, bram).await.unwrap(),
        3 => assert_eq!(users::block_chosen(desk, anna, &bram_alone).await.unwrap(), 1),
        _ => assert_eq!(users::remove_chosen(desk, anna, &bram_alone).await.unwrap(), 1),
    }
}

/// He is one again.
async fn restore(desk: &TestDesk, bram: AccountId) {
    desk.execute(sql!("DELETE FROM membership WHERE account = $1", bram)).await;
    desk.membership(COMPANY, bram, "administrator").await;
}

on_both! {
    /// Delete `mailing::reroute` in `Deed::commit_all` to see it fail.
    async fn links_that_an_administrator_holds_die_with_the_role(desk) {
        let anna = desk.office().await;
        let bram = bram(desk).await;
        let karim = karim(desk, &anna).await;
        let mut held = desk.expect_mail(&[("complete_registration", ANNA), ("complete_registration", BRAM)]).await[1].token();
        for way in 0..5 {
            let until = users::details(desk, &anna, karim).await.unwrap().status;
            lose(desk, &anna, bram, way).await;
            assert_eq!(refused_link(registration::look(desk, &held).await), LinkState::Replaced, "{way}");
            assert_eq!(refused_link(registration::complete(desk, &here(), &held, None, NEW, NEW).await), LinkState::Replaced);
            let token = desk.expect_invitation(ANNA).await;
            registration::look(desk, &token).await.unwrap();
            assert_eq!(users::details(desk, &anna, karim).await.unwrap().status, until, "no new month");
            restore(desk, bram).await;
            users::resend(desk, &anna, karim).await.unwrap();
            held = desk.expect_mail(&[("complete_registration", ANNA), ("complete_registration", BRAM)]).await[1].token();
        }
        // Who stays an administrator keeps what they have.
        desk.save(&anna, bram, |form| form.name = "Bram Jansen".into()).await.unwrap();
        registration::complete(desk, &here(), &held, None, PASSWORD, PASSWORD).await.unwrap();

        desk.forgot(KARIM).await;
        let held = desk.expect_mail(&[("reset_password", ANNA), ("reset_password", BRAM)]).await[1].token();
        lose(desk, &anna, bram, 0).await;
        assert_eq!(refused_link(reset::set(desk, &here(), &held, NEW, NEW).await), LinkState::Replaced);
        let token = desk.expect_reset(ANNA).await;
        reset::set(desk, &here(), &token, NEW, NEW).await.unwrap();
        // Used up: there is nothing to replace.
        restore(desk, bram).await;
        lose(desk, &anna, bram, 2).await;
    }

    /// A reset's link stays good for its hour and no longer, and one that is over is not sent again.
    async fn a_replaced_link_has_the_rest_of_its_term(desk) {
        let anna = desk.office().await;
        let bram = bram(desk).await;
        registered_karim(desk, &anna).await;
        desk.forgot(KARIM).await;
        desk.expect_mail(&[("reset_password", ANNA), ("reset_password", BRAM)]).await;
        desk.clock.advance_seconds(50 * 60);
        lose(desk, &anna, bram, 0).await;
        let token = desk.expect_reset(ANNA).await;
        reset::look(desk, &token).await.unwrap();
        desk.clock.advance_seconds(11 * 60);
        assert_eq!(refused_link(reset::look(desk, &token).await), LinkState::Expired);
        restore(desk, bram).await;
        desk.forgot(KARIM).await;
        desk.expect_mail(&[("reset_password", ANNA), ("reset_password", BRAM)]).await;
        desk.clock.advance_seconds(61 * 60);
        lose(desk, &anna, bram, 0).await;
        desk.no_mail().await;
    }

    /// A4: whoever is removed is nobody of the company's, so neither is their link.
    async fn a_link_for_somebody_who_is_removed_becomes_their_own(desk) {
        let anna = desk.office().await;
        for way in 0..3 {
            let karim = registered_karim(desk, &anna).await;
            desk.forgot(KARIM).await;
            let held = desk.expect_reset(ANNA).await;
            match way {
                0 => users::remove(desk, &anna, karim).await.unwrap(),
                1 => assert_eq!(users::remove_chosen(desk, &anna, &Chosen::Some(vec![karim])).await.unwrap(), 1),
                _ => desk.save(&anna, karim, |form| form.mail_to_administrators = None).await.unwrap(),
            }
            assert_eq!(refused_link(reset::look(desk, &held).await), LinkState::Replaced, "{way}");
            assert_eq!(refused_link(reset::set(desk, &here(), &held, NEW, NEW).await), LinkState::Replaced);
            let own = desk.expect_reset(KARIM).await;
            reset::set(desk, &here(), &own, NEW, NEW).await.unwrap();
            desk.execute(sql!("DELETE FROM membership WHERE account = $1", karim)).await;
            desk.execute(sql!("UPDATE account SET password_hash = NULL, registered_at = NULL WHERE id = $1", karim)).await;
        }
    }

    async fn an_invitation_whose_mail_is_the_persons_again_is_mailed_to_them(desk) {
        let anna = desk.office().await;
        let karim = karim(desk, &anna).await;
        let held = desk.expect_invitation(ANNA).await;
        desk.save(&anna, karim, |form| form.mail_to_administrators = None).await.unwrap();
        assert_eq!(refused_link(registration::look(desk, &held).await), LinkState::Replaced);
        let own = desk.expect_invitation(KARIM).await;
        // What went to the person is left alone when the administrators get the mail from now on.
        desk.save(&anna, karim, |form| form.mail_to_administrators = on()).await.unwrap();
        registration::complete(desk, &here(), &own, None, PASSWORD, PASSWORD).await.unwrap();
    }

    /// Who gets a letter was decided when it was queued, and the mail server may have been away since. The rows alone are changed here: every
    /// condition must hold by itself. Delete `is_theirs_still` in `outbox::send` to see it fail.
    async fn a_letter_that_waited_goes_to_whoever_gets_it_now(desk) {
        let anna = desk.office().await;
        let bram = bram(desk).await;
        registered_karim(desk, &anna).await;
        for (change, recipients) in [
            ("UPDATE membership SET role = 'user' WHERE account = $1", vec![ANNA]),
            ("UPDATE membership SET blocked_at = 1 WHERE account = $1", vec![ANNA]),
            ("DELETE FROM membership WHERE account = $1", vec![ANNA]),
            ("UPDATE membership SET mail_to_administrators = $1 IS NULL WHERE mail_to_administrators", vec![KARIM]),
            ("UPDATE membership SET mail_to_administrators = $1 IS NOT NULL WHERE role = 'user'", vec![ANNA, BRAM]),
        ] {
            restore(desk, bram).await;
            desk.execute(sql!("DELETE FROM letter")).await;
            desk.clock.advance_seconds(3600);
            desk.forgot(KARIM).await;
            desk.execute(sql!(change, bram)).await;
            while outbox::send_waiting(desk).await.unwrap() > 0 {}
            let sent = "SELECT a.username FROM letter l JOIN account a ON a.id = l.recipient WHERE l.state = 'sent' ORDER BY a.username";
            let sent: Vec<(String,)> = desk.db.all(sql!(sent)).await.unwrap();
            assert_eq!(sent.into_iter().map(|(username,)| username).collect::<Vec<_>>(), recipients, "{change}");
            assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state NOT IN ('sent', 'dropped')")).await, 0);
        }
        desk.letters_are_looked_at().await;
    }

    /// H1: whoever of the administrators used the link, it was not the person.
    async fn a_link_that_went_to_others_says_of_nobody_that_they_used_it(desk) {
        let anna = desk.office().await;
        let karim = karim(desk, &anna).await;
        let token = desk.expect_invitation(ANNA).await;
        desk.new_deeds().await;
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        desk.forgot(KARIM).await;
        let token = desk.expect_reset(ANNA).await;
        reset::set(desk, &here(), &token, NEW, NEW).await.unwrap();
        let deeds = desk.new_deeds().await;
        let mut kinds: Vec<_> = deeds.iter().map(|deed| deed.kind.as_str()).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["password_reset_asked", "password_set", "registration_completed"]);
        for deed in deeds {
            assert_eq!((deed.actor, deed.subject, deed.address.as_deref()), (None, Some(karim.0), Some("192.0.2.1")), "{}", deed.kind);
        }
        desk.save(&anna, karim, |form| form.mail_to_administrators = None).await.unwrap();
        desk.forgot(KARIM).await;
        desk.new_deeds().await;
        let token = desk.expect_reset(KARIM).await;
        reset::set(desk, &here(), &token, PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(desk.new_deeds().await[0].actor, Some(karim.0));
    }
}
