//! Deciding requests (R3), beside the least that could: an update that repeats its condition (R5), each as durable.

use crate::{
    Extent,
    client::{Answer, Request},
    licences::{self, LIMITED, UNLIMITED},
    load::{Asking, Load},
    place::{COMPANY, Place, administrators},
    pools::{AS_BALIE, Pool},
    programs::Program,
    report::{Goal, Line},
    say, sign_ins,
};
use anyhow::{Result, ensure};
use server::{Desk, sql};
use shared::{LicenceId, RequestId};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};
use tokio::task::block_in_place;
use uuid::Uuid;

/// Who decide at once.
const TOGETHER: usize = 32;
/// Before it counts.
const WARM: usize = 64;

pub async fn measure(balie: &Program, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: deciding requests", place.name));
    let desk = place.desk().await?;
    let both = Both {
        balie,
        cookies: block_in_place(|| {
            administrators(TOGETHER).iter().map(|username| sign_ins::cookie(balie, username)).collect::<Result<_>>()
        })?,
        bare: Bare { pool: Pool::writing(&place.url, AS_BALIE).await?, by: an_administrator(&desk).await?, now: desk.now().0 },
        desk,
    };
    let mut lines = Vec::new();
    for (licence, seats) in [(UNLIMITED, "any number of seats"), (LIMITED, "limited seats")] {
        both.round(licence, WARM).await?;
        let (mut of_balie, mut of_bare) = (Load::default(), 0.0);
        for _ in 0..extent.rounds {
            let (round, bare) = both.round(licence, extent.decisions).await?;
            of_balie = of_balie.and(round);
            of_bare += bare;
        }
        let each = (1000.0 / of_balie.per_second(), of_bare / extent.rounds as f64);
        let name = |what: &str| format!("{}: {what}", place.name);
        let ratio = format!("a decision ({TOGETHER} at once, {seats}), of a bare conditional update");
        lines.push(Line::ratio(name(&ratio), each, "ms", Goal::AtMost(2.0)));
        lines.push(Line::figure(name(&format!("CPU of the program for one ({seats})")), of_balie.cpu_each(), "ms", Goal::None));
    }
    both.desk.db.close().await;
    Ok(lines)
}

/// Accepts one, as the queue's *Accept* does.
pub fn accept(request: RequestId) -> Request {
    Request::question("/api/decide_requests", format!("company={COMPANY}&what=accept&ids%5B%5D={request}&back=licences"))
}

pub fn is_accepted(answer: &Answer) -> bool {
    answer.header("location").is_some_and(|to| to.contains("notice=accepted&count=1"))
}

async fn an_administrator(desk: &Desk) -> Result<Uuid> {
    let first = "SELECT account FROM membership WHERE company = $1 AND role = 'administrator' ORDER BY account LIMIT 1";
    let (account,): (Uuid,) = desk.db.one(sql!(first, COMPANY)).await?;
    Ok(account)
}

struct Both<'a> {
    balie: &'a Program,
    /// Of as many administrators.
    cookies: Vec<String>,
    bare: Bare,
    desk: Desk,
}

impl Both<'_> {
    /// So many decisions by Balie, and as many bare ones, on the same tables, which are left as they were. The bare ones in milliseconds each.
    async fn round(&self, licence: LicenceId, count: usize) -> Result<(Load, f64)> {
        let requests = licences::ask(&self.desk, licence, count).await?;
        let decide = |number: usize| accept(requests[number]).with("cookie", &self.cookies[number % TOGETHER]);
        let asking = Asking { program: self.balie, request: &decide, is_good: is_accepted };
        let of_balie = block_in_place(|| asking.all(TOGETHER, count))?;
        let (accepted, given) = licences::accepted(&self.desk, licence).await?;
        let decided = usize::try_from(accepted)?;
        ensure!(decided == count && accepted == given, "of {count} requests {accepted} were accepted, and {given} got access");
        licences::forget(&self.desk, licence).await?;

        let requests = licences::ask(&self.desk, licence, count).await?;
        let of_bare = self.bare.all(requests).await?;
        licences::forget(&self.desk, licence).await?;
        Ok((of_balie, of_bare))
    }
}

#[derive(Clone)]
struct Bare {
    pool: Pool,
    by: Uuid,
    now: i64,
}

impl Bare {
    /// In milliseconds each.
    async fn all(&self, requests: Vec<RequestId>) -> Result<f64> {
        let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
        let start = Instant::now();
        let together: Vec<_> = (0..TOGETHER)
            .map(|_| {
                let (bare, requests, next) = (self.clone(), requests.clone(), next.clone());
                tokio::spawn(async move {
                    while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
                        ensure!(bare.decide(*request).await? == 1, "{request} was decided before");
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        for one in together {
            one.await??;
        }
        Ok(start.elapsed().as_secs_f64() * 1000.0 / requests.len() as f64)
    }

    /// A statement alone is a transaction, on both databases.
    async fn decide(&self, request: RequestId) -> Result<u64> {
        const DECIDE: &str =
            "UPDATE request SET state = 'accepted', since = $1, decided_by = $2 WHERE id = $3 AND company = $4 AND state = 'open'";
        macro_rules! on {
            ($pool:expr) => {
                sqlx::query(DECIDE).bind(self.now).bind(self.by).bind(request.0).bind(COMPANY.0).execute($pool).await?.rows_affected()
            };
        }
        Ok(match &self.pool {
            Pool::Sqlite(pool) => on!(pool),
            Pool::Postgres(pool) => on!(pool),
        })
    }
}
