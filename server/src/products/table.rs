//! A file of documents, line by line (O2).

use csv::{ReaderBuilder, StringRecord};
use shared::{
    Refusal,
    documents::{Document, LineProblem, words},
    products::BadLine,
};
use std::collections::{HashMap, hash_map::Entry};

/// 12 MB: 100,000 documents with long titles.
pub const LONGEST_FILE: usize = 12 * 1024 * 1024;

/// Characters of a bad line that are shown.
const SHOWN: usize = 120;

const COLUMNS: [&str; 4] = ["number", "title", "language", "status"];

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Each number once.
    pub good: Vec<Line>,
    /// By line of the file.
    pub bad: Vec<BadLine>,
}

#[derive(Debug)]
pub(super) struct Line {
    /// By which documents are the same.
    pub key: String,
    pub document: Document,
}

/// # Errors
/// [`Refusal::NotATable`], where the first line is not the heading, or the file is too long.
pub(super) fn parse(content: &str) -> Result<Table, Refusal> {
    if content.len() > LONGEST_FILE {
        return Err(Refusal::NotATable);
    }
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let heading = content.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    let delimiter = if heading.contains(';') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(content.as_bytes());
    let mut record = StringRecord::new();
    let mut read = |record: &mut StringRecord| reader.read_record(record).map_err(|_| Refusal::NotATable);
    read(&mut record)?;
    let places = places(&record).ok_or(Refusal::NotATable)?;
    let (mut table, mut seen, mut count) = (Table::default(), HashMap::new(), Lines { content, at: 0, line: 1 });
    while read(&mut record)? {
        // Spreadsheets write rows of nothing at the end.
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let (line, text) = count.line_of(&record);
        match document(&record, places) {
            Ok(document) => match seen.entry(words(&document.number)) {
                Entry::Vacant(unseen) => {
                    table.good.push(Line { key: unseen.key().clone(), document });
                    unseen.insert(line);
                }
                Entry::Occupied(first) => table.is_bad(line, text, LineProblem::Again(*first.get())),
            },
            Err(problem) => table.is_bad(line, text, problem),
        }
    }
    Ok(table)
}

impl Table {
    fn is_bad(&mut self, line: u32, text: &str, problem: LineProblem) {
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN + 1).collect();
        let shortened = match plain.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &plain[..end]),
            None => plain,
        };
        self.bad.push(BadLine { line, text: shortened, problem });
    }
}

/// Where each of [`COLUMNS`] stands: exactly these, in any order.
fn places(heading: &StringRecord) -> Option<[usize; 4]> {
    let names: Vec<String> = heading.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    let place = |column: &str| names.iter().position(|name| name == column);
    let places = [place(COLUMNS[0])?, place(COLUMNS[1])?, place(COLUMNS[2])?, place(COLUMNS[3])?];
    (names.len() == COLUMNS.len()).then_some(places)
}

fn document(record: &StringRecord, places: [usize; 4]) -> Result<Document, LineProblem> {
    if record.len() != COLUMNS.len() {
        return Err(LineProblem::Columns);
    }
    let [number, title, language, status] = places.map(|place| record.get(place).unwrap_or_default());
    Document::parse(number, title, language, status)
}

/// Counts the lines of the file, from 1: the reader's own count lags behind where lines end in two characters or are empty.
struct Lines<'a> {
    content: &'a str,
    /// So far it is counted.
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    /// The line in which a record begins, and what stands there. Records come in the order of the file.
    fn line_of(&mut self, record: &StringRecord) -> (u32, &'a str) {
        let begin = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        let rest = self.content.get(begin..).unwrap_or_default();
        let text = rest.trim_start_matches(['\r', '\n']);
        let begin = self.content.len() - text.len();
        let passed = self.content.as_bytes().get(self.at..begin).unwrap_or_default();
        self.line += u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or_default();
        self.at = begin;
        (self.line, text.lines().next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{Problem, documents::DocumentStatus};

    fn bad(table: &Table) -> Vec<(u32, &str, LineProblem)> {
        table.bad.iter().map(|bad| (bad.line, bad.text.as_str(), bad.problem.clone())).collect()
    }

    #[test]
    fn columns_in_any_order_and_either_sign_between() {
        for content in [
            "number,title,language,status\nNEN 1010:2020,\"Installaties, elektrische\",nl,current\n",
            "\u{feff}Status;TITLE; number ;language\r\ncurrent;Installaties, elektrische;NEN 1010:2020;NL\r\n;;;\r\n",
            "\nlanguage,status,number,title\nnl,Current,NEN 1010:2020,\"Installaties, elektrische\"",
        ] {
            let table = parse(content).unwrap();
            assert_eq!((table.good.len(), table.bad.len()), (1, 0), "{content}");
            let Line { key, document } = &table.good[0];
            assert_eq!((key.as_str(), document.title.as_str()), ("nen 1010 2020", "Installaties, elektrische"));
            assert_eq!((document.language.as_str(), document.status), ("nl", DocumentStatus::Current));
        }
    }

    #[test]
    fn what_is_no_table() {
        for content in
            ["", "number,title,language", "number,title,language,status,more\n", "number|title|language|status", "<html>", "a,b,c,d"]
        {
            assert_eq!(parse(content).unwrap_err(), Refusal::NotATable, "{content}");
        }
        assert_eq!(parse(&format!("number,title,language,status\n{}", "x".repeat(LONGEST_FILE))).unwrap_err(), Refusal::NotATable);
    }

    #[test]
    fn bad_lines_are_named_by_where_they_stand() {
        for end in ["\n", "\r\n"] {
            let lines = [
                "number,title,language,status",
                "N 1,\"two",
                "lines\",nl,current",
                "",
                "N 2,Two,nl,current",
                "n-2,Again,nl,current",
                "N 3,Three,nl",
                "N 4,Four,dutch,current",
                ",Five,nl,current",
                "N 6,Six,nl,withdrawn",
            ];
            let table = parse(&lines.join(end)).unwrap();
            assert_eq!(table.good.iter().map(|line| line.key.as_str()).collect::<Vec<_>>(), ["n 2", "n 6"]);
            assert_eq!(
                bad(&table),
                [
                    (2, "N 1,\"two", LineProblem::Title(Problem::ControlCharacters)),
                    (6, "n-2,Again,nl,current", LineProblem::Again(5)),
                    (7, "N 3,Three,nl", LineProblem::Columns),
                    (8, "N 4,Four,dutch,current", LineProblem::Language),
                    (9, ",Five,nl,current", LineProblem::Number(Problem::Missing)),
                ]
            );
        }
    }

    #[test]
    fn very_many_bad_lines_are_all_named() {
        let long = format!("N,{}é\n", "x".repeat(500));
        let table = parse(&format!("number,title,language,status\n{}", long.repeat(1000))).unwrap();
        assert_eq!(table.bad.len(), 1000);
        assert_eq!(table.bad[0].text.chars().count(), SHOWN + 1);
        assert_eq!(table.bad[999].line, 1001);
    }
}
