//! A4: forgot password, and the first password of staff.

use crate::{
    Desk,
    callers::Anyone,
    deed::Deed,
    desk::digest,
    error::Result,
    links::{self, Link, Purpose, Sending},
    mailing,
    passwords::Checked,
    registration, sessions, sign_in, sql,
};
use shared::{AccountId, FieldName, Problem, Refusal, event::Event, fields, refusal::LinkState};
use sqlx::FromRow;
use uuid::Uuid;

/// A4: valid one hour.
const RESET_MINUTES: i64 = 60;

/// A4: and no more than so many mails an hour to one account, whoever asks.
const MAILS_AN_HOUR: i64 = 5;
/// So many may wait for their mail to be queued.
const LONGEST_QUEUE: usize = 256;

/// Asks for a link. The answer is the same for everybody, and comes before anybody is looked up, so that how long it takes tells
/// nothing either; what happens, if anything, happens by mail.
///
/// # Errors
/// [`Refusal::Fields`] when nothing was filled in; [`Refusal::Busy`].
pub async fn ask(desk: &Desk, from: &Anyone, username: &str) -> Result<()> {
    let username = fields::username(username);
    if username.is_empty() {
        return Err(Refusal::field(FieldName::Username, Problem::Missing).into());
    }
    desk.doorman.let_mail(from.address)?;
    if desk.later.len() >= LONGEST_QUEUE {
        return Err(Refusal::Busy.into());
    }
    let (hand, from) = (desk.clone(), from.clone());
    desk.later.spawn(async move {
        if let Err(error) = send_link(&hand, &from, username).await {
            tracing::error!(%error, "a link to set a password could not be queued");
        }
    });
    Ok(())
}

async fn send_link(desk: &Desk, from: &Anyone, username: String) -> Result<()> {
    let mut deed = Deed::begin(desk, from).await?;
    let account: Option<(Uuid, bool)> = deed
        .maybe(sql!(
            "SELECT id, staff FROM account WHERE username = $1 AND (password_hash IS NOT NULL OR general_of IS NOT NULL)",
            username
        ))
        .await?;
    let Some((id, staff)) = account else { return Ok(()) };
    let account = AccountId(id);
    let is_there = deed.lock_account_if_there(account).await?;
    // Whoever is blocked gets no mail, nor does whoever deleted their account meanwhile.
    if !is_there || !sessions::may_still_be_in(&mut deed, id, staff).await? {
        return Ok(());
    }
    let an_hour_ago = deed.now.plus_minutes(-60);
    let (asked,): (i64,) = deed
        .find(sql!("SELECT COUNT(*) FROM history WHERE subject = $1 AND at > $2 AND kind = 'password_reset_asked'", account, an_hour_ago))
        .await?;
    if asked >= MAILS_AN_HOUR {
        tracing::warn!("somebody asks for more links to set a password than are sent");
        return Ok(());
    }
    issue(&mut deed, account, RESET_MINUTES).await?;
    deed.commit(Event::PasswordResetAsked { account }).await
}

/// A link to set a password.
pub(crate) async fn issue(deed: &mut Deed<'_>, account: AccountId, minutes: i64) -> Result<Sending> {
    let until = deed.now.plus_minutes(minutes);
    links::issue(deed, Purpose::SetPassword, account, None, until).await
}

/// Whose password the link sets.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Setting {
    pub name: String,
    pub username: String,
}

/// What the link leads to. Changes nothing, however often it is opened.
///
/// # Errors
/// [`Refusal::Link`] for a link that is not open.
pub async fn look(desk: &Desk, token: &str) -> Result<Setting> {
    let link = links::find(desk, &[Purpose::SetPassword], token).await?;
    link.open(desk.now()).map_err(Refusal::Link)?;
    whose(desk, &link).await
}

async fn whose(desk: &Desk, link: &Link) -> Result<Setting> {
    desk.db.one(sql!("SELECT name, username FROM account WHERE id = $1", link.account()?)).await
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

/// Sets the password: unlocks the account (A3) and ends every session (A7). The person signs in with the new one.
///
/// # Errors
/// [`Refusal::Link`]; [`Refusal::Fields`] when the password doesn't meet A2.
pub async fn set(desk: &Desk, from: &Anyone, token: &str, new: &str, repeated: &str) -> Result<()> {
    let link = links::find(desk, &[Purpose::SetPassword], token).await?;
    link.open(desk.now()).map_err(Refusal::Link)?;
    let person = whose(desk, &link).await?;
    desk.passwords.accept_new(new, repeated, &[&person.name, &person.username]).await?;
    not_the_current_one(desk, link.account()?, new).await?;
    let hash = desk.passwords.hash(desk.chance.bytes(), new.to_owned()).await?;

    let account = link.account()?;
    let mut deed = Deed::begin(desk, from).await?;
    deed.lock_account(account).await?;
    links::use_up(&mut deed, &link).await?;
    let (staff,): (bool,) = deed.find(sql!("SELECT staff FROM account WHERE id = $1", account)).await?;
    if !sessions::may_still_be_in(&mut deed, account.0, staff).await? {
        return Err(Refusal::Link(LinkState::Withdrawn).into());
    }
    let now = deed.now;
    deed.exactly_one(sql!(
        "UPDATE account SET password_hash = $1, registered_at = COALESCE(registered_at, $2) WHERE id = $3",
        hash,
        now,
        account
    ))
    .await?;
    sign_in::unlock(&mut deed, account, &digest(person.username.as_bytes())).await?;
    deed.end_sessions(account).await?;
    let proven = !mailing::went_to_others(&mut deed, link.sending()).await?;
    registration::write_proof(&mut deed, account, proven).await?;
    if proven {
        deed.done_by(account);
    }
    deed.commit(Event::PasswordSet { account }).await
}

async fn not_the_current_one(desk: &Desk, account: AccountId, new: &str) -> Result<()> {
    let (stored,): (Option<String>,) = desk.db.one(sql!("SELECT password_hash FROM account WHERE id = $1", account)).await?;
    // Staff's first password has none before it.
    let Some(stored) = stored else { return Ok(()) };
    match desk.passwords.check(desk.chance.bytes(), new.to_owned(), Some(stored)).await? {
        Checked::Wrong => Ok(()),
        Checked::Right | Checked::Outdated(_) => Err(Refusal::field(FieldName::NewPassword, Problem::SamePassword).into()),
    }
}
