//! Live signals: "this changed, ask again", to every open page of every instance.
//!
//! In one process a broadcast channel carries them. On PostgreSQL they travel by NOTIFY in the deed's transaction, and every instance, this one
//! included, hears them by LISTEN; when that connection broke, something may have been missed, and pages are told to ask for everything.

use crate::{Desk, db::Db, error::Result, sql};
use serde::{Deserialize, Serialize};
use shared::{AccountId, live::Topic};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

pub(crate) const CHANNEL: &str = "balie";

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
    let Db::Postgres(pool) = &desk.db else { return };
    while !end.is_cancelled() {
        tokio::select! {
            () = end.cancelled() => return,
            outcome = relay(&desk, pool) => if let Err(error) = outcome {
                tracing::warn!(%error, "lost the connection that hears the other instances");
            },
        }
        desk.live.tell(Signal::Topic(Topic::Everything));
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn relay(desk: &Desk, pool: &sqlx::PgPool) -> Result<(), sqlx::Error> {
    let mut listener = sqlx::postgres::PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    desk.live.tell(Signal::Topic(Topic::Everything));
    // `try_recv` answers None when the connection broke, where `recv` would reconnect and say nothing of the gap.
    while let Some(notification) = listener.try_recv().await? {
        match serde_json::from_str(notification.payload()) {
            Ok(signal) => desk.live.tell(signal),
            Err(error) => tracing::warn!(%error, "a signal that can't be read"),
        }
    }
    Ok(())
}
