//! The search through the catalogue (R8) while people type.

use crate::{
    Extent,
    client::{Answer, Client, Request},
    load::{Asking, Load},
    place::{COMPANY, EMPLOYEE, Place, insert},
    programs::Program,
    report::{Goal, Line},
    say, sign_ins,
};
use anyhow::{Result, ensure};
use server::{Desk, sql};
use shared::documents::{Document, DocumentStatus, DocumentsPage, words};
use std::time::{Duration, Instant};
use tokio::task::block_in_place;

const DOCUMENTS: usize = 100_000;
const CONNECTIONS: usize = 8;

/// What somebody has typed at each pause, the common beginnings above all; two words that never stand together; and what nothing has.
const QUERIES: [&str; 40] = [
    "",
    "n",
    "ne",
    "nen",
    "nen 1",
    "nen 10",
    "nen 101",
    "nen 1010",
    "nen-en",
    "nen-en 19",
    "nen-en 1990",
    "nen-en-iso 3834-2",
    "w",
    "we",
    "wel",
    "weld",
    "welding",
    "welding p",
    "welding pro",
    "welding procedure",
    "e",
    "el",
    "elek",
    "elektrische",
    "elektrische in",
    "elektrische installaties",
    "i",
    "iso",
    "iso 2",
    "iso 27",
    "2",
    "20",
    "2020",
    "welding elektrische",
    "s",
    "st",
    "steel",
    "steel bri",
    "1010 2020",
    "nothing at all like it",
];

pub async fn measure(balie: &Program, place: &Place, extent: Extent) -> Result<Vec<Line>> {
    say(&format!("{}: searching {DOCUMENTS} documents", place.name));
    // They stay: nothing that is measured after them looks at documents.
    let desk = place.desk().await?;
    fill(&desk).await?;
    desk.db.close().await;
    block_in_place(|| {
        let cookie = sign_ins::cookie(balie, EMPLOYEE)?;
        let typed = |number: usize| search(QUERIES[number % QUERIES.len()]).with("cookie", &cookie);
        let page = |number: usize| page(QUERIES[number % QUERIES.len()]).with("cookie", &cookie);
        look(balie, &typed)?;
        let (of_search, of_page) = (speed(balie, &typed, extent)?, speed(balie, &page, extent)?);
        let name = |what: &str| format!("{}: {what}", place.name);
        Ok(vec![
            Line::figure(name("document search as one types, at 100,000, p99"), of_search.quantile(0.99), "ms", Goal::None),
            Line::figure(name("the same, median"), of_search.quantile(0.5), "ms", Goal::None),
            Line::figure(name("its page, p99"), of_page.quantile(0.99), "ms", Goal::None),
        ])
    })
}

fn speed(balie: &Program, request: &(dyn Fn(usize) -> Request + Sync), extent: Extent) -> Result<Load> {
    let asking = Asking { program: balie, request, is_good };
    asking.flat_out(CONNECTIONS, Duration::from_secs(1))?;
    (0..extent.rounds).try_fold(Load::default(), |load, _| Ok(load.and(asking.flat_out(CONNECTIONS, extent.round)?)))
}

/// What the list asks while somebody types.
fn search(typed: &str) -> Request {
    Request::question("/api/search_documents", format!("company={COMPANY}&search={}", encoded(typed)))
}

/// The list as it is loaded with a search in its address.
fn page(typed: &str) -> Request {
    Request::get(&format!("/company/{COMPANY}/documents?search={}", encoded(typed)))
}

/// Nothing of [`QUERIES`] needs more.
fn encoded(typed: &str) -> String {
    typed.replace(' ', "+")
}

fn is_good(answer: &Answer) -> bool {
    answer.status == 200
}

/// Each search alone: that it finds what it should, and which is the slowest.
fn look(balie: &Program, typed: &dyn Fn(usize) -> Request) -> Result<()> {
    const TIMES: usize = 5;
    let mut client = Client::connect(balie.address)?;
    let mut slowest = (0.0, "");
    for (number, query) in QUERIES.iter().enumerate() {
        let mut waits = Vec::new();
        for _ in 0..TIMES {
            let start = Instant::now();
            let answer = client.ask(&typed(number))?;
            waits.push(start.elapsed());
            ensure!(is_good(&answer), "“{query}” is answered with {}", answer.status);
            let found: DocumentsPage = serde_json::from_slice(&answer.body)?;
            ensure!(is_right(query, &found), "“{query}” found {} documents: {:?}", found.rows.len(), found.rows.first());
        }
        let median = Load::of(waits).quantile(0.5);
        if median > slowest.0 {
            slowest = (median, query);
        }
    }
    say(&format!("  the slowest search alone: “{}”, {:.1} ms", slowest.1, slowest.0));
    Ok(())
}

