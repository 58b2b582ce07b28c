//! H1: every deed is written down in the transaction that it is done in; administrators read their company's, staff read all.

use crate::{
    Desk,
    callers::{Administrator, Staff},
    db::Query,
    deed::Deed,
    error::{Error, Result},
    sql, users,
};
use shared::{
    AccountId, CompanyNumber, Time,
    event::Event,
    history::{EXPORT_LIMIT, HistoryPage, HistoryQuery, HistoryRow, PAGE_SIZE, Person},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// H1: network addresses are forgotten after so long.
const ADDRESS_SECONDS: i64 = 180 * 24 * 3600;

pub(crate) async fn write(deed: &mut Deed<'_>, event: &Event) -> Result<()> {
    let id = deed.desk.new_id();
    let details = serde_json::to_string(event).map_err(Error::internal)?;
    let (now, actor, address) = (deed.now, deed.actor(), deed.address());
    let company = match event.company() {
        Some(company) => Some(company),
        None => only_company(deed, event.subject()).await?,
    };
    deed.execute(sql!(
        "INSERT INTO history (id, at, company, actor, subject, kind, event, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        now,
        company,
        actor,
        event.subject(),
        event.kind(),
        details,
        address
    ))
    .await?;
    Ok(())
}

/// What somebody does with their account alone belongs to a company's history only where nobody else has a say in the account.
async fn only_company(deed: &mut Deed<'_>, account: AccountId) -> Result<Option<CompanyNumber>> {
    let companies: Vec<(i64,)> = deed
        .all(sql!(
            "SELECT m.company FROM membership m JOIN account a ON a.id = m.account WHERE m.account = $1 AND NOT a.staff LIMIT 2",
            account
        ))
        .await?;
    Ok(match companies.as_slice() {
        [(company,)] => Some(CompanyNumber(*company)),
        _ => None,
    })
}

/// One page of a company's history.
///
/// # Errors
/// When the database can't be reached.
pub async fn of_company(desk: &Desk, administrator: &Administrator, query: &HistoryQuery) -> Result<HistoryPage> {
    page(desk, Some(administrator.company()), query).await
}

/// One page of everybody's history.
///
/// # Errors
/// When the database can't be reached.
pub async fn of_all(desk: &Desk, _staff: &Staff, query: &HistoryQuery) -> Result<HistoryPage> {
    page(desk, None, query).await
}

/// A company's history as far as the filter and [`EXPORT_LIMIT`] go.
///
/// # Errors
/// When the database can't be reached.
pub async fn export_of_company(desk: &Desk, administrator: &Administrator, query: &HistoryQuery) -> Result<Vec<HistoryRow>> {
    rows(desk, &Scope::new(desk, Some(administrator.company()), query), EXPORT_LIMIT, 0).await
}

/// Everybody's.
///
/// # Errors
/// When the database can't be reached.
pub async fn export_of_all(desk: &Desk, _staff: &Staff, query: &HistoryQuery) -> Result<Vec<HistoryRow>> {
    rows(desk, &Scope::new(desk, None, query), EXPORT_LIMIT, 0).await
}

async fn page(desk: &Desk, company: Option<CompanyNumber>, query: &HistoryQuery) -> Result<HistoryPage> {
    let scope = Scope::new(desk, company, query);
    let (found,): (i64,) = desk.db.one(scope.query("COUNT(*)", "", 0, 0)).await?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    Ok(HistoryPage { rows: rows(desk, &scope, PAGE_SIZE, (page - 1) * PAGE_SIZE).await?, found, page, pages })
}

/// Which deeds are looked for.
struct Scope {
    company: Option<CompanyNumber>,
    since: Time,
    kind: String,
    /// Empty, or a pattern for LIKE.
    person: String,
}

impl Scope {
    fn new(desk: &Desk, company: Option<CompanyNumber>, query: &HistoryQuery) -> Self {
        let person = query.person.trim();
        Self {
            company,
            since: query.period.since(desk.now()),
            kind: query.kind.clone(),
            person: if person.is_empty() { String::new() } else { users::like_pattern(person) },
        }
    }

    /// Only the conditions that are asked for stand in the statement, so that the index on company and moment serves them.
    fn query(&self, what: &'static str, order: &'static str, limit: u32, offset: u32) -> Query {
        let company = if self.company.is_some() { "h.company = $1" } else { "$1 = 0" };
        let kind = if self.kind.is_empty() { "$3 = ''" } else { "h.kind = $3" };
        let person =
            if self.person.is_empty() { "$4 = ''" } else { "(s.search_key LIKE $4 ESCAPE '!' OR a.search_key LIKE $4 ESCAPE '!')" };
        let limits = if order.is_empty() { "$5 = $6" } else { "TRUE" };
        let counts_only = order.is_empty() && self.person.is_empty();
        let people = if counts_only { "" } else { "JOIN account s ON s.id = h.subject LEFT JOIN account a ON a.id = h.actor" };
        let text = format!(
            "SELECT {what} FROM history h {people}
             WHERE {company} AND h.at >= $2 AND {kind} AND {person} AND {limits} {order}"
        );
        let company = self.company.map_or(0, |company| company.0);
        sql!(AssertSqlSafe(text), company, self.since, self.kind.as_str(), self.person.as_str(), limit, offset)
    }
}

#[derive(FromRow)]
struct Row {
    at: i64,
    event: String,
    address: Option<String>,
    subject: Uuid,
    subject_name: String,
    subject_username: String,
    actor: Option<Uuid>,
    actor_name: Option<String>,
    actor_username: Option<String>,
}

async fn rows(desk: &Desk, scope: &Scope, limit: u32, offset: u32) -> Result<Vec<HistoryRow>> {
    let query = scope.query(
        "h.at, h.event, h.address, h.subject, s.name AS subject_name, s.username AS subject_username,
         h.actor, a.name AS actor_name, a.username AS actor_username",
        "ORDER BY h.at DESC, h.id DESC LIMIT $5 OFFSET $6",
        limit,
        offset,
    );
    Ok(desk.db.all(query).await?.into_iter().map(|row: Row| shown(desk, row)).collect())
}

fn shown(desk: &Desk, row: Row) -> HistoryRow {
    let person = |id, name, username| Person { id: AccountId(id), name, username };
    HistoryRow {
        at: desk.local(Time(row.at)),
        actor: match (row.actor, row.actor_name, row.actor_username) {
            (Some(id), Some(name), Some(username)) => Some(person(id, name, username)),
            _ => None,
        },
        subject: person(row.subject, row.subject_name, row.subject_username),
        event: serde_json::from_str(&row.event).ok(),
        address: row.address,
    }
}

/// Forgets what has been kept for long enough.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let before = desk.now().plus_seconds(-ADDRESS_SECONDS);
    desk.db.tick(sql!("UPDATE history SET address = NULL WHERE at <= $1 AND address IS NOT NULL", before)).await?;
    Ok(())
}
