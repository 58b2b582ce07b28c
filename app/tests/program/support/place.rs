//! A folder to run the program in, and a database.

use super::Said;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    env, fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;

pub struct Place {
    folder: TempDir,
    postgres: Option<Postgres>,
}

/// A database's name, and the URL of the one from which it is made and dropped.
struct Postgres {
    name: String,
    server: String,
}

impl Place {
    /// With a client, as far as the program looks at it.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        fs::write(folder.path().join("site/pkg/manifest.txt"), "js=balie.js\nwasm=balie.wasm\ncss=balie.css\n").unwrap();
        Self { folder, postgres: None }
    }

    /// A missing server fails the test: a test that was skipped looks like one that passed.
    pub async fn postgres() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = env::var("BALIE_TEST_POSTGRES").unwrap_or_else(|_| {
            panic!("BALIE_TEST_POSTGRES is not set: the URL of a PostgreSQL where a superuser may make databases; `make test` starts one")
        });
        let name = format!("balie_program_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        // A server that stays may have one of an earlier process with the same number.
        on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        on_server(&server, &format!("CREATE DATABASE {name}")).await;
        Self { postgres: Some(Postgres { name, server }), ..Self::sqlite() }
    }

    pub const fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn database_url(&self) -> String {
        let Some(Postgres { name, server }) = &self.postgres else { return "sqlite:balie.db".into() };
        let (address, options) = server.split_once('?').map_or((server.as_str(), String::new()), |(a, o)| (a, format!("?{o}")));
        let (before, _) = address.rsplit_once('/').expect("postgres://user@host/database");
        format!("{before}/{name}{options}")
    }

    /// The program without any settings.
    pub fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_balie"));
        command.args(arguments).current_dir(&self.folder).env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
        command
    }

    /// The program in development, with this place's database.
    pub fn balie(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command.envs([("DATABASE_URL", self.database_url().as_str()), ("BALIE_DEV", "1"), ("BALIE_SITE", "site")]);
        command.env("BALIE_SECRET", "only for tests, and 32 characters long");
        command
    }

    /// Fills the database with the demo.
    pub fn demo(&self) {
        let said = Said::by(self.balie(&["demo"]));
        assert_eq!(said.code, Some(0), "{said:?}");
    }

    /// How many people there are in the database.
    pub async fn people(&self) -> i64 {
        let count = "SELECT COUNT(*) FROM account";
        match &self.postgres {
            Some(_) => sqlx::query_scalar(count).fetch_one(&mut PgConnection::connect(&self.database_url()).await.unwrap()).await,
            None => sqlx::query_scalar(count).fetch_one(&mut self.sqlite_file().await).await,
        }
        .unwrap()
    }

    /// The id of the first row of what stands behind `SELECT id`, as forms have it.
    pub async fn id(&self, from: &str) -> String {
        let id = if self.is_postgres() { "CAST(id AS TEXT)" } else { "LOWER(HEX(id))" };
        self.text(&format!("SELECT {id} {from} LIMIT 1")).await
    }

    /// The one text that is asked for.
    pub async fn text(&self, query: &str) -> String {
        let safe = AssertSqlSafe(query.to_owned());
        match &self.postgres {
            Some(_) => sqlx::query_scalar(safe).fetch_one(&mut PgConnection::connect(&self.database_url()).await.unwrap()).await,
            None => sqlx::query_scalar(safe).fetch_one(&mut self.sqlite_file().await).await,
        }
        .unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// Changes what no door changes.
    pub async fn execute(&self, statement: &str) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        match &self.postgres {
            Some(_) => drop(PgConnection::connect(&self.database_url()).await.unwrap().execute(statement).await.unwrap()),
            None => drop(self.sqlite_file().await.execute(statement).await.unwrap()),
        }
    }

    async fn sqlite_file(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.path("balie.db")).collation("C", |a, b| a.cmp(b));
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    /// Takes the database away under whoever uses it. What a failed test leaves behind is kept for looking at.
    pub async fn leave(&self) {
        if let Some(Postgres { name, server }) = &self.postgres {
            on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

async fn on_server(server: &str, statement: &str) {
    let mut connection = PgConnection::connect(server).await.expect("BALIE_TEST_POSTGRES names a PostgreSQL that can be reached");
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))).await.unwrap();
    connection.close().await.unwrap();
}
