//! What must hold of names, addresses and passwords whatever somebody types. `BALIE_SOAK=1` tries a million texts for each rule instead of
//! 2,000.

use proptest::{prelude::*, test_runner::Config};
use shared::{
    Problem,
    fields::{Country, EmailAddress, PersonName, PhoneNumber, folded},
    password::{self, Requirement},
    refusal::Problems,
    users::{Details, UserForm},
};

fn cases() -> Config {
    Config::with_cases(if std::env::var("BALIE_SOAK").is_ok_and(|soak| soak == "1") { 1_000_000 } else { 2_000 })
}

/// Anything at all, and what looks nearly right: a text of pieces that matter to an address, a name or a header.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9]{1,8}",
        "\\PC{1,4}",
        Just("@".to_owned()),
        Just(".".to_owned()),
        Just(" ".to_owned()),
        Just("-".to_owned()),
        Just("vandijk.example".to_owned()),
        Just("@vandijk.example".to_owned()),
        Just(",".to_owned()),
        Just("\"".to_owned()),
        Just("=?utf-8?q?".to_owned()),
        Just("\r\nBcc: ".to_owned()),
        Just("\0".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{2028}".to_owned()),
        Just("\u{200e}".to_owned()),
        Just("\u{3164}".to_owned()),
        Just("İ".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("xn--".to_owned()),
    ];
    prop_oneof![any::<String>(), proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())]
}

/// A word of a name, in letters that somebody may write with or without a mark, in capitals or not.
fn word() -> impl Strategy<Value = String> {
    "[abcdefgilmnorstuzàéïöüçñşłžÀÉÏÖÜÇŁŽ]{4,12}"
}

