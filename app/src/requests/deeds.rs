//! What can be done with requests, on whichever page.

use super::api::{AnswerStandard, AskLicence, DecideRequests, UndoDecision, WithdrawRequest};
use crate::{
    ask::{Sending, forget_earlier_answers},
    forms::FormState,
    prelude::*,
};

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

    /// What is wrong stands above the page alone: the fields are in questions that are closed by then. One form at a time was refused; where it
    /// came back without JavaScript, the two that decide would say the same.
    pub(crate) fn errors(self) -> Signal<Vec<(String, String)>> {
        let errors = [
            FormState::of(self.decide).errors(),
            FormState::of(self.decide_chosen).errors(),
            FormState::of(self.undo).errors(),
            FormState::of(self.answer).errors(),
            FormState::of(self.ask).errors(),
            FormState::of(self.withdraw).errors(),
        ];
        Signal::derive(move || {
            let refused = errors.iter().map(|errors| errors.get()).find(|errors| !errors.is_empty()).unwrap_or_default();
            refused.into_iter().map(|(_, message)| (String::new(), message)).collect()
        })
    }
}
