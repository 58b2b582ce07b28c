//! The provider's desk: companies, and what staff do for them (O1).

mod administrators;
mod api;
mod company;
mod deeds;
mod edit;
mod fields;
mod frame;
mod general_account;
mod list;
mod members;
mod new;
mod paging;

pub(crate) use api::list_companies;
pub use api::{
    AppointAdministrator, BlockGeneralAccount, CreateCompany, CreateGeneralAccount, ListCompanies, ReadCompany, SaveCompany, UnlockMember,
};
pub(crate) use company::CompanyPage;
pub(crate) use frame::{ProviderFrame, ProviderHome};
pub(crate) use list::CompaniesListPage;
pub(crate) use new::NewCompanyPage;
