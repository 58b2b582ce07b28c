//! *Add user* (U1), and the administrator whom staff appoint (O1).

use super::keys::{self, search_key};
use crate::{
    Desk,
    callers::{Administrator, Caller, Staff},
    companies,
    deed::Deed,
    erasing,
    error::Result,
    licences,
    links::{self, Purpose},
    sql,
    users::change,
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, Role,
    companies::AppointForm,
    event::Event,
    fields::{Language, folded},
    users::{AddForm, Details, NewUser, UserForm},
};
use uuid::Uuid;

/// U1: adds somebody, who is mailed to complete the registration; whoever has an account already is asked whether they join. The administrator
/// can't tell one from the other.
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
    let account = put_in(&mut deed, company, &user, language).await?;
    let mut events = vec![Event::UserAdded { company, account, role: user.role, blocked: user.blocked }];
    if let Some(licence) = user.licence {
        events.extend(licences::give_to_new(&mut deed, company, account, licence).await?);
    }
    deed.commit_all(events).await?;
    Ok(account)
}

/// What the form shows of the company.
///
/// # Errors
/// When the database can't be reached.
pub async fn add_form(desk: &Desk, administrator: &Administrator) -> Result<AddForm> {
    let general = companies::general(desk, administrator).await?;
    let company = administrator.company();
    Ok(AddForm { company, domains: general.domains, country: general.country, licences: licences::to_give(desk, company, None).await? })
}

/// O1: appoints an administrator, from any domain. Somebody of the company becomes one; anybody else is added as one.
///
/// # Errors
/// [`Refusal::Fields`]; [`Refusal::Blocked`], [`Refusal::GeneralAccount`] for somebody of the company who can't be one.
pub async fn appoint(desk: &Desk, staff: &Staff, company: CompanyNumber, form: &AppointForm) -> Result<()> {
    let (name, username) = form.parse()?;
    let mut deed = Deed::at_the_providers_desk(desk, staff, company).await?;
    let member: Option<(Uuid, String, String, bool, bool)> = deed
        .maybe(sql!(
            "SELECT a.id, m.role, m.state, m.blocked_at IS NOT NULL, a.general_of IS NOT NULL
             FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1 AND a.username = $2",
            company,
            username.as_str()
        ))
        .await?;
    let Some((id, role, state, blocked, general)) = member else {
        let details = Details { name, phone: None, country: None };
        let user = NewUser { username, details, role: Role::Administrator, blocked: false, mail_to_administrators: false, licence: None };
        let account = put_in(&mut deed, company, &user, staff.from().language).await?;
        return deed.commit(Event::UserAdded { company, account, role: Role::Administrator, blocked: false }).await;
    };
    let account = AccountId(id);
    let invited = state == "invited";
    match (role.as_str(), blocked, general) {
        (_, true, _) => return Err(Refusal::Blocked.into()),
        (_, _, true) => return Err(Refusal::GeneralAccount.into()),
        ("administrator", ..) if !invited => return Err(Refusal::field(FieldName::Email, Problem::AlreadyHere).into()),
        _ => {}
    }
    deed.lock_account(account).await?;
    deed.exactly_one(sql!("UPDATE membership SET role = 'administrator' WHERE company = $1 AND account = $2", company, account)).await?;
    deed.rights_changed(account);
    if invited {
        // Their mail was lost, or its time is over: there may be nobody in the company who could send it again.
        change::invite_again(&mut deed, company, account).await?;
    }
    let role = (role != Role::Administrator.key()).then_some(Role::Administrator);
    deed.commit(Event::UserEdited { company, account, details: false, role, blocked: None, mail_to_administrators: None, mailed: invited })
        .await
}

