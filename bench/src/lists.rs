//! The users list, beside the bare one.

use crate::{
    Extent,
    client::{Answer, Client, Request},
    load::{Asking, Load},
    place::{ADMINISTRATOR, COMPANY, Place},
    programs::Program,
    report::{Goal, Line},
    say, sign_ins,
};
use anyhow::{Result, ensure};
use std::time::Duration;

const CONNECTIONS: usize = 8;

/// What people look at in a list: mostly its first pages, now and then another order, a search, a status.
const QUERIES: [&str; 40] = [
    "",
    "?page=2",
    "?page=3",
    "",
    "?page=5",
    "?page=10",
    "",
    "?page=20",
    "?page=50",
    "",
    "?page=100",
    "?page=150",
    "",
    "?page=200",
    "?page=7",
    "",
    "?sort=-name",
    "?sort=-name&page=30",
    "?sort=username",
    "?sort=username&page=30",
    "?sort=-username",
    "?sort=role",
    "?sort=-role",
    "?sort=role&page=30",
    "?sort=status",
    "?sort=-status",
    "?sort=status&page=30",
    "?search=anna",
    "?search=mulder",
    "?search=de+vries",
    "?search=an&page=2",
    "?search=nobody+at+all",
    "?search=bakker&sort=username",
    "?search=van+den&page=3",
    "?status=registration_requested",
    "?status=blocked",
    "?status=registration_expired&sort=-name",
    "?status=no_active_licence&page=20",
    "?status=locked",
    "?status=registration_requested&search=an",
];

pub fn list(number: usize) -> Request {
    Request::get(&format!("/company/{COMPANY}/users{}", QUERIES[number % QUERIES.len()]))
}

pub fn measure(balie: &Program, bare: &Program, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: the users list", place.name));
    let cookie = sign_ins::cookie(balie, ADMINISTRATOR)?;
    let sizes = compare(balie, bare, &cookie)?;
    let of_balie = |number: usize| list(number).with("cookie", &cookie);
    let asking = Asking { program: balie, request: &of_balie, is_good };
    let asking_bare = Asking { program: bare, request: &list, is_good };
    let warm = Duration::from_secs(1);
    asking.flat_out(CONNECTIONS, warm)?;
    asking_bare.flat_out(CONNECTIONS, warm)?;
    let (mut of_balie, mut of_bare) = (Load::default(), Load::default());
    // In turns, so that what else happens on the machine happens to both.
    for _ in 0..extent.rounds {
        of_balie = of_balie.and(asking.flat_out(CONNECTIONS, extent.round)?);
        of_bare = of_bare.and(asking_bare.flat_out(CONNECTIONS, extent.round)?);
    }
    let name = |what: &str| format!("{}: {what}", place.name);
    let rate = (of_balie.per_second(), of_bare.per_second());
    Ok(vec![
        Line::ratio(name("users lists a second, of a bare axum handler's"), rate, "/s", Goal::AtLeast(0.5)),
        Line::ratio(name("users list, median wait"), (of_balie.quantile(0.5), of_bare.quantile(0.5)), "ms", Goal::None),
        Line::ratio(name("users list, p99"), (of_balie.quantile(0.99), of_bare.quantile(0.99)), "ms", Goal::AtMost(2.0)),
        Line::ratio(name("users list, CPU of the program for one"), (of_balie.cpu_each(), of_bare.cpu_each()), "ms", Goal::None),
        Line::ratio(name("users list, size of the page"), sizes, "KB", Goal::None),
    ])
}

pub fn is_good(answer: &Answer) -> bool {
    answer.status == 200
}

/// Both must show the same people in the same order, or there is nothing to compare. Answers with the mean sizes of both pages.
fn compare(balie: &Program, bare: &Program, cookie: &str) -> Result<(f64, f64)> {
    let (mut balie, mut bare) = (Client::connect(balie.address)?, Client::connect(bare.address)?);
    let (mut size, mut size_bare) = (0, 0);
    for (number, query) in QUERIES.iter().enumerate() {
        let page = balie.ask(&list(number).with("cookie", cookie))?;
        let page_bare = bare.ask(&list(number))?;
        let (people, people_bare) = (people(page.text()?), people(page_bare.text()?));
        ensure!(page.status == 200 && people == people_bare, "{query}: Balie shows {people:?}, and the bare handler {people_bare:?}");
        size += page.body.len();
        size_bare += page_bare.body.len();
    }
    let mean = |size: usize| size as f64 / QUERIES.len() as f64 / 1000.0;
    Ok((mean(size), mean(size_bare)))
}

/// The ids in the rows of a page.
fn people(html: &str) -> Vec<&str> {
    let before = format!("href=\"/company/{COMPANY}/users/");
    let ids = html.split(before.as_str()).skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter(|id| id.len() == 36).collect()
}
