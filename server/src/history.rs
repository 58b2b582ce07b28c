//! H1: every deed is written down in the transaction that it is done in; administrators read their company's, staff read all.

use crate::{
    Desk,
    callers::{Administrator, Staff},
    db::{Query, Value},
    deed::Deed,
    error::{Error, Result},
    search, sql,
    users::keys,
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
        None => match event.subject() {
            Some(subject) => only_company(deed, subject).await?,
            None => None,
        },
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
            "SELECT m.company FROM membership m JOIN account a ON a.id = m.account WHERE m.account = $1 AND m.given_name IS NULL AND NOT a.staff LIMIT 2",
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
    page(desk, query.company, query).await
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
    rows(desk, &Scope::new(desk, query.company, query), EXPORT_LIMIT, 0).await
}

async fn page(desk: &Desk, company: Option<CompanyNumber>, query: &HistoryQuery) -> Result<HistoryPage> {
    let scope = Scope::new(desk, company, query);
    let (found,): (i64,) = desk.db.one(scope.count()).await?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    let pages = found.min(EXPORT_LIMIT).div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    Ok(HistoryPage { rows: rows(desk, &scope, PAGE_SIZE, (page - 1) * PAGE_SIZE).await?, found, page, pages })
}

/// Which deeds are looked for.
struct Scope {
    company: Option<CompanyNumber>,
    since: Time,
    kind: String,
    who: Option<Who>,
}

/// Whoever did it, or whom it was done to.
enum Who {
    One(AccountId),
    /// Patterns for LIKE, of each word that is searched.
    Like(Vec<String>),
}

impl Scope {
    fn new(desk: &Desk, company: Option<CompanyNumber>, query: &HistoryQuery) -> Self {
        let like = Some(search::patterns(&query.person)).filter(|patterns| !patterns.is_empty()).map(Who::Like);
        Self { company, since: query.period.since(desk.now()), kind: query.kind.clone(), who: query.account.map(Who::One).or(like) }
    }

    /// The condition on `h`. Only what is asked for stands in it, so that an index serves it: one each for company, kind, and either side of
    /// a person. Nothing may stand beside the two sides, or SQLite reads the company's whole history instead.
    fn condition(&self, values: &mut Vec<Value>) -> String {
        let mut place = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        let mut parts = vec![format!("h.at >= {}", place(self.since.into()))];
        parts.extend(self.company.map(|company| format!("h.company = {}", place(company.into()))));
        parts.extend((!self.kind.is_empty()).then(|| format!("h.kind = {}", place(self.kind.as_str().into()))));
        let rows = parts.join(" AND ");
        let who = match &self.who {
            None => return rows,
            Some(Who::One(account)) => format!("= {}", place((*account).into())),
            Some(Who::Like(patterns)) => {
                // By the names that the company knows: others tell who it was that did not want to join.
                let from = match self.company.map(|company| place(company.into())) {
                    Some(company) => format!("SELECT account FROM known_as WHERE company = {company}"),
                    None => "SELECT id FROM account WHERE TRUE".to_owned(),
                };
                format!("IN ({from} AND {})", search::has_all("search_key", patterns, values))
            }
        };
        format!(
            "h.id IN (SELECT h.id FROM history h WHERE {rows} AND h.subject {who}
                      UNION SELECT h.id FROM history h WHERE {rows} AND h.actor {who})"
        )
    }

    /// Nobody counts further than an export goes.
    fn count(&self) -> Query {
        let mut values = Vec::new();
        let condition = self.condition(&mut values);
        values.push((EXPORT_LIMIT + 1).into());
        let text = format!("SELECT COUNT(*) FROM (SELECT 1 FROM history h WHERE {condition} LIMIT ${}) counted", values.len());
        Query::new(AssertSqlSafe(text), values)
    }

    fn rows(&self, limit: u32, offset: u32) -> Query {
        let mut values = Vec::new();
        let condition = self.condition(&mut values);
        values.extend([limit.into(), offset.into()]);
        let text = format!(
            "SELECT h.at, h.company, h.event, h.address, h.subject, COALESCE(ks.name, s.name) AS subject_name, COALESCE(ks.username, s.username) AS subject_username,
               s.general_of IS NOT NULL AS subject_general, a.general_of IS NOT NULL AS actor_general,
               h.actor, COALESCE(ka.name, a.name) AS actor_name, COALESCE(ka.username, a.username) AS actor_username
             FROM history h LEFT JOIN account s ON s.id = h.subject LEFT JOIN account a ON a.id = h.actor
             LEFT JOIN known_as ks ON ks.company = h.company AND ks.account = h.subject
             LEFT JOIN known_as ka ON ka.company = h.company AND ka.account = h.actor
             WHERE {condition} ORDER BY h.at DESC, h.id DESC LIMIT ${} OFFSET ${}",
            values.len() - 1,
            values.len()
        );
        Query::new(AssertSqlSafe(text), values)
    }
}

