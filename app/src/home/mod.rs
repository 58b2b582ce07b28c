//! Home, and the frame of a company's pages.

mod api;
mod page;

pub use api::ReadHome;
pub(crate) use page::{CompanyFrame, HomePage, WayHome, company_number};
