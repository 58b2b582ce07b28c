use leptos::{children::ViewFnOnce, prelude::*};

use super::{Text, Tone};

/// One subject on a page. With an `id` it is a landmark-free section named by its heading (`{id}-title`), and can be linked to.
#[component]
pub fn Card(
    #[prop(into, optional)] title: MaybeProp<String>,
    #[prop(into, optional)] id: Option<Text>,
    /// The level of the heading: 2, or 3 within another card.
    #[prop(default = 2)]
    level: u8,
    #[prop(optional)] tone: Tone,
    /// No padding around the content, for a table that fills the card.
    #[prop(optional)]
    flush: bool,
    #[prop(into, optional)] actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let title_id = id.as_ref().map(|id| format!("{id}-title"));
    let named_by = title_id.clone();
    let has_actions = actions.is_some();
    let headless = move || !has_actions && title.get().is_none();
    let heading = move || {
        let (text, id) = (title.get()?, title_id.clone());
        Some(match level {
            3 => view! { <h3 id=id>{text}</h3> }.into_any(),
            _ => view! { <h2 id=id>{text}</h2> }.into_any(),
        })
    };
    view! {
        <section
            class="card"
            class:flush=flush
            class:headless=headless
            data-tone=tone.word()
            id=id.map(Text::into_owned)
            aria-labelledby=named_by
        >
            <div class="card-head">
                {heading} <div class="card-actions">{actions.map(|actions| actions.run())}</div>
            </div>
            <div class="card-body">{children()}</div>
        </section>
    }
}

/// A quiet box without a heading.
#[component]
pub fn Panel(children: Children) -> impl IntoView {
    view! { <div class="panel">{children()}</div> }
}
