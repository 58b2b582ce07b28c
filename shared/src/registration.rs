//! Ways in: registering by oneself (S1–S5), and confirming what a link asks (U1, U5).

use crate::{
    CompanyNumber, FieldName, Refusal, Role,
    fields::{EmailAddress, PersonName},
    refusal::Problems,
};
use serde::{Deserialize, Serialize};

/// *Register* as it was filled in (S1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplyForm {
    pub name: String,
    pub email: String,
}

/// S1, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    pub name: PersonName,
    pub address: EmailAddress,
}

impl ApplyForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Application, Refusal> {
        let mut problems = Problems::default();
        let name = problems.of(FieldName::Name, PersonName::parse(&self.name));
        let address = problems.of(FieldName::Email, EmailAddress::parse(&self.email));
        match (name, address) {
            (Some(name), Some(address)) => Ok(Application { name, address }),
            _ => Err(problems.refusal()),
        }
    }
}

/// A company that somebody may join by themselves (S2), by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joinable {
    pub number: CompanyNumber,
    pub name: String,
}

/// What a link that leads to `/confirm/…` asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToConfirm {
    /// U1: to join a company with the account that one has. Only its owner, signed in, can.
    Joining { company: String, role: Role },
    /// U5: that this address is to be the account's from now on.
    NewAddress { company: String, new: String },
    /// U5: from the address of until now, by somebody with another membership.
    OldAddress { company: String, new: String },
    /// U6: to be administrator of a company, by whoever is so now. Only the successor, signed in, can say.
    Succession { company: String, by: String },
}
