//! What an open page listens for: "something of this changed, ask again", never the data itself.

use crate::CompanyNumber;
use serde::{Deserialize, Serialize};

/// A company's room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    Users,
    Company,
    Licences,
    Requests,
}

/// What travels over the event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// This room of this company changed.
    Changed(CompanyNumber, Room),
    /// P5: the provider's newsletters, or how far one is.
    Newsletter,
    /// Something may have been missed: ask for everything again.
    Everything,
    /// The listener's own session ended, or their rights changed: load the page anew.
    Yours,
}
