//! Builds, runs, watches. Plain polling of a few hundred files costs nothing and works on every system alike.
use crate::{assets, cargo, client, target_dir};
use anyhow::{Context, Result, ensure};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, SystemTime},
};

const WATCHED: [&str; 8] = ["Cargo.toml", "Cargo.lock", "app", "server", "shared", "style", "public", ".cargo"];
const PAUSE: Duration = Duration::from_millis(300);

pub fn run(site: &Path) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        // Taken before building: a file saved meanwhile is a change after it.
        let seen = snapshot()?;
        match build(site) {
            Ok(()) => {
                stop(server.take())?;
                server = Some(start(site)?);
            }
            // What ran before goes on running until the sources compile again.
            Err(error) => eprintln!("\n{error:#}\nwaiting for a change"),
        }
        while settled()? == seen {
            thread::sleep(PAUSE);
        }
        println!("\nchanged, building again");
    }
}

fn build(site: &Path) -> Result<()> {
    client::build(false, site)?;
    let mut cargo = cargo();
    cargo.args(["build", "--package", "app"]);
    ensure!(cargo.status().with_context(|| format!("{cargo:?}"))?.success(), "the server does not compile");
    Ok(())
}

fn start(site: &Path) -> Result<Child> {
    let mut server = Command::new(target_dir().join("debug/balie"));
    server.arg("serve").env("BALIE_DEV", "1").env("BALIE_SITE", site);
    server.spawn().with_context(|| format!("{server:?}"))
}

fn stop(server: Option<Child>) -> Result<()> {
    if let Some(mut server) = server {
        // Without ceremony: both databases are made for it, and open event streams would hold up a polite stop.
        server.kill()?;
        server.wait()?;
    }
    Ok(())
}

type Snapshot = BTreeMap<PathBuf, SystemTime>;

fn snapshot() -> Result<Snapshot> {
    let mut files = Vec::new();
    for path in WATCHED.map(Path::new) {
        if path.is_dir() { files.extend(assets::list(path)?) } else { files.push(path.to_owned()) }
    }
    // A file that vanished while we looked is simply not there.
    Ok(files.into_iter().filter_map(|path| Some((path.clone(), path.metadata().ok()?.modified().ok()?))).collect())
}

/// Editors and git write many files in a row: waits until nothing moves.
fn settled() -> Result<Snapshot> {
    let mut last = snapshot()?;
    loop {
        thread::sleep(PAUSE);
        let now = snapshot()?;
        if now == last {
            return Ok(now);
        }
        last = now;
    }
}
