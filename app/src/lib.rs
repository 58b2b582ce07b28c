//! What people see and touch: pages, server functions, and the program `balie`.
//!
//! Compiled twice: natively with `ssr` into the program, and to WebAssembly with `hydrate` into what browsers load.
#![recursion_limit = "256"]

mod ask;
pub mod catalogue;
pub mod companies;
pub mod confirm;
#[cfg(feature = "ssr")]
mod csv;
pub mod documents;
#[cfg(feature = "ssr")]
mod exports;
mod fault;
mod forms;
pub mod history;
pub mod home;
mod language;
pub mod licences;
mod link_page;
mod live;
mod load;
mod mail_progress;
mod navigation;
pub mod newsletter;
mod palette;
mod parts;
mod password_form;
mod prelude;
pub mod profile;
pub mod provider;
pub mod registration;
pub mod requests;
pub mod reset;
mod routes;
pub mod session;
mod shell;
pub mod sign_in;
pub mod texts;
mod title;
#[cfg(feature = "ssr")]
mod turned;
pub mod ui;
pub mod users;

pub use fault::Fault;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use routes::pages;

/// Takes over the page that the server rendered. `parts` are those that the page announced; they are loaded already, so that hydrating, which
/// goes through the page from top to bottom, never has to wait.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate(parts: Vec<String>) {
    use leptos::prelude::document;

    console_error_panic_hook::set_once();
    for page in routes::PAGES.iter().filter(|page| parts.iter().any(|part| part == page.part)) {
        if (page.load)().await.is_err() {
            return;
        }
    }
    leptos::mount::hydrate_body(App);
    parts::load_the_rest(routes::PAGES, &parts);
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-hydrated", "true");
    }
}
