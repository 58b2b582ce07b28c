//! *Add user* (U1).

use crate::{
    Desk,
    callers::Administrator,
    deed::Deed,
    error::Result,
    links::{self, Purpose},
    sql,
    users::{change, keys},
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal,
    event::Event,
    fields::{Language, folded},
    users::{NewUser, UserForm},
};
use uuid::Uuid;

/// U1: adds somebody, who is mailed to complete the registration.
///
/// # Errors
/// [`Refusal::Fields`], [`Refusal::NoDomain`].
pub async fn add(desk: &Desk, administrator: &Administrator, form: &UserForm) -> Result<AccountId> {
    let deed = Deed::permitted(desk, administrator, Permit::AddUser).await?;
    add_in(deed, administrator.company(), form, administrator.0.from.language).await
}

/// The deed itself; the demo does it in the system's name. Somebody who is blocked from the start gets no mail.
pub(crate) async fn add_in(mut deed: Deed<'_>, company: CompanyNumber, form: &UserForm, language: Language) -> Result<AccountId> {
    let domains: Vec<(String,)> = deed.all(sql!("SELECT domain FROM company_domain WHERE company = $1 ORDER BY domain", company)).await?;
    let domains: Vec<String> = domains.into_iter().map(|(domain,)| domain).collect();
    let user = form.parse(&domains)?;
    let account = match insert_account(&mut deed, &user, language).await? {
        Some(account) => account,
        None => left_behind(&mut deed, company, &user).await?,
    };
    let until = deed.desk.month_after(deed.now);
    let blocked_at = user.blocked.then_some(deed.now);
    let now = deed.now;
    deed.execute(sql!(
        "INSERT INTO membership (company, account, role, state, invited_until, blocked_at, mail_to_administrators, created_at)
         VALUES ($1, $2, $3, 'invited', $4, $5, $6, $7)",
        company,
        account,
        user.role.key(),
        until,
        blocked_at,
        user.mail_to_administrators,
        now
    ))
    .await?;
    keys::copy(&mut deed, account).await?;
    links::issue(&mut deed, Purpose::CompleteRegistration, account, Some(company), until).await?;
    deed.commit(Event::UserAdded { company, account, role: user.role, blocked: user.blocked }).await?;
    Ok(account)
}

/// The address is the key that two administrators at the same instant would both take: the second finds the first's row, and gets `None`.
async fn insert_account(deed: &mut Deed<'_>, user: &NewUser, language: Language) -> Result<Option<AccountId>> {
    let (id, now) = (deed.desk.new_id(), deed.now);
    let (username, name) = (user.username.as_str(), user.details.name.as_str());
    let added = deed
        .execute(sql!(
            "INSERT INTO account (id, username, name, search_key, name_key, phone, country, language, staff, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9) ON CONFLICT (username) DO NOTHING",
            id,
            username,
            name,
            format!("{}\n{}", folded(name), folded(username)),
            folded(name),
            user.details.phone.as_ref().map(|phone| phone.as_str()),
            user.details.country.code(),
            language.code(),
            now
        ))
        .await?;
    Ok((added == 1).then_some(AccountId(id)))
}

/// Somebody who was removed before they registered left an account that nobody ever had the password of: it is taken up again.
async fn left_behind(deed: &mut Deed<'_>, company: CompanyNumber, user: &NewUser) -> Result<AccountId> {
    let username = user.username.as_str();
    let (account,): (Uuid,) = deed.find(sql!("SELECT id FROM account WHERE username = $1", username)).await?;
    let account = AccountId(account);
    deed.lock_account(account).await?;
    let unclaimed: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT CAST(1 AS BIGINT) FROM account a WHERE a.id = $1 AND a.registered_at IS NULL AND a.password_hash IS NULL AND NOT a.staff
             AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id)",
            account
        ))
        .await?;
    if unclaimed.is_none() {
        return Err(taken(deed, company, account).await?.into());
    }
    change::rename(deed, account, username, &user.details).await?;
    Ok(account)
}

async fn taken(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<Refusal> {
    let here: Option<(i64,)> =
        deed.maybe(sql!("SELECT company FROM membership WHERE company = $1 AND account = $2", company, account)).await?;
    let problem = if here.is_some() { Problem::AlreadyHere } else { Problem::AddressTaken };
    Ok(Refusal::field(FieldName::Username, problem))
}
