//! Letters on their way: a mail server that is down and comes back, several workers, and what is left of a worker that died.

use crate::support::{ANNA, MailServer, TestDesk, on_both, until};
use server::{Desk, config::Secret, live::Signal, newsletter, outbox, registration, sql, users};
use shared::{newsletter::NewsletterForm, users::MailState};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const CARLA: &str = "carla@vandijk.example";

async fn worker(desk: &TestDesk, url: String) -> Desk {
    desk.another(|settings| settings.smtp_url = Some(url)).await
}

/// State, tries, and seconds until the next.
async fn fate(desk: &TestDesk, worker: &Desk) -> (String, i64, i64) {
    let row = sql!("SELECT state, attempts, next_attempt_at FROM letter");
    let (state, attempts, next): (String, i64, i64) = desk.db.one(row).await.unwrap();
    (state, attempts, (next - worker.now().0 + 999) / 1000)
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    mail.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_else(|| panic!("no {name} in {mail}"))
}

on_both! {
    async fn a_mail_server_that_comes_back_gets_each_letter_once(desk) {
        let port = MailServer::nowhere().await;
        let worker = worker(desk, format!("smtp://127.0.0.1:{port}")).await;
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        for (attempt, pause) in [(1, 10), (2, 60), (3, 300), (4, 900)] {
            assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 1);
            assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 0, "not before its pause is over");
            let (state, attempts, seconds) = fate(desk, &worker).await;
            assert_eq!((state.as_str(), attempts), ("queued", attempt));
            assert!((pause - 5..=pause).contains(&seconds), "{seconds} after {attempt}");
            worker.clock.advance_seconds(pause + 1);
        }
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE error IS NOT NULL")).await, 1);
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().mail.unwrap().state, MailState::Queued);

        let mail_server = MailServer::start_at(port).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 1);
        worker.clock.advance_seconds(10 * 24 * 3600);
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 0);
        let mails = mail_server.mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(header(&mails[0], "To: "), "\"Carla de Bruin\" <carla@vandijk.example>");
        assert_eq!(header(&mails[0], "Subject: "), "Complete your registration at Van Dijk Bruggenbouw");
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().mail.unwrap().state, MailState::Sent);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE error IS NULL AND sent_at IS NOT NULL")).await, 1);
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    async fn a_letter_whose_link_was_replaced_meanwhile_is_dropped(desk) {
        let port = MailServer::nowhere().await;
        let worker = worker(desk, format!("smtp://127.0.0.1:{port}")).await;
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        users::resend(desk, &anna, carla).await.unwrap();
        let mail_server = MailServer::start_at(port).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 2);
        assert_eq!(mail_server.mails().len(), 1);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state = 'dropped' AND link_generation = 1")).await, 1);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE state = 'sent' AND link_generation = 2")).await, 1);
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().mail.unwrap().state, MailState::Sent);
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    /// A4: nobody is mailed a link whose hour is over.
    async fn a_letter_whose_link_expired_meanwhile_is_dropped(desk) {
        let port = MailServer::nowhere().await;
        let worker = worker(desk, format!("smtp://127.0.0.1:{port}")).await;
        desk.office().await;
        desk.forgot(ANNA).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 1);
        worker.clock.advance_seconds(3601);
        let mail_server = MailServer::start_at(port).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 1);
        assert_eq!(mail_server.mails().len(), 0);
        assert_eq!(fate(desk, &worker).await.0, "dropped");
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    /// A4: somebody sits and waits for it.
    async fn a_reset_goes_before_a_mailing_to_many(desk) {
        let mail_server = MailServer::start().await;
        let worker = worker(desk, mail_server.url()).await;
        let anna = desk.office().await;
        for number in 0..20 {
            desk.add(&anna, &format!("p{number}@vandijk.example")).await;
        }
        desk.forgot(ANNA).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 5);
        assert_eq!(header(&mail_server.mails()[0], "Subject: "), "Set a new password");
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    async fn after_nine_tries_it_is_set_aside(desk) {
        let worker = worker(desk, format!("smtp://127.0.0.1:{}", MailServer::nowhere().await)).await;
        let anna = desk.office().await;
        let carla = desk.add(&anna, CARLA).await;
        let mut tries = 0;
        while fate(desk, &worker).await.0 == "queued" {
            tries += outbox::send_waiting(&worker).await.unwrap();
            worker.clock.advance_seconds(25 * 3600);
        }
        assert_eq!(tries, 9);
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 0);
        assert_eq!(users::details(desk, &anna, carla).await.unwrap().mail.unwrap().state, MailState::Failed);
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    /// The mail server knows the second by its Message-ID.
    async fn a_worker_that_died_is_followed_by_another(desk) {
        let mail_server = MailServer::start().await;
        let worker = worker(desk, mail_server.url()).await;
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        outbox::send_waiting(&worker).await.unwrap();
        // Sent, but it never came to noting that down.
        desk.execute(sql!("UPDATE letter SET state = 'queued', sent_at = NULL, claimed_until = $1", worker.now().plus_seconds(120))).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 0, "another has it");
        worker.clock.advance_seconds(121);
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 1);
        let mails = mail_server.mails();
        assert_eq!(mails.len(), 2);
        let id = header(&mails[0], "Message-ID: ");
        assert!(id.ends_with("@balie.test>"), "{id}");
        assert_eq!(header(&mails[1], "Message-ID: "), id);
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    async fn a_running_worker_hears_of_new_letters(desk) {
        let mail_server = MailServer::start().await;
        let worker = worker(desk, mail_server.url()).await;
        let end = CancellationToken::new();
        let running = tokio::spawn(outbox::run(worker.clone(), end.clone()));
        let anna = desk.office().await;
        desk.add(&anna, CARLA).await;
        until("the letter arrives", async || mail_server.mails().len() == 1).await;
        end.cancel();
        running.await.unwrap();
        desk.expect_invitation(CARLA).await;
        worker.db.close().await;
    }

    /// The program's end waits a few seconds only: a letter that is begun then could be cut off when the mail server has it already, and would
    /// come twice. Delete the look at `end` in `outbox::send_until` to see it fail.
    async fn no_letter_is_begun_when_the_program_ends(desk) {
        let mail_server = MailServer::start().await;
        let worker = worker(desk, mail_server.url()).await;
        let anna = desk.office().await;
        for number in 0..3 {
            desk.add(&anna, &format!("p{number}@vandijk.example")).await;
        }
        let end = CancellationToken::new();
        end.cancel();
        outbox::run(worker.clone(), end).await;
        assert_eq!(mail_server.mails().len(), 0);
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE attempts = 0 AND claimed_until IS NULL")).await, 3);
        outbox::send_waiting(&worker).await.unwrap();
        assert_eq!(mail_server.mails().len(), 3);
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    /// A program with another secret would derive another token than the one that is stored: a link that leads nowhere, noted as sent.
    async fn a_worker_with_another_secret_sends_no_dead_links(desk) {
        let mail_server = MailServer::start().await;
        let stranger = desk
            .another(|settings| {
                settings.smtp_url = Some(mail_server.url());
                settings.secret = Secret::new("another secret than the others have, long enough too").unwrap();
            })
            .await;
        let staff = desk.staff().await;
        let anna = desk.office().await;
        newsletter::subscribe(desk, &desk.visit(ANNA).await.person().unwrap()).await.unwrap();
        let news = NewsletterForm { subject_en: "News".into(), text_en: "News".into(), subject_nl: "Nieuws".into(), text_nl: "Nieuws".into() };
        let news = newsletter::create(desk, &staff, &news).await.unwrap();
        newsletter::send(desk, &staff, news, 1).await.unwrap();
        desk.add(&anna, CARLA).await;
        desk.forgot(ANNA).await;
        assert_eq!(outbox::send_waiting(&stranger).await.unwrap(), 3);
        assert_eq!(mail_server.mails().len(), 0);
        let waiting = sql!("SELECT COUNT(*) FROM letter WHERE state = 'queued' AND attempts = 1 AND error LIKE '%secret%'");
        assert_eq!(desk.count(waiting).await, 3);
        // Tried again by one that has the right secret.
        desk.clock.advance_seconds(11);
        let letters = desk.expect_mail(&[("complete_registration", CARLA), ("newsletter", ANNA), ("reset_password", ANNA)]).await;
        registration::look(desk, &letters[0].token()).await.unwrap();
        stranger.db.close().await;
    }

    /// Once for a batch: each time, every open page asks again.
    async fn open_pages_are_told_what_became_of_letters(desk) {
        let anna = desk.office().await;
        let people = [CARLA, "daan@vandijk.example", "eva@vandijk.example"];
        for person in people {
            desk.add(&anna, person).await;
        }
        let end = CancellationToken::new();
        let mut signals = desk.live.listen();
        let relay = tokio::spawn(server::live::hear_the_others(desk.another_hand(), end.clone()));
        // The worker of PostgreSQL is another process.
        let worker = if desk.db.is_postgres() {
            // Hears "everything" once the relay listens.
            assert_eq!(signals.recv().await.unwrap(), Signal::Topic(shared::live::Topic::Everything));
            desk.another(|_| {}).await
        } else {
            desk.another_hand()
        };
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 3);
        let heard = tokio::time::timeout(Duration::from_secs(5), signals.recv()).await.expect("a signal").unwrap();
        assert!(matches!(heard, Signal::Topic(shared::live::Topic::Changed(..))), "{heard:?}");
        let more = tokio::time::timeout(Duration::from_millis(300), signals.recv()).await;
        assert!(more.is_err(), "{more:?}");
        end.cancel();
        relay.await.unwrap();
        desk.expect_mail(&people.map(|person| ("complete_registration", person))).await;
    }
}
