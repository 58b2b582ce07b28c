//! A database for one run, with one company of ten thousand people.

use crate::licences;
use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use server::{
    Desk,
    config::{Secret, Settings},
    db::{Query, Value},
    sql,
};
use shared::{CompanyNumber, Time, fields::folded};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

pub const COMPANY: CompanyNumber = CompanyNumber(20001);
pub const PASSWORD: &str = "Kade-Zeven-Meeuw-42";
pub const ADMINISTRATOR: &str = "administrator@grootbedrijf.example";
pub const EMPLOYEE: &str = "employee@grootbedrijf.example";
pub const PEOPLE: usize = 10_000;

const FIRST: [&str; 40] = [
    "Aisha", "Anna", "Bas", "Bram", "Carla", "Daan", "Dirk", "Eline", "Eva", "Fatima", "Femke", "Gijs", "Hanna", "Ibrahim", "Ilse",
    "Jasper", "Joris", "Julia", "Karim", "Koen", "Lars", "Lotte", "Luuk", "Maartje", "Mees", "Mila", "Noor", "Olivier", "Pieter",
    "Quinten", "Roos", "Ruben", "Sanne", "Sem", "Tess", "Thijs", "Vera", "Wouter", "Yara", "Zoë",
];
const LAST: [&str; 47] = [
    "de Vries",
    "Jansen",
    "de Jong",
    "van den Berg",
    "Bakker",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Smits",
    "de Graaf",
    "van der Meer",
    "van der Linden",
    "Kok",
    "Jacobs",
    "de Haan",
    "Vermeulen",
    "van den Heuvel",
    "van der Veen",
    "van den Broek",
    "de Bruijn",
    "de Bruin",
    "van der Heijden",
    "Schouten",
    "van Beek",
    "Willems",
    "van Vliet",
    "van de Ven",
    "Hoekstra",
    "Maas",
    "Verhoeven",
    "Koster",
    "van Dam",
    "Prins",
    "Yılmaz",
    "El Amrani",
];

/// Where a database is, and its folder for everything else.
pub struct Place {
    pub name: &'static str,
    pub url: String,
    pub folder: PathBuf,
    /// The URL of the PostgreSQL server from which it is made and dropped.
    server: Option<String>,
}

impl Place {
    pub async fn sqlite() -> Result<Self> {
        let folder = folder("sqlite")?;
        let url = format!("sqlite:{}", folder.join("balie.db").display());
        Self { name: "SQLite", url, folder, server: None }.filled().await
    }

    /// `None` without a server to make it on.
    pub async fn postgres() -> Result<Option<Self>> {
        let Ok(server) = env::var("BALIE_TEST_POSTGRES") else { return Ok(None) };
        let database = format!("balie_bench_{}", process::id());
        on_server(&server, &format!("CREATE DATABASE {database}")).await?;
        let (address, options) =
            server.split_once('?').map_or((server.as_str(), String::new()), |(address, rest)| (address, format!("?{rest}")));
        let (before, _) = address.rsplit_once('/').context("BALIE_TEST_POSTGRES is not postgres://user@host/database")?;
        let url = format!("{before}/{database}{options}");
        Ok(Some(Self { name: "PostgreSQL", url, folder: folder("postgres")?, server: Some(server) }.filled().await?))
    }

    async fn filled(self) -> Result<Self> {
        let desk = Desk::open(settings(&self.url)?).await?;
        fill(&desk).await?;
        if self.server.is_some() {
            // As a server's autovacuum would have done by now.
            desk.db.tick(sql!("ANALYZE")).await?;
        }
        desk.db.close().await;
        Ok(self)
    }

    /// For what a measurement needs in the tables, past Balie.
    pub async fn desk(&self) -> Result<Desk> {
        Ok(Desk::open(settings(&self.url)?).await?)
    }

    pub async fn remove(self) -> Result<()> {
        if let Some(server) = self.server {
            let (_, database) = self.url.split('?').next().and_then(|url| url.rsplit_once('/')).context("a URL with a database")?;
            on_server(&server, &format!("DROP DATABASE {database} WITH (FORCE)")).await?;
        }
        Ok(fs::remove_dir_all(&self.folder)?)
    }
}

fn folder(name: &str) -> Result<PathBuf> {
    let folder = env::temp_dir().join(format!("balie-bench-{}-{name}", process::id()));
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

async fn on_server(server: &str, statement: &str) -> Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    connection.execute(AssertSqlSafe(statement.to_owned())).await?;
    Ok(connection.close().await?)
}

fn settings(database_url: &str) -> Result<Settings> {
    Ok(Settings {
        database_url: database_url.to_owned(),
        addr: "127.0.0.1:0".parse()?,
        public_url: "http://balie.bench".into(),
        smtp_url: None,
        mail_from: "Balie <no-reply@balie.bench>".parse()?,
        secret: Secret::new("the secret of a bench, long enough to be one")?,
        dev: true,
        site: Path::new("unused").into(),
        time_zone: TimeZone::get("Europe/Amsterdam")?,
        provider_name: "Balie".into(),
        provider_contact: String::new(),
        behind_proxy: true,
    })
}

