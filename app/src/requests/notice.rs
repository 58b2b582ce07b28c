//! What was just done with a request, and the way to undo it (R3).

use super::{
    deeds::Deeds,
    row::{self, UNDO_FORM},
};
use crate::{language::language, prelude::*, texts::requests as t, ui::*};
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use shared::{RequestId, fields::Language};

const NOTICE: &str = "done-notice";

/// What the address says.
#[derive(Clone, PartialEq, Eq)]
struct Said {
    text: String,
    id: Option<RequestId>,
    is_decision: bool,
}

/// A bar that stays until it is dismissed (WCAG 2.2.1), at the foot of what is in sight, where it moves no row. It stands on a page with the
/// forms of [`super::open`].
#[component]
pub(crate) fn DoneNotice(
    deeds: Deeds,
    /// The page without it.
    #[prop(into)]
    here: Text,
    /// Which decisions the page knows can be undone; where it knows none, the deed says it.
    #[prop(optional)]
    may_undo: Option<Signal<Vec<RequestId>>>,
    /// Whether the reader decides.
    #[prop(optional)]
    administers: bool,
) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let errors = deeds.errors();
    let pending = Signal::derive(move || deeds.undo.pending().get());
    let said = Memo::new(move |_| if errors.read().is_empty() { read(l, &query.read()) } else { None });
    let undone = move |said: &Said| {
        let id = said.id.filter(|_| administers && said.is_decision)?;
        may_undo.is_none_or(|may_undo| may_undo.with(|ids| ids.contains(&id))).then_some(id)
    };
    focus_what_was_decided(deeds, said);
    let here = here.into_owned();
    move || {
        let said = said.get()?;
        let (undo, here) = (undone(&said), here.clone());
        let actions = move || {
            view! {
                {undo.map(|id| view! {
                    <Button kind=Kind::Secondary small=true name="id" value=id.to_string() pending attr:form=UNDO_FORM>{t::undo(l)}</Button>
                })}
                <LinkButton href=here kind=Kind::Quiet small=true>{t::dismiss(l)}</LinkButton>
            }
        };
        Some(view! {
            <div class="requests-notice">
                <Notice tone=Tone::Success actions attr:id=NOTICE attr:tabindex="-1">{said.text}</Notice>
            </div>
        })
    }
}

/// The button that was pressed is gone. Its row says what happened; where that is gone too, the bar does.
fn focus_what_was_decided(deeds: Deeds, said: Memo<Option<Said>>) {
    let answers = Memo::new(move |_| deeds.answers());
    effect(move || {
        // The address follows the answer.
        let row = said.get().and_then(|said| said.id).map(row::row_id);
        if answers.get() == 0 {
            return;
        }
        dom::close_popovers();
        request_animation_frame(move || match row.filter(|row| document().get_element_by_id(row).is_some()) {
            Some(row) => dom::focus(&row),
            None => dom::focus(NOTICE),
        });
    });
}

/// Only the names of what can be done, a number and an id are read from the address.
fn read(l: Language, query: &ParamsMap) -> Option<Said> {
    let count = query.get("count").and_then(|count| count.parse::<u32>().ok())?;
    let id = query.get("id").and_then(|id| id.parse().ok());
    let said = |text: String, is_decision| Some(Said { text, id, is_decision });
    match (query.get("notice").as_deref()?, count) {
        ("sent", _) => said(t::sent(l).to_owned(), false),
        ("accepted", 1) => said(t::was_accepted(l).to_owned(), true),
        ("accepted", _) => said(t::were_accepted(l, count), true),
        ("forwarded", 1) => said(t::was_forwarded(l).to_owned(), true),
        ("forwarded", _) => said(t::were_forwarded(l, count), true),
        ("declined", 1) => said(t::was_declined(l).to_owned(), true),
        ("declined", _) => said(t::were_declined(l, count), true),
        ("withdrawn", _) => said(t::was_withdrawn(l).to_owned(), false),
        ("undone", _) => said(t::was_undone(l).to_owned(), false),
        _ => None,
    }
}