async fn put_in(deed: &mut Deed<'_>, company: CompanyNumber, user: &NewUser, language: Language) -> Result<AccountId> {
    let (account, is_ours) = match insert_account(deed, user, language).await? {
        Some(account) => (account, true),
        None => match existing(deed, company, user).await? {
            Some(found) => found,
            // Whoever had the address gave it up meanwhile: it is free, unless somebody else was quicker.
            None => (insert_account(deed, user, language).await?.ok_or(Refusal::Changed)?, true),
        },
    };
    let until = deed.desk.month_after(deed.now);
    let (now, details) = (deed.now, &user.details);
    deed.execute(sql!(
        "INSERT INTO membership (company, account, role, state, invited_until, blocked_at, mail_to_administrators, created_at,
                                 given_name, given_phone, given_country, name_key, search_key, username)
         VALUES ($1, $2, $3, 'invited', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        company,
        account,
        user.role.key(),
        until,
        user.blocked.then_some(now),
        user.mail_to_administrators,
        now,
        (!is_ours).then_some(details.name.as_str()),
        details.phone.as_ref().filter(|_| !is_ours).map(|phone| phone.as_str()),
        details.country_code().filter(|_| !is_ours),
        folded(details.name.as_str()),
        search_key(details.name.as_str(), user.username.as_str()),
        user.username.as_str()
    ))
    .await?;
    keys::copy(deed, account).await?;
    erasing::let_in_again(deed, company, user.username.as_str()).await?;
    links::issue(deed, Purpose::CompleteRegistration, account, Some(company), until).await?;
    Ok(account)
}

/// The address is the key that two administrators at the same instant would both take: the second finds the first's row, and gets `None`.
async fn insert_account(deed: &mut Deed<'_>, user: &NewUser, language: Language) -> Result<Option<AccountId>> {
    let (id, now) = (deed.desk.new_account_id(), deed.now);
    let (username, name) = (user.username.as_str(), user.details.name.as_str());
    let added = deed
        .execute(sql!(
            "INSERT INTO account (id, username, name, search_key, name_key, phone, country, language, staff, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9) ON CONFLICT (username) DO NOTHING",
            id,
            username,
            name,
            search_key(name, username),
            folded(name),
            user.details.phone.as_ref().map(|phone| phone.as_str()),
            user.details.country_code(),
            language.code(),
            now
        ))
        .await?;
    Ok((added == 1).then_some(id))
}

/// The account that has this address, and whether nobody else has a say in it: somebody who was removed before they registered left an account
/// that nobody ever had the password of, and it is taken up again. Of any other account nothing is shown, and nothing is changed. `None`: it was
/// deleted (P6) or got another address (U5) while this waited for it.
async fn existing(deed: &mut Deed<'_>, company: CompanyNumber, user: &NewUser) -> Result<Option<(AccountId, bool)>> {
    let username = user.username.as_str();
    let found: Option<(Uuid,)> = deed.maybe(sql!("SELECT id FROM account WHERE username = $1", username)).await?;
    let Some((account,)) = found else { return Ok(None) };
    let account = AccountId(account);
    deed.lock_account_if_there(account).await?;
    let still: Option<(Uuid,)> = deed.maybe(sql!("SELECT id FROM account WHERE id = $1 AND username = $2", account, username)).await?;
    if still.is_none() {
        return Ok(None);
    }
    let here: Option<(i64,)> =
        deed.maybe(sql!("SELECT company FROM membership WHERE company = $1 AND account = $2", company, account)).await?;
    if here.is_some() {
        return Err(Refusal::field(FieldName::Username, Problem::AlreadyHere).into());
    }
    if !is_unclaimed(deed, account).await? {
        return Ok(Some((account, false)));
    }
    change::rename(deed, account, username, &user.details).await?;
    Ok(Some((account, true)))
}

/// Whether an account is nobody's: somebody was added, and removed before they registered. Its row is locked.
pub(super) async fn is_unclaimed(deed: &mut Deed<'_>, account: AccountId) -> Result<bool> {
    let unclaimed: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT CAST(1 AS BIGINT) FROM account a WHERE a.id = $1 AND a.registered_at IS NULL AND a.password_hash IS NULL AND NOT a.staff
             AND a.general_of IS NULL AND a.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id)",
            account
        ))
        .await?;
    Ok(unclaimed.is_some())
}
