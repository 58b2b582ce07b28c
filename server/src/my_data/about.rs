//! What the keys and codes of the file mean: `docs/my-data.md`, which goes along in every file.

use serde_json::{Map, Value, json};

const PAGE: &str = include_str!("../../../docs/my-data.md");

/// Each key, and below the key that holds them, each code.
pub(super) fn about() -> Value {
    let (mut keys, mut codes) = (Map::new(), Map::new());
    let mut of = None;
    for line in PAGE.lines() {
        if let Some(heading) = line.strip_prefix('#') {
            of = between_ticks(heading).map(|(key, _)| key);
        } else if let Some((word, meaning)) = line.strip_prefix("| ").and_then(between_ticks) {
            let meaning = Value::from(meaning.trim_matches([' ', '|']).replace('`', ""));
            match of {
                None => keys.insert(word.to_owned(), meaning),
                Some(key) => {
                    codes.entry(key).or_insert_with(|| json!({})).as_object_mut().and_then(|of| of.insert(word.to_owned(), meaning))
                }
            };
        }
    }
    json!({ "keys": keys, "codes": codes })
}

/// What stands between the first two, and what follows.
fn between_ticks(text: &str) -> Option<(&str, &str)> {
    text.trim_start_matches(['#', ' ']).strip_prefix('`')?.split_once('`')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{letters::Kind, links::Purpose};
    use shared::event::Event;

    /// A new kind of event, letter or link must be explained there.
    #[test]
    fn every_code_is_explained_and_none_that_there_is_not() {
        let about = about();
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.key()).collect();
        let purposes = Purpose::ALL.map(Purpose::key);
        let expected: [(&str, &[&str]); 8] = [
            ("memberships.role", &["administrator", "user"]),
            ("memberships.state", &["active", "awaiting_approval", "invited"]),
            ("access.way", &["company_wide", "given", "requested"]),
            ("requests.state", &["accepted", "declined", "forwarded", "granted", "lapsed", "open", "withdrawn"]),
            ("links.purpose", &purposes),
            ("mail.kind", &kinds),
            ("mail.state", &["failed", "queued", "sent"]),
            ("history.what", Event::KINDS),
        ];
        let mut keys: Vec<&str> = about["codes"].as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let mut expected_keys = expected.map(|(key, _)| key);
        expected_keys.sort_unstable();
        assert_eq!(keys, expected_keys);
        for (key, codes) in expected {
            let mut explained: Vec<&str> = about["codes"][key].as_object().unwrap().keys().map(String::as_str).collect();
            let mut codes = codes.to_vec();
            explained.sort_unstable();
            codes.sort_unstable();
            assert_eq!(explained, codes, "{key}");
        }
        for meaning in about["keys"].as_object().unwrap().values() {
            assert!(meaning.as_str().unwrap().len() > 8, "{meaning}");
        }
    }
}
