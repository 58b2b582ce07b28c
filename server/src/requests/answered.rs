//! What access to a licence answers: requests for it, and for documents that it has.
//!
//! All of them are locked before anything is decided, in the order of their ids and together with what is decided: one person's after another's
//! would be locked in no order, and two administrators who decide many would wait for each other in a circle.

use super::row::{self, Left, NOBODY, Row};
use crate::{
    db::{Query, Value, places},
    deed::Deed,
    error::Result,
    licences, sql,
};
use shared::{
    AccountId, CompanyNumber, LicenceId, Refusal, RequestId,
    event::Event,
    licences::{Taker, Way},
    requests::Decider,
};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Requests that are read at once.
const PORTION: usize = 500;

/// Open requests `r`, and each licence `l` that has what they are for. `$1` is the company.
const ANSWERED: &str =
    "FROM licence l JOIN request r ON r.company = l.company AND (r.state = 'open' OR r.state = 'forwarded') AND r.state = 'open'
       AND (r.licence = l.id OR EXISTS (SELECT 1 FROM product_document d WHERE d.product = l.product AND d.document = r.document))
     WHERE l.company = $1";

/// L3: how many requests company-wide access to a licence grants.
pub(crate) fn count(company: CompanyNumber, licence: LicenceId) -> Query {
    sql!(AssertSqlSafe(format!("SELECT COUNT(*) {ANSWERED} AND l.id = $2")), company, licence)
}

/// What access to some licences answers, locked.
#[derive(Default)]
pub(crate) struct Answered {
    /// Request and licence.
    answers: Vec<(Uuid, Uuid)>,
    rows: BTreeMap<Uuid, Row>,
}

impl Answered {
    /// Of everybody in the company.
    pub(super) async fn of_all(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<Self> {
        let answered = sql!(AssertSqlSafe(format!("SELECT r.id, l.id {ANSWERED} AND l.id = $2")), company, licence);
        Self::lock(deed, company, answered, &[]).await
    }

    /// Of everybody who has access of their own.
    pub(super) async fn of_holders(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<Self> {
        let text = format!(
            "SELECT r.id, l.id {ANSWERED} AND l.id = $2 AND EXISTS (SELECT 1 FROM access x WHERE x.licence = l.id AND x.account = r.account)"
        );
        Self::lock(deed, company, sql!(AssertSqlSafe(text), company, licence), &[]).await
    }

    /// Of these people. `besides`: requests that are decided, and locked with them.
    pub(crate) async fn of(
        deed: &mut Deed<'_>,
        company: CompanyNumber,
        licences: &[Uuid],
        accounts: &[Uuid],
        besides: &[Uuid],
    ) -> Result<Self> {
        if licences.is_empty() || accounts.is_empty() {
            deed.lock_requests(besides.iter().copied()).await?;
            return Ok(Self::default());
        }
        let text = format!(
            "SELECT r.id, l.id {ANSWERED} AND l.id IN ({}) AND r.account IN ({})",
            places(licences.len(), 2),
            places(accounts.len(), 2 + licences.len())
        );
        let ids = licences.iter().chain(accounts).map(|id| Value::from(*id));
        let answered = Query::new(AssertSqlSafe(text), std::iter::once(Value::from(company)).chain(ids).collect());
        Self::lock(deed, company, answered, besides).await
    }

    async fn lock(deed: &mut Deed<'_>, company: CompanyNumber, answered: Query, besides: &[Uuid]) -> Result<Self> {
        let answers: Vec<(Uuid, Uuid)> = deed.all(answered).await?;
        let ids: BTreeSet<Uuid> = answers.iter().map(|(request, _)| *request).collect();
        deed.lock_requests(ids.iter().chain(besides).copied()).await?;
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let mut rows = BTreeMap::new();
        for portion in ids.chunks(PORTION) {
            let read: Vec<Row> = deed.all(row::several(company, portion)).await?;
            // Somebody may have withdrawn one while this waited.
            rows.extend(read.into_iter().filter(|row| row.state == "open").map(|row| (row.id, row)));
        }
        Ok(Self { answers, rows })
    }

    /// What somebody waits for and this licence has.
    fn theirs(&self, account: AccountId, licence: LicenceId) -> impl Iterator<Item = Uuid> {
        let of_licence = self.answers.iter().filter(move |(_, of)| *of == licence.0).map(|(request, _)| *request);
        of_licence.filter(move |request| self.rows.get(request).is_some_and(|row| row.account == account.0))
    }

    pub(crate) fn has(&self, account: AccountId, licence: LicenceId) -> bool {
        self.theirs(account, licence).next().is_some()
    }

    /// Each once: what was answered waits no more.
    fn take(&mut self, account: AccountId, licence: LicenceId) -> Vec<Row> {
        let theirs: Vec<Uuid> = self.theirs(account, licence).collect();
        theirs.into_iter().filter_map(|request| self.rows.remove(&request)).collect()
    }

    /// R3: accepts a request with access to a licence, and what that answers besides.
    pub(super) async fn give(
        &mut self,
        deed: &mut Deed<'_>,
        company: CompanyNumber,
        by: Decider,
        row: &Row,
        licence: &mut licences::Row,
        to: &Taker,
    ) -> Result<Result<Vec<Event>, Refusal>> {
        let after = match row.request()?.accept(by, &licence.licence(), to, deed.now) {
            Ok(after) => after,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (account, request) = (row.applicant(), row.id());
        row::write(deed, company, row, after, Left { with: Some(request), ..Left::default() }).await?;
        // What is decided by itself is answered by nothing else.
        self.rows.remove(&row.id);
        licences::put_in(deed, company, account, licence.id(), Way::Requested, Some(request)).await?;
        licence.used += 1;
        let mut events = vec![Event::RequestAccepted { company, account, request, what: row.what.clone() }];
        events.extend(self.accept(deed, by.account, company, account, licence.id(), Some(request)).await?);
        Ok(Ok(events))
    }

    /// Somebody has got access: what they still wait for and have with it is accepted, by whoever gave it. `with`: the request that it was given
    /// for, if one was decided.
    pub(crate) async fn accept(
        &mut self,
        deed: &mut Deed<'_>,
        by: AccountId,
        company: CompanyNumber,
        account: AccountId,
        licence: LicenceId,
        with: Option<RequestId>,
    ) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        for row in self.take(account, licence) {
            let Some(after) = row.request()?.answer(by, deed.now) else { continue };
            row::write(deed, company, &row, after, Left { with, ..Left::default() }).await?;
            events.push(Event::RequestAccepted { company, account, request: row.id(), what: row.what });
        }
        Ok(events)
    }

    /// Access that was given beforehand is access now: nobody decides that anew, and so nobody undoes it.
    pub(super) async fn accept_by_itself(self, deed: &mut Deed<'_>, company: CompanyNumber) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        for row in self.rows.into_values() {
            let Some(after) = row.request()?.answer(NOBODY, deed.now) else { continue };
            row::write(deed, company, &row, after, Left::default()).await?;
            events.push(Event::RequestAccepted { company, account: row.applicant(), request: row.id(), what: row.what });
        }
        Ok(events)
    }

    /// L3.
    pub(super) async fn grant(self, deed: &mut Deed<'_>, company: CompanyNumber) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        for row in self.rows.into_values() {
            let Some(after) = row.request()?.grant(deed.now) else { continue };
            row::write(deed, company, &row, after, Left::default()).await?;
            events.push(Event::RequestGranted { company, account: row.applicant(), request: row.id(), what: row.what });
        }
        Ok(events)
    }
}
