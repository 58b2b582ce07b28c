//! Races on real connections: two processes on one database, pair after pair. `BALIE_SOAK=1` runs 10,000 pairs instead of 300.

use crate::support::{COMPANY, MailServer, TestDesk, form, hash, here, on_both, refused};
use futures::future::join_all;
use server::{Desk, callers::Administrator, outbox, registration, sql, users};
use shared::{AccountId, CompanyNumber, FieldName, Problem, Refusal, refusal::LinkState};
use std::time::Instant;
use tokio::task::JoinHandle;

/// Pairs that run at once: more than there are cores, fewer than there are connections.
pub const BATCH: usize = 10;

pub fn pairs() -> usize {
    if std::env::var("BALIE_SOAK").is_ok_and(|soak| soak == "1") { 10_000 } else { 300 }
}

/// Somebody who was added and has the link in hand.
struct Invited {
    account: AccountId,
    token: String,
}

async fn invited(desk: &TestDesk, anna: &Administrator, number: usize) -> Invited {
    let account = users::add(desk, anna, &form(&format!("p{number}@vandijk.example"), "Carla de Bruin")).await.unwrap();
    Invited { account, token: desk.invitation_of(account).await }
}

/// With the password of all, hashed once.
fn complete(desk: &Desk, token: &str) -> JoinHandle<server::Result<()>> {
    let (desk, token) = (desk.clone(), token.to_owned());
    tokio::spawn(async move { registration::complete_hashed(&desk, &here(), &token, None, hash(&desk).await).await.map(|_| ()) })
}

fn add(desk: &Desk, by: &Administrator, username: String) -> JoinHandle<server::Result<AccountId>> {
    let (desk, by) = (desk.clone(), by.clone());
    tokio::spawn(async move { users::add(&desk, &by, &form(&username, "Carla de Bruin")).await })
}

fn resend(desk: &Desk, by: &Administrator, account: AccountId) -> JoinHandle<server::Result<()>> {
    let (desk, by) = (desk.clone(), by.clone());
    tokio::spawn(async move { users::resend(&desk, &by, account).await })
}

/// Both at once, in turn begun by the one and by the other.
pub async fn both<A, B>(number: usize, a: impl FnOnce() -> JoinHandle<A>, b: impl FnOnce() -> JoinHandle<B>) -> (A, B) {
    let (a, b) = if number.is_multiple_of(2) {
        let a = a();
        (a, b())
    } else {
        let b = b();
        (a(), b)
    };
    (a.await.unwrap(), b.await.unwrap())
}

pub async fn in_batches(what: &str, mut batch: impl AsyncFnMut(Vec<usize>)) {
    let start = Instant::now();
    let numbers: Vec<_> = (0..pairs()).collect();
    for numbers in numbers.chunks(BATCH) {
        batch(numbers.to_vec()).await;
    }
    println!("{what}: {} pairs in {:.1} s", pairs(), start.elapsed().as_secs_f32());
}

