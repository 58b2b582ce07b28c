//! Confirming what a letter asks: joining another company (U1), another address (U5), taking an administrator's place (U6).

mod api;
mod page;

pub use api::{Confirm, LookAtConfirmation, RefuseConfirmation};
pub(crate) use page::ConfirmPage;