async fn fill(desk: &Desk) -> Result<()> {
    let hash = desk.passwords.hash(desk.chance.bytes(), PASSWORD.to_owned()).await?;
    let now = desk.now();
    desk.db
        .tick(sql!(
            "INSERT INTO company (number, name, kvk, self_registration, created_at) VALUES ($1, 'Groot Bedrijf', '12345678', FALSE, $2)",
            COMPANY,
            now
        ))
        .await?;
    desk.db.tick(sql!("INSERT INTO company_domain (company, domain) VALUES ($1, 'grootbedrijf.example')", COMPANY)).await?;
    let people: Vec<Person> = (0..PEOPLE).map(person).collect();
    let rows: Vec<_> = people.iter().map(|person| person.rows(desk, now, &hash)).collect();
    let (accounts, memberships): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let account = "account (id, username, name, search_key, name_key, country, language, staff, password_hash, registered_at, locked_until, created_at)";
    let membership = "membership (company, account, role, state, invited_until, blocked_at, mail_to_administrators, created_at, name_key, search_key, username)";
    insert(desk, account, &accounts).await?;
    insert(desk, membership, &memberships).await?;
    desk.db
        .tick(sql!(
            "INSERT INTO known_as (company, account, name, username, search_key)
             SELECT m.company, m.account, a.name, a.username, a.search_key FROM membership m JOIN account a ON a.id = m.account"
        ))
        .await?;
    licences::fill(desk).await
}

/// Far quicker than one deed for each row.
pub async fn insert(desk: &Desk, into: &str, rows: &[Vec<Value>]) -> Result<()> {
    for rows in rows.chunks(2000) {
        let mut placeholder = 0;
        let mut row_of = |row: &Vec<Value>| {
            let row: Vec<String> = row
                .iter()
                .map(|_| {
                    placeholder += 1;
                    format!("${placeholder}")
                })
                .collect();
            format!("({})", row.join(", "))
        };
        let values: Vec<String> = rows.iter().map(&mut row_of).collect();
        let text = format!("INSERT INTO {into} VALUES {}", values.join(", "));
        desk.db.tick(Query::new(AssertSqlSafe(text), rows.concat())).await?;
    }
    Ok(())
}

/// How far somebody is, spread over the company as one would expect: most are in, some wait, a few are locked or blocked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Waiting,
    Expired,
    Locked,
    Blocked,
}

struct Person {
    username: String,
    name: String,
    administrator: bool,
    way: Way,
}

/// The username of the person with that number, and whether they can sign in.
pub fn username(number: usize) -> (String, bool) {
    let person = person(number % PEOPLE);
    let can = person.way == Way::In;
    (person.username, can)
}

/// The usernames of so many who administer the company and can sign in.
pub fn administrators(count: usize) -> Vec<String> {
    let administers = |person: &Person| person.administrator && person.way == Way::In;
    (0..PEOPLE).map(person).filter(administers).map(|person| person.username).take(count).collect()
}

fn person(number: usize) -> Person {
    match number {
        0 => return Person { username: ADMINISTRATOR.into(), name: "Anna de Beheerder".into(), administrator: true, way: Way::In },
        1 => return Person { username: EMPLOYEE.into(), name: "Carla de Bruin".into(), administrator: false, way: Way::In },
        _ => {}
    }
    // Steps that share no factor with the lengths: names do not come in the order of ids.
    let (first, last) = (FIRST[number * 7 % FIRST.len()], LAST[number * 11 % LAST.len()]);
    let way = match number % 40 {
        0..=2 => Way::Waiting,
        3 => Way::Expired,
        4 => Way::Blocked,
        5 if number % 200 == 5 => Way::Locked,
        _ => Way::In,
    };
    let name = format!("{first} {last}");
    let username = format!("{}.{}{number}@grootbedrijf.example", folded(first), folded(last).replace(' ', ""));
    Person { username, name, administrator: number % 100 == 50, way }
}

impl Person {
    /// The account's row and the membership's.
    fn rows(&self, desk: &Desk, now: Time, hash: &str) -> (Vec<Value>, Vec<Value>) {
        const DAY: i64 = 24 * 3600;
        let id = desk.new_id();
        let waits = matches!(self.way, Way::Waiting | Way::Expired);
        let until = match self.way {
            Way::Waiting => Some(now.plus_seconds(20 * DAY)),
            Way::Expired => Some(now.plus_seconds(-5 * DAY)),
            _ => None,
        };
        let locked_until = (self.way == Way::Locked).then(|| now.plus_seconds(DAY));
        let blocked_at = (self.way == Way::Blocked).then_some(now);
        let account = vec![
            id.into(),
            self.username.as_str().into(),
            self.name.as_str().into(),
            format!("{}\n{}", folded(&self.name), folded(&self.username)).into(),
            folded(&self.name).into(),
            "NL".into(),
            "en".into(),
            false.into(),
            (!waits).then(|| hash.to_owned()).into(),
            (!waits).then_some(now).into(),
            locked_until.into(),
            now.into(),
        ];
        let membership = vec![
            COMPANY.into(),
            id.into(),
            if self.administrator { "administrator" } else { "user" }.into(),
            if waits { "invited" } else { "active" }.into(),
            until.into(),
            blocked_at.into(),
            false.into(),
            now.into(),
            folded(&self.name).into(),
            format!("{}\n{}", folded(&self.name), folded(&self.username)).into(),
            self.username.as_str().into(),
        ];
        (account, membership)
    }
}
