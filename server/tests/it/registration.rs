//! U2, A5, A6: the link that completes a registration.

use crate::support::{COMPANY, MailServer, PASSWORD, TestDesk, here, on_both, refused, refused_link, token_in};
use jiff::{Timestamp, ToSpan, civil::Date};
use server::{outbox, registration, reset, sql, users};
use shared::{FieldName, Problem, Refusal, Role, Time, refusal::LinkState, users::StatusKind};

const CARLA: &str = "carla@vandijk.example";

async fn complete(desk: &TestDesk, token: &str) -> server::Result<()> {
    registration::complete(desk, &here(), token, None, PASSWORD, PASSWORD).await.map(|_| ())
}

on_both! {
    async fn completing_lets_the_person_in(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        assert_eq!(registration::look(desk, &token).await.unwrap().companies[0].name, "Van Dijk Bruggenbouw");
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().status.kind, StatusKind::RegistrationRequested);
        let (session, company) = registration::complete(desk, &here(), &token, None, PASSWORD, PASSWORD).await.unwrap();
        assert_eq!(company, COMPANY);
        let visitor = desk.find(&session).await.unwrap();
        assert_eq!(visitor.companies[0].role, Role::User);
        let details = users::details(desk, &anna, carla).await.unwrap();
        assert_eq!(details.status.kind, StatusKind::NoActiveLicence);
        assert!(details.registered.is_some());
        desk.sign_in(CARLA).await;
    }

    async fn a_used_link_says_so(desk) {
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        complete(desk, &token).await.unwrap();
        let before = desk.dump().await;
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Used);
        assert_eq!(refused_link(complete(desk, &token).await), LinkState::Used);
        assert_eq!(refused_link(registration::send_new_link(desk, &here(), &token).await), LinkState::Used);
        assert_eq!(desk.dump().await, before);
    }

    async fn opening_a_link_changes_nothing(desk) {
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        let before = desk.dump().await;
        for _ in 0..20 {
            registration::look(desk, &token).await.unwrap();
        }
        assert!(!registration::is_hard_to_guess(desk, &here(), &token, "password1234").await.unwrap());
        assert!(registration::is_hard_to_guess(desk, &here(), &token, PASSWORD).await.unwrap());
        assert_eq!(desk.dump().await, before);
        complete(desk, &token).await.unwrap();
    }

    async fn an_expired_link_brings_a_new_one_to_the_stored_address(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let old = desk.expect_invitation(CARLA).await;
        registration::send_new_link(desk, &here(), &old).await.unwrap();
        desk.no_mail().await;
        desk.clock.advance_seconds(32 * 24 * 3600);
        assert_eq!(refused_link(registration::look(desk, &old).await), LinkState::Expired);
        assert_eq!(refused_link(complete(desk, &old).await), LinkState::Expired);
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().status.kind, StatusKind::RegistrationExpired);
        registration::send_new_link(desk, &here(), &old).await.unwrap();
        let new = desk.expect_invitation(CARLA).await;
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().status.kind, StatusKind::RegistrationRequested);
        assert_eq!(refused_link(registration::send_new_link(desk, &here(), &old).await), LinkState::Replaced);
        assert_eq!(refused_link(complete(desk, &old).await), LinkState::Replaced);
        complete(desk, &new).await.unwrap();
    }

    async fn a_link_is_good_for_one_calendar_month(desk) {
        let zone = desk.settings.time_zone.clone();
        let now = Timestamp::from_millisecond(desk.now().0).unwrap().to_zoned(zone.clone());
        let january: Date = format!("{}-01-31", now.year() + 1).parse().unwrap();
        let start = january.at(15, 30, 0, 0).to_zoned(zone).unwrap();
        desk.clock.advance_seconds(start.timestamp().as_second() - now.timestamp().as_second());
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        let until = Time(desk.count(sql!("SELECT invited_until FROM membership WHERE state = 'invited'")).await);
        let last_day = january.saturating_add(1.month());
        let shown = desk.local(until);
        assert_eq!((shown.month, i8::try_from(shown.day).unwrap(), shown.hour), (2, last_day.day(), 15), "the last day of February, the same hour");

        desk.clock.advance_seconds((until.0 - desk.now().0) / 1000 - 60);
        registration::look(desk, &token).await.unwrap();
        desk.clock.advance_seconds(61);
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Expired);
    }

    async fn resending_kills_the_old_link_and_gives_a_new_month(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let old = desk.expect_invitation(CARLA).await;
        desk.clock.advance_seconds(20 * 24 * 3600);
        users::resend(desk, &anna, carla).await.unwrap();
        let new = desk.expect_invitation(CARLA).await;
        assert_ne!(old, new);
        assert_eq!(refused_link(registration::look(desk, &old).await), LinkState::Replaced);
        assert_eq!(refused_link(complete(desk, &old).await), LinkState::Replaced);
        desk.clock.advance_seconds(20 * 24 * 3600);
        complete(desk, &new).await.unwrap();
        assert_eq!(refused(users::resend(desk, &anna, carla).await), Refusal::AlreadyRegistered);
        assert_eq!(refused_link(registration::look(desk, &old).await), LinkState::Used, "where the person is in, the old mail says that too");
    }

    async fn a_token_is_good_for_one_purpose_and_only_whole(desk) {
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        reset::ask(desk, &here(), crate::support::ANNA).await.unwrap();
        let other = desk.expect_reset(crate::support::ANNA).await;
        let before = desk.dump().await;
        assert_eq!(refused_link(reset::look(desk, &token).await), LinkState::Unknown);
        assert_eq!(refused_link(reset::set(desk, &here(), &token, PASSWORD, PASSWORD).await), LinkState::Unknown);
        let mut tampered = token.clone();
        tampered.replace_range(..1, if token.starts_with('A') { "B" } else { "A" });
        let cases = [other, tampered, token[1..].to_owned(), format!("{token}="), token.to_lowercase(), String::new(), "\0".into(), "x".repeat(9999)];
        for bad in cases {
            assert_eq!(refused_link(registration::look(desk, &bad).await), LinkState::Unknown);
            assert_eq!(refused_link(complete(desk, &bad).await), LinkState::Unknown);
            assert_eq!(refused_link(registration::send_new_link(desk, &here(), &bad).await), LinkState::Unknown);
        }
        assert_eq!(desk.dump().await, before);
    }

    /// A5: not where it waits, not where it was sent, and the same on a retry.
    async fn the_token_is_in_no_table(desk) {
        let port = MailServer::nowhere().await;
        let worker = desk.another(|settings| {
            settings.smtp_url = Some(format!("smtp://127.0.0.1:{port}"));
            settings.dev = false;
        }).await;
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        outbox::send_waiting(&worker).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT attempts FROM letter WHERE state = 'queued' AND error IS NOT NULL")).await, 1);
        let mail_server = MailServer::start_at(port).await;
        for _ in 0..2 {
            worker.clock.advance_seconds(600);
            outbox::send_waiting(&worker).await.unwrap();
            // As if the program had died between sending and noting it down.
            desk.execute(sql!("UPDATE letter SET state = 'queued'")).await;
        }
        let tokens: Vec<_> = mail_server.mails().iter().map(|mail| token_in(mail)).collect();
        assert_eq!((tokens.len(), &tokens[0]), (2, &tokens[1]));
        let token = &tokens[0];
        registration::look(desk, token).await.unwrap();
        let hex: String = token.bytes().map(|byte| format!("{byte:02x}")).collect();
        for line in desk.dump().await {
            assert!(!line.contains(token.as_str()) && !line.to_lowercase().contains(&hex), "{line}");
        }
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    async fn whoever_is_blocked_has_a_withdrawn_link(desk) {
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        desk.block(COMPANY, carla).await;
        let before = desk.dump().await;
        assert_eq!(refused_link(registration::look(desk, &token).await), LinkState::Withdrawn);
        assert_eq!(refused_link(complete(desk, &token).await), LinkState::Withdrawn);
        desk.clock.advance_seconds(40 * 24 * 3600);
        assert_eq!(refused_link(registration::send_new_link(desk, &here(), &token).await), LinkState::Withdrawn);
        assert_eq!(refused(users::resend(desk, &anna, carla).await), Refusal::Blocked);
        assert_eq!(desk.dump().await, before);
    }

    async fn a_password_that_is_refused_leaves_the_link_open(desk) {
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        let token = desk.expect_invitation(CARLA).await;
        let before = desk.dump().await;
        let long = "Kade-Zeven-Meeuw-42".repeat(7);
        for (new, repeated, field, problem) in [
            ("", "", FieldName::NewPassword, Problem::Missing),
            ("Kort-42", "Kort-42", FieldName::NewPassword, Problem::TooShort(12)),
            (long.as_str(), long.as_str(), FieldName::NewPassword, Problem::TooLong(128)),
            ("carla@vandijk.example", "carla@vandijk.example", FieldName::NewPassword, Problem::PersonalPassword),
            ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", FieldName::NewPassword, Problem::RepetitivePassword),
            ("password1234", "password1234", FieldName::NewPassword, Problem::GuessablePassword),
            (PASSWORD, "Kade-Zeven-Meeuw-43", FieldName::RepeatPassword, Problem::NotRepeated),
        ] {
            let outcome = registration::complete(desk, &here(), &token, None, new, repeated).await;
            assert_eq!(refused(outcome), Refusal::field(field, problem), "{new}");
        }
        assert_eq!(desk.dump().await, before);
        complete(desk, &token).await.unwrap();
    }
}
