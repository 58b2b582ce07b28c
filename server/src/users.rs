//! My company › Users (U1, U2, U4).

use crate::{
    Desk,
    callers::Administrator,
    companies,
    db::Query,
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    links::{self, Purpose},
    sign_in, sql,
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, Role, Time,
    event::Event,
    fields::{Country, Language, folded},
    users::{
        Facts, MailShown, MailState, Membership, NewUser, PAGE_SIZE, SortBy, Status, StatusKind, StatusShown, UserDetails, UserForm,
        UserRow, UsersPage, UsersQuery,
    },
};
use sqlx::{AssertSqlSafe, FromRow};
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
    let account = insert(&mut deed, company, &user, language).await?;
    let until = deed.desk.month_after(deed.now);
    links::issue(&mut deed, Purpose::CompleteRegistration, account, Some(company), until).await?;
    deed.commit(Event::UserAdded { company, account, role: user.role, blocked: user.blocked }).await?;
    Ok(account)
}

/// The address is the key that two administrators at the same instant would both take: the second finds the first's row.
async fn insert(deed: &mut Deed<'_>, company: CompanyNumber, user: &NewUser, language: Language) -> Result<AccountId> {
    let username = user.username.as_str();
    let id = deed.desk.new_id();
    let (now, until) = (deed.now, deed.desk.month_after(deed.now));
    let name = user.name.as_str();
    let added = deed
        .execute(sql!(
            "INSERT INTO account (id, username, name, search_key, name_key, phone, country, language, staff, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9) ON CONFLICT (username) DO NOTHING",
            id,
            username,
            name,
            format!("{}\n{}", folded(name), folded(username)),
            folded(name),
            user.phone.as_ref().map(|phone| phone.as_str()),
            user.country.code(),
            language.code(),
            now
        ))
        .await?;
    if added == 0 {
        return Err(taken(deed, company, username).await?.into());
    }
    deed.execute(sql!(
        "INSERT INTO membership (company, account, role, state, invited_until, blocked_at, mail_to_administrators, created_at)
         VALUES ($1, $2, $3, 'invited', $4, $5, $6, $7)",
        company,
        id,
        user.role.key(),
        until,
        user.blocked.then_some(now),
        user.mail_to_administrators,
        now
    ))
    .await?;
    Ok(AccountId(id))
}

async fn taken(deed: &mut Deed<'_>, company: CompanyNumber, username: &str) -> Result<Refusal> {
    let here: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT m.company FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1 AND a.username = $2",
            company,
            username
        ))
        .await?;
    let problem = if here.is_some() { Problem::AlreadyHere } else { Problem::AddressTaken };
    Ok(Refusal::field(FieldName::Username, problem))
}

/// U2, *Resend email*: a new link and a new month; the old link is dead.
///
/// # Errors
/// [`Refusal::AlreadyRegistered`], [`Refusal::Blocked`], or not found.
pub async fn resend(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::ResendRegistration).await?;
    let row: PersonRow = deed.find(person(company, account)).await?;
    row.facts()?.may_resend()?;
    invite_again(&mut deed, company, account).await?;
    deed.commit(Event::RegistrationResent { company, account }).await
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
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::UnlockUser).await?;
    deed.lock_account(account).await?;
    let row: PersonRow = deed.find(person(company, account)).await?;
    row.facts()?.may_unlock(deed.now)?;
    sign_in::unlock(&mut deed, account, &digest(row.username.as_bytes())).await?;
    deed.commit(Event::AccountUnlocked { company, account }).await
}

/// What decides a status, as a row has it.
#[derive(FromRow)]
struct PersonRow {
    id: Uuid,
    username: String,
    name: String,
    phone: Option<String>,
    country: Option<String>,
    role: String,
    state: String,
    invited_until: Option<i64>,
    blocked: bool,
    locked_until: Option<i64>,
    mail_to_administrators: bool,
    created_at: i64,
    registered_at: Option<i64>,
}

/// Every load names the company: a made-up or foreign id finds nothing.
fn person(company: CompanyNumber, account: AccountId) -> Query {
    sql!(
        "SELECT a.id, a.username, a.name, a.phone, a.country, m.role, m.state, m.invited_until, m.blocked_at IS NOT NULL AS blocked,
           a.locked_until, m.mail_to_administrators, m.created_at, a.registered_at
         FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1 AND m.account = $2",
        company,
        account
    )
}

impl PersonRow {
    fn facts(&self) -> Result<Facts> {
        facts(&self.state, self.invited_until, self.blocked, self.locked_until)
    }
}

fn facts(state: &str, invited_until: Option<i64>, blocked: bool, locked_until: Option<i64>) -> Result<Facts> {
    let membership = match (state, invited_until) {
        ("invited", Some(until)) => Membership::Invited { until: Time(until) },
        ("awaiting_approval", None) => Membership::AwaitingApproval,
        ("active", None) => Membership::Active,
        _ => return Err(Error::internal(format!("a membership that is {state}"))),
    };
    Ok(Facts { membership, blocked, locked_until: locked_until.map(Time), has_access: false })
}

fn role(key: &str) -> Result<Role> {
    Role::from_key(key).ok_or_else(|| Error::internal(format!("a role that is {key}")))
}

fn shown(desk: &Desk, status: Status) -> StatusShown {
    StatusShown { kind: status.kind(), moment: status.moment().map(|time| desk.local(time)) }
}

