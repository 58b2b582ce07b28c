//! `make bench`: what Balie costs, held against the least that could do the same in the same run on the same machine. How each figure comes
//! about is in `docs/bench.md`.

mod bare;
mod client;
mod lists;
mod load;
mod memory;
mod place;
mod programs;
mod report;
mod sign_ins;
mod sizes;

use anyhow::{Context, Result, bail};
use place::Place;
use programs::Built;
use report::Line;
use std::{env, time::Duration};

/// How long and how often, in whole or `--quick`.
#[derive(Clone, Copy)]
struct Extent {
    round: Duration,
    rounds: usize,
    requests: usize,
}

const WHOLE: Extent = Extent { round: Duration::from_secs(6), rounds: 3, requests: 100_000 };
const QUICK: Extent = Extent { round: Duration::from_secs(2), rounds: 1, requests: 5_000 };

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => measure(WHOLE).await,
        ["--quick"] => measure(QUICK).await,
        ["bare", database, address] => bare::serve(database, address.parse()?).await,
        _ => bail!("usage: bench [--quick]"),
    }
}

async fn measure(extent: Extent) -> Result<()> {
    let built = Built::find()?;
    let mut lines = Vec::new();
    let sqlite = Place::sqlite().await.context("filling a SQLite database")?;
    lines.extend(tokio::task::block_in_place(|| sizes::measure(&built, &sqlite))?);
    lines.extend(tokio::task::block_in_place(|| on(&built, &sqlite, extent))?);
    lines.extend(tokio::task::block_in_place(|| memory::measure(&built, &sqlite, extent))?);
    sqlite.remove().await?;
    match Place::postgres().await.context("filling a PostgreSQL database")? {
        Some(postgres) => {
            lines.extend(tokio::task::block_in_place(|| on(&built, &postgres, extent))?);
            postgres.remove().await?;
        }
        None => eprintln!("PostgreSQL is not measured: BALIE_TEST_POSTGRES names no server"),
    }
    report::print(&lines);
    Ok(())
}

/// What is measured on both databases.
fn on(built: &Built, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    let balie = built.balie(&place.url, &place.folder)?;
    let bare = programs::bare(&place.url, &place.folder)?;
    let mut lines = lists::measure(&balie, &bare, place, extent)?;
    lines.extend(sign_ins::measure(&balie, place, extent)?);
    Ok(lines)
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}
