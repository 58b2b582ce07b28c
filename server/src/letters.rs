//! Letters: their kinds, and how they read. Bodies are askama templates in `server/letters`, in each language as subject, plain text and
//! HTML; askama escapes what stands in the HTML.

use crate::{
    error::{Error, Result},
    links::Purpose,
};
use askama::Template;
use shared::{LocalTime, fields::Language};
use sqlx::FromRow;

/// The kinds of letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// U2.
    CompleteRegistration,
    /// A4.
    ResetPassword,
}

impl Kind {
    const ALL: [Self; 2] = [Self::CompleteRegistration, Self::ResetPassword];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::CompleteRegistration => "complete_registration",
            Self::ResetPassword => "reset_password",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Somebody sits and waits for it: it goes before what can wait.
    pub(crate) const fn is_urgent(self) -> bool {
        match self {
            Self::CompleteRegistration => false,
            Self::ResetPassword => true,
        }
    }

    /// The link in it.
    pub(crate) const fn purpose(self) -> Purpose {
        match self {
            Self::CompleteRegistration => Purpose::CompleteRegistration,
            Self::ResetPassword => Purpose::SetPassword,
        }
    }
}

/// What a letter is made of, read as it is sent.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Facts {
    /// Whom it is about.
    pub name: String,
    pub username: String,
    pub company_name: Option<String>,
    /// Who gets it.
    pub recipient_name: String,
    pub recipient_address: String,
    pub language: String,
    pub expires_at: i64,
}

/// A letter, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What the templates may use.
struct Words<'a> {
    name: &'a str,
    username: &'a str,
    company: &'a str,
    recipient: &'a str,
    /// U3: it goes to an administrator, about somebody else.
    redirected: bool,
    url: &'a str,
    until: String,
}

/// One letter: its parts, and the paths of their templates.
macro_rules! letter {
    ($module:ident { $($part:ident: $path:literal),* $(,)? }) => {
        mod $module {
            use super::{Error, Language, Result, Template, Words, Written};

            $(
                #[derive(Template)]
                #[template(path = $path)]
                struct $part<'a> {
                    w: &'a Words<'a>,
                }
            )*

            pub(super) fn write(language: Language, w: &Words<'_>) -> Result<Written> {
                let (subject, text, html) = match language {
                    Language::English => (EnSubject { w }.render(), EnText { w }.render(), EnHtml { w }.render()),
                    Language::Dutch => (NlSubject { w }.render(), NlText { w }.render(), NlHtml { w }.render()),
                };
                Ok(Written {
                    subject: subject.map_err(Error::internal)?.trim().to_owned(),
                    text: text.map_err(Error::internal)?,
                    html: html.map_err(Error::internal)?,
                })
            }
        }
    };
}
letter!(complete_registration {
    EnSubject: "complete_registration/en.subject.txt",
    EnText: "complete_registration/en.txt",
    EnHtml: "complete_registration/en.html",
    NlSubject: "complete_registration/nl.subject.txt",
    NlText: "complete_registration/nl.txt",
    NlHtml: "complete_registration/nl.html",
});
letter!(reset_password {
    EnSubject: "reset_password/en.subject.txt",
    EnText: "reset_password/en.txt",
    EnHtml: "reset_password/en.html",
    NlSubject: "reset_password/nl.subject.txt",
    NlText: "reset_password/nl.txt",
    NlHtml: "reset_password/nl.html",
});

/// Writes a letter in its reader's language.
pub(crate) fn write(kind: Kind, facts: &Facts, url: &str, until: LocalTime) -> Result<Written> {
    let language = Language::from_code(&facts.language).unwrap_or_default();
    let words = Words {
        name: &facts.name,
        username: &facts.username,
        company: facts.company_name.as_deref().unwrap_or_default(),
        recipient: &facts.recipient_name,
        redirected: facts.username != facts.recipient_address,
        url,
        until: match kind {
            Kind::CompleteRegistration => until.date(language),
            Kind::ResetPassword => until.date_and_time(language),
        },
    };
    match kind {
        Kind::CompleteRegistration => complete_registration::write(language, &words),
        Kind::ResetPassword => reset_password::write(language, &words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(language: &str) -> Facts {
        Facts {
            name: "Carla <script>alert(1)</script>".into(),
            username: "carla@vandijk.example".into(),
            company_name: Some("Van Dijk & Zonen".into()),
            recipient_name: "Carla".into(),
            recipient_address: "carla@vandijk.example".into(),
            language: language.into(),
            expires_at: 0,
        }
    }

    const UNTIL: LocalTime = LocalTime { year: 2026, month: 12, day: 21, hour: 14, minute: 5 };

    #[test]
    fn every_letter_in_both_languages() {
        for kind in Kind::ALL {
            for language in ["en", "nl"] {
                let letter = write(kind, &facts(language), "https://balie.example/x/TOKEN", UNTIL).unwrap();
                assert!(!letter.html.contains("<script>"), "hostile text is escaped in HTML");
                assert!(!letter.subject.contains('\n'));
                insta::assert_snapshot!(
                    format!("{}_{language}", kind.key()),
                    format!("Subject: {}\n\n{}\n----\n{}", letter.subject, letter.text, letter.html)
                );
            }
        }
    }

    #[test]
    fn an_administrator_is_told_whom_a_redirected_letter_is_about() {
        let redirected = Facts { recipient_address: "anna@vandijk.example".into(), recipient_name: "Anna".into(), ..facts("en") };
        let letter = write(Kind::CompleteRegistration, &redirected, "https://balie.example/x/TOKEN", UNTIL).unwrap();
        assert!(letter.text.starts_with("Dear Anna,"), "{}", letter.text);
        assert!(letter.text.contains("carla@vandijk.example"));
    }

    /// U3: why they get it, and that it was not they who did not ask.
    #[test]
    fn an_administrator_is_told_why_a_reset_comes_to_them() {
        for (language, why, own) in [
            ("en", ["goes to the administrators", "If Carla <script>alert(1)</script> did not ask"], "If it was not you"),
            ("nl", ["gaat naar de beheerders", "Heeft Carla <script>alert(1)</script> hier niet om gevraagd?"], "Was u dat niet?"),
        ] {
            let redirected = Facts { recipient_address: "anna@vandijk.example".into(), recipient_name: "Anna".into(), ..facts(language) };
            let letter = write(Kind::ResetPassword, &redirected, "https://balie.example/x/TOKEN", UNTIL).unwrap();
            assert!(why.iter().all(|words| letter.text.contains(words)) && letter.html.contains(why[0]), "{}", letter.text);
            assert!(!letter.text.contains(own) && !letter.html.contains(own) && !letter.html.contains("<script>"), "{}", letter.html);
        }
    }
}
