//! My profile: what somebody changes of their own account (P2, P3).

use crate::{
    Desk,
    callers::Person,
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    links,
    sessions::Visitor,
    sign_in, sql, users,
};
use shared::{
    AccountId, FieldName, Problem, Refusal,
    event::Event,
    fields::{Country, Language},
    password,
    profile::{Profile, ProfileForm},
};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    username: String,
    name: String,
    phone: Option<String>,
    country: Option<String>,
    language: String,
}

const ROW: &str = "SELECT username, name, phone, country, language FROM account WHERE id = $1";

/// *My details* as they are.
///
/// # Errors
/// When the database can't be reached.
pub async fn details(desk: &Desk, person: &Person) -> Result<Profile> {
    let row: Row = desk.db.maybe(sql!(ROW, person.0.account)).await?.ok_or(Error::NotFound)?;
    Ok(Profile {
        country: row.country.as_deref().and_then(|code| Country::parse(code).ok()),
        language: Language::from_code(&row.language).unwrap_or_default(),
        username: row.username,
        name: row.name,
        phone: row.phone,
    })
}

/// P2: name, telephone number, country, language. Answers with the language from now on. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`].
pub async fn save(desk: &Desk, person: &Person, form: &ProfileForm) -> Result<Language> {
    let change = form.parse()?;
    let mut deed = Deed::begin(desk, person).await?;
    let account = person.0.account;
    deed.lock_account(account).await?;
    let row: Row = deed.find(sql!(ROW, account)).await?;
    let as_it_is = change.details.are(&row.name, row.phone.as_deref(), row.country.as_deref());
    if as_it_is && row.language == change.language.code() {
        return Ok(change.language);
    }
    users::rename(&mut deed, account, &row.username, &change.details).await?;
    write_language(&mut deed, account, change.language).await?;
    deed.commit(Event::DetailsChanged { account }).await?;
    Ok(change.language)
}

/// The language of the top bar is the language of the mail too.
///
/// # Errors
/// When the database can't be reached.
pub async fn choose_language(desk: &Desk, person: &Person, language: Language) -> Result<()> {
    let account = person.0.account;
    let mut deed = Deed::begin(desk, person).await?;
    deed.lock_account(account).await?;
    let row: Row = deed.find(sql!(ROW, account)).await?;
    if row.language == language.code() {
        return Ok(());
    }
    write_language(&mut deed, account, language).await?;
    deed.commit(Event::DetailsChanged { account }).await
}

async fn write_language(deed: &mut Deed<'_>, account: AccountId, language: Language) -> Result<()> {
    deed.exactly_one(sql!("UPDATE account SET language = $1 WHERE id = $2", language.code(), account)).await
}

/// P3: ends the person's other sessions (A7) and takes back links that would set the password.
///
/// # Errors
/// [`Refusal::Fields`] when the current password is wrong or the new one doesn't meet A2; five wrong ones lock the account (A3).
pub async fn change_password(desk: &Desk, visitor: &Visitor, current: &str, new: &str, repeated: &str) -> Result<()> {
    if current.is_empty() {
        return Err(Refusal::field(FieldName::CurrentPassword, Problem::Missing).into());
    }
    desk.passwords.accept_new(new, repeated, &[&visitor.name, &visitor.username]).await?;
    password::check_another(new, current).map_err(|problem| Refusal::field(FieldName::NewPassword, problem))?;
    // Last of what may be refused, and to the end: a try is counted before it is checked, and only the deed forgets it.
    let (hand, visitor, current, new) = (desk.clone(), visitor.clone(), current.to_owned(), new.to_owned());
    desk.to_the_end(async move { prove_and_change(&hand, &visitor, current, new).await }).await
}

async fn prove_and_change(desk: &Desk, visitor: &Visitor, current: String, new: String) -> Result<()> {
    let (person, place) = (visitor.person()?, desk.passwords.place()?);
    let proof = sign_in::prove(desk, &person, person.0.account, &visitor.username, current).await?;
    let hash = place.hash(desk.chance.bytes(), new).await?;

    let account = person.0.account;
    let mut deed = Deed::begin(desk, &person).await?;
    deed.lock_account(account).await?;
    deed.exactly_one(sql!("UPDATE account SET password_hash = $1 WHERE id = $2 AND password_hash = $3", hash, account, proof.hash)).await?;
    sign_in::unlock(&mut deed, account, &digest(visitor.username.as_bytes())).await?;
    links::withdraw(&mut deed, account, None).await?;
    deed.end_other_sessions(account, &visitor.token_hash()).await?;
    deed.commit(Event::PasswordChanged { account }).await
}

/// Whether the server finds a password hard to guess, asked while it is typed.
///
/// # Errors
/// [`Refusal::Busy`] for who asks too often.
pub async fn is_hard_to_guess(desk: &Desk, visitor: &Visitor, password: &str) -> Result<bool> {
    desk.doorman.let_through(visitor.person()?.0.from.address)?;
    desk.passwords.is_hard_to_guess(password, &[&visitor.name, &visitor.username]).await
}
