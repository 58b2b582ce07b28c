//! Completing a registration (U2, A5, A6).

mod api;
mod page;

pub use api::{CompleteRegistration, IsHardToGuess, LookAtRegistration, SendNewLink};
pub(crate) use page::CompletePage;
