//! What *Change company* and *Delete account* show before anything happens (P4, P6).

use crate::{Desk, callers::Person, db::Query, error::Result, self_registration::joinable, sql, users};
use shared::{
    AccountId, CompanyNumber, Time,
    companies::CompanyName,
    fields::{EmailAddress, folded},
    moving::{Department, HeirShown, Here, Losses, Moving, Succession},
};
use sqlx::FromRow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// More successors than anybody looks through in one list.
const MOST_HEIRS: usize = 200;

/// What ends, and where the person may go.
///
/// # Errors
/// When the database can't be reached.
pub async fn read(desk: &Desk, person: &Person) -> Result<Moving> {
    let account = person.0.account;
    let (username, proven): (String, bool) =
        desk.db.one(sql!("SELECT username, proven_at IS NOT NULL FROM account WHERE id = $1", account)).await?;
    let here = here(desk, account).await?;
    let departments = match EmailAddress::parse(&username) {
        Ok(address) => departments(desk, account, &address).await?,
        Err(_) => Vec::new(),
    };
    Ok(Moving { username, proven, here, departments })
}

#[derive(FromRow)]
struct HereRow {
    company: i64,
    name: String,
    role: String,
    mail_to_administrators: bool,
    other_administrators: i64,
}

/// The companies that somebody is in, by name, with what they would lose with each.
pub(crate) async fn here(desk: &Desk, account: AccountId) -> Result<Vec<Here>> {
    let mut rows: Vec<HereRow> = desk
        .db
        .all(sql!(
            "SELECT m.company, c.name, m.role, m.mail_to_administrators,
               (SELECT COUNT(*) FROM membership o WHERE o.company = m.company AND o.account <> m.account
                  AND o.role = 'administrator' AND o.state = 'active' AND o.blocked_at IS NULL) AS other_administrators
             FROM membership m JOIN company c ON c.number = m.company
             WHERE m.account = $1 AND m.state = 'active' AND m.blocked_at IS NULL",
            account
        ))
        .await?;
    rows.sort_by_key(|row| (folded(&row.name), row.company));
    let mut lost = losses(desk, account).await?;
    let mut asked = successions(desk, account).await?;
    let mut all = Vec::new();
    for row in rows {
        let company = CompanyName { number: CompanyNumber(row.company), name: row.name, role: users::role(&row.role)? };
        let mut here = Here {
            losses: Losses { mail_to_administrators: row.mail_to_administrators, ..lost.remove(&row.company).unwrap_or_default() },
            succession: asked.remove(&row.company),
            other_administrators: u32::try_from(row.other_administrators).unwrap_or(u32::MAX),
            heirs: Vec::new(),
            more_heirs: false,
            company,
        };
        // Asked only for whoever must hand over first, which is rarely for more than one company.
        if here.may_leave().is_err() {
            here.heirs = heirs(desk, here.company.number).await?;
            here.more_heirs = here.heirs.len() > MOST_HEIRS;
            here.heirs.truncate(MOST_HEIRS);
        }
        all.push(here);
    }
    Ok(all)
}

/// What somebody has and waits for in each company.
async fn losses(desk: &Desk, account: AccountId) -> Result<BTreeMap<i64, Losses>> {
    let now = desk.now();
    let mut lost: BTreeMap<i64, Losses> = BTreeMap::new();
    for (company, product) in desk.db.all::<(i64, String)>(access(account, now)).await? {
        lost.entry(company).or_default().access.push(product);
    }
    for (company, product) in desk.db.all::<(i64, String)>(company_wide(account, now)).await? {
        lost.entry(company).or_default().company_wide.push(product);
    }
    for (company, what) in desk.db.all::<(i64, String)>(asked_for(account)).await? {
        lost.entry(company).or_default().requests.push(what);
    }
    Ok(lost)
}

fn access(account: AccountId, now: Time) -> Query {
    sql!(
        "SELECT x.company, p.name FROM access x JOIN licence l ON l.id = x.licence JOIN product p ON p.id = l.product
         WHERE x.account = $1 AND l.valid_until > $2 ORDER BY p.name_key",
        account,
        now
    )
}

