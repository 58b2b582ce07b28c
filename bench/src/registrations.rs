//! Asking to register (S1): Balie's answer beside the same rows, written with nothing around them.

use crate::{
    Extent,
    client::{Answer, Request},
    load::Asking,
    place::Place,
    pools::Pool,
    programs::Program,
    report::{Goal, Line},
    say,
};
use anyhow::Result;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};
use uuid::Uuid;

/// Who ask at once.
const TOGETHER: usize = 8;

pub async fn measure(balie: &Program, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: asking to register", place.name));
    let bare = Bare(Pool::writing(&place.url, u32::try_from(TOGETHER)?).await?);
    let next = AtomicUsize::new(0);
    // Every one from another network, or they would be slowed down (S1).
    let apply = |_| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let from = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
        Request::form("/api/apply", format!("name=Nora+Blom&email=n{number}%40elsewhere.example")).with("x-forwarded-for", &from)
    };
    let is_taken = |answer: &Answer| answer.header("location").is_some_and(|to| to.ends_with("notice=sent"));
    let asking = Asking { program: balie, request: &apply, is_good: is_taken };
    let (mut measured, mut base) = (0.0, 0.0);
    for _ in 0..extent.rounds {
        measured += tokio::task::block_in_place(|| asking.flat_out(TOGETHER, extent.round))?.quantile(0.5);
        base += bare.median(extent).await?;
    }
    bare.forget().await?;
    let rounds = extent.rounds as f64;
    let name = format!("{}: asking to register (median of {TOGETHER} at once), of the same rows alone", place.name);
    Ok(vec![Line::ratio(name, (measured / rounds, base / rounds), "ms", Goal::None)])
}

/// The same five rows in one transaction as durable, by as many at once.
#[derive(Clone)]
struct Bare(Pool);

/// A row each of what an application writes, with the values of the first.
const ROWS: [&str; 5] = [
    "INSERT INTO application (id, address, name, language, created_at) VALUES ($1, 'bare@elsewhere.example', 'Nora Blom', 'en', 1)",
    "INSERT INTO link (id, purpose, application, generation, expires_at, created_at) VALUES ($1, 'prove_address', $1, 1, 1, 1)",
    "INSERT INTO link_token (token_hash, link, generation) VALUES ($2, $1, 1)",
    "INSERT INTO letter (id, kind, turn, application, link, link_generation, state, attempts, next_attempt_at, created_at)
     VALUES ($1, 'apply_registration', 0, $1, $1, 1, 'dropped', 0, 1, 1)",
    "INSERT INTO history (id, at, kind, event, address) VALUES ($1, 1, 'registration_asked', '{\"kind\":\"registration_asked\"}', '10.0.0.1')",
];

impl Bare {
    /// In milliseconds.
    async fn median(&self, extent: Extent) -> Result<f64> {
        let start = Instant::now();
        let together: Vec<_> = (0..TOGETHER)
            .map(|_| {
                let bare = Arc::new(self.clone());
                tokio::spawn(async move {
                    let mut waits = Vec::new();
                    while start.elapsed() < extent.round {
                        let since = Instant::now();
                        bare.write().await?;
                        waits.push(since.elapsed().as_secs_f64() * 1000.0);
                    }
                    anyhow::Ok(waits)
                })
            })
            .collect();
        let mut waits = Vec::new();
        for one in together {
            waits.extend(one.await??);
        }
        waits.sort_by(f64::total_cmp);
        Ok(waits[waits.len() / 2])
    }

    async fn write(&self) -> Result<()> {
        let id = Uuid::from_u128(next_number());
        let hash = id.as_bytes().repeat(2);
        macro_rules! in_one {
            ($tx:expr) => {{
                let mut tx = $tx;
                for row in ROWS {
                    let query = sqlx::query(row).bind(id);
                    let query = if row.contains("$2") { query.bind(hash.clone()) } else { query };
                    query.execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }};
        }
        match &self.0 {
            Pool::Sqlite(pool) => in_one!(pool.begin_with("BEGIN IMMEDIATE").await?),
            Pool::Postgres(pool) => in_one!(pool.begin().await?),
        }
        Ok(())
    }

    /// What comes after finds nothing of it.
    async fn forget(&self) -> Result<()> {
        const OURS: &str = "(SELECT id FROM application WHERE address LIKE '%@elsewhere.example')";
        for statement in [
            format!("DELETE FROM letter WHERE application IN {OURS}"),
            format!("DELETE FROM link_token WHERE link IN (SELECT id FROM link WHERE application IN {OURS})"),
            format!("DELETE FROM link WHERE application IN {OURS}"),
            "DELETE FROM application WHERE address LIKE '%@elsewhere.example'".to_owned(),
            "DELETE FROM history WHERE kind = 'registration_asked'".to_owned(),
        ] {
            let query = sqlx::AssertSqlSafe(statement);
            let _rows = match &self.0 {
                Pool::Sqlite(pool) => sqlx::query(query).execute(pool).await?.rows_affected(),
                Pool::Postgres(pool) => sqlx::query(query).execute(pool).await?.rows_affected(),
            };
        }
        Ok(())
    }
}

/// Different every time; in order, as Balie's are.
fn next_number() -> u128 {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed) as u128
}
