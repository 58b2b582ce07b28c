//! The newsletter (P5): what staff write and send, and who gets it.

use crate::{
    FieldName, LocalTime, NewsletterId, Problem, Refusal,
    fields::{one_line, paragraph},
    mailing::{Copy, Progress},
    refusal::Problems,
};
use serde::{Deserialize, Serialize};

/// A newsletter as staff filled it in. The texts are Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewsletterForm {
    pub subject_en: String,
    pub text_en: String,
    pub subject_nl: String,
    pub text_nl: String,
}

/// P5, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub subject_en: String,
    pub text_en: String,
    pub subject_nl: String,
    pub text_nl: String,
}

/// Characters of a subject.
pub const LONGEST_SUBJECT: u16 = 150;
/// Characters of a text.
pub const LONGEST_TEXT: u16 = 20_000;

impl NewsletterForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Draft, Refusal> {
        let mut problems = Problems::default();
        let subject_en = problems.of(FieldName::SubjectEn, one_line(&self.subject_en, LONGEST_SUBJECT));
        let text_en = problems.of(FieldName::TextEn, markdown(&self.text_en));
        let subject_nl = problems.of(FieldName::SubjectNl, one_line(&self.subject_nl, LONGEST_SUBJECT));
        let text_nl = problems.of(FieldName::TextNl, markdown(&self.text_nl));
        match (subject_en, text_en, subject_nl, text_nl) {
            (Some(subject_en), Some(text_en), Some(subject_nl), Some(text_nl)) => Ok(Draft { subject_en, text_en, subject_nl, text_nl }),
            _ => Err(problems.refusal()),
        }
    }
}

/// What [`paragraph`] takes, but as it was typed: in Markdown, white space at either end of a line means something.
fn markdown(text: &str) -> Result<String, Problem> {
    paragraph(text, LONGEST_TEXT)?.ok_or(Problem::Missing)?;
    let text = text.replace("\r\n", "\n");
    let text = text.trim_matches('\n').trim_end();
    if text.chars().count() > usize::from(LONGEST_TEXT) { Err(Problem::TooLong(LONGEST_TEXT)) } else { Ok(text.to_owned()) }
}

/// What decides what staff may do with a newsletter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newsletter {
    pub sent: bool,
    /// Rises with every change.
    pub version: u32,
}

impl Newsletter {
    /// Whoever changes it has `seen` what is changed.
    ///
    /// # Errors
    /// [`Refusal::NewsletterSent`], [`Refusal::Changed`].
    pub const fn may_change(self, seen: u32) -> Result<(), Refusal> {
        match self.sent {
            true => Err(Refusal::NewsletterSent),
            false if self.version != seen => Err(Refusal::Changed),
            false => Ok(()),
        }
    }

    /// # Errors
    /// [`Refusal::NewsletterSent`]: who got what stays visible. [`Refusal::Changed`].
    pub const fn may_delete(self, seen: u32) -> Result<(), Refusal> {
        self.may_change(seen)
    }

    /// Once, to somebody, and as whoever sends it has `seen` it.
    ///
    /// # Errors
    /// [`Refusal::NewsletterSent`], [`Refusal::Changed`], [`Refusal::NoSubscribers`].
    pub fn may_send(self, seen: u32, subscribers: u32) -> Result<(), Refusal> {
        match self.may_change(seen) {
            Ok(()) if subscribers == 0 => Err(Refusal::NoSubscribers),
            answer => answer,
        }
    }
}

/// How far a newsletter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Draft,
    /// Some of its mail waits.
    Sending,
    Sent,
}

impl Stage {
    #[must_use]
    pub const fn of(newsletter: Newsletter, progress: Progress) -> Self {
        match (newsletter.sent, progress.waiting) {
            (false, _) => Self::Draft,
            (true, 0) => Self::Sent,
            (true, _) => Self::Sending,
        }
    }
}

/// A newsletter in the provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsletterLine {
    pub id: NewsletterId,
    /// In English.
    pub subject: String,
    pub changed: LocalTime,
    pub sent: Option<LocalTime>,
    pub progress: Progress,
    pub stage: Stage,
}

/// The provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewslettersPage {
    /// The newest first.
    pub lines: Vec<NewsletterLine>,
    /// Who would get one that is sent now.
    pub subscribers: u32,
}

/// One newsletter's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsletterPage {
    pub id: NewsletterId,
    pub form: NewsletterForm,
    /// Of what is stored: whoever saves, sends or deletes it says which one they saw.
    pub version: u32,
    pub stage: Stage,
    pub sent: Option<LocalTime>,
    pub progress: Progress,
    /// Who would get it if it were sent now.
    pub subscribers: u32,
    /// Who gets it, by name; nobody while it is a draft.
    pub readers: Vec<Reader>,
    /// The page of readers that is shown, from 1.
    pub page: u32,
    pub pages: u32,
}

/// Readers on a page.
pub const PAGE_SIZE: u32 = 50;

impl NewsletterPage {
    const fn newsletter(&self) -> Newsletter {
        Newsletter { sent: self.sent.is_some(), version: self.version }
    }

    /// Whether somebody else has changed it since this version of it was `seen`.
    #[must_use]
    pub const fn is_newer_than(&self, seen: u32) -> bool {
        self.version > seen
    }

