//! U6, the way out: an administrator asks somebody to take their place. Only the successor, signed in, says yes or no.

use crate::{
    Desk,
    callers::{Administrator, Caller, Person},
    deed::Deed,
    error::{Error, Result},
    links::{self, Link, Purpose},
    sql, users,
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, event::Event, moving::Heir, refusal::LinkState, registration::ToConfirm,
};
use sqlx::FromRow;
use uuid::Uuid;

/// *Hand over*. Asking somebody else takes the place of what was asked before.
///
/// # Errors
/// At the field *Successor* ([`Heir::may_succeed`]).
pub async fn hand_over(desk: &Desk, administrator: &Administrator, successor: AccountId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::HandOver).await?;
    deed.lock_account_if_there(successor).await?;
    let heir = heir(&mut deed, company, successor).await?;
    heir.ok_or_else(|| Refusal::field(FieldName::Successor, Problem::NotAChoice))?.may_succeed()?;
    take_back(&mut deed, company).await?;
    let until = desk.month_after(deed.now);
    let sending = links::issue(&mut deed, Purpose::Succeed, successor, Some(company), until).await?;
    deed.exactly_one(sql!("UPDATE link SET asked_by = $1 WHERE id = $2", administrator.account(), sending.link)).await?;
    deed.commit(Event::SuccessionAsked { company, account: successor }).await
}

/// The question is taken back.
///
/// # Errors
/// [`Refusal::Changed`] when nobody is asked any more.
pub async fn withdraw(desk: &Desk, administrator: &Administrator) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::HandOver).await?;
    let Some(account) = take_back(&mut deed, company).await? else { return Err(Refusal::Changed.into()) };
    deed.commit(Event::SuccessionWithdrawn { company, account }).await
}

/// Nobody is asked any more. Answers with who was. The company's row is locked, so there is one at most.
async fn take_back(deed: &mut Deed<'_>, company: CompanyNumber) -> Result<Option<AccountId>> {
    let now = deed.now;
    let asked: Option<(Uuid,)> = deed
        .maybe(sql!(
            "UPDATE link SET withdrawn_at = $1
             WHERE company = $2 AND purpose = 'succeed' AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $1 RETURNING account",
            now,
            company
        ))
        .await?;
    Ok(asked.map(|(account,)| AccountId(account)))
}

#[derive(FromRow)]
struct HeirRow {
    role: String,
    active: bool,
    blocked: bool,
    general: bool,
}

async fn heir(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<Option<Heir>> {
    let row: Option<HeirRow> = deed
        .maybe(sql!(
            "SELECT m.role, m.state = 'active' AS active, m.blocked_at IS NOT NULL AS blocked, a.general_of IS NOT NULL AS general
             FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1 AND m.account = $2",
            company,
            account
        ))
        .await?;
    row.map(|HeirRow { role, active, blocked, general }| Ok(Heir { role: users::role(&role)?, active, blocked, general })).transpose()
}

/// What the link asks, and of whom. It stands while both are what they were: the one an administrator, the other a user.
pub(crate) async fn succession_asked(desk: &Desk, link: &Link) -> Result<(ToConfirm, String)> {
    let row: Option<(String, String, String)> = desk
        .db
        .maybe(sql!(
            "SELECT a.username, c.name, b.name
             FROM membership m JOIN account a ON a.id = m.account JOIN company c ON c.number = m.company
             JOIN membership o ON o.company = m.company AND o.account = $3 JOIN account b ON b.id = o.account
             WHERE m.account = $1 AND m.company = $2 AND m.role = 'user' AND m.state = 'active' AND m.blocked_at IS NULL
               AND o.role = 'administrator' AND o.state = 'active' AND o.blocked_at IS NULL",
            link.account()?,
            link.company(),
            link.asked_by()
        ))
        .await?;
    let (username, company, by) = row.ok_or(Refusal::Link(LinkState::Withdrawn))?;
    Ok((ToConfirm::Succession { company, by }, username))
}

/// *Confirm*: administrator from now on, beside whoever asked, who may go then.
pub(crate) async fn succeed(desk: &Desk, person: &Person, link: &Link) -> Result<CompanyNumber> {
    let (mut deed, company, account) = open(desk, person, link).await?;
    let promoted = deed
        .execute(sql!(
            "UPDATE membership SET role = 'administrator'
             WHERE company = $1 AND account = $2 AND role = 'user' AND state = 'active' AND blocked_at IS NULL
               AND EXISTS (SELECT 1 FROM membership o WHERE o.company = $1 AND o.account = $3
                 AND o.role = 'administrator' AND o.state = 'active' AND o.blocked_at IS NULL)",
            company,
            account,
            link.asked_by()
        ))
        .await?;
    if promoted != 1 {
        return Err(Refusal::Link(LinkState::Withdrawn).into());
    }
    deed.rights_changed(account);
    deed.commit(Event::SuccessionConfirmed { company, account }).await?;
    Ok(company)
}

pub(crate) async fn refuse(desk: &Desk, person: &Person, link: &Link) -> Result<()> {
    let (deed, company, account) = open(desk, person, link).await?;
    deed.commit(Event::SuccessionRefused { company, account }).await
}

async fn open<'a>(desk: &'a Desk, person: &Person, link: &Link) -> Result<(Deed<'a>, CompanyNumber, AccountId)> {
    let (company, account) = (link.company().ok_or(Error::NotFound)?, link.account()?);
    if person.account() != Some(account) {
        return Err(Refusal::NotAllowed.into());
    }
    let mut deed = Deed::begin(desk, person).await?;
    deed.lock_company(company).await?;
    deed.lock_account(account).await?;
    links::use_up(&mut deed, link).await?;
    Ok((deed, company, account))
}
