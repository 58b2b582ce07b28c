//! Passwords: argon2id on a bounded number of threads, so that a flood of sign-ins can't starve the pages.

use crate::error::{Error, Result};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString};
use shared::{FieldName, Problem, Refusal, fields::folded, password};
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::Semaphore;

/// OWASP's parameters: 19 MiB, two passes, one lane. About 25 ms.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;

/// How many may wait for their turn; more are asked to come back. At 25 ms each this is some seconds.
pub const LONGEST_QUEUE: usize = 256;

/// Commonly used passwords, and the words of which they are made, that zxcvbn's English lists don't have; the commonest first.
const COMMON: &str = include_str!("../passwords/common.txt");

/// Checks and makes password hashes.
pub struct Passwords {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    nobodys: Arc<OnceLock<String>>,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    Wrong,
    Right,
    /// Right, but hashed with weaker parameters than today's: store this one instead.
    Outdated(String),
}

impl Passwords {
    pub(crate) fn new() -> Self {
        // One core stays free for the pages.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))), waiting: AtomicUsize::new(0), nobodys: Arc::default() }
    }

    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub fn place(&self) -> Result<Place<'_>, Refusal> {
        let place = Place(self);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= LONGEST_QUEUE { Err(Refusal::Busy) } else { Ok(place) }
    }

    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub async fn hash(&self, salt: [u8; 16], password: String) -> Result<String> {
        self.place()?.hash(salt, password).await
    }

    /// Compares. `stored` is `None` for somebody who doesn't exist or has no password: that takes the same time.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub async fn check(&self, salt: [u8; 16], password: String, stored: Option<String>) -> Result<Checked> {
        self.place()?.check(salt, password, stored).await
    }

    /// A2, whole: what `shared` decides, and what only the server can tell. `person` holds the name and the address.
    ///
    /// # Errors
    /// [`Refusal::Fields`] at [`FieldName::NewPassword`] or [`FieldName::RepeatPassword`].
    pub async fn accept_new(&self, new: &str, repeated: &str, person: &[&str]) -> Result<()> {
        let refuse = |problem| Error::from(Refusal::field(FieldName::NewPassword, problem));
        password::check(new, person).map_err(refuse)?;
        if !self.is_hard_to_guess(new, person).await? {
            return Err(refuse(Problem::GuessablePassword));
        }
        if new != repeated {
            return Err(Refusal::field(FieldName::RepeatPassword, Problem::NotRepeated).into());
        }
        Ok(())
    }

    /// Neither commonly used nor easily guessed: a zxcvbn score of 3 or 4.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub async fn is_hard_to_guess(&self, password: &str, person: &[&str]) -> Result<bool> {
        let password = password.to_owned();
        let person: Vec<String> = person.iter().map(|&text| text.to_owned()).collect();
        self.place()?
            .in_turn(move || {
                // zxcvbn looks for what it is given inside the password too: with a year behind it, in capitals, with signs for letters.
                let known: Vec<&str> = person.iter().map(String::as_str).chain(COMMON.lines()).collect();
                !is_common(&password) && zxcvbn::zxcvbn(&password, &known).score() >= zxcvbn::Score::Three
            })
            .await
    }
}

/// A place in the queue. Given back however the waiting ends: browsers go away while they wait. Whoever counts a try takes it before, so
/// that nothing is counted that is not checked.
pub struct Place<'a>(&'a Passwords);

impl Place<'_> {
    pub(crate) async fn hash(self, salt: [u8; 16], password: String) -> Result<String> {
        self.in_turn(move || hash_now(&salt, &password)).await?
    }

    pub(crate) async fn check(self, salt: [u8; 16], password: String, stored: Option<String>) -> Result<Checked> {
        let nobodys = Arc::clone(&self.0.nobodys);
        self.in_turn(move || check_now(&salt, &password, stored.as_deref(), &nobodys)).await?
    }

    async fn in_turn<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = Arc::clone(&self.0.turns).acquire_owned().await.map_err(Error::internal)?;
        drop(self);
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(Error::internal)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Nothing but common words, up to three, with signs and a date's worth of digits before, between or behind them. zxcvbn takes whatever has
/// three parts for hard to guess, even `Welkom2024!!`.
fn is_common(password: &str) -> bool {
    const WORDS: usize = 3;
    const DIGITS: usize = 8;
    let (letters, others): (String, String) = folded(password).chars().partition(|c| c.is_alphabetic());
    let digits = others.chars().filter(|c| c.is_numeric()).count();
    !letters.is_empty() && digits <= DIGITS && is_made_of_common(&letters, WORDS)
}

