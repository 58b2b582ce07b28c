//! The desk: what every deed needs. Database, clock, chance, secrets, mail, live signals.

use crate::{
    config::Settings,
    db::Db,
    error::{Error, Result},
    live::Live,
    mail::Mailer,
    passwords::Passwords,
    sign_in::Doorman,
};
use hmac::{Hmac, Mac};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use sha2::{Digest, Sha256};
use shared::{AccountId, LocalTime, Time, time::Date};
use std::{
    fmt::Display,
    ops::Deref,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// Cheap to clone; all clones are the same desk.
#[derive(Clone)]
pub struct Desk(Arc<Parts>);

pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub chance: Chance,
    pub live: Live,
    pub mailer: Option<Mailer>,
    pub passwords: Passwords,
    pub doorman: Doorman,
    /// What is done after its answer, so that how long the answer takes says nothing. The program's end waits for it.
    pub later: TaskTracker,
    /// What is done to its end even if nobody waits for the answer any more. The program's end waits for it too.
    pub under_way: TaskTracker,
    pub settings: Settings,
}

impl Deref for Desk {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Desk {
    /// Opens the database and brings it up to date.
    ///
    /// # Errors
    /// When the database can't be reached or the mail server's URL can't be read.
    pub async fn open(settings: Settings) -> Result<Self> {
        let db = Db::connect(&settings.database_url).await?;
        db.migrate().await?;
        let mailer = settings.smtp_url.as_deref().map(Mailer::new).transpose()?;
        Ok(Self(Arc::new(Parts {
            db,
            clock: Clock::default(),
            chance: Chance::from_the_system(),
            live: Live::new(),
            mailer,
            passwords: Passwords::new(),
            doorman: Doorman::new(),
            later: closed(),
            under_way: closed(),
            settings,
        })))
    }

    #[must_use]
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// A new identifier: its time, so that rows stand in order, and 74 random bits.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let millis = u64::try_from(self.now().0).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.chance.bytes()).into_uuid()
    }

    /// A new account's identifier: random bits alone. Whoever adds somebody sees it in the address of their page, and must not read from it since
    /// when there has been an account (U1).
    #[must_use]
    pub fn new_account_id(&self) -> AccountId {
        AccountId(uuid::Builder::from_random_bytes(self.chance.bytes()).into_uuid())
    }

    /// Writes what broke into the log, and answers with the number that it has there: whoever asked is told the number alone.
    pub fn incident(&self, error: &impl Display) -> String {
        let number = self.new_id().simple().to_string()[20..].to_owned();
        tracing::error!(incident = number, %error, "incident");
        number
    }

    /// What the provider's wall clock shows at a moment.
    #[must_use]
    pub fn local(&self, time: Time) -> LocalTime {
        let zoned = Timestamp::from_millisecond(time.0).unwrap_or_default().to_zoned(self.settings.time_zone.clone());
        LocalTime {
            year: zoned.year(),
            month: zoned.month().unsigned_abs(),
            day: zoned.day().unsigned_abs(),
            hour: zoned.hour().unsigned_abs(),
            minute: zoned.minute().unsigned_abs(),
        }
    }

    /// Midnight on the provider's wall clock: when a day begins.
    #[must_use]
    pub fn begin_of(&self, date: Date) -> Time {
        let day = jiff::civil::Date::new(date.year, clock_part(date.month), clock_part(date.day)).unwrap_or_default();
        self.midnight(day)
    }

    /// When the day after it begins.
    #[must_use]
    pub fn end_of(&self, date: Date) -> Time {
        let day = jiff::civil::Date::new(date.year, clock_part(date.month), clock_part(date.day)).unwrap_or_default();
        self.midnight(day.tomorrow().unwrap_or(day))
    }

    fn midnight(&self, day: jiff::civil::Date) -> Time {
        let zoned = day.to_zoned(self.settings.time_zone.clone());
        Time(zoned.map_or(0, |zoned| zoned.timestamp().as_millisecond()))
    }

    /// One calendar month later on the provider's wall clock (U2): 31 January becomes 28 February.
    #[must_use]
    pub fn month_after(&self, time: Time) -> Time {
        let zone: TimeZone = self.settings.time_zone.clone();
        let start = Timestamp::from_millisecond(time.0).unwrap_or_default().to_zoned(zone);
        start.checked_add(1.month()).map_or(time, |end| Time(end.timestamp().as_millisecond()))
    }

    /// Does the work to its end: the web server drops what a browser asked for as soon as the browser goes away.
    ///
    /// # Errors
    /// Whatever the work ends in.
    pub async fn to_the_end<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
        self.under_way.spawn(work).await.map_err(Error::internal)?
    }

    /// HMAC-SHA-256 with the server's secret. Each purpose has a label of its own, so that no value serves as another.
    #[must_use]
    pub fn seal(&self, label: &str, parts: &[&[u8]]) -> [u8; 32] {
        // An HMAC takes a key of any length; the error can't happen.
        let mut mac = match Hmac::<Sha256>::new_from_slice(self.settings.secret.expose()) {
            Ok(mac) => mac,
            Err(_) => unreachable!("HMAC takes keys of any length"),
        };
        for part in [label.as_bytes()].iter().chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Months and days are small.
fn clock_part(part: u8) -> i8 {
    i8::try_from(part).unwrap_or(1)
}

/// A tracker that can be waited for: new work is taken all the same.
fn closed() -> TaskTracker {
    let tracker = TaskTracker::new();
    tracker.close();
    tracker
}

/// SHA-256: how tokens are stored.
#[must_use]
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The time. In development and tests it can be moved forward.
#[derive(Debug, Default)]
pub struct Clock {
    ahead_ms: AtomicI64,
}

impl Clock {
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
    pub fn now(&self) -> Time {
        Time(Timestamp::now().as_millisecond() + self.ahead_ms.load(Ordering::Relaxed))
    }

    /// Moves the clock. `demo` also turns it back, to make a past.
    pub fn advance_seconds(&self, seconds: i64) {
        self.ahead_ms.fetch_add(seconds.saturating_mul(1000), Ordering::Relaxed);
    }
}

/// Randomness, from a generator that the system seeds.
pub struct Chance(Mutex<StdRng>);

impl Chance {
    #[must_use]
    pub fn from_the_system() -> Self {
        Self(Mutex::new(StdRng::from_os_rng()))
    }

    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}
