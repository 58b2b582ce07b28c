//! `make bench`: what Balie costs, held against the least that could do the same in the same run on the same machine. How each figure comes
//! about is in `docs/bench.md`.

mod bare;
mod client;
mod decisions;
mod documents;
mod licences;
mod lists;
mod live;
mod load;
mod memory;
mod place;
mod pools;
mod programs;
mod registrations;
mod report;
mod sign_ins;
mod sizes;

use anyhow::{Context, Result, bail};
use place::Place;
use programs::Built;
use report::Line;
use std::{env, time::Duration};
use tokio::runtime::Handle;

/// How long and how often, in whole or `--quick`.
#[derive(Clone, Copy)]
struct Extent {
    round: Duration,
    rounds: usize,
    requests: usize,
    /// In a round.
    decisions: usize,
    /// Decisions that somebody else sees.
    followed: usize,
}

const WHOLE: Extent = Extent { round: Duration::from_secs(6), rounds: 3, requests: 100_000, decisions: 2000, followed: 200 };
const QUICK: Extent = Extent { round: Duration::from_secs(2), rounds: 1, requests: 5_000, decisions: 400, followed: 30 };

/// What can be measured alone.
const PARTS: [&str; 8] = ["sizes", "lists", "sign-ins", "registrations", "decisions", "live", "documents", "memory"];

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    if let [bare, database, address] = &arguments[..]
        && bare == "bare"
    {
        return bare::serve(database, address.parse()?).await;
    }
    let quick = arguments.first().is_some_and(|first| first == "--quick");
    let parts = arguments.split_off(usize::from(quick));
    if parts.iter().any(|part| !PARTS.contains(&part.as_str())) {
        bail!("usage: bench [--quick] [{}]", PARTS.join(" | "));
    }
    measure(if quick { QUICK } else { WHOLE }, &parts).await
}

async fn measure(extent: Extent, parts: &[String]) -> Result<()> {
    let built = Built::find()?;
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let mut lines = Vec::new();
    let sqlite = Place::sqlite().await.context("filling a SQLite database")?;
    tokio::task::block_in_place(|| -> Result<()> {
        if wanted("sizes") {
            lines.extend(sizes::measure(&built, &sqlite)?);
        }
        lines.extend(on(&built, &sqlite, extent, &wanted)?);
        if wanted("memory") {
            lines.extend(memory::measure(&built, &sqlite, extent)?);
        }
        Ok(())
    })?;
    sqlite.remove().await?;
    match Place::postgres().await.context("filling a PostgreSQL database")? {
        Some(postgres) => {
            lines.extend(tokio::task::block_in_place(|| on(&built, &postgres, extent, &wanted))?);
            postgres.remove().await?;
        }
        None => say("PostgreSQL is not measured: BALIE_TEST_POSTGRES names no server"),
    }
    report::print(&lines);
    Ok(())
}

/// What is measured on both databases.
fn on(built: &Built, place: &Place, extent: Extent, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Line>> {
    let balie = built.balie(&place.url, &place.folder)?;
    let mut lines = Vec::new();
    if wanted("lists") {
        let bare = programs::bare(&place.url, &place.folder)?;
        lines.extend(lists::measure(&balie, &bare, place, extent)?);
    }
    if wanted("sign-ins") {
        lines.extend(sign_ins::measure(&balie, place, extent)?);
    }
    let runtime = Handle::current();
    if wanted("registrations") {
        lines.extend(runtime.block_on(registrations::measure(&balie, place, extent))?);
    }
    if wanted("decisions") {
        lines.extend(runtime.block_on(decisions::measure(&balie, place, extent))?);
    }
    if wanted("live") {
        lines.extend(runtime.block_on(live::measure(&balie, place, extent))?);
    }
    if wanted("documents") {
        lines.extend(runtime.block_on(documents::measure(&balie, place, extent))?);
    }
    Ok(lines)
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}
