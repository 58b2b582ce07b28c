use leptos::prelude::*;

use super::Text;

/// The shape of lines that are on their way. Only for content whose shape is known.
#[component]
pub fn Skeleton(
    /// Said, not shown: what is being loaded.
    #[prop(into)]
    label: Text,
    #[prop(default = 3)] lines: u8,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{label}</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
}
