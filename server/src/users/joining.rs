//! U1: somebody with an account is asked whether they join a company. Only they can say so, signed in.

use super::keys;
use crate::{
    Desk,
    callers::{Caller, Person},
    deed::Deed,
    error::{Error, Result},
    links::{self, Link},
    sql,
};
use shared::{
    AccountId, CompanyNumber, Refusal, Role,
    event::Event,
    refusal::LinkState,
    registration::{ToConfirm, may_join},
};

/// What the link asks, and of whom. [`Refusal::NotRegistered`]: of somebody who has no password yet, and completes the registration instead.
pub(crate) async fn asked(desk: &Desk, link: &Link) -> Result<(ToConfirm, String)> {
    let row: Option<(String, String, String, bool, bool)> = desk
        .db
        .maybe(sql!(
            "SELECT a.username, c.name, m.role, a.proven_at IS NOT NULL, a.password_hash IS NOT NULL
             FROM membership m JOIN account a ON a.id = m.account JOIN company c ON c.number = m.company
             WHERE m.account = $1 AND m.company = $2 AND m.state = 'invited' AND m.blocked_at IS NULL AND m.username = a.username",
            link.account()?,
            link.company()
        ))
        .await?;
    match row {
        None => Err(Refusal::Link(LinkState::Withdrawn).into()),
        Some((.., false)) => Err(Refusal::NotRegistered.into()),
        Some((username, company, role, proven, true)) => {
            let role = Role::from_key(&role).ok_or_else(|| Error::internal("a role that is none"))?;
            Ok((ToConfirm::Joining { company, role, proven }, username))
        }
    }
}

/// Only now there is a membership. What the page knew may not be so any more: others may have set the password since (U3).
pub(crate) async fn confirm(desk: &Desk, person: &Person, link: &Link) -> Result<CompanyNumber> {
    let (mut deed, company, account) = open(desk, person, link).await?;
    let (proven,): (bool,) = deed.find(sql!("SELECT proven_at IS NOT NULL FROM account WHERE id = $1", account)).await?;
    may_join(proven)?;
    // What the company wrote of the country holds where nobody else said another: a supplier may have to know it (L5).
    deed.execute(sql!(
        "UPDATE account SET country = COALESCE(country, (SELECT m.given_country FROM membership m WHERE m.company = $1 AND m.account = $2))
         WHERE id = $2",
        company,
        account
    ))
    .await?;
    let joined = deed
        .execute(sql!(
            "UPDATE membership SET state = 'active', invited_until = NULL, given_name = NULL, given_phone = NULL, given_country = NULL
         WHERE company = $1 AND account = $2 AND state = 'invited' AND blocked_at IS NULL
           AND username = (SELECT a.username FROM account a WHERE a.id = membership.account)",
            company,
            account
        ))
        .await?;
    if joined != 1 {
        return Err(Refusal::Link(LinkState::Withdrawn).into());
    }
    keys::copy(&mut deed, account).await?;
    deed.rights_changed(account);
    deed.commit(Event::CompanyJoined { company, account }).await?;
    Ok(company)
}

pub(crate) async fn refuse(desk: &Desk, person: &Person, link: &Link) -> Result<()> {
    let (mut deed, company, account) = open(desk, person, link).await?;
    deed.exactly_one(sql!("DELETE FROM membership WHERE company = $1 AND account = $2 AND state = 'invited'", company, account)).await?;
    deed.commit(Event::JoiningRefused { company, account }).await
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
