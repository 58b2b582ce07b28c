//! One deed, one transaction: state, history, letters and the live signal together, or nothing.
//!
//! Locks are rows, taken in one order, so that two deeds never wait for each other in a circle:
//! **company → account → membership → link → licence → request → everything else**; several of one kind in the order of their keys. They are taken FOR NO KEY
//! UPDATE: a row that merely refers to a locked one (history, letters, sessions) is written without waiting, or the order would break there.
//! PostgreSQL runs at READ COMMITTED with these locks rather than SERIALIZABLE with retries: a deed then runs once, so it may hash, draw
//! random numbers and give out ids as it goes, and a lock says in one line which scarce thing it guards. SQLite has one writer.

use crate::{
    Desk,
    callers::{self, Caller, Staff},
    db::{Query, Record, Tx, places},
    error::{Error, Result},
    history,
    live::Signal,
    mailing, sessions, sql,
};
use shared::{
    AccountId, BatchId, CompanyNumber, LicenceId, Permit, ProductId, Refusal, Time, event::Event, live::Topic,
    users::keeps_an_administrator,
};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// Requests that one statement locks: a database takes only so many values at once.
const PORTION: usize = 1000;

/// A deed under way. Dropped without [`Deed::commit`], nothing of it happened.
pub struct Deed<'a> {
    pub desk: &'a Desk,
    /// When it is done: after the last lock was waited for, so that whatever is done after another deed also says so.
    pub now: Time,
    tx: Tx,
    actor: Option<AccountId>,
    address: Option<String>,
    signals: Vec<Signal>,
    locked: Vec<Locked>,
    batch: Option<BatchId>,
}

/// A company whose row this deed holds.
#[derive(Clone, Copy)]
struct Locked {
    company: CompanyNumber,
    /// U6 binds only companies that have had an administrator.
    had_administrator: bool,
}

/// Proof that history, letters and signals are in the transaction. Only this module can make it, so only this module can commit.
pub struct Written(());

