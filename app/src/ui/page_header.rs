use leptos::{children::ViewFnOnce, prelude::*};

use super::{Glyph, Icon};

/// What page this is, what it is for, and the one or two things to begin here.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] lead: MaybeProp<String>,
    /// Where one came from; shown when both label and address are there.
    #[prop(into, optional)]
    back_label: MaybeProp<String>,
    #[prop(into, optional)] back_href: MaybeProp<String>,
    /// Stands beside the title, such as a badge.
    #[prop(into, optional)]
    beside: ViewFnOnce,
    #[prop(into, optional)] actions: ViewFnOnce,
) -> impl IntoView {
    let back = move || {
        let (label, href) = (back_label.get()?, back_href.get()?);
        Some(view! {
            <a class="back" href=href>
                <Icon glyph=Glyph::ChevronLeft />
                {label}
            </a>
        })
    };
    view! {
        <div class="page-header">
            {back}
            <div class="page-header-row">
                <div class="page-header-words">
                    <div class="page-title">
                        <h1>{move || title.get()}</h1>
                        {beside.run()}
                    </div>
                    {move || lead.get().map(|lead| view! { <p class="lead">{lead}</p> })}
                </div>
                <div class="page-actions">{actions.run()}</div>
            </div>
        </div>
    }
}
