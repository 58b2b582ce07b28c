//! Forgot password, and setting one with a link (A4).

mod api;
mod ask;
mod set;

pub use api::{AskForReset, IsResetHardToGuess, LookAtReset, SetPassword};
pub(crate) use ask::ForgotPage;
pub(crate) use set::SetPage;
