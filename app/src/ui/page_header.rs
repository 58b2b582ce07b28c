use crate::prelude::*;
use leptos::children::ViewFnOnce;
use leptos_router::hooks::use_location;

use super::{Glyph, Icon, dom};

/// The path of the page that was last arrived at. One for the whole program.
#[derive(Clone, Copy, Debug)]
pub struct LastPage(StoredValue<Option<String>>);

impl LastPage {
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it belongs to an owner")]
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }
}

/// What page this is, what it is for, and the one or two things to begin here. Whoever comes here from another page comes with the focus.
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
    move_focus_here();
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

/// A page is there when its header is. Following a link leaves the focus where the link was, which is perhaps gone, and nobody hears that another
/// page came; so the page takes the focus, as it would if it had been loaded. Not the first one, which was; nor the same page otherwise, as with
/// another filter.
fn move_focus_here() {
    let Some(LastPage(last)) = use_context() else { return };
    let path = use_location().pathname;
    effect(move || {
        let here = path.get_untracked();
        let before = last.try_update_value(|last| last.replace(here.clone())).flatten();
        if before.is_some_and(|before| before != here) {
            request_animation_frame(|| dom::focus_in_place("main"));
        }
    });
}
