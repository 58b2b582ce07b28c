//! Memory: of a Balie that has shown one page, and after all kinds of requests.

use crate::{
    Extent,
    client::{Answer, Client, Request},
    lists,
    load::Asking,
    place::{ADMINISTRATOR, COMPANY, EMPLOYEE, Place},
    programs::{Built, Program},
    report::{Goal, Line},
    say, sign_ins, sizes,
};
use anyhow::Result;
use std::{thread, time::Duration};

pub fn measure(built: &Built, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: memory over {} requests", place.name, extent.requests));
    let balie = built.balie(&place.url, &place.folder)?;
    let administrator = sign_ins::cookie(&balie, ADMINISTRATOR)?;
    Client::connect(balie.address)?.ask(&lists::list(0).with("cookie", &administrator))?;
    let idle = settled(&balie)?;
    let employee = sign_ins::cookie(&balie, EMPLOYEE)?;
    let files = sizes::files_of(&mut Client::connect(balie.address)?, &administrator, &format!("/company/{COMPANY}/users"))?;
    let mix = |number: usize| request(number, &files, &administrator, &employee);
    let asking = Asking { program: &balie, request: &mix, is_good };
    asking.all(8, extent.requests / 20)?;
    let warm = settled(&balie)?;
    asking.all(8, extent.requests - extent.requests / 20)?;
    let after = settled(&balie)?;
    let requests = extent.requests;
    Ok(vec![
        Line::figure("memory of an idle Balie after one page", idle, "MB", Goal::AtMost(40.0)),
        Line::ratio(format!("its memory after {requests} requests of all kinds, of that"), (after, idle), "MB", Goal::AtMost(1.05)),
        Line::ratio(format!("the same, of the memory after the first {}", requests / 20), (after, warm), "MB", Goal::None),
    ])
}

/// Of a program that has had time to give back what it no longer needs.
fn settled(balie: &Program) -> Result<f64> {
    thread::sleep(Duration::from_secs(3));
    balie.memory()
}

/// Of ten: four files, two calls of server functions, four pages, one of which is a list.
fn request(number: usize, files: &[String], administrator: &str, employee: &str) -> Request {
    let by = |request: Request, cookie: &str| request.with("cookie", cookie);
    let company = format!("/company/{COMPANY}");
    match number % 10 {
        0 => by(lists::list(number / 10), administrator),
        1 => by(Request::get(&company), employee),
        2 => by(Request::get(&format!("{company}/general")), administrator),
        3 => Request::get("/login"),
        4 => by(Request::form("/api/read_me", String::new()), employee),
        5 => by(Request::form("/api/list_users", format!("company={COMPANY}&query%5Bpage%5D={}", number / 10 % 200 + 1)), administrator),
        _ => Request::get(&files[number / 10 % files.len()]).with("accept-encoding", "br, gzip"),
    }
}

/// A server function that is asked as by a form answers with the way back.
fn is_good(answer: &Answer) -> bool {
    matches!(answer.status, 200 | 302 | 303)
}
