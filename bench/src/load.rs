//! Many who ask at once.

use crate::{
    client::{Answer, Client, Request},
    programs::Program,
};
use anyhow::{Context, Result, ensure};
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

/// What came of it.
#[derive(Default)]
pub struct Load {
    seconds: f64,
    waits: Vec<Duration>,
    /// Milliseconds of the processors that the program used for it.
    cpu: f64,
}

impl Load {
    /// Waits that were measured otherwise.
    pub fn of(waits: Vec<Duration>) -> Self {
        Self { waits, ..Self::default() }
    }

    pub fn per_second(&self) -> f64 {
        self.waits.len() as f64 / self.seconds
    }

    /// Milliseconds of the processors for each answer.
    pub fn cpu_each(&self) -> f64 {
        self.cpu / self.waits.len() as f64
    }

    /// In milliseconds: so long or shorter waited that part of all.
    pub fn quantile(&self, part: f64) -> f64 {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let at = ((waits.len() as f64 * part) as usize).min(waits.len().saturating_sub(1));
        waits.get(at).map_or(f64::NAN, |wait| wait.as_secs_f64() * 1000.0)
    }

    /// Two measurements of the same, as one.
    pub fn and(mut self, other: Self) -> Self {
        self.seconds += other.seconds;
        self.cpu += other.cpu;
        self.waits.extend(other.waits);
        self
    }
}

/// What is asked, by its number, and what counts as an answer.
pub struct Asking<'a> {
    pub program: &'a Program,
    pub request: &'a (dyn Fn(usize) -> Request + Sync),
    pub is_good: fn(&Answer) -> bool,
}

impl Asking<'_> {
    fn ask(&self, client: &mut Client, number: usize) -> Result<()> {
        let answer = client.ask(&(self.request)(number))?;
        ensure!((self.is_good)(&answer), "request {number} was answered with {}: {}", answer.status, start_of(&answer.body));
        Ok(())
    }

    /// So many connections, each of which asks again as soon as it is answered.
    pub fn flat_out(&self, connections: usize, time: Duration) -> Result<Load> {
        let start = Instant::now();
        self.each_in_turn(connections, |_| if start.elapsed() < time { Some(Instant::now()) } else { None })
    }

    /// So many requests, as fast as the connections get them answered.
    pub fn all(&self, connections: usize, requests: usize) -> Result<Load> {
        self.each_in_turn(connections, |number| (number < requests).then(Instant::now))
    }

    /// At a steady pace, whether or not the last was answered: whoever waits for a connection waits too.
    pub fn steadily(&self, per_second: f64, time: Duration) -> Result<Load> {
        let start = Instant::now();
        self.each_in_turn(32, |number| {
            let due = Duration::from_secs_f64(number as f64 / per_second);
            if due > time {
                return None;
            }
            thread::sleep(due.saturating_sub(start.elapsed()));
            Some(start + due)
        })
    }

    /// `turn` waits for a request's turn and says since when it waits, or that it was enough.
    fn each_in_turn(&self, connections: usize, turn: impl Fn(usize) -> Option<Instant> + Sync) -> Result<Load> {
        let next = AtomicUsize::new(0);
        let (start, cpu) = (Instant::now(), self.program.cpu()?);
        let one_by_one = || -> Result<Vec<Duration>> {
            let mut client = Client::connect(self.program.address)?;
            let mut waits = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(since) = turn(number) else { return Ok(waits) };
                self.ask(&mut client, number)?;
                waits.push(since.elapsed());
            }
        };
        let waits = thread::scope(|scope| {
            let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one_by_one)).collect();
            threads.into_iter().map(|thread| thread.join().ok().context("a thread panicked")?).collect::<Result<Vec<_>>>()
        })?;
        let load = Load { seconds: start.elapsed().as_secs_f64(), waits: waits.concat(), cpu: self.program.cpu()? - cpu };
        ensure!(!load.waits.is_empty(), "nothing was answered");
        Ok(load)
    }
}

fn start_of(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(200).collect()
}
