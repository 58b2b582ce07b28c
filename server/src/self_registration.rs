//! Registering by oneself (S1–S5). Whoever asks gets the same answer and the same rows are written; what the letter says is decided as it is
//! sent, when nobody waits for an answer.

use crate::{
    Desk,
    callers::{Anyone, Person},
    db::Query,
    deed::Deed,
    desk::digest,
    erasing,
    error::{Error, Result},
    letters::{Facts, Kind},
    licences,
    links::{self, Link, Purpose, Sending},
    mailing, outbox,
    sessions::{self, Token},
    sign_in, sql,
    users::keys,
};
use shared::{
    AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, Role,
    event::Event,
    fields::{EmailAddress, folded},
    moving::Destination,
    refusal::LinkState,
    registration::{Application, ApplyForm, Joinable},
};
use sqlx::FromRow;
use uuid::Uuid;

/// How long the link that proves an address is good.
const LINK_MINUTES: i64 = 24 * 60;
/// S1: and no more than so many mails an hour to one address, whoever asks.
const MAILS_AN_HOUR: i64 = 5;

/// S1. The answer, the rows and the time are the same for everybody.
///
/// # Errors
/// [`Refusal::Fields`]; [`Refusal::Busy`] for who asks too often.
pub async fn apply(desk: &Desk, from: &Anyone, form: &ApplyForm) -> Result<()> {
    let application = form.parse()?;
    desk.doorman.let_apply(from.address)?;
    write_down(desk, from, &application).await
}

async fn write_down(desk: &Desk, from: &Anyone, application: &Application) -> Result<()> {
    let mut deed = Deed::begin(desk, from).await?;
    let (id, now, address) = (desk.new_id(), deed.now, application.address.as_str());
    deed.execute(sql!(
        "INSERT INTO application (id, address, name, language, created_at) VALUES ($1, $2, $3, $4, $5)",
        id,
        address,
        application.name.as_str(),
        from.language.code(),
        now
    ))
    .await?;
    let sending = links::issue_to(&mut deed, id, now.plus_minutes(LINK_MINUTES)).await?;
    mailing::queue_to_application(&mut deed, id, sending).await?;
    deed.commit(Event::RegistrationAsked).await
}

#[derive(FromRow)]
struct ApplicationRow {
    address: String,
    name: String,
    language: String,
    created_at: i64,
}

/// The letter to somebody who asked to register: go on, you have an account, or what to do where nobody lets you in. `None`: none is sent.
pub(crate) async fn letter(desk: &Desk, application: Uuid, sending: Sending) -> Result<Option<(Kind, Facts)>> {
    let row: ApplicationRow = read(desk, application).await?;
    if !outbox::link_is_alive(desk, sending).await? || !may_be_mailed(desk, application, &row.address).await? {
        return Ok(None);
    }
    let account: Option<(Uuid, bool)> =
        desk.db.maybe(sql!("SELECT id, password_hash IS NOT NULL FROM account WHERE username = $1", row.address.as_str())).await?;
    match account {
        Some((account, true)) => {
            tell_the_owner(desk, AccountId(account)).await?;
            return Ok(None);
        }
        Some((account, false)) if remind(desk, AccountId(account)).await? => return Ok(None),
        _ => {}
    }
    let address = EmailAddress::parse(&row.address).map_err(|_| Error::internal("an application without an address"))?;
    let kind =
        if matching(desk, &address, account.map(|(id, _)| id)).await?.is_empty() { Kind::NoCompany } else { Kind::ApplyRegistration };
    Ok(Some((kind, Facts { provider_contact: desk.settings.provider_contact.clone(), ..facts(row) })))
}

async fn read(desk: &Desk, application: Uuid) -> Result<ApplicationRow> {
    let row = desk.db.maybe(sql!("SELECT address, name, language, created_at FROM application WHERE id = $1", application)).await?;
    row.ok_or(Error::NotFound)
}

