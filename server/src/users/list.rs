//! The list: filtered, sorted, searched, paged, exported (U4).

use super::{facts, role, shown};
use crate::{
    Desk,
    callers::{Administrator, Staff},
    companies,
    db::{Query, Value},
    error::Result,
    licences::{self, Names},
    search, sql,
};
use shared::{
    AccountId, CompanyNumber, LocalTime, Refusal, Role, Time,
    users::{PAGE_SIZE, SortBy, StatusKind, StatusShown, UserRow, UsersPage, UsersQuery},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(FromRow)]
struct ListRow {
    id: Uuid,
    username: String,
    name: String,
    role: String,
    state: String,
    invited_until: Option<i64>,
    blocked: bool,
    locked_until: Option<i64>,
    has_access: bool,
}

/// U4 as SQL: whether somebody may use anything now, by themselves or company-wide. `$2` is now.
macro_rules! has_access {
    () => {
        "(EXISTS (SELECT 1 FROM access x JOIN licence l ON l.id = x.licence
             WHERE x.company = m.company AND x.account = m.account AND l.valid_from <= $2 AND l.valid_until > $2)
          OR EXISTS (SELECT 1 FROM licence l WHERE l.company = m.company AND l.company_wide_since IS NOT NULL
             AND l.valid_from <= $2 AND l.valid_until > $2))"
    };
}
pub(crate) const HAS_ACCESS: &str = has_access!();

/// U4 as SQL, for the filter, the sorting and Home's figures; a test holds it against [`Facts::status`]. `$2` is now.
pub(crate) const STATUS: &str = concat!(
    "CASE WHEN m.blocked_at IS NOT NULL THEN 'blocked'
    WHEN m.state <> 'invited' AND a.locked_until > $2 THEN 'locked'
    WHEN m.invited_until <= $2 THEN 'registration_expired'
    WHEN m.state = 'invited' THEN 'registration_requested'
    WHEN m.state = 'awaiting_approval' THEN 'awaiting_approval'
    WHEN ",
    has_access!(),
    " THEN 'registered'
    ELSE 'no_active_licence' END"
);

/// Whom the filter finds. Only the conditions that are asked for stand in the statement: without any, nobody's account is read to count.
struct Filter {
    company: CompanyNumber,
    now: Time,
    /// For LIKE, of each word that is searched; none finds everybody.
    patterns: Vec<String>,
    status: Option<StatusKind>,
}

impl Filter {
    fn new(desk: &Desk, company: CompanyNumber, query: &UsersQuery) -> Self {
        Self { company, now: desk.now(), patterns: search::patterns(&query.search), status: query.status }
    }

    const fn finds_everybody(&self) -> bool {
        self.patterns.is_empty() && self.status.is_none()
    }

    fn query(&self, columns: &str, order: &str, limit: u32, offset: u32) -> Query {
        let mut values: Vec<Value> =
            vec![self.company.into(), self.now.into(), self.status.map_or("", StatusKind::key).into(), limit.into(), offset.into()];
        let searched = search::has_all("m.search_key", &self.patterns, &mut values);
        let status = if self.status.is_some() { format!("{STATUS} = $3") } else { "$3 = '' AND $2 = $2".to_owned() };
        let text = format!(
            "SELECT {columns} FROM membership m JOIN account a ON a.id = m.account
             WHERE m.company = $1 AND {searched} AND {status} {order} LIMIT $4 OFFSET $5"
        );
        Query::new(AssertSqlSafe(text), values)
    }

    /// Whom it finds, and how many there are in all.
    async fn count(&self, desk: &Desk) -> Result<(u32, u32)> {
        let (total,): (i64,) = desk.db.one(sql!("SELECT COUNT(*) FROM membership WHERE company = $1", self.company)).await?;
        let found = if self.finds_everybody() {
            total
        } else {
            let (found,): (i64,) = desk.db.one(self.query("COUNT(*)", "", 1, 0)).await?;
            found
        };
        Ok((u32::try_from(found).unwrap_or(u32::MAX), u32::try_from(total).unwrap_or(u32::MAX)))
    }
}

/// One page of the list, filtered, sorted and searched.
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, administrator: &Administrator, query: &UsersQuery) -> Result<UsersPage> {
    list_in(desk, administrator.company(), query).await
}

/// O1: the members of a company, at the provider's desk.
///
/// # Errors
/// When the database can't be reached.
pub async fn members(desk: &Desk, _staff: &Staff, company: CompanyNumber, query: &UsersQuery) -> Result<UsersPage> {
    list_in(desk, company, query).await
}

/// What a company sees of its people, who may be asked whether they join.
const SEEN: &str = concat!(
    "a.id, m.username, COALESCE(m.given_name, a.name) AS name, m.role, m.state, m.invited_until,
    m.blocked_at IS NOT NULL AS blocked, CASE WHEN m.state <> 'invited' THEN a.locked_until END AS locked_until, ",
    has_access!(),
    " AS has_access"
);

