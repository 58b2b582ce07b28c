//! P4, P6, U6 under races, as in [`crate::races`]: two processes, pair after pair. No company is left without an administrator, and nothing
//! without its person.

use crate::{
    races::{BATCH, both, in_batches, pairs},
    support::{COMPANY, OFFSHORE, PASSWORD, Scene, THIRD, TestDesk, form, from_address, hash, here, on_both, refused},
};
use futures::future::join_all;
use server::{
    Desk, Error,
    callers::{Administrator, Member},
    confirming::{self, Confirmed},
    erasing, licences, moving, requests,
    sessions::{self, Token, Visitor},
    sql, users,
};
use shared::{
    AccountId, CompanyNumber, LicenceId, Refusal, RequestId,
    licences::Chosen,
    refusal::LinkState,
    requests::{Chosen as ChosenRequests, Decision, Outcome},
    users::UserForm,
};
use std::time::Duration;
use tokio::task::JoinHandle;

type Done<T> = JoinHandle<server::Result<T>>;

/// The scene of 10001, its departments, the other process, a crowd of whom each pair has its own, and a licence for each pair of a batch.
struct Arena<'a> {
    desk: &'a TestDesk,
    other: Desk,
    scene: Scene,
    licences: Vec<LicenceId>,
}

/// Somebody of the crowd.
struct Mover {
    visitor: Visitor,
    member: Member,
    account: AccountId,
}

async fn arena(desk: &TestDesk) -> Arena<'_> {
    let scene = desk.scene().await;
    desk.offshore().await;
    desk.company(THIRD, "Van Dijk Havens", &["vandijk.example"]).await;
    desk.administrator(THIRD, "eva@vandijk.example", "Eva Bos").await;
    desk.crowd(COMPANY, u32::try_from(pairs()).unwrap()).await;
    let own = "UPDATE account SET proven_at = created_at, password_hash = $1 WHERE username LIKE 'crowd%'";
    desk.execute(sql!(own, hash(desk).await)).await;
    let mut licences = Vec::new();
    for number in 0..BATCH {
        let product = desk.product(&scene.staff, &format!("Product {number}"), &[]).await;
        licences.push(desk.licence(&scene.staff, COMPANY, product, |_| {}).await);
    }
    Arena { desk, other: desk.another(|_| {}).await, scene, licences }
}

impl Arena<'_> {
    async fn mover(&self, number: usize) -> Mover {
        let username = format!("crowd{}@vandijk.example", number + 1);
        let account = self.desk.id_of(&username).await;
        self.desk.visitor_of(account, &username).await;
        // Many from one network address would be slowed (A3).
        let from = from_address(u8::try_from(number % 250).unwrap());
        let visitor = sessions::find(self.desk, &Token::from_cookie(&username), from).await.unwrap().unwrap();
        Mover { member: visitor.member(COMPANY).unwrap(), visitor, account }
    }

    fn licence(&self, number: usize) -> LicenceId {
        self.licences[number % BATCH]
    }

    fn go(&self, desk: &Desk, visitor: &Visitor, to: CompanyNumber) -> Done<()> {
        let (desk, visitor) = (desk.clone(), visitor.clone());
        tokio::spawn(async move { moving::change_company(&desk, &visitor, COMPANY, to).await })
    }

    fn delete(&self, mover: &Mover) -> Done<()> {
        let (desk, visitor) = (self.desk.another_hand(), mover.visitor.clone());
        tokio::spawn(async move { erasing::delete_account(&desk, &visitor, PASSWORD).await })
    }

    /// The department's administrator, after a while.
    fn add(&self, by: &Administrator, username: String, wait: Duration) -> Done<AccountId> {
        let (desk, by) = (self.other.clone(), by.clone());
        tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            users::add(&desk, &by, &form(&username, "Carla de Bruin")).await
        })
    }

    /// An administrator, after a while: accepts what was asked in every other two pairs, gives it unasked else.
    fn grant(&self, number: usize, account: AccountId, request: RequestId, wait: Duration) -> Done<u32> {
        let (desk, by, licence) = (self.other.clone(), self.scene.bram.clone(), self.licence(number));
        tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            if accepts(number) {
                requests::decide(&desk, &by, &Decision::Accept, &ChosenRequests::These(vec![request])).await
            } else {
                licences::give(&desk, &by, licence, &Chosen::These(vec![account])).await
            }
        })
    }

    /// Whether the grant came first; if not, it found nobody, and the request as it was left.
    async fn granted_first(&self, number: usize, request: RequestId, granted: server::Result<u32>) -> bool {
        let state = self.desk.state_of(request).await;
        match granted {
            Ok(done) => {
                assert_eq!((done, state.as_str()), (1, "accepted"));
                true
            }
            late => {
                let why = if accepts(number) { Refusal::Decided(Outcome::Lapsed) } else { Refusal::NobodyChosen };
                assert_eq!((refused(late), state.as_str()), (why, "lapsed"));
                false
            }
        }
    }

    async fn companies_of(&self, account: AccountId) -> Vec<i64> {
        let rows: Vec<(i64,)> = self.desk.db.all(sql!("SELECT company FROM membership WHERE account = $1", account)).await.unwrap();
        rows.into_iter().map(|(company,)| company).collect()
    }

    async fn end(self) {
        nothing_is_orphaned(self.desk).await;
        self.desk.letters_are_looked_at().await;
        self.other.db.close().await;
    }
}

