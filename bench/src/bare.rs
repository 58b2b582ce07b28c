//! The base: an axum handler that does nothing but the list. The same statements as `server/src/users/list.rs` on the same database, from a
//! pool of the same size, and the same fifty rows in the same page as HTML, by askama. It reads no session, asks no permit, logs nothing,
//! and its page carries nothing for a client to take over.

use crate::pools::Pool;
use anyhow::{Result, ensure};
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use server::desk::Clock;
use shared::{
    LocalTime, Role, Time,
    fields::{Language, folded},
    users::{Facts, Membership, PAGE_SIZE, Status, StatusKind},
};
use sqlx::{AssertSqlSafe, FromRow};
use std::{collections::HashMap, net::SocketAddr, sync::Arc};
use tokio::net::TcpListener;
use uuid::Uuid;

struct Bare {
    pool: Pool,
    clock: Clock,
    zone: TimeZone,
}

pub async fn serve(database: &str, address: SocketAddr) -> Result<()> {
    let pool = Pool::reading(database).await?;
    let bare = Arc::new(Bare { pool, clock: Clock::default(), zone: TimeZone::get("Europe/Amsterdam")? });
    let routes = Router::new().route("/readyz", get(|| async {})).route("/company/{number}/users", get(users)).with_state(bare);
    Ok(axum::serve(TcpListener::bind(address).await?, routes).await?)
}

