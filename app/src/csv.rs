//! CSV files as RFC 4180 has them, for people who open them in a spreadsheet.

use axum::response::{IntoResponse, Response};
use http::header;
use shared::LocalTime;

/// Spreadsheets take a file for UTF-8 only with a byte order mark.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(crate) struct File {
    /// Without `.csv`. ASCII.
    name: String,
    text: String,
}

impl File {
    /// `{what}-{the day}.csv`, with its header line.
    pub(crate) fn new<const N: usize>(what: &str, now: LocalTime, header: [&str; N]) -> Self {
        let day = &now.machine()[..10];
        let mut file = Self { name: format!("{what}-{day}"), text: BYTE_ORDER_MARK.to_owned() };
        file.line(header.map(str::to_owned));
        file
    }

    pub(crate) fn line<const N: usize>(&mut self, cells: [String; N]) {
        self.text.push_str(&cells.map(|text| cell(&text)).join(","));
        self.text.push_str("\r\n");
    }
}

/// Names are anybody's text, and a spreadsheet runs what begins like a formula; with an apostrophe before it, it stays text.
fn cell(text: &str) -> String {
    const SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
    let apostrophe = if text.starts_with(SIGNS) { "'" } else { "" };
    // Where a semicolon ends a cell, as in Dutch spreadsheets, what follows one begins another.
    let text = &text.split_inclusive(';').fold(String::new(), |before, part| {
        let sign = if before.ends_with(';') && part.starts_with(SIGNS) { "'" } else { "" };
        before + sign + part
    });
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{apostrophe}{text}")
    }
}

/// As spreadsheets read it: `2026-03-07 14:05`.
pub(crate) fn moment(moment: LocalTime) -> String {
    moment.machine().replace('T', " ")
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        let disposition = format!("attachment; filename=\"{}.csv\"", self.name);
        let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
        (headers, self.text).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: LocalTime = LocalTime { year: 2026, month: 3, day: 7, hour: 9, minute: 5 };

    #[test]
    fn a_file_has_a_mark_a_header_and_lines() {
        let mut file = File::new("users-10001", NOW, ["Name", "Since"]);
        file.line(["Anna de Vries".into(), moment(NOW)]);
        assert_eq!(file.name, "users-10001-2026-03-07");
        assert_eq!(file.text, "\u{feff}Name,Since\r\nAnna de Vries,2026-03-07 09:05\r\n");
    }

    #[test]
    fn cells_with_signs_are_quoted() {
        for (text, written) in [
            ("plain", "plain"),
            ("", ""),
            ("Vries, Anna de", "\"Vries, Anna de\""),
            ("the \"best\"", "\"the \"\"best\"\"\""),
            ("two\nlines", "\"two\nlines\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }

    #[test]
    fn nothing_is_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+31 10 555 01 00", "'+31 10 555 01 00"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("1=1", "1=1"),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
