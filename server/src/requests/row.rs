//! A request as its row has it.

use crate::{
    db::{Query, Value, places},
    deed::Deed,
    error::{Error, Result},
    sql,
};
use shared::{
    AccountId, CompanyNumber, Refusal, RequestId, Time,
    requests::{Decider, Outcome, Request, State},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(FromRow)]
pub(super) struct Row {
    pub id: Uuid,
    pub account: Uuid,
    pub licence: Option<Uuid>,
    pub document: Option<i64>,
    pub state: String,
    pub since: i64,
    pub decided_by: Option<Uuid>,
    pub product: Option<Uuid>,
    pub confirmed: bool,
    /// R3: with the decision on which request it was accepted.
    pub accepted_with: Option<Uuid>,
    /// The product's name or the document's number.
    pub what: String,
    /// Whoever asked, as the company knows them; for `users::keys::shown`.
    pub name: String,
    pub username: String,
}

/// Every load names the company.
const REQUESTS: &str =
    "SELECT r.id, r.account, r.licence, r.document, r.state, r.since, r.decided_by, r.product, r.confirmed, r.accepted_with,
       COALESCE(p.name, d.number) AS what, COALESCE(k.name, a.name) AS name, COALESCE(k.username, a.username) AS username
     FROM request r JOIN account a ON a.id = r.account LEFT JOIN known_as k ON k.company = r.company AND k.account = r.account
     LEFT JOIN licence l ON l.id = r.licence LEFT JOIN product p ON p.id = l.product
     LEFT JOIN document d ON d.id = r.document WHERE r.company = $1";

/// Several, whoever asked first before the others.
pub(super) fn several(company: CompanyNumber, requests: &[Uuid]) -> Query {
    let text = format!("{REQUESTS} AND r.id IN ({}) ORDER BY r.asked_at, r.id", places(requests.len(), 2));
    let values = std::iter::once(Value::from(company)).chain(requests.iter().map(|id| Value::from(*id))).collect();
    Query::new(AssertSqlSafe(text), values)
}

pub(super) fn one(company: CompanyNumber, request: RequestId) -> Query {
    several(company, &[request.0])
}

impl Row {
    pub(super) fn id(&self) -> RequestId {
        RequestId(self.id)
    }

    pub(super) fn applicant(&self) -> AccountId {
        AccountId(self.account)
    }

    /// As the rules see it.
    pub(super) fn request(&self) -> Result<Request> {
        Ok(Request { applicant: self.applicant(), state: state(&self.state, self.since, self.decided_by)? })
    }
}

pub(super) fn state(key: &str, since: i64, decided_by: Option<Uuid>) -> Result<State> {
    let at = Time(since);
    let outcome = Outcome::from_key(key).ok_or_else(|| Error::internal(format!("a request that is {key}")))?;
    Ok(match (outcome, decided_by.map(AccountId)) {
        (Outcome::Open, _) => State::Open,
        (Outcome::Granted, _) => State::Granted { at },
        (Outcome::Withdrawn, _) => State::Withdrawn { at },
        (Outcome::Lapsed, _) => State::Lapsed { at },
        (Outcome::Forwarded, Some(by)) => State::Forwarded { by, at },
        (Outcome::Accepted, Some(by)) => State::Accepted { by, at },
        (Outcome::Declined, Some(by)) => State::Declined { by, at },
        // Who decided may have deleted their account since.
        (Outcome::Forwarded, None) => State::Forwarded { by: NOBODY, at },
        (Outcome::Accepted, None) => State::Accepted { by: NOBODY, at },
        (Outcome::Declined, None) => State::Declined { by: NOBODY, at },
    })
}

/// Whoever decided is not there any more, or it came about by itself.
pub(super) const NOBODY: AccountId = AccountId(Uuid::nil());

/// What a decision leaves behind besides the state.
#[derive(Default)]
pub(super) struct Left<'a> {
    pub answer: Option<&'a str>,
    pub product: Option<Uuid>,
    pub confirmed: bool,
    /// R3: the decision that it was accepted with: on this request, or on another of the same person.
    pub with: Option<RequestId>,
}

/// R5: writes the state that a rule led to, if the row is still in the one that the rule saw.
pub(super) async fn write(deed: &mut Deed<'_>, company: CompanyNumber, row: &Row, after: Request, left: Left<'_>) -> Result<()> {
    let now = deed.now;
    let changed = deed
        .execute(sql!(
            "UPDATE request SET state = $1, since = $2, decided_by = $3, answer = $4, product = $5, confirmed = $6, accepted_with = $7
             WHERE id = $8 AND company = $9 AND state = $10 AND since = $11",
            after.state.outcome().key(),
            now,
            after.state.by().filter(|by| *by != NOBODY),
            left.answer,
            left.product,
            left.confirmed,
            left.with,
            row.id,
            company,
            row.state.as_str(),
            row.since
        ))
        .await?;
    if changed == 1 { Ok(()) } else { Err(Refusal::Changed.into()) }
}

/// What [`Undoing`] asks of a request `r`, as `is_member`, `has_it` and `asks_anew`; `$now` is a placeholder of ours. Access that came with the same
/// decision is none that they have besides, and a document is held by any licence that has it and is valid.
macro_rules! undoing {
    ($now:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM membership e WHERE e.company = r.company AND e.account = r.account AND e.state = 'active'
               AND e.blocked_at IS NULL) AS is_member,
             EXISTS (SELECT 1 FROM licence h WHERE h.company = r.company
               AND (h.id = r.licence OR (h.valid_from <= ",
            $now,
            " AND h.valid_until > ",
            $now,
            " AND EXISTS (SELECT 1 FROM product_document i WHERE i.product = h.product AND i.document = r.document)))
               AND (h.company_wide_since IS NOT NULL OR EXISTS (SELECT 1 FROM access y WHERE y.licence = h.id AND y.account = r.account
                 AND (y.request IS NULL OR r.accepted_with IS NULL OR y.request <> r.accepted_with)))) AS has_it,
             EXISTS (SELECT 1 FROM request n WHERE n.company = r.company AND n.account = r.account AND n.id <> r.id
               AND ((n.licence = r.licence AND n.state = 'open') OR (n.document = r.document AND n.state IN ('open', 'forwarded')))) AS asks_anew"
        )
    };
}
pub(super) use undoing;

/// R3: whether an administrator decided it, or what it was accepted with.
pub(super) fn was_decided(state: &str, confirmed: bool, accepted_with: Option<Uuid>) -> bool {
    !confirmed && (state != Outcome::Accepted.key() || accepted_with.is_some())
}

/// R4: who decides, and whether others could.
pub(crate) async fn decider(deed: &mut Deed<'_>, company: CompanyNumber) -> Result<Decider> {
    let account = deed.actor().ok_or(Refusal::SignedOut)?;
    let administrators = deed.administrators(company).await?;
    Ok(Decider { account, others: administrators.saturating_sub(1) })
}
