//! P7, *Download my data*: what Balie knows about somebody, as JSON. Who decided a request (R3), and what others are called, is not theirs.

mod about;
mod mail;

use crate::{
    Desk,
    callers::Person,
    db::Query,
    error::{Error, Result},
    sql,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use shared::AccountId;
use sqlx::FromRow;

/// Raised when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// Everything, readable for people and programs. What each key holds is said on the page that it is downloaded from, and in the file itself.
///
/// # Errors
/// When the database can't be reached.
pub async fn download(desk: &Desk, person: &Person) -> Result<String> {
    let account = person.0.account;
    let (username,): (String,) =
        desk.db.maybe(sql!("SELECT username FROM account WHERE id = $1", account)).await?.ok_or(Error::NotFound)?;
    let data = json!({
        "format": { "name": "balie-my-data", "version": VERSION, "made_at": moment(desk.now().0) },
        "about": about::about(),
        "account": of_account(desk, account).await?,
        "memberships": of_memberships(desk, account).await?,
        "known_as": of_names(desk, account).await?,
        "contact_of": of_contacts(desk, &username).await?,
        "applications": mail::of_applications(desk, &username).await?,
        "access": of_access(desk, account).await?,
        "requests": of_requests(desk, account).await?,
        "documents_opened": of_openings(desk, account).await?,
        "newsletters": mail::of_newsletters(desk, account).await?,
        "sessions": of_sessions(desk, account).await?,
        "links": mail::of_links(desk, account, &username).await?,
        "successions_asked": mail::of_successions(desk, account).await?,
        "mail": mail::of_mail(desk, account, &username).await?,
        "mail_about_me": mail::of_mail_about(desk, account).await?,
        "history": of_history(desk, account).await?,
    });
    serde_json::to_string_pretty(&data).map_err(Error::internal)
}

/// RFC 3339, in UTC.
fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_string()
}

fn maybe_moment(milliseconds: Option<i64>) -> Option<String> {
    milliseconds.map(moment)
}

#[derive(FromRow)]
struct AccountRow {
    username: String,
    name: String,
    phone: Option<String>,
    country: Option<String>,
    language: String,
    staff: bool,
    created_at: i64,
    registered_at: Option<i64>,
    subscribed_at: Option<i64>,
    locked_until: Option<i64>,
    proven_at: Option<i64>,
    last_company: Option<i64>,
}

async fn of_account(desk: &Desk, account: AccountId) -> Result<Value> {
    let query = sql!(
        "SELECT username, name, phone, country, language, staff, created_at, registered_at, subscribed_at, locked_until, proven_at,
           last_company FROM account WHERE id = $1",
        account
    );
    let row: AccountRow = desk.db.maybe(query).await?.ok_or(Error::NotFound)?;
    Ok(json!({
        "number": account,
        "username": row.username,
        "name": row.name,
        "telephone": row.phone,
        "country": row.country,
        "language": row.language,
        "staff_of_the_provider": row.staff,
        "created_at": moment(row.created_at),
        "registered_at": maybe_moment(row.registered_at),
        "newsletter_since": maybe_moment(row.subscribed_at),
        "locked_until": maybe_moment(row.locked_until),
        "address_proven_at": maybe_moment(row.proven_at),
        "last_company": row.last_company,
    }))
}

#[derive(FromRow)]
struct MembershipRow {
    company: i64,
    company_name: String,
    username: String,
    role: String,
    state: String,
    invited_until: Option<i64>,
    blocked_at: Option<i64>,
    mail_to_administrators: bool,
    created_at: i64,
    given_name: Option<String>,
    given_phone: Option<String>,
    given_country: Option<String>,
}

/// Also what a company wrote about somebody who has not joined it.
async fn of_memberships(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT m.company, c.name AS company_name, m.username, m.role, m.state, m.invited_until, m.blocked_at, m.mail_to_administrators,
           m.created_at, m.given_name, m.given_phone, m.given_country
         FROM membership m JOIN company c ON c.number = m.company WHERE m.account = $1 ORDER BY m.company",
        account
    );
    each(desk, query, |row: MembershipRow| {
        json!({
            "company": row.company,
            "company_name": row.company_name,
            "username": row.username,
            "role": row.role,
            "state": row.state,
            "invited_until": maybe_moment(row.invited_until),
            "blocked": row.blocked_at.is_some(),
            "blocked_since": maybe_moment(row.blocked_at),
            "mail_to_administrators": row.mail_to_administrators,
            "since": moment(row.created_at),
            "name_given": row.given_name,
            "telephone_given": row.given_phone,
            "country_given": row.given_country,
        })
    })
    .await
}

