//! The client comes in parts: what every page needs, and the rooms, each loaded when the first of its pages is asked for.
//!
//! `pages!` (in [`crate::routes`]) says which page is in which part; all that no other part uses goes there with it.

use leptos::prelude::AnyView;
use leptos_router::ChooseView;
use std::pin::Pin;

/// What a route shows. One type for all of them: for each type Leptos would generate the route anew.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    #[cfg_attr(not(feature = "hydrate"), expect(dead_code))]
    pub audience: Audience,
    pub part: &'static str,
    pub load: fn() -> Loading<()>,
    pub show: fn() -> Loading<AnyView>,
}

/// Who goes from one of these pages to another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    Visitors,
    /// Who is signed in.
    Everybody,
    Administrators,
    Staff,
}

pub(crate) type Loading<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// A part can't be had: mostly because a newer server no longer has it.
pub(crate) struct Missing;

/// Two functions: `load` has a part fetched, `show` makes a view that lives in it, and waits for the part if need be.
#[cfg(feature = "split")]
macro_rules! split {
    ($part:ident, ($($name:ident: $type:ty),*) $view:expr) => {
        #[allow(unsafe_code, reason = "the macro declares what another module exports")]
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
    ($($audience:ident { $($name:ident: $part:ident $page:ident;)* })*) => {
        $($(const $name: $crate::parts::Page = {
            $crate::parts::split!($part, () leptos::view! { <$page/> }.into_any());
            $crate::parts::Page {
                audience: $crate::parts::Audience::$audience,
                part: stringify!($part),
                load: || Box::pin(load()),
                show: || Box::pin(show()),
            }
        };)*)*

        #[cfg(feature = "hydrate")]
        pub(crate) const PAGES: &[$crate::parts::Page] = &[$($($name),*),*];
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

/// Where a part is missing, the browser loads the page that was asked for, with the newer client. Whoever asked for yet another page meanwhile
/// is not led back.
#[cfg(feature = "split")]
async fn or_load_the_page<T>(part: Loading<T>) -> T {
    use leptos::prelude::GetUntracked;

    let place = leptos_router::hooks::use_location();
    let target = move || (place.pathname.get_untracked(), place.search.get_untracked());
    let asked_for = target();
    let part = {
        let _waiting = in_the_browser::Waiting::begin();
        part.await
    };
    match part {
        Ok(part) if target() == asked_for => return part,
        Err(Missing) if target() == asked_for => in_the_browser::load_page(&asked_for),
        _ => {}
    }
    std::future::pending().await
}

/// In one piece nothing is missing.
#[cfg(not(feature = "split"))]
async fn or_load_the_page<T>(part: Loading<T>) -> T {
    match part.await {
        Ok(part) => part,
        Err(Missing) => std::future::pending().await,
    }
}

/// Has the rest that whoever is here may go to next fetched, a moment after their page was announced and loaded: then going there waits for nothing.
#[cfg(feature = "hydrate")]
pub(crate) fn load_the_rest(pages: &'static [Page], announced: &[String]) {
    use leptos::{prelude::set_timeout, task::spawn_local};

    const MOMENT: std::time::Duration = std::time::Duration::from_secs(2);
    let is_here = |page: &&Page| announced.iter().any(|part| part == page.part);
    if announced.iter().all(|part| part.starts_with("outside")) {
        return;
    }
    let audiences: Vec<_> = pages.iter().filter(is_here).filter(|page| page.part != "inside").map(|page| page.audience).collect();
    let next = move |page: &&Page| page.audience == Audience::Everybody || audiences.contains(&page.audience);
    let load = async move {
        for page in pages.iter().filter(next) {
            // Whoever goes there asks again.
            let _ = (page.load)().await;
        }
    };
    set_timeout(move || spawn_local(load), MOMENT);
}

/// Loads this page with the client that the server has now.
pub(crate) fn load_anew() {
    // Fails only where browsers forbid any navigation.
    let _ = leptos::prelude::window().location().reload();
}

#[cfg(feature = "split")]
mod in_the_browser {
    use super::{Missing, load_anew};
    use leptos::{
        prelude::{document, window},
        wasm_split::SplitLoaderError,
    };

    impl From<SplitLoaderError> for Missing {
        fn from(_: SplitLoaderError) -> Self {
            Self
        }
    }

    /// Says on the page that another one is on its way, for as long as it lives.
    pub(super) struct Waiting;

    impl Waiting {
        pub(super) fn begin() -> Self {
            mark("true");
            Self
        }
    }

    impl Drop for Waiting {
        fn drop(&mut self) {
            mark("false");
        }
    }

    /// Assistive technology hears it, and after a moment it shows.
    fn mark(busy: &str) {
        if let Some(main) = document().get_element_by_id("main") {
            let _ = main.set_attribute("aria-busy", busy);
        }
    }

    pub(super) fn load_page((path, search): &(String, String)) {
        let query = if search.is_empty() { String::new() } else { format!("?{search}") };
        let (target, location) = (format!("{path}{query}"), window().location());
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        // Assigning the address that is there already, but for its #, would load nothing.
        if here == target {
            load_anew();
        } else {
            let _ = location.assign(&target);
        }
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
