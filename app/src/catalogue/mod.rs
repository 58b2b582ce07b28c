//! The provider's products, their documents, and suppliers (O2, L5).

mod api;
mod documents;
mod edit;
mod import;
mod list;
mod new;
mod notice;
mod product;
mod report;
mod suppliers;
#[cfg(feature = "ssr")]
pub(crate) mod upload;
mod upload_form;

pub use api::{
    ApplyImport, CreateProduct, CreateSupplier, ListProducts, ListSuppliers, ReadImport, ReadProduct, ReadReport, SaveProduct, SaveSupplier,
};
pub(crate) use import::ImportPage;
pub(crate) use list::ProductsPage;
pub(crate) use new::NewProductPage;
pub(crate) use product::ProductPage;
pub(crate) use report::ReportPage;
#[cfg(feature = "ssr")]
pub(crate) use report::country;
pub(crate) use suppliers::SuppliersPage;
