//! What an administrator changes of one person (U2, U5, U7, A3).

use super::{
    keys::{self, search_key},
    person::{PersonRow, person},
};
use crate::{
    Desk,
    callers::{Administrator, Caller, Staff},
    deed::Deed,
    desk::digest,
    error::Result,
    general_account,
    links::{self, Purpose},
    requests, sessions, sign_in, sql,
};
use shared::{
    AccountId, CompanyNumber, Permit, Refusal, Role,
    event::Event,
    fields::folded,
    users::{Change, Details, Membership, Position, UserForm},
};

/// U5, U7, *Save user*: role, details, blocked, mail redirection. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Changed`] where the form was filled in on what is so no longer; [`Refusal::Fields`], [`Refusal::LastAdministrator`] (U6), [`Refusal::Yourself`], or not found.
pub async fn save(desk: &Desk, administrator: &Administrator, account: AccountId, form: &UserForm) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::EditUser).await?;
    deed.lock_account(account).await?;
    let row: PersonRow = deed.find(person(company, account, deed.now)).await?;
    let position = row.position(administrator.account())?;
    let change = form.parse_change(position.may_edit_details().is_ok())?;
    let difference = Difference::between(&row, &position, &change)?;
    if difference == Difference::default() {
        return Ok(());
    }
    if form.seen.as_ref().is_some_and(|seen| *seen != row.seen(&position)) {
        return Err(Refusal::Changed.into());
    }
    difference.allowed(&position)?;
    write_membership(&mut deed, company, &row, &change).await?;
    if let (true, Some(details)) = (difference.details, &change.details) {
        if row.joins {
            rewrite(&mut deed, company, account, &row.username, details).await?
        } else {
            rename(&mut deed, account, &row.username, details).await?
        }
    }
    let mailed = difference.blocked == Some(false) && matches!(position.facts.membership, Membership::Invited { .. });
    if difference.blocked == Some(true) {
        shut_out(&mut deed, company, account, row.joins).await?;
    } else if mailed {
        invite_again(&mut deed, company, account).await?;
    }
    if difference.role.is_some() {
        deed.rights_changed(account);
    }
    let Difference { details, role, blocked, mail_to_administrators } = difference;
    deed.commit(Event::UserEdited { company, account, details, role, blocked, mail_to_administrators, mailed }).await
}

/// What a saved form changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Difference {
    details: bool,
    role: Option<Role>,
    blocked: Option<bool>,
    mail_to_administrators: Option<bool>,
}

impl Difference {
    fn between(row: &PersonRow, position: &Position, change: &Change) -> Result<Self> {
        Ok(Self {
            details: change.details.as_ref().is_some_and(|details| row.details_differ(details)),
            role: (change.role != position.role).then_some(change.role),
            blocked: (change.blocked != row.blocked).then_some(change.blocked),
            mail_to_administrators: (change.mail_to_administrators != row.mail_to_administrators).then_some(change.mail_to_administrators),
        })
    }

    fn allowed(&self, position: &Position) -> Result<(), Refusal> {
        if self.blocked == Some(true) {
            position.may_block()?;
        }
        match self.role {
            Some(Role::User) => position.may_demote(),
            Some(Role::Administrator) => position.may_promote(),
            None => Ok(()),
        }
    }
}

/// Only if it still is what was looked at.
async fn write_membership(deed: &mut Deed<'_>, company: CompanyNumber, row: &PersonRow, change: &Change) -> Result<()> {
    let now = deed.now;
    deed.exactly_one(sql!(
        "UPDATE membership SET role = $1, blocked_at = CASE WHEN $2 THEN COALESCE(blocked_at, $3) END, mail_to_administrators = $4
         WHERE company = $5 AND account = $6 AND state = $7 AND role = $8 AND (blocked_at IS NOT NULL) = $9",
        change.role.key(),
        change.blocked,
        now,
        change.mail_to_administrators,
        company,
        row.id,
        row.state.as_str(),
        row.role.as_str(),
        row.blocked
    ))
    .await
}

/// Name, telephone number and country, with the keys by which somebody is sorted and found.
pub(crate) async fn rename(deed: &mut Deed<'_>, account: AccountId, username: &str, details: &Details) -> Result<()> {
    let name = details.name.as_str();
    deed.exactly_one(sql!(
        "UPDATE account SET name = $1, search_key = $2, name_key = $3, phone = $4, country = $5 WHERE id = $6",
        name,
        search_key(name, username),
        folded(name),
        details.phone.as_ref().map(|phone| phone.as_str()),
        details.country_code(),
        account
    ))
    .await?;
    keys::copy(deed, account).await
}

