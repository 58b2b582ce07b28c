//! A customer's account, as its own people see it; [`by_staff`] is what the provider's people do with it.

pub mod by_staff;
pub(crate) mod domains;

use crate::{
    Desk,
    callers::{Administrator, Member},
    deed::Deed,
    error::{Error, Result},
    requests, sql,
    users::STATUS,
};
use shared::{
    CompanyNumber, Permit, Role, Time,
    companies::{CompanyName, Contact, ContactForm, General, Home, People},
    event::Event,
    fields::Country,
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
    country: String,
    created_at: i64,
}

/// My company › General (G1).
///
/// # Errors
/// When the database can't be reached.
pub async fn general(desk: &Desk, administrator: &Administrator) -> Result<General> {
    Ok(read(desk, administrator.company()).await?.0)
}

/// The company, and since when it is one.
async fn read(desk: &Desk, number: CompanyNumber) -> Result<(General, Time)> {
    let row: Option<GeneralRow> = desk
        .db
        .maybe(sql!(
            "SELECT name, kvk, contact_name, contact_email, contact_phone, account_manager, self_registration, country, created_at
             FROM company WHERE number = $1",
            number
        ))
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let general = General {
        number,
        name: row.name,
        kvk: row.kvk,
        country: Country::parse(&row.country).ok(),
        contact: Contact { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
        account_manager: row.account_manager,
        provider_contact: desk.settings.provider_contact.clone(),
        domains: domains(desk, number).await?,
        self_registration: row.self_registration,
    };
    Ok((general, Time(row.created_at)))
}

/// G1: an administrator changes how the provider reaches the company. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`].
pub async fn save_contact(desk: &Desk, administrator: &Administrator, form: &ContactForm) -> Result<()> {
    let contact = form.parse()?;
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::EditContact).await?;
    let changed = deed
        .execute(sql!(
            "UPDATE company SET contact_name = $1, contact_email = $2, contact_phone = $3
             WHERE number = $4 AND NOT (contact_name = $1 AND contact_email = $2 AND contact_phone = $3)",
            contact.name,
            contact.email,
            contact.phone,
            company
        ))
        .await?;
    if changed == 0 {
        return Ok(());
    }
    deed.commit(Event::ContactChanged { company }).await
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
    general: bool,
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
            "SELECT c.name, m.role, a.general_of IS NOT NULL AS general
             FROM company c JOIN membership m ON m.company = c.number JOIN account a ON a.id = m.account WHERE c.number = $1 AND m.account = $2",
            number,
            member.account
        ))
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let role = Role::from_key(&row.role).ok_or_else(|| Error::internal("a role that is none"))?;
    let (people, waiting) = match role {
        Role::Administrator => (Some(people(desk, number).await?), Some(requests::waiting(desk, member).await?)),
        Role::User => (None, None),
    };
    let mine = requests::mine(desk, member).await?;
    Ok(Home { company: CompanyName { number, name: row.name, role }, general: row.general, mine, people, waiting })
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