on_both! {
    /// Delete `AND used_at IS NULL` in `links::use_up` to see it fail: the second is then refused only by the membership.
    async fn a_link_is_used_once(desk) {
        let anna = desk.office().await;
        let other = desk.another(|_| {}).await;
        in_batches("the same link completed twice", async |numbers| {
            let people = join_all(numbers.iter().map(|&number| invited(desk, &anna, number))).await;
            join_all(people.iter().zip(&numbers).map(async |(person, &number)| {
                let outcomes = both(number, || complete(desk, &person.token), || complete(&other, &person.token)).await;
                let ((Ok(()), lost) | (lost, Ok(()))) = outcomes else { panic!("nobody won: {outcomes:?}") };
                assert_eq!(refused(lost), Refusal::Link(LinkState::Used));
                assert_eq!(desk.kinds_of(person.account).await, ["registration_completed", "user_added"]);
                assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM session WHERE account = $1", person.account)).await, 1);
            }))
            .await;
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// Delete `ON CONFLICT (username) DO NOTHING` in `users::add` to see it fail: the second then ends in an error of the database.
    async fn an_address_is_added_once(desk) {
        let anna = desk.office().await;
        let bram = desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        desk.company(CompanyNumber(10002), "Van Dijk Offshore", &["vandijk.example"]).await;
        let dirk = desk.administrator(CompanyNumber(10002), "dirk@vandijk.example", "Dirk Willemsen").await;
        let other = desk.another(|_| {}).await;
        in_batches("the same address added twice", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let username = format!("p{number}@vandijk.example");
                if number % 4 >= 2 {
                    // Somebody of a department, whose lock is another: both get their user, on one account.
                    let outcomes = both(number, || add(desk, &anna, username.clone()), || add(&other, &dirk, username.clone())).await;
                    let (Ok(first), Ok(second)) = outcomes else { panic!("somebody lost: {outcomes:?}") };
                    assert_eq!(first, second);
                    assert_eq!(desk.kinds_of(first).await, ["user_added", "user_added"]);
                    let given = sql!("SELECT COUNT(*) FROM membership WHERE account = $1 AND given_name IS NOT NULL", first);
                    assert_eq!(desk.count(given).await, 1, "one of the two wrote down what the account says, the other what it sees of it");
                    return;
                }
                let outcomes = both(number, || add(desk, &anna, username.clone()), || add(&other, &bram, username.clone())).await;
                let ((Ok(account), lost) | (lost, Ok(account))) = outcomes else { panic!("nobody won: {outcomes:?}") };
                assert_eq!(refused(lost), Refusal::field(FieldName::Username, Problem::AlreadyHere));
                assert_eq!(desk.kinds_of(account).await, ["user_added"]);
                assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE subject_account = $1", account)).await, 1);
            }))
            .await;
        })
        .await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// Delete `AND generation = $3` in `links::use_up` to see it fail: both then win, and the mail that was just sent is dead.
    async fn a_link_is_used_or_replaced(desk) {
        let anna = desk.office().await;
        let other = desk.another(|_| {}).await;
        in_batches("a link completed while it is sent again", async |numbers| {
            let people = join_all(numbers.iter().map(|&number| invited(desk, &anna, number))).await;
            join_all(people.iter().zip(&numbers).map(async |(person, &number)| {
                match both(number, || complete(desk, &person.token), || resend(&other, &anna, person.account)).await {
                    (Ok(()), sent) => assert_eq!(refused(sent), Refusal::AlreadyRegistered),
                    (lost, Ok(())) => assert_eq!(refused(lost), Refusal::Link(LinkState::Replaced)),
                    neither => panic!("nobody won: {neither:?}"),
                }
            }))
            .await;
        })
        .await;
        let completed = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'registration_completed'")).await;
        println!("  {completed} times the registration was first");
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// Delete `AND attempts = $3` and the condition on `claimed_until` in `outbox::claim` to see it fail: letters are sent twice.
    async fn a_letter_is_sent_by_one_worker(desk) {
        let anna = desk.office().await;
        let mail_server = MailServer::start().await;
        let numbers: Vec<_> = (0..pairs()).collect();
        for numbers in numbers.chunks(BATCH) {
            join_all(numbers.iter().map(|number| add(desk, &anna, format!("p{number}@vandijk.example")))).await;
        }
        let mut workers = Vec::new();
        for _ in 0..2 {
            workers.push(desk.another(|settings| settings.smtp_url = Some(mail_server.url())).await);
        }
        let sent = join_all(workers.iter().map(|worker| {
            let worker = worker.clone();
            tokio::spawn(async move {
                let mut sent = 0;
                // A batch of which the other worker had every letter is not the end of the queue.
                while worker.db.one::<(i64,)>(sql!("SELECT COUNT(*) FROM letter WHERE state = 'queued'")).await.unwrap().0 > 0 {
                    sent += outbox::send_waiting(&worker).await.unwrap();
                }
                sent
            })
        }))
        .await;
        let sent: Vec<usize> = sent.into_iter().map(Result::unwrap).collect();
        assert_eq!(sent.iter().sum::<usize>(), pairs(), "{sent:?}");
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE attempts <> 1 OR state <> 'sent'")).await, 0);
        let mut ids: Vec<_> = mail_server.mails().iter().map(|mail| message_id(mail)).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((mail_server.mails().len(), ids.len()), (pairs(), pairs()));
        println!("  the workers sent {sent:?}");
        desk.letters_are_looked_at().await;
        for worker in workers {
            worker.db.close().await;
        }
    }

    async fn a_lock_is_taken_away_once(desk) {
        let anna = desk.office().await;
        let bram = desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        let carla = desk.registered(&anna, "carla@vandijk.example").await;
        let other = desk.another(|_| {}).await;
        for round in 0..10 {
            desk.lock("carla@vandijk.example").await;
            let unlock = |desk: &Desk, by: &Administrator| {
                let (desk, by) = (desk.clone(), by.clone());
                tokio::spawn(async move { users::unlock(&desk, &by, carla).await })
            };
            let outcomes = both(round, || unlock(desk, &anna), || unlock(&other, &bram)).await;
            let ((Ok(()), lost) | (lost, Ok(()))) = outcomes else { panic!("nobody won: {outcomes:?}") };
            assert_eq!(refused(lost), Refusal::NotLocked);
        }
        other.db.close().await;
    }
}

fn message_id(mail: &str) -> String {
    mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned()
}
