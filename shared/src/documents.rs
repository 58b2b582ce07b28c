//! R8: the documents of the catalogue, and how somebody comes to read one.

use crate::{
    CompanyNumber, DocumentId, LicenceId, LocalTime, Problem, Refusal,
    fields::{folded, one_line, paragraph},
    licences::{Licence, Validity, Way},
    requests::Asking,
    time::Time,
};
use serde::{Deserialize, Serialize};

/// What is in force, and what was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentStatus {
    Current,
    Withdrawn,
}
words_of!(DocumentStatus { Current: "current", Withdrawn: "withdrawn" });

/// A line of the catalogue, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// `NEN 1010:2020`; nobody else has it.
    pub number: String,
    pub title: String,
    /// Two lower-case letters.
    pub language: String,
    pub status: DocumentStatus,
}

/// What is wrong with a line of an import, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineProblem {
    Number(Problem),
    Title(Problem),
    /// Not two letters.
    Language,
    /// Neither `current` nor `withdrawn`.
    Status,
    /// The same number stood in this line of the file already.
    Again(u32),
    /// Not as many columns as the heading.
    Columns,
}

impl Document {
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(number: &str, title: &str, language: &str, status: &str) -> Result<Self, LineProblem> {
        let number = one_line(number, 60).map_err(LineProblem::Number)?;
        if words(&number).is_empty() {
            return Err(LineProblem::Number(Problem::Missing));
        }
        let title = one_line(title, 300).map_err(LineProblem::Title)?;
        let language = language.trim().to_ascii_lowercase();
        if language.len() != 2 || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(LineProblem::Language);
        }
        let status = DocumentStatus::from_key(&status.trim().to_ascii_lowercase()).ok_or(LineProblem::Status)?;
        Ok(Self { number, title, language, status })
    }

    /// What its search looks through: the words of number and title.
    #[must_use]
    pub fn words(&self) -> String {
        words(&format!("{} {}", self.number, self.title))
    }
}

/// Words as they are searched: folded, without signs, one blank between them. The same for what is stored and for what is typed, so that
/// `nen-en 1990` finds `NEN-EN 1990:2021`.
#[must_use]
pub fn words(text: &str) -> String {
    let folded = folded(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How many words of a search count.
pub const MOST_WORDS: usize = 8;

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DocumentRow {
    pub id: DocumentId,
    pub number: String,
    pub title: String,
    pub language: String,
    pub status: DocumentStatus,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentsPage {
    pub company: CompanyNumber,
    pub rows: Vec<DocumentRow>,
    /// There are more; typing more narrows it down.
    pub more: bool,
    /// R8: *Text on the request form*, for administrators.
    pub request_text: Option<String>,
}

/// Documents that a search shows.
pub const PAGE_SIZE: u32 = 50;

/// A licence of the company that has the document, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub id: LicenceId,
    pub product: String,
    pub licence: Licence,
    /// How the person may use it, if they may.
    pub way: Option<Way>,
    pub asking: Asking,
}

/// Whether and why somebody may open a document, or the one next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    /// Through this licence.
    Open { licence: LicenceId, product: String, way: Way },
    /// Ask for one of these: each with whether one may now (R4).
    AskLicence(Vec<Offer>),
    /// *Request standard*.
    AskStandard,
    /// *Request standard*, but not now: it was asked for, or declined lately.
    NotNow(Refusal),
}

/// A licence that has the document and can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub licence: LicenceId,
    pub product: String,
    pub may_ask: Result<(), Refusal>,
}

/// R8. `holdings` are the company's licences that have the document, `asking` is about the document itself.
#[must_use]
pub fn next_step(holdings: &[Holding], asking: &Asking, now: Time) -> Next {
    let valid = |holding: &&Holding| holding.licence.validity(now) == Validity::Valid;
    if let Some((holding, way)) = holdings.iter().filter(valid).find_map(|holding| Some((holding, holding.way?))) {
        return Next::Open { licence: holding.id, product: holding.product.clone(), way };
    }
    let offers: Vec<Offer> = holdings
        .iter()
        .filter(|holding| holding.licence.is_on_offer(now).is_ok())
        .map(|holding| Offer {
            licence: holding.id,
            product: holding.product.clone(),
            may_ask: holding.asking.may_ask_for(&holding.licence, now),
        })
        .collect();
    if !offers.is_empty() {
        return Next::AskLicence(offers);
    }
    match asking.may_ask(now) {
        Ok(()) => Next::AskStandard,
        Err(why) => Next::NotNow(why),
    }
}

/// A licence by which somebody would open a document, were it valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub product: String,
    pub validity: Validity,
}

/// L6: a licence that somebody has and that has expired, or not begun, gives them no access, and they are told so.
#[must_use]
pub fn held_in_vain(holdings: &[Holding], now: Time) -> Vec<Held> {
    let held = holdings.iter().filter(|holding| holding.way.is_some());
    let held = held.map(|holding| Held { product: holding.product.clone(), validity: holding.licence.validity(now) });
    held.filter(|held| held.validity != Validity::Valid).collect()
}

