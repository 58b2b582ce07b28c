use leptos::prelude::*;

use super::{Glyph, Icon, Text};

/// From page to page of a list, by links. At an end the words stay, without a link, so that nothing jumps.
#[component]
pub fn Pager(
    #[prop(into)] label: Text,
    /// Where one is: "26–50 of 200".
    #[prop(into)]
    info: Signal<String>,
    #[prop(into, optional)] previous: MaybeProp<String>,
    #[prop(into)] previous_text: Text,
    #[prop(into, optional)] next: MaybeProp<String>,
    #[prop(into)] next_text: Text,
) -> impl IntoView {
    let (previous_text, next_text) = (previous_text.into_owned(), next_text.into_owned());
    let back = move || step(previous.get(), "prev", Some(Glyph::ChevronLeft), previous_text.clone(), None);
    let on = move || step(next.get(), "next", None, next_text.clone(), Some(Glyph::ChevronRight));
    view! {
        <nav class="pager" aria-label=label.into_owned()>
            <p class="pager-info">{move || info.get()}</p>
            <div class="pager-steps">{back} {on}</div>
        </nav>
    }
}

fn step(href: Option<String>, rel: &'static str, before: Option<Glyph>, text: String, after: Option<Glyph>) -> AnyView {
    let words = view! {
        {before.map(|glyph| view! { <Icon glyph /> })}
        <span>{text}</span>
        {after.map(|glyph| view! { <Icon glyph /> })}
    };
    match href {
        Some(href) => view! { <a class="pager-step" href=href rel=rel>{words}</a> }.into_any(),
        None => view! { <span class="pager-step">{words}</span> }.into_any(),
    }
}
