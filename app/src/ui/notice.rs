use leptos::{children::ViewFnOnce, prelude::*};

use super::{Glyph, Icon, Tone};

/// Something to know, where it matters. It stays until its cause goes: nothing here vanishes by itself.
#[component]
pub fn Notice(
    #[prop(default = Tone::Info)] tone: Tone,
    #[prop(into, optional)] title: MaybeProp<String>,
    /// Part of the page from the start: not announced.
    #[prop(optional)]
    still: bool,
    /// Such as "Undo" and "Dismiss".
    #[prop(into, optional)]
    actions: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let role = (!still).then_some(match tone {
        Tone::Warning | Tone::Danger => "alert",
        _ => "status",
    });
    let glyph = match tone {
        Tone::Success => Glyph::Check,
        Tone::Warning | Tone::Danger => Glyph::Warning,
        _ => Glyph::Info,
    };
    view! {
        <div class="notice" data-tone=tone.word() role=role>
            <Icon glyph />
            <div class="notice-words">
                {move || title.get().map(|title| view! { <p class="notice-title">{title}</p> })}
                <div class="notice-text">{children()}</div>
            </div>
            <div class="notice-actions">{actions.run()}</div>
        </div>
    }
}