async fn list_in(desk: &Desk, company: CompanyNumber, query: &UsersQuery) -> Result<UsersPage> {
    let filter = Filter::new(desk, company, query);
    let (found, total) = filter.count(desk).await?;
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let order = order_by(query.sort, query.descending);
    let rows: Vec<ListRow> = desk.db.all(filter.query(SEEN, &order, PAGE_SIZE, (page - 1) * PAGE_SIZE)).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let licences = licences::names(desk, company, Some(&ids), filter.now).await?;
    Ok(UsersPage {
        company,
        rows: rows.into_iter().map(|row| shown_row(desk, row, &licences, filter.now)).collect::<Result<_>>()?,
        found,
        total,
        page,
        pages,
        may_add: if companies::domains(desk, company).await?.is_empty() { Err(Refusal::NoDomain) } else { Ok(()) },
    })
}

/// Everybody whom the filter finds, in the order of their ids.
pub(super) async fn find_ids(desk: &Desk, company: CompanyNumber, query: &UsersQuery) -> Result<Vec<Uuid>> {
    let ids: Vec<(Uuid,)> = desk.db.all(Filter::new(desk, company, query).query("a.id", "ORDER BY a.id", u32::MAX, 0)).await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

/// What removing or blocking them would cost, as one statement.
pub(super) fn ends_of_found(desk: &Desk, company: CompanyNumber, query: &UsersQuery) -> Query {
    Filter::new(desk, company, query).query(super::ends::SUMS, "", 1, 0)
}

/// A line of the CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub status: StatusShown,
    pub username: String,
    pub name: String,
    pub role: Role,
    /// The products that the person may use now, by name.
    pub licences: Vec<String>,
    pub phone: Option<String>,
    pub country: Option<String>,
    pub added: LocalTime,
    pub registered: Option<LocalTime>,
}

#[derive(FromRow)]
struct ExportRow {
    id: Uuid,
    username: String,
    name: String,
    role: String,
    state: String,
    invited_until: Option<i64>,
    blocked: bool,
    locked_until: Option<i64>,
    has_access: bool,
    phone: Option<String>,
    country: Option<String>,
    created_at: i64,
    registered_at: Option<i64>,
}

/// Everybody whom the filter finds, on all pages, in the order of the list.
///
/// # Errors
/// When the database can't be reached.
pub async fn export(desk: &Desk, administrator: &Administrator, query: &UsersQuery) -> Result<Vec<Exported>> {
    let columns = format!(
        "{SEEN}, CASE WHEN m.given_name IS NULL THEN a.phone ELSE m.given_phone END AS phone,
         CASE WHEN m.given_name IS NULL THEN a.country ELSE m.given_country END AS country, m.created_at,
         CASE WHEN m.state <> 'invited' THEN a.registered_at END AS registered_at"
    );
    let filter = Filter::new(desk, administrator.company(), query);
    let order = order_by(query.sort, query.descending);
    let rows: Vec<ExportRow> = desk.db.all(filter.query(&columns, &order, u32::MAX, 0)).await?;
    let licences = licences::names(desk, filter.company, None, filter.now).await?;
    rows.into_iter().map(|row| exported(desk, row, &licences, filter.now)).collect()
}

fn exported(desk: &Desk, row: ExportRow, licences: &Names, now: Time) -> Result<Exported> {
    let status = facts(&row.state, row.invited_until, row.blocked, row.locked_until, row.has_access)?.status(now);
    Ok(Exported {
        status: shown(desk, status),
        licences: licences.of(row.id, &row.state),
        username: row.username,
        name: row.name,
        role: role(&row.role)?,
        phone: row.phone,
        country: row.country,
        added: desk.local(Time(row.created_at)),
        registered: row.registered_at.map(|at| desk.local(Time(at))),
    })
}

fn shown_row(desk: &Desk, row: ListRow, licences: &Names, now: Time) -> Result<UserRow> {
    let status = facts(&row.state, row.invited_until, row.blocked, row.locked_until, row.has_access)?.status(now);
    Ok(UserRow {
        id: AccountId(row.id),
        licences: licences.of(row.id, &row.state),
        username: row.username,
        name: row.name,
        role: role(&row.role)?,
        status: shown(desk, status),
    })
}

/// The username ends every order, so that pages never overlap. Everything compares by its bytes, on both databases alike.
fn order_by(sort: SortBy, descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    let key = match sort {
        SortBy::Name => "m.name_key".to_owned(),
        SortBy::Username => return format!("ORDER BY m.username {direction}"),
        SortBy::Role => "m.role COLLATE \"C\"".to_owned(),
        SortBy::Status => format!("({STATUS}) COLLATE \"C\""),
    };
    format!("ORDER BY {key} {direction}, m.username {direction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Delete an index of migration 0003, or sort by the account's own columns, to see it fail.
    #[tokio::test]
    async fn the_list_comes_sorted() {
        let filter = Filter { company: CompanyNumber(10001), now: Time(0), patterns: Vec::new(), status: None };
        for (sort, index) in [
            (SortBy::Name, "membership_by_name (company=?)"),
            (SortBy::Username, "membership_by_username (company=?)"),
            (SortBy::Role, "membership_by_role_username (company=?)"),
        ] {
            for descending in [false, true] {
                let plan = plan(filter.query("a.id", &order_by(sort, descending), PAGE_SIZE, 0)).await;
                assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
            }
        }
    }
}