#[derive(FromRow)]
struct Row {
    at: i64,
    company: Option<i64>,
    event: String,
    address: Option<String>,
    subject: Option<Uuid>,
    subject_name: Option<String>,
    subject_username: Option<String>,
    subject_general: bool,
    actor: Option<Uuid>,
    actor_name: Option<String>,
    actor_username: Option<String>,
    actor_general: bool,
}

async fn rows(desk: &Desk, scope: &Scope, limit: u32, offset: u32) -> Result<Vec<HistoryRow>> {
    Ok(desk.db.all(scope.rows(limit, offset)).await?.into_iter().map(|row: Row| shown(desk, row)).collect())
}

fn shown(desk: &Desk, row: Row) -> HistoryRow {
    let person = |id: Option<Uuid>, name: Option<String>, username: Option<String>, general: bool| {
        let (name, username) = keys::shown(name?, username?);
        Some(Person { id: AccountId(id?), name, username, general })
    };
    HistoryRow {
        at: desk.local(Time(row.at)),
        actor: person(row.actor, row.actor_name, row.actor_username, row.actor_general),
        subject: person(row.subject, row.subject_name, row.subject_username, row.subject_general),
        company: row.company.map(CompanyNumber),
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
    desk.db
        .tick_in_portions(|portion| {
            sql!(
                "UPDATE history SET address = NULL WHERE id IN (SELECT id FROM history WHERE at <= $1 AND address IS NOT NULL LIMIT $2)",
                before,
                portion
            )
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    fn scope(kind: &str, who: Option<Who>) -> Scope {
        Scope { company: Some(CompanyNumber(10001)), since: Time(0), kind: kind.into(), who }
    }

    /// Delete an index of `history` to see it fail.
    #[tokio::test]
    async fn every_filter_is_served_by_an_index_of_its_own() {
        let persons = ["history_by_company_subject", "history_by_company_actor"];
        for (scope, indexes) in [
            (scope("", None), vec!["history_by_company (company=? AND at>?)"]),
            (scope("user_added", None), vec!["history_by_company_kind (company=? AND kind=? AND at>?)"]),
            (Scope { company: None, ..scope("", None) }, vec!["history_by_at (at>?)"]),
            (Scope { company: None, ..scope("user_added", None) }, vec!["history_by_kind (kind=? AND at>?)"]),
            (scope("", Some(Who::Like(vec!["%anna%".into(), "%vries%".into()]))), persons.to_vec()),
            (scope("", Some(Who::One(AccountId(Uuid::nil())))), persons.to_vec()),
        ] {
            for query in [scope.count(), scope.rows(50, 0)] {
                let plan = plan(query).await;
                assert!(indexes.iter().all(|index| plan.contains(index)), "{plan}");
                assert!(!plan.contains("SCAN h\n") && !plan.contains("SCAN h USING"), "{plan}");
                assert!(scope.who.is_none() || !plan.contains("history_by_company ("), "{plan}");
                assert!(scope.who.is_some() || !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }
}