/// S1: counted by address, over all others that were mailed within an hour, and not over what was asked: or whoever asks again and again would
/// keep somebody from registering.
async fn may_be_mailed(desk: &Desk, application: Uuid, address: &str) -> Result<bool> {
    let now = desk.now();
    let an_hour_ago = now.plus_minutes(-60);
    let counted = desk
        .db
        .tick(sql!(
            "UPDATE application SET mailed_at = $1 WHERE id = $2
               AND (SELECT COUNT(*) FROM application o WHERE o.address = $3 AND o.mailed_at > $4 AND o.id <> $2) < $5",
            now,
            application,
            address,
            an_hour_ago,
            MAILS_AN_HOUR
        ))
        .await?;
    if counted == 1 {
        // Two workers may have counted at the same instant, neither seeing the other's: then the later one is the one too many.
        let earlier = "SELECT COUNT(*) FROM application
            WHERE address = $1 AND mailed_at > $2 AND (mailed_at < $3 OR (mailed_at = $3 AND id < $4))";
        let (mailed,): (i64,) = desk.db.one(sql!(earlier, address, an_hour_ago, now, application)).await?;
        if mailed < MAILS_AN_HOUR {
            return Ok(true);
        }
    }
    // What is not mailed does not count; nor does one whose mail failed before, and that is given up now.
    desk.db.tick(sql!("UPDATE application SET mailed_at = NULL WHERE id = $1", application)).await?;
    tracing::warn!("somebody asks to register at one address more often than it is mailed");
    Ok(false)
}

/// Whoever has an account learns it from a mail, as all mail reaches them (U3); whoever is blocked gets none.
async fn tell_the_owner(desk: &Desk, account: AccountId) -> Result<()> {
    let (staff,): (bool,) = desk.db.one(sql!("SELECT staff FROM account WHERE id = $1", account)).await?;
    if !sessions::may_be_in(desk, account.0, staff).await? {
        return Ok(());
    }
    let letter = mailing::has_account(account);
    let recipients: Vec<(Uuid,)> = desk.db.all(letter.recipients(desk.now())).await?;
    for (recipient,) in recipients {
        desk.db.tick(letter.insert(desk, recipient, desk.now())).await?;
    }
    Ok(())
}

/// Somebody who was added, and not yet registered, gets that mail again: a new token for the rest of its term. Of several companies that added
/// them it is the one whose link is good for longest: one application leads to one mail (S1), and what the others sent stays good. Answers
/// whether there is one.
async fn remind(desk: &Desk, account: AccountId) -> Result<bool> {
    let mut deed = Deed::by_the_system(desk).await?;
    let now = deed.now;
    let invited: Option<(i64, Uuid)> = deed
        .maybe(sql!(
            "SELECT m.company, l.id FROM membership m
             JOIN link l ON l.account = m.account AND l.company = m.company AND l.purpose = 'complete_registration'
             WHERE m.account = $1 AND m.state = 'invited' AND m.blocked_at IS NULL AND m.invited_until > $2
               AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > $2 ORDER BY l.expires_at DESC, m.company LIMIT 1",
            account,
            now
        ))
        .await?;
    let Some((company, link)) = invited else { return Ok(false) };
    if links::renew(&mut deed, Purpose::CompleteRegistration, link).await?.is_none() {
        return Ok(false);
    }
    deed.commit(Event::RegistrationResent { company: CompanyNumber(company), account }).await?;
    Ok(true)
}

/// The name was typed by whoever asked, perhaps a stranger: nothing of it stands in the letter.
fn facts(row: ApplicationRow) -> Facts {
    Facts {
        username: row.address.clone(),
        recipient_address: row.address,
        language: row.language,
        expires_at: row.created_at + LINK_MINUTES * 60_000,
        ..Facts::default()
    }
}

/// S2, S6: companies that list the address's domain and let people register by themselves, by name; none where the account is blocked, or was as
/// it was deleted.
pub(crate) fn joinable(desk: &Desk, address: &EmailAddress, account: Option<Uuid>) -> Query {
    sql!(
        "SELECT c.number, c.name FROM company_domain d JOIN company c ON c.number = d.company
         WHERE d.domain = $1 AND c.self_registration
           AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.company = c.number AND m.account = $2 AND m.blocked_at IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM blocked_address b WHERE b.company = c.number AND b.address_hash = $3)
         ORDER BY c.name_key, c.number",
        address.domain(),
        account,
        &erasing::sealed(desk, address.as_str())
    )
}

