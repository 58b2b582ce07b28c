//! U2: how far the mail is that was sent again to several.

use crate::support::{ANNA, COMPANY, TestDesk, form, on_both, refused, serve};
use server::{callers::Administrator, general_account, mail_progress, outbox, sql, users};
use shared::{
    AccountId, BatchId, Refusal,
    mailing::Progress,
    users::{Chosen, UserForm},
};

const BRAM: &str = "bram@vandijk.example";
const CARLA: &str = "carla@vandijk.example";
const DAAN: &str = "daan@vandijk.example";
const EVA: &str = "eva@vandijk.example";
const KARIM: &str = "karim@vandijk.example";
const DAY: i64 = 24 * 3600;

/// Invited, with their mail behind them.
async fn invited(desk: &TestDesk, anna: &Administrator, usernames: &[&str]) -> Vec<AccountId> {
    let mut people = Vec::new();
    for username in usernames {
        people.push(desk.add(anna, username).await);
    }
    desk.mail_goes_out().await;
    people
}

async fn resent(desk: &TestDesk, anna: &Administrator, people: &[AccountId]) -> BatchId {
    let (done, batch) = users::resend_chosen(desk, anna, &Chosen::Some(people.to_vec())).await.unwrap();
    assert_eq!(done as usize, people.len());
    batch
}

async fn progress(desk: &TestDesk, by: &Administrator, batch: BatchId) -> Option<Progress> {
    mail_progress::of_batch(desk, by, batch).await.unwrap()
}

fn waiting(waiting: u32) -> Option<Progress> {
    Some(Progress { all: waiting, waiting, ..Progress::default() })
}

fn sent(sent: u32) -> Option<Progress> {
    Some(Progress { all: sent, sent, ..Progress::default() })
}

on_both! {
    async fn administrators_see_how_far_it_is(desk) {
        let anna = desk.office().await;
        let dirk = desk.offshore().await;
        let people = invited(desk, &anna, &[CARLA, DAAN, EVA]).await;
        let (batch, other) = (resent(desk, &anna, &people).await, resent(desk, &anna, &people[..1]).await);
        assert_eq!((progress(desk, &anna, batch).await, progress(desk, &anna, other).await), (waiting(3), waiting(1)));
        for (by, unknown) in [(&dirk, batch), (&anna, BatchId(desk.new_id()))] {
            assert_eq!(progress(desk, by, unknown).await, None, "another company's, or nobody's");
        }

        // Carla's newer mail goes instead; Daan's mail server took nothing for days.
        desk.execute(sql!("UPDATE letter SET state = 'failed' WHERE subject_account = $1 AND batch = $2", people[1], batch)).await;
        desk.mail_goes_out().await;
        let expected = Progress { all: 3, sent: 1, failed: 1, dropped: 1, waiting: 0 };
        assert_eq!((progress(desk, &anna, batch).await, progress(desk, &anna, other).await), (Some(expected), sent(1)));

        desk.clock.advance_seconds(91 * DAY);
        outbox::sweep(desk).await.unwrap();
        assert_eq!(progress(desk, &anna, batch).await, None, "it is forgotten with its letters");
    }

    /// What went to some of them only is followed as well; and a mail to one alone belongs to no batch.
    async fn where_not_all_could_be_mailed(desk) {
        let anna = desk.office().await;
        let mut people = invited(desk, &anna, &[CARLA, DAAN]).await;
        users::resend(desk, &anna, people[0]).await.unwrap();
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE batch IS NOT NULL")).await, 0);
        people.push(desk.id_of(ANNA).await);
        let Refusal::Some(not_all) = refused(users::resend_chosen(desk, &anna, &Chosen::Some(people)).await) else { panic!("another refusal") };
        assert_eq!((not_all.done, not_all.refused), (2, 1));
        assert_eq!(progress(desk, &anna, not_all.mail.unwrap()).await, waiting(2));
        desk.mail_goes_out().await;
        assert_eq!(progress(desk, &anna, not_all.mail.unwrap()).await, sent(2));
    }

    /// U3: a person is counted once, by whomever their mail is read, also where that changes meanwhile. Leave `batch` out of `Letter::insert`,
    /// or out of what `mailing::reroute` reads, to see it fail.
    async fn mail_that_goes_to_the_administrators_counts_as_the_persons(desk) {
        let anna = desk.office().await;
        desk.administrator(COMPANY, BRAM, "Bram Janssen").await;
        let redirected = UserForm { mail_to_administrators: Some("on".into()), ..form(KARIM, "Karim Haddad") };
        let karim = users::add(desk, &anna, &redirected).await.unwrap();
        let carla = invited(desk, &anna, &[CARLA]).await[0];
        let batch = resent(desk, &anna, &[karim, carla]).await;
        assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM letter WHERE batch = $1", batch)).await, 3);
        assert_eq!(progress(desk, &anna, batch).await, waiting(2));
        desk.execute(sql!("UPDATE letter SET state = 'sent' WHERE batch = $1 AND recipient = $2", batch, desk.id_of(ANNA).await)).await;
        assert_eq!(progress(desk, &anna, batch).await, waiting(2), "Bram's waits");
        desk.execute(sql!("UPDATE membership SET mail_to_administrators = TRUE WHERE account = $1", carla)).await;
        desk.mail_goes_out().await;
        assert_eq!(progress(desk, &anna, batch).await, sent(2), "Carla's is dropped, and goes to the administrators");

        let bram = desk.id_of(BRAM).await;
        desk.save(&anna, bram, |form| form.role = "user".into()).await.unwrap();
        assert_eq!(progress(desk, &anna, batch).await, waiting(2), "a new link, which Bram has not");
        desk.mail_goes_out().await;
        assert_eq!(progress(desk, &anna, batch).await, sent(2));
    }

    async fn open_pages_hear_that_letters_go(desk) {
        const USERS: &str = r#"{"changed":[10001,"users"]}"#;
        let anna = desk.office().await;
        let people = invited(desk, &anna, &[CARLA]).await;
        let served = serve(desk).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let batch = resent(desk, &anna, &people).await;
        for what in ["the deed", "the letter"] {
            assert_eq!(annas.next_change().await.as_deref(), Some(USERS), "{what}");
        }
        assert_eq!(progress(desk, &anna, batch).await, sent(1));
        desk.expect_invitation(CARLA).await;
    }

    /// G2: the mail with the link to a general account's first password is one of them.
    async fn open_pages_hear_that_a_general_accounts_mail_goes(desk) {
        const USERS: &str = r#"{"changed":[10001,"users"]}"#;
        let anna = desk.office().await;
        general_account::create(desk, &desk.staff().await, COMPANY, "vandijk-balie").await.unwrap();
        desk.mail_goes_out().await;
        let served = serve(desk).await;
        let mut annas = served.live(&desk.sign_in(ANNA).await).await;
        let batch = resent(desk, &anna, &[desk.id_of("vandijk-balie").await]).await;
        for what in ["the deed", "the letter"] {
            assert_eq!(annas.next_change().await.as_deref(), Some(USERS), "{what}");
        }
        assert_eq!(progress(desk, &anna, batch).await, sent(1));
        desk.expect_mail(&[("general_account_created", ANNA)]).await;
    }
}
