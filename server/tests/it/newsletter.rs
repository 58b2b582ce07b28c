//! P5: staff write newsletters and send them; people subscribe, and unsubscribe with one click.

use crate::{
    races::{both, in_batches},
    support::{
        ANNA, COMPANY, MailServer, OFFSHORE, PASSWORD, TestDesk, accept, from_address, here, on_both, refused, refused_link, serve,
        token_in, until,
    },
};
use futures::future::join_all;
use reqwest::{Client, Method};
use server::{
    Desk, Error,
    callers::{Anyone, Person, Staff},
    links, newsletter, outbox, profile, sql,
};
use shared::{
    AccountId, FieldName, NewsletterId, Problem, Refusal,
    event::Event,
    mailing::{Copy, Progress},
    newsletter::{NewsletterForm, NewsletterPage, Reader, Stage},
    refusal::LinkState,
};
use std::net::{IpAddr, Ipv4Addr};
use tokio::task::JoinHandle;

const CARLA: &str = "carla@vandijk.example";
const DAAN: &str = "daan@vandijk.example";
const EVA: &str = "eva@vandijk.example";
const KARIM: &str = "karim@vandijk.example";
const BRAM: &str = "bram@vandijk.example";
const STAFF: &str = "staff@balie.example";
const DAY: i64 = 24 * 3600;

fn form(subject: &str) -> NewsletterForm {
    NewsletterForm {
        subject_en: subject.into(),
        text_en: "Good *news*.".into(),
        subject_nl: "Nieuws".into(),
        text_nl: "Goed *nieuws*.".into(),
    }
}

async fn person(desk: &TestDesk, account: AccountId, username: &str) -> Person {
    desk.visitor_of(account, username).await.person().unwrap()
}

/// Somebody without a company who has subscribed.
async fn subscriber(desk: &TestDesk, username: &str, name: &str) -> (AccountId, Person) {
    let account = desk.account(username, name).await;
    let person = person(desk, account, username).await;
    newsletter::subscribe(desk, &person).await.unwrap();
    (account, person)
}

/// Written and sent.
async fn sent(desk: &TestDesk, staff: &Staff, subject: &str) -> NewsletterId {
    let id = newsletter::create(desk, staff, &form(subject)).await.unwrap();
    newsletter::send(desk, staff, id, 1).await.unwrap();
    id
}

/// The token of the newsletter that this one person gets.
async fn token_sent(desk: &TestDesk, staff: &Staff, username: &str) -> String {
    sent(desk, staff, "News").await;
    desk.expect_mail(&[("newsletter", username)]).await[0].token()
}

async fn is_subscribed(desk: &TestDesk, person: &Person) -> bool {
    newsletter::subscription(desk, person).await.unwrap().since.is_some()
}

async fn page(desk: &TestDesk, staff: &Staff, id: NewsletterId) -> NewsletterPage {
    newsletter::read(desk, staff, id, 1).await.unwrap()
}

fn states(page: &NewsletterPage) -> Vec<(&str, Copy)> {
    page.readers.iter().map(|reader| (reader.name.as_str(), reader.state)).collect()
}

fn send(desk: &Desk, staff: &Staff, id: NewsletterId) -> JoinHandle<server::Result<u32>> {
    let (desk, staff) = (desk.clone(), staff.clone());
    tokio::spawn(async move { newsletter::send(&desk, &staff, id, 1).await })
}

fn save(desk: &Desk, staff: &Staff, id: NewsletterId, subject: &'static str) -> JoinHandle<server::Result<u32>> {
    let (desk, staff) = (desk.clone(), staff.clone());
    tokio::spawn(async move { newsletter::save(&desk, &staff, id, 1, &form(subject)).await })
}

fn header<'a>(mail: &'a str, name: &str) -> Option<&'a str> {
    mail.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix(name))
}