/// By what name a company's history knows the person, also after they left.
async fn of_names(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!("SELECT company, name, username FROM known_as WHERE account = $1 ORDER BY company", account);
    each(desk, query, |(company, name, username): (i64, String, String)| json!({ "company": company, "name": name, "username": username }))
        .await
}

/// G1: the companies that the provider reaches at the person's address: by the same test as P6 empties them.
async fn of_contacts(desk: &Desk, username: &str) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT number, name, contact_name, contact_email, contact_phone FROM company WHERE LOWER(contact_email) = $1 ORDER BY number",
        username
    );
    each(desk, query, |(company, company_name, name, email, phone): (i64, String, String, String, String)| {
        json!({ "company": company, "company_name": company_name, "name": name, "email": email, "telephone": phone })
    })
    .await
}

async fn of_access(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT x.company, p.name, x.way, x.given_at, l.valid_until FROM access x JOIN licence l ON l.id = x.licence
         JOIN product p ON p.id = l.product WHERE x.account = $1 ORDER BY x.company, p.name_key",
        account
    );
    each(desk, query, |(company, product, way, since, until): (i64, String, String, i64, i64)| {
        json!({ "company": company, "product": product, "way": way, "since": moment(since), "licence_ends": moment(until) })
    })
    .await
}

#[derive(FromRow)]
struct RequestRow {
    company: i64,
    what: String,
    reason: Option<String>,
    state: String,
    asked_at: i64,
    since: i64,
    answer: Option<String>,
}

async fn of_requests(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT r.company, COALESCE(p.name, d.number || ' ' || d.title) AS what, r.reason, r.state, r.asked_at, r.since, r.answer
         FROM request r LEFT JOIN licence l ON l.id = r.licence LEFT JOIN product p ON p.id = l.product
         LEFT JOIN document d ON d.id = r.document WHERE r.account = $1 ORDER BY r.asked_at, r.id",
        account
    );
    each(desk, query, |row: RequestRow| {
        json!({
            "company": row.company,
            "what": row.what,
            "reason": row.reason,
            "state": row.state,
            "asked_at": moment(row.asked_at),
            "since": moment(row.since),
            "answer": row.answer,
        })
    })
    .await
}

async fn of_openings(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT o.company, d.number, d.title, o.at FROM opening o JOIN document d ON d.id = o.document WHERE o.account = $1 ORDER BY o.at, o.id",
        account
    );
    each(desk, query, |(company, number, title, at): (i64, String, String, i64)| {
        json!({ "company": company, "number": number, "title": title, "at": moment(at) })
    })
    .await
}

async fn of_sessions(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query =
        sql!("SELECT agent, address, created_at, seen_at, ends_at FROM session WHERE account = $1 ORDER BY created_at, id", account);
    each(desk, query, |(browser, address, began, seen, ends): (String, String, i64, i64, i64)| {
        json!({ "browser": browser, "network_address": address, "began_at": moment(began), "seen_at": moment(seen), "ends_at": moment(ends) })
    })
    .await
}

/// What the person did, and what was done to them; of what others did not who, and of what was done to others not to whom.
async fn of_history(desk: &Desk, account: AccountId) -> Result<Vec<Value>> {
    let query = sql!(
        "SELECT at, kind, company, actor = $1 AS own, subject = $1 AS about, CASE WHEN actor = $1 THEN address END AS address
         FROM history WHERE actor = $1 OR subject = $1 ORDER BY at, id",
        account
    );
    type Row = (i64, String, Option<i64>, Option<bool>, Option<bool>, Option<String>);
    each(desk, query, |(at, kind, company, own, about, address): Row| {
        json!({
            "at": moment(at),
            "what": kind,
            "company": company,
            "by_me": own.unwrap_or(false),
            "about_me": about.unwrap_or(false),
            "network_address": address,
        })
    })
    .await
}

async fn each<T: crate::db::Record>(desk: &Desk, query: Query, shown: impl Fn(T) -> Value) -> Result<Vec<Value>> {
    Ok(desk.db.all::<T>(query).await?.into_iter().map(shown).collect())
}
