//! The database with nothing around it, for what Balie is held against.

use anyhow::Result;
use sqlx::{
    PgPool, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous},
};
use std::str::FromStr;

/// Connections that Balie has to PostgreSQL.
pub const AS_BALIE: u32 = 20;

#[derive(Clone)]
pub enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Pool {
    /// As many connections as Balie reads with.
    pub async fn reading(url: &str) -> Result<Self> {
        Ok(if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?.read_only(true).collation("C", |a, b| a.cmp(b));
            Self::Sqlite(SqlitePoolOptions::new().max_connections(8).connect_with(options).await?)
        } else {
            Self::Postgres(PgPoolOptions::new().max_connections(AS_BALIE).connect(url).await?)
        })
    }

    /// As durable as Balie writes. SQLite has one writer, as in Balie.
    pub async fn writing(url: &str, connections: u32) -> Result<Self> {
        Ok(if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .collation("C", |a, b| a.cmp(b));
            Self::Sqlite(SqlitePoolOptions::new().max_connections(1).connect_with(options).await?)
        } else {
            Self::Postgres(PgPoolOptions::new().max_connections(connections).connect(url).await?)
        })
    }
}
