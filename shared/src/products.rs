//! O2: what the provider licenses: collections, their documents, and who supplies them.

use crate::{
    FieldName, LocalTime, ProductId, Refusal, SupplierId,
    documents::{DocumentRow, LineProblem},
    fields::{EmailAddress, one_line, paragraph},
    refusal::Problems,
};
use serde::{Deserialize, Serialize};

/// A product as staff filled it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductForm {
    pub product_name: String,
    pub about: String,
    /// An id, or nothing.
    pub supplier: String,
}

/// O2, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub name: String,
    pub about: String,
    pub supplier: Option<SupplierId>,
}

impl ProductForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Product, Refusal> {
        let mut problems = Problems::default();
        let name = problems.of(FieldName::ProductName, one_line(&self.product_name, 120));
        let about = problems.of(FieldName::About, paragraph(&self.about, 500));
        let supplier = match self.supplier.as_str() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| crate::Problem::NotAChoice),
        };
        let supplier = problems.of(FieldName::Supplier, supplier);
        match (name, about, supplier) {
            (Some(name), Some(about), Some(supplier)) => Ok(Product { name, about: about.unwrap_or_default(), supplier }),
            _ => Err(problems.refusal()),
        }
    }
}

/// A supplier as staff filled it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupplierForm {
    pub supplier_name: String,
    /// Where reports go, or nothing.
    pub email: String,
}

/// O2, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    pub name: String,
    pub email: String,
}

impl SupplierForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Supplier, Refusal> {
        let mut problems = Problems::default();
        let name = problems.of(FieldName::SupplierName, one_line(&self.supplier_name, 120));
        let email = match self.email.trim() {
            "" => Ok(String::new()),
            email => EmailAddress::parse(email).map(|email| email.as_str().to_owned()),
        };
        let email = problems.of(FieldName::Email, email);
        match (name, email) {
            (Some(name), Some(email)) => Ok(Supplier { name, email }),
            _ => Err(problems.refusal()),
        }
    }
}

/// A product in the provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    pub id: ProductId,
    pub name: String,
    pub supplier: Option<String>,
    pub documents: u32,
    /// Licences of companies.
    pub licences: u32,
}

/// A supplier in the provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierRow {
    pub id: SupplierId,
    pub name: String,
    pub email: String,
    pub products: u32,
    /// L5: people whom it must know.
    pub people: u32,
}

/// One product's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    pub id: ProductId,
    pub name: String,
    pub about: String,
    pub supplier: Option<SupplierId>,
    /// To choose from.
    pub suppliers: Vec<SupplierRow>,
    pub documents: Vec<DocumentRow>,
    pub found: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
}

/// What is looked for in a product: kept in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductQuery {
    pub search: String,
    /// From 1.
    pub page: u32,
}

/// What an import would do, before it does: nothing is changed by looking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    pub product: ProductId,
    pub product_name: String,
    /// The name of the file.
    pub file: String,
    pub uploaded: LocalTime,
    /// Documents that the catalogue has not.
    pub new: u32,
    /// Whose title, language or status the file says otherwise.
    pub changed: u32,
    /// That the catalogue has, and this product has not.
    pub added: u32,
    /// That are so already.
    pub same: u32,
    /// A page of them, by line of the file.
    pub bad: Vec<BadLine>,
    /// On all pages.
    pub bad_lines: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
    /// When it was done, if it was.
    pub applied: Option<LocalTime>,
}

/// A line of a file that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    /// From 1, the heading included.
    pub line: u32,
    /// What stands in it, shortened.
    pub text: String,
    pub problem: LineProblem,
}

/// Bad lines on a page.
pub const BAD_LINES: u32 = 100;
