//! My company › History, and Provider › History (H1).

mod api;
mod list;

pub use api::{ListAllHistory, ListHistory};
#[cfg(feature = "ssr")]
pub(crate) use list::read_query;
pub(crate) use list::{CompanyHistoryPage, ProviderHistoryPage};