on_both! {
    async fn a_draft_is_written_changed_and_deleted(desk) {
        let staff = desk.staff().await;
        desk.new_deeds().await;
        let id = newsletter::create(desk, &staff, &form(" Good   news ")).await.unwrap();
        assert_eq!(desk.new_event().await, Event::NewsletterCreated { newsletter: id, name: "Good news".into() });
        let written = page(desk, &staff, id).await;
        assert_eq!((written.form, written.stage, written.sent), (form("Good news"), Stage::Draft, None));
        assert_eq!((written.progress, written.readers, written.pages), (Progress::default(), Vec::new(), 1));

        let before = desk.dump().await;
        assert_eq!(newsletter::save(desk, &staff, id, 1, &form("Good news")).await.unwrap(), 1);
        assert_eq!(desk.dump().await, before, "what is so already is no deed");
        let changed = NewsletterForm { text_nl: "Ander nieuws.".into(), ..form("Other news") };
        assert_eq!(newsletter::save(desk, &staff, id, 1, &changed).await.unwrap(), 2);
        assert_eq!(desk.new_event().await, Event::NewsletterChanged { newsletter: id, name: "Other news".into() });
        let written = page(desk, &staff, id).await;
        assert_eq!((written.form, written.version), (changed, 2));

        desk.clock.advance_seconds(60);
        let newer = newsletter::create(desk, &staff, &form("Newer")).await.unwrap();
        desk.new_deeds().await;
        let list = newsletter::list(desk, &staff).await.unwrap();
        let lines: Vec<_> = list.lines.iter().map(|line| (line.id, line.subject.as_str(), line.stage)).collect();
        assert_eq!(lines, [(newer, "Newer", Stage::Draft), (id, "Other news", Stage::Draft)]);

        newsletter::delete(desk, &staff, id, 2).await.unwrap();
        assert_eq!(desk.new_event().await, Event::NewsletterDeleted { newsletter: id, name: "Other news".into() });
        assert!(matches!(newsletter::read(desk, &staff, id, 1).await, Err(Error::NotFound)));
        assert_eq!(newsletter::list(desk, &staff).await.unwrap().lines.len(), 1);
        desk.no_mail().await;
    }

    /// Two write at the same newsletter, within one second: nobody's text is overwritten, sent or deleted by somebody who has not seen it.
    async fn who_saves_sends_or_deletes_has_seen_what_is_stored(desk) {
        let staff = desk.staff().await;
        subscriber(desk, CARLA, "Carla de Bruin").await;
        let id = newsletter::create(desk, &staff, &form("News")).await.unwrap();
        let mine = NewsletterForm { text_en: "Mine.".into(), ..form("News") };
        let theirs = NewsletterForm { text_en: "Theirs.".into(), ..form("News") };
        assert_eq!(newsletter::save(desk, &staff, id, 1, &theirs).await.unwrap(), 2);
        let before = desk.dump().await;
        // Nought is what a form says that shows none.
        for seen in [0, 1, 3] {
            assert_eq!(refused(newsletter::save(desk, &staff, id, seen, &mine).await), Refusal::Changed, "{seen}");
            assert_eq!(refused(newsletter::send(desk, &staff, id, seen).await), Refusal::Changed, "{seen}");
            assert_eq!(refused(newsletter::delete(desk, &staff, id, seen).await), Refusal::Changed, "{seen}");
        }
        assert_eq!(newsletter::save(desk, &staff, id, 1, &theirs).await.unwrap(), 2, "the same text overwrites nothing");
        assert_eq!(desk.dump().await, before);

        let shown = page(desk, &staff, id).await;
        assert_eq!((shown.may_send(1), shown.may_send(shown.version)), (Err(Refusal::Changed), Ok(())));
        newsletter::save(desk, &staff, id, shown.version, &mine).await.unwrap();
        newsletter::send(desk, &staff, id, 3).await.unwrap();
        let letter = desk.expect_mail(&[("newsletter", CARLA)]).await.remove(0);
        assert!(letter.text.contains("Mine.") && !letter.text.contains("Theirs."), "{}", letter.text);
    }

    /// Delete `AND version = $7` in `newsletter::save` to see it fail on PostgreSQL: both then save, and one of the texts is lost.
    async fn of_two_who_save_at_once_one_does(desk) {
        let staff = desk.staff().await;
        let other = desk.another(|_| {}).await;
        in_batches("the same newsletter saved twice", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let id = newsletter::create(desk, &staff, &form(&format!("News {number}"))).await.unwrap();
                let outcomes = both(number, || save(desk, &staff, id, "Mine"), || save(&other, &staff, id, "Theirs")).await;
                let (subject, lost) = match outcomes {
                    (Ok(2), lost) => ("Mine", lost),
                    (lost, Ok(2)) => ("Theirs", lost),
                    nobody => panic!("nobody won: {nobody:?}"),
                };
                assert_eq!(refused(lost), Refusal::Changed);
                let stored = page(desk, &staff, id).await;
                assert_eq!((stored.form.subject_en.as_str(), stored.version), (subject, 2));
            }))
            .await;
        })
        .await;
        other.db.close().await;
    }

    async fn what_cant_be_done_changes_nothing(desk) {
        let staff = desk.staff().await;
        let (_, carla) = subscriber(desk, CARLA, "Carla de Bruin").await;
        let sent = sent(desk, &staff, "Sent").await;
        desk.expect_mail(&[("newsletter", CARLA)]).await;
        newsletter::unsubscribe(desk, &carla).await.unwrap();
        let draft = newsletter::create(desk, &staff, &form("Draft")).await.unwrap();
        let before = desk.dump().await;

        let unreadable = NewsletterForm { subject_en: "x".repeat(151), text_nl: String::new(), ..form("") };
        let problems = Refusal::Fields(vec![(FieldName::SubjectEn, Problem::TooLong(150)), (FieldName::TextNl, Problem::Missing)]);
        assert_eq!(refused(newsletter::create(desk, &staff, &unreadable).await), problems);
        assert_eq!(refused(newsletter::save(desk, &staff, draft, 1, &unreadable).await), problems);
        assert_eq!(refused(newsletter::preview(&staff, &unreadable)), problems);
        assert_eq!(refused(newsletter::send(desk, &staff, draft, 1).await), Refusal::NoSubscribers);
        assert_eq!(refused(newsletter::send(desk, &staff, sent, 1).await), Refusal::NewsletterSent);
        assert_eq!(refused(newsletter::save(desk, &staff, sent, 1, &form("Sent")).await), Refusal::NewsletterSent);
        assert_eq!(refused(newsletter::delete(desk, &staff, sent, 1).await), Refusal::NewsletterSent);
        let nowhere = NewsletterId(desk.new_id());
        assert!(matches!(newsletter::read(desk, &staff, nowhere, 1).await, Err(Error::NotFound)));
        assert!(matches!(newsletter::save(desk, &staff, nowhere, 1, &form("x")).await, Err(Error::NotFound)));
        assert!(matches!(newsletter::delete(desk, &staff, nowhere, 1).await, Err(Error::NotFound)));
        assert!(matches!(newsletter::send(desk, &staff, nowhere, 1).await, Err(Error::NotFound)));
        assert_eq!(desk.dump().await, before);

        // The permit is asked again in the deed.
        newsletter::subscribe(desk, &carla).await.unwrap();
        desk.execute(sql!("UPDATE account SET staff = FALSE WHERE username = $1", STAFF)).await;
        let before = desk.dump().await;
        assert_eq!(refused(newsletter::create(desk, &staff, &form("x")).await), Refusal::NotAllowed);
        assert_eq!(refused(newsletter::save(desk, &staff, draft, 1, &form("x")).await), Refusal::NotAllowed);
        assert_eq!(refused(newsletter::delete(desk, &staff, draft, 1).await), Refusal::NotAllowed);
        assert_eq!(refused(newsletter::send(desk, &staff, draft, 1).await), Refusal::NotAllowed);
        assert_eq!(desk.dump().await, before);
    }

    async fn whoever_subscribed_and_may_get_mail_gets_it_in_their_language(desk) {
        desk.office().await;
        desk.offshore().await;
        let staff = desk.staff().await;
        newsletter::subscribe(desk, &desk.visit(STAFF).await.person().unwrap()).await.unwrap();
        // In a company, in Dutch.
        let (carla, _) = subscriber(desk, CARLA, "Carla de Bruin").await;
        desk.membership(COMPANY, carla, "user").await;
        desk.execute(sql!("UPDATE account SET language = 'nl' WHERE id = $1", carla)).await;
        // Blocked in one of two companies.
        let (daan, _) = subscriber(desk, DAAN, "Daan Vos").await;
        desk.membership(COMPANY, daan, "user").await;
        desk.membership(OFFSHORE, daan, "user").await;
        desk.block(COMPANY, daan).await;
        // Alone.
        subscriber(desk, EVA, "Eva Smit").await;
        // And nobody of these: blocked everywhere, without a password, everybody's, deleted, unsubscribed, never subscribed.
        let (blocked, _) = subscriber(desk, "blocked@vandijk.example", "Blocked").await;
        desk.membership(COMPANY, blocked, "user").await;
        desk.block(COMPANY, blocked).await;
        for (username, change) in [
            ("invited@vandijk.example", "UPDATE account SET password_hash = NULL WHERE id = $1"),
            ("general", "UPDATE account SET general_of = 10001 WHERE id = $1"),
            ("deleted@vandijk.example", "UPDATE account SET deleted_at = 1 WHERE id = $1"),
        ] {
            let (account, _) = subscriber(desk, username, "Nobody").await;
            desk.execute(sql!(change, account)).await;
        }
        let (_, gone) = subscriber(desk, "gone@vandijk.example", "Gone").await;
        newsletter::unsubscribe(desk, &gone).await.unwrap();

        assert_eq!(newsletter::list(desk, &staff).await.unwrap().subscribers, 4);
        let id = newsletter::create(desk, &staff, &form("News")).await.unwrap();
        desk.new_deeds().await;
        assert_eq!(newsletter::send(desk, &staff, id, 1).await.unwrap(), 4);
        assert_eq!(desk.new_event().await, Event::NewsletterSent { newsletter: id, name: "News".into(), subscribers: 4 });
        let letters =
            desk.expect_mail(&[("newsletter", CARLA), ("newsletter", DAAN), ("newsletter", EVA), ("newsletter", STAFF)]).await;
        let (dutch, english) = letters.split_first().unwrap();
        assert!(dutch.subject == "Nieuws" && dutch.text.contains("Goed *nieuws*.") && dutch.text.contains("Afmelden: "), "{dutch:#?}");
        assert!(dutch.html.contains("Goed <em>nieuws</em>."), "{}", dutch.html);
        for letter in english {
            let says = |words: &str| letter.text.contains(words);
            assert!(letter.subject == "News" && says("Good *news*.") && says("Unsubscribe: "), "{letter:#?}");
            assert!(letter.html.contains("Good <em>news</em>."), "{}", letter.html);
        }
        let mut tokens: Vec<_> = letters.iter().map(|letter| letter.token()).collect();
        tokens.sort();
        tokens.dedup();
        assert_eq!(tokens.len(), 4, "each their own");
        let otherwise = sql!("SELECT COUNT(*) FROM letter WHERE newsletter IS NOT NULL AND (attempts <> 1 OR state <> 'sent')");
        assert_eq!(desk.count(otherwise).await, 0);
    }

    /// More than go into one statement; and nobody who waits for a new password waits for all of them.
    async fn a_thousand_letters_wait_behind_one_that_somebody_waits_for(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        desk.crowd(COMPANY, 1203).await;
        desk.execute(sql!("UPDATE account SET subscribed_at = 1 WHERE username LIKE 'crowd%'")).await;
        let id = newsletter::create(desk, &staff, &form("News")).await.unwrap();
        assert_eq!(newsletter::send(desk, &staff, id, 1).await.unwrap(), 1203);
        let letters = sql!("SELECT COUNT(DISTINCT subject_account) FROM letter WHERE newsletter = $1 AND recipient = subject_account", id);
        assert_eq!(desk.count(letters).await, 1203);
        let shown = newsletter::read(desk, &staff, id, 25).await.unwrap();
        assert_eq!((shown.progress.waiting, shown.page, shown.pages, shown.readers.len()), (1203, 25, 25, 3));
        assert_eq!(newsletter::read(desk, &staff, id, 99).await.unwrap().page, 25);
        desk.forgot(ANNA).await;
        outbox::send_waiting(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE kind = 'reset_password' AND state = 'sent'")).await, 1);
        desk.letters_are_looked_at().await;
    }

    /// Nor does anybody wait for it who is told of something: an ordinary letter that came later goes first.
    async fn a_newsletter_waits_behind_every_other_letter(desk) {
        let scene = desk.scene().await;
        desk.mail_goes_out().await;
        desk.crowd(COMPANY, 30).await;
        desk.execute(sql!("UPDATE account SET subscribed_at = 1 WHERE username LIKE 'crowd%'")).await;
        sent(desk, &scene.staff, "News").await;
        desk.clock.advance_seconds(60);
        let licence = desk.licence(&scene.staff, COMPANY, scene.product, |_| {}).await;
        let request = desk.ask(&scene.carla, licence).await;
        desk.decide(&scene.anna, &accept(), request).await.unwrap();
        desk.add(&scene.anna, "new@vandijk.example").await;
        outbox::send_waiting(desk).await.unwrap();
        for kind in ["request_accepted", "complete_registration"] {
            let gone = sql!("SELECT COUNT(*) FROM letter WHERE kind = $1 AND state = 'sent'", kind);
            assert_eq!(desk.count(gone).await, 1, "{kind}");
        }
        desk.letters_are_looked_at().await;
    }

    /// Delete `AND sent_at IS NULL` in `newsletter::send` to see it fail on PostgreSQL: both then say that they sent it.
    async fn of_two_who_send_at_once_one_does(desk) {
        let staff = desk.staff().await;
        for (username, name) in [(CARLA, "Carla de Bruin"), (DAAN, "Daan Vos")] {
            subscriber(desk, username, name).await;
        }
        let other = desk.another(|_| {}).await;
        in_batches("the same newsletter sent twice", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let id = newsletter::create(desk, &staff, &form(&format!("News {number}"))).await.unwrap();
                let outcomes = both(number, || send(desk, &staff, id), || send(&other, &staff, id)).await;
                let ((Ok(2), lost) | (lost, Ok(2))) = outcomes else { panic!("nobody won: {outcomes:?}") };
                let lost = refused(lost);
                assert!(lost == Refusal::NewsletterSent || lost == Refusal::Changed, "{lost:?}");
                assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE newsletter = $1", id)).await, 2);
            }))
            .await;
        })
        .await;
        let newsletters = desk.count(sql!("SELECT COUNT(*) FROM newsletter WHERE sent_at IS NOT NULL AND subscribers = 2")).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'newsletter_sent'")).await, newsletters);
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    async fn subscribing_and_unsubscribing_twice_is_once(desk) {
        let account = desk.account(CARLA, "Carla de Bruin").await;
        let carla = person(desk, account, CARLA).await;
        assert!(!is_subscribed(desk, &carla).await);
        let before = desk.dump().await;
        newsletter::unsubscribe(desk, &carla).await.unwrap();
        assert_eq!(desk.dump().await, before);

        newsletter::subscribe(desk, &carla).await.unwrap();
        assert_eq!(desk.new_event().await, Event::NewsletterSubscribed { account });
        let since = newsletter::subscription(desk, &carla).await.unwrap();
        assert!(since.since.is_some());
        let before = desk.dump().await;
        desk.clock.advance_seconds(DAY);
        newsletter::subscribe(desk, &carla).await.unwrap();
        assert_eq!(desk.dump().await, before);
        assert_eq!(newsletter::subscription(desk, &carla).await.unwrap(), since);

        newsletter::unsubscribe(desk, &carla).await.unwrap();
        assert_eq!(desk.new_event().await, Event::NewsletterUnsubscribed { account });
        assert!(!is_subscribed(desk, &carla).await);
        let before = desk.dump().await;
        newsletter::unsubscribe(desk, &carla).await.unwrap();
        assert_eq!(desk.dump().await, before);
    }

    /// A5: opening it changes nothing; using it does, as often as somebody likes, and nobody has to be signed in.
    async fn the_link_in_a_newsletter_unsubscribes(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        let (account, carla) = subscriber(desk, CARLA, "Carla de Bruin").await;
        let token = token_sent(desk, &staff, CARLA).await;
        desk.new_deeds().await;
        let before = desk.dump().await;
        for _ in 0..2 {
            assert!(newsletter::look_at_link(desk, &token).await.unwrap());
        }
        assert_eq!(desk.dump().await, before);

        newsletter::unsubscribe_by_link(desk, &from_address(7), &token).await.unwrap();
        let deeds = desk.new_deeds().await;
        let [deed] = deeds.as_slice() else { panic!("{deeds:#?}") };
        assert_eq!((deed.kind.as_str(), deed.subject, deed.actor), ("newsletter_unsubscribed", Some(account.0), None));
        assert_eq!(deed.address.as_deref(), Some("192.0.2.7"));
        assert!(!is_subscribed(desk, &carla).await);
        assert!(!newsletter::look_at_link(desk, &token).await.unwrap());
        let before = desk.dump().await;
        newsletter::unsubscribe_by_link(desk, &from_address(8), &token).await.unwrap();
        assert_eq!(desk.dump().await, before);

        // A token for something else is none.
        desk.forgot(ANNA).await;
        let reset = desk.expect_reset(ANNA).await;
        for other in ["", "x", &token[1..], &reset] {
            assert_eq!(refused_link(newsletter::look_at_link(desk, other).await), LinkState::Unknown, "{other}");
            assert_eq!(refused_link(newsletter::unsubscribe_by_link(desk, &here(), other).await), LinkState::Unknown, "{other}");
        }
    }

    /// Ask for `link.open(…)` in `newsletter::unsubscribe_by_link` to see it fail.
    async fn every_newsletter_that_somebody_ever_got_unsubscribes(desk) {
        let staff = desk.staff().await;
        let (account, carla) = subscriber(desk, CARLA, "Carla de Bruin").await;
        let first = token_sent(desk, &staff, CARLA).await;
        newsletter::unsubscribe(desk, &carla).await.unwrap();
        newsletter::subscribe(desk, &carla).await.unwrap();
        let second = token_sent(desk, &staff, CARLA).await;
        assert_ne!(first, second, "the first was replaced");
        // A7: a new password withdraws the account's links.
        let new = "Vlonder-Negen-Reiger-17";
        profile::change_password(desk, &desk.visit(CARLA).await, PASSWORD, new, new).await.unwrap();
        let withdrawn = "SELECT COUNT(*) FROM link WHERE account = $1 AND purpose = 'unsubscribe' AND withdrawn_at IS NOT NULL";
        assert_eq!(desk.count(sql!(withdrawn, account)).await, 1);
        let third = token_sent(desk, &staff, CARLA).await;
        // Long after all else that is old was swept.
        desk.clock.advance_seconds(3 * 365 * DAY);
        links::sweep(desk).await.unwrap();
        for token in [first, second, third] {
            assert!(newsletter::look_at_link(desk, &token).await.unwrap());
            newsletter::unsubscribe_by_link(desk, &here(), &token).await.unwrap();
            assert!(!is_subscribed(desk, &carla).await);
            newsletter::subscribe(desk, &carla).await.unwrap();
        }
    }

    /// RFC 8058, as a mail program finds it.
    async fn a_newsletter_tells_mail_programs_where_to_unsubscribe(desk) {
        let mail_server = MailServer::start().await;
        let worker = desk.another(|settings| settings.smtp_url = Some(mail_server.url())).await;
        let staff = desk.staff().await;
        let (_, carla) = subscriber(desk, CARLA, "Carla de Bruin").await;
        sent(desk, &staff, "News").await;
        desk.forgot(STAFF).await;
        assert_eq!(outbox::send_waiting(&worker).await.unwrap(), 2);
        let mails = mail_server.mails();
        let [reset, news] = mails.as_slice() else { panic!("{mails:#?}") };
        assert_eq!(header(news, "Subject: "), Some("News"));
        assert_eq!(header(news, "List-Unsubscribe-Post: "), Some("List-Unsubscribe=One-Click"));
        let url = header(news, "List-Unsubscribe: ").unwrap();
        let token = url.strip_prefix("<http://balie.test/unsubscribe/").unwrap().strip_suffix('>').unwrap();
        let (_, body) = news.split_once("\r\n\r\n").unwrap();
        assert_eq!(token, token_in(body), "the address that stands in the letter");
        newsletter::unsubscribe_by_link(desk, &here(), token).await.unwrap();
        assert!(!is_subscribed(desk, &carla).await);
        assert!(header(reset, "List-Unsubscribe").is_none(), "{reset}");
        desk.letters_are_looked_at().await;
        worker.db.close().await;
    }

    /// RFC 8058: from a mail provider, which has neither cookie nor Origin. Nothing else gets in that way.
    async fn one_click_needs_the_token_alone(desk) {
        let staff = desk.staff().await;
        let (_, carla) = subscriber(desk, CARLA, "Carla de Bruin").await;
        let token = token_sent(desk, &staff, CARLA).await;
        let served = serve(desk).await;
        let elsewhere = Client::new();
        let ask = |method: Method, path: &str| {
            let request = elsewhere.request(method, format!("http://{}{path}", served.address));
            request.header("content-type", "application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click")
        };
        let path = format!("/unsubscribe/{token}");
        // Whatever opens links changes nothing.
        served.get(&path).send().await.unwrap();
        elsewhere.head(format!("http://{}{path}", served.address)).send().await.unwrap();
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            assert_eq!(ask(method.clone(), &path).send().await.unwrap().status(), 403, "{method}");
        }
        let around = [format!("{path}/"), format!("{path}/x"), format!("/x{path}")];
        for other in ["/unsubscribe", "/unsubscribe/", "/who", "/dev/clock"].into_iter().chain(around.iter().map(String::as_str)) {
            assert_eq!(ask(Method::POST, other).send().await.unwrap().status(), 403, "{other}");
        }
        assert!(is_subscribed(desk, &carla).await);

        let answer = ask(Method::POST, &path).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
        assert_eq!(answer.text().await.unwrap(), "You are unsubscribed.");
        assert!(!is_subscribed(desk, &carla).await);
        // Again; and as a browser would send it from another site, for somebody who is signed in.
        assert_eq!(ask(Method::POST, &path).send().await.unwrap().status(), 200);
        newsletter::subscribe(desk, &carla).await.unwrap();
        let forged = ask(Method::POST, &path).header("origin", "https://evil.example").header("sec-fetch-site", "cross-site");
        assert_eq!(forged.header("cookie", format!("session={CARLA}")).send().await.unwrap().status(), 200);
        assert!(!is_subscribed(desk, &carla).await);
        for unknown in ["/unsubscribe/x", &path[..path.len() - 1]] {
            let cookie = format!("session={CARLA}");
            assert_eq!(ask(Method::POST, unknown).header("cookie", cookie).send().await.unwrap().status(), 404, "{unknown}");
        }

        // Who asks too often waits, from whatever address the others ask.
        let local = Anyone { address: IpAddr::V4(Ipv4Addr::LOCALHOST), ..here() };
        let mut tries = 0;
        while newsletter::unsubscribe_by_link(desk, &local, &token).await.is_ok() {
            tries += 1;
            assert!(tries < 2000, "there is no end to it");
        }
        // Two a second are let in again meanwhile.
        until("one is too many", async || ask(Method::POST, &path).send().await.unwrap().status() == 429).await;
        newsletter::unsubscribe_by_link(desk, &here(), &token).await.unwrap();
    }

    async fn staff_see_how_far_it_is_and_who_got_it(desk) {
        let staff = desk.staff().await;
        let mut people = Vec::new();
        for (username, name) in [(EVA, "Eva Smit"), (DAAN, "Daan Vos"), (CARLA, "Carla de Bruin"), (KARIM, "Karim Haddad")] {
            people.push(subscriber(desk, username, name).await);
        }
        let id = sent(desk, &staff, "News").await;
        let waiting = page(desk, &staff, id).await;
        assert_eq!((waiting.stage, waiting.sent.is_some()), (Stage::Sending, true));
        assert_eq!(waiting.progress, Progress { all: 4, waiting: 4, ..Progress::default() });
        let names = ["Carla de Bruin", "Daan Vos", "Eva Smit", "Karim Haddad"];
        assert_eq!(states(&waiting), names.map(|name| (name, Copy::Waiting)));
        assert_eq!(newsletter::list(desk, &staff).await.unwrap().lines[0].stage, Stage::Sending);

        // Eva unsubscribes, Daan is blocked, Carla's mail server took nothing for days.
        newsletter::unsubscribe(desk, &people[0].1).await.unwrap();
        desk.company(COMPANY, "Van Dijk Bruggenbouw", &[]).await;
        desk.membership(COMPANY, people[1].0, "user").await;
        desk.block(COMPANY, people[1].0).await;
        desk.execute(sql!("UPDATE letter SET state = 'failed' WHERE subject_account = $1", people[2].0)).await;
        desk.mail_goes_out().await;
        let done = page(desk, &staff, id).await;
        assert_eq!(states(&done), [
            ("Carla de Bruin", Copy::Failed),
            ("Daan Vos", Copy::Dropped),
            ("Eva Smit", Copy::Dropped),
            ("Karim Haddad", Copy::Sent),
        ]);
        let karim = Reader { name: "Karim Haddad".into(), username: KARIM.into(), state: Copy::Sent, at: done.readers[3].at };
        assert_eq!(done.readers[3], karim);
        assert!(karim.at.is_some() && done.readers[..3].iter().all(|reader| reader.at.is_none()));
        let progress = Progress { all: 4, sent: 1, failed: 1, dropped: 2, waiting: 0 };
        assert_eq!((done.stage, done.progress, done.subscribers), (Stage::Sent, progress, 2));
        let list = newsletter::list(desk, &staff).await.unwrap();
        assert_eq!((list.lines[0].progress, list.lines[0].stage, list.subscribers), (progress, Stage::Sent, 2));
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM dev_mail")).await, 1, "nobody else was written to");

        // Who got it stays visible, when other letters are long forgotten.
        desk.forgot(KARIM).await;
        desk.expect_reset(KARIM).await;
        desk.clock.advance_seconds(91 * DAY);
        outbox::sweep(desk).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE newsletter IS NULL")).await, 0);
        assert_eq!(page(desk, &staff, id).await.readers, done.readers);
    }

    /// Only staff hear of newsletters: as they write them, as one is sent, and once for a batch of its letters.
    async fn open_pages_of_staff_follow_it(desk) {
        const NEWSLETTER: &str = r#""newsletter""#;
        let anna = desk.office().await;
        let staff = desk.staff().await;
        for (username, name) in [(CARLA, "Carla de Bruin"), (DAAN, "Daan Vos")] {
            subscriber(desk, username, name).await;
        }
        let served = serve(desk).await;
        let mut staffs = served.live(&desk.sign_in(STAFF).await).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let id = newsletter::create(desk, &staff, &form("News")).await.unwrap();
        assert_eq!(staffs.next_change().await.as_deref(), Some(NEWSLETTER));
        newsletter::send(desk, &staff, id, 1).await.unwrap();
        for what in ["sent", "the letters"] {
            assert_eq!(staffs.next_change().await.as_deref(), Some(NEWSLETTER), "{what}");
        }
        desk.expect_mail(&[("newsletter", CARLA), ("newsletter", DAAN)]).await;
        assert_eq!(page(desk, &staff, id).await.stage, Stage::Sent);
        desk.add(&anna, KARIM).await;
        assert_eq!(annas.heard_until(r#"{"changed":[10001,"users"]}"#).await, Vec::<String>::new());
        desk.expect_invitation(KARIM).await;
    }

    /// U3: as `Letter::recipients` says as each is sent; were the two not alike, letters would be dropped and written anew.
    async fn mail_that_goes_to_the_administrators_does_so_here_too(desk) {
        desk.office().await;
        desk.administrator(COMPANY, BRAM, "Bram Janssen").await;
        desk.execute(sql!("UPDATE account SET language = 'nl' WHERE username = $1", BRAM)).await;
        let staff = desk.staff().await;
        let (karims, karim) = subscriber(desk, KARIM, "Karim Haddad").await;
        desk.membership(COMPANY, karims, "user").await;
        desk.execute(sql!("UPDATE membership SET mail_to_administrators = TRUE WHERE account = $1", karims)).await;
        let id = sent(desk, &staff, "News").await;
        let letters = desk.expect_mail(&[("newsletter", ANNA), ("newsletter", BRAM)]).await;
        let [annas, brams] = letters.as_slice() else { panic!("{letters:#?}") };
        assert!(annas.subject == "News" && annas.text.starts_with("Karim Haddad (karim@vandijk.example) subscribed"), "{}", annas.text);
        let whose = "Karim Haddad (karim@vandijk.example) heeft zich aangemeld";
        assert!(brams.subject == "Nieuws" && brams.text.starts_with(whose), "{}", brams.text);
        let shown = page(desk, &staff, id).await;
        assert_eq!((shown.progress.all, shown.progress.sent, states(&shown)), (1, 1, vec![("Karim Haddad", Copy::Sent)]));
        // Whoever reads it for him unsubscribes him.
        newsletter::unsubscribe_by_link(desk, &here(), &annas.token()).await.unwrap();
        assert!(!is_subscribed(desk, &karim).await);
        newsletter::subscribe(desk, &karim).await.unwrap();

        // A4: with a second company it is nobody else's, nor with staff's rights.
        desk.company(OFFSHORE, "Van Dijk Offshore", &[]).await;
        desk.membership(OFFSHORE, karims, "user").await;
        sent(desk, &staff, "News").await;
        desk.expect_mail(&[("newsletter", KARIM)]).await;
        desk.execute(sql!("DELETE FROM membership WHERE company = $1", OFFSHORE)).await;
        desk.execute(sql!("UPDATE account SET staff = TRUE WHERE id = $1", karims)).await;
        sent(desk, &staff, "News").await;
        desk.expect_mail(&[("newsletter", KARIM)]).await;
        desk.execute(sql!("UPDATE account SET staff = FALSE WHERE id = $1", karims)).await;
        // Where no administrator is left to get it, it goes to the person.
        desk.execute(sql!("UPDATE membership SET role = 'user'")).await;
        sent(desk, &staff, "News").await;
        desk.expect_mail(&[("newsletter", KARIM)]).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE attempts <> 1 OR state <> 'sent'")).await, 0);
    }

    /// Who gets it was decided as it was queued, which may be days ago.
    async fn a_newsletter_that_waited_goes_to_whoever_gets_it_now(desk) {
        desk.office().await;
        let staff = desk.staff().await;
        let (karims, _) = subscriber(desk, KARIM, "Karim Haddad").await;
        desk.membership(COMPANY, karims, "user").await;
        let id = sent(desk, &staff, "News").await;
        desk.execute(sql!("UPDATE membership SET mail_to_administrators = TRUE WHERE account = $1", karims)).await;
        desk.mail_goes_out().await;
        let letters = "SELECT a.username, l.state FROM letter l JOIN account a ON a.id = l.recipient WHERE l.newsletter = $1
                       ORDER BY a.username";
        let letters: Vec<(String, String)> = desk.db.all(sql!(letters, id)).await.unwrap();
        assert_eq!(letters, [(ANNA, "sent"), (KARIM, "dropped")].map(|(username, state)| (username.to_owned(), state.to_owned())));
        let shown = page(desk, &staff, id).await;
        assert_eq!((shown.progress.all, states(&shown)), (1, vec![("Karim Haddad", Copy::Sent)]));
    }

    /// Nothing of what stands in it is markup: neither in the preview nor in the mail.
    async fn hostile_markdown_harms_nobody(desk) {
        let staff = desk.staff().await;
        subscriber(desk, CARLA, "Carla <script>alert(0)</script>").await;
        let hostile = "# <script>alert(1)</script>\n\n<iframe src=//evil.example></iframe>\n\n[a](javascript:alert(2)) \
                       [b](https://nen.example/\"onclick=\"alert(3)) ![c](https://evil.example/pixel.gif)\n\nBcc: evil@evil.example";
        let form = NewsletterForm { subject_en: "<b>News</b> =?utf-8?q?evil?=".into(), text_en: hostile.into(), ..form("") };
        let preview = newsletter::preview(&staff, &form).unwrap();
        assert_eq!((preview.en.subject.as_str(), preview.en.text.as_str()), ("<b>News</b> =?utf-8?q?evil?=", hostile));
        assert_eq!(preview.nl.html, "<p>Goed <em>nieuws</em>.</p>\n");
        let id = newsletter::create(desk, &staff, &form).await.unwrap();
        newsletter::send(desk, &staff, id, 1).await.unwrap();
        let letter = desk.expect_mail(&[("newsletter", CARLA)]).await.remove(0);
        assert!(letter.text.contains(hostile), "the plain text is what staff wrote: {}", letter.text);
        for html in [preview.en.html, letter.html] {
            for evil in ["<script", "<iframe", "javascript:", "\"onclick", "<img", "pixel.gif"] {
                assert!(!html.contains(evil), "{evil} in {html}");
            }
            for kept in ["<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>", "href=\"https://nen.example/"] {
                assert!(html.contains(kept), "{kept} in {html}");
            }
        }
    }
}