const fn accepts(number: usize) -> bool {
    number % 4 < 2
}

/// After all pairs. Every company of these tests has had an administrator.
async fn nothing_is_orphaned(desk: &TestDesk) {
    for (what, rows) in [
        (
            "access without a membership",
            "SELECT COUNT(*) FROM access x WHERE NOT EXISTS
               (SELECT 1 FROM membership m WHERE m.company = x.company AND m.account = x.account AND m.state = 'active')",
        ),
        (
            "open requests without a membership",
            "SELECT COUNT(*) FROM request r WHERE r.state IN ('open', 'forwarded') AND NOT EXISTS
               (SELECT 1 FROM membership m WHERE m.company = r.company AND m.account = r.account AND m.state = 'active')",
        ),
        (
            "memberships of deleted accounts",
            "SELECT COUNT(*) FROM membership m JOIN account a ON a.id = m.account WHERE a.deleted_at IS NOT NULL",
        ),
        (
            "sessions of deleted accounts",
            "SELECT COUNT(*) FROM session s JOIN account a ON a.id = s.account WHERE a.deleted_at IS NOT NULL",
        ),
        (
            "letters to deleted accounts, or about them",
            "SELECT COUNT(*) FROM letter l JOIN account a ON a.id IN (l.recipient, l.subject_account) WHERE a.deleted_at IS NOT NULL",
        ),
        (
            "deleted accounts in which something is written",
            "SELECT COUNT(*) FROM account WHERE deleted_at IS NOT NULL
               AND (name <> '' OR name_key <> '' OR search_key <> '' OR phone IS NOT NULL OR country IS NOT NULL OR username LIKE '%@%')",
        ),
        (
            "companies without an administrator",
            "SELECT COUNT(*) FROM company c WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.company = c.number
               AND m.role = 'administrator' AND m.state = 'active' AND m.blocked_at IS NULL)",
        ),
    ] {
        assert_eq!(desk.count(sql!(rows)).await, 0, "{what}");
    }
}

/// A company with two administrators and a user, and a department to go to; for one pair after the other.
struct Family {
    company: CompanyNumber,
    department: CompanyNumber,
    administrators: [Administrator; 2],
    ids: [AccountId; 3],
    usernames: [String; 3],
    /// The first of them, who goes, and the last, who succeeds.
    goes: Visitor,
    succeeds: Visitor,
}