/// Line breaks, other control characters, what turns the direction of text around, and what nobody sees.
fn shows_something_else(c: char) -> bool {
    c.is_control()
        || ('\u{2028}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
        || ['\u{61c}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{2060}', '\u{feff}'].contains(&c)
}

/// What a name needs one of: a letter or a digit, and none of the Korean ones that are empty.
fn is_seen(c: char) -> bool {
    c.is_alphanumeric() && !['\u{115f}', '\u{1160}', '\u{3164}', '\u{ffa0}'].contains(&c)
}

/// Every letter there is: folded once and for all, whether it was typed large or small.
#[test]
fn folding_a_letter_twice_is_folding_it_once() {
    for c in char::MIN..=char::MAX {
        let once = folded(&c.to_string());
        assert_eq!(folded(&once), once, "{c:?}");
        // At the end of a word, where a Greek letter has another small form.
        let word = format!("a{c}");
        assert_eq!(folded(&word.to_lowercase()), folded(&word), "{c:?}");
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_address_is_one_mailbox_in_one_writing(text in text()) {
        if let Ok(address) = EmailAddress::parse(&text) {
            let stored = address.as_str();
            prop_assert_eq!(EmailAddress::parse(stored), Ok(address.clone()), "parsed again it is the same");
            prop_assert_eq!(EmailAddress::parse(&stored.to_ascii_uppercase()), Ok(address.clone()), "in capitals too");
            prop_assert_eq!(stored.to_lowercase(), stored);
            prop_assert!(stored.is_ascii() && stored.len() <= 254);
            prop_assert!(!stored.contains(|c: char| shows_something_else(c) || c.is_whitespace() || "\"(),:;<>[]\\".contains(c)), "{}", stored);
            prop_assert_eq!(stored.matches('@').count(), 1);
            prop_assert_eq!(format!("{}@{}", address.local_part(), address.domain()), stored);
        }
    }

    /// S2's test compares domains: nothing may stand in one that another program would read as the end of it.
    #[test]
    fn the_domain_is_all_that_stands_behind_the_only_at(text in text()) {
        if let Ok(address) = EmailAddress::parse(&text) {
            let domain = address.domain();
            prop_assert!(domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.'), "{}", domain);
            prop_assert!(domain.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c)), "{}", domain);
            let written = text.trim_matches(' ').rsplit('@').next().unwrap_or_default();
            prop_assert_eq!(idna::domain_to_ascii_strict(written).ok(), Some(domain.to_owned()));
        }
    }

    /// Whatever is typed before or behind it, somebody of another domain is never taken for a colleague.
    #[test]
    fn only_the_companys_own_domain_is_taken(text in text(), domain in "[a-z]{1,8}\\.(example|nl|org)") {
        let form = UserForm { role: "user".into(), username: text, name: "Carla".into(), country: "NL".into(), ..UserForm::default() };
        if let Ok(user) = form.parse(std::slice::from_ref(&domain)) {
            prop_assert_eq!(user.username.domain(), domain);
        }
    }

    #[test]
    fn an_ordinary_address_is_taken(local in "[a-z0-9]{1,20}([.+_-][a-z0-9]{1,10}){0,2}", domain in "[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,5})?\\.[a-z]{2,10}") {
        let text = format!(" {local}@{domain} ");
        prop_assert_eq!(EmailAddress::parse(&text).map(|address| address.as_str().to_owned()), Ok(format!("{local}@{domain}")));
    }

    #[test]
    fn a_name_is_one_line_without_edges(text in text()) {
        match PersonName::parse(&text) {
            Ok(name) => {
                let stored = name.as_str();
                prop_assert_eq!(PersonName::parse(stored), Ok(name.clone()), "parsed again it is the same");
                prop_assert!(!stored.chars().any(shows_something_else), "{:?}", stored);
                prop_assert_eq!(stored.trim(), stored);
                prop_assert!(!stored.contains("  ") && (1..=100).contains(&stored.chars().count()));
            }
            Err(Problem::Missing) => prop_assert!(!text.chars().any(is_seen), "{:?}", text),
            Err(Problem::ControlCharacters) => prop_assert!(text.chars().any(shows_something_else)),
            Err(Problem::TooLong(100)) => prop_assert!(text.chars().count() > 100),
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn a_telephone_number_is_digits_and_their_signs(text in prop_oneof![text(), "[0-9 +()./-]{0,25}"]) {
        if let Ok(Some(number)) = PhoneNumber::parse_optional(&text) {
            let stored = number.as_str().to_owned();
            prop_assert_eq!(PhoneNumber::parse_optional(&stored), Ok(Some(number)), "parsed again it is the same");
            prop_assert!(stored.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c)));
            prop_assert!((6..=15).contains(&stored.chars().filter(char::is_ascii_digit).count()));
        }
    }

    #[test]
    fn details_are_what_was_stored_of_them(name in text(), phone in "[0-9 +]{0,20}", country in "NL|BE|XX|nl|") {
        let mut problems = Problems::default();
        if let Some(details) = Details::parse(&name, &phone, &country, &mut problems) {
            let phone = details.phone.as_ref().map(|phone| phone.as_str().to_owned());
            prop_assert!(details.are(details.name.as_str(), phone.as_deref(), details.country_code()));
            prop_assert!(!details.are("", phone.as_deref(), details.country_code()));
            prop_assert_eq!(details.country_code().map(Country::parse), details.country.map(Ok));
        }
    }

    /// The stored key and what is searched are folded by the same function, so folding twice must change nothing.
    #[test]
    fn folding_twice_is_folding_once(text in prop_oneof![text(), word()]) {
        let once = folded(&text);
        prop_assert_eq!(folded(&once), once.clone());
        prop_assert_eq!(folded(&text.to_lowercase()), once, "capitals make no difference");
    }

    /// Whoever is found by a part of their name is found by it in capitals, too.
    #[test]
    fn a_part_of_a_name_is_found_in_it(words in proptest::collection::vec(word(), 1..4), which in any::<prop::sample::Index>()) {
        let part = which.get(&words);
        let name = folded(&words.join(" "));
        prop_assert!(name.contains(&folded(part)) && name.contains(&folded(&part.to_uppercase())));
    }

    /// A2 holds for everything that can be typed, and the list that is shown while typing agrees with the check.
    #[test]
    fn a_password_is_checked_whatever_it_is(password in prop_oneof![text(), "\\PC{10,135}", any::<String>()], name in text(), address in text()) {
        let person = [name.as_str(), address.as_str()];
        let checked = password::check(&password, &person);
        let listed = Requirement::ALL.iter().all(|requirement| requirement.met(&password, &person) != Some(false));
        prop_assert_eq!(listed, checked.is_ok());
        let length = password.chars().count();
        prop_assert!(checked.is_err() || (12..=128).contains(&length));
        prop_assert_eq!(checked, password::check(&password, &person));
    }

    /// A2: the name in a password is found in capitals, without its marks, and wherever it stands.
    #[test]
    fn the_persons_name_is_found_however_it_is_written(first in word(), last in word(), before in "[0-9]{0,12}", after in "[0-9!-]{12,20}", way in 0..3) {
        let written = match way {
            0 => last.to_uppercase(),
            1 => folded(&last),
            _ => last.clone(),
        };
        let password = format!("{before}{written}{after}");
        let name = format!("{first} de {last}");
        prop_assert_eq!(Requirement::NotPersonal.met(&password, &[&name, ""]), Some(false), "{} in {}", name, password);
        let address = format!("{}@vandijk.example", folded(&last));
        prop_assert_eq!(Requirement::NotPersonal.met(&password, &["", &address]), Some(false), "{} in {}", address, password);
    }

    /// A2: also where none of its words would be looked for alone, and whatever stands between them.
    #[test]
    fn a_whole_name_of_short_words_is_found(
        words in proptest::collection::vec("[a-zé]{2,3}", 2..4),
        between in "[ ._'-]{0,3}",
        before in "[0-9]{0,6}",
        after in "[0-9!-]{12,20}",
        capitals in any::<bool>(),
    ) {
        let name = words.join(" ");
        let written = words.join(&between);
        let written = if capitals { written.to_uppercase() } else { written };
        let password = format!("{before}{written}{after}");
        prop_assert_eq!(Requirement::NotPersonal.met(&password, &[&name, ""]), Some(false), "{} in {}", name, password);
    }

    /// A2 refuses one piece again and again, and no ordinary phrase for it.
    #[test]
    fn a_piece_again_and_again_is_refused(piece in "\\PC{1,20}", times in 2..10_usize) {
        let password = piece.repeat(times);
        if (12..=128).contains(&password.chars().count()) {
            prop_assert_eq!(password::check(&password, &[]), Err(Problem::RepetitivePassword));
        }
    }
}
