//! Balie's rules: types, states, permissions and checks, the same for the browser and the server.
//!
//! Nothing here knows input or output, a clock or chance: time is an argument, and what a rule needs to know is handed to it.

/// Gives an enum a word for each of its values: in the database, in addresses and in forms.
macro_rules! words_of {
    ($name:ident { $($value:ident: $word:literal),* $(,)? }) => {
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$value => $word),*
                }
            }

            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($word => Some(Self::$value),)*
                    _ => None,
                }
            }
        }
    };
}

pub mod companies;
pub mod documents;
pub mod domains;
pub mod event;
pub mod fields;
pub mod history;
pub mod licences;
pub mod live;
pub mod mailing;
pub mod moving;
pub mod newsletter;
pub mod password;
pub mod permit;
pub mod products;
pub mod profile;
pub mod refusal;
pub mod registration;
pub mod requests;
pub mod time;
pub mod users;

pub use permit::{Permit, Role, Standing};
pub use refusal::{FieldName, Problem, Refusal};
pub use time::{LocalTime, Time};

use serde::{Deserialize, Serialize};

/// How many cases the tests of properties try: `BALIE_SOAK=1` asks for a million.
#[cfg(test)]
fn cases() -> proptest::prelude::ProptestConfig {
    let soaks = std::env::var("BALIE_SOAK").is_ok_and(|soak| soak == "1");
    proptest::prelude::ProptestConfig::with_cases(if soaks { 1_000_000 } else { 1000 })
}

/// The customer number by which a company is known: 10001, 10002, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CompanyNumber(pub i64);

/// A person's sign-in. Random enough that it can stand in a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountId(pub uuid::Uuid);

/// What is licensed: a collection of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProductId(pub uuid::Uuid);

/// Who stands behind a product, where that is not the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupplierId(pub uuid::Uuid);

/// A company's right to one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LicenceId(pub uuid::Uuid);

/// Somebody's wish to use a licence or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub uuid::Uuid);

/// A newsletter (P5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NewsletterId(pub uuid::Uuid);

/// Letters that were written together, so that it can be followed how far they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(pub uuid::Uuid);

/// A document of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub i64);

macro_rules! shown_as_its_inside {
    ($($name:ident($inside:ty)),*) => {$(
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = <$inside as std::str::FromStr>::Err;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}
shown_as_its_inside!(
    CompanyNumber(i64),
    AccountId(uuid::Uuid),
    ProductId(uuid::Uuid),
    SupplierId(uuid::Uuid),
    LicenceId(uuid::Uuid),
    RequestId(uuid::Uuid),
    NewsletterId(uuid::Uuid),
    BatchId(uuid::Uuid),
    DocumentId(i64)
);
