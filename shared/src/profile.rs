//! My profile (P2, A7).

use crate::{
    FieldName, LocalTime, Problem, Refusal,
    fields::{Country, Language},
    refusal::Problems,
    users::Details,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// *My details* as it was filled in (P2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub name: String,
    pub phone: String,
    pub country: String,
    pub language: String,
}

/// P2, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChange {
    pub details: Details,
    pub language: Language,
}

impl ProfileForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<ProfileChange, Refusal> {
        let mut problems = Problems::default();
        let details = Details::parse(&self.name, &self.phone, &self.country, &mut problems);
        let language = problems.of(FieldName::Language, Language::from_code(&self.language).ok_or(Problem::NotAChoice));
        match (details, language) {
            (Some(details), Some(language)) => Ok(ProfileChange { details, language }),
            _ => Err(problems.refusal()),
        }
    }
}

/// What *My details* shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub username: String,
    pub name: String,
    pub phone: Option<String>,
    pub country: Option<Country>,
    pub language: Language,
}

/// One of a person's sessions (A7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionShown {
    pub id: Uuid,
    /// As far as the browser tells: `Firefox`.
    pub browser: Option<String>,
    /// `Windows`, `Android`.
    pub system: Option<String>,
    pub address: String,
    pub began: LocalTime,
    /// To the minute.
    pub seen: LocalTime,
    /// The one that asks.
    pub is_this: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_in_the_order_of_the_form() {
        let form = ProfileForm { name: "\u{7}".into(), language: "de".into(), ..ProfileForm::default() };
        assert_eq!(
            form.parse(),
            Err(Refusal::Fields(vec![
                (FieldName::Name, Problem::ControlCharacters),
                (FieldName::Country, Problem::Missing),
                (FieldName::Language, Problem::NotAChoice)
            ]))
        );
    }
}
