use leptos::prelude::*;

use super::{Glyph, Icon, Tone};

/// The state of a thing in a word or two.
#[component]
pub fn Badge(
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] tone: Signal<Tone>,
    /// A sign in place of the dot.
    #[prop(optional)]
    glyph: Option<Glyph>,
) -> impl IntoView {
    view! {
        <span class="badge" data-tone=move || tone.get().word()>
            {match glyph {
                Some(glyph) => view! { <Icon glyph /> }.into_any(),
                None => view! { <span class="badge-dot" aria-hidden="true"></span> }.into_any(),
            }}
            {move || label.get()}
        </span>
    }
}
