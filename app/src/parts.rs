//! The client comes in parts: what every page needs, and the rooms, each loaded when the first of its pages is asked for.
//!
//! `pages!` (in [`crate::routes`]) says which page is in which part; all that no other part uses goes there with it.

use leptos::prelude::AnyView;
use leptos_router::ChooseView;
use std::pin::Pin;

/// What a route shows. One type for all of them: for each type Leptos would generate the route anew.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    pub part: &'static str,
    pub load: fn() -> Loading<()>,
    pub show: fn() -> Loading<AnyView>,
}

pub(crate) type Loading<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A part can't be had: mostly because a newer server no longer has it.
pub(crate) struct Missing;

/// Two functions: `load` has a part fetched, `show` makes a view that lives in it, and waits for the part if need be.
#[cfg(feature = "split")]
macro_rules! split {
    ($part:ident, ($($name:ident: $type:ty),*) $view:expr) => {
        #[allow(unsafe_code)]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, preload(fetch), fallible)]
        fn show($($name: $type),*) -> Result<AnyView, $crate::parts::Missing> {
            Ok($view)
        }

        async fn load() -> Result<(), $crate::parts::Missing> {
            Ok(fetch().await?)
        }
    };
}

/// On the server, and in the quick build for development, everything is in one piece.
#[cfg(not(feature = "split"))]
macro_rules! split {
    ($part:ident, ($($name:ident: $type:ty),*) $view:expr) => {
        async fn load() -> Result<(), $crate::parts::Missing> {
            Ok(())
        }

        async fn show($($name: $type),*) -> Result<AnyView, $crate::parts::Missing> {
            Ok($view)
        }
    };
}

/// Names the pages for the routes, and in `PAGES` all of them.
macro_rules! pages {
    ($($name:ident: $part:ident $page:ident;)*) => {
        $(const $name: $crate::parts::Page = {
            $crate::parts::split!($part, () leptos::view! { <$page/> }.into_any());
            $crate::parts::Page { part: stringify!($part), load: || Box::pin(load()), show: || Box::pin(show()) }
        };)*

        #[cfg(feature = "hydrate")]
        pub(crate) const PAGES: &[$crate::parts::Page] = &[$($name),*];
    };
}

pub(crate) use {pages, split};

impl ChooseView for Page {
    async fn choose(self) -> AnyView {
        or_load_the_page((self.show)()).await
    }

    async fn preload(&self) {
        #[cfg(feature = "ssr")]
        on_the_server::announce(self.part);
        or_load_the_page((self.load)()).await;
    }
}

/// Where a part is missing, the browser loads the page that was asked for, with the newer client.
async fn or_load_the_page<T>(part: Loading<T>) -> T {
    #[cfg(feature = "split")]
    // The page that is on its way: the address bar shows it only when it is there.
    let url = leptos::prelude::GetUntracked::get_untracked(&leptos_router::hooks::use_url());
    match part.await {
        Ok(part) => part,
        Err(Missing) => {
            #[cfg(feature = "split")]
            in_the_browser::load_page(&url);
            std::future::pending().await
        }
    }
}

#[cfg(feature = "split")]
mod in_the_browser {
    use super::Missing;
    use leptos::{prelude::window, wasm_split::SplitLoaderError};
    use leptos_router::location::Url;

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    pub(super) fn load_page(url: &Url) {
        let query = if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) };
        // Fails only where browsers forbid any navigation.
        let _ = window().location().assign(&format!("{}{query}{}", url.path(), url.hash()));
    }
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use leptos::prelude::*;
    use leptos_meta::Script;
    use server::http::Client;
    use std::fmt::Write;

    /// Has the document's head fetch a part, and start the client only when it is there: a page whose part can't be had stays the plain
    /// page that the server sent.
    pub(super) fn announce(part: &'static str) {
        let Some(client) = use_context::<Client>() else { return };
        let mut script = String::new();
        for file in client.part(part) {
            let _ = write!(script, "fetchEarly('/pkg/{file}');");
        }
        if !script.is_empty() {
            let _ = write!(script, "parts.push('{part}')");
            // Registers it for the head; in the body it is nothing.
            let _ = view! { <Script>{script}</Script> }.to_html();
        }
    }
}
