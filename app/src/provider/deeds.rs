//! What staff do with a company on its page, and what is said of it there.

use super::{
    api::{AppointAdministrator, BlockGeneralAccount, CreateGeneralAccount, SaveCompany, UnlockMember},
    edit,
};
use crate::{
    ask::{Sending, forget_earlier_answers},
    forms::FormState,
    language::language,
    prelude::*,
    texts::provider as t,
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::fields::Language;

/// Their actions live as long as the page, so that what one says outlives the next look at the company.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    pub save: ServerAction<SaveCompany>,
    pub appoint: ServerAction<AppointAdministrator>,
    pub create_general: ServerAction<CreateGeneralAccount>,
    pub block_general: ServerAction<BlockGeneralAccount>,
    pub unlock: ServerAction<UnlockMember>,
}

impl Deeds {
    pub(super) fn new() -> Self {
        let deeds = Self {
            save: ServerAction::new(),
            appoint: ServerAction::new(),
            create_general: ServerAction::new(),
            block_general: ServerAction::new(),
            unlock: ServerAction::new(),
        };
        forget_earlier_answers(deeds.all().to_vec());
        deeds
    }

    fn all(self) -> [Sending; 5] {
        [*self.save, *self.appoint, *self.create_general, *self.block_general, *self.unlock]
    }

    /// Rises with every answer.
    pub(super) fn answers(self) -> usize {
        self.all().iter().map(|deed| deed.version().get()).sum()
    }

    pub(super) fn errors(self) -> Signal<Vec<(String, String)>> {
        let errors = [
            edit::errors(FormState::of(self.save)),
            FormState::of(self.appoint).errors(),
            FormState::of(self.create_general).errors(),
            FormState::of(self.block_general).errors(),
            FormState::of(self.unlock).errors(),
        ];
        Signal::derive(move || errors.iter().flat_map(|errors| errors.get()).collect())
    }
}

const NOTICE: &str = "done";

/// What was just done. Often its button is gone by then, so it also takes the focus.
#[component]
pub(super) fn DoneNotice(deeds: Deeds, errors: Signal<Vec<(String, String)>>, administrators: Memo<u32>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let text =
        Memo::new(
            move |_| {
                if errors.read().is_empty() { done(l, query.read().get("notice").as_deref(), administrators.get() > 0) } else { None }
            },
        );
    let answers = Memo::new(move |_| deeds.answers());
    effect(move || {
        if answers.get() > 0 {
            request_animation_frame(|| dom::focus(NOTICE));
        }
    });
    move || text.get().map(|text| view! { <Notice tone=Tone::Success attr:id=NOTICE attr:tabindex="-1">{text}</Notice> })
}

/// Only the names of what can be done are read from the address.
fn done(l: Language, deed: Option<&str>, administered: bool) -> Option<&'static str> {
    match deed? {
        "created" => Some(t::created(l)),
        "saved" => Some(t::saved(l)),
        "appointed" => Some(t::appointed(l)),
        "unlocked" => Some(t::unlocked(l)),
        "general-created" if administered => Some(t::general_created(l)),
        // G2: nobody is there yet who could be mailed.
        "general-created" => Some(t::general_created_early(l)),
        "general-blocked" => Some(t::general_blocked(l)),
        "general-unblocked" => Some(t::general_unblocked(l)),
        _ => None,
    }
}
