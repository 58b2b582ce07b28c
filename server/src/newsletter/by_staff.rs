//! Staff write newsletters, send them, and see who got them.

use super::{markdown, subscribers};
use crate::{
    Desk,
    callers::Staff,
    db::Query,
    deed::Deed,
    error::{Error, Result},
    licences::count,
    mail_progress::{FATE, copy},
    sql,
};
use shared::{
    NewsletterId, Permit, Time,
    event::Event,
    mailing::Progress,
    newsletter::{
        Draft, Newsletter, NewsletterForm, NewsletterLine, NewsletterPage, NewslettersPage, PAGE_SIZE, Preview, Reader, Rendered, Stage,
    },
};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use uuid::Uuid;

/// What the list shows.
const LISTED: &str = "FROM newsletter ORDER BY created_at DESC, id DESC LIMIT 100";

#[derive(FromRow)]
struct LineRow {
    id: Uuid,
    subject_en: String,
    version: i64,
    changed_at: i64,
    sent_at: Option<i64>,
    subscribers: Option<i64>,
}

/// The newest hundred.
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, _staff: &Staff) -> Result<NewslettersPage> {
    let listed = sql!(AssertSqlSafe(format!("SELECT id, subject_en, version, changed_at, sent_at, subscribers {LISTED}")));
    let rows: Vec<LineRow> = desk.db.all(listed).await?;
    let mut copies: HashMap<Uuid, Progress> = HashMap::new();
    for (newsletter, fate, readers) in desk.db.all::<(Uuid, i64, i64)>(fates_of_listed()).await? {
        copies.entry(newsletter).or_default().add(copy(fate), count(readers));
    }
    let line = |row: LineRow| {
        let found = copies.get(&row.id).copied().unwrap_or_default();
        let progress = Progress { all: row.subscribers.map_or(0, count), ..found };
        NewsletterLine {
            id: NewsletterId(row.id),
            subject: row.subject_en,
            changed: desk.local(Time(row.changed_at)),
            sent: row.sent_at.map(|sent| desk.local(Time(sent))),
            progress,
            stage: Stage::of(Newsletter { sent: row.sent_at.is_some(), version: count(row.version) }, progress),
        }
    };
    Ok(NewslettersPage { lines: rows.into_iter().map(line).collect(), subscribers: count_subscribers(desk).await? })
}

async fn count_subscribers(desk: &Desk) -> Result<u32> {
    let (found,): (i64,) = desk.db.one(subscribers()).await?;
    Ok(count(found))
}

fn fates_of_listed() -> Query {
    sql!(AssertSqlSafe(format!(
        "SELECT newsletter, fate, COUNT(*) FROM
           (SELECT newsletter, {FATE} AS fate FROM letter WHERE newsletter IS NOT NULL AND newsletter IN (SELECT id {LISTED})
            GROUP BY newsletter, subject_account) f
         GROUP BY newsletter, fate"
    )))
}

fn fates_of(id: NewsletterId) -> Query {
    sql!(
        AssertSqlSafe(format!(
            "SELECT fate, COUNT(*) FROM (SELECT {FATE} AS fate FROM letter WHERE newsletter = $1 GROUP BY subject_account) f GROUP BY fate"
        )),
        id
    )
}

fn readers_of(id: NewsletterId, page: u32) -> Query {
    sql!(
        AssertSqlSafe(format!(
            "SELECT a.name, a.username, f.fate, f.sent_at FROM
               (SELECT subject_account, {FATE} AS fate, MAX(sent_at) AS sent_at FROM letter WHERE newsletter = $1 GROUP BY subject_account) f
             JOIN account a ON a.id = f.subject_account ORDER BY a.name_key, a.username LIMIT $2 OFFSET $3"
        )),
        id,
        PAGE_SIZE,
        (page - 1) * PAGE_SIZE
    )
}

#[derive(FromRow)]
struct Row {
    subject_en: String,
    text_en: String,
    subject_nl: String,
    text_nl: String,
    version: i64,
    sent_at: Option<i64>,
    subscribers: Option<i64>,
}

fn row(id: NewsletterId) -> Query {
    sql!("SELECT subject_en, text_en, subject_nl, text_nl, version, sent_at, subscribers FROM newsletter WHERE id = $1", id)
}

impl Row {
    fn newsletter(&self) -> Newsletter {
        Newsletter { sent: self.sent_at.is_some(), version: count(self.version) }
    }

    fn is(&self, draft: &Draft) -> bool {
        (&self.subject_en, &self.text_en, &self.subject_nl, &self.text_nl)
            == (&draft.subject_en, &draft.text_en, &draft.subject_nl, &draft.text_nl)
    }
}

/// One newsletter, how far it is, and a page of those who get it.
///
/// # Errors
/// Not found.
pub async fn read(desk: &Desk, _staff: &Staff, id: NewsletterId, page: u32) -> Result<NewsletterPage> {
    let row: Row = desk.db.maybe(row(id)).await?.ok_or(Error::NotFound)?;
    let newsletter = row.newsletter();
    let mut progress = Progress { all: row.subscribers.map_or(0, count), ..Progress::default() };
    for (fate, readers) in desk.db.all::<(i64, i64)>(fates_of(id)).await? {
        progress.add(copy(fate), count(readers));
    }
    let pages = progress.known().div_ceil(PAGE_SIZE).max(1);
    let page = page.clamp(1, pages);
    let readers: Vec<(String, String, i64, Option<i64>)> = desk.db.all(readers_of(id, page)).await?;
    let reader = |(name, username, fate, sent_at): (String, String, i64, Option<i64>)| Reader {
        name,
        username,
        state: copy(fate),
        at: sent_at.map(|sent| desk.local(Time(sent))),
    };
    Ok(NewsletterPage {
        id,
        stage: Stage::of(newsletter, progress),
        sent: row.sent_at.map(|sent| desk.local(Time(sent))),
        form: NewsletterForm { subject_en: row.subject_en, text_en: row.text_en, subject_nl: row.subject_nl, text_nl: row.text_nl },
        version: newsletter.version,
        progress,
        subscribers: count_subscribers(desk).await?,
        readers: readers.into_iter().map(reader).collect(),
        page,
        pages,
    })
}

