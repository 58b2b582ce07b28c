//! U6 and A7 under races, as in [`crate::races`]: two processes, pair after pair.

use crate::{
    races::{BATCH, both, in_batches, pairs},
    support::{ANNA, COMPANY, TestDesk, form, from_address, on_both, refused},
};
use futures::future::join_all;
use server::{Desk, Error, callers::Administrator, deed::Deed, sign_in::sign_in, sql, users};
use shared::{
    AccountId, CompanyNumber, Refusal, Role,
    event::Event,
    users::{Chosen, UserForm},
};
use std::time::Duration;
use tokio::task::JoinHandle;

/// A company with two administrators, for one pair after the other.
struct Two {
    company: CompanyNumber,
    callers: [Administrator; 2],
    ids: [AccountId; 2],
    usernames: [String; 2],
}

async fn two(desk: &TestDesk, number: i64) -> Two {
    let company = CompanyNumber(20000 + number);
    desk.company(company, "Van Dijk", &["vandijk.example"]).await;
    let usernames = ["a", "b"].map(|who| format!("{who}{number}@vandijk.example"));
    let callers = [
        desk.administrator(company, &usernames[0], "Anna de Vries").await,
        desk.administrator(company, &usernames[1], "Bram Janssen").await,
    ];
    let ids = [desk.id_of(&usernames[0]).await, desk.id_of(&usernames[1]).await];
    Two { company, callers, ids, usernames }
}

impl Two {
    /// Both are administrators again.
    async fn restore(&self, desk: &TestDesk) {
        desk.execute(sql!("DELETE FROM membership WHERE company = $1", self.company)).await;
        for id in self.ids {
            desk.membership(self.company, id, "administrator").await;
        }
    }

    async fn administrators(&self, desk: &TestDesk) -> i64 {
        let left =
            "SELECT COUNT(*) FROM membership WHERE company = $1 AND role = 'administrator' AND state = 'active' AND blocked_at IS NULL";
        desk.count(sql!(left, self.company)).await
    }

    async fn deeds(&self, desk: &TestDesk) -> i64 {
        desk.count(sql!("SELECT COUNT(*) FROM history WHERE company = $1 AND kind LIKE 'user_%'", self.company)).await
    }

    /// One of them, by the other.
    fn demote(&self, desk: &Desk, whom: usize) -> JoinHandle<server::Result<()>> {
        let (desk, by, id) = (desk.clone(), self.callers[1 - whom].clone(), self.ids[whom]);
        let form = UserForm { role: "user".into(), ..form(&self.usernames[whom], ["Anna de Vries", "Bram Janssen"][whom]) };
        tokio::spawn(async move { users::save(&desk, &by, id, &form).await })
    }

    fn remove(&self, desk: &Desk, whom: usize) -> JoinHandle<server::Result<()>> {
        let (desk, by, id) = (desk.clone(), self.callers[1 - whom].clone(), self.ids[whom]);
        tokio::spawn(async move { users::remove(&desk, &by, id).await })
    }

    /// By nobody whose permit could be asked, and without asking a rule: only the door that all deeds go through is left.
    fn demote_carelessly(&self, desk: &Desk, whom: usize) -> JoinHandle<server::Result<()>> {
        let (desk, company, account) = (desk.clone(), self.company, self.ids[whom]);
        tokio::spawn(async move {
            let mut deed = Deed::by_the_system(&desk).await?;
            deed.lock_company(company).await?;
            deed.execute(sql!("UPDATE membership SET role = 'user' WHERE company = $1 AND account = $2", company, account)).await?;
            let role = Some(Role::User);
            deed.commit(Event::UserEdited {
                company,
                account,
                details: false,
                role,
                blocked: None,
                mail_to_administrators: None,
                mailed: false,
            })
            .await
        })
    }
}

/// Pair after pair in ten companies at once: one of the two deeds happens, the other is refused, an administrator is left.
async fn one_of_two(
    desk: &TestDesk,
    what: &str,
    why_not: Refusal,
    race: impl Fn(&Two, usize, &Desk) -> (JoinHandle<server::Result<()>>, JoinHandle<server::Result<()>>),
) {
    let other = desk.another(|_| {}).await;
    let companies = join_all((0..BATCH).map(|number| two(desk, i64::try_from(number).unwrap()))).await;
    in_batches(what, async |numbers| {
        join_all(numbers.iter().zip(&companies).map(async |(&number, two)| {
            two.restore(desk).await;
            let deeds = two.deeds(desk).await;
            let (a, b) = race(two, number, &other);
            let outcomes = (a.await.unwrap(), b.await.unwrap());
            assert_eq!(two.administrators(desk).await, 1, "{outcomes:?}");
            let ((Ok(()), lost) | (lost, Ok(()))) = outcomes else { panic!("nobody won: {outcomes:?}") };
            assert_eq!(refused(lost), why_not);
            assert_eq!(two.deeds(desk).await, deeds + 1);
        }))
        .await;
    })
    .await;
    other.db.close().await;
}

