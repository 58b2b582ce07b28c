use leptos::prelude::*;

use super::{Glyph, Icon, Text};

/// How much a button asks for attention. One primary button per view at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Primary,
    Secondary,
    Quiet,
    Danger,
}

impl Kind {
    /// The word the style sheets know it by (`data-kind`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A deed. Anything else a button can bear (`attr:form`, `on:click`, …) goes to the `<button>` itself.
///
/// While it is pending it keeps its words and the focus, and ignores further presses: `disabled` would throw the focus away.
#[component]
pub fn Button(
    #[prop(optional)] kind: Kind,
    #[prop(into, default = "submit".into())] button_type: Text,
    #[prop(into, optional)] name: MaybeProp<String>,
    #[prop(into, optional)] value: MaybeProp<String>,
    #[prop(into, optional)] pending: Signal<bool>,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(optional)] small: bool,
    #[prop(optional)] glyph: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    let busy = move || pending.get().then_some("true");
    view! {
        <button
            class="button"
            class:small=small
            data-kind=kind.word()
            type=button_type.into_owned()
            name=move || name.get()
            value=move || value.get()
            disabled=move || disabled.get()
            aria-busy=busy
            aria-disabled=busy
            on:click=move |ev| {
                if pending.get_untracked() {
                    ev.prevent_default();
                }
            }
        >
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </button>
    }
}

/// A link that looks like a button, for going where something begins.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(default = Kind::Secondary)] kind: Kind,
    #[prop(optional)] small: bool,
    #[prop(optional)] glyph: Option<Glyph>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="button" class:small=small data-kind=kind.word() href=move || href.get()>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </a>
    }
}
