//! `cargo xtask client [--release] [--site DIR]`: builds what the browser loads.
//! `cargo xtask dev [--site DIR] [ARGS…]`: the same, then runs the server and rebuilds both on change.
mod assets;
mod client;
mod dev;
mod parts;
mod prune;
mod shorten;
mod site;
mod styles;

use anyhow::{Context, Result, bail};
use std::{
    env,
    path::{Path, PathBuf},
    time::Instant,
};

const USAGE: &str = "usage: cargo xtask client [--release] [--site DIR]\n       cargo xtask dev [--site DIR]";

fn main() -> Result<()> {
    // `cargo run` tells where the package lies; started directly, we are in the repository's root already.
    if let Some(root) = env::var_os("CARGO_MANIFEST_DIR").as_deref().map(Path::new).and_then(Path::parent) {
        env::set_current_dir(root)?;
    }
    let (mut release, mut site, mut command) = (false, None, None);
    let mut args = env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--release" => release = true,
            "--site" => site = Some(PathBuf::from(args.next().context("--site needs a folder")?)),
            "client" | "dev" if command.is_none() => command = Some(arg),
            _ => bail!("unknown argument {arg:?}\n{USAGE}"),
        }
    }
    let site = |default| site.unwrap_or_else(|| target_dir().join(default));
    match command.as_deref() {
        Some("client") => client::build(release, &site("site")),
        // A folder of its own: going to and fro between `make dev` and `make run` rebuilds neither.
        Some("dev") => dev::run(&site("site-dev")),
        _ => bail!("{USAGE}"),
    }
}

pub fn target_dir() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from)
}

/// The cargo that started us, or the one of the path.
pub fn cargo() -> std::process::Command {
    std::process::Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

pub fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let done = work().with_context(|| what.to_owned())?;
    println!("{what}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(done)
}
