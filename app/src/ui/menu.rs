use leptos::prelude::*;

use super::{Glyph, Icon, Text, dom};

/// A button that opens a short list of links and deeds.
///
/// It is a popover: opens, closes on Escape or a press elsewhere, and tells whether it is open, all without JavaScript. `<details>`
/// would do as much, but browsers don't agree that a `<summary>` is a button. The items keep their own roles (link, button):
/// `role="menu"` would promise arrow keys that no one has without JavaScript.
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: Text,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] glyph: Option<Glyph>,
    /// Opens along the button's start instead of its end.
    #[prop(optional)]
    start: bool,
    /// Shows the sign alone; the label is still its name.
    #[prop(optional)]
    compact: bool,
    children: Children,
) -> impl IntoView {
    let id = id.into_owned();
    let (target, own) = (id.clone(), id.clone());
    view! {
        <div class="menu" class:menu-start=start>
            <button class="menu-button" class:sign=glyph.is_some() type="button" popovertarget=target>
                {glyph.map(|glyph| view! { <Icon glyph /> })}
                <span class="menu-label" class:visually-hidden=compact>
                    {move || label.get()}
                </span>
                {(!compact).then(|| view! { <Icon glyph=Glyph::ChevronDown /> })}
            </button>
            // The router changes the page without loading one, so nothing but this would close the menu.
            <div class="menu-items" id=own popover="auto" on:click=move |_| dom::close_popover(&id)>
                {children()}
            </div>
        </div>
    }
}

/// An item that leads somewhere.
#[component]
pub fn MenuLink(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] glyph: Option<Glyph>,
    /// Whether this is the page (or the choice) one is at.
    #[prop(into, optional)]
    current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu-item" href=move || href.get() aria-current=move || current.get().then_some("true")>
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </a>
    }
}

/// An item that does something: the submit button of the form around it.
#[component]
pub fn MenuButton(
    #[prop(into, optional)] name: MaybeProp<String>,
    #[prop(into, optional)] value: MaybeProp<String>,
    #[prop(optional)] glyph: Option<Glyph>,
    /// Whether this is the choice one has made.
    #[prop(into, optional)]
    current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            class="menu-item"
            type="submit"
            name=move || name.get()
            value=move || value.get()
            aria-current=move || current.get().then_some("true")
        >
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            {children()}
        </button>
    }
}

/// Words in a menu, such as the address one is signed in with.
#[component]
pub fn MenuText(children: Children) -> impl IntoView {
    view! { <p class="menu-text">{children()}</p> }
}

/// A line between groups of items.
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <hr class="menu-rule" /> }
}
