//! What is kept for so long, and then forgotten.

use crate::support::{ANNA, CARLA, here, on_both, refused_link};
use server::{history, links, outbox, registration, reset, returned, sessions, sql, users};
use shared::refusal::LinkState;

const DAY: i64 = 24 * 3600;

on_both! {
    async fn letters_and_replaced_tokens_are_kept_for_ninety_days(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, "carla@vandijk.example").await;
        let first = desk.expect_invitation("carla@vandijk.example").await;
        users::resend(desk, &anna, carla).await.unwrap();
        let second = desk.expect_invitation("carla@vandijk.example").await;
        let letters = async || desk.count(sql!("SELECT COUNT(*) FROM letter")).await;
        let tokens = async || desk.count(sql!("SELECT COUNT(*) FROM link_token")).await;
        let sweep = async || {
            outbox::sweep(desk).await.unwrap();
            links::sweep(desk).await.unwrap();
        };
        desk.clock.advance_seconds(89 * DAY);
        sweep().await;
        assert_eq!((letters().await, tokens().await), (2, 2));
        assert_eq!(refused_link(registration::look(desk, &first).await), LinkState::Replaced);
        desk.clock.advance_seconds(2 * DAY);
        sweep().await;
        assert_eq!((letters().await, tokens().await), (0, 2), "the link ended a month after the letter");
        desk.clock.advance_seconds(31 * DAY);
        sweep().await;
        assert_eq!((letters().await, tokens().await), (0, 1));
        assert_eq!(refused_link(registration::look(desk, &first).await), LinkState::Unknown);
        assert_eq!(refused_link(registration::look(desk, &second).await), LinkState::Expired);
        registration::send_new_link(desk, &here(), &second).await.unwrap();
        desk.expect_invitation("carla@vandijk.example").await;
    }

    /// Too long for a cookie: given to whoever filled it in, once, within a minute.
    async fn what_was_filled_in_is_theirs_for_a_minute(desk) {
        desk.office().await;
        desk.account(CARLA, "Carla de Bruin").await;
        let (anna, carla) = (desk.visit(ANNA).await, desk.visit(CARLA).await);
        let typed = "Bruggen & sluizen ".repeat(400);
        let word = returned::keep(desk, &anna, &typed).await.unwrap();
        assert!(desk.dump().await.iter().all(|row| !row.contains(&word)), "only its hash is stored");
        assert_eq!(returned::take(desk, &carla, &word).await.unwrap(), None);
        assert_eq!(returned::take(desk, &anna, "another word").await.unwrap(), None);
        assert_eq!(returned::take(desk, &anna, &word).await.unwrap(), Some(typed.clone()));
        assert_eq!(returned::take(desk, &anna, &word).await.unwrap(), None);

        let word = returned::keep(desk, &anna, &typed).await.unwrap();
        returned::sweep(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM returned")).await, 1);
        desk.clock.advance_seconds(61);
        assert_eq!(returned::take(desk, &anna, &word).await.unwrap(), None);
        returned::sweep(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM returned")).await, 0);
    }

    async fn what_waits_or_is_open_is_not_swept(desk) {
        let anna = desk.office().await;
        desk.add(&anna, "carla@vandijk.example").await;
        reset::ask(desk, &here(), ANNA).await.unwrap();
        desk.later.wait().await;
        desk.execute(sql!("UPDATE letter SET created_at = 1")).await;
        let before = desk.dump().await;
        sessions::sweep(desk).await.unwrap();
        history::sweep(desk).await.unwrap();
        outbox::sweep(desk).await.unwrap();
        links::sweep(desk).await.unwrap();
        let after: Vec<_> = desk.dump().await;
        assert_eq!(after, before);
        desk.expect_mail(&[("complete_registration", "carla@vandijk.example"), ("reset_password", ANNA)]).await;
    }

    /// However many: a portion at a time.
    async fn sweeping_ends_with_the_last(desk) {
        desk.office().await;
        let annas = desk.id_of(ANNA).await;
        let id = if desk.db.is_postgres() { "gen_random_uuid()" } else { "randomblob(16)" };
        let old = format!(
            "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
             INSERT INTO history (id, at, subject, kind, event, address) SELECT {id}, i, $1, 'signed_out', '{{}}', '192.0.2.1' FROM n"
        );
        desk.execute(sql!(sqlx::AssertSqlSafe(old), annas)).await;
        history::sweep(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE at <= 2500 AND address IS NOT NULL")).await, 0);
    }
}
