//! The programs that are measured: Balie as it is shipped, and the bare one.

use crate::client::{Client, Request};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    fs::File,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// One that runs. It ends with its value.
pub struct Program {
    pub address: SocketAddr,
    child: Child,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where what was built is.
pub struct Built {
    pub balie: PathBuf,
    pub site: PathBuf,
}

impl Built {
    pub fn find() -> Result<Self> {
        let path = |name: &str, usual: &str| {
            let path = env::var(name).unwrap_or_else(|_| usual.to_owned());
            Path::new(&path).canonicalize().with_context(|| format!("{path} is not there; `make bench` builds it"))
        };
        Ok(Self { balie: path("BALIE_BIN", "target/release/balie")?, site: path("BALIE_SITE", "target/site")? })
    }

    /// Balie with the settings of a real server behind a proxy. It tells its log to a file in `folder`.
    pub fn balie(&self, database: &str, folder: &Path) -> Result<Program> {
        let address = free_address()?;
        let mut command = Command::new(&self.balie);
        command.arg("serve").env_clear().current_dir(folder);
        for (name, value) in [
            ("DATABASE_URL", database),
            ("BALIE_ADDR", &address.to_string()),
            ("BALIE_PUBLIC_URL", &format!("http://{address}")),
            ("BALIE_SECRET", "the secret of a bench, long enough to be one"),
            // Nothing is mailed.
            ("BALIE_SMTP_URL", "smtp://127.0.0.1:9"),
            ("BALIE_SITE", &self.site.to_string_lossy()),
            ("BALIE_BEHIND_PROXY", "1"),
            // As `make run` has it.
            ("MALLOC_ARENA_MAX", "1"),
        ] {
            command.env(name, value);
        }
        start(command, address, &folder.join("balie.log"))
    }
}

/// This program once more, as the bare server.
pub fn bare(database: &str, folder: &Path) -> Result<Program> {
    let address = free_address()?;
    let mut command = Command::new(env::current_exe()?);
    command.args(["bare", database, &address.to_string()]);
    start(command, address, &folder.join("bare.log"))
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn start(mut command: Command, address: SocketAddr, log: &Path) -> Result<Program> {
    let errors = File::options().create(true).append(true).open(log)?;
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors).spawn().with_context(|| format!("{command:?}"))?;
    let mut program = Program { address, child };
    let start = Instant::now();
    while !program.is_ready() {
        if program.child.try_wait()?.is_some() || start.elapsed() > Duration::from_secs(60) {
            bail!("{command:?} does not start:\n{}", fs::read_to_string(log).unwrap_or_default());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(program)
}

impl Program {
    fn is_ready(&self) -> bool {
        Client::connect(self.address).and_then(|mut client| client.ask(&Request::get("/readyz"))).is_ok_and(|answer| answer.status == 200)
    }

    /// What it has used of the processors so far, in milliseconds. Unlike how long somebody waited it does not depend on what else the machine does.
    pub fn cpu(&self) -> Result<f64> {
        // Linux counts in hundredths of a second here, whatever its clock.
        const TICK: f64 = 10.0;
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = fs::read_to_string(&path).with_context(|| path.clone())?;
        // The name before may hold spaces, but ends with the last bracket.
        let (_, fields) = stat.rsplit_once(") ").context("no name in stat")?;
        let ticks: f64 = fields.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
        Ok(ticks * TICK)
    }

    /// Resident memory, in millions of bytes.
    pub fn memory(&self) -> Result<f64> {
        let path = format!("/proc/{}/status", self.child.id());
        let status = fs::read_to_string(&path).with_context(|| format!("{path}: memory is read where Linux tells it"))?;
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
        Ok(kib.context("no VmRSS")? * 1024.0 / 1e6)
    }
}
