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

fn length_problem(password: &str) -> Option<Problem> {
    match password.chars().count() {
        0 => Some(Problem::Missing),
        n if n < usize::from(SHORTEST) => Some(Problem::TooShort(SHORTEST)),
        n if n > usize::from(LONGEST) => Some(Problem::TooLong(LONGEST)),
        _ => None,
    }
}

/// Words of four letters and more count: refusing every password with "van" or "jan" in it would help nobody.
fn is_personal(password: &str, person: &[&str]) -> bool {
    let password = folded(password);
    person.iter().any(|text| {
        let text = folded(text);
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4 && *word != "example");
        let whole = text.split_whitespace().collect::<String>();
        words.chain([whole.as_str()]).any(|word| word.chars().count() >= 4 && password.contains(word))
    })
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
    fn an_empty_field_shows_no_ticks_but_no_guess_either() {
        let met: Vec<_> = Requirement::ALL.iter().map(|r| r.met("", CARLA)).collect();
        assert_eq!(met, [Some(false), Some(false), Some(false), None]);
    }

    proptest! {
        #[test]
        fn the_list_and_the_check_agree(password in "\\PC{0,140}") {
            let listed = Requirement::ALL.iter().all(|r| r.met(&password, CARLA) != Some(false));
            prop_assert_eq!(listed, check(&password, CARLA).is_ok());
        }
    }
}
