//! U5: another address for somebody. Both addresses are told; the new one must confirm, and that of now too where somebody else has a say in
//! the account. Until then the old one signs in.

use super::{
    add::is_unclaimed,
    keys::{self, search_key},
    person::{PersonRow, person},
};
use crate::{
    Desk,
    callers::{Administrator, Anyone, Caller},
    deed::Deed,
    desk::digest,
    erasing,
    error::{Error, Result},
    links::{self, Link, Purpose},
    sign_in, sql,
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, Time,
    event::Event,
    refusal::LinkState,
    registration::ToConfirm,
    users::{AddressChange, UserForm},
};
use uuid::Uuid;

const PURPOSES: [Purpose; 2] = [Purpose::ConfirmAddress, Purpose::ApproveAddress];

/// An administrator wants it. Asking again takes the place of what was asked before.
///
/// # Errors
/// [`Refusal::Fields`]; [`Refusal::NotRegistered`], [`Refusal::GeneralAccount`], [`Refusal::Blocked`], or not found.
pub async fn ask(desk: &Desk, administrator: &Administrator, account: AccountId, new: &str) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::EditUser).await?;
    deed.lock_account(account).await?;
    let row: PersonRow = deed.find(person(company, account, deed.now)).await?;
    row.position(administrator.account())?.may_change_address()?;
    let domains: Vec<(String,)> = deed.all(sql!("SELECT domain FROM company_domain WHERE company = $1 ORDER BY domain", company)).await?;
    let domains: Vec<String> = domains.into_iter().map(|(domain,)| domain).collect();
    let address = UserForm::parse_address(new, &row.username, &domains)?;
    let until = deed.desk.month_after(deed.now);
    // What any company asked for before is over: two changes at once would be told apart by nobody.
    links::withdraw_those(&mut deed, account, &PURPOSES).await?;
    let both = row.is_shared();
    if both {
        links::issue_about(&mut deed, Purpose::ApproveAddress, account, Some(company), Some(address.as_str()), until).await?;
    }
    links::issue_about(&mut deed, Purpose::ConfirmAddress, account, Some(company), Some(address.as_str()), until).await?;
    deed.commit(Event::AddressChangeAsked { company, account, both }).await
}

/// An administrator takes it back.
///
/// # Errors
/// [`Refusal::Changed`] when nothing waits any more, or not found.
pub async fn withdraw(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::EditUser).await?;
    deed.lock_account(account).await?;
    let _: PersonRow = deed.find(person(company, account, deed.now)).await?;
    let now = deed.now;
    let withdrawn = deed
        .execute(sql!(
            "UPDATE link SET withdrawn_at = $1 WHERE account = $2 AND company = $3 AND purpose IN ('confirm_address', 'approve_address')
               AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $1",
            now,
            account,
            company
        ))
        .await?;
    if withdrawn == 0 {
        return Err(Refusal::Changed.into());
    }
    deed.commit(Event::AddressChangeWithdrawn { company, account }).await
}

/// The change that this company asked for and that still waits.
pub(super) async fn waiting(desk: &Desk, company: CompanyNumber, account: AccountId) -> Result<Option<AddressChange>> {
    let rows: Vec<(String, String, i64)> = desk
        .db
        .all(sql!(
            "SELECT purpose, COALESCE(address, ''), expires_at FROM link
             WHERE account = $1 AND company = $2 AND purpose IN ('confirm_address', 'approve_address')
               AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3",
            account,
            company,
            desk.now()
        ))
        .await?;
    let Some((_, new, until)) = rows.first().cloned() else { return Ok(None) };
    let waits = |purpose: Purpose| rows.iter().any(|(key, ..)| key == purpose.key());
    Ok(Some(AddressChange {
        new,
        until: desk.local(Time(until)),
        waits_for_old: waits(Purpose::ApproveAddress),
        waits_for_new: waits(Purpose::ConfirmAddress),
    }))
}

/// What the link asks, and of whom: the address that it went to.
pub(crate) async fn asked(desk: &Desk, link: &Link) -> Result<(ToConfirm, String)> {
    let new = link.address().ok_or_else(|| Error::internal("a change of address without one"))?.to_owned();
    let (username, company): (String, String) = desk
        .db
        .maybe(sql!(
            "SELECT a.username, c.name FROM account a JOIN company c ON c.number = $2 WHERE a.id = $1",
            link.account()?,
            link.company()
        ))
        .await?
        .ok_or(Error::NotFound)?;
    Ok(match link.purpose() {
        Some(Purpose::ApproveAddress) => (ToConfirm::OldAddress { company, new }, username),
        _ => (ToConfirm::NewAddress { company, new: new.clone() }, new),
    })
}

/// One of the two addresses agrees; when nothing waits any more, the new one signs in. Answers whether it does now.
pub(crate) async fn confirm(desk: &Desk, from: &Anyone, link: &Link) -> Result<bool> {
    let (mut deed, company, account) = open(desk, from, link).await?;
    let now = deed.now;
    let (waiting,): (i64,) = deed
        .find(sql!(
            "SELECT COUNT(*) FROM link WHERE account = $1 AND company = $2 AND purpose IN ('confirm_address', 'approve_address')
               AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3",
            account,
            company,
            now
        ))
        .await?;
    let new = link.address().ok_or_else(|| Error::internal("a change of address without one"))?;
    if waiting > 0 {
        deed.commit(Event::AddressConfirmed { company, account }).await?;
        return Ok(false);
    }
    let row: PersonRow = deed.find(person(company, account, deed.now)).await?;
    if row.is_shared() && !is_approved(&mut deed, company, account, new).await? {
        // Somebody else got a say in the account since it was asked for.
        return Err(Refusal::Changed.into());
    }
    still_a_domain(&mut deed, company, new).await?;
    change(&mut deed, account, new).await?;
    deed.commit(Event::AddressChanged { company, account }).await?;
    Ok(true)
}

