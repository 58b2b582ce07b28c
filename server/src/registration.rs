//! U2: completing the registration that an administrator began.

use crate::{
    Desk,
    callers::Anyone,
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    links::{self, Link, Purpose},
    mailing,
    sessions::{self, Token},
    sign_in, sql, users,
};
use shared::{AccountId, CompanyNumber, Refusal, event::Event, refusal::LinkState};
use sqlx::FromRow;

/// What the page of a good link shows.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Completing {
    pub name: String,
    pub username: String,
    pub company_name: String,
}

/// What the link leads to. Changes nothing, however often it is opened.
///
/// # Errors
/// [`Refusal::Link`] for a link that is not open.
pub async fn look(desk: &Desk, token: &str) -> Result<Completing> {
    Ok(open(desk, token).await?.1)
}

/// Withdrawn, unless somebody is still invited and not blocked.
async fn invited(desk: &Desk, link: &Link) -> Result<Completing> {
    let completing = desk
        .db
        .maybe(sql!(
            "SELECT a.name, a.username, c.name AS company_name
             FROM membership m JOIN account a ON a.id = m.account JOIN company c ON c.number = m.company
             WHERE m.account = $1 AND m.company = $2 AND m.state = 'invited' AND m.blocked_at IS NULL",
            link.account(),
            link.company()
        ))
        .await?;
    completing.ok_or(Refusal::Link(LinkState::Withdrawn).into())
}

/// Whether the server finds a password hard to guess, asked while it is typed. Only for who holds a good link.
///
/// # Errors
/// [`Refusal::Link`]; [`Refusal::Busy`] for who asks too often.
pub async fn is_hard_to_guess(desk: &Desk, from: &Anyone, token: &str, password: &str) -> Result<bool> {
    desk.doorman.let_through(from.address)?;
    let person = look(desk, token).await?;
    desk.passwords.is_hard_to_guess(password, &[&person.name, &person.username]).await
}

/// Sets the password and lets the person in. Whoever was first with the link has it (A5).
///
/// # Errors
/// [`Refusal::Link`]; [`Refusal::Fields`] when the password doesn't meet A2.
pub async fn complete(desk: &Desk, from: &Anyone, token: &str, new: &str, repeated: &str) -> Result<(Token, CompanyNumber)> {
    let (link, person) = open(desk, token).await?;
    desk.passwords.accept_new(new, repeated, &[&person.name, &person.username]).await?;
    let hash = desk.passwords.hash(desk.chance.bytes(), new.to_owned()).await?;
    register(desk, from, &link, &person.username, hash).await
}

/// [`complete`] with a password that was accepted and hashed before: for tests, whose races argon2 would spread out.
///
/// # Errors
/// [`Refusal::Link`].
#[doc(hidden)]
pub async fn complete_hashed(desk: &Desk, from: &Anyone, token: &str, hash: String) -> Result<(Token, CompanyNumber)> {
    let (link, person) = open(desk, token).await?;
    register(desk, from, &link, &person.username, hash).await
}

async fn open(desk: &Desk, token: &str) -> Result<(Link, Completing)> {
    let link = links::find(desk, Purpose::CompleteRegistration, token).await?;
    link.open(desk.now()).map_err(Refusal::Link)?;
    let person = invited(desk, &link).await;
    if person.is_err() {
        // Somebody may have used it between the two looks; then that is what its page says.
        links::find(desk, Purpose::CompleteRegistration, token).await?.open(desk.now()).map_err(Refusal::Link)?;
    }
    Ok((link, person?))
}

/// The deed.
async fn register(desk: &Desk, from: &Anyone, link: &Link, username: &str, hash: String) -> Result<(Token, CompanyNumber)> {
    let company = link.company().ok_or(Error::NotFound)?;
    let account = link.account();
    let mut deed = Deed::begin(desk, from).await?;
    deed.lock_company(company).await?;
    deed.lock_account(account).await?;
    links::use_up(&mut deed, link).await?;
    become_active(&mut deed, company, account, hash).await?;
    // Until now the account had the language of whoever added the person.
    deed.exactly_one(sql!("UPDATE account SET language = $1 WHERE id = $2", from.language.code(), account)).await?;
    sign_in::unlock(&mut deed, account, &digest(username.as_bytes())).await?;
    let session = sessions::begin(&mut deed, account, from).await?;
    if !mailing::went_to_others(&mut deed, link.sending()).await? {
        deed.done_by(account);
    }
    deed.commit(Event::RegistrationCompleted { company, account }).await?;
    Ok((session, company))
}

/// Both updates repeat their conditions: blocked or removed in between means that nothing happens.
pub(crate) async fn become_active(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, hash: String) -> Result<()> {
    let now = deed.now;
    let joined = deed
        .execute(sql!(
            "UPDATE membership SET state = 'active', invited_until = NULL
             WHERE company = $1 AND account = $2 AND state = 'invited' AND blocked_at IS NULL",
            company,
            account
        ))
        .await?;
    if joined != 1 {
        return Err(Refusal::Link(LinkState::Withdrawn).into());
    }
    deed.exactly_one(sql!(
        "UPDATE account SET password_hash = $1, registered_at = $2 WHERE id = $3 AND registered_at IS NULL",
        hash,
        now,
        account
    ))
    .await
}

/// A6: *Send a new link* on the page of an expired one. Only who holds the old link can ask, and the new one goes to the stored address.
///
/// # Errors
/// [`Refusal::Link`] for a link that is not merely expired; [`Refusal::Busy`] for who asks too often.
pub async fn send_new_link(desk: &Desk, from: &Anyone, token: &str) -> Result<()> {
    desk.doorman.let_through(from.address)?;
    let link = links::find(desk, Purpose::CompleteRegistration, token).await?;
    match link.open(desk.now()) {
        Err(LinkState::Expired) => {}
        Err(other) => return Err(Refusal::Link(other).into()),
        // It is good: there is nothing to send.
        Ok(()) => return Ok(()),
    }
    invited(desk, &link).await?;
    let company = link.company().ok_or(Error::NotFound)?;
    let mut deed = Deed::begin(desk, from).await?;
    deed.lock_company(company).await?;
    // Pressed twice: the first has sent one.
    if !links::is_expired(&mut deed, &link).await? {
        return Ok(());
    }
    users::invite_again(&mut deed, company, link.account()).await?;
    deed.commit(Event::RegistrationResent { company, account: link.account() }).await
}