fn is_made_of_common(letters: &str, words: usize) -> bool {
    let goes_on = |word: &str| letters.strip_prefix(word).is_some_and(|rest| is_made_of_common(rest, words - 1));
    letters.is_empty() || (words > 0 && COMMON.lines().any(goes_on))
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(salt: &[u8], password: &str) -> Result<String> {
    let salt = SaltString::encode_b64(salt).map_err(Error::internal)?;
    Ok(argon2()?.hash_password(password.as_bytes(), &salt).map_err(Error::internal)?.to_string())
}

fn check_now(salt: &[u8], password: &str, stored: Option<&str>, nobodys: &OnceLock<String>) -> Result<Checked> {
    let compared = match stored {
        Some(stored) => stored,
        None => nobodys_hash(salt, nobodys)?,
    };
    let hash = PasswordHash::new(compared).map_err(Error::internal)?;
    // The parameters are the stored hash's own.
    let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    if !right || stored.is_none() {
        return Ok(Checked::Wrong);
    }
    let params = Params::try_from(&hash).map_err(Error::internal)?;
    let current = hash.algorithm == Algorithm::Argon2id.ident() && params.m_cost() >= MEMORY_KIB && params.t_cost() >= PASSES;
    if current { Ok(Checked::Right) } else { Ok(Checked::Outdated(hash_now(salt, password)?)) }
}

fn nobodys_hash<'a>(salt: &[u8], nobodys: &'a OnceLock<String>) -> Result<&'a str> {
    if let Some(hash) = nobodys.get() {
        return Ok(hash);
    }
    let hash = hash_now(salt, "nobody has this password")?;
    Ok(nobodys.get_or_init(|| hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn right_wrong_nobody_and_outdated() {
        let passwords = Passwords::new();
        let stored = passwords.hash([1; 16], "Kade-Zeven-Meeuw-42".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let check = async |password: &str, stored: Option<String>| passwords.check([2; 16], password.into(), stored).await.unwrap();
        assert_eq!(check("Kade-Zeven-Meeuw-42", Some(stored.clone())).await, Checked::Right);
        assert_eq!(check("kade-zeven-meeuw-42", Some(stored)).await, Checked::Wrong);
        assert_eq!(check("nobody has this password", None).await, Checked::Wrong);
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let salt = SaltString::encode_b64(&[3; 16]).unwrap();
        let weak = weak.hash_password(b"old", &salt).unwrap().to_string();
        assert!(matches!(check("old", Some(weak)).await, Checked::Outdated(new) if new.contains("m=19456,t=2")));
    }

    #[tokio::test]
    async fn who_goes_away_while_waiting_leaves_the_queue() {
        let passwords = Arc::new(Passwords::new());
        let all_turns =
            Arc::clone(&passwords.turns).acquire_many_owned(u32::try_from(passwords.turns.available_permits()).unwrap()).await.unwrap();
        let waiting: Vec<_> = (0..LONGEST_QUEUE)
            .map(|_| {
                let passwords = Arc::clone(&passwords);
                tokio::spawn(async move { passwords.hash([1; 16], "Kade-Zeven-Meeuw-42".into()).await })
            })
            .collect();
        while passwords.waiting.load(Ordering::Relaxed) < LONGEST_QUEUE {
            tokio::task::yield_now().await;
        }
        let refused = passwords.hash([1; 16], "one too many".into()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Busy))));
        for one in waiting {
            one.abort();
            let _ = one.await;
        }
        drop(all_turns);
        assert!(passwords.hash([1; 16], "Kade-Zeven-Meeuw-42".into()).await.is_ok());
    }

    #[tokio::test]
    async fn commonly_used_and_easily_guessed_passwords_are_refused() {
        let passwords = Passwords::new();
        const BAD: &str = "passwordpassword1 qwertyuiop123 1q2w3e4r5t6y7u correcthorsebatterystaple thisismypassword ThisIsMyPassword1 \
            Wachtwoord123! W@chtw00rd2024 wachtwoord-wachtwoord1 ditismijnwachtwoord Welkom2024!! Welkom01Welkom welkomwelkom01 Geheim123456! \
            Hallo12345678! liverpoolfc1892 Feyenoord1908! ajaxamsterdam1900 Zomervakantie2025 Lente2026Lente Maandag12345! Amsterdam2024! \
            Utrecht030030 ikhouvanjou123";
        let mut taken = Vec::new();
        for bad in BAD.split_whitespace().chain(["Correct Horse Battery Staple!", "dit is mijn wachtwoord"]) {
            match passwords.accept_new(bad, bad, &[]).await {
                Err(Error::Refused(Refusal::Fields(fields))) if fields[0].1 == Problem::GuessablePassword => {}
                other => taken.push((bad, other)),
            }
        }
        assert!(taken.is_empty(), "{taken:?}");
        for good in [
            "Kade-Zeven-Meeuw-42",
            "vlonder negen reiger dak",
            "welkom7392041865",
            "Xk4-pqT9-wmZ2",
            ";#k9(T=-{q!?",
            "zomer kruk pannenkoek lantaarn",
        ] {
            assert!(passwords.accept_new(good, good, &["Anna"]).await.is_ok(), "{good}");
        }
        let differs = passwords.accept_new("Kade-Zeven-Meeuw-42", "Kade-Zeven-Meeuw-43", &[]).await;
        assert!(matches!(differs, Err(Error::Refused(Refusal::Fields(fields))) if fields[0].1 == Problem::NotRepeated));
    }
}
