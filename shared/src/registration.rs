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
    /// U1: to join a company with the account that one has. Only its owner, signed in, can; `proven` as in [`crate::moving::Destination`].
    Joining { company: String, role: Role, proven: bool },
    /// U5: that this address is to be the account's from now on.
    NewAddress { company: String, new: String },
    /// U5: from the address of until now, by somebody with another membership.
    OldAddress { company: String, new: String },
    /// U6: to be administrator of a company, by whoever is so now. Only the successor, signed in, can say.
    Succession { company: String, by: String },
}

/// A4, S6: whoever joins a company has their password to themselves, or another company's administrators would join with them.
///
/// # Errors
/// [`Refusal::AddressNotProven`].
pub const fn may_join(proven: bool) -> Result<(), Refusal> {
    if proven { Ok(()) } else { Err(Refusal::AddressNotProven) }
}

impl ToConfirm {
    /// # Errors
    /// [`Refusal::AddressNotProven`] of [`may_join`].
    pub const fn may_confirm(&self) -> Result<(), Refusal> {
        match self {
            Self::Joining { proven, .. } => may_join(*proven),
            Self::NewAddress { .. } | Self::OldAddress { .. } | Self::Succession { .. } => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A4, S6.
    #[test]
    fn whoever_joins_has_their_password_to_themselves() {
        let company = || "Van Dijk".to_owned();
        let joining = |proven| ToConfirm::Joining { company: company(), role: Role::User, proven };
        assert_eq!(joining(false).may_confirm(), Err(Refusal::AddressNotProven));
        let new = || "carla@vandijk.example".to_owned();
        for other in [
            joining(true),
            ToConfirm::NewAddress { company: company(), new: new() },
            ToConfirm::OldAddress { company: company(), new: new() },
            ToConfirm::Succession { company: company(), by: "Anna".into() },
        ] {
            assert_eq!(other.may_confirm(), Ok(()), "{other:?}");
        }
    }
}