async fn family(desk: &TestDesk, number: i64) -> Family {
    // Its number is now the lower, now the higher one: locks are taken in the order of numbers.
    let (company, department) = (CompanyNumber(20000 + number), CompanyNumber(if number % 2 == 0 { 19000 } else { 21000 } + number));
    for company in [company, department] {
        desk.company(company, "Van Dijk", &["vandijk.example"]).await;
    }
    let usernames = ["a", "b", "c"].map(|who| format!("{who}{number}@vandijk.example"));
    let administrators = [
        desk.administrator(company, &usernames[0], "Anna de Vries").await,
        desk.administrator(company, &usernames[1], "Bram Janssen").await,
    ];
    let carla = desk.account(&usernames[2], "Carla de Bruin").await;
    let ids = [desk.id_of(&usernames[0]).await, desk.id_of(&usernames[1]).await, carla];
    let there = desk.account(&format!("d{number}@vandijk.example"), "Dirk Willemsen").await;
    desk.membership(department, there, "administrator").await;
    let (goes, succeeds) = (desk.visit(&usernames[0]).await, desk.visit(&usernames[2]).await);
    Family { company, department, administrators, ids, usernames, goes, succeeds }
}

impl Family {
    /// All are what they were.
    async fn restore(&self, desk: &TestDesk) {
        for (id, role) in self.ids.into_iter().zip(["administrator", "administrator", "user"]) {
            desk.execute(sql!("DELETE FROM membership WHERE account = $1", id)).await;
            desk.membership(self.company, id, role).await;
        }
    }

    async fn count(&self, desk: &TestDesk, rows: &'static str) -> i64 {
        desk.count(sql!(rows, self.company)).await
    }

    async fn administrators_left(&self, desk: &TestDesk) -> i64 {
        let left =
            "SELECT COUNT(*) FROM membership WHERE company = $1 AND role = 'administrator' AND state = 'active' AND blocked_at IS NULL";
        self.count(desk, left).await
    }

    async fn deeds(&self, desk: &TestDesk) -> i64 {
        self.count(desk, "SELECT COUNT(*) FROM history WHERE company = $1 AND kind IN ('moved_away', 'user_edited')").await
    }

    /// The first goes to the department.
    fn go(&self, desk: &Desk) -> Done<()> {
        let (desk, visitor, from, to) = (desk.clone(), self.goes.clone(), self.company, self.department);
        tokio::spawn(async move { moving::change_company(&desk, &visitor, from, to).await })
    }

    /// The second becomes a user, by the first or by himself.
    fn demote(&self, desk: &Desk, by_himself: bool) -> Done<()> {
        let (desk, by, id) = (desk.clone(), self.administrators[usize::from(by_himself)].clone(), self.ids[1]);
        let form = UserForm { role: "user".into(), ..form(&self.usernames[1], "Bram Janssen") };
        tokio::spawn(async move { users::save(&desk, &by, id, &form).await })
    }

    /// The first is removed by the second.
    fn remove(&self, desk: &Desk) -> Done<()> {
        let (desk, by, id) = (desk.clone(), self.administrators[1].clone(), self.ids[0]);
        tokio::spawn(async move { users::remove(&desk, &by, id).await })
    }

    /// The third takes the first's place.
    fn succeed(&self, desk: &Desk, token: String) -> Done<Confirmed> {
        let (desk, visitor) = (desk.clone(), self.succeeds.clone());
        tokio::spawn(async move { confirming::confirm(&desk, &here(), Some(&visitor), &token).await })
    }
}

async fn families(desk: &TestDesk) -> Vec<Family> {
    join_all((0..BATCH).map(|number| family(desk, i64::try_from(number).unwrap()))).await
}

