//! Documents from a file (O2): looked at first, then taken in, all in one deed.

use super::table::{self, Line, Table};
use crate::{
    Desk,
    callers::{Caller, Staff},
    db::{Query, Value, places},
    deed::Deed,
    error::{Error, Result},
    requests, sql,
};
use shared::{
    AccountId, Permit, ProductId, Refusal, Time,
    event::Event,
    products::{BAD_LINES, DryRun},
};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Ids of documents are given out under this lock.
const NUMBERS: i64 = 10_002;
/// Documents that one statement is about: a database takes only so many values at once.
const PORTION: usize = 500;
/// A file that was looked at is kept for so long.
const KEPT_SECONDS: i64 = 24 * 3600;
/// Characters of a file's name.
const LONGEST_NAME: usize = 100;

/// Keeps an uploaded file to be looked at. Not a deed: nothing is done with it yet, and it is forgotten by itself.
///
/// # Errors
/// [`Refusal::NotATable`]; not found, for no product.
pub async fn stage(desk: &Desk, _staff: &Staff, product: ProductId, file: &str, content: String) -> Result<Uuid> {
    let (content, _) = parse(content).await?;
    let id = desk.new_id();
    let kept = desk
        .db
        .tick(sql!(
            "INSERT INTO import (id, product, file, content, created_at) SELECT $1, id, $2, $3, $4 FROM product WHERE id = $5",
            id,
            name_of(file),
            content,
            desk.now(),
            product
        ))
        .await?;
    if kept == 0 { Err(Error::NotFound) } else { Ok(id) }
}

/// 100,000 lines take a moment, in which others are served.
async fn parse(content: String) -> Result<(String, Table)> {
    let parsed = tokio::task::spawn_blocking(move || table::parse(&content).map(|table| (content, table)));
    Ok(parsed.await.map_err(Error::internal)??)
}

/// Some browsers send where it was, too.
fn name_of(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[derive(FromRow)]
struct ImportRow {
    product_name: String,
    file: String,
    content: String,
    created_at: i64,
    applied_at: Option<i64>,
}

async fn read(desk: &Desk, product: ProductId, import: Uuid) -> Result<ImportRow> {
    let row = sql!(
        "SELECT p.name AS product_name, i.file, i.content, i.created_at, i.applied_at FROM import i JOIN product p ON p.id = i.product
         WHERE i.id = $1 AND i.product = $2",
        import,
        product
    );
    desk.db.maybe(row).await?.ok_or(Error::NotFound)
}

/// What taking it in would do. Every good line is counted once, as the first that it is of new, changed, added and the same; of those that can't be
/// used there are pages, from 1.
///
/// # Errors
/// Not found.
pub async fn dry_run(desk: &Desk, _staff: &Staff, product: ProductId, import: Uuid, page: u32) -> Result<DryRun> {
    let row = read(desk, product, import).await?;
    let (_, table) = parse(row.content).await?;
    let mut counted = Counted::default();
    for lines in table.good.chunks(PORTION) {
        let there = Catalogue::of(desk.db.all(known(product, lines)).await?);
        counted.add(lines.iter().map(|line| there.step(line)));
    }
    let bad_lines = u32::try_from(table.bad.len()).map_err(Error::internal)?;
    let pages = bad_lines.div_ceil(BAD_LINES).max(1);
    let page = page.clamp(1, pages);
    Ok(DryRun {
        product,
        product_name: row.product_name,
        file: row.file,
        uploaded: desk.local(Time(row.created_at)),
        new: counted.new,
        changed: counted.changed,
        added: counted.added,
        same: counted.same,
        bad: table.bad.into_iter().skip(((page - 1) * BAD_LINES) as usize).take(BAD_LINES as usize).collect(),
        bad_lines,
        page,
        pages,
        applied: row.applied_at.map(|at| desk.local(Time(at))),
    })
}

/// Takes the good lines in, all or none. Documents that the file doesn't name stay as they are. A file that says what is so already does nothing.
///
/// # Errors
/// [`Refusal::Changed`], where it was done already; not found.
pub async fn apply(desk: &Desk, staff: &Staff, product: ProductId, import: Uuid) -> Result<()> {
    let row = read(desk, product, import).await?;
    // Before the deed begins: SQLite's one writer is not kept waiting for it.
    let (_, table) = parse(row.content).await?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunCatalogue).await?;
    deed.lock_numbers(NUMBERS).await?;
    deed.now = desk.now();
    let now = deed.now;
    deed.exactly_one(sql!("UPDATE import SET applied_at = $1 WHERE id = $2 AND product = $3 AND applied_at IS NULL", now, import, product))
        .await?;
    let (counted, coming) = write_documents(&mut deed, product, &table.good).await?;
    let Counted { new, changed, added, .. } = counted;
    if new + changed + added == 0 {
        return Ok(());
    }
    let mut events = vec![Event::DocumentsImported { product, name: row.product_name, new, changed, added }];
    if !coming.is_empty() {
        events.extend(take_in(&mut deed, staff.account().ok_or(Refusal::SignedOut)?, product, &coming).await?);
    }
    deed.commit_all(events).await
}

/// R8: everybody who asked for one of these is told as the deed is committed, by when it came in: so every lock is taken before, and the deed's
/// moment stays what it is. Companies, licences and requests are locked only here, and not while the documents are written: that may take long,
/// and keeps nobody else, since only imports write documents.
async fn take_in(deed: &mut Deed<'_>, by: AccountId, product: ProductId, coming: &[&Line]) -> Result<Vec<Event>> {
    let keys: HashSet<&str> = coming.iter().map(|line| line.key.as_str()).collect();
    let waiting = requests::lock_waiting(deed, product, &keys).await?;
    for lines in coming.chunks(PORTION) {
        deed.execute(put_in(product, lines, deed.now)).await?;
    }
    requests::conclude_what_came(deed, by, product, waiting, None).await
}

