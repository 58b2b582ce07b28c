//! The base: an axum handler that does nothing but the list. The same statements as `server/src/users/list.rs` on the same database, from a
//! pool of the same size, and the same fifty rows in the same page as HTML, by askama. It reads no session, asks no permit, logs nothing,
//! and its page carries nothing for a client to take over.

use anyhow::Result;
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
use sqlx::{
    AssertSqlSafe, FromRow, PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::{net::SocketAddr, str::FromStr, sync::Arc};
use tokio::net::TcpListener;
use uuid::Uuid;

#[derive(Clone)]
enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

struct Bare {
    pool: Pool,
    clock: Clock,
    zone: TimeZone,
}

pub async fn serve(database: &str, address: SocketAddr) -> Result<()> {
    let pool = if database.starts_with("sqlite:") {
        let options = SqliteConnectOptions::from_str(database)?.read_only(true).collation("C", |a, b| a.cmp(b));
        Pool::Sqlite(SqlitePoolOptions::new().max_connections(8).connect_with(options).await?)
    } else {
        Pool::Postgres(PgPoolOptions::new().max_connections(20).connect(database).await?)
    };
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
}

/// The values of a statement, in the order of its placeholders.
struct Values<'a> {
    company: i64,
    now: i64,
    pattern: &'a str,
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
                    .bind(values.pattern)
                    .bind(values.status)
                    .bind(values.limit)
                    .bind(values.offset)
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
    const COLUMNS: &str = "a.id, m.username, COALESCE(m.given_name, a.name) AS name, m.role, m.state, m.invited_until,
        m.blocked_at IS NOT NULL AS blocked, CASE WHEN m.state <> 'invited' THEN a.locked_until END AS locked_until";
    let now = bare.clock.now();
    let search = asked.search.trim();
    let pattern = if search.is_empty() { String::new() } else { like_pattern(search) };
    let mut values = Values { company, now: now.0, pattern: &pattern, status: &asked.status, limit: 1, offset: 0 };
    let total = count_all(&bare.pool, company).await?;
    let found = if pattern.is_empty() && asked.status.is_empty() {
        total
    } else {
        let (found,): (i64,) = fetch!(fetch_one, &bare.pool, statement("COUNT(*)", "", &values), &values);
        found
    };
    let pages = u32::try_from(found)?.div_ceil(PAGE_SIZE).max(1);
    let page = asked.page.clamp(1, pages);
    (values.limit, values.offset) = (PAGE_SIZE.into(), ((page - 1) * PAGE_SIZE).into());
    let rows: Vec<Row> = fetch!(fetch_all, &bare.pool, statement(COLUMNS, &order_by(&asked.sort), &values), &values);
    let rows = rows.into_iter().map(|row| shown(bare, row, now)).collect();
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

const STATUS: &str = "CASE WHEN m.blocked_at IS NOT NULL THEN 'blocked'
    WHEN m.state <> 'invited' AND a.locked_until > $2 THEN 'locked'
    WHEN m.invited_until <= $2 THEN 'registration_expired'
    WHEN m.state = 'invited' THEN 'registration_requested'
    WHEN m.state = 'awaiting_approval' THEN 'awaiting_approval'
    ELSE 'no_active_licence' END";

fn statement(columns: &str, order: &str, values: &Values<'_>) -> String {
    let search = if values.pattern.is_empty() { "$3 = ''" } else { "m.search_key LIKE $3 ESCAPE '!'" };
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
}

fn shown(bare: &Bare, row: Row, now: Time) -> Shown {
    let membership = match (row.state.as_str(), row.invited_until) {
        ("invited", Some(until)) => Membership::Invited { until: Time(until) },
        ("awaiting_approval", _) => Membership::AwaitingApproval,
        _ => Membership::Active,
    };
    let facts = Facts { membership, blocked: row.blocked, locked_until: row.locked_until.map(Time), has_access: false };
    let status = facts.status(now);
    let (tone, word) = words(status.kind());
    let role = if row.role == Role::Administrator.key() { "Administrator" } else { "User" };
    Shown { id: row.id, username: row.username, name: row.name, role, status: word, tone, moment: moment(bare, status) }
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