/// U1: what the company wrote about somebody who has not confirmed yet that they join; their account is not the company's to change.
async fn rewrite(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, username: &str, details: &Details) -> Result<()> {
    let name = details.name.as_str();
    deed.exactly_one(sql!(
        "UPDATE membership SET given_name = $1, given_phone = $2, given_country = $3, name_key = $4, search_key = $5
         WHERE company = $6 AND account = $7 AND given_name IS NOT NULL",
        name,
        details.phone.as_ref().map(|phone| phone.as_str()),
        details.country_code(),
        folded(name),
        search_key(name, username),
        company,
        account
    ))
    .await?;
    keys::copy(deed, account).await
}

/// A7: whoever is blocked or removed is out at once, live pages included, and what was mailed to them opens nothing.
pub(super) async fn shut_out(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, joins: bool) -> Result<()> {
    if !joins {
        deed.end_sessions(account).await?;
        sessions::take_back_resets(deed, account).await?;
    }
    take_back(deed, company, account).await
}

/// What was mailed to somebody for a company opens nothing any more, and they ask for nothing there (R7).
async fn take_back(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    links::withdraw(deed, account, Some(company)).await?;
    requests::lapse(deed, company, account).await
}

/// U5, *Remove user*: no longer in the company. The account stays: it may join another company (S6).
///
/// # Errors
/// [`Refusal::LastAdministrator`] (U6), [`Refusal::Yourself`], or not found.
pub async fn remove(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::RemoveUser).await?;
    deed.lock_account(account).await?;
    let row: PersonRow = deed.find(person(company, account, deed.now)).await?;
    row.position(administrator.account())?.may_remove()?;
    take_out(&mut deed, company, account, row.joins).await?;
    deed.commit(Event::UserRemoved { company, account }).await
}

pub(super) async fn take_out(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, joins: bool) -> Result<()> {
    deed.lock_account(account).await?;
    // Whoever has not joined has no sessions here that could be ended.
    if !joins {
        deed.end_sessions(account).await?;
    }
    part(deed, company, account).await
}

/// Whoever goes, or is made to go, is a member no longer. The account is locked.
pub(crate) async fn part(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    // Access goes with it.
    deed.exactly_one(sql!("DELETE FROM membership WHERE company = $1 AND account = $2", company, account)).await?;
    deed.execute(sql!("UPDATE account SET last_company = NULL WHERE id = $1 AND last_company = $2", account, company)).await?;
    take_back(deed, company, account).await
}

/// U2, *Resend email*: a new link and a new month; the old link is dead. Of a general account (G2) it is the one that sets its first password.
///
/// # Errors
/// [`Refusal::AlreadyRegistered`], [`Refusal::Blocked`], or not found.
pub async fn resend(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::ResendRegistration).await?;
    let row: PersonRow = deed.find(person(company, account, deed.now)).await?;
    row.position(administrator.account())?.may_resend()?;
    mail_again(&mut deed, company, &row).await?;
    deed.commit(Event::RegistrationResent { company, account }).await
}

/// For whoever may be mailed again.
pub(super) async fn mail_again(deed: &mut Deed<'_>, company: CompanyNumber, row: &PersonRow) -> Result<()> {
    let account = AccountId(row.id);
    if row.general { general_account::issue_again(deed, company, account).await } else { invite_again(deed, company, account).await }
}

/// A new link and a new month for somebody who is invited and not blocked.
pub(crate) async fn invite_again(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    let until = deed.desk.month_after(deed.now);
    deed.exactly_one(sql!(
        "UPDATE membership SET invited_until = $1
         WHERE company = $2 AND account = $3 AND state = 'invited' AND blocked_at IS NULL",
        until,
        company,
        account
    ))
    .await?;
    links::issue(deed, Purpose::CompleteRegistration, account, Some(company), until).await?;
    Ok(())
}

/// A3, *Unlock*.
///
/// # Errors
/// [`Refusal::NotLocked`], or not found.
pub async fn unlock(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<()> {
    let deed = Deed::permitted(desk, administrator, Permit::UnlockUser).await?;
    unlock_in(deed, administrator.company(), account).await
}

/// O1: the same at the provider's desk.
///
/// # Errors
/// [`Refusal::NotLocked`], or not found.
pub async fn unlock_member(desk: &Desk, staff: &Staff, company: CompanyNumber, account: AccountId) -> Result<()> {
    let deed = Deed::at_the_providers_desk(desk, staff, company).await?;
    unlock_in(deed, company, account).await
}

async fn unlock_in(mut deed: Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    deed.lock_account(account).await?;
    let row: PersonRow = deed.find(person(company, account, deed.now)).await?;
    row.facts()?.may_unlock(deed.now)?;
    sign_in::unlock(&mut deed, account, &digest(row.username.as_bytes())).await?;
    deed.commit(Event::AccountUnlocked { company, account }).await
}
