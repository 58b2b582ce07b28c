//! H1: what happened stands in the history exactly once, and a deed that fails leaves nothing at all.

use crate::support::{ANNA, COMPANY, PASSWORD, form, from_address, here, on_both, refused};
use server::{Error, deed::Deed, registration, reset, sign_in, sql, staff, users};
use shared::{
    AccountId,
    fields::{EmailAddress, Language, PersonName},
};
use std::time::Duration;

const CARLA: &str = "carla@vandijk.example";
const NEW: &str = "Vlonder-Negen-Reiger-17";
const HERE: Option<&str> = Some("192.0.2.1");
const THERE: Option<&str> = Some("192.0.2.77");

/// What one deed must have written: kind, whether in the company, who did it, on whom, from where.
type Line<'a> = (&'a str, bool, Option<AccountId>, AccountId, Option<&'a str>);

async fn wrote(desk: &crate::support::TestDesk, expected: Line<'_>) {
    let deeds = desk.new_deeds().await;
    assert_eq!(deeds.len(), 1, "{expected:?}: {deeds:#?}");
    let deed = &deeds[0];
    let (kind, in_company, actor, subject, address) = expected;
    assert_eq!((deed.kind.as_str(), deed.actor, deed.subject), (kind, actor.map(|id| id.0), Some(subject.0)));
    assert_eq!((deed.company, deed.address.as_deref()), (in_company.then_some(COMPANY.0), address), "{kind}");
    assert!(deed.event.contains(kind) && deed.event.contains(&subject.to_string()), "{}", deed.event);
}

on_both! {
    async fn every_deed_is_written_down_once(desk) {
        let anna = desk.office().await;
        let annas = desk.id_of(ANNA).await;
        wrote(desk, ("signed_in", true, Some(annas), annas, HERE)).await;

        let carla = desk.add(&anna, CARLA).await;
        wrote(desk, ("user_added", true, Some(annas), carla, HERE)).await;
        desk.expect_invitation(CARLA).await;
        users::resend(desk, &anna, carla).await.unwrap();
        wrote(desk, ("registration_resent", true, Some(annas), carla, HERE)).await;
        let token = desk.expect_invitation(CARLA).await;
        desk.clock.advance_seconds(40 * 24 * 3600);
        registration::send_new_link(desk, &from_address(77), &token).await.unwrap();
        wrote(desk, ("registration_resent", true, None, carla, THERE)).await;
        let token = desk.expect_invitation(CARLA).await;
        registration::complete(desk, &from_address(77), &token, None, PASSWORD, PASSWORD).await.unwrap();
        wrote(desk, ("registration_completed", true, Some(carla), carla, THERE)).await;

        for _ in 0..7 {
            refused(sign_in::sign_in(desk, &from_address(77), CARLA, "wrong").await);
        }
        wrote(desk, ("account_locked", true, None, carla, THERE)).await;
        users::unlock(desk, &anna, carla).await.unwrap();
        wrote(desk, ("account_unlocked", true, Some(annas), carla, HERE)).await;
        reset::ask(desk, &from_address(77), CARLA).await.unwrap();
        wrote(desk, ("password_reset_asked", true, None, carla, THERE)).await;
        let token = desk.expect_reset(CARLA).await;
        reset::set(desk, &from_address(77), &token, NEW, NEW).await.unwrap();
        wrote(desk, ("password_set", true, Some(carla), carla, THERE)).await;
        let session = sign_in::sign_in(desk, &from_address(77), CARLA, NEW).await.unwrap();
        wrote(desk, ("signed_in", true, Some(carla), carla, THERE)).await;
        desk.find(&session).await.unwrap().sign_out(desk).await.unwrap();
        wrote(desk, ("signed_out", true, Some(carla), carla, HERE)).await;

        let (email, name) = (EmailAddress::parse("staff@balie.example").unwrap(), PersonName::parse("Sophie Maas").unwrap());
        staff::add(desk, &email, &name, Language::English).await.unwrap();
        let staff = desk.id_of("staff@balie.example").await;
        wrote(desk, ("staff_added", false, None, staff, None)).await;
    }

    /// A deed that waited for another is later than it. Set `now` before `BEGIN` in `Deed::by_the_system`, or not again in `lock_company` and
    /// `lock_account`, to see it fail.
    async fn whoever_waited_is_later(desk) {
        let anna = desk.office().await;
        let annas = desk.id_of(ANNA).await;
        for what in ["company", "account"] {
            let mut first = Deed::by_the_system(desk).await.unwrap();
            let waiting = if what == "company" {
                first.lock_company(COMPANY).await.unwrap();
                let (desk, anna) = (desk.another_hand(), anna.clone());
                tokio::spawn(async move { users::add(&desk, &anna, &form(CARLA, "Carla")).await.map(|_| ()) })
            } else {
                first.lock_account(annas).await.unwrap();
                let desk = desk.another_hand();
                tokio::spawn(async move { sign_in::sign_in(&desk, &here(), ANNA, PASSWORD).await.map(|_| ()) })
            };
            tokio::time::sleep(Duration::from_millis(400)).await;
            desk.clock.advance_seconds(3600);
            let released = desk.now();
            drop(first);
            waiting.await.unwrap().unwrap();
            assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE at >= $1", released)).await, 1, "{what}");
        }
        desk.expect_invitation(CARLA).await;
    }

    /// The history and the letters are written last: where that fails, everything before it must be gone.
    async fn a_deed_that_fails_at_its_end_leaves_nothing(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        let lars = desk.registered(&anna, "lars@vandijk.example").await;
        for _ in 0..5 {
            refused(desk.guess("lars@vandijk.example", "wrong").await);
        }
        desk.forgot(ANNA).await;
        let reset_token = desk.expect_reset(ANNA).await;
        let session = desk.sign_in(ANNA).await;
        desk.new_deeds().await;
        let (email, name) = (EmailAddress::parse("staff@balie.example").unwrap(), PersonName::parse("Sophie Maas").unwrap());

        let before = desk.dump_of_deeds().await;
        desk.execute(sql!("ALTER TABLE history RENAME TO gone")).await;
        failed(users::add(desk, &anna, &form("new@vandijk.example", "New")).await);
        failed(users::resend(desk, &anna, carla).await);
        failed(users::unlock(desk, &anna, lars).await);
        failed(registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await);
        desk.forgot(ANNA).await;
        failed(reset::set(desk, &here(), &reset_token, NEW, NEW).await);
        failed(desk.guess(ANNA, PASSWORD).await);
        failed(desk.find(&session).await.unwrap().sign_out(desk).await);
        failed(staff::add(desk, &email, &name, Language::English).await);
        desk.execute(sql!("ALTER TABLE gone RENAME TO history")).await;
        assert_eq!(desk.dump_of_deeds().await, before);

        desk.execute(sql!("ALTER TABLE letter RENAME TO gone")).await;
        failed(users::add(desk, &anna, &form("new@vandijk.example", "New")).await);
        failed(users::resend(desk, &anna, carla).await);
        desk.forgot(ANNA).await;
        desk.execute(sql!("ALTER TABLE gone RENAME TO letter")).await;
        assert_eq!(desk.dump_of_deeds().await, before);
        assert!(desk.new_deeds().await.is_empty());
        // And all of it is possible still.
        registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        reset::set(desk, &here(), &reset_token, NEW, NEW).await.unwrap();
    }
}

#[track_caller]
fn failed<T: std::fmt::Debug>(outcome: server::Result<T>) {
    assert!(matches!(outcome, Err(Error::Database(_))), "{outcome:?}");
}
