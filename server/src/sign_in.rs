//! Signing in: A1 (one answer), A3 (five wrong passwords).

use crate::{
    Desk,
    callers::{Anyone, Caller},
    deed::Deed,
    desk::digest,
    error::Result,
    passwords::{Checked, Place},
    sessions::{self, Token},
    sql,
};
use governor::{DefaultKeyedRateLimiter, Quota};
use shared::{AccountId, FieldName, Problem, Refusal, Time, event::Event, fields};
use sqlx::FromRow;
use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};
use uuid::Uuid;

/// A3: so many wrong passwords in a row.
const TRIES: i64 = 5;
/// A3: and nobody gets in with that username for so long.
const LOCKED_MINUTES: i64 = 30;

/// A3, second half: slows whoever tries many accounts from one network address.
pub struct Doorman {
    tries: DefaultKeyedRateLimiter<IpAddr>,
    mails: DefaultKeyedRateLimiter<IpAddr>,
    applications: DefaultKeyedRateLimiter<IpAddr>,
}

impl Doorman {
    /// 300 tries at once and two a second after: an office of 500 behind one address gets in within minutes, and a list of a million
    /// passwords takes six days at each address. Mails to whomever one likes: 60 at once, and one in ten seconds after.
    /// Applications (S1): 100 at once and 600 an hour, so that 500 colleagues register in a morning.
    pub(crate) fn new() -> Self {
        const TRIES: NonZeroU32 = NonZeroU32::new(300).expect("not zero");
        const TRIES_A_SECOND: NonZeroU32 = NonZeroU32::new(2).expect("not zero");
        const MAILS: NonZeroU32 = NonZeroU32::new(60).expect("not zero");
        const MAILS_A_MINUTE: NonZeroU32 = NonZeroU32::new(6).expect("not zero");
        const APPLICATIONS: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
        const APPLICATIONS_AN_HOUR: NonZeroU32 = NonZeroU32::new(600).expect("not zero");
        Self {
            tries: DefaultKeyedRateLimiter::keyed(Quota::per_second(TRIES_A_SECOND).allow_burst(TRIES)),
            mails: DefaultKeyedRateLimiter::keyed(Quota::per_minute(MAILS_A_MINUTE).allow_burst(MAILS)),
            applications: DefaultKeyedRateLimiter::keyed(Quota::per_hour(APPLICATIONS_AN_HOUR).allow_burst(APPLICATIONS)),
        }
    }

    pub(crate) fn let_through(&self, address: IpAddr) -> Result<(), Refusal> {
        self.tries.check_key(&network(address)).map_err(|_| Refusal::Busy)
    }

    /// For who wants a mail sent to somebody.
    pub(crate) fn let_mail(&self, address: IpAddr) -> Result<(), Refusal> {
        self.mails.check_key(&network(address)).map_err(|_| Refusal::Busy)
    }

    /// S1: for who wants to register.
    pub(crate) fn let_apply(&self, address: IpAddr) -> Result<(), Refusal> {
        self.applications.check_key(&network(address)).map_err(|_| Refusal::Busy)
    }

    /// Forgets addresses that have not been seen for a while.
    pub fn sweep(&self) {
        self.tries.retain_recent();
        self.mails.retain_recent();
        self.applications.retain_recent();
    }
}

/// One host has 2^64 addresses of IPv6: its network counts.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[derive(FromRow)]
struct AccountRow {
    id: Uuid,
    staff: bool,
    password_hash: Option<String>,
    locked_until: Option<i64>,
}

/// A1: signs somebody in.
///
/// # Errors
/// [`Refusal::SignIn`], one answer for a wrong password, an unknown username, a blocked and a locked account; [`Refusal::Fields`] when
/// nothing was filled in; [`Refusal::Busy`].
pub async fn sign_in(desk: &Desk, from: &Anyone, username: &str, password: &str) -> Result<Token> {
    filled_in(username, password)?;
    desk.doorman.let_through(from.address)?;
    let (hand, from) = (desk.clone(), from.clone());
    let (username, password) = (fields::username(username), password.to_owned());
    // What was counted must also be checked, and written down.
    desk.to_the_end(async move { try_password(&hand, &from, &username, password).await }).await
}