impl<'a> Deed<'a> {
    /// A deed that needs no permit, because what is asked for proves itself: a password, a link.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn begin(desk: &'a Desk, by: &impl Caller) -> Result<Self> {
        Ok(Self { actor: by.account(), address: Some(by.from().address_text()), ..Self::by_the_system(desk).await? })
    }

    /// A deed of the system or of the command line.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn by_the_system(desk: &'a Desk) -> Result<Self> {
        let tx = desk.db.begin().await?;
        Ok(Self { desk, now: desk.now(), tx, actor: None, address: None, signals: Vec::new(), locked: Vec::new(), batch: None })
    }

    /// A deed in a company: locks the company, and asks the permit again in the transaction, since the session was read before it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when the doer was demoted, blocked or removed in between.
    pub async fn permitted(desk: &'a Desk, by: &impl Caller, permit: Permit) -> Result<Self> {
        let mut deed = Self::begin(desk, by).await?;
        if let Some(company) = by.company() {
            deed.lock_company(company).await?;
        }
        deed.ask(by, permit).await?;
        Ok(deed)
    }

    /// [`Deed::permitted`] for a deed that wants the company's people to stay as they are meanwhile and changes nothing of them: others of its
    /// kind go on beside it. What is scarce it locks itself.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] when the doer was demoted, blocked or removed in between.
    pub async fn permitted_beside(desk: &'a Desk, by: &impl Caller, permit: Permit) -> Result<Self> {
        let mut deed = Self::begin(desk, by).await?;
        if let Some(company) = by.company() {
            deed.hold_company(company).await?;
        }
        deed.ask(by, permit).await?;
        Ok(deed)
    }

    async fn ask(&mut self, by: &impl Caller, permit: Permit) -> Result<()> {
        let account = by.account().ok_or(Refusal::SignedOut)?;
        let standing = sessions::standing_in(self, account).await?;
        callers::check(&standing, permit, by.company())?;
        Ok(())
    }

    /// The company's people and their roles stay as they are until the deed ends.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn hold_company(&mut self, company: CompanyNumber) -> Result<()> {
        self.tx.lock(sql!("SELECT 1 FROM company WHERE number = $1 FOR SHARE", company)).await?;
        self.now = self.desk.now();
        Ok(())
    }

    /// L3, L6: the licence's seats and settings are this deed's.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_licence(&mut self, licence: LicenceId) -> Result<()> {
        self.tx.lock(sql!("SELECT 1 FROM licence WHERE id = $1 FOR NO KEY UPDATE", licence)).await?;
        self.now = self.desk.now();
        Ok(())
    }

    /// The licence's settings stay as they are until the deed ends.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn hold_licence(&mut self, licence: LicenceId) -> Result<()> {
        self.tx.lock(sql!("SELECT 1 FROM licence WHERE id = $1 FOR SHARE", licence)).await?;
        self.now = self.desk.now();
        Ok(())
    }

    /// All of a company's licences stay as they are until the deed ends: seats, settings, and what their products have.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn hold_licences(&mut self, company: CompanyNumber) -> Result<()> {
        self.tx.lock(sql!("SELECT 1 FROM licence WHERE company = $1 ORDER BY id FOR SHARE", company)).await?;
        self.now = self.desk.now();
        Ok(())
    }

    /// [`Deed::hold_licences`] for a deed that changes something of them.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_licences(&mut self, company: CompanyNumber) -> Result<()> {
        self.tx.lock(sql!("SELECT 1 FROM licence WHERE company = $1 ORDER BY id FOR NO KEY UPDATE", company)).await?;
        self.now = self.desk.now();
        Ok(())
    }

    /// R8: what a product has is this deed's, for every company that has a licence for it: their people stay as they are, and nobody else changes
    /// something of these licences.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_product(&mut self, product: ProductId) -> Result<()> {
        let companies = "SELECT 1 FROM company WHERE number IN (SELECT company FROM licence WHERE product = $1) ORDER BY number FOR SHARE";
        self.tx.lock(sql!(companies, product)).await?;
        self.tx.lock(sql!("SELECT 1 FROM licence WHERE product = $1 ORDER BY id FOR NO KEY UPDATE", product)).await?;
        self.now = self.desk.now();
        Ok(())
    }

    /// R5: nobody else decides these meanwhile. A deed locks all of its requests at once: in the order of their ids, whatever the order in which
    /// it comes to them.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_requests(&mut self, requests: impl IntoIterator<Item = Uuid>) -> Result<()> {
        let ids: Vec<Uuid> = requests.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        for portion in ids.chunks(PORTION) {
            let text = format!("SELECT 1 FROM request WHERE id IN ({}) ORDER BY id FOR NO KEY UPDATE", places(portion.len(), 1));
            self.tx.lock(Query::new(AssertSqlSafe(text), portion.iter().map(|id| (*id).into()).collect())).await?;
        }
        self.now = self.desk.now();
        Ok(())
    }

    /// # Errors
    /// Whatever the database says.
    pub async fn lock_company(&mut self, company: CompanyNumber) -> Result<()> {
        self.tx.lock(sql!("SELECT 1 FROM company WHERE number = $1 FOR NO KEY UPDATE", company)).await?;
        self.now = self.desk.now();
        let had_administrator = self.administrators(company).await? > 0;
        self.locked.push(Locked { company, had_administrator });
        Ok(())
    }

    /// [`Deed::lock_company`] for several, in the one order.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_companies(&mut self, companies: impl IntoIterator<Item = CompanyNumber>) -> Result<()> {
        for company in companies.into_iter().collect::<BTreeSet<_>>() {
            self.lock_company(company).await?;
        }
        Ok(())
    }

    /// A deed of staff in a company: asks the permit, and locks the company.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; not found, for no company.
    pub async fn at_the_providers_desk(desk: &'a Desk, by: &Staff, company: CompanyNumber) -> Result<Self> {
        let mut deed = Self::permitted(desk, by, Permit::RunCompanies).await?;
        deed.lock_company(company).await?;
        deed.find::<(i64,)>(sql!("SELECT number FROM company WHERE number = $1", company)).await?;
        Ok(deed)
    }

    /// Nobody else gives out a number of this kind meanwhile. SQLite has one writer.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_numbers(&mut self, kind: i64) -> Result<()> {
        self.tx.lock(sql!("SELECT pg_advisory_xact_lock($1)", kind)).await
    }

    /// U6: a company's active, unblocked, registered administrators.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn administrators(&mut self, company: CompanyNumber) -> Result<u32> {
        let (count,): (i64,) = self
            .find(sql!(
                "SELECT COUNT(*) FROM membership WHERE company = $1 AND role = 'administrator' AND state = 'active' AND blocked_at IS NULL",
                company
            ))
            .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Nobody else changes the account meanwhile.
    ///
    /// # Errors
    /// Not found, for one that was deleted (P6), perhaps while this waited for it: nothing is written of whoever is gone.
    pub async fn lock_account(&mut self, account: AccountId) -> Result<()> {
        if self.lock_account_if_there(account).await? { Ok(()) } else { Err(Error::NotFound) }
    }

    /// [`Deed::lock_account`] where somebody who is gone is answered like anybody else. Whether they are there still.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn lock_account_if_there(&mut self, account: AccountId) -> Result<bool> {
        self.tx.lock(sql!("SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE", account)).await?;
        self.now = self.desk.now();
        let gone: Option<(i64,)> =
            self.maybe(sql!("SELECT deleted_at FROM account WHERE id = $1 AND deleted_at IS NOT NULL", account)).await?;
        Ok(gone.is_none())
    }

    /// # Errors
    /// Whatever the database says.
    pub async fn all<T: Record>(&mut self, query: Query) -> Result<Vec<T>> {
        self.tx.all(query).await
    }

    /// # Errors
    /// Whatever the database says.
    pub async fn maybe<T: Record>(&mut self, query: Query) -> Result<Option<T>> {
        self.tx.maybe(query).await
    }

    /// What is asked for by company and id, or [`Error::NotFound`].
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn find<T: Record>(&mut self, query: Query) -> Result<T> {
        self.tx.maybe(query).await?.ok_or(Error::NotFound)
    }

    /// # Errors
    /// Whatever the database says.
    pub async fn execute(&mut self, query: Query) -> Result<u64> {
        self.tx.execute(query).await
    }

    /// An update that repeats the rule's condition: exactly one row, or somebody else was first.
    ///
    /// # Errors
    /// [`Refusal::Changed`].
    pub async fn exactly_one(&mut self, query: Query) -> Result<()> {
        match self.tx.execute(query).await? {
            1 => Ok(()),
            0 => Err(Refusal::Changed.into()),
            rows => Err(Error::internal(format!("an update of one row changed {rows}"))),
        }
    }

    /// Ends the account's sessions, live pages included, on every instance (A7).
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn end_sessions(&mut self, account: AccountId) -> Result<()> {
        self.execute(sql!("DELETE FROM session WHERE account = $1", account)).await?;
        self.signals.push(Signal::Account(account));
        Ok(())
    }

    /// Ends the account's sessions but one (A7).
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn end_other_sessions(&mut self, account: AccountId, but: &[u8; 32]) -> Result<u64> {
        let ended = self.execute(sql!("DELETE FROM session WHERE account = $1 AND token_hash <> $2", account, but)).await?;
        self.signals.push(Signal::Account(account));
        Ok(ended)
    }

    /// Ends one session of the account, or it is not found.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn end_session_by_id(&mut self, account: AccountId, id: Uuid) -> Result<()> {
        let ended = self.execute(sql!("DELETE FROM session WHERE account = $1 AND id = $2", account, id)).await?;
        if ended == 0 {
            return Err(Error::NotFound);
        }
        self.signals.push(Signal::Account(account));
        Ok(())
    }

    /// What it mails can be followed together, with that of other deeds of this batch ([`crate::mail_progress`]).
    pub(crate) const fn mails_in(&mut self, batch: Option<BatchId>) {
        self.batch = batch;
    }

    pub(crate) const fn batch(&self) -> Option<BatchId> {
        self.batch
    }

    /// Open streams of the account look again at what it may hear.
    pub fn rights_changed(&mut self, account: AccountId) {
        self.signals.push(Signal::Account(account));
    }

    /// Ends one session.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn end_session(&mut self, account: AccountId, token_hash: &[u8; 32]) -> Result<()> {
        self.execute(sql!("DELETE FROM session WHERE account = $1 AND token_hash = $2", account, token_hash)).await?;
        self.signals.push(Signal::Account(account));
        Ok(())
    }

    /// Ends the session of whoever it is, if it is one.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn end_session_of_anybody(&mut self, token_hash: &[u8; 32]) -> Result<()> {
        let ended: Option<(Uuid,)> = self.maybe(sql!("DELETE FROM session WHERE token_hash = $1 RETURNING account", token_hash)).await?;
        self.signals.extend(ended.map(|(account,)| Signal::Account(AccountId(account))));
        Ok(())
    }

    /// The only way to commit: writes the history, queues the letters that belong to the event, and tells the open pages.
    ///
    /// # Errors
    /// [`Refusal::LastAdministrator`] (U6), or whatever the database says; then nothing happened.
    pub async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(vec![event]).await
    }

    /// [`Deed::commit`] for what is done with several people at once.
    ///
    /// # Errors
    /// The same; a deed without an event is none.
    pub async fn commit_all(mut self, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return Err(Error::internal("a deed without an event"));
        }
        let costly = events.iter().filter(|event| event.may_cost_an_administrator());
        for company in costly.filter_map(Event::company).collect::<BTreeSet<_>>() {
            self.keep_an_administrator(company).await?;
        }
        for event in &events {
            history::write(&mut self, event).await?;
            let queued = mailing::queue(&mut self, event).await?;
            let rerouted = match event.subject() {
                Some(subject) if event.may_change_who_gets_mail() => mailing::reroute(&mut self, subject).await?,
                _ => false,
            };
            if queued || rerouted {
                self.signals.push(Signal::Letters);
            }
            self.add_topics(event).await?;
        }
        self.greet_first_administrators().await?;
        let mut told = HashSet::new();
        self.signals.retain(|signal| told.insert(*signal));
        for signal in &self.signals {
            self.tx.notify(crate::live::CHANNEL, &signal.encode()).await?;
        }
        self.tx.commit(Written(())).await?;
        if !self.desk.db.is_postgres() {
            for signal in self.signals {
                self.desk.live.tell(signal);
            }
        }
        tracing::info!(event = events[0].kind(), times = events.len(), "done");
        Ok(())
    }

    /// U6, at the one door that every deed goes through. The company's row is locked, so nobody else can take one away meanwhile.
    async fn keep_an_administrator(&mut self, company: CompanyNumber) -> Result<()> {
        let Some(locked) = self.locked.iter().find(|locked| locked.company == company) else {
            return Err(Error::internal("a deed that may cost an administrator did not lock the company"));
        };
        if locked.had_administrator {
            keeps_an_administrator(self.administrators(company).await?)?;
        }
        Ok(())
    }

    /// G2: what waited for the company's first administrator. At this door too, since there are several ways to be one.
    async fn greet_first_administrators(&mut self) -> Result<()> {
        let had_none: BTreeSet<_> = self.locked.iter().filter(|locked| !locked.had_administrator).map(|locked| locked.company).collect();
        for company in had_none {
            if self.administrators(company).await? > 0 && mailing::queue_first_password(self, company).await? {
                self.signals.push(Signal::Letters);
            }
        }
        Ok(())
    }

    pub(crate) const fn actor(&self) -> Option<AccountId> {
        self.actor
    }

    /// Somebody who proved who they are only during the deed.
    pub(crate) const fn done_by(&mut self, account: AccountId) {
        self.actor = Some(account);
    }

    /// P6: where somebody came from is personal, and this deed erases them.
    pub(crate) fn forget_address(&mut self) {
        self.address = None;
    }

    pub(crate) fn address(&self) -> Option<String> {
        self.address.clone()
    }

    async fn add_topics(&mut self, event: &Event) -> Result<()> {
        if matches!(
            event,
            Event::NewsletterCreated { .. }
                | Event::NewsletterChanged { .. }
                | Event::NewsletterDeleted { .. }
                | Event::NewsletterSent { .. }
        ) {
            self.signals.push(Signal::Topic(Topic::Newsletter));
        }
        if event.rooms().is_empty() {
            return Ok(());
        }
        let companies: Vec<(i64,)> = match event.company() {
            Some(company) => vec![(company.0,)],
            None => self.all(sql!("SELECT company FROM membership WHERE account = $1 AND given_name IS NULL", event.subject())).await?,
        };
        for (company,) in companies {
            for room in event.rooms() {
                self.signals.push(Signal::Topic(Topic::Changed(CompanyNumber(company), *room)));
            }
        }
        Ok(())
    }
}
