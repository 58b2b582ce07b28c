//! Two native pools behind one enum, and one SQL text for both.
//!
//! Reads go straight to [`Db`]. What changes something goes through [`crate::deed::Deed`], which owns the only [`Tx`]; the few writes that
//! are no deeds (a session's last sight, a letter's claim) are single statements by [`Db::tick`].

use crate::{documents, error::Result};
use shared::{AccountId, BatchId, CompanyNumber, DocumentId, LicenceId, NewsletterId, ProductId, RequestId, SupplierId, Time};
use sqlx::{
    FromRow, PgPool, Postgres, SqlSafeStr, SqlStr, Sqlite, SqlitePool, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};
use uuid::Uuid;

/// The database.
#[derive(Clone, Debug)]
pub enum Db {
    /// One writer, several readers: WAL lets them not wait for each other.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// One transaction. Only [`crate::deed`] can commit it.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Two programs that start at once on a new file: sqlx lets migrations wait for each other on PostgreSQL only. Held until it is dropped.
async fn turn_to_migrate(write: &SqlitePool) -> std::io::Result<std::fs::File> {
    let path = write.connect_options().get_filename().with_extension("migrating");
    tokio::task::spawn_blocking(move || {
        let file = std::fs::File::create(path)?;
        file.lock()?;
        Ok(file)
    })
    .await
    .map_err(std::io::Error::other)?
}

/// Rows that are changed at once where there may be very many.
const PORTION: u32 = 1000;

/// A row that both databases can give.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A statement with its values. Placeholders are `$1`, `$2`, … on both databases. Made by [`sql!`](crate::sql).
pub struct Query {
    text: SqlStr,
    values: Vec<Value>,
}

/// A value for a placeholder.
#[derive(Clone, Debug)]
pub enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
    Boolean(bool),
    Id(Option<Uuid>),
    Bytes(Vec<u8>),
}

/// `sql!("SELECT … WHERE id = $1", id)`.
#[macro_export]
macro_rules! sql {
    ($text:expr $(, $value:expr)* $(,)?) => {
        $crate::db::Query::new($text, vec![$($crate::db::Value::from($value)),*])
    };
}

macro_rules! values_from {
    ($($type:ty: $value:ident => $into:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $into
            }
        }
    )*};
}
values_from! {
    i64: value => Self::Integer(Some(value));
    Option<i64>: value => Self::Integer(value);
    u32: value => Self::Integer(Some(value.into()));
    Time: value => Self::Integer(Some(value.0));
    Option<Time>: value => Self::Integer(value.map(|time| time.0));
    CompanyNumber: value => Self::Integer(Some(value.0));
    Option<CompanyNumber>: value => Self::Integer(value.map(|number| number.0));
    &str: value => Self::Text(Some(storable(value)));
    String: value => Self::Text(Some(storable(&value)));
    Option<String>: value => Self::Text(value.as_deref().map(storable));
    Option<&str>: value => Self::Text(value.map(storable));
    bool: value => Self::Boolean(value);
    Uuid: value => Self::Id(Some(value));
    Option<Uuid>: value => Self::Id(value);
    AccountId: value => Self::Id(Some(value.0));
    Option<AccountId>: value => Self::Id(value.map(|id| id.0));
    LicenceId: value => Self::Id(Some(value.0));
    Option<LicenceId>: value => Self::Id(value.map(|id| id.0));
    ProductId: value => Self::Id(Some(value.0));
    Option<ProductId>: value => Self::Id(value.map(|id| id.0));
    SupplierId: value => Self::Id(Some(value.0));
    Option<SupplierId>: value => Self::Id(value.map(|id| id.0));
    NewsletterId: value => Self::Id(Some(value.0));
    Option<NewsletterId>: value => Self::Id(value.map(|id| id.0));
    BatchId: value => Self::Id(Some(value.0));
    Option<BatchId>: value => Self::Id(value.map(|id| id.0));
    RequestId: value => Self::Id(Some(value.0));
    Option<RequestId>: value => Self::Id(value.map(|id| id.0));
    DocumentId: value => Self::Integer(Some(value.0));
    Option<DocumentId>: value => Self::Integer(value.map(|id| id.0));
    Option<u32>: value => Self::Integer(value.map(i64::from));
    Vec<u8>: value => Self::Bytes(value);
    &[u8; 32]: value => Self::Bytes(value.to_vec());
}