async fn matching(desk: &Desk, address: &EmailAddress, account: Option<Uuid>) -> Result<Vec<Joinable>> {
    let rows: Vec<(i64, String)> = desk.db.all(joinable(desk, address, account)).await?;
    Ok(rows.into_iter().map(|(number, name)| Joinable { number: CompanyNumber(number), name }).collect())
}

/// What the page of a good link shows: the address is proven, so now it may say which companies there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub name: String,
    pub address: EmailAddress,
    /// By name; never empty.
    pub companies: Vec<Joinable>,
}

/// What the link leads to. Changes nothing, however often it is opened.
///
/// # Errors
/// [`Refusal::Link`] for a link that is not open, or whose address has an account by now; [`Refusal::NoSelfRegistration`] (S5).
pub(crate) async fn look(desk: &Desk, link: &Link) -> Result<Applied> {
    link.open(desk.now()).map_err(Refusal::Link)?;
    let row = read(desk, link.application().ok_or(Error::NotFound)?).await?;
    let address = EmailAddress::parse(&row.address).map_err(|_| Error::internal("an application without an address"))?;
    let account: Option<(Uuid, bool)> =
        desk.db.maybe(sql!("SELECT id, password_hash IS NOT NULL FROM account WHERE username = $1", address.as_str())).await?;
    if let Some((_, true)) = account {
        return Err(Refusal::Link(LinkState::Used).into());
    }
    let companies = matching(desk, &address, account.map(|(id, _)| id)).await?;
    if companies.is_empty() {
        return Err(Refusal::NoSelfRegistration.into());
    }
    Ok(Applied { name: row.name, address, companies })
}

/// The company that was chosen, or the only one.
pub(crate) fn chosen(applied: &Applied, company: Option<CompanyNumber>) -> Result<CompanyNumber, Refusal> {
    match (company, applied.companies.as_slice()) {
        (None, [only]) => Ok(only.number),
        (None, _) => Err(Refusal::field(FieldName::Company, Problem::Missing)),
        (Some(company), all) if all.iter().any(|one| one.number == company) => Ok(company),
        (Some(_), _) => Err(Refusal::field(FieldName::Company, Problem::NotAChoice)),
    }
}

/// S3: the deed. The person has an account, a membership with role User, and a session; or, if anything of it is not so any more, nothing.
pub(crate) async fn register(
    desk: &Desk,
    from: &Anyone,
    link: &Link,
    applied: &Applied,
    company: CompanyNumber,
    hash: String,
) -> Result<(Token, CompanyNumber)> {
    let username = applied.address.as_str();
    let mut deed = Deed::begin(desk, from).await?;
    deed.lock_company(company).await?;
    let account = account_of(&mut deed, applied, from).await?;
    deed.lock_account(account).await?;
    links::use_up(&mut deed, link).await?;
    // S5: checked again, with the company locked.
    let open: Vec<(i64, String)> = deed.all(joinable(desk, &applied.address, Some(account.0))).await?;
    if !open.iter().any(|(number, _)| *number == company.0) {
        return Err(Refusal::NoSelfRegistration.into());
    }
    keys::keep_what_others_wrote(&mut deed, account, company).await?;
    let now = deed.now;
    let registered = deed
        .execute(sql!(
            "UPDATE account SET password_hash = $1, registered_at = $2, proven_at = $2, name = $3, name_key = $4, search_key = $5, language = $6,
               phone = NULL, country = NULL
             WHERE id = $7 AND registered_at IS NULL AND password_hash IS NULL AND general_of IS NULL AND NOT staff",
            hash,
            now,
            applied.name.as_str(),
            folded(&applied.name),
            format!("{}\n{}", folded(&applied.name), folded(username)),
            from.language.code(),
            account
        ))
        .await?;
    if registered != 1 {
        return Err(Refusal::Link(LinkState::Used).into());
    }
    become_member(&mut deed, company, account).await?;
    sign_in::unlock(&mut deed, account, &digest(username.as_bytes())).await?;
    let session = sessions::begin(&mut deed, account, from).await?;
    deed.done_by(account);
    deed.commit(Event::SelfRegistered { company, account }).await?;
    Ok((session, company))
}

