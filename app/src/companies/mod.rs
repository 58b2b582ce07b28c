//! My company › General (G1).

mod api;
mod general;

pub use api::{ReadGeneral, SaveContact};
pub(crate) use general::GeneralPage;