async fn users(State(bare): State<Arc<Bare>>, Path(company): Path<i64>, Query(asked): Query<Asked>) -> Response {
    match page(&bare, company, asked).await {
        Ok(html) => Html(html).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

#[derive(Deserialize)]
#[serde(default)]
struct Asked {
    search: String,
    status: String,
    sort: String,
    page: u32,
}

impl Default for Asked {
    fn default() -> Self {
        Self { search: String::new(), status: String::new(), sort: "name".into(), page: 1 }
    }
}

#[derive(FromRow)]
struct Row {
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

macro_rules! has_access {
    () => {
        "(EXISTS (SELECT 1 FROM access x JOIN licence l ON l.id = x.licence
             WHERE x.company = m.company AND x.account = m.account AND l.valid_from <= $2 AND l.valid_until > $2)
          OR EXISTS (SELECT 1 FROM licence l WHERE l.company = m.company AND l.company_wide_since IS NOT NULL
             AND l.valid_from <= $2 AND l.valid_until > $2))"
    };
}

/// The values of a statement, in the order of its placeholders.
struct Values<'a> {
    company: i64,
    now: i64,
    /// Of the words that are searched for; empty where there are fewer.
    patterns: [&'a str; 3],
    status: &'a str,
    limit: i64,
    offset: i64,
}

macro_rules! fetch {
    ($fetch:ident, $pool:expr, $text:expr, $values:expr) => {{
        let (text, values) = (AssertSqlSafe($text), $values);
        macro_rules! on {
            ($one:expr) => {
                sqlx::query_as(text)
                    .bind(values.company)
                    .bind(values.now)
                    .bind(values.patterns[0])
                    .bind(values.status)
                    .bind(values.limit)
                    .bind(values.offset)
                    .bind(values.patterns[1])
                    .bind(values.patterns[2])
                    .$fetch($one)
                    .await?
            };
        }
        match $pool {
            Pool::Sqlite(pool) => on!(pool),
            Pool::Postgres(pool) => on!(pool),
        }
    }};
}

async fn page(bare: &Bare, company: i64, asked: Asked) -> Result<String> {
    const COLUMNS: &str = concat!(
        "a.id, m.username, COALESCE(m.given_name, a.name) AS name, m.role, m.state, m.invited_until,
         m.blocked_at IS NOT NULL AS blocked, CASE WHEN m.state <> 'invited' THEN a.locked_until END AS locked_until, ",
        has_access!(),
        " AS has_access"
    );
    let now = bare.clock.now();
    let patterns: Vec<String> = asked.search.split_whitespace().map(like_pattern).collect();
    ensure!(patterns.len() <= 3, "the bench searches for three words at most");
    let words = [0, 1, 2].map(|word| patterns.get(word).map_or("", String::as_str));
    let mut values = Values { company, now: now.0, patterns: words, status: &asked.status, limit: 1, offset: 0 };
    let total = count_all(&bare.pool, company).await?;
    let found = if patterns.is_empty() && asked.status.is_empty() {
        total
    } else {
        let (found,): (i64,) = fetch!(fetch_one, &bare.pool, statement("COUNT(*)", "", &values), &values);
        found
    };
    let pages = u32::try_from(found)?.div_ceil(PAGE_SIZE).max(1);
    let page = asked.page.clamp(1, pages);
    (values.limit, values.offset) = (PAGE_SIZE.into(), ((page - 1) * PAGE_SIZE).into());
    let rows: Vec<Row> = fetch!(fetch_all, &bare.pool, statement(COLUMNS, &order_by(&asked.sort), &values), &values);
    let people: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let licences = licences(&bare.pool, company, &people, now).await?;
    let rows = rows.into_iter().map(|row| shown(bare, row, &licences, now)).collect();
    Ok(UsersPage { company, rows, found, page, pages, asked }.render()?)
}

async fn count_all(pool: &Pool, company: i64) -> Result<i64> {
    const COUNT: &str = "SELECT COUNT(*) FROM membership WHERE company = $1";
    let (total,): (i64,) = match pool {
        Pool::Sqlite(pool) => sqlx::query_as(COUNT).bind(company).fetch_one(pool).await?,
        Pool::Postgres(pool) => sqlx::query_as(COUNT).bind(company).fetch_one(pool).await?,
    };
    Ok(total)
}

/// The names of the products that people may use now.
struct Licences {
    own: HashMap<Uuid, Vec<String>>,
    company_wide: Vec<String>,
}

impl Licences {
    fn of(&self, person: Uuid, state: &str) -> String {
        let with_all = if state == "active" { self.company_wide.as_slice() } else { &[] };
        let mut names: Vec<&str> = self.own.get(&person).into_iter().flatten().chain(with_all).map(String::as_str).collect();
        names.sort_by_cached_key(|name| folded(name));
        names.dedup();
        names.join(", ")
    }
}

async fn licences(pool: &Pool, company: i64, people: &[Uuid], now: Time) -> Result<Licences> {
    const COMPANY_WIDE: &str = "SELECT p.name FROM licence l JOIN product p ON p.id = l.product
        WHERE l.company = $1 AND l.company_wide_since IS NOT NULL AND l.valid_from <= $2 AND l.valid_until > $2";
    let places: Vec<String> = (3..people.len() + 3).map(|place| format!("${place}")).collect();
    let own = format!(
        "SELECT x.account, p.name FROM access x JOIN licence l ON l.id = x.licence JOIN product p ON p.id = l.product
         WHERE x.company = $1 AND l.valid_from <= $2 AND l.valid_until > $2 AND x.account IN ({})",
        places.join(", ")
    );
    macro_rules! on {
        ($pool:expr) => {{
            let company_wide: Vec<(String,)> = sqlx::query_as(COMPANY_WIDE).bind(company).bind(now.0).fetch_all($pool).await?;
            let mut query = sqlx::query_as(AssertSqlSafe(own)).bind(company).bind(now.0);
            for person in people {
                query = query.bind(*person);
            }
            let own: Vec<(Uuid, String)> = if people.is_empty() { Vec::new() } else { query.fetch_all($pool).await? };
            (company_wide, own)
        }};
    }
    let (company_wide, rows) = match pool {
        Pool::Sqlite(pool) => on!(pool),
        Pool::Postgres(pool) => on!(pool),
    };
    let mut own: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (person, name) in rows {
        own.entry(person).or_default().push(name);
    }
    Ok(Licences { own, company_wide: company_wide.into_iter().map(|(name,)| name).collect() })
}

const STATUS: &str = concat!(
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

fn statement(columns: &str, order: &str, values: &Values<'_>) -> String {
    let has = |(place, pattern): (&str, &str)| {
        if pattern.is_empty() { format!("{place} = ''") } else { format!("m.search_key LIKE {place} ESCAPE '!'") }
    };
    let search = ["$3", "$7", "$8"].into_iter().zip(values.patterns).map(has).collect::<Vec<_>>().join(" AND ");
    let status = if values.status.is_empty() { "$4 = '' AND $2 = $2".to_owned() } else { format!("{STATUS} = $4") };
    format!(
        "SELECT {columns} FROM membership m JOIN account a ON a.id = m.account
             WHERE m.company = $1 AND {search} AND {status} {order} LIMIT $5 OFFSET $6"
    )
}

fn like_pattern(search: &str) -> String {
    let escaped: String = folded(search).chars().flat_map(|c| matches!(c, '%' | '_' | '!').then_some('!').into_iter().chain([c])).collect();
    format!("%{escaped}%")
}

fn order_by(sort: &str) -> String {
    let (direction, key) = sort.strip_prefix('-').map_or(("ASC", sort), |key| ("DESC", key));
    let key = match key {
        "username" => return format!("ORDER BY m.username {direction}"),
        "role" => "m.role COLLATE \"C\"".to_owned(),
        "status" => format!("({STATUS}) COLLATE \"C\""),
        _ => "m.name_key".to_owned(),
    };
    format!("ORDER BY {key} {direction}, m.username {direction}")
}

#[derive(Template)]
#[template(path = "users.html")]
struct UsersPage {
    company: i64,
    rows: Vec<Shown>,
    found: i64,
    page: u32,
    pages: u32,
    asked: Asked,
}

struct Shown {
    id: Uuid,
    username: String,
    name: String,
    role: &'static str,
    status: &'static str,
    tone: &'static str,
    /// For the machine, and for people.
    moment: Option<(String, String)>,
    licences: String,
}

fn shown(bare: &Bare, row: Row, licences: &Licences, now: Time) -> Shown {
    let membership = match (row.state.as_str(), row.invited_until) {
        ("invited", Some(until)) => Membership::Invited { until: Time(until) },
        ("awaiting_approval", _) => Membership::AwaitingApproval,
        _ => Membership::Active,
    };
    let facts = Facts { membership, blocked: row.blocked, locked_until: row.locked_until.map(Time), has_access: row.has_access };
    let status = facts.status(now);
    let (tone, word) = words(status.kind());
    let role = if row.role == Role::Administrator.key() { "Administrator" } else { "User" };
    let licences = licences.of(row.id, &row.state);
    Shown { id: row.id, username: row.username, name: row.name, role, status: word, tone, moment: moment(bare, status), licences }
}

const fn words(kind: StatusKind) -> (&'static str, &'static str) {
    match kind {
        StatusKind::Blocked => ("danger", "Blocked"),
        StatusKind::Locked => ("danger", "Locked"),
        StatusKind::RegistrationExpired => ("warning", "Registration expired"),
        StatusKind::RegistrationRequested => ("info", "Registration requested"),
        StatusKind::AwaitingApproval => ("info", "Awaiting approval"),
        StatusKind::NoActiveLicence => ("neutral", "No active licence"),
        StatusKind::Registered => ("success", "Registered"),
    }
}

fn moment(bare: &Bare, status: Status) -> Option<(String, String)> {
    let zoned = Timestamp::from_millisecond(status.moment()?.0).ok()?.to_zoned(bare.zone.clone());
    let moment = LocalTime {
        year: zoned.year(),
        month: zoned.month().unsigned_abs(),
        day: zoned.day().unsigned_abs(),
        hour: zoned.hour().unsigned_abs(),
        minute: zoned.minute().unsigned_abs(),
    };
    let text = match status.kind() {
        StatusKind::Locked => format!("until {}", moment.date_and_time(Language::English)),
        StatusKind::RegistrationExpired => format!("since {}", moment.date(Language::English)),
        _ => format!("until {}", moment.date(Language::English)),
    };
    Some((moment.machine(), text))
}
