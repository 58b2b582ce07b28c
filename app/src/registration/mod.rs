//! Registering by oneself (S1), and completing a registration (U2, S3, A5, A6).

pub(crate) mod api;
mod apply;
mod page;

pub use api::{Apply, CompleteRegistration, IsHardToGuess, LookAtRegistration, SendNewLink};
pub(crate) use apply::ApplyPage;
pub(crate) use page::CompletePage;
