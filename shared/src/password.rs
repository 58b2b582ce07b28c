//! A2: what a password must be. Length, name and address, and repetition are decided here, in the browser and on the server alike;
//! whether it is commonly used or easily guessed only the server can tell.

use crate::{Problem, fields::folded};

pub const SHORTEST: u16 = 12;
pub const LONGEST: u16 = 128;

/// One line of the list of requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// 12 to 128 characters.
    Length,
    /// Without the person's name or address.
    NotPersonal,
    /// Not the same few characters again and again.
    NotRepetitive,
    /// Neither commonly used nor easily guessed: the server decides.
    NotGuessable,
}

impl Requirement {
    pub const ALL: [Self; 4] = [Self::Length, Self::NotPersonal, Self::NotRepetitive, Self::NotGuessable];

    /// Whether the password meets it, or `None` where only the server can tell. `person` holds the name and the address.
    #[must_use]
    pub fn met(self, password: &str, person: &[&str]) -> Option<bool> {
        match self {
            Self::Length => Some(length_problem(password).is_none()),
            Self::NotPersonal => Some(!password.is_empty() && !is_personal(password, person)),
            Self::NotRepetitive => Some(!is_repetitive(password)),
            Self::NotGuessable => None,
        }
    }
}

/// Checks all that can be checked without a list of passwords.
///
/// # Errors
/// The first requirement that the password doesn't meet.
pub fn check(password: &str, person: &[&str]) -> Result<(), Problem> {
    if let Some(problem) = length_problem(password) {
        return Err(problem);
    }
    if is_personal(password, person) {
        return Err(Problem::PersonalPassword);
    }
    if is_repetitive(password) {
        return Err(Problem::RepetitivePassword);
    }
    Ok(())
}

/// A2, where one takes the place of another: the fifth line of that form's list.
///
/// # Errors
/// [`Problem::SamePassword`].
pub fn check_another(password: &str, current: &str) -> Result<(), Problem> {
    if password == current { Err(Problem::SamePassword) } else { Ok(()) }
}

fn length_problem(password: &str) -> Option<Problem> {
    match password.chars().count() {
        0 => Some(Problem::Missing),
        n if n < usize::from(SHORTEST) => Some(Problem::TooShort(SHORTEST)),
        n if n > usize::from(LONGEST) => Some(Problem::TooLong(LONGEST)),
        _ => None,
    }
}

/// Names and addresses are looked for without whatever stands between their letters: `jan.bos` is Jan Bos, too.
fn is_personal(password: &str, person: &[&str]) -> bool {
    let password = without_signs(password);
    person.iter().any(|text| {
        let folded = folded(text);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let whole = words.concat();
        let counts = counts_alone(&whole) || words.len() > 1 && whole.chars().count() > 2;
        counts && password.contains(&whole) || words.iter().any(|word| counts_alone(word) && password.contains(word))
    })
}

fn without_signs(text: &str) -> String {
    folded(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Words of four letters and more: refusing every password with "van" or "jan" in it would help nobody. Where a letter is a syllable or a word,
/// names have two or three.
fn counts_alone(word: &str) -> bool {
    let letters = word.chars().count();
    letters >= 4 || letters >= 2 && word.chars().all(is_more_than_a_sound)
}

/// Chinese, Japanese and Korean.
const fn is_more_than_a_sound(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Fewer than five different characters, or one piece written again and again.
fn is_repetitive(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let mut different = characters.clone();
    different.sort_unstable();
    different.dedup();
    different.len() < 5 || (1..=characters.len() / 2).any(|piece| characters.iter().zip(&characters[piece..]).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CARLA: &[&str] = &["Carla de Bruin", "carla@vandijk.example"];

    #[test]
    fn each_requirement_refuses_and_accepts() {
        assert_eq!(check("Kade-Zeven-Meeuw-42", CARLA), Ok(()));
        assert_eq!(check("", CARLA), Err(Problem::Missing));
        assert_eq!(check("elf tekens!", CARLA), Err(Problem::TooShort(12)));
        assert_eq!(check(&"abcdefg".repeat(19), CARLA), Err(Problem::TooLong(128)));
        assert_eq!(check("ik heet CARLA echt", CARLA), Err(Problem::PersonalPassword));
        assert_eq!(check("bij vandijk werk ik", CARLA), Err(Problem::PersonalPassword));
        assert_eq!(check("carladebruin en zo", CARLA), Err(Problem::PersonalPassword));
        assert_eq!(check("aaaaaaaaaaaa", CARLA), Err(Problem::RepetitivePassword));
        assert_eq!(check("qwertyqwertyqwerty", CARLA), Err(Problem::RepetitivePassword));
        assert_eq!(check("relevante vangst", CARLA), Ok(()), "short words of a name are no hindrance");
    }

    #[test]
    fn a_whole_name_is_found_whatever_its_length_and_whatever_stands_between() {
        let refused = Err(Problem::PersonalPassword);
        for (password, name) in [
            ("jan bos-fiets 7x", "Jan Bos"),
            ("fiets.JAN_BOS.7x", "Jan Bos"),
            ("f j-a-n-b-o-s 7x", "Jan Bos"),
            ("fiets van ben ik", "Van Ben"),
            ("vélo de zoë öz 12", "Zoe Oz"),
            ("o'neil fiets 7x!", "Sinéad O'Neil"),
            ("fiets d'arc 7xy!", "D'Arc"),
            ("mijn 李娜 is het wel", "李娜"),
            ("mijn 李-娜 is het wel", "李 娜"),
            ("mijn 김민준 wachtwoord", "김민준"),
            ("bij v.a.n.d.i.j.k 7", "Carla de Bruin"),
            ("for example seven", "Carla de Bruin"),
        ] {
            assert_eq!(check(password, &[name, "carla@vandijk.example"]), refused, "{name} in {password}");
        }
        for (password, name) in [
            ("de jan van fietsen", "Jan Bos"),
            ("boswandeling 7 jan", "Jan Bos"),
            ("kabel-en-baleinen", "A B"),
            ("vlonder negen dak", "Bo"),
            ("vlonder negen dak", ""),
            ("vlonder-negen-dak", "- -"),
            ("kaart 李 en rivier 9", "李娜"),
        ] {
            assert_eq!(check(password, &[name, "jo@dijk.nl"]), Ok(()), "{name} in {password}");
        }
    }

    #[test]
    fn an_empty_field_shows_no_ticks_but_no_guess_either() {
        let met: Vec<_> = Requirement::ALL.iter().map(|r| r.met("", CARLA)).collect();
        assert_eq!(met, [Some(false), Some(false), Some(false), None]);
    }

    #[test]
    fn another_password_is_another_to_the_letter() {
        assert_eq!(check_another("Kade-Zeven-Meeuw-42", "Kade-Zeven-Meeuw-42"), Err(Problem::SamePassword));
        for other in ["", "kade-Zeven-Meeuw-42", "Kade-Zeven-Meeuw-42 "] {
            assert_eq!(check_another("Kade-Zeven-Meeuw-42", other), Ok(()), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn the_list_and_the_check_agree(password in "\\PC{0,140}") {
            let listed = Requirement::ALL.iter().all(|r| r.met(&password, CARLA) != Some(false));
            prop_assert_eq!(listed, check(&password, CARLA).is_ok());
        }
    }
}