async fn try_password(desk: &Desk, from: &Anyone, username: &str, password: String) -> Result<Token> {
    let place = desk.passwords.place()?;
    let guard = digest(username.as_bytes());
    let row = sql!("SELECT id, staff, password_hash, locked_until FROM account WHERE username = $1", username);
    let account: Option<AccountRow> = desk.db.maybe(row).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let (tries, checked) = count_and_check(desk, place, &guard, password, stored).await?;

    let Some(account) = account else { return Err(Refusal::SignIn.into()) };
    let welcome = checked != Checked::Wrong && tries.is_some() && sessions::may_be_in(desk, account.id, account.staff).await?;
    if !welcome {
        // Whoever has not registered has nothing to guess; and a lock would tell which company's colleague has an account already (U1).
        if account.password_hash.is_some() && is_lock_to_write(desk, tries, account.locked_until) {
            lock_later(desk, from, guard, AccountId(account.id));
        }
        return Err(Refusal::SignIn.into());
    }
    let_in(desk, from, &account, &guard, checked).await
}

fn filled_in(username: &str, password: &str) -> Result<(), Refusal> {
    let missing: Vec<_> = [(FieldName::Username, username.trim()), (FieldName::Password, password)]
        .into_iter()
        .filter(|(_, text)| text.is_empty())
        .map(|(field, _)| (field, Problem::Missing))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::Fields(missing)) }
}

/// Counted before it is checked, so that parallel guesses can't outrun the count; and only with a place in the queue, so that whoever is
/// turned away because too many wait has not tried.
async fn count_and_check(
    desk: &Desk,
    place: Place<'_>,
    guard: &[u8; 32],
    password: String,
    stored: Option<String>,
) -> Result<(Option<i64>, Checked)> {
    let tries = count_try(desk, guard).await?;
    let checked = place.check(desk.chance.bytes(), password, stored).await?;
    Ok((tries, checked))
}

/// One more try, unless the username is locked: then `None`. The fifth locks at once, so that it is locked even if the program stops here;
/// a right password takes the lock away again.
async fn count_try(desk: &Desk, guard: &[u8; 32]) -> Result<Option<i64>> {
    let now = desk.now();
    let counted: Option<(i64,)> = desk
        .db
        .tick_returning(sql!(
            "INSERT INTO sign_in_guard (username_hash, failures, locked_until, last_at) VALUES ($1, 1, NULL, $2)
             ON CONFLICT (username_hash) DO UPDATE SET
               failures = CASE WHEN sign_in_guard.locked_until IS NULL THEN sign_in_guard.failures + 1 ELSE 1 END,
               locked_until = CASE WHEN sign_in_guard.locked_until IS NULL AND sign_in_guard.failures + 1 >= $3 THEN CAST($4 AS BIGINT) END,
               last_at = $2
             WHERE sign_in_guard.locked_until IS NULL OR sign_in_guard.locked_until <= $2
             RETURNING failures",
            guard,
            now,
            TRIES,
            locked_until(now)
        ))
        .await?;
    Ok(counted.map(|(failures,)| failures))
}

const fn locked_until(now: Time) -> Time {
    now.plus_minutes(LOCKED_MINUTES)
}

/// The fifth wrong password of somebody who exists is a deed: administrators see *Locked*, and history says so. Should the program have ended
/// between the count and the deed, the next try finds a lock that nobody sees.
fn is_lock_to_write(desk: &Desk, tries: Option<i64>, shown_until: Option<i64>) -> bool {
    match tries {
        Some(tries) => tries == TRIES,
        None => shown_until.is_none_or(|until| until <= desk.now().0),
    }
}

/// After the answer, which must not come later to whoever guessed at an account that exists.
fn lock_later(desk: &Desk, from: &Anyone, guard: [u8; 32], account: AccountId) {
    let (hand, from) = (desk.clone(), from.clone());
    desk.later.spawn(async move {
        if let Err(error) = lock(&hand, &from, &guard, account).await {
            tracing::error!(%error, "a lock could not be written down");
        }
    });
}