/// One person's page.
///
/// # Errors
/// Not found, for nobody of this company.
pub async fn details(desk: &Desk, administrator: &Administrator, account: AccountId) -> Result<UserDetails> {
    let company = administrator.company();
    let row: PersonRow = desk.db.maybe(person(company, account)).await?.ok_or(Error::NotFound)?;
    let facts = row.facts()?;
    Ok(UserDetails {
        id: AccountId(row.id),
        role: role(&row.role)?,
        status: shown(desk, facts.status(desk.now())),
        country: row.country.as_deref().and_then(|code| Country::parse(code).ok()),
        blocked: row.blocked,
        mail_to_administrators: row.mail_to_administrators,
        added: desk.local(Time(row.created_at)),
        registered: row.registered_at.map(|at| desk.local(Time(at))),
        mail: last_mail(desk, company, account).await?,
        may_resend: facts.may_resend(),
        may_unlock: facts.may_unlock(desk.now()),
        username: row.username,
        name: row.name,
        phone: row.phone,
    })
}

#[derive(FromRow)]
struct MailRow {
    state: String,
    created_at: i64,
    sent_at: Option<i64>,
}

async fn last_mail(desk: &Desk, company: CompanyNumber, account: AccountId) -> Result<Option<MailShown>> {
    let row: Option<MailRow> = desk
        .db
        .maybe(sql!(
            "SELECT state, created_at, sent_at FROM letter
             WHERE subject_account = $1 AND kind = 'complete_registration' AND company = $2 AND state <> 'dropped' ORDER BY created_at DESC, id DESC LIMIT 1",
            account,
            company
        ))
        .await?;
    Ok(row.map(|row| MailShown {
        state: match row.state.as_str() {
            "sent" => MailState::Sent,
            "failed" => MailState::Failed,
            _ => MailState::Queued,
        },
        moment: desk.local(Time(row.sent_at.unwrap_or(row.created_at))),
    }))
}

#[derive(FromRow)]
struct ListRow {
    id: Uuid,
    username: String,
    name: String,
    role: String,
    state: String,
    invited_until: Option<i64>,
    blocked: bool,
    locked_until: Option<i64>,
}

/// U4 as SQL, for the filter and the sorting; a test holds it against [`Facts::status`]. `$2` is now.
const STATUS: &str = "CASE WHEN m.blocked_at IS NOT NULL THEN 'blocked'
    WHEN a.locked_until > $2 THEN 'locked'
    WHEN m.invited_until <= $2 THEN 'registration_expired'
    WHEN m.state = 'invited' THEN 'registration_requested'
    WHEN m.state = 'awaiting_approval' THEN 'awaiting_approval'
    ELSE 'no_active_licence' END";

/// One page of the list, filtered, sorted and searched.
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, administrator: &Administrator, query: &UsersQuery) -> Result<UsersPage> {
    let company = administrator.company();
    let now = desk.now();
    let pattern = like_pattern(&query.search);
    let status = query.status.map_or("", StatusKind::key);
    let found_by = format!(
        "FROM membership m JOIN account a ON a.id = m.account
         WHERE m.company = $1 AND a.search_key LIKE $3 ESCAPE '!' AND ($4 = '' OR {STATUS} = $4)"
    );
    let count = format!("SELECT COUNT(*), (SELECT COUNT(*) FROM membership WHERE company = $1) AS total {found_by}");
    let (found, total): (i64, i64) = desk.db.one(sql!(AssertSqlSafe(count), company, now, pattern.as_str(), status)).await?;
    let (found, total) = (u32::try_from(found).unwrap_or(u32::MAX), u32::try_from(total).unwrap_or(u32::MAX));
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let order = order_by(query.sort, query.descending);
    let rows = format!(
        "SELECT a.id, a.username, a.name, m.role, m.state, m.invited_until, m.blocked_at IS NOT NULL AS blocked, a.locked_until
         {found_by} ORDER BY {order} LIMIT $5 OFFSET $6"
    );
    let rows: Vec<ListRow> =
        desk.db.all(sql!(AssertSqlSafe(rows), company, now, pattern, status, PAGE_SIZE, (page - 1) * PAGE_SIZE)).await?;
    Ok(UsersPage {
        company,
        rows: rows.into_iter().map(|row| shown_row(desk, row, now)).collect::<Result<_>>()?,
        found,
        total,
        page,
        pages,
        may_add: if companies::domains(desk, company).await?.is_empty() { Err(Refusal::NoDomain) } else { Ok(()) },
    })
}

fn shown_row(desk: &Desk, row: ListRow, now: Time) -> Result<UserRow> {
    let status = facts(&row.state, row.invited_until, row.blocked, row.locked_until)?.status(now);
    Ok(UserRow { id: AccountId(row.id), username: row.username, name: row.name, role: role(&row.role)?, status: shown(desk, status) })
}

/// What is searched is folded as the stored key is; `%`, `_` and the escape sign stand for themselves.
fn like_pattern(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(search.trim()).chars().take(100) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The username ends every order, so that pages never overlap. Everything compares by its bytes, on both databases alike.
fn order_by(sort: SortBy, descending: bool) -> String {
    let key = match sort {
        SortBy::Name => "a.name_key",
        SortBy::Username => "a.username",
        SortBy::Role => "m.role COLLATE \"C\"",
        SortBy::Status => return order_by_status(descending),
    };
    let direction = direction(descending);
    format!("{key} {direction}, a.username {direction}")
}

fn order_by_status(descending: bool) -> String {
    let direction = direction(descending);
    format!("({STATUS}) COLLATE \"C\" {direction}, a.username {direction}")
}

const fn direction(descending: bool) -> &'static str {
    if descending { "DESC" } else { "ASC" }
}
