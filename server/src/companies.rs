//! A customer's account, read by its own people and by the provider's.

use crate::{
    Desk,
    callers::{Administrator, Member, Staff},
    error::{Error, Result},
    sql,
    users::STATUS,
};
use shared::{
    CompanyNumber, Role,
    companies::{CompanyName, CompanyRow, Contact, General, Home, People},
};
use sqlx::{AssertSqlSafe, FromRow};

#[derive(FromRow)]
struct GeneralRow {
    name: String,
    kvk: String,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    account_manager: String,
    self_registration: bool,
}

/// My company › General (G1).
///
/// # Errors
/// When the database can't be reached.
pub async fn general(desk: &Desk, administrator: &Administrator) -> Result<General> {
    let number = administrator.company();
    let row: Option<GeneralRow> = desk
        .db
        .maybe(sql!(
            "SELECT name, kvk, contact_name, contact_email, contact_phone, account_manager, self_registration FROM company WHERE number = $1",
            number
        ))
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(General {
        number,
        name: row.name,
        kvk: row.kvk,
        contact: Contact { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
        account_manager: row.account_manager,
        domains: domains(desk, number).await?,
        self_registration: row.self_registration,
    })
}

/// The company's domains, in alphabetical order.
pub(crate) async fn domains(desk: &Desk, company: CompanyNumber) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = desk.db.all(sql!("SELECT domain FROM company_domain WHERE company = $1 ORDER BY domain", company)).await?;
    Ok(rows.into_iter().map(|(domain,)| domain).collect())
}

#[derive(FromRow)]
struct HomeRow {
    name: String,
    role: String,
}

/// A company's Home. An administrator also gets the figures.
///
/// # Errors
/// When the database can't be reached.
pub async fn home(desk: &Desk, member: &Member) -> Result<Home> {
    let number = member.company();
    let row: Option<HomeRow> = desk
        .db
        .maybe(sql!(
            "SELECT c.name, m.role FROM company c JOIN membership m ON m.company = c.number WHERE c.number = $1 AND m.account = $2",
            number,
            member.account
        ))
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let role = Role::from_key(&row.role).ok_or_else(|| Error::internal("a role that is none"))?;
    let people = if role == Role::Administrator { Some(people(desk, number).await?) } else { None };
    Ok(Home { company: CompanyName { number, name: row.name, role }, people })
}

/// As the list counts them, to which they lead (U4).
async fn people(desk: &Desk, company: CompanyNumber) -> Result<People> {
    let figures = format!(
        "SELECT COUNT(*), COUNT(CASE WHEN s = 'registration_requested' THEN 1 END), COUNT(CASE WHEN s = 'registration_expired' THEN 1 END),
           COUNT(CASE WHEN s = 'locked' THEN 1 END)
         FROM (SELECT {STATUS} AS s FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1) statuses"
    );
    let (total, waiting, expired, locked): (i64, i64, i64, i64) = desk.db.one(sql!(AssertSqlSafe(figures), company, desk.now())).await?;
    Ok(People { total, waiting, expired, locked })
}

/// Every customer, for the provider's people.
///
/// # Errors
/// When the database can't be reached.
pub async fn all(desk: &Desk, _staff: &Staff) -> Result<Vec<CompanyRow>> {
    let domains: Vec<(i64, String)> = desk.db.all(sql!("SELECT company, domain FROM company_domain ORDER BY company, domain")).await?;
    let companies: Vec<(i64, String, i64)> = desk
        .db
        .all(sql!(
            "SELECT c.number, c.name, COUNT(m.account) FROM company c LEFT JOIN membership m ON m.company = c.number
             GROUP BY c.number, c.name ORDER BY c.number"
        ))
        .await?;
    Ok(companies
        .into_iter()
        .map(|(number, name, people)| CompanyRow {
            number: CompanyNumber(number),
            name,
            domains: domains.iter().filter(|(company, _)| *company == number).map(|(_, domain)| domain.clone()).collect(),
            people,
        })
        .collect())
}
