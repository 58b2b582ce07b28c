//! What can be done with requests, on whichever page.

use super::api::{AnswerStandard, AskLicence, DecideRequests, UndoDecision, WithdrawRequest};
use crate::{
    ask::{Sending, forget_earlier_answers},
    forms::FormState,
    prelude::*,
};
use shared::FieldName;

/// A form that declines one request names it in this field, besides those that are decided: so a refusal finds its question.
pub(super) const ONLY: &str = "only";
/// And one that decides those that are ticked says so here.
pub(super) const SEVERAL: &str = "several";

/// Their actions live as long as the page, so that what one says outlives the next look at the requests.
#[derive(Clone, Copy)]
pub(crate) struct Deeds {
    /// One, in its row.
    pub decide: ServerAction<DecideRequests>,
    /// Those that are ticked.
    pub decide_chosen: ServerAction<DecideRequests>,
    pub undo: ServerAction<UndoDecision>,
    pub answer: ServerAction<AnswerStandard>,
    pub ask: ServerAction<AskLicence>,
    pub withdraw: ServerAction<WithdrawRequest>,
}

impl Deeds {
    pub(crate) fn new() -> Self {
        let deeds = Self {
            decide: ServerAction::new(),
            decide_chosen: ServerAction::new(),
            undo: ServerAction::new(),
            answer: ServerAction::new(),
            ask: ServerAction::new(),
            withdraw: ServerAction::new(),
        };
        forget_earlier_answers(deeds.all().to_vec());
        deeds
    }

    fn all(self) -> [Sending; 6] {
        [*self.decide, *self.decide_chosen, *self.undo, *self.answer, *self.ask, *self.withdraw]
    }

    /// Rises with every answer.
    pub(crate) fn answers(self) -> usize {
        self.all().iter().map(|deed| deed.version().get()).sum()
    }

    /// Rises with every answer about what was open: what is undone stands among what is concluded.
    pub(super) fn decisions(self) -> usize {
        self.answers() - self.undo.version().get()
    }

    /// What is wrong, with the field in its question that the summary leads to. One form at a time was refused; where it came back without
    /// JavaScript, the two that decide would say the same.
    pub(crate) fn errors(self) -> Signal<Vec<(String, String)>> {
        let forms = [
            FormState::of(self.decide),
            FormState::of(self.decide_chosen),
            FormState::of(self.undo),
            FormState::of(self.answer),
            FormState::of(self.ask),
            FormState::of(self.withdraw),
        ];
        let forms = forms.map(|form| (form, form.errors()));
        Signal::derive(move || {
            let refused = forms.iter().map(|(form, errors)| (form, errors.get())).find(|(_, errors)| !errors.is_empty());
            let Some((form, errors)) = refused else { return Vec::new() };
            errors.into_iter().map(|(field, message)| (place(*form, &field), message)).collect()
        })
    }
}

/// The id of a field that was refused; none for what stands in no question.
fn place(form: FormState, field: &str) -> String {
    let (is_reason, is_choice) = (field == FieldName::Reason.html(), field == FieldName::Choice.html());
    if form.sent(SEVERAL).is_some() && (is_reason || is_choice) {
        return if is_reason { REASON_OF_SEVERAL } else { CHOICE_OF_SEVERAL }.to_owned();
    }
    let of = if is_reason { form.sent(ONLY).or_else(|| form.sent(FieldName::Licence.html())) } else { None };
    of.map(reason_id).unwrap_or_default()
}

pub(super) const REASON_OF_SEVERAL: &str = "reason-chosen";
pub(super) const CHOICE_OF_SEVERAL: &str = "choice-chosen";

/// Of the question about one request, or one licence.
pub(super) fn reason_id(id: impl std::fmt::Display) -> String {
    format!("reason-{id}")
}
