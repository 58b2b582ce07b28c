//! What stands on the screen, in both languages: a text that is missing in one of them doesn't compile. ARCHITECTURE.md has the figures behind
//! this choice.

pub mod catalogue;
mod common;
pub mod companies;
pub mod confirm;
pub mod countries;
pub mod documents;
pub mod exports;
pub mod history;
pub mod home;
pub mod licences;
pub mod mailing;
pub mod newsletter;
pub mod palette;
pub mod profile;
pub mod provider;
mod refusals;
pub mod registration;
pub mod requests;
pub mod reset;
pub mod sign_in;
pub mod users;

pub use common::*;
pub use refusals::{of_link_state, of_not_all, of_problem, of_refusal};

/// `texts! { add_user => "Add user" | "Gebruiker toevoegen"; found(n: u32) => "{n} people" | "{n} mensen"; }`: functions of the language.
macro_rules! texts {
    () => {};
    ($name:ident => $en:literal | $nl:literal; $($rest:tt)*) => {
        #[must_use]
        pub const fn $name(language: shared::fields::Language) -> &'static str {
            match language {
                shared::fields::Language::English => $en,
                shared::fields::Language::Dutch => $nl,
            }
        }
        $crate::texts::texts! { $($rest)* }
    };
    ($name:ident($($argument:ident: $type:ty),+) => $en:literal | $nl:literal; $($rest:tt)*) => {
        #[must_use]
        pub fn $name(language: shared::fields::Language, $($argument: $type),+) -> String {
            match language {
                shared::fields::Language::English => format!($en),
                shared::fields::Language::Dutch => format!($nl),
            }
        }
        $crate::texts::texts! { $($rest)* }
    };
}
pub(crate) use texts;
