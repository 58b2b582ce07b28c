//! What is typed into the search of a list of people or companies: each of its words must occur, wherever and in whatever order it was typed.

use crate::db::Value;
use shared::fields::folded;

/// Each word is a condition in the statement.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 100;

/// The words that count.
pub(crate) fn words(typed: &str) -> impl Iterator<Item = &str> {
    typed.split_whitespace().take(MOST_WORDS)
}

/// For LIKE, one for each word. Without words everything is found.
pub(crate) fn patterns(typed: &str) -> Vec<String> {
    words(typed).map(like_pattern).collect()
}

/// Whether the key has all words. Their patterns become the statement's next values.
pub(crate) fn has_all(key: &str, patterns: &[String], values: &mut Vec<Value>) -> String {
    let has = |pattern: &String| {
        values.push(pattern.as_str().into());
        format!("{key} LIKE ${} ESCAPE '!'", values.len())
    };
    all(patterns.iter().map(has))
}

/// All of these conditions; where there are none, everything fits.
pub(crate) fn all(conditions: impl Iterator<Item = String>) -> String {
    let conditions: Vec<String> = conditions.collect();
    if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") }
}

/// What is searched is folded as the stored key is; `%`, `_` and the escape sign stand for themselves.
pub(crate) fn like_pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in folded(word).chars().take(LONGEST_WORD) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_a_condition_of_its_own() {
        let mut values = vec![Value::from(1_i64)];
        assert_eq!(has_all("k", &patterns("  Vries\t100%_! "), &mut values), "k LIKE $2 ESCAPE '!' AND k LIKE $3 ESCAPE '!'");
        assert_eq!(patterns("  Vries\t100%_! "), ["%vries%", "%100!%!_!!%"]);
        assert_eq!(values.len(), 3);
        assert_eq!((has_all("k", &patterns(" \n"), &mut values).as_str(), values.len()), ("TRUE", 3));
    }

    #[test]
    fn nobody_asks_for_thousands_of_words() {
        assert_eq!(patterns(&"a ".repeat(10_000)).len(), MOST_WORDS);
        assert_eq!(patterns(&"x".repeat(10_000))[0].len(), LONGEST_WORD + 2);
    }
}
