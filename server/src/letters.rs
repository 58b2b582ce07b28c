//! Letters: which event writes which, and how they read. Bodies are askama templates in `server/letters`, in each language as subject,
//! plain text and HTML; askama escapes what stands in the HTML.

use crate::{
    deed::Deed,
    error::{Error, Result},
    links::Purpose,
    sql,
};
use askama::Template;
use shared::{AccountId, CompanyNumber, LocalTime, event::Event, fields::Language};
use sqlx::FromRow;
use uuid::Uuid;

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

    /// The link in it.
    pub(crate) const fn purpose(self) -> Purpose {
        match self {
            Self::CompleteRegistration => Purpose::CompleteRegistration,
            Self::ResetPassword => Purpose::SetPassword,
        }
    }
}

/// Queues the letters that belong to an event, in its transaction. No wildcard: a new event has to say what it writes.
pub(crate) async fn queue(deed: &mut Deed<'_>, event: &Event) -> Result<bool> {
    match event {
        Event::UserAdded { company, account, blocked: false, .. }
        | Event::UserEdited { company, account, mailed: true, .. }
        | Event::RegistrationResent { company, account } => queue_one(deed, Kind::CompleteRegistration, Some(*company), *account).await,
        Event::PasswordResetAsked { account } => queue_one(deed, Kind::ResetPassword, None, *account).await,
        // Whoever is blocked gets no mail.
        Event::UserAdded { blocked: true, .. }
        | Event::UserEdited { mailed: false, .. }
        | Event::UserRemoved { .. }
        | Event::DetailsChanged { .. }
        | Event::PasswordChanged { .. }
        | Event::SessionEnded { .. }
        | Event::OtherSessionsEnded { .. }
        | Event::SignedIn { .. }
        | Event::SignedOut { .. }
        | Event::AccountLocked { .. }
        | Event::AccountUnlocked { .. }
        | Event::RegistrationCompleted { .. }
        | Event::StaffAdded { .. }
        | Event::PasswordSet { .. } => Ok(false),
    }
}

async fn queue_one(deed: &mut Deed<'_>, kind: Kind, company: Option<CompanyNumber>, subject: AccountId) -> Result<bool> {
    let (link, generation): (Uuid, i64) = deed
        .find(sql!(
            "SELECT id, generation FROM link WHERE account = $1 AND purpose = $2 AND COALESCE(company, 0) = $3",
            subject,
            kind.purpose().key(),
            company.map_or(0, |company| company.0)
        ))
        .await?;
    let recipients = recipients(deed, company, subject).await?;
    let now = deed.now;
    for (recipient,) in &recipients {
        let id = deed.desk.new_id();
        deed.execute(sql!(
            "INSERT INTO letter (id, kind, company, subject_account, recipient, link, link_generation, state, attempts, next_attempt_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, $8, $8)",
            id,
            kind.key(),
            company,
            subject,
            *recipient,
            link,
            generation,
            now
        ))
        .await?;
    }
    Ok(!recipients.is_empty())
}

/// Whoever the letter is about; or, where a company gets their mail (U3), all its active administrators. A4: a letter that belongs to no company
/// is redirected only where that company is the account's only membership and the account is not staff's.
async fn recipients(deed: &mut Deed<'_>, company: Option<CompanyNumber>, subject: AccountId) -> Result<Vec<(Uuid,)>> {
    let redirecting: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT m.company FROM membership m JOIN account a ON a.id = m.account
             WHERE m.account = $1 AND m.mail_to_administrators AND ($2 = 0 OR m.company = $2)
               AND ($2 <> 0 OR (NOT a.staff AND (SELECT COUNT(*) FROM membership WHERE account = $1) = 1))",
            subject,
            company.map_or(0, |company| company.0)
        ))
        .await?;
    let administrators: Vec<(Uuid,)> = match redirecting {
        None => Vec::new(),
        Some((company,)) => {
            deed.all(sql!(
                "SELECT m.account FROM membership m JOIN account a ON a.id = m.account
                 WHERE m.company = $1 AND m.role = 'administrator' AND m.state = 'active' AND m.blocked_at IS NULL ORDER BY m.account",
                company
            ))
            .await?
        }
    };
    Ok(if administrators.is_empty() { vec![(subject.0,)] } else { administrators })
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
}