    /// As the deed will decide it.
    ///
    /// # Errors
    /// Those of [`Newsletter::may_delete`].
    pub const fn may_delete(&self, seen: u32) -> Result<(), Refusal> {
        self.newsletter().may_delete(seen)
    }

    /// As the deed will decide it.
    ///
    /// # Errors
    /// Those of [`Newsletter::may_send`].
    pub fn may_send(&self, seen: u32) -> Result<(), Refusal> {
        self.newsletter().may_send(seen, self.subscribers)
    }
}

/// A subscriber who gets a newsletter. Where their mail goes to the administrators (U3), what became of it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    pub name: String,
    pub username: String,
    pub state: Copy,
    /// When it was sent.
    pub at: Option<LocalTime>,
}

/// A newsletter as it would reach its readers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub en: Rendered,
    pub nl: Rendered,
}

/// In one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    pub subject: String,
    /// Safe: the server made it of the Markdown, and takes no HTML over from there.
    pub html: String,
    /// What mail programs show that show no HTML.
    pub text: String,
}

/// *My profile › Newsletter*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Nothing for whoever has not subscribed.
    pub since: Option<LocalTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(subject: &str, text: &str) -> NewsletterForm {
        NewsletterForm { subject_en: subject.into(), text_en: text.into(), subject_nl: "Nieuws".into(), text_nl: "Goed nieuws.".into() }
    }

    #[test]
    fn every_wrong_field_is_named_in_the_order_of_the_form() {
        assert_eq!(
            NewsletterForm { subject_nl: "a\u{7}".into(), ..NewsletterForm::default() }.parse(),
            Err(Refusal::Fields(vec![
                (FieldName::SubjectEn, Problem::Missing),
                (FieldName::TextEn, Problem::Missing),
                (FieldName::SubjectNl, Problem::ControlCharacters),
                (FieldName::TextNl, Problem::Missing),
            ]))
        );
    }

    #[test]
    fn a_subject_is_one_line() {
        for (typed, subject) in [(" Good  news ", Ok("Good news".to_owned())), (&"é".repeat(150), Ok("é".repeat(150)))] {
            assert_eq!(form(typed, "x").parse().map(|draft| draft.subject_en), subject);
        }
        for (typed, problem) in [(" ", Problem::Missing), ("a\nb", Problem::ControlCharacters), (&"é".repeat(151), Problem::TooLong(150))]
        {
            assert_eq!(form(typed, "x").parse(), Err(Refusal::field(FieldName::SubjectEn, problem)), "{typed:?}");
        }
    }

    /// White space that means something to Markdown stays: nested lists, code, and a break at the end of a line.
    #[test]
    fn a_text_is_kept_as_it_was_typed() {
        for (typed, text) in [
            ("\r\n\n# News\r\n\r\n- a\r\n  - b  \r\n\tc\r\n\r\n", "# News\n\n- a\n  - b  \n\tc"),
            ("    code\n  ", "    code"),
            (&"é".repeat(20_000), &"é".repeat(20_000)),
            (&format!("a{}b", "\r\n".repeat(19_998)), &format!("a{}b", "\n".repeat(19_998))),
        ] {
            let draft = form("x", typed).parse().unwrap();
            assert_eq!(draft.text_en, text);
            assert_eq!(form("x", &draft.text_en).parse().unwrap(), draft, "twice is once");
        }
        for (typed, problem) in [
            (" \r\n\t\n", Problem::Missing),
            ("a\0b", Problem::ControlCharacters),
            ("a\u{202E}b", Problem::ControlCharacters),
            (&"é".repeat(20_001), Problem::TooLong(20_000)),
            // Folded it would be two characters and a space.
            (&format!("a{}b", " ".repeat(20_000)), Problem::TooLong(20_000)),
        ] {
            assert_eq!(form("x", typed).parse(), Err(Refusal::field(FieldName::TextEn, problem)));
        }
    }

    #[test]
    fn what_may_be_done_with_it() {
        use Refusal::{Changed, NewsletterSent, NoSubscribers};
        for (sent, seen, subscribers, change, send) in [
            (false, 2, 0, Ok(()), Err(NoSubscribers)),
            (false, 2, 1, Ok(()), Ok(())),
            (false, 1, 0, Err(Changed), Err(Changed)),
            (false, 1, 1, Err(Changed), Err(Changed)),
            (true, 2, 0, Err(NewsletterSent), Err(NewsletterSent)),
            (true, 1, 1, Err(NewsletterSent), Err(NewsletterSent)),
        ] {
            let newsletter = Newsletter { sent, version: 2 };
            assert_eq!(newsletter.may_change(seen), change, "{sent} {seen}");
            assert_eq!(newsletter.may_delete(seen), change, "{sent} {seen}");
            assert_eq!(newsletter.may_send(seen, subscribers), send, "{sent} {seen} {subscribers}");
        }
    }

    #[test]
    fn how_far_it_is() {
        for (sent, waiting, stage) in
            [(false, 0, Stage::Draft), (false, 1, Stage::Draft), (true, 1, Stage::Sending), (true, 0, Stage::Sent)]
        {
            assert_eq!(
                Stage::of(Newsletter { sent, version: 1 }, Progress { waiting, sent: 3, ..Progress::default() }),
                stage,
                "{sent} {waiting}"
            );
        }
    }
}
