//! My company › Licences, and one licence's page (L2, L3).

use super::{Row, access::counted, all_of, count, one_of, way};
use crate::{
    Desk,
    callers::Administrator,
    db::{Query, Value},
    error::{Error, Result},
    requests, search, sql,
    users::{self, HAS_ACCESS},
};
use shared::{
    AccountId, CompanyNumber, LicenceId, Time,
    licences::{Effect, LicencePage, LicencesPage, PAGE_SIZE, PeopleQuery, UsesRow, Validity, Way},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// All licences of the company, by name.
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, administrator: &Administrator) -> Result<LicencesPage> {
    let company = administrator.company();
    let rows: Vec<Row> = desk.db.all(all_of(company)).await?;
    Ok(LicencesPage { company, rows: rows.iter().map(|row| row.shown(desk)).collect() })
}

/// One licence: who has access and how, or, with `without`, who has none.
///
/// # Errors
/// Not found, for no licence of this company.
pub async fn page(desk: &Desk, administrator: &Administrator, licence: LicenceId, query: &PeopleQuery) -> Result<LicencePage> {
    let company = administrator.company();
    let row: Row = desk.db.maybe(one_of(company, licence)).await?.ok_or(Error::NotFound)?;
    let found = counted(desk, people(&row, company, query, "COUNT(*)", "", 1, 0)).await?;
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let columns = seen(desk.now());
    let listed = people(&row, company, query, &columns, "ORDER BY m.name_key, m.username", PAGE_SIZE, (page - 1) * PAGE_SIZE);
    let rows: Vec<PersonRow> = desk.db.all(listed).await?;
    Ok(LicencePage {
        company,
        effect: effect(desk, company, &row).await?,
        may_be_company_wide: row.licence().may_be_company_wide(desk.now()),
        has_room: row.licence().has_room(),
        people: rows.into_iter().map(|person| person.shown(desk, &row)).collect::<Result<_>>()?,
        licence: row.shown(desk),
        found,
        page,
        pages,
    })
}

#[derive(FromRow)]
struct PersonRow {
    id: Uuid,
    name: String,
    username: String,
    state: String,
    invited_until: Option<i64>,
    blocked: bool,
    locked_until: Option<i64>,
    has_access: bool,
    created_at: i64,
    way: Option<String>,
    given_at: Option<i64>,
}

fn seen(now: Time) -> String {
    // A number of ours: the other places are the filter's.
    let has_access = HAS_ACCESS.replace("$2", &now.0.to_string());
    format!(
        "m.account AS id, COALESCE(m.given_name, a.name) AS name, m.username, m.state, m.invited_until, m.blocked_at IS NOT NULL AS blocked,
         CASE WHEN m.state <> 'invited' THEN a.locked_until END AS locked_until, {has_access} AS has_access, m.created_at, u.way, u.given_at"
    )
}

/// L2, L3: those with access, company-wide access among it; or those without access of their own who could be given it.
pub(super) fn people(row: &Row, company: CompanyNumber, query: &PeopleQuery, columns: &str, order: &str, limit: u32, offset: u32) -> Query {
    let who = match (query.without, row.company_wide_since.is_some()) {
        (true, _) => "u.account IS NULL AND m.state <> 'awaiting_approval' AND m.blocked_at IS NULL",
        (false, true) => "(u.account IS NOT NULL OR (m.state = 'active' AND m.blocked_at IS NULL))",
        (false, false) => "u.account IS NOT NULL",
    };
    let mut values: Vec<Value> = vec![company.into(), row.id.into(), limit.into(), offset.into()];
    let searched = search::has_all("m.search_key", &search::patterns(&query.search), &mut values);
    let text = format!(
        "SELECT {columns} FROM membership m JOIN account a ON a.id = m.account
         LEFT JOIN access u ON u.licence = $2 AND u.account = m.account
         WHERE m.company = $1 AND {who} AND {searched} {order} LIMIT $3 OFFSET $4"
    );
    Query::new(AssertSqlSafe(text), values)
}

impl PersonRow {
    fn shown(self, desk: &Desk, licence: &Row) -> Result<UsesRow> {
        let facts = users::facts(&self.state, self.invited_until, self.blocked, self.locked_until, self.has_access)?;
        let own = self.way.as_deref().zip(self.given_at).map(|(key, at)| (way(key), at));
        // Whoever came later has it since then.
        let with_all = licence
            .company_wide_since
            .filter(|_| self.state == "active" && !self.blocked)
            .map(|at| (Way::CompanyWide, at.max(self.created_at)));
        Ok(UsesRow {
            id: AccountId(self.id),
            name: self.name,
            username: self.username,
            status: users::shown(desk, facts.status(desk.now())),
            access: own.or(with_all).map(|(way, at)| (way, desk.local(Time(at)))),
        })
    }
}

/// L3, in numbers.
async fn effect(desk: &Desk, company: CompanyNumber, row: &Row) -> Result<Effect> {
    let (members, without): (i64, i64) = desk
        .db
        .one(sql!(
            "SELECT COUNT(*), COUNT(CASE WHEN x.account IS NULL THEN 1 END) FROM membership m
             LEFT JOIN access x ON x.licence = $2 AND x.account = m.account WHERE m.company = $1 AND m.state = 'active' AND m.blocked_at IS NULL",
            company,
            row.id
        ))
        .await?;
    let without = count(without);
    // As the deed will grant them: documents that it has, too, and none before it begins.
    let open = match row.licence().validity(desk.now()) {
        Validity::Valid => counted(desk, requests::count_answered(company, row.id())).await?,
        Validity::NotYet | Validity::Expired => 0,
    };
    Ok(Effect { members: count(members), without, open, used_afterwards: count(row.used).saturating_add(without) })
}