/// Those that the person has no access of their own to.
fn company_wide(account: AccountId, now: Time) -> Query {
    sql!(
        "SELECT l.company, p.name FROM membership m JOIN licence l ON l.company = m.company JOIN product p ON p.id = l.product
         WHERE m.account = $1 AND m.state = 'active' AND l.company_wide_since IS NOT NULL AND l.valid_from <= $2 AND l.valid_until > $2
           AND NOT EXISTS (SELECT 1 FROM access x WHERE x.licence = l.id AND x.account = $1) ORDER BY p.name_key",
        account,
        now
    )
}

/// Products, and documents by number and title.
fn asked_for(account: AccountId) -> Query {
    sql!(
        "SELECT r.company, COALESCE(p.name, d.number || ' ' || d.title) AS what
         FROM request r LEFT JOIN licence l ON l.id = r.licence LEFT JOIN product p ON p.id = l.product LEFT JOIN document d ON d.id = r.document
         WHERE r.account = $1 AND r.state IN ('open', 'forwarded') ORDER BY r.asked_at, r.id",
        account
    )
}

/// U6: whom the person asked to take their place.
async fn successions(desk: &Desk, account: AccountId) -> Result<BTreeMap<i64, Succession>> {
    let rows: Vec<(i64, String, String, i64)> = desk
        .db
        .all(sql!(
            "SELECT l.company, a.name, a.username, l.expires_at FROM link l JOIN account a ON a.id = l.account
             JOIN membership m ON m.company = l.company AND m.account = l.account
             WHERE l.asked_by = $1 AND l.purpose = 'succeed' AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > $2
               AND m.role = 'user' AND m.state = 'active' AND m.blocked_at IS NULL",
            account,
            desk.now()
        ))
        .await?;
    let shown = |(company, name, username, until)| (company, Succession { name, username, until: desk.local(Time(until)) });
    Ok(rows.into_iter().map(shown).collect())
}

/// U6: who can take an administrator's place (`shared::moving::Heir`), and one more than are shown.
async fn heirs(desk: &Desk, company: CompanyNumber) -> Result<Vec<HeirShown>> {
    let rows: Vec<(Uuid, String, String)> = desk
        .db
        .all(sql!(
            "SELECT a.id, a.name, a.username FROM membership m JOIN account a ON a.id = m.account
             WHERE m.company = $1 AND m.role = 'user' AND m.state = 'active' AND m.blocked_at IS NULL AND a.general_of IS NULL
             ORDER BY m.name_key, m.username LIMIT $2",
            company,
            i64::try_from(MOST_HEIRS + 1).unwrap_or(i64::MAX)
        ))
        .await?;
    Ok(rows.into_iter().map(|(id, name, username)| HeirShown { id: AccountId(id), name, username }).collect())
}

/// P4: where the person may go and is not yet, with what everybody there may use at once.
async fn departments(desk: &Desk, account: AccountId, address: &EmailAddress) -> Result<Vec<Department>> {
    let inside: Vec<(i64,)> =
        desk.db.all(sql!("SELECT company FROM membership WHERE account = $1 AND state <> 'invited'", account)).await?;
    let open: Vec<(i64, String)> = desk.db.all(joinable(desk, address, Some(account.0))).await?;
    let offers: Vec<(i64, String)> = desk
        .db
        .all(sql!(
            "SELECT l.company, p.name FROM company_domain d JOIN company c ON c.number = d.company
             JOIN licence l ON l.company = c.number JOIN product p ON p.id = l.product
             WHERE d.domain = $1 AND c.self_registration AND l.company_wide_since IS NOT NULL AND l.valid_from <= $2 AND l.valid_until > $2
             ORDER BY p.name_key",
            address.domain(),
            desk.now()
        ))
        .await?;
    let offered = |company: i64| offers.iter().filter(|(of, _)| *of == company).map(|(_, product)| product.clone()).collect();
    let elsewhere = open.into_iter().filter(|(number, _)| !inside.contains(&(*number,)));
    Ok(elsewhere.map(|(number, name)| Department { number: CompanyNumber(number), offers: offered(number), name }).collect())
}