/// A document's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPage {
    pub company: CompanyNumber,
    pub document: DocumentRow,
    /// The collections that it is in, by name.
    pub collections: Vec<String>,
    pub next: Next,
    /// L6: what the reader has, and gives them no access.
    pub held: Vec<Held>,
    /// R8: what the administrators want to read in a request.
    pub request_text: String,
    /// When the reader last opened it.
    pub opened: Option<LocalTime>,
    pub administers: bool,
}

/// *Text on the request form*, as it was filled in.
///
/// # Errors
/// [`Refusal::Fields`].
pub fn request_text(text: &str) -> Result<String, Refusal> {
    paragraph(text, 300).map(Option::unwrap_or_default).map_err(|problem| Refusal::field(crate::FieldName::RequestText, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Time = Time(1_000_000);

    fn holding(shown: bool, external: bool, way: Option<Way>, until: Time) -> Holding {
        let licence =
            Licence { from: Time(0), until, seats: None, used: 0, company_wide_permitted: false, company_wide: false, shown, external };
        Holding { id: LicenceId(uuid::Uuid::from_u128(7)), product: "Eurocodes".into(), licence, way, asking: Asking::default() }
    }

    const LATER: Time = Time(2_000_000);

    /// R8, sentence by sentence.
    #[test]
    fn the_one_next_step() {
        let nothing = Asking::default();
        let open = holding(false, true, Some(Way::Given), LATER);
        let hidden = holding(false, false, None, LATER);
        let external = holding(true, true, None, LATER);
        let requestable = holding(true, false, None, LATER);
        let expired = holding(true, false, Some(Way::Given), NOW);
        assert!(matches!(next_step(&[hidden.clone(), open], &nothing, NOW), Next::Open { way: Way::Given, .. }));
        assert!(matches!(next_step(&[hidden.clone(), requestable.clone()], &nothing, NOW), Next::AskLicence(offers) if offers.len() == 1));
        for not_offered in [vec![hidden.clone()], vec![external], vec![expired], vec![]] {
            assert_eq!(next_step(&not_offered, &nothing, NOW), Next::AskStandard);
        }
        let asked = Asking { has_open: true, ..nothing };
        assert_eq!(next_step(&[hidden], &asked, NOW), Next::NotNow(Refusal::AlreadyAsked));
        let asked_for = Holding { asking: asked, ..requestable };
        let Next::AskLicence(offers) = next_step(&[asked_for], &nothing, NOW) else { panic!("it is on offer") };
        assert_eq!(offers[0].may_ask, Err(Refusal::AlreadyAsked));
    }

    /// L6.
    #[test]
    fn what_is_held_in_vain() {
        let expired = holding(true, false, Some(Way::Given), NOW);
        let not_yet = holding(false, false, Some(Way::CompanyWide), LATER);
        let not_yet = Holding { licence: Licence { from: Time(NOW.0 + 1), ..not_yet.licence }, ..not_yet };
        let valid = holding(true, false, Some(Way::Given), LATER);
        let of_others = holding(true, false, None, NOW);
        let held = |validity| Held { product: "Eurocodes".into(), validity };
        assert_eq!(held_in_vain(&[expired, valid, not_yet, of_others], NOW), [held(Validity::Expired), held(Validity::NotYet)]);
    }

    #[test]
    fn a_line_is_a_document_or_says_why_not() {
        let good = Document::parse(" NEN 1010:2020 ", "Elektrische installaties", "NL", "Current").unwrap();
        assert_eq!((good.language.as_str(), good.status, good.number.as_str()), ("nl", DocumentStatus::Current, "NEN 1010:2020"));
        assert_eq!(good.words(), "nen 1010 2020 elektrische installaties");
        for (number, title, language, status, problem) in [
            ("", "T", "nl", "current", LineProblem::Number(Problem::Missing)),
            ("::", "T", "nl", "current", LineProblem::Number(Problem::Missing)),
            ("N 1", "", "nl", "current", LineProblem::Title(Problem::Missing)),
            ("N 1", "T", "nld", "current", LineProblem::Language),
            ("N 1", "T", "n1", "current", LineProblem::Language),
            ("N 1", "T", "nl", "old", LineProblem::Status),
        ] {
            assert_eq!(Document::parse(number, title, language, status), Err(problem), "{number} {title} {language} {status}");
        }
    }

    proptest! {
        #![proptest_config(crate::cases())]

        /// What is found by typing it is found by typing it otherwise: with other signs, in capitals, folded again.
        #[test]
        fn words_are_words_of_themselves(text in any::<String>()) {
            let once = words(&text);
            prop_assert_eq!(words(&once), once.clone());
            prop_assert!(!once.contains("  ") && !once.starts_with(' ') && !once.ends_with(' '));
        }
    }
}
