use leptos::{children::ViewFnOnce, prelude::*};

use super::{Glyph, Icon, Text};

/// Says why there is nothing, and offers the one next step.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Text,
    #[prop(into, optional)] text: MaybeProp<String>,
    #[prop(default = Glyph::Inbox)] glyph: Glyph,
    #[prop(into, optional)] actions: ViewFnOnce,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-sign">
                <Icon glyph />
            </span>
            <p class="empty-title">{title}</p>
            {move || text.get().map(|text| view! { <p class="empty-text">{text}</p> })}
            <div class="empty-actions">{actions.run()}</div>
        </div>
    }
}
