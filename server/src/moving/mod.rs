//! Going to another company by oneself (P4), leaving one, and handing over first (U6).

mod read;
mod succession;

pub(crate) use read::here;
pub use read::read;
pub use succession::{hand_over, withdraw as withdraw_succession};
pub(crate) use succession::{refuse as refuse_succession, succeed, succession_asked};

use crate::{Desk, deed::Deed, error::Result, self_registration, sessions::Visitor, sql, users};
use shared::{AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, Role, event::Event, moving::Place};

/// P4: both halves are one transaction. Whatever was the person's in the old company ends; in the new one they are a user, whose mail is their
/// own. Their other sessions end (A7); this one goes on, without the old company.
///
/// # Errors
/// [`Refusal::LastAdministrator`] (U6); of [`shared::moving::Destination::may_enter`]; not found, for a company that is not theirs.
pub async fn change_company(desk: &Desk, visitor: &Visitor, from: CompanyNumber, to: CompanyNumber) -> Result<()> {
    if from == to {
        return Err(Refusal::field(FieldName::Company, Problem::NotAChoice).into());
    }
    let account = visitor.standing.account;
    let mut deed = Deed::permitted(desk, &visitor.person()?, Permit::OwnProfile).await?;
    deed.lock_companies([from, to]).await?;
    deed.lock_account(account).await?;
    go(&mut deed, from, account).await?;
    self_registration::enter(&mut deed, to, account).await?;
    // An invitation that waited there may have sent it to the administrators.
    deed.exactly_one(sql!("UPDATE membership SET mail_to_administrators = FALSE WHERE company = $1 AND account = $2", to, account)).await?;
    deed.end_other_sessions(account, &visitor.token_hash()).await?;
    deed.commit_all(vec![Event::MovedAway { company: from, account }, Event::MovedHere { company: to, account }]).await
}

/// P4, *Leave company*: the first half alone.
///
/// # Errors
/// [`Refusal::LastAdministrator`] (U6); not found, for a company that is not theirs.
pub async fn leave(desk: &Desk, visitor: &Visitor, company: CompanyNumber) -> Result<()> {
    let account = visitor.standing.account;
    let mut deed = Deed::permitted(desk, &visitor.person()?, Permit::OwnProfile).await?;
    deed.lock_company(company).await?;
    deed.lock_account(account).await?;
    go(&mut deed, company, account).await?;
    deed.end_other_sessions(account, &visitor.token_hash()).await?;
    deed.commit(Event::CompanyLeft { company, account }).await
}

/// Out of a company, by oneself. Company and account are locked.
pub(crate) async fn go(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    let (role, other_administrators): (String, i64) = deed
        .find(sql!(
            "SELECT m.role, (SELECT COUNT(*) FROM membership o WHERE o.company = m.company AND o.account <> m.account
                AND o.role = 'administrator' AND o.state = 'active' AND o.blocked_at IS NULL)
             FROM membership m WHERE m.company = $1 AND m.account = $2 AND m.state = 'active' AND m.blocked_at IS NULL",
            company,
            account
        ))
        .await?;
    place(&role, other_administrators)?.may_leave()?;
    users::part(deed, company, account).await
}

fn place(role: &str, other_administrators: i64) -> Result<Place> {
    let role: Role = users::role(role)?;
    Ok(Place { role, other_administrators: u32::try_from(other_administrators).unwrap_or(u32::MAX) })
}