/// The address is the key that two who register at the same instant would both take. An account without a password is nobody's yet: whoever
/// proves the address takes it up.
async fn account_of(deed: &mut Deed<'_>, applied: &Applied, from: &Anyone) -> Result<AccountId> {
    let (id, now, username) = (deed.desk.new_account_id(), deed.now, applied.address.as_str());
    deed.execute(sql!(
        "INSERT INTO account (id, username, name, search_key, name_key, language, staff, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, FALSE, $7) ON CONFLICT (username) DO NOTHING",
        id,
        username,
        applied.name.as_str(),
        format!("{}\n{}", folded(&applied.name), folded(username)),
        folded(&applied.name),
        from.language.code(),
        now
    ))
    .await?;
    let (account,): (Uuid,) = deed.find(sql!("SELECT id FROM account WHERE username = $1", username)).await?;
    Ok(AccountId(account))
}

/// An active member with role User. An invitation that was waiting is answered by it.
async fn become_member(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    let now = deed.now;
    let joined = deed
        .execute(sql!(
            "INSERT INTO membership (company, account, role, state, mail_to_administrators, created_at)
             VALUES ($1, $2, $3, 'active', FALSE, $4)
             ON CONFLICT (company, account) DO UPDATE SET
               state = 'active', invited_until = NULL, role = $3, given_name = NULL, given_phone = NULL, given_country = NULL
             WHERE membership.state = 'invited' AND membership.blocked_at IS NULL",
            company,
            account,
            Role::User.key(),
            now
        ))
        .await?;
    if joined != 1 {
        return Err(Refusal::Changed.into());
    }
    keys::copy(deed, account).await?;
    licences::end_where_no_country(deed, account).await?;
    links::withdraw(deed, account, Some(company)).await
}

/// A6: *Send a new link* on the page of an expired one: the same question once more, by whoever holds the old link.
pub(crate) async fn send_new_link(desk: &Desk, from: &Anyone, link: &Link) -> Result<()> {
    let row = read(desk, link.application().ok_or(Error::NotFound)?).await?;
    desk.doorman.let_apply(from.address)?;
    let form = ApplyForm { name: row.name, email: row.address };
    write_down(desk, from, &form.parse()?).await
}

#[derive(FromRow)]
struct Standing {
    username: String,
    /// In this company.
    inside: bool,
    /// Whether the password is that of whoever has the address, and not perhaps of administrators who got their mail (U3).
    proven: bool,
}

/// S6, P4: an account goes to a company by the same test as S2, as a user. Company and account are locked.
///
/// # Errors
/// Of [`Destination::may_enter`].
pub(crate) async fn enter(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    let standing: Standing = deed
        .find(sql!(
            "SELECT a.username, a.proven_at IS NOT NULL AS proven,
               EXISTS (SELECT 1 FROM membership m WHERE m.company = $2 AND m.account = a.id AND m.state <> 'invited') AS inside
             FROM account a WHERE a.id = $1",
            account,
            company
        ))
        .await?;
    let open = match EmailAddress::parse(&standing.username) {
        Ok(address) => deed.all::<(i64, String)>(joinable(deed.desk, &address, Some(account.0))).await?,
        Err(_) => Vec::new(),
    };
    let open = open.iter().any(|(number, _)| *number == company.0);
    Destination { open, inside: standing.inside, proven: standing.proven }.may_enter()?;
    become_member(deed, company, account).await
}

/// S6: an account without a membership joins a company.
///
/// # Errors
/// Of [`Destination::may_enter`]; [`Refusal::Changed`] for whoever has a company by now.
pub async fn join(desk: &Desk, person: &Person, company: CompanyNumber) -> Result<()> {
    let account = person.0.account;
    let mut deed = Deed::permitted(desk, person, Permit::OwnProfile).await?;
    deed.lock_company(company).await?;
    deed.lock_account(account).await?;
    let (memberships,): (i64,) =
        deed.find(sql!("SELECT COUNT(*) FROM membership WHERE account = $1 AND given_name IS NULL", account)).await?;
    if memberships > 0 {
        return Err(Refusal::Changed.into());
    }
    enter(&mut deed, company, account).await?;
    deed.rights_changed(account);
    deed.commit(Event::CompanyJoined { company, account }).await
}