/// Begins a newsletter. Nobody gets it before it is sent.
///
/// # Errors
/// [`shared::Refusal::Fields`].
pub async fn create(desk: &Desk, staff: &Staff, form: &NewsletterForm) -> Result<NewsletterId> {
    let draft = form.parse()?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunNewsletter).await?;
    let (id, now) = (NewsletterId(deed.desk.new_id()), deed.now);
    deed.execute(sql!(
        "INSERT INTO newsletter (id, subject_en, text_en, subject_nl, text_nl, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
        id,
        draft.subject_en.as_str(),
        draft.text_en,
        draft.subject_nl,
        draft.text_nl,
        now
    ))
    .await?;
    deed.commit(Event::NewsletterCreated { newsletter: id, name: draft.subject_en }).await?;
    Ok(id)
}

/// Changes a draft as it was `seen`; answers with its version now. Saving what is so already does nothing, whoever wrote it.
///
/// # Errors
/// [`shared::Refusal::Fields`], [`shared::Refusal::NewsletterSent`], [`shared::Refusal::Changed`], or not found.
pub async fn save(desk: &Desk, staff: &Staff, id: NewsletterId, seen: u32, form: &NewsletterForm) -> Result<u32> {
    let draft = form.parse()?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunNewsletter).await?;
    let row: Row = deed.find(row(id)).await?;
    let newsletter = row.newsletter();
    if !newsletter.sent && row.is(&draft) {
        return Ok(newsletter.version);
    }
    newsletter.may_change(seen)?;
    let now = deed.now;
    deed.exactly_one(sql!(
        "UPDATE newsletter SET subject_en = $1, text_en = $2, subject_nl = $3, text_nl = $4, changed_at = $5, version = version + 1
         WHERE id = $6 AND version = $7 AND sent_at IS NULL",
        draft.subject_en.as_str(),
        draft.text_en,
        draft.subject_nl,
        draft.text_nl,
        now,
        id,
        seen
    ))
    .await?;
    deed.commit(Event::NewsletterChanged { newsletter: id, name: draft.subject_en }).await?;
    Ok(seen + 1)
}

/// Deletes a draft as it was `seen`.
///
/// # Errors
/// [`shared::Refusal::NewsletterSent`], [`shared::Refusal::Changed`], or not found.
pub async fn delete(desk: &Desk, staff: &Staff, id: NewsletterId, seen: u32) -> Result<()> {
    let mut deed = Deed::permitted(desk, staff, Permit::RunNewsletter).await?;
    let row: Row = deed.find(row(id)).await?;
    row.newsletter().may_delete(seen)?;
    deed.exactly_one(sql!("DELETE FROM newsletter WHERE id = $1 AND version = $2 AND sent_at IS NULL", id, seen)).await?;
    deed.commit(Event::NewsletterDeleted { newsletter: id, name: row.subject_en }).await
}

/// What readers would see of it, before it is saved.
///
/// # Errors
/// [`shared::Refusal::Fields`].
pub fn preview(_staff: &Staff, form: &NewsletterForm) -> Result<Preview> {
    let draft = form.parse()?;
    let rendered = |subject, text: String| Rendered { subject, html: markdown::html(&text), text };
    Ok(Preview { en: rendered(draft.subject_en, draft.text_en), nl: rendered(draft.subject_nl, draft.text_nl) })
}

/// Sends it, as it was `seen`, to everybody who has subscribed: once, whoever else tries at the same instant. Answers with how many they are.
///
/// # Errors
/// [`shared::Refusal::NewsletterSent`], [`shared::Refusal::NoSubscribers`], [`shared::Refusal::Changed`] where somebody else was first, or not found.
pub async fn send(desk: &Desk, staff: &Staff, id: NewsletterId, seen: u32) -> Result<u32> {
    let mut deed = Deed::permitted(desk, staff, Permit::RunNewsletter).await?;
    let row: Row = deed.find(row(id)).await?;
    let (found,): (i64,) = deed.find(subscribers()).await?;
    let subscribers = count(found);
    row.newsletter().may_send(seen, subscribers)?;
    let now = deed.now;
    deed.exactly_one(sql!(
        "UPDATE newsletter SET sent_at = $1, subscribers = $2 WHERE id = $3 AND version = $4 AND sent_at IS NULL",
        now,
        subscribers,
        id,
        seen
    ))
    .await?;
    deed.commit(Event::NewsletterSent { newsletter: id, name: row.subject_en, subscribers }).await?;
    Ok(subscribers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Delete `letter_by_newsletter` of migration 0006 to see it fail: every letter is then read, as often as a page follows a mailing.
    #[tokio::test]
    async fn only_a_newsletters_own_letters_are_read() {
        let id = NewsletterId(Uuid::nil());
        for query in [fates_of_listed(), fates_of(id), readers_of(id, 1)] {
            let plan = plan(query).await;
            assert!(plan.contains("COVERING INDEX letter_by_newsletter (newsletter=?)"), "{plan}");
        }
    }
}