async fn lock(desk: &Desk, from: &Anyone, guard: &[u8; 32], account: AccountId) -> Result<()> {
    let mut deed = Deed::begin(desk, from).await?;
    if !deed.lock_account_if_there(account).await? {
        return Ok(());
    }
    let now = deed.now;
    let guarded: Option<(i64,)> =
        deed.maybe(sql!("SELECT locked_until FROM sign_in_guard WHERE username_hash = $1 AND locked_until > $2", guard, now)).await?;
    // The right password came in between and took the lock away.
    let Some((until,)) = guarded else { return Ok(()) };
    let locked = deed
        .execute(sql!("UPDATE account SET locked_until = $1 WHERE id = $2 AND (locked_until IS NULL OR locked_until < $1)", until, account))
        .await?;
    if locked == 0 {
        return Ok(());
    }
    deed.commit(Event::AccountLocked { account }).await
}

/// The password that somebody showed once more.
pub(crate) struct Proof {
    /// As it was stored when it was checked; it may have changed since.
    pub(crate) hash: String,
}

/// P3: the current password again, of whoever is signed in or of their company's general account. Counted as at sign-in, or a session left open
/// would be a place to guess.
///
/// # Errors
/// [`Problem::WrongPassword`] and [`Problem::LockedUntil`] at [`FieldName::CurrentPassword`]; [`Refusal::Busy`].
pub(crate) async fn prove(desk: &Desk, by: &impl Caller, account: AccountId, username: &str, password: String) -> Result<Proof> {
    desk.doorman.let_through(by.from().address)?;
    let place = desk.passwords.place()?;
    let guard = digest(username.as_bytes());
    let row = sql!("SELECT password_hash, locked_until FROM account WHERE id = $1", account);
    let (stored, shown_until): (Option<String>, Option<i64>) = desk.db.one(row).await?;
    let (tries, checked) = count_and_check(desk, place, &guard, password, stored.clone()).await?;
    match (checked, tries, stored) {
        (Checked::Right | Checked::Outdated(_), Some(_), Some(hash)) => Ok(Proof { hash }),
        _ => {
            if is_lock_to_write(desk, tries, shown_until) {
                lock_later(desk, by.from(), guard, account);
            }
            let problem = match tries {
                Some(_) => Problem::WrongPassword,
                None => Problem::LockedUntil(desk.local(when_the_lock_ends(desk, &guard).await?)),
            };
            Err(Refusal::field(FieldName::CurrentPassword, problem).into())
        }
    }
}

/// Until when; now, if that is over since it was looked at.
async fn when_the_lock_ends(desk: &Desk, guard: &[u8; 32]) -> Result<Time> {
    let row = sql!("SELECT locked_until FROM sign_in_guard WHERE username_hash = $1 AND locked_until IS NOT NULL", guard);
    let until: Option<(i64,)> = desk.db.maybe(row).await?;
    Ok(until.map_or_else(|| desk.now(), |(until,)| Time(until)))
}

/// Checking took its time: the password must still be the one that was checked, or a reset in between would be undone; and whoever was
/// blocked in between gets no session, which would come to life when they are unblocked.
async fn let_in(desk: &Desk, from: &Anyone, checked_with: &AccountRow, guard: &[u8; 32], checked: Checked) -> Result<Token> {
    let account = AccountId(checked_with.id);
    let mut deed = Deed::begin(desk, from).await?;
    // A1: gone since is a wrong password too.
    deed.lock_account_if_there(account).await?;
    let (current,): (Option<String>,) = deed.find(sql!("SELECT password_hash FROM account WHERE id = $1", account)).await?;
    if current != checked_with.password_hash || !sessions::may_still_be_in(&mut deed, checked_with.id, checked_with.staff).await? {
        return Err(Refusal::SignIn.into());
    }
    if let Checked::Outdated(hash) = checked {
        deed.execute(sql!("UPDATE account SET password_hash = $1 WHERE id = $2", hash, account)).await?;
    }
    unlock(&mut deed, account, guard).await?;
    let token = sessions::begin(&mut deed, account, from).await?;
    deed.done_by(account);
    deed.commit(Event::SignedIn { account }).await?;
    Ok(token)
}

/// Forgets the wrong passwords, and a lock with them.
pub(crate) async fn unlock(deed: &mut Deed<'_>, account: AccountId, guard: &[u8; 32]) -> Result<()> {
    deed.execute(sql!("DELETE FROM sign_in_guard WHERE username_hash = $1", guard)).await?;
    deed.execute(sql!("UPDATE account SET locked_until = NULL WHERE id = $1", account)).await?;
    Ok(())
}
