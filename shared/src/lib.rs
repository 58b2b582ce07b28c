//! Balie's rules: types, states, permissions and checks, the same for the browser and the server.
//!
//! Nothing here knows input or output, a clock or chance: time is an argument, and what a rule needs to know is handed to it.

pub mod companies;
pub mod domains;
pub mod event;
pub mod fields;
pub mod history;
pub mod live;
pub mod password;
pub mod permit;
pub mod profile;
pub mod refusal;
pub mod registration;
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
shown_as_its_inside!(CompanyNumber(i64), AccountId(uuid::Uuid));
