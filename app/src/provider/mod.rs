//! The provider's desk: for now, the list of its customers.

mod api;
mod page;

pub use api::ListCompanies;
pub(crate) use page::ProviderPage;
