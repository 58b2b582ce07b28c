use leptos::prelude::*;

use super::Text;

/// What can be done with the rows that are selected. Show it while there are any; it stays in sight at the bottom, and says how many
/// there are whenever that changes.
#[component]
pub fn ActionBar(
    #[prop(into)] label: Text,
    /// "12 selected".
    #[prop(into)]
    info: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="action-bar" aria-label=label.into_owned()>
            <p class="action-bar-info" role="status">
                {move || info.get()}
            </p>
            <div class="action-bar-actions">{children()}</div>
        </section>
    }
}
