use leptos::prelude::*;

use super::{Glyph, Icon, Text};

/// One of a few choices that take effect at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub value: String,
    pub label: String,
    /// Shown in place of the label, which then remains as the name.
    pub glyph: Option<Glyph>,
    pub current: bool,
}

/// Submit buttons side by side, the chosen one pressed: theme, language. They belong in a form; with `on_choose` the browser is told
/// first, and may keep the form from being sent by the form's own `on:submit`.
#[component]
pub fn Segments(
    #[prop(into)] label: Text,
    #[prop(into)] name: Text,
    #[prop(into)] items: Signal<Vec<Segment>>,
    #[prop(into, optional)] on_choose: Option<Callback<String>>,
) -> impl IntoView {
    let name = name.into_owned();
    let button = move |item: Segment| {
        let Segment { value, label, glyph, current } = item;
        let chosen = value.clone();
        let title = glyph.is_some().then(|| label.clone());
        view! {
            <button
                class="segment"
                class:sign=glyph.is_some()
                type="submit"
                name=name.clone()
                value=value
                title=title
                aria-pressed=if current { "true" } else { "false" }
                on:click=move |_| {
                    if let Some(on_choose) = on_choose {
                        on_choose.run(chosen.clone());
                    }
                }
            >
                {glyph.map(|glyph| view! { <Icon glyph /> })}
                <span class:visually-hidden=glyph.is_some()>{label}</span>
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=label.into_owned()>
            {move || items.get().into_iter().map(button.clone()).collect_view()}
        </div>
    }
}