/// PostgreSQL's texts hold no NUL, and what people type may: it must not be an error of the database there, and mean something on SQLite.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// `$3, $4, $5`: so many placeholders, from the first on.
pub(crate) fn places(count: usize, first: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

impl Query {
    #[must_use]
    pub fn new(text: impl SqlSafeStr, values: Vec<Value>) -> Self {
        Self { text: text.into_sql_str(), values }
    }
}

/// Binds the values to a query of either database.
macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Integer(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Boolean(value) => query.bind(value),
                Value::Id(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Db {
    /// Connects, and makes the file of a SQLite database that is not there yet.
    ///
    /// # Errors
    /// When the URL can't be read or the database can't be reached.
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // NORMAL can lose acknowledged commits when the power fails.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                // Keys compare by their bytes, under PostgreSQL's name for that.
                .collation("C", |a, b| a.cmp(b))
                .busy_timeout(Duration::from_secs(10))
                .optimize_on_close(true, None);
            if let Some(folder) = options.get_filename().parent() {
                std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
            }
            let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
            let read = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true).create_if_missing(false)).await?;
            return Ok(Self::Sqlite { read, write });
        }
        let options = PgConnectOptions::from_str(url)?.application_name("balie");
        Ok(Self::Postgres(PgPoolOptions::new().max_connections(20).acquire_timeout(Duration::from_secs(10)).connect_with(options).await?))
    }

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// When a migration fails, or the database is newer than the program.
    pub async fn migrate(&self) -> Result<()> {
        let migrations = sqlx::migrate!("./migrations");
        match self {
            Self::Sqlite { write, .. } => {
                let _turn = turn_to_migrate(write).await.map_err(sqlx::Error::Io)?;
                migrations.run(write).await?;
                documents::prepare(self).await
            }
            Self::Postgres(pool) => {
                migrations.run(pool).await?;
                documents::prepare(self).await
            }
        }
    }

    /// # Errors
    /// Whatever the database says.
    pub async fn all<T: Record>(&self, query: Query) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite { read, .. } => bound!(sqlx::query_as(query.text), query.values).fetch_all(read).await?,
            Self::Postgres(pool) => bound!(sqlx::query_as(query.text), query.values).fetch_all(pool).await?,
        })
    }

    /// # Errors
    /// Whatever the database says.
    pub async fn maybe<T: Record>(&self, query: Query) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite { read, .. } => bound!(sqlx::query_as(query.text), query.values).fetch_optional(read).await?,
            Self::Postgres(pool) => bound!(sqlx::query_as(query.text), query.values).fetch_optional(pool).await?,
        })
    }

    /// Exactly one row.
    ///
    /// # Errors
    /// Whatever the database says, and when there is none.
    pub async fn one<T: Record>(&self, query: Query) -> Result<T> {
        self.maybe(query).await?.ok_or(sqlx::Error::RowNotFound.into())
    }

    /// One statement that writes and is no deed: nothing that a person decided. Answers with the rows changed.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn tick(&self, query: Query) -> Result<u64> {
        Ok(match self {
            Self::Sqlite { write, .. } => bound!(sqlx::query(query.text), query.values).execute(write).await?.rows_affected(),
            Self::Postgres(pool) => bound!(sqlx::query(query.text), query.values).execute(pool).await?.rows_affected(),
        })
    }

    /// Repeats a statement that changes at most as many rows as it is told, until there are no more: nobody waits for all of them.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn tick_in_portions(&self, statement: impl Fn(u32) -> Query + Send) -> Result<()> {
        while self.tick(statement(PORTION)).await? >= u64::from(PORTION) {}
        Ok(())
    }

    /// [`Self::tick`] with `RETURNING`.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn tick_returning<T: Record>(&self, query: Query) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite { write, .. } => bound!(sqlx::query_as(query.text), query.values).fetch_optional(write).await?,
            Self::Postgres(pool) => bound!(sqlx::query_as(query.text), query.values).fetch_optional(pool).await?,
        })
    }

    /// A read transaction that turned into a write would fail with BUSY whatever the timeout, hence IMMEDIATE.
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    #[must_use]
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Waits until every connection is given back, and closes them.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    pub(crate) async fn all<T: Record>(&mut self, query: Query) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(sqlx::query_as(query.text), query.values).fetch_all(&mut **tx).await?,
            Self::Postgres(tx) => bound!(sqlx::query_as(query.text), query.values).fetch_all(&mut **tx).await?,
        })
    }

    pub(crate) async fn maybe<T: Record>(&mut self, query: Query) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(sqlx::query_as(query.text), query.values).fetch_optional(&mut **tx).await?,
            Self::Postgres(tx) => bound!(sqlx::query_as(query.text), query.values).fetch_optional(&mut **tx).await?,
        })
    }

    pub(crate) async fn execute(&mut self, query: Query) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(sqlx::query(query.text), query.values).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => bound!(sqlx::query(query.text), query.values).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Locks the rows that the statement finds until the transaction ends. SQLite has one writer, which is the lock.
    pub(crate) async fn lock(&mut self, select_for_update: Query) -> Result<()> {
        if let Self::Postgres(tx) = self {
            bound!(sqlx::query(select_for_update.text), select_for_update.values).fetch_all(&mut **tx).await?;
        }
        Ok(())
    }

    /// Tells every process that listens, when the transaction commits. On SQLite there is only this one, which is told after the commit.
    pub(crate) async fn notify(&mut self, channel: &str, payload: &str) -> Result<()> {
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_notify($1, $2)").bind(channel).bind(payload).execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The argument is what only [`crate::deed`] can make: a deed that is written down.
    pub(crate) async fn commit(self, _written: crate::deed::Written) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// How SQLite would answer it, on an empty database that is up to date: which indexes serve it.
#[cfg(test)]
pub(crate) async fn plan(query: Query) -> String {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::connect(&format!("sqlite:{}", folder.path().join("plan.db").display())).await.unwrap();
    db.migrate().await.unwrap();
    let explained = Query::new(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", query.text.as_str())), query.values);
    let steps: Vec<(i64, i64, i64, String)> = db.all(explained).await.unwrap();
    db.close().await;
    steps.into_iter().map(|(_, _, _, step)| step + "\n").collect()
}

/// How PostgreSQL would answer it, on a database of its own that this filled.
#[cfg(test)]
pub(crate) async fn plan_on_postgres(fill: &'static str, query: Query) -> String {
    let server = std::env::var("BALIE_TEST_POSTGRES").expect("BALIE_TEST_POSTGRES names a PostgreSQL; `make test` starts one");
    let name = format!("balie_plan_{}", std::process::id());
    let on_server = async |statement: &str| {
        let pool = PgPool::connect(&server).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("{statement} {name}"))).execute(&pool).await.unwrap();
        pool.close().await;
    };
    on_server("DROP DATABASE IF EXISTS").await;
    on_server("CREATE DATABASE").await;
    let options = PgConnectOptions::from_str(&server).unwrap().database(&name);
    let db = Db::Postgres(PgPoolOptions::new().max_connections(2).connect_with(options).await.unwrap());
    db.migrate().await.unwrap();
    db.tick(sql!(fill)).await.unwrap();
    db.tick(sql!("ANALYZE")).await.unwrap();
    let explained = Query::new(sqlx::AssertSqlSafe(format!("EXPLAIN {}", query.text.as_str())), query.values);
    let steps: Vec<(String,)> = db.all(explained).await.unwrap();
    db.close().await;
    on_server("DROP DATABASE").await;
    steps.into_iter().map(|(step,)| step + "\n").collect()
}
