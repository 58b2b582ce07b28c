//! G2: one username and password that everybody in a company shares. Its mail goes to the administrators, who set and change its password.

use crate::{
    Desk,
    callers::{Administrator, Caller, Staff},
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    links::{self, Sending},
    requests, reset, sessions, sign_in, sql,
    users::keys::{self, search_key},
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal,
    companies::general_username,
    event::Event,
    fields::{Language, folded},
    password,
};
use sqlx::FromRow;
use uuid::Uuid;

/// The administrators get so long to set its first password.
const FIRST_PASSWORD_MINUTES: i64 = 31 * 24 * 60;

/// Staff make it; the administrators are mailed to set its password.
///
/// # Errors
/// [`Refusal::Fields`], [`Refusal::HasGeneralAccount`].
pub async fn create(desk: &Desk, staff: &Staff, company: CompanyNumber, username: &str) -> Result<()> {
    let username = general_username(username).map_err(|problem| Refusal::field(FieldName::Username, problem))?;
    let mut deed = Deed::at_the_providers_desk(desk, staff, company).await?;
    if of(&mut deed, company).await?.is_some() {
        return Err(Refusal::HasGeneralAccount.into());
    }
    let account = insert(&mut deed, company, &username, staff.from().language).await?;
    issue_first(&mut deed, account).await?;
    deed.commit(Event::GeneralAccountCreated { company, account }).await
}

/// The link that sets its first password.
pub(crate) async fn issue_first(deed: &mut Deed<'_>, account: AccountId) -> Result<Sending> {
    reset::issue(deed, account, FIRST_PASSWORD_MINUTES).await
}

/// *Resend email*: another such link, unless somebody has set the password or blocked it meanwhile.
pub(crate) async fn issue_again(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    deed.lock_account(account).await?;
    let waiting: Option<(Uuid,)> = deed
        .maybe(sql!(
            "SELECT a.id FROM account a JOIN membership m ON m.account = a.id
             WHERE m.company = $1 AND a.id = $2 AND a.general_of = $1 AND a.password_hash IS NULL AND m.blocked_at IS NULL",
            company,
            account
        ))
        .await?;
    waiting.ok_or(Refusal::Changed)?;
    issue_first(deed, account).await?;
    Ok(())
}

/// It is called what the company is called, and reads the language of whoever makes it until somebody chooses another.
pub(crate) async fn insert(deed: &mut Deed<'_>, company: CompanyNumber, username: &str, language: Language) -> Result<AccountId> {
    let (name, country): (String, String) = deed.find(sql!("SELECT name, country FROM company WHERE number = $1", company)).await?;
    let (account, now) = (deed.desk.new_account_id(), deed.now);
    let added = deed
        .execute(sql!(
            "INSERT INTO account (id, username, name, search_key, name_key, country, language, staff, general_of, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE, $8, $9) ON CONFLICT (username) DO NOTHING",
            account,
            username,
            name.as_str(),
            search_key(&name, username),
            folded(&name),
            country,
            language.code(),
            company,
            now
        ))
        .await?;
    if added != 1 {
        return Err(Refusal::field(FieldName::Username, Problem::AddressTaken).into());
    }
    deed.execute(sql!(
        "INSERT INTO membership (company, account, role, state, mail_to_administrators, created_at) VALUES ($1, $2, 'user', 'active', TRUE, $3)",
        company,
        account,
        now
    ))
    .await?;
    keys::copy(deed, account).await?;
    Ok(account)
}

/// Staff block it, or let it in again (an administrator does so on its page under Users).
///
/// # Errors
/// Not found, where there is none.
pub async fn set_blocked(desk: &Desk, staff: &Staff, company: CompanyNumber, blocked: bool) -> Result<()> {
    let mut deed = Deed::at_the_providers_desk(desk, staff, company).await?;
    let account = of(&mut deed, company).await?.ok_or(Error::NotFound)?;
    deed.lock_account(account).await?;
    let now = deed.now;
    let changed = deed
        .execute(sql!(
            "UPDATE membership SET blocked_at = CASE WHEN $1 THEN CAST($2 AS BIGINT) END
             WHERE company = $3 AND account = $4 AND (blocked_at IS NOT NULL) <> $1",
            blocked,
            now,
            company,
            account
        ))
        .await?;
    if changed == 0 {
        return Ok(());
    }
    if blocked {
        deed.end_sessions(account).await?;
        sessions::take_back_resets(&mut deed, account).await?;
        requests::lapse(&mut deed, company, account).await?;
    }
    let blocked = Some(blocked);
    deed.commit(Event::UserEdited { company, account, details: false, role: None, blocked, mail_to_administrators: None, mailed: false })
        .await
}

