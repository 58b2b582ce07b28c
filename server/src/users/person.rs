//! One person of a company, as the rules and the page see them.

use super::{HAS_ACCESS, facts, role, shown};
use crate::{
    Desk,
    callers::{Administrator, Caller},
    db::{Query, Value, places},
    error::{Error, Result},
    licences, sql,
};
use shared::{
    AccountId, CompanyNumber, Time,
    fields::Country,
    users::{Details, Facts, MailShown, MailState, Position, Seen, SeenDetails, UserDetails},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(FromRow)]
pub(super) struct PersonRow {
    pub(super) id: Uuid,
    pub(super) username: String,
    pub(super) name: String,
    phone: Option<String>,
    country: Option<String>,
    pub(super) role: String,
    pub(super) state: String,
    invited_until: Option<i64>,
    pub(super) blocked: bool,
    locked_until: Option<i64>,
    has_access: bool,
    pub(super) mail_to_administrators: bool,
    created_at: i64,
    registered_at: Option<i64>,
    staff: bool,
    pub(super) general: bool,
    /// U1: has an account, and has not confirmed yet.
    pub(super) joins: bool,
    memberships: i64,
    other_administrators: i64,
}

/// Every load names the company: a made-up or foreign id finds nothing. Of somebody who has not confirmed that they join (U1) it shows what the
/// company wrote, as of anybody who is not registered.
fn people_who(condition: &str) -> String {
    format!(
        "SELECT a.id, m.username, COALESCE(m.given_name, a.name) AS name, m.given_name IS NOT NULL AS joins,
       CASE WHEN m.given_name IS NULL THEN a.phone ELSE m.given_phone END AS phone,
       CASE WHEN m.given_name IS NULL THEN a.country ELSE m.given_country END AS country, m.role, m.state, m.invited_until,
       m.blocked_at IS NOT NULL AS blocked, CASE WHEN m.state <> 'invited' THEN a.locked_until END AS locked_until,
       m.mail_to_administrators, m.created_at, CASE WHEN m.state <> 'invited' THEN a.registered_at END AS registered_at,
       a.staff AND m.given_name IS NULL AS staff, a.general_of IS NOT NULL AS general,
       CASE WHEN m.given_name IS NULL THEN (SELECT COUNT(*) FROM membership o WHERE o.account = a.id AND o.given_name IS NULL) ELSE 1 END
         AS memberships,
       (SELECT COUNT(*) FROM membership o WHERE o.company = m.company AND o.role = 'administrator' AND o.state = 'active'
          AND o.blocked_at IS NULL AND o.account <> a.id) AS other_administrators, {HAS_ACCESS} AS has_access
     FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1 AND m.account {condition}"
    )
}

pub(super) fn person(company: CompanyNumber, account: AccountId, now: Time) -> Query {
    sql!(AssertSqlSafe(people_who("= $3")), company, now, account)
}

/// Several at once, in the order of their ids, which is the order of locks.
pub(super) fn people(company: CompanyNumber, accounts: &[Uuid], now: Time) -> Query {
    let values = [Value::from(company), Value::from(now)].into_iter().chain(accounts.iter().map(|account| Value::from(*account))).collect();
    Query::new(AssertSqlSafe(people_who(&format!("IN ({}) ORDER BY a.id", places(accounts.len(), 3)))), values)
}

impl PersonRow {
    pub(super) fn facts(&self) -> Result<Facts> {
        facts(&self.state, self.invited_until, self.blocked, self.locked_until, self.has_access)
    }

    /// U5: whether somebody else has a say in the account, so that its address changes only with its owner's word.
    pub(super) const fn is_shared(&self) -> bool {
        self.memberships > 1 || self.staff
    }

    /// What the rules ask, when `by` is who wants to change something.
    pub(super) fn position(&self, by: Option<AccountId>) -> Result<Position> {
        Ok(Position {
            facts: self.facts()?,
            role: role(&self.role)?,
            is_self: by == Some(AccountId(self.id)),
            is_ours: self.memberships == 1 && !self.staff,
            is_general: self.general,
            is_registered: self.registered_at.is_some(),
            other_administrators: u32::try_from(self.other_administrators).unwrap_or(u32::MAX),
        })
    }

    /// What a page that is read now shows.
    pub(super) fn seen(&self, position: &Position) -> String {
        let details = SeenDetails { name: &self.name, phone: self.phone.as_deref(), country: self.known_country() };
        Seen {
            role: position.role,
            blocked: self.blocked,
            mail_to_administrators: self.mail_to_administrators,
            details: position.may_edit_details().is_ok().then_some(details),
        }
        .text()
    }

    fn known_country(&self) -> Option<Country> {
        self.country.as_deref().and_then(|code| Country::parse(code).ok())
    }

    pub(super) fn details_differ(&self, details: &Details) -> bool {
        !details.are(&self.name, self.phone.as_deref(), self.country.as_deref())
    }
}

/// One person's page.
///
/// # Errors
/// Not found, for nobody of this company.
pub async fn details(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<UserDetails> {
    let company = administrator.company();
    let row: PersonRow = desk.db.maybe(person(company, account, desk.now())).await?.ok_or(Error::NotFound)?;
    let position = row.position(administrator.account())?;
    let facts = position.facts;
    Ok(UserDetails {
        id: AccountId(row.id),
        role: position.role,
        status: shown(desk, facts.status(desk.now())),
        country: row.known_country(),
        blocked: row.blocked,
        mail_to_administrators: row.mail_to_administrators,
        added: desk.local(Time(row.created_at)),
        registered: row.registered_at.map(|at| desk.local(Time(at))),
        mail: last_mail(desk, company, account).await?,
        general: row.general,
        access: licences::of_person(desk, company, account).await?,
        to_give: licences::to_give(desk, company, Some(account)).await?,
        ends: super::ends::of_one(desk, company, account).await?,
        address_change: super::address::waiting(desk, company, account).await?,
        may_change_address: position.may_change_address(),
        may_promote: position.may_promote(),
        may_edit_details: position.may_edit_details(),
        may_demote: position.may_demote(),
        may_block: position.may_block(),
        may_remove: position.may_remove(),
        may_resend: position.may_resend(),
        may_unlock: facts.may_unlock(desk.now()),
        username: row.username,
        name: row.name,
        phone: row.phone,
    })
}

#[derive(FromRow)]
struct MailRow {
    state: String,
    created_at: i64,
    sent_at: Option<i64>,
}

async fn last_mail(desk: &Desk, company: CompanyNumber, account: AccountId) -> Result<Option<MailShown>> {
    let row: Option<MailRow> = desk
        .db
        .maybe(sql!(
            "SELECT state, created_at, sent_at FROM letter
             WHERE subject_account = $1 AND kind IN ('complete_registration', 'join_company', 'general_account_created') AND company = $2 AND state <> 'dropped' ORDER BY created_at DESC, id DESC LIMIT 1",
            account,
            company
        ))
        .await?;
    Ok(row.map(|row| MailShown {
        state: match row.state.as_str() {
            "sent" => MailState::Sent,
            "failed" => MailState::Failed,
            _ => MailState::Queued,
        },
        moment: desk.local(Time(row.sent_at.unwrap_or(row.created_at))),
    }))
}
