//! Letters and links. Letters have no text of their own: it is written as they are sent.

use super::{each, maybe_moment, moment};
use crate::{Desk, error::Result, links::Purpose, sql};
use serde_json::{Value, json};
use shared::AccountId;
use sqlx::FromRow;

pub(super) async fn of_newsletters(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT n.subject_en, t.sent_at FROM letter t JOIN newsletter n ON n.id = t.newsletter
         WHERE t.subject_account = $1 AND t.state = 'sent' ORDER BY t.sent_at, t.id",
        account
    );
    each(desk, query, |(subject, sent): (String, Option<i64>)| json!({ "subject": subject, "sent_at": maybe_moment(sent) })).await
}

#[derive(FromRow)]
struct LetterRow {
    kind: String,
    company: Option<i64>,
    address: Option<String>,
    state: String,
    created_at: i64,
    sent_at: Option<i64>,
}

impl LetterRow {
    fn shown(self) -> Value {
        json!({
            "kind": self.kind,
            "company": self.company,
            "to_address": self.address,
            "state": self.state,
            "queued_at": moment(self.created_at),
            "sent_at": maybe_moment(self.sent_at),
        })
    }
}

/// To the person, also from before there was an account.
pub(super) async fn of_mail(desk: &Desk, account: AccountId, username: &str) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT kind, company, address, state, created_at, sent_at FROM letter
         WHERE (recipient = $1 OR application IN (SELECT id FROM application WHERE address = $2)) AND state <> 'dropped'
         ORDER BY created_at, id",
        account,
        username
    );
    each(desk, query, LetterRow::shown).await
}

/// About the person, to administrators (R1, U3): each once, to however many it went, and not to whom (R3).
pub(super) async fn of_mail_about(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT kind, company, CAST(NULL AS TEXT) AS address, MAX(state) AS state, created_at, MAX(sent_at) AS sent_at FROM letter
         WHERE subject_account = $1 AND recipient <> $1 AND state <> 'dropped' GROUP BY kind, company, created_at ORDER BY created_at, kind",
        account
    );
    each(desk, query, LetterRow::shown).await
}

#[derive(FromRow)]
struct LinkRow {
    purpose: String,
    company: Option<i64>,
    address: Option<String>,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
    withdrawn_at: Option<i64>,
}

impl LinkRow {
    fn shown(self) -> Value {
        json!({
            "purpose": self.purpose,
            "company": self.company,
            "new_address": self.address,
            "made_at": moment(self.created_at),
            "ends_at": moment(self.expires_at),
            "used_at": maybe_moment(self.used_at),
            "withdrawn_at": maybe_moment(self.withdrawn_at),
        })
    }
}

/// Links that were mailed to the person, a new address that waits among them (U5); never what is behind them (A5).
pub(super) async fn of_links(desk: &Desk, account: AccountId, username: &str) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT purpose, company, address, created_at, expires_at, used_at, withdrawn_at FROM link
         WHERE account = $1 OR application IN (SELECT id FROM application WHERE address = $2) ORDER BY created_at, id",
        account,
        username
    );
    each(desk, query, LinkRow::shown).await
}

/// U6: whom the person asked is not told here.
pub(super) async fn of_successions(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT company, created_at, expires_at, used_at, withdrawn_at FROM link
         WHERE asked_by = $1 AND purpose = $2 ORDER BY created_at, id",
        account,
        Purpose::Succeed.key()
    );
    each(desk, query, |(company, asked, ends, confirmed, withdrawn): (Option<i64>, i64, i64, Option<i64>, Option<i64>)| {
        json!({
            "company": company,
            "asked_at": moment(asked),
            "ends_at": moment(ends),
            "answered_at": maybe_moment(confirmed),
            "withdrawn_at": maybe_moment(withdrawn),
        })
    })
    .await
}

/// S1: what was written with the person's address before there was an account, or later.
pub(super) async fn of_applications(desk: &Desk, username: &str) -> Result<Vec<Value>> {
    let query = sql!("SELECT address, name, language, created_at FROM application WHERE address = $1 ORDER BY created_at, id", username);
    each(desk, query, |(address, name, language, at): (String, String, String, i64)| {
        json!({ "address": address, "name": name, "language": language, "at": moment(at) })
    })
    .await
}