on_both! {
    /// R7. Delete the lock in `Deed::hold_company` to see it fail on PostgreSQL: the two then wait for each other, or access is put in for
    /// somebody who is gone, and either ends in an error of the database.
    async fn whoever_moves_has_nothing_here(desk) {
        let arena = arena(desk).await;
        in_batches("somebody moves while they are given something", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let mover = arena.mover(number).await;
                let request = desk.ask(&mover.member, arena.licence(number)).await;
                let move_away = || arena.go(desk, &mover.visitor, OFFSHORE);
                let (moved, granted) = both(number, move_away, || arena.grant(number, mover.account, request, Duration::ZERO)).await;
                moved.unwrap();
                arena.granted_first(number, request, granted).await;
                assert_eq!(arena.companies_of(mover.account).await, [OFFSHORE.0]);
                assert_eq!(desk.count(sql!("SELECT COUNT(*) FROM access WHERE account = $1", mover.account)).await, 0);
            }))
            .await;
        })
        .await;
        let accepted = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'request_accepted'")).await;
        println!("  {accepted} times the grant was first");
        arena.end().await;
    }

    /// U6. Delete the lock in `Deed::lock_company` to see it fail on PostgreSQL: both count the other one before either is gone.
    async fn one_administrator_moves_and_the_other_is_demoted(desk) {
        let other = desk.another(|_| {}).await;
        let families = families(desk).await;
        in_batches("one administrator moves, the other is demoted", async |numbers| {
            join_all(numbers.iter().zip(&families).map(async |(&number, family)| {
                family.restore(desk).await;
                let (deeds, by_himself) = (family.deeds(desk).await, number % 4 < 2);
                let outcomes = both(number, || family.go(desk), || family.demote(&other, by_himself)).await;
                assert_eq!(family.administrators_left(desk).await, 1, "{outcomes:?}");
                match outcomes {
                    // Whoever has gone demotes nobody.
                    (Ok(()), lost) => assert_eq!(refused(lost), if by_himself { Refusal::LastAdministrator } else { Refusal::NotAllowed }),
                    (lost, Ok(())) => assert_eq!(refused(lost), Refusal::LastAdministrator),
                    neither => panic!("nobody won: {neither:?}"),
                }
                assert_eq!(family.deeds(desk).await, deeds + 1);
            }))
            .await;
        })
        .await;
        let moved = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'moved_away'")).await;
        println!("  {moved} times the move was first");
        nothing_is_orphaned(desk).await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// P6, R7. The lock of the first of these.
    async fn whoever_is_deleted_has_nothing(desk) {
        let arena = arena(desk).await;
        // Hashing takes its time: the moment when both are at it is looked for from the last pair on.
        let (mut wait, mut first) = (Duration::from_millis(30), 0);
        for number in 0..pairs() {
            let mover = arena.mover(number).await;
            let request = desk.ask(&mover.member, arena.licence(number)).await;
            let (deleted, granted) = both(number, || arena.delete(&mover), || arena.grant(number, mover.account, request, wait)).await;
            deleted.unwrap();
            if arena.granted_first(number, request, granted).await {
                first += 1;
                wait += Duration::from_millis(1);
            } else {
                wait = wait.saturating_sub(Duration::from_micros(700));
            }
            for table in ["access", "membership", "session"] {
                let rows = format!("SELECT COUNT(*) FROM {table} WHERE account = $1");
                assert_eq!(desk.count(sql!(sqlx::AssertSqlSafe(rows), mover.account)).await, 0, "{table}, pair {number}");
            }
            let letters = sql!("SELECT COUNT(*) FROM letter WHERE recipient = $1 OR subject_account = $1", mover.account);
            assert_eq!(desk.count(letters).await, 0, "pair {number}");
        }
        println!("  {first} of {} were granted something first", pairs());
        arena.end().await;
    }

    /// P6, U1. Delete `AND username = $2` in `users::add::existing` to see it fail on PostgreSQL: the row that was erased is then written on.
    async fn whoever_is_deleted_is_added_as_somebody_else(desk) {
        let arena = arena(desk).await;
        let dirk = desk.visit("dirk@vandijk.example").await.administrator(OFFSHORE).unwrap();
        let (mut wait, mut first) = (Duration::from_millis(30), 0);
        for number in 0..pairs() {
            let (mover, username) = (arena.mover(number).await, format!("crowd{}@vandijk.example", number + 1));
            let (deleted, added) = both(number, || arena.delete(&mover), || arena.add(&dirk, username.clone(), wait)).await;
            let added = added.unwrap();
            match deleted {
                // As somebody else, who has the address now.
                Ok(()) if added != mover.account => {
                    assert_eq!((arena.companies_of(added).await, desk.id_of(&username).await), (vec![OFFSHORE.0], added));
                    wait = wait.saturating_sub(Duration::from_micros(700));
                    continue;
                }
                // The question went with the account, or came while that was looked for.
                Ok(()) => assert!(arena.companies_of(added).await.is_empty()),
                late => {
                    assert_eq!(refused(late), Refusal::Changed);
                    assert_eq!((added, arena.companies_of(added).await.len()), (mover.account, 2));
                }
            }
            (first, wait) = (first + 1, wait + Duration::from_millis(1));
        }
        println!("  {first} of {} were added first", pairs());
        arena.end().await;
    }

    /// U6. Delete `AND EXISTS` in `moving::succession::succeed` to see it fail on both databases: somebody is then made administrator by
    /// whoever is none any more. Both lock the company before they look at the clock, so history says who came first.
    async fn whoever_is_removed_has_no_successor(desk) {
        let other = desk.another(|_| {}).await;
        let families = families(desk).await;
        in_batches("a successor confirms while whoever asked is removed", async |numbers| {
            join_all(numbers.iter().zip(&families).map(async |(&number, family)| {
                family.restore(desk).await;
                moving::hand_over(desk, &family.administrators[0], family.ids[2]).await.unwrap();
                let token = desk.succession_of(family.ids[2]).await;
                let (confirmed, removed) = both(number, || family.succeed(desk, token), || family.remove(&other)).await;
                removed.unwrap();
                match confirmed {
                    Ok(what) => {
                        assert_eq!((what, family.administrators_left(desk).await), (Confirmed::Succeeded(family.company), 2));
                        let (made, gone) =
                            (desk.last(family.company, "succession_confirmed").await, desk.last(family.company, "user_removed").await);
                        assert!(made <= gone, "gone at {gone}, a successor at {made}, pair {number}");
                    }
                    late => {
                        assert_eq!(refused(late), Refusal::Link(LinkState::Withdrawn));
                        assert_eq!(family.administrators_left(desk).await, 1);
                    }
                }
            }))
            .await;
        })
        .await;
        let confirmed = desk.count(sql!("SELECT COUNT(*) FROM history WHERE kind = 'succession_confirmed'")).await;
        println!("  {confirmed} times the successor was first");
        nothing_is_orphaned(desk).await;
        desk.letters_are_looked_at().await;
        other.db.close().await;
    }

    /// P4. Delete the locks in `Deed::lock_company` and `Deed::lock_account_if_there` to see it fail on PostgreSQL: the loser then finds that
    /// somebody was first, and not that they are no member any more.
    async fn somebody_moves_to_one_of_two(desk) {
        let arena = arena(desk).await;
        in_batches("somebody moves to two companies", async |numbers| {
            join_all(numbers.into_iter().map(async |number| {
                let mover = arena.mover(number).await;
                let outcomes =
                    both(number, || arena.go(desk, &mover.visitor, OFFSHORE), || arena.go(&arena.other, &mover.visitor, THIRD)).await;
                let (company, lost) = match outcomes {
                    (Ok(()), lost) => (OFFSHORE, lost),
                    (lost, Ok(())) => (THIRD, lost),
                    neither => panic!("nobody won: {neither:?}"),
                };
                assert!(matches!(lost, Err(Error::NotFound)), "{lost:?}");
                assert_eq!(arena.companies_of(mover.account).await, [company.0]);
                assert_eq!(desk.kinds_of(mover.account).await, ["moved_away", "moved_here"]);
            }))
            .await;
        })
        .await;
        arena.end().await;
    }
}
