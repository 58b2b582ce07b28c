//! What staff do with a newsletter on its page, and what is said of it there.

use super::api::{DeleteNewsletter, SaveNewsletter, SendNewsletter};
use crate::{
    ask::{Sending, forget_earlier_answers},
    forms::FormState,
    language::language,
    prelude::*,
    texts::newsletter as t,
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{fields::Language, newsletter::Stage};

/// Their actions live as long as the page, so that what one says outlives the next look at the newsletter.
#[derive(Clone, Copy)]
pub(super) struct Deeds {
    pub save: ServerAction<SaveNewsletter>,
    pub send: ServerAction<SendNewsletter>,
    pub delete: ServerAction<DeleteNewsletter>,
}

impl Deeds {
    pub(super) fn new() -> Self {
        let deeds = Self { save: ServerAction::new(), send: ServerAction::new(), delete: ServerAction::new() };
        forget_earlier_answers(deeds.all().to_vec());
        deeds
    }

    fn all(self) -> [Sending; 3] {
        [*self.save, *self.send, *self.delete]
    }

    /// Rises with every answer but a deletion's, after which there is nothing to look at.
    pub(super) fn answers(self) -> usize {
        self.save.version().get() + self.send.version().get()
    }

    pub(super) fn errors(self) -> Signal<Vec<(String, String)>> {
        let errors = [FormState::of(self.save).errors(), FormState::of(self.send).errors(), FormState::of(self.delete).errors()];
        Signal::derive(move || errors.iter().flat_map(|errors| errors.get()).collect())
    }

    /// What changed, as long as this page is not about to go: looking for a newsletter that it has deleted would say that there is none.
    pub(super) fn unless_deleting(self, changes: Signal<u32>) -> Memo<u32> {
        let deleting = self.delete.pending();
        Memo::new(move |before: Option<&u32>| {
            let now = changes.get();
            before.copied().filter(|_| deleting.get_untracked()).unwrap_or(now)
        })
    }
}

const NOTICE: &str = "done";

/// What was just done. Where that is showing the letter, `preview` is its place. It takes the focus: after sending, the button is gone.
#[component]
pub(super) fn DoneNotice(
    deeds: Deeds,
    errors: Signal<Vec<(String, String)>>,
    stage: Memo<Stage>,
    previewed: Memo<bool>,
    preview: &'static str,
) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let text = Memo::new(move |_| {
        let notice = query.read().get("notice").filter(|_| errors.read().is_empty())?;
        done(l, &notice, stage.get())
    });
    effect(move || {
        let place = match text.get() {
            Some(_) => NOTICE,
            None if previewed.get() && errors.read().is_empty() => preview,
            None => return,
        };
        if deeds.answers() > 0 {
            dom::close_popovers();
            request_animation_frame(move || dom::focus(place));
        }
    });
    move || text.get().map(|text| view! { <Notice tone=Tone::Success attr:id=NOTICE attr:tabindex="-1">{text}</Notice> })
}

/// Only the names of what can be done are read from the address.
fn done(l: Language, deed: &str, stage: Stage) -> Option<&'static str> {
    match (deed, stage) {
        ("created", Stage::Draft) => Some(t::created(l)),
        ("saved", Stage::Draft) => Some(t::saved(l)),
        ("sent", Stage::Sending | Stage::Sent) => Some(t::is_on_its_way(l)),
        _ => None,
    }
}
