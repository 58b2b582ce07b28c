//! Completing a registration: the one that an administrator began (U2), or one's own (S3).

use crate::{
    Desk,
    callers::Anyone,
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    links::{self, Link, Purpose},
    mailing,
    self_registration::{self, Applied},
    sessions::{self, Token},
    sign_in, sql,
    users::{self, keys},
};
use shared::{AccountId, CompanyNumber, Refusal, event::Event, refusal::LinkState, registration::Joinable};

/// What the page of a good link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completing {
    pub name: String,
    pub username: String,
    /// Where it leads: the company that added the person, or those that whoever registers by themselves may choose from.
    pub companies: Vec<Joinable>,
}

/// A link that leads to this page.
const PURPOSES: [Purpose; 2] = [Purpose::CompleteRegistration, Purpose::ProveAddress];

/// What the link leads to. Changes nothing, however often it is opened.
///
/// # Errors
/// [`Refusal::Link`] for a link that is not open; [`Refusal::NoSelfRegistration`] (S5); [`Refusal::AlreadyRegistered`] for whoever has an account
/// by now: they confirm instead of choosing a password (U1).
pub async fn look(desk: &Desk, token: &str) -> Result<Completing> {
    Ok(match open(desk, token).await?.1 {
        Way::Added(person) => person,
        Way::Applied(Applied { name, address, companies }) => Completing { name, username: address.as_str().to_owned(), companies },
    })
}

/// How somebody came to their link.
enum Way {
    /// U1, U2.
    Added(Completing),
    /// S1.
    Applied(Applied),
}

impl Way {
    fn person(&self) -> [&str; 2] {
        match self {
            Self::Added(person) => [&person.name, &person.username],
            Self::Applied(applied) => [&applied.name, applied.address.as_str()],
        }
    }
}