/// U5: the domains are asked again, with the company locked: staff may have taken one away since.
async fn still_a_domain(deed: &mut Deed<'_>, company: CompanyNumber, new: &str) -> Result<()> {
    let domain = new.rsplit_once('@').map_or("", |(_, domain)| domain);
    let there: Option<(i64,)> =
        deed.maybe(sql!("SELECT company FROM company_domain WHERE company = $1 AND domain = $2", company, domain)).await?;
    there.map(|_| ()).ok_or(Refusal::Link(LinkState::Withdrawn).into())
}

async fn is_approved(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, new: &str) -> Result<bool> {
    let approved: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT company FROM link
             WHERE account = $1 AND company = $2 AND purpose = 'approve_address' AND address = $3 AND used_at IS NOT NULL",
            account,
            company,
            new
        ))
        .await?;
    Ok(approved.is_some())
}

async fn change(deed: &mut Deed<'_>, account: AccountId, new: &str) -> Result<()> {
    let taken = || Refusal::field(FieldName::Username, Problem::AddressTaken);
    if !is_free(deed, new).await? {
        return Err(taken().into());
    }
    let now = deed.now;
    let (old, name): (String, String) = deed.find(sql!("SELECT username, name FROM account WHERE id = $1", account)).await?;
    // S6: an address proves nothing of a password that others may have set (U3). That takes a new one.
    let changed = deed
        .exactly_one(sql!(
            "UPDATE account SET username = $1, search_key = $2, proven_at = CASE WHEN proven_at IS NOT NULL THEN CAST($3 AS BIGINT) END
             WHERE id = $4",
            new,
            search_key(&name, new),
            now,
            account
        ))
        .await;
    // Somebody took it at the same instant.
    changed.map_err(|error| if error.is_duplicate() { taken().into() } else { error })?;
    keys::copy(deed, account).await?;
    carry_along(deed, account, &old, new).await?;
    // What was counted against the old address, and what was mailed to it, is over.
    sign_in::unlock(deed, account, &digest(old.as_bytes())).await?;
    links::withdraw(deed, account, None).await
}

/// Whether nobody has the address. An account that nobody ever claimed gives it up, and is from then on what a deleted one is (P6): a number that
/// history refers to.
async fn is_free(deed: &mut Deed<'_>, address: &str) -> Result<bool> {
    let found: Option<(Uuid,)> = deed.maybe(sql!("SELECT id FROM account WHERE username = $1", address)).await?;
    let Some((id,)) = found else { return Ok(true) };
    let left = AccountId(id);
    if !deed.lock_account_if_there(left).await? {
        return Ok(true);
    }
    if !is_unclaimed(deed, left).await? {
        return Ok(false);
    }
    let now = deed.now;
    deed.exactly_one(sql!(
        "UPDATE account SET username = $1, name = '', search_key = '', name_key = '', phone = NULL, country = NULL, deleted_at = $2
         WHERE id = $3",
        left.to_string(),
        now,
        left
    ))
    .await?;
    Ok(true)
}

/// P6: erasing an account knows only the address of then. So what was asked from the old one, before it was an account's, goes now; and where the
/// person is the contact of a company of theirs, they are so at the new one.
async fn carry_along(deed: &mut Deed<'_>, account: AccountId, old: &str, new: &str) -> Result<()> {
    for statement in erasing::asked_from(old) {
        deed.execute(statement).await?;
    }
    deed.execute(sql!(
        "UPDATE company SET contact_email = $1 WHERE LOWER(contact_email) = $2
           AND number IN (SELECT m.company FROM membership m WHERE m.account = $3 AND m.given_name IS NULL)",
        new,
        old,
        account
    ))
    .await?;
    Ok(())
}

/// From either address; no more is asked of it.
pub(crate) async fn refuse(desk: &Desk, from: &Anyone, link: &Link) -> Result<()> {
    let (mut deed, company, account) = open(desk, from, link).await?;
    links::withdraw_those(&mut deed, account, &PURPOSES).await?;
    deed.commit(Event::AddressChangeWithdrawn { company, account }).await
}

/// Only while the person is an active member, and unblocked: whoever was removed meanwhile keeps the address of now.
async fn open<'a>(desk: &'a Desk, from: &Anyone, link: &Link) -> Result<(Deed<'a>, CompanyNumber, AccountId)> {
    let (company, account) = (link.company().ok_or(Error::NotFound)?, link.account()?);
    let mut deed = Deed::begin(desk, from).await?;
    // Those too whose contact the person may be (`carry_along`).
    let seen: Vec<(i64,)> = deed.all(sql!("SELECT company FROM membership WHERE account = $1 AND given_name IS NULL", account)).await?;
    deed.lock_companies(seen.into_iter().map(|(seen,)| CompanyNumber(seen)).chain([company])).await?;
    deed.lock_account(account).await?;
    links::use_up(&mut deed, link).await?;
    let member: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT company FROM membership WHERE company = $1 AND account = $2 AND state = 'active' AND blocked_at IS NULL",
            company,
            account
        ))
        .await?;
    if member.is_none() {
        return Err(Refusal::Link(LinkState::Withdrawn).into());
    }
    Ok((deed, company, account))
}
