//! O4: the provider's people.

use crate::{
    Desk,
    deed::Deed,
    error::Result,
    letters::SET_PASSWORD,
    links::{self, Purpose},
    reset, sql,
};
use shared::{
    AccountId, FieldName, Problem, Refusal,
    event::Event,
    fields::{EmailAddress, Language, PersonName, folded},
};
use uuid::Uuid;

/// How long the command line's link is good.
const LINK_MINUTES: i64 = 24 * 60;

/// Adds somebody from the command line; answers with the link that sets their password, which is shown once.
///
/// # Errors
/// [`Problem::AddressTaken`].
pub async fn add(desk: &Desk, email: &EmailAddress, name: &PersonName, language: Language) -> Result<String> {
    let mut deed = Deed::by_the_system(desk).await?;
    let account = match without_password(&mut deed, email).await? {
        Some(account) => account,
        None => insert(&mut deed, email, name, language).await?,
    };
    let sending = reset::issue(&mut deed, account, LINK_MINUTES).await?;
    deed.commit(Event::StaffAdded { account }).await?;
    Ok(links::url(desk, SET_PASSWORD, Purpose::SetPassword, sending))
}

/// Somebody of the staff who let the first link run out gets another.
async fn without_password(deed: &mut Deed<'_>, email: &EmailAddress) -> Result<Option<AccountId>> {
    let found: Option<(Uuid,)> =
        deed.maybe(sql!("SELECT id FROM account WHERE username = $1 AND staff AND password_hash IS NULL", email.as_str())).await?;
    Ok(found.map(|(id,)| AccountId(id)))
}

pub(crate) async fn insert(deed: &mut Deed<'_>, email: &EmailAddress, name: &PersonName, language: Language) -> Result<AccountId> {
    let (id, now) = (deed.desk.new_account_id(), deed.now);
    let (username, name) = (email.as_str(), name.as_str());
    let added = deed
        .execute(sql!(
            "INSERT INTO account (id, username, name, search_key, name_key, language, staff, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, TRUE, $7) ON CONFLICT (username) DO NOTHING",
            id,
            username,
            name,
            format!("{}\n{}", folded(name), folded(username)),
            folded(name),
            language.code(),
            now
        ))
        .await?;
    if added == 1 { Ok(id) } else { Err(Refusal::field(FieldName::Username, Problem::AddressTaken).into()) }
}
