//! Signing in: how many a second beside raw hashing, what a flood of them does to the pages, and whether its time tells who exists.

use crate::{
    Extent,
    client::{Answer, Client, Request},
    lists,
    load::Asking,
    place::{ADMINISTRATOR, PASSWORD, Place, username},
    programs::Program,
    report::{Goal, Line},
    say,
};
use anyhow::{Context, Result, ensure};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version, password_hash::SaltString};
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

/// The form at `/login`, from an address of its own: what slows one address down is not what is measured.
fn form(username: &str, password: &str, address: usize) -> Request {
    let username = username.replace('@', "%40");
    let from = format!("10.{}.{}.{}", address >> 16 & 255, address >> 8 & 255, address & 255);
    Request::form("/api/sign_in", format!("username={username}&password={password}&next=")).with("x-forwarded-for", &from)
}

/// The cookie of somebody who signed in, as a browser sends it.
pub fn cookie(balie: &Program, username: &str) -> Result<String> {
    let answer = Client::connect(balie.address)?.ask(&form(username, PASSWORD, 1))?;
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    let cookie = cookie.with_context(|| format!("{username} can't sign in: {}", answer.status))?;
    ensure!(cookie.starts_with("session="), "{username} can't sign in: {cookie}");
    Ok(cookie.to_owned())
}

pub fn measure(balie: &Program, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: signing in", place.name));
    let name = |what: &str| format!("{}: {what}", place.name);
    let speed = speed(balie, extent)?;
    let (quiet, flooded, refused) = flood(balie, extent)?;
    let known = known_and_unknown(balie)?;
    Ok(vec![
        Line::ratio(name("sign-ins a second, of raw argon2 hashes on as many threads"), speed, "/s", Goal::AtLeast(0.9)),
        Line::ratio(name("users list, p99 in a flood of sign-ins, of the quiet one"), (flooded, quiet), "ms", Goal::AtMost(2.0)),
        Line::figure(name("wrong sign-ins answered in that flood"), refused, "/s", Goal::None),
        Line::ratio(name("sign-in of somebody unknown, of somebody known (median)"), known, "ms", Goal::Between(0.9, 1.1)),
    ])
}

/// Right passwords of different people, and raw hashes, in turns.
fn speed(balie: &Program, extent: Extent) -> Result<(f64, f64)> {
    let people: Vec<String> = (0..).map(username).filter(|(_, can)| *can).map(|(username, _)| username).take(8000).collect();
    let next = AtomicUsize::new(0);
    let sign_in = |_| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        form(&people[number % people.len()], PASSWORD, number)
    };
    let is_in = |answer: &Answer| answer.header("set-cookie").is_some_and(|cookie| cookie.starts_with("session=") && cookie.len() > 40);
    let asking = Asking { program: balie, request: &sign_in, is_good: is_in };
    asking.flat_out(4, Duration::from_secs(1))?;
    let (mut measured, mut base) = (0.0, 0.0);
    for _ in 0..extent.rounds {
        // More wait than hash, but none of them so long that Balie sends people away.
        measured += asking.flat_out(32, extent.round)?.per_second();
        base += raw_hashes(extent.round)?;
    }
    Ok((measured / extent.rounds as f64, base / extent.rounds as f64))
}

/// Hashes a second with the parameters of `server/src/passwords.rs` on as many threads as it allows itself.
fn raw_hashes(time: Duration) -> Result<f64> {
    let threads = thread::available_parallelism().map_or(1, usize::from).saturating_sub(1).max(1);
    let start = Instant::now();
    let count = || -> Result<usize> {
        let mut hashes = 0;
        while start.elapsed() < time {
            let params = Params::new(19_456, 2, 1, None).ok().context("parameters")?;
            let salt = SaltString::encode_b64(&[7; 16]).ok().context("a salt")?;
            let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(PASSWORD.as_bytes(), &salt);
            std::hint::black_box(hash.ok().context("a hash")?.to_string());
            hashes += 1;
        }
        Ok(hashes)
    };
    let hashes = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        threads.into_iter().map(|thread| thread.join().ok().context("a thread panicked")?).sum::<Result<usize>>()
    })?;
    Ok(hashes as f64 / start.elapsed().as_secs_f64())
}

/// The list's p99 when quiet and in a flood of wrong sign-ins, and how many of those were answered in a second. The list is asked for at a
/// pace that Balie keeps up with, as by people: flat out, every core is busy without a flood.
fn flood(balie: &Program, extent: Extent) -> Result<(f64, f64, f64)> {
    let cookie = cookie(balie, ADMINISTRATOR)?;
    let list = |number: usize| lists::list(number).with("cookie", &cookie);
    let asking = Asking { program: balie, request: &list, is_good: lists::is_good };
    let pace = asking.flat_out(8, Duration::from_secs(2))?.per_second() / 4.0;
    let time = extent.round * 2;
    let quiet = asking.steadily(pace, time)?;
    let ends = AtomicBool::new(false);
    thread::scope(|scope| {
        let flood = scope.spawn(|| wrong_sign_ins(balie, &ends));
        thread::sleep(Duration::from_secs(1));
        let flooded = asking.steadily(pace, time);
        ends.store(true, Ordering::Relaxed);
        let refused = flood.join().ok().context("the flood panicked")??;
        Ok((quiet.quantile(0.99), flooded?.quantile(0.99), refused))
    })
}

fn wrong_sign_ins(balie: &Program, ends: &AtomicBool) -> Result<f64> {
    const AT_ONCE: usize = 64;
    let (answered, next, start) = (AtomicUsize::new(0), AtomicUsize::new(0), Instant::now());
    thread::scope(|scope| {
        let one = || -> Result<()> {
            let mut client = Client::connect(balie.address)?;
            while !ends.load(Ordering::Relaxed) {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let answer = client.ask(&form(&format!("flood{number}@nowhere.example"), "Not-The-Password-42", number))?;
                ensure!(answer.header("set-cookie").is_none_or(|cookie| !cookie.starts_with("session=")), "somebody unknown got in");
                answered.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        };
        let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(one)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().ok().context("a thread panicked")?)
    })?;
    Ok(answered.into_inner() as f64 / start.elapsed().as_secs_f64())
}

/// Median milliseconds of a wrong password for somebody unknown and somebody known, in turns. Everybody is tried once, so that nobody is locked.
fn known_and_unknown(balie: &Program) -> Result<(f64, f64)> {
    const EACH: usize = 200;
    let mut client = Client::connect(balie.address)?;
    let mut waits = [Vec::new(), Vec::new()];
    let known = (5000..).map(username).filter(|(_, can)| *can).map(|(username, _)| username);
    for (number, known) in known.take(EACH).enumerate() {
        let usernames = [format!("unknown{number}@grootbedrijf.example"), known];
        // Each is as often the first: what comes second finds the caches of the first.
        for which in [number % 2, 1 - number % 2] {
            let username = &usernames[which];
            let start = Instant::now();
            let answer = client.ask(&form(username, "Not-The-Password-42", number))?;
            waits[which].push(start.elapsed());
            ensure!(answer.status < 400, "a wrong password was answered with {}", answer.status);
        }
    }
    let median = |mut waits: Vec<Duration>| {
        waits.sort_unstable();
        waits[waits.len() / 2].as_secs_f64() * 1000.0
    };
    let [unknown, known] = waits;
    Ok((median(unknown), median(known)))
}