on_both! {
    /// Delete the lock in `Deed::lock_company` to see it fail on PostgreSQL: both permits are then asked before either deed is done.
    async fn two_administrators_demote_each_other(desk) {
        one_of_two(desk, "two administrators demote each other", Refusal::NotAllowed, |two, number, other| {
            if number.is_multiple_of(2) {
                (two.demote(desk, 0), two.demote(other, 1))
            } else {
                let b = two.demote(other, 1);
                (two.demote(desk, 0), b)
            }
        })
        .await;
    }

    /// The same line.
    async fn one_demotes_and_one_removes_the_other(desk) {
        one_of_two(desk, "one demotes and one removes the other", Refusal::NotAllowed, |two, number, other| {
            if number.is_multiple_of(2) {
                (two.demote(desk, 0), two.remove(other, 1))
            } else {
                let b = two.remove(other, 1);
                (two.demote(desk, 0), b)
            }
        })
        .await;
    }

    /// Delete `keep_an_administrator` in `Deed::commit_all` to see it fail on both databases.
    async fn the_door_holds_where_no_rule_was_asked_before(desk) {
        one_of_two(desk, "two careless deeds", Refusal::LastAdministrator, |two, number, other| {
            if number.is_multiple_of(2) {
                (two.demote_carelessly(desk, 0), two.demote_carelessly(other, 1))
            } else {
                let b = two.demote_carelessly(other, 1);
                (two.demote_carelessly(desk, 0), b)
            }
        })
        .await;
    }

    /// Delete the locks in `Deed::lock_company` and `Deed::lock_account_if_there` to see it fail on PostgreSQL: the second then finds that
    /// somebody else was first.
    async fn somebody_is_removed_once(desk) {
        let anna = desk.office().await;
        let bram = desk.administrator(COMPANY, "bram@vandijk.example", "Bram Janssen").await;
        let other = desk.another(|_| {}).await;
        let remove = |desk: &Desk, by: &Administrator, id| {
            let (desk, by) = (desk.clone(), by.clone());
            tokio::spawn(async move { users::remove(&desk, &by, id).await })
        };
        in_batches("the same person removed twice", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let carla = desk.account(&format!("p{number}@vandijk.example"), "Carla de Bruin").await;
                desk.membership(COMPANY, carla, "user").await;
                let outcomes = both(number, || remove(desk, &anna, carla), || remove(&other, &bram, carla)).await;
                let ((Ok(()), lost) | (lost, Ok(()))) = outcomes else { panic!("nobody won: {outcomes:?}") };
                assert!(matches!(lost, Err(Error::NotFound)), "{lost:?}");
                assert_eq!(desk.kinds_of(carla).await, ["user_removed"]);
            }))
            .await;
        })
        .await;
        other.db.close().await;
    }

    /// A7. Delete `may_still_be_in` in `sign_in::let_in`, or on PostgreSQL `lock_account` in `users::bulk`, to see it fail: somebody who was
    /// let in before and got the session after has one that comes to life when they are unblocked.
    async fn whoever_is_blocked_while_signing_in_has_no_session(desk) {
        let anna = desk.office().await;
        let other = desk.another(|_| {}).await;
        let carla = desk.account("carla@vandijk.example", "Carla de Bruin").await;
        desk.membership(COMPANY, carla, "user").await;
        let blocked = UserForm { blocked: Some("on".into()), ..form("carla@vandijk.example", "Carla de Bruin") };
        // Hashing takes its time: the moment between the check and the session is looked for from the last round on.
        let (mut wait, mut let_in) = (Duration::from_millis(30), 0);
        for number in 0..pairs() {
            desk.execute(sql!("UPDATE membership SET blocked_at = NULL WHERE account = $1", carla)).await;
            let (signing_in, blocking) = both(
                number,
                || {
                    let (desk, from) = (desk.another_hand(), from_address(u8::try_from(number % 250).unwrap()));
                    tokio::spawn(async move { sign_in(&desk, &from, "carla@vandijk.example", crate::support::PASSWORD).await })
                },
                || {
                    let (other, anna, blocked) = (other.clone(), anna.clone(), blocked.clone());
                    tokio::spawn(async move {
                        tokio::time::sleep(wait).await;
                        if number % 4 < 2 {
                            users::save(&other, &anna, carla, &blocked).await
                        } else {
                            users::block_chosen(&other, &anna, &Chosen::Some(vec![carla])).await.map(|_| ())
                        }
                    })
                },
            )
            .await;
            blocking.unwrap();
            if signing_in.is_ok() {
                let_in += 1;
                wait = wait.saturating_sub(Duration::from_micros(700));
            } else {
                assert_eq!(refused(signing_in), Refusal::SignIn);
                wait += Duration::from_millis(1);
            }
            let sessions = sql!("SELECT COUNT(*) FROM session WHERE account = $1", carla);
            assert_eq!(desk.count(sessions).await, 0, "pair {number}");
            desk.execute(sql!("DELETE FROM sign_in_guard")).await;
        }
        println!("  {let_in} of {} got in before they were blocked", pairs());
        assert_eq!(desk.id_of(ANNA).await, desk.visit(ANNA).await.standing.account);
        other.db.close().await;
    }
}