/// Of a company that is called otherwise now, the account that was called what the company was.
pub(crate) async fn rename(deed: &mut Deed<'_>, company: CompanyNumber, before: &str, name: &str) -> Result<()> {
    let found: Option<(Uuid, String)> =
        deed.maybe(sql!("SELECT id, username FROM account WHERE general_of = $1 AND name = $2", company, before)).await?;
    let Some((account, username)) = found else { return Ok(()) };
    let account = AccountId(account);
    deed.lock_account(account).await?;
    deed.exactly_one(sql!(
        "UPDATE account SET name = $1, search_key = $2, name_key = $3 WHERE id = $4",
        name,
        search_key(name, &username),
        folded(name),
        account
    ))
    .await?;
    keys::copy(deed, account).await
}

async fn of(deed: &mut Deed<'_>, company: CompanyNumber) -> Result<Option<AccountId>> {
    let found: Option<(Uuid,)> = deed.maybe(sql!("SELECT id FROM account WHERE general_of = $1", company)).await?;
    Ok(found.map(|(id,)| AccountId(id)))
}

/// The general account whose password an administrator may change in My profile (P3).
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct GeneralUser {
    id: Uuid,
    pub username: String,
    pub name: String,
}

/// Where there is one that has a password.
///
/// # Errors
/// When the database can't be reached.
pub async fn find(desk: &Desk, administrator: &Administrator) -> Result<Option<GeneralUser>> {
    desk.db
        .maybe(sql!("SELECT id, username, name FROM account WHERE general_of = $1 AND password_hash IS NOT NULL", administrator.company()))
        .await
}

/// P3: an administrator changes its password, with the one of now. All its sessions end; the administrators are told.
///
/// # Errors
/// [`Refusal::Fields`] when the current password is wrong or the new one doesn't meet A2; five wrong ones lock the account (A3).
pub async fn change_password(desk: &Desk, administrator: &Administrator, current: &str, new: &str, repeated: &str) -> Result<()> {
    let general = find(desk, administrator).await?.ok_or(Error::NotFound)?;
    if current.is_empty() {
        return Err(Refusal::field(FieldName::CurrentPassword, Problem::Missing).into());
    }
    desk.passwords.accept_new(new, repeated, &[&general.name, &general.username]).await?;
    password::check_another(new, current).map_err(|problem| Refusal::field(FieldName::NewPassword, problem))?;
    let (hand, by, current, new) = (desk.clone(), administrator.clone(), current.to_owned(), new.to_owned());
    desk.to_the_end(async move { prove_and_change(&hand, &by, &general, current, new).await }).await
}

async fn prove_and_change(desk: &Desk, by: &Administrator, general: &GeneralUser, current: String, new: String) -> Result<()> {
    let (account, place) = (AccountId(general.id), desk.passwords.place()?);
    let proof = sign_in::prove(desk, by, account, &general.username, current).await?;
    let hash = place.hash(desk.chance.bytes(), new).await?;
    let mut deed = Deed::permitted(desk, by, Permit::EditUser).await?;
    deed.lock_account(account).await?;
    deed.exactly_one(sql!("UPDATE account SET password_hash = $1 WHERE id = $2 AND password_hash = $3", hash, account, proof.hash)).await?;
    sign_in::unlock(&mut deed, account, &digest(general.username.as_bytes())).await?;
    links::withdraw(&mut deed, account, None).await?;
    deed.end_sessions(account).await?;
    deed.commit(Event::PasswordChanged { account }).await
}

/// Whether the server finds a password hard to guess, asked while it is typed.
///
/// # Errors
/// [`Refusal::Busy`] for who asks too often.
pub async fn is_hard_to_guess(desk: &Desk, administrator: &Administrator, password: &str) -> Result<bool> {
    desk.doorman.let_through(administrator.from().address)?;
    let general = find(desk, administrator).await?.ok_or(Error::NotFound)?;
    desk.passwords.is_hard_to_guess(password, &[&general.name, &general.username]).await
}
