//! A desk of its own for each test.

use super::database::{self, Place};
use jiff::tz::TimeZone;
use server::{
    Desk,
    config::{Secret, Settings},
    db::Query,
    sql,
};
use shared::{AccountId, CompanyNumber, event::Event};
use sqlx::FromRow;
use std::{collections::HashSet, ops::Deref, sync::Mutex};
use uuid::Uuid;

/// Everybody's, hashed once for the whole program.
pub const PASSWORD: &str = "Kade-Zeven-Meeuw-42";

pub struct TestDesk {
    desk: Desk,
    place: Place,
    pub(super) seen_letters: Mutex<HashSet<Uuid>>,
    seen_history: Mutex<HashSet<Uuid>>,
}

impl Deref for TestDesk {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

/// H1, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Deed {
    id: Uuid,
    pub kind: String,
    pub company: Option<i64>,
    pub actor: Option<Uuid>,
    pub subject: Option<Uuid>,
    pub address: Option<String>,
    pub event: String,
}

impl TestDesk {
    pub async fn sqlite() -> Self {
        Self::at(Place::sqlite()).await
    }

    pub async fn postgres() -> Self {
        Self::at(Place::postgres().await).await
    }

    async fn at(place: Place) -> Self {
        let desk = Desk::open(settings(place.url())).await.unwrap();
        Self { desk, place, seen_letters: Mutex::default(), seen_history: Mutex::default() }
    }

    /// The same desk, for a task of its own.
    pub fn another_hand(&self) -> Desk {
        self.desk.clone()
    }

    /// Another process on the same database, at the same time of day.
    pub async fn another(&self, change: impl FnOnce(&mut Settings)) -> Desk {
        let mut settings = settings(self.place.url());
        change(&mut settings);
        let desk = Desk::open(settings).await.unwrap();
        // A moment passes between two looks at the clock, hence the rounding.
        desk.clock.advance_seconds((self.now().0 - desk.now().0 + 500).div_euclid(1000));
        desk
    }

    /// The whole database, row by row, after what was left for later.
    pub async fn dump(&self) -> Vec<String> {
        self.later.wait().await;
        database::dump(&self.desk).await
    }

    /// The dump without what wrong passwords and the pages that people look at leave behind.
    pub async fn dump_of_deeds(&self) -> Vec<String> {
        self.dump().await.into_iter().filter(|line| !line.starts_with("sign_in_guard")).collect()
    }

    pub async fn execute(&self, query: Query) -> u64 {
        self.db.tick(query).await.unwrap()
    }

    /// When a deed of this kind was last done in a company.
    pub async fn last(&self, company: CompanyNumber, kind: &str) -> i64 {
        self.count(sql!("SELECT COALESCE(MAX(at), 0) FROM history WHERE company = $1 AND kind = $2", company, kind)).await
    }

    pub async fn count(&self, query: Query) -> i64 {
        self.later.wait().await;
        let (count,): (i64,) = self.db.one(query).await.unwrap();
        count
    }

    /// What history says that it did not say before, in no order.
    pub async fn new_deeds(&self) -> Vec<Deed> {
        self.later.wait().await;
        let all: Vec<Deed> = self.db.all(sql!("SELECT id, kind, company, actor, subject, address, event FROM history")).await.unwrap();
        let mut seen = self.seen_history.lock().unwrap();
        all.into_iter().filter(|deed| seen.insert(deed.id)).collect()
    }

    /// The one thing that was done since, as it was written down.
    #[track_caller]
    pub fn new_event(&self) -> impl Future<Output = Event> {
        let caller = std::panic::Location::caller();
        async move {
            let deeds = self.new_deeds().await;
            assert_eq!(deeds.len(), 1, "at {caller}: {deeds:#?}");
            serde_json::from_str(&deeds[0].event).unwrap()
        }
    }

    /// The kinds of what was done to somebody, sorted.
    pub async fn kinds_of(&self, account: AccountId) -> Vec<String> {
        self.later.wait().await;
        let kinds: Vec<(String,)> = self.db.all(sql!("SELECT kind FROM history WHERE subject = $1", account)).await.unwrap();
        let mut kinds: Vec<_> = kinds.into_iter().map(|(kind,)| kind).collect();
        kinds.sort();
        kinds
    }

    /// The end of every test: no letter that the test did not expect, and no deed that forgot what memberships repeat of their accounts.
    pub async fn finish(self) {
        let forgotten = "SELECT COUNT(*) FROM membership m JOIN account a ON a.id = m.account
                         LEFT JOIN known_as k ON k.company = m.company AND k.account = m.account
                         WHERE (m.given_name IS NULL AND m.username <> a.username) OR k.name IS NULL OR k.username <> m.username OR k.name <> COALESCE(m.given_name, a.name) OR k.search_key <> m.search_key
                           OR (m.given_name IS NULL AND (m.name_key <> a.name_key OR m.search_key <> a.search_key))";
        assert_eq!(self.count(sql!(forgotten)).await, 0, "memberships that are not sorted as their accounts are called");
        let letters = self.unseen_letters().await;
        assert!(letters.is_empty(), "letters that nobody expected: {letters:#?}");
        self.desk.db.close().await;
        self.place.drop().await;
    }
}

fn settings(database_url: String) -> Settings {
    Settings {
        database_url,
        addr: "127.0.0.1:0".parse().unwrap(),
        public_url: "http://balie.test".into(),
        smtp_url: None,
        mail_from: "Balie <no-reply@balie.test>".parse().unwrap(),
        secret: Secret::new("the secret of the tests, long enough to be one").unwrap(),
        dev: true,
        site: "unused".into(),
        time_zone: TimeZone::get("Europe/Amsterdam").unwrap(),
        provider_name: "Balie".into(),
        provider_contact: String::new(),
        behind_proxy: false,
    }
}
