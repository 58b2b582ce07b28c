use leptos::prelude::*;

use super::{Glyph, Icon, Text};

/// Requirements, each met, not met or not yet known. Signs for the eye, words for the ear; and one sentence, said politely when it
/// changes, because a list that announced each of its lines at each key would be unbearable.
#[component]
pub fn Checklist(
    #[prop(into)] label: Text,
    /// For `aria-describedby` of the field it is about.
    #[prop(into)]
    id: Text,
    #[prop(into)] items: Signal<Vec<(String, Option<bool>)>>,
    #[prop(into)] met: Text,
    #[prop(into)] unmet: Text,
    #[prop(into)] unknown: Text,
    #[prop(into, optional)] summary: MaybeProp<String>,
) -> impl IntoView {
    let (label, id) = (label.into_owned(), id.into_owned());
    let words = (met.into_owned(), unmet.into_owned(), unknown.into_owned());
    let line = move |(text, is_met): (String, Option<bool>)| {
        let (state, glyph, word) = match is_met {
            Some(true) => ("met", Glyph::Check, &words.0),
            Some(false) => ("unmet", Glyph::Cross, &words.1),
            None => ("unknown", Glyph::Dot, &words.2),
        };
        view! {
            <li class="checklist-item" data-state=state>
                <Icon glyph />
                <span>
                    {text} <span class="visually-hidden">": " {word.clone()}</span>
                </span>
            </li>
        }
    };
    view! {
        <div class="checklist">
            // Safari forgets that a list without bullets is one, unless told.
            <ul id=id role="list" aria-label=label>
                {move || items.get().into_iter().map(line.clone()).collect_view()}
            </ul>
            <p class="visually-hidden" role="status">
                {move || summary.get()}
            </p>
        </div>
    }
}
