//! The page's title.

use leptos::{prelude::*, text_prop::TextProp};

/// On the server it is read at once: Leptos reads it when the whole page has been written, and by then what it reads from may be gone.
#[component]
pub(crate) fn Title(#[prop(into)] text: TextProp) -> impl IntoView {
    #[cfg(feature = "ssr")]
    let text = text.get().into_owned();
    view! { <leptos_meta::Title text/> }
}
