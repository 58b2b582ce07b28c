//! A database for one test.

use server::{Desk, db::Db, sql};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

pub enum Place {
    Sqlite(TempDir),
    /// Named by its URL, and the URL of the database from which it is made and dropped.
    Postgres {
        name: String,
        server: String,
    },
}

impl Place {
    pub fn sqlite() -> Self {
        Self::Sqlite(tempfile::tempdir().unwrap())
    }

    /// A missing server fails the test: a test that was skipped looks like one that passed.
    pub async fn postgres() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("BALIE_TEST_POSTGRES").unwrap_or_else(|_| {
            panic!("BALIE_TEST_POSTGRES is not set: the URL of a PostgreSQL where a superuser may make databases; `make test` starts one")
        });
        let name = format!("balie_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // A server that stays may have one of an earlier process with the same number.
        on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        on_server(&server, &format!("CREATE DATABASE {name}")).await;
        Self::Postgres { name, server }
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite:{}", folder.path().join("balie.db").display()),
            Self::Postgres { name, server } => {
                let (address, options) = server.split_once('?').map_or((server.as_str(), String::new()), |(a, o)| (a, format!("?{o}")));
                let (before, _) = address.rsplit_once('/').expect("postgres://user@host/database");
                format!("{before}/{name}{options}")
            }
        }
    }

    /// What a failed test leaves behind is kept for looking at.
    pub async fn drop(self) {
        if let Self::Postgres { name, server } = self {
            on_server(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn on_server(server: &str, statement: &str) {
    let mut connection = PgConnection::connect(server).await.expect("BALIE_TEST_POSTGRES names a PostgreSQL that can be reached");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))).await.unwrap();
    connection.close().await.unwrap();
}

/// Everything in the database, a line a row: to find what should not be there, and to see that nothing changed.
pub async fn dump(desk: &Desk) -> Vec<String> {
    let mut lines = Vec::new();
    for table in tables(desk).await {
        let row = match &desk.db {
            Db::Postgres(_) => format!("{table}::text"),
            Db::Sqlite { .. } => quoted_columns(desk, &table).await,
        };
        let rows: Vec<(String,)> = desk.db.all(sql!(AssertSqlSafe(format!("SELECT {row} FROM {table}")))).await.unwrap();
        lines.extend(rows.into_iter().map(|(row,)| format!("{table} {row}")));
    }
    lines.sort();
    lines
}

async fn tables(desk: &Desk) -> Vec<String> {
    let names: Vec<(String,)> = match &desk.db {
        Db::Postgres(_) => desk.db.all(sql!("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")).await.unwrap(),
        Db::Sqlite { .. } => desk.db.all(sql!("SELECT name FROM sqlite_master WHERE type = 'table'")).await.unwrap(),
    };
    let names: Vec<_> =
        names.into_iter().map(|(name,)| name).filter(|name| !name.starts_with(['_']) && !name.starts_with("sqlite")).collect();
    assert!(names.len() > 8, "{names:?}");
    names
}

async fn quoted_columns(desk: &Desk, table: &str) -> String {
    let columns: Vec<(String,)> = desk.db.all(sql!("SELECT name FROM pragma_table_info($1)", table)).await.unwrap();
    columns.into_iter().map(|(column,)| format!("quote({column})")).collect::<Vec<_>>().join(" || ' ' || ")
}
