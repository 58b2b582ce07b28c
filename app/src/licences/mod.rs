//! My company › Licences (L2–L6), and what staff grant at the provider's desk (L1).

mod access;
mod api;
mod fields;
mod give;
mod grant;
mod granted;
mod licence;
mod list;
mod people;
mod settings;
mod shown;
mod switching;

pub use api::{
    GiveAccess, GrantLicence, ListLicences, ReadGrantForm, ReadGranted, ReadLicence, RemoveAccess, SaveGranted, SaveLicenceSettings,
};
pub(crate) use give::GivePage;
pub(crate) use grant::GrantPage;
pub(crate) use granted::{GrantedCard, GrantedPage};
pub(crate) use licence::LicencePage;
pub(crate) use list::LicencesPage;
pub(crate) use shown::validity_badge;
