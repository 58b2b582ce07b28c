//! Live signals: "this changed, ask again", to every open page of every instance.
//!
//! In one process a broadcast channel carries them. On PostgreSQL they travel by NOTIFY in the deed's transaction, and every instance, this one
//! included, hears them by LISTEN; when that connection broke, something may have been missed, and pages are told to ask for everything.

use crate::{
    Desk,
    db::Db,
    error::{Error, Result},
    sql,
};
use serde::{Deserialize, Serialize};
use shared::{AccountId, live::Topic};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

pub(crate) const CHANNEL: &str = "balie";
/// A connection can die without a word, as behind a firewall that forgot it: then nothing comes, as where nothing happens. So when nothing
/// came for so long, the other end is asked whether it is there, and answers within so long.
const ASKED_EVERY: Duration = Duration::from_secs(30);
const ANSWERED_WITHIN: Duration = Duration::from_secs(10);

/// What instances tell each other. Never data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Signal {
    /// For open pages.
    Topic(Topic),
    /// This account's sessions or memberships changed: streams look again whether they may go on.
    Account(AccountId),
    /// Letters are waiting.
    Letters,
}

impl Signal {
    pub(crate) fn encode(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub struct Live {
    sender: broadcast::Sender<Signal>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::channel(1024).0 }
    }

    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Signal> {
        self.sender.subscribe()
    }

    pub(crate) fn tell(&self, signal: Signal) {
        // Nobody listening is not an error.
        let _ = self.sender.send(signal);
    }
}

/// Tells every instance outside a deed.
pub(crate) async fn tell_all(desk: &Desk, signal: Signal) -> Result<()> {
    if desk.db.is_postgres() {
        desk.db.tick(sql!("SELECT pg_notify($1, $2)", CHANNEL, signal.encode())).await?;
    } else {
        desk.live.tell(signal);
    }
    Ok(())
}

/// Hears what other instances did, until the program ends. Nothing to do on SQLite.
pub async fn hear_the_others(desk: Desk, end: CancellationToken) {
    hear_asking(desk, end, ASKED_EVERY, ANSWERED_WITHIN).await;
}

/// [`hear_the_others`], asking as often as a test can wait for.
#[doc(hidden)]
pub async fn hear_asking(desk: Desk, end: CancellationToken, every: Duration, within: Duration) {
    let Db::Postgres(pool) = &desk.db else { return };
    while !end.is_cancelled() {
        tokio::select! {
            () = end.cancelled() => return,
            outcome = relay(&desk, pool, every, within) => if let Err(error) = outcome {
                tracing::warn!(%error, "lost the connection that hears the other instances");
            },
        }
        desk.live.tell(Signal::Topic(Topic::Everything));
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn relay(desk: &Desk, pool: &PgPool, every: Duration, within: Duration) -> Result<()> {
    let mut listener = in_time(within, listener(pool)).await?;
    desk.live.tell(Signal::Topic(Topic::Everything));
    loop {
        // What was read of a notification when the time is over stays with the connection.
        match tokio::time::timeout(every, listener.try_recv()).await {
            Err(_) => is_there(&mut listener, within).await?,
            // The connection broke: `recv` would open another and say nothing of the gap.
            Ok(heard) => match heard? {
                None => return Ok(()),
                Some(notification) => pass_on(desk, notification.payload()),
            },
        }
    }
}

/// With a pool of its own: one that is given up waits for its connection, which may never answer, and must not take a place from the others.
async fn listener(pool: &PgPool) -> Result<PgListener> {
    let options = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
    let own = options.connect_with(PgConnectOptions::clone(&pool.connect_options())).await?;
    let mut listener = PgListener::connect_with(&own).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Asked on that very connection; what it hears meanwhile is kept.
async fn is_there(listener: &mut PgListener, within: Duration) -> Result<()> {
    in_time(within, async { Ok(sqlx::query("SELECT 1").execute(listener).await?) }).await?;
    Ok(())
}

async fn in_time<T>(within: Duration, work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(within, work).await.map_err(|_| Error::internal("PostgreSQL does not answer"))?
}

fn pass_on(desk: &Desk, payload: &str) {
    match serde_json::from_str(payload) {
        Ok(signal) => desk.live.tell(signal),
        Err(error) => tracing::warn!(%error, "a signal that can't be read"),
    }
}
