//! The search through 100,000 documents while somebody types. It is the one statement that is written for each database.
//!
//! Both are asked for the same: words as [`shared::documents::words`] makes them, of which each typed one begins a stored one. So neither may cut
//! or fold words its own way: SQLite's FTS5 cuts by `ascii`, which keeps together all that isn't a sign of ASCII, and what is stored has but
//! blanks between its words; PostgreSQL indexes the words as they are, without a configuration for any language.

use super::{ListedRow, reader};
use crate::{
    Desk,
    callers::Member,
    db::{Db, Query},
    error::Result,
    sql,
};
use shared::documents::{DocumentsPage, MOST_WORDS, PAGE_SIZE, words};
use std::collections::HashSet;

/// Characters of a search that count: no index takes words of any length.
const LONGEST_SEARCH: usize = 200;

/// What was typed: documents whose number begins with it, in order, and after them those that have a word beginning with each of its words.
/// Without words, the first of all.
///
/// # Errors
/// When the database can't be reached.
pub async fn search(desk: &Desk, member: &Member, typed: &str) -> Result<DocumentsPage> {
    let typed = typed_words(typed);
    let most = PAGE_SIZE as usize;
    let mut rows: Vec<ListedRow> = desk.db.all(numbered(&typed)).await?;
    if rows.len() <= most && !typed.is_empty() {
        let ids: HashSet<i64> = rows.iter().map(|row| row.id).collect();
        let others: Vec<ListedRow> = desk.db.all(worded(&desk.db, &typed)).await?;
        rows.extend(others.into_iter().filter(|row| !ids.contains(&row.id)));
    }
    let more = rows.len() > most;
    rows.truncate(most);
    let reader = reader(desk, member).await?;
    Ok(DocumentsPage {
        company: member.company,
        rows: rows.into_iter().map(ListedRow::shown).collect::<Result<_>>()?,
        more,
        request_text: reader.administers().then_some(reader.request_text),
    })
}

/// The words that count, with one blank between them.
fn typed_words(typed: &str) -> String {
    let start: String = typed.chars().take(LONGEST_SEARCH).collect();
    words(&start).split_whitespace().take(MOST_WORDS).collect::<Vec<_>>().join(" ")
}

/// By the beginning of the number; nothing begins every number. No key has a sign as high as the last one.
fn numbered(typed: &str) -> Query {
    sql!(
        "SELECT id, number, title, language, status FROM document WHERE number_key >= $1 AND number_key < $2 ORDER BY number_key LIMIT $3",
        typed,
        format!("{typed}\u{10FFFF}"),
        PAGE_SIZE + 1
    )
}

/// By the beginnings of words, in the order in which documents came: that is the order of both indexes, and what is common needs not be
/// sorted. The first may all be among those found by number already, hence twice as many.
fn worded(db: &Db, typed: &str) -> Query {
    if db.is_postgres() { worded_on_postgres(typed) } else { worded_on_sqlite(typed) }
}

fn worded_on_sqlite(typed: &str) -> Query {
    sql!(
        "SELECT id, number, title, language, status FROM document
         WHERE id IN (SELECT rowid FROM document_search WHERE document_search MATCH $1 ORDER BY rowid LIMIT $2) ORDER BY id",
        each(typed, |word| format!("\"{word}\"*"), " AND "),
        2 * PAGE_SIZE + 1
    )
}

fn worded_on_postgres(typed: &str) -> Query {
    sql!(
        "SELECT id, number, title, language, status FROM document
         WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($1 AS tsquery) ORDER BY id LIMIT $2",
        each(typed, |word| format!("'{word}':*"), " & "),
        2 * PAGE_SIZE + 1
    )
}

/// Words are letters and digits, and quoted all the same, so that none is an operator.
fn each(typed: &str, quoted: impl Fn(&str) -> String, between: &str) -> String {
    typed.split(' ').map(quoted).collect::<Vec<_>>().join(between)
}

/// Makes what the search needs, where it is not there yet. Not a migration: those are one text for both databases.
///
/// # Errors
/// Whatever the database says.
pub(crate) async fn prepare(db: &Db) -> Result<()> {
    if db.is_postgres() { prepare_postgres(db).await } else { prepare_sqlite(db).await }
}

