//! Passwords: argon2id on a bounded number of threads, so that a flood of sign-ins can't starve the pages.

use crate::error::{Error, Result};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString};
use shared::{FieldName, Problem, Refusal, password};
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::Semaphore;

/// OWASP's parameters: 19 MiB, two passes, one lane. About 25 ms.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;

/// How many may wait for their turn; more are asked to come back. At 25 ms each this is some seconds.
const LONGEST_QUEUE: usize = 256;

/// Checks and makes password hashes.
pub struct Passwords {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    nobodys: OnceLock<String>,
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
        Self { turns: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))), waiting: AtomicUsize::new(0), nobodys: OnceLock::new() }
    }

    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub async fn hash(&self, salt: [u8; 16], password: String) -> Result<String> {
        self.in_turn(move || hash_now(&salt, &password)).await?
    }

    /// Compares. `stored` is `None` for somebody who doesn't exist or has no password: that takes the same time.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when too many wait.
    pub async fn check(&self, salt: [u8; 16], password: String, stored: Option<String>) -> Result<Checked> {
        let nobodys = self.nobodys(salt).await?;
        self.in_turn(move || check_now(&salt, &password, stored.as_deref(), &nobodys)).await?
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
        self.in_turn(move || {
            let person: Vec<&str> = person.iter().map(String::as_str).collect();
            zxcvbn::zxcvbn(&password, &person).score() >= zxcvbn::Score::Three
        })
        .await
    }

    async fn nobodys(&self, salt: [u8; 16]) -> Result<String> {
        if let Some(hash) = self.nobodys.get() {
            return Ok(hash.clone());
        }
        let hash = self.hash(salt, "nobody has this password".to_owned()).await?;
        Ok(self.nobodys.get_or_init(|| hash).clone())
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let place = Place::take(&self.waiting)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        drop(place);
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(Error::internal)
    }
}

/// A place in the queue. Given back however the waiting ends: browsers go away while they wait.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, Refusal> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= LONGEST_QUEUE { Err(Refusal::Busy) } else { Ok(place) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(salt: &[u8], password: &str) -> Result<String> {
    let salt = SaltString::encode_b64(salt).map_err(Error::internal)?;
    Ok(argon2()?.hash_password(password.as_bytes(), &salt).map_err(Error::internal)?.to_string())
}

fn check_now(salt: &[u8], password: &str, stored: Option<&str>, nobodys: &str) -> Result<Checked> {
    let hash = PasswordHash::new(stored.unwrap_or(nobodys)).map_err(Error::internal)?;
    // The parameters are the stored hash's own.
    let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    if !right || stored.is_none() {
        return Ok(Checked::Wrong);
    }
    let params = Params::try_from(&hash).map_err(Error::internal)?;
    let current = hash.algorithm == Algorithm::Argon2id.ident() && params.m_cost() >= MEMORY_KIB && params.t_cost() >= PASSES;
    if current { Ok(Checked::Right) } else { Ok(Checked::Outdated(hash_now(salt, password)?)) }
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
        for bad in ["passwordpassword1", "qwertyuiop123", "correcthorsebatterystaple"] {
            let refused = passwords.accept_new(bad, bad, &[]).await;
            let guessable = matches!(&refused, Err(Error::Refused(Refusal::Fields(fields))) if fields[0].1 == Problem::GuessablePassword);
            assert!(guessable || bad.starts_with("correct"), "{bad}: {refused:?}");
        }
        assert!(passwords.accept_new("Kade-Zeven-Meeuw-42", "Kade-Zeven-Meeuw-42", &["Anna"]).await.is_ok());
        let differs = passwords.accept_new("Kade-Zeven-Meeuw-42", "Kade-Zeven-Meeuw-43", &[]).await;
        assert!(matches!(differs, Err(Error::Refused(Refusal::Fields(fields))) if fields[0].1 == Problem::NotRepeated));
    }
}