/// Withdrawn, unless somebody is still invited and not blocked.
async fn invited(desk: &Desk, link: &Link) -> Result<Completing> {
    let row: Option<(String, String, i64, String, bool)> = desk
        .db
        .maybe(sql!(
            "SELECT COALESCE(m.given_name, a.name), a.username, c.number, c.name, a.password_hash IS NOT NULL
             FROM membership m JOIN account a ON a.id = m.account JOIN company c ON c.number = m.company
             WHERE m.account = $1 AND m.company = $2 AND m.state = 'invited' AND m.blocked_at IS NULL",
            link.account()?,
            link.company()
        ))
        .await?;
    match row {
        None => Err(Refusal::Link(LinkState::Withdrawn).into()),
        Some((.., true)) => Err(Refusal::AlreadyRegistered.into()),
        Some((name, username, number, company, false)) => {
            Ok(Completing { name, username, companies: vec![Joinable { number: CompanyNumber(number), name: company }] })
        }
    }
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

/// Sets the password and lets the person in. Whoever was first with the link has it (A5). `company` is chosen by whoever registers by themselves
/// and may choose (S2).
///
/// # Errors
/// [`Refusal::Link`]; [`Refusal::Fields`] when no company is chosen or the password doesn't meet A2; [`Refusal::NoSelfRegistration`] (S5).
pub async fn complete(
    desk: &Desk,
    from: &Anyone,
    token: &str,
    company: Option<CompanyNumber>,
    new: &str,
    repeated: &str,
) -> Result<(Token, CompanyNumber)> {
    let (link, way) = open(desk, token).await?;
    let chosen = match &way {
        Way::Added(_) => Ok(None),
        Way::Applied(applied) => self_registration::chosen(applied, company).map(Some),
    };
    let accepted = desk.passwords.accept_new(new, repeated, &way.person()).await;
    let company = both(chosen, accepted)?;
    let hash = desk.passwords.hash(desk.chance.bytes(), new.to_owned()).await?;
    finish(desk, from, &link, &way, company, hash).await
}

/// Of two halves of a form, the problems of both.
fn both<T>(first: Result<T, Refusal>, second: Result<()>) -> Result<T> {
    match (first, second) {
        (Err(Refusal::Fields(mut first)), Err(Error::Refused(Refusal::Fields(second)))) => {
            first.extend(second);
            Err(Refusal::Fields(first).into())
        }
        (Err(first), _) => Err(first.into()),
        (_, Err(second)) => Err(second),
        (Ok(first), Ok(())) => Ok(first),
    }
}

/// [`complete`] with a password that was accepted and hashed before: for tests, whose races argon2 would spread out.
///
/// # Errors
/// [`Refusal::Link`].
#[doc(hidden)]
pub async fn complete_hashed(
    desk: &Desk,
    from: &Anyone,
    token: &str,
    company: Option<CompanyNumber>,
    hash: String,
) -> Result<(Token, CompanyNumber)> {
    let (link, way) = open(desk, token).await?;
    finish(desk, from, &link, &way, company, hash).await
}

async fn finish(
    desk: &Desk,
    from: &Anyone,
    link: &Link,
    way: &Way,
    company: Option<CompanyNumber>,
    hash: String,
) -> Result<(Token, CompanyNumber)> {
    match way {
        Way::Added(person) => register(desk, from, link, person, hash).await,
        Way::Applied(applied) => {
            let company = self_registration::chosen(applied, company)?;
            self_registration::register(desk, from, link, applied, company, hash).await
        }
    }
}

async fn open(desk: &Desk, token: &str) -> Result<(Link, Way)> {
    let link = links::find(desk, &PURPOSES, token).await?;
    if link.application().is_some() {
        let applied = self_registration::look(desk, &link).await?;
        return Ok((link, Way::Applied(applied)));
    }
    link.open(desk.now()).map_err(Refusal::Link)?;
    let person = invited(desk, &link).await;
    if person.is_err() {
        // Somebody may have used it between the two looks; then that is what its page says.
        links::find(desk, &PURPOSES, token).await?.open(desk.now()).map_err(Refusal::Link)?;
    }
    Ok((link, Way::Added(person?)))
}

/// The deed.
async fn register(desk: &Desk, from: &Anyone, link: &Link, person: &Completing, hash: String) -> Result<(Token, CompanyNumber)> {
    let company = link.company().ok_or(Error::NotFound)?;
    let account = link.account()?;
    let mut deed = Deed::begin(desk, from).await?;
    deed.lock_company(company).await?;
    deed.lock_account(account).await?;
    links::use_up(&mut deed, link).await?;
    become_active(&mut deed, company, account, hash).await?;
    // Until now the account had the language of whoever added the person.
    deed.exactly_one(sql!("UPDATE account SET language = $1 WHERE id = $2", from.language.code(), account)).await?;
    sign_in::unlock(&mut deed, account, &digest(person.username.as_bytes())).await?;
    let session = sessions::begin(&mut deed, account, from).await?;
    let proven = !mailing::went_to_others(&mut deed, link.sending()).await?;
    write_proof(&mut deed, account, proven).await?;
    if proven {
        deed.done_by(account);
    }
    deed.commit(Event::RegistrationCompleted { company, account }).await?;
    Ok((session, company))
}

/// S6: whether a password that was just set came from the owner of the address, or perhaps from administrators who get their mail (U3).
pub(crate) async fn write_proof(deed: &mut Deed<'_>, account: AccountId, proven: bool) -> Result<()> {
    let proven_at = proven.then_some(deed.now);
    deed.exactly_one(sql!("UPDATE account SET proven_at = $1 WHERE id = $2", proven_at, account)).await
}

/// Both updates repeat their conditions: blocked or removed in between means that nothing happens. What this company wrote about the person is
/// the account's from now on.
pub(crate) async fn become_active(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, hash: String) -> Result<()> {
    let now = deed.now;
    keys::keep_what_others_wrote(deed, account, company).await?;
    keys::take_what_was_written(deed, account, company).await?;
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
        "UPDATE account SET password_hash = $1, registered_at = $2 WHERE id = $3 AND registered_at IS NULL AND password_hash IS NULL",
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
    let link = links::find(desk, &PURPOSES, token).await?;
    match link.open(desk.now()) {
        Err(LinkState::Expired) => {}
        Err(other) => return Err(Refusal::Link(other).into()),
        // It is good: there is nothing to send.
        Ok(()) => return Ok(()),
    }
    if link.application().is_some() {
        return self_registration::send_new_link(desk, from, &link).await;
    }
    match invited(desk, &link).await {
        // Whoever has an account by now is sent what asks them to join (U1).
        Ok(_) | Err(Error::Refused(Refusal::AlreadyRegistered)) => {}
        Err(other) => return Err(other),
    }
    let company = link.company().ok_or(Error::NotFound)?;
    let account = link.account()?;
    let mut deed = Deed::begin(desk, from).await?;
    deed.lock_company(company).await?;
    // Pressed twice: the first has sent one.
    if !links::is_expired(&mut deed, &link).await? {
        return Ok(());
    }
    users::invite_again(&mut deed, company, account).await?;
    deed.commit(Event::RegistrationResent { company, account }).await
}