/// Under a lock: two instances that start at once would both find it missing. Without a list of what is still to be put into the index, which every
/// search would have to go through.
async fn prepare_postgres(db: &Db) -> Result<()> {
    db.tick(sql!(
        "DO $do$ BEGIN
           PERFORM pg_advisory_xact_lock(10003);
           CREATE INDEX IF NOT EXISTS document_search ON document USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off);
         END $do$"
    ))
    .await?;
    Ok(())
}

/// The last of them says that all of it was done, the documents of before included.
const LAST_TRIGGER: &str = "document_search_deleted";

/// With prefixes of up to six characters in the index: for shorter ones FTS5 merges the documents of every word that begins so before it finds
/// the first, which for a common beginning like `norm20` takes a tenth of a second.
async fn prepare_sqlite(db: &Db) -> Result<()> {
    let (done,): (i64,) = db.one(sql!("SELECT COUNT(*) FROM sqlite_master WHERE name = $1", LAST_TRIGGER)).await?;
    if done > 0 {
        return Ok(());
    }
    for statement in [
        "CREATE VIRTUAL TABLE IF NOT EXISTS document_search
         USING fts5(words, content='document', content_rowid='id', tokenize='ascii', prefix='1 2 3 4 5 6', detail='none', columnsize=0)",
        "CREATE TRIGGER IF NOT EXISTS document_search_inserted AFTER INSERT ON document BEGIN
           INSERT INTO document_search (rowid, words) VALUES (new.id, new.words);
         END",
        "CREATE TRIGGER IF NOT EXISTS document_search_updated AFTER UPDATE OF words ON document WHEN old.words <> new.words BEGIN
           INSERT INTO document_search (document_search, rowid, words) VALUES ('delete', old.id, old.words);
           INSERT INTO document_search (rowid, words) VALUES (new.id, new.words);
         END",
        "INSERT INTO document_search (document_search) VALUES ('rebuild')",
        "CREATE TRIGGER IF NOT EXISTS document_search_deleted AFTER DELETE ON document BEGIN
           INSERT INTO document_search (document_search, rowid, words) VALUES ('delete', old.id, old.words);
         END",
    ] {
        db.tick(sql!(statement)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{plan, plan_on_postgres};

    #[test]
    fn so_many_words_count() {
        assert_eq!(typed_words("  NEN-EN 1990:2021 "), "nen en 1990 2021");
        assert_eq!(typed_words("1 2 3 4 5 6 7 8 9 10"), "1 2 3 4 5 6 7 8");
        assert_eq!(typed_words("\" * OR ' -- %"), "or");
        assert_eq!(typed_words(&"é".repeat(1000)), "e".repeat(LONGEST_SEARCH));
    }

    /// Take the index or the table away to see it fail.
    #[tokio::test]
    async fn both_ways_are_served_by_an_index() {
        for typed in ["", "nen 1010"] {
            let by_number = plan(numbered(typed)).await;
            assert!(by_number.contains("USING INDEX sqlite_autoindex_document_2 (number_key>? AND number_key<?)"), "{by_number}");
            assert!(!by_number.contains("TEMP B-TREE"), "{by_number}");
        }
        let by_word = plan(worded_on_sqlite("nen 1010")).await;
        assert!(by_word.contains("SEARCH document USING INDEX sqlite_autoindex_document_1 (id=?)"), "{by_word}");
        assert!(by_word.contains("SCAN document_search VIRTUAL TABLE INDEX") && !by_word.contains("TEMP B-TREE"), "{by_word}");
    }

    /// With so many documents that PostgreSQL would rather not look at each. Take the index away to see it fail.
    #[tokio::test]
    async fn postgres_has_an_index_too() {
        let fill = "INSERT INTO document (id, number, number_key, title, words, language, status, created_at)
                    SELECT n, 'NEN ' || n, 'nen ' || n, 'Norm', 'nen ' || n || ' norm', 'nl', 'current', 0 FROM generate_series(1, 20000) n";
        let by_word = plan_on_postgres(fill, worded_on_postgres("norm 12345")).await;
        assert!(by_word.contains("Bitmap Index Scan on document_search"), "{by_word}");
    }
}
