use leptos::prelude::*;

use super::Text;

/// The provider's name and logo, leading home. Without a logo of the provider's own there is ours: a bell on a desk.
#[component]
pub fn Brand(#[prop(into)] name: Text, #[prop(into)] href: Text, #[prop(into)] logo: MaybeProp<String>) -> impl IntoView {
    view! {
        <a class="brand" href=href.into_owned()>
            {move || match logo.get() {
                Some(src) => view! { <img class="brand-logo" src=src alt="" /> }.into_any(),
                None => view! { <Mark /> }.into_any(),
            }}
            <span class="brand-name">{name}</span>
        </a>
    }
}

#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <rect class="brand-ground" width="32" height="32" rx="8"></rect>
            <path class="brand-bell" d="M8 19a8 8 0 0 1 16 0z"></path>
            <path class="brand-line" d="M6.5 23h19M16 11V8.5M13.75 8.5h4.5"></path>
        </svg>
    }
}