/// Two of them are about nothing; the others find something, and that with every word that was typed.
fn is_right(query: &str, found: &DocumentsPage) -> bool {
    let has_nothing = matches!(query, "welding elektrische" | "nothing at all like it");
    let typed = words(query);
    let has_all = |text: String| typed.split_whitespace().all(|word| text.split(' ').any(|stored| stored.starts_with(word)));
    found.rows.is_empty() == has_nothing && found.rows.iter().all(|row| has_all(words(&format!("{} {}", row.number, row.title))))
}

async fn fill(desk: &Desk) -> Result<()> {
    const PORTION: usize = 2000;
    let now = desk.now();
    for portion in (0..DOCUMENTS).step_by(PORTION) {
        let rows: Vec<_> = (portion..portion + PORTION)
            .map(|number| {
                let document = document(number);
                vec![
                    (number as i64 + 1).into(),
                    document.number.as_str().into(),
                    words(&document.number).into(),
                    document.title.as_str().into(),
                    document.words().into(),
                    document.language.as_str().into(),
                    document.status.key().into(),
                    now.into(),
                ]
            })
            .collect();
        insert(desk, "document (id, number, number_key, title, words, language, status, created_at)", &rows).await?;
    }
    if desk.db.is_postgres() {
        // As a server's autovacuum would have done by now.
        desk.db.tick(sql!("ANALYZE document")).await?;
    }
    Ok(())
}

const SERIES: [&str; 8] = ["NEN", "NEN-EN", "NEN-EN-ISO", "NEN-ISO", "ISO", "NEN-EN-IEC", "NPR", "NTA"];
const SUBJECTS: [&str; 20] = [
    "Welding procedure test",
    "Design of steel structures",
    "Design of concrete structures",
    "Actions on structures",
    "Safety of machinery",
    "Fire resistance tests",
    "Information security",
    "Quality management systems",
    "Lifts for the transport of persons",
    "Light and lighting",
    "Elektrische installaties",
    "Voorschriften voor leidingwater",
    "Ventilatie van gebouwen",
    "Bepaling van de geluidwering",
    "Brandveiligheid van gebouwen",
    "Toegankelijkheid van gebouwen",
    "Bodem en grondwater",
    "Gasinstallaties",
    "Gevels en daken",
    "Riolering buiten gebouwen",
];
const DETAILS: [&str; 17] = [
    "General rules",
    "Steel bridges",
    "Concrete bridges",
    "Laboratory tests",
    "Vocabulary",
    "Requirements",
    "Guidance on use",
    "Terms and definitions",
    "Marking and labelling",
    "Site measurements",
    "National annex",
    "Amendment",
    "Test methods",
    "Classification",
    "Dimensions",
    "Materials",
    "Maintenance",
];
const SYLLABLES: [&str; 19] =
    ["ba", "cor", "dul", "fen", "gra", "hol", "jar", "kip", "lam", "mer", "nop", "pra", "quo", "rit", "sol", "tur", "vek", "wim", "zon"];

/// Four editions and parts of each number in each series; titles of common words, and one of seven thousand that few have.
fn document(number: usize) -> Document {
    let (series, number) = (SERIES[number % SERIES.len()], number / SERIES.len());
    let (base, which) = (1000 + number / 4, number % 4);
    let edition = ["#:2005", "#:2020", "#-1:2016", "#-2:2018"][which].replace('#', &base.to_string());
    let subject = number * 7 % SUBJECTS.len();
    let syllable = |step: usize| SYLLABLES[number / step % SYLLABLES.len()];
    let rare = [syllable(1), syllable(19), syllable(19 * 19)].concat();
    Document {
        number: format!("{series} {edition}"),
        title: format!("{} - {} for {rare}", SUBJECTS[subject], DETAILS[number * 11 % DETAILS.len()]),
        language: if subject < 10 { "en" } else { "nl" }.to_owned(),
        status: if which == 0 { DocumentStatus::Withdrawn } else { DocumentStatus::Current },
    }
}