/// Under the lock on the ids, so nobody else brings documents in meanwhile. Answers with those that this product has not.
async fn write_documents<'a>(deed: &mut Deed<'_>, product: ProductId, good: &'a [Line]) -> Result<(Counted, Vec<&'a Line>)> {
    let (mut last,): (i64,) = deed.find(sql!("SELECT COALESCE(MAX(id), 0) FROM document")).await?;
    let (mut counted, mut coming) = (Counted::default(), Vec::new());
    for lines in good.chunks(PORTION) {
        let there = &Catalogue::of(deed.all(known(product, lines)).await?);
        counted.add(lines.iter().map(|line| there.step(line)));
        // What is new comes first: it takes the next ids, and what is changed keeps its own, whatever it is written with.
        let of = |wanted: Step| lines.iter().filter(move |line| there.step(line) == wanted);
        let new = of(Step::New).count();
        let to_write: Vec<&Line> = of(Step::New).chain(of(Step::Changed)).collect();
        if !to_write.is_empty() {
            deed.execute(written(&to_write, last, deed.now)).await?;
            last += i64::try_from(new).map_err(Error::internal)?;
        }
        coming.extend(lines.iter().filter(|line| !there.has_in_product(line)));
    }
    Ok((counted, coming))
}

/// A document as the catalogue has it.
#[derive(FromRow)]
struct KnownRow {
    number_key: String,
    number: String,
    title: String,
    language: String,
    status: String,
    /// Whether this product has it.
    here: bool,
}

fn known(product: ProductId, lines: &[Line]) -> Query {
    let text = format!(
        "SELECT d.number_key, d.number, d.title, d.language, d.status, i.document IS NOT NULL AS here
         FROM document d LEFT JOIN product_document i ON i.document = d.id AND i.product = $1 WHERE d.number_key IN ({})",
        places(lines.len(), 2)
    );
    let keys = lines.iter().map(|line| Value::from(line.key.as_str()));
    Query::new(AssertSqlSafe(text), std::iter::once(Value::from(product)).chain(keys).collect())
}

/// New documents, and what is otherwise of those that are there: they keep their ids.
fn written(lines: &[&Line], last: i64, now: Time) -> Query {
    let rows: Vec<String> = (0..lines.len()).map(|row| format!("({}, $1)", places(7, row * 7 + 2))).collect();
    let text = format!(
        "INSERT INTO document (id, number, number_key, title, words, language, status, created_at) VALUES {}
         ON CONFLICT (number_key) DO UPDATE SET number = excluded.number, title = excluded.title, words = excluded.words,
           language = excluded.language, status = excluded.status",
        rows.join(", ")
    );
    let mut values = vec![Value::from(now)];
    for (Line { key, document }, id) in lines.iter().zip(last + 1..) {
        values.extend([
            Value::from(id),
            document.number.as_str().into(),
            key.as_str().into(),
            document.title.as_str().into(),
            document.words().into(),
            document.language.as_str().into(),
            document.status.key().into(),
        ]);
    }
    Query::new(AssertSqlSafe(text), values)
}

fn put_in(product: ProductId, lines: &[&Line], now: Time) -> Query {
    let text = format!(
        "INSERT INTO product_document (product, document, number_key, added_at)
         SELECT $1, id, number_key, $2 FROM document WHERE number_key IN ({}) ON CONFLICT (product, document) DO NOTHING",
        places(lines.len(), 3)
    );
    let keys = lines.iter().map(|line| Value::from(line.key.as_str()));
    Query::new(AssertSqlSafe(text), [Value::from(product), Value::from(now)].into_iter().chain(keys).collect())
}

/// What becomes of a good line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    New,
    Changed,
    /// To this product.
    Added,
    Same,
}

/// Those documents of a portion that are there, by their keys.
struct Catalogue(HashMap<String, KnownRow>);

impl Catalogue {
    fn of(rows: Vec<KnownRow>) -> Self {
        Self(rows.into_iter().map(|row| (row.number_key.clone(), row)).collect())
    }

    fn step(&self, Line { key, document }: &Line) -> Step {
        let Some(known) = self.0.get(key) else { return Step::New };
        let is_so = known.number == document.number
            && known.title == document.title
            && known.language == document.language
            && known.status == document.status.key();
        match (is_so, known.here) {
            (false, _) => Step::Changed,
            (true, false) => Step::Added,
            (true, true) => Step::Same,
        }
    }

    fn has_in_product(&self, line: &Line) -> bool {
        self.0.get(&line.key).is_some_and(|known| known.here)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    new: u32,
    changed: u32,
    added: u32,
    same: u32,
}

impl Counted {
    fn add(&mut self, steps: impl Iterator<Item = Step>) {
        for step in steps {
            match step {
                Step::New => self.new += 1,
                Step::Changed => self.changed += 1,
                Step::Added => self.added += 1,
                Step::Same => self.same += 1,
            }
        }
    }
}

/// Forgets files of yesterday, taken in or not.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let before = desk.now().plus_seconds(-KEPT_SECONDS);
    desk.db
        .tick_in_portions(|portion| {
            sql!("DELETE FROM import WHERE id IN (SELECT id FROM import WHERE created_at <= $1 LIMIT $2)", before, portion)
        })
        .await
}
