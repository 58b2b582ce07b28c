//! Sessions: a random token in a cookie, stored as a hash, and what it makes of whoever brings it.

use crate::{
    Desk,
    callers::{Administrator, Anyone, Member, Person, SignedIn, Staff},
    db::Query,
    deed::Deed,
    desk::digest,
    error::Result,
    links::{self, Purpose},
    sql,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::{
    AccountId, CompanyNumber, Permit, Refusal, Role, Standing, Time,
    companies::CompanyName,
    event::Event,
    fields::{Language, folded},
    profile::SessionShown,
};
use sqlx::FromRow;
use std::fmt;
use uuid::Uuid;

/// Without a page in so long, a session ends.
const IDLE_SECONDS: i64 = 8 * 3600;
/// And after so long in any case.
const LONGEST_SECONDS: i64 = 7 * 24 * 3600;
/// How exactly the last sight is kept: a write for every page would be one too many.
const SIGHT_SECONDS: i64 = 60;
/// So much may wait to be written when a sight is added to it. One that is left out is made up for by the next page.
const LONGEST_QUEUE: usize = 64;

/// A session's token: what the cookie holds.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    #[must_use]
    pub fn from_cookie(value: &str) -> Self {
        Self(value.to_owned())
    }

    /// For the cookie, and for nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> [u8; 32] {
        digest(self.0.as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Somebody with a good session, and everything that the permits ask about them.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub name: String,
    pub username: String,
    pub language: Language,
    pub standing: Standing,
    pub companies: Vec<CompanyName>,
    pub last_company: Option<CompanyNumber>,
    seen_at: Time,
    from: Anyone,
    token: Token,
}

#[derive(FromRow)]
struct SessionRow {
    account: Uuid,
    name: String,
    username: String,
    language: String,
    staff: bool,
    general: bool,
    last_company: Option<i64>,
    seen_at: i64,
}

#[derive(FromRow)]
struct OwnSessionRow {
    id: Uuid,
    created_at: i64,
    seen_at: i64,
    address: String,
    agent: String,
    is_this: bool,
}

impl OwnSessionRow {
    fn shown(self, desk: &Desk) -> SessionShown {
        let known = |word: &str| (!word.is_empty() && word != "UNKNOWN").then(|| word.to_owned());
        let agent = woothee::parser::Parser::new().parse(&self.agent);
        SessionShown {
            id: self.id,
            browser: agent.as_ref().and_then(|agent| known(agent.name)),
            system: agent.as_ref().and_then(|agent| known(agent.os)),
            address: self.address,
            began: desk.local(Time(self.created_at)),
            seen: desk.local(Time(self.seen_at)),
            is_this: self.is_this,
        }
    }
}

#[derive(FromRow)]
struct MembershipRow {
    company: i64,
    name: String,
    role: String,
}

/// Reads the session that a token stands for. `None` when there is none any more: ended, idle for too long, or all of the person's
/// memberships are blocked.
///
/// # Errors
/// When the database can't be reached.
pub async fn find(desk: &Desk, token: &Token, from: Anyone) -> Result<Option<Visitor>> {
    let mut visitor = glance(desk, token, from).await?;
    let now = desk.now();
    if let Some(visitor) = visitor.as_mut().filter(|visitor| visitor.seen_at < now.plus_seconds(-SIGHT_SECONDS)) {
        visitor.seen_at = now;
        note_sight(desk, token.hash(), now);
    }
    Ok(visitor)
}

/// After the answer: whoever looks at a page does not wait for SQLite's one writer, nor find no page because that one is busy.
fn note_sight(desk: &Desk, token_hash: [u8; 32], now: Time) {
    if desk.later.len() >= LONGEST_QUEUE {
        return;
    }
    let hand = desk.clone();
    desk.later.spawn(async move {
        let seen = sql!("UPDATE session SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1", now, &token_hash);
        if let Err(error) = hand.db.tick(seen).await {
            tracing::error!(%error, "when somebody was seen could not be written down");
        }
    });
}

/// [`find`] without being a sight: a page that is merely open must not keep its session from ending.
///
/// # Errors
/// When the database can't be reached.
pub async fn glance(desk: &Desk, token: &Token, from: Anyone) -> Result<Option<Visitor>> {
    let now = desk.now();
    let row: Option<SessionRow> = desk
        .db
        .maybe(sql!(
            "SELECT a.id AS account, a.name, a.username, a.language, a.staff, a.general_of IS NOT NULL AS general, a.last_company, s.seen_at
             FROM session s JOIN account a ON a.id = s.account
             WHERE s.token_hash = $1 AND s.ends_at > $2 AND s.seen_at > $3",
            &token.hash(),
            now,
            now.plus_seconds(-IDLE_SECONDS)
        ))
        .await?;
    let Some(row) = row else { return Ok(None) };
    if !may_be_in(desk, row.account, row.staff).await? {
        return Ok(None);
    }
    let mut companies = desk.db.all(memberships(row.account)).await?.into_iter().filter_map(company_name).collect::<Vec<_>>();
    companies.sort_by_key(|company| (folded(&company.name), company.number));
    Ok(Some(Visitor {
        name: row.name,
        username: row.username,
        language: Language::from_code(&row.language).unwrap_or_default(),
        standing: standing(row.account, row.staff, row.general, &companies),
        companies,
        last_company: row.last_company.map(CompanyNumber),
        seen_at: Time(row.seen_at),
        from,
        token: token.clone(),
    }))
}

/// A1: somebody whose every membership is blocked can't sign in. Somebody without any can, to join a company (S6).
pub(crate) async fn may_be_in(desk: &Desk, account: Uuid, staff: bool) -> Result<bool> {
    let (all, blocked): (i64, i64) = desk.db.one(all_and_blocked(account)).await?;
    Ok(staff || all == 0 || blocked < all)
}

/// [`may_be_in`], as the deed's own transaction sees it: whoever blocks somebody locks the account.
pub(crate) async fn may_still_be_in(deed: &mut Deed<'_>, account: Uuid, staff: bool) -> Result<bool> {
    let (all, blocked): (i64, i64) = deed.find(all_and_blocked(account)).await?;
    Ok(staff || all == 0 || blocked < all)
}

/// A7: whoever was just blocked, and may be in nowhere any more, sets no password either; what was mailed for it would say that they can sign in.
/// The account is locked.
pub(crate) async fn take_back_resets(deed: &mut Deed<'_>, account: AccountId) -> Result<()> {
    let (staff,): (bool,) = deed.find(sql!("SELECT staff FROM account WHERE id = $1", account)).await?;
    if !may_still_be_in(deed, account.0, staff).await? {
        links::withdraw_those(deed, account, &[Purpose::SetPassword]).await?;
    }
    Ok(())
}

fn all_and_blocked(account: Uuid) -> Query {
    sql!("SELECT COUNT(*), COUNT(blocked_at) FROM membership WHERE account = $1 AND given_name IS NULL", account)
}

/// Only memberships that count: who is invited, awaiting approval or blocked is no member.
fn memberships(account: Uuid) -> Query {
    sql!(
        "SELECT m.company, c.name, m.role FROM membership m JOIN company c ON c.number = m.company
         WHERE m.account = $1 AND m.state = 'active' AND m.blocked_at IS NULL",
        account
    )
}

fn company_name(row: MembershipRow) -> Option<CompanyName> {
    Some(CompanyName { number: CompanyNumber(row.company), name: row.name, role: Role::from_key(&row.role)? })
}

fn standing(account: Uuid, staff: bool, general: bool, companies: &[CompanyName]) -> Standing {
    Standing {
        account: AccountId(account),
        staff,
        general,
        companies: companies.iter().map(|company| (company.number, company.role)).collect(),
    }
}

/// What somebody is, as the deed's own transaction sees it.
pub(crate) async fn standing_in(deed: &mut Deed<'_>, account: AccountId) -> Result<Standing> {
    let (staff, general): (bool, bool) =
        deed.find(sql!("SELECT staff, general_of IS NOT NULL FROM account WHERE id = $1", account)).await?;
    let companies = deed.all(memberships(account.0)).await?.into_iter().filter_map(company_name).collect::<Vec<_>>();
    Ok(standing(account.0, staff, general, &companies))
}

/// Begins a session in the deed that lets somebody in, and ends the one that their browser had until then, whoever's it was: its cookie is
/// overwritten, so nobody could sign out of it any more, and pages of it that stand open are told.
pub(crate) async fn begin(deed: &mut Deed<'_>, account: AccountId, from: &Anyone) -> Result<Token> {
    if let Some(brought) = &from.brought {
        deed.end_session_of_anybody(&brought.hash()).await?;
    }
    let token = Token(URL_SAFE_NO_PAD.encode(deed.desk.chance.bytes::<32>()));
    let (id, now) = (deed.desk.new_id(), deed.now);
    let ends_at: Time = now.plus_seconds(LONGEST_SECONDS);
    let agent: String = from.agent.chars().take(300).collect();
    deed.execute(sql!(
        "INSERT INTO session (token_hash, id, account, created_at, seen_at, ends_at, address, agent) VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
        &token.hash(),
        id,
        account,
        now,
        ends_at,
        from.address_text(),
        agent
    ))
    .await?;
    Ok(token)
}

impl Visitor {
    fn signed_in(&self) -> SignedIn {
        SignedIn { account: self.standing.account, from: self.from.clone() }
    }

    /// # Errors
    /// [`Refusal::NotAllowed`] to a general account, which is nobody's own (G2).
    pub fn person(&self) -> Result<Person, Refusal> {
        self.standing.may(Permit::OwnProfile, None)?;
        Ok(Person(self.signed_in()))
    }

    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is not an active member of the company.
    pub fn member(&self, company: CompanyNumber) -> Result<Member, Refusal> {
        self.standing.may(Permit::VisitCompany, Some(company))?;
        Ok(Member { account: self.standing.account, company, from: self.from.clone() })
    }

    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever does not administer the company.
    pub fn administrator(&self, company: CompanyNumber) -> Result<Administrator, Refusal> {
        self.standing.may(Permit::ReadCompany, Some(company))?;
        self.member(company).map(Administrator)
    }

    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is not the provider's.
    pub fn staff(&self) -> Result<Staff, Refusal> {
        self.standing.may(Permit::VisitProvider, None)?;
        Ok(Staff(self.signed_in()))
    }

    /// Sign out: this session ends, live pages included.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn sign_out(self, desk: &Desk) -> Result<()> {
        let account = self.standing.account;
        let mut deed = Deed::begin(desk, &self.signed_in()).await?;
        // P6: the session went with the account, and history says no more of it.
        if !deed.lock_account_if_there(account).await? {
            return Ok(());
        }
        deed.end_session(account, &self.token.hash()).await?;
        deed.commit(Event::SignedOut { account }).await
    }

    pub(crate) fn token_hash(&self) -> [u8; 32] {
        self.token.hash()
    }

    /// A7: the person's sessions, this one first, then the one seen last.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to a general account: those are other people's.
    pub async fn sessions(&self, desk: &Desk) -> Result<Vec<SessionShown>> {
        self.person()?;
        let rows: Vec<OwnSessionRow> = desk
            .db
            .all(sql!(
                "SELECT id, created_at, seen_at, address, agent, token_hash = $2 AS is_this FROM session
                 WHERE account = $1 AND ends_at > $3 AND seen_at > $4 ORDER BY token_hash = $2 DESC, seen_at DESC, id",
                self.standing.account,
                &self.token_hash(),
                desk.now(),
                desk.now().plus_seconds(-IDLE_SECONDS)
            ))
            .await?;
        // Of this one the last sight may not be written down yet.
        let seen_now = |row: OwnSessionRow| if row.is_this { OwnSessionRow { seen_at: self.seen_at.0, ..row } } else { row };
        Ok(rows.into_iter().map(|row| seen_now(row).shown(desk)).collect())
    }

    /// A7: ends one of the person's sessions, live pages included.
    ///
    /// # Errors
    /// Not found, for nobody's or somebody else's.
    pub async fn end_session(&self, desk: &Desk, id: Uuid) -> Result<()> {
        let account = self.standing.account;
        let mut deed = Deed::begin(desk, &self.person()?).await?;
        deed.lock_account(account).await?;
        deed.end_session_by_id(account, id).await?;
        deed.commit(Event::SessionEnded { account }).await
    }

    /// A7: ends all of the person's sessions but this one. Answers with how many there were.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn end_other_sessions(&self, desk: &Desk) -> Result<u64> {
        let account = self.standing.account;
        let mut deed = Deed::begin(desk, &self.person()?).await?;
        deed.lock_account(account).await?;
        let ended = deed.end_other_sessions(account, &self.token_hash()).await?;
        if ended > 0 {
            deed.commit(Event::OtherSessionsEnded { account }).await?;
        }
        Ok(ended)
    }

    /// Where `/` leads the next time.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] for a company that is not theirs.
    pub async fn remember_company(&self, desk: &Desk, company: CompanyNumber) -> Result<()> {
        self.member(company)?;
        if self.last_company != Some(company) {
            desk.db
                .tick(sql!("UPDATE account SET last_company = $1 WHERE id = $2 AND deleted_at IS NULL", company, self.standing.account))
                .await?;
        }
        Ok(())
    }
}

/// Takes away what nobody can use any more. Once an hour is plenty.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let now = desk.now();
    desk.db.tick(sql!("DELETE FROM session WHERE ends_at <= $1 OR seen_at <= $2", now, now.plus_seconds(-IDLE_SECONDS))).await?;
    desk.db.tick(sql!("DELETE FROM sign_in_guard WHERE last_at <= $1", now.plus_seconds(-24 * 3600))).await?;
    Ok(())
}
