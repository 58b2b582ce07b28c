//! Going to another company (P4), leaving one, handing over (U6), and deleting one's account (P6).

use crate::{
    AccountId, CompanyNumber, FieldName, LocalTime, Problem, Refusal, Role, companies::CompanyName, users::keeps_an_administrator,
};
use serde::{Deserialize, Serialize};

/// What decides whether somebody may leave a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub role: Role,
    /// Active, unblocked and registered.
    pub other_administrators: u32,
}

impl Place {
    /// P4, P6, U6.
    ///
    /// # Errors
    /// [`Refusal::LastAdministrator`].
    pub fn may_leave(self) -> Result<(), Refusal> {
        match self.role {
            Role::User => Ok(()),
            Role::Administrator => keeps_an_administrator(self.other_administrators),
        }
    }
}

/// What decides whether somebody may go to a company by themselves (P4, S2, S6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// It lists the exact domain of the person's address, lets people register by themselves, and has not blocked them.
    pub open: bool,
    /// The person is in it already.
    pub inside: bool,
    /// The password is that of whoever has the address, and not perhaps of administrators who got their mail (U3).
    pub proven: bool,
}

impl Destination {
    /// # Errors
    /// [`Refusal::NoSelfRegistration`], [`Refusal::Changed`] for whoever is there by now, [`Refusal::AddressNotProven`].
    pub const fn may_enter(self) -> Result<(), Refusal> {
        match self {
            Self { inside: true, .. } => Err(Refusal::Changed),
            Self { open: false, .. } => Err(Refusal::NoSelfRegistration),
            Self { proven: false, .. } => Err(Refusal::AddressNotProven),
            _ => Ok(()),
        }
    }
}

/// What decides whether somebody can take an administrator's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heir {
    pub role: Role,
    pub active: bool,
    pub blocked: bool,
    /// G2: nobody's own.
    pub general: bool,
}

impl Heir {
    /// # Errors
    /// At the field *Successor*: only a registered, unblocked user who has an account of their own.
    pub fn may_succeed(self) -> Result<(), Refusal> {
        let may = matches!(self, Self { role: Role::User, active: true, blocked: false, general: false });
        if may { Ok(()) } else { Err(Refusal::field(FieldName::Successor, Problem::NotAChoice)) }
    }
}

/// What somebody loses with a company, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Losses {
    /// Products: access of one's own.
    pub access: Vec<String>,
    /// Products that everybody in the company may use.
    pub company_wide: Vec<String>,
    /// Products and documents that were asked for and are not decided.
    pub requests: Vec<String>,
    /// U3: mail went to the administrators, and will come to the person again.
    pub mail_to_administrators: bool,
}

/// A company that somebody is in, as *Change company* shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Here {
    /// Name, number and the person's role.
    pub company: CompanyName,
    pub losses: Losses,
    pub other_administrators: u32,
    /// U6: whom the person asked to take their place, until they answer.
    pub succession: Option<Succession>,
    /// U6: who could, of whoever must hand over first; else nobody. The first ones by name.
    pub heirs: Vec<HeirShown>,
    /// Whether there are more of them than these.
    pub more_heirs: bool,
}

impl Here {
    /// # Errors
    /// [`Refusal::LastAdministrator`].
    pub fn may_leave(&self) -> Result<(), Refusal> {
        Place { role: self.company.role, other_administrators: self.other_administrators }.may_leave()
    }
}

/// Somebody was asked to take an administrator's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    pub name: String,
    pub username: String,
    pub until: LocalTime,
}

/// Somebody who could take an administrator's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeirShown {
    pub id: AccountId,
    pub name: String,
    pub username: String,
}

/// A company that somebody may go to (P4), and what everybody gets there at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    pub number: CompanyNumber,
    pub name: String,
    /// Products with a company-wide licence that is running.
    pub offers: Vec<String>,
}

/// What *Change company* shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    pub username: String,
    /// [`Destination::proven`].
    pub proven: bool,
    /// The companies that the person is in, by name.
    pub here: Vec<Here>,
    /// Those that they may go to, by name.
    pub departments: Vec<Department>,
}

/// What *Delete account* shows (P6): what goes, and what is in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleting {
    pub username: String,
    pub here: Vec<Here>,
}

impl Deleting {
    /// # Errors
    /// [`Refusal::LastAdministrator`], of any company.
    pub fn allowed(&self) -> Result<(), Refusal> {
        self.here.iter().try_for_each(Here::may_leave)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P4, P6, U6.
    #[test]
    fn who_may_leave() {
        for (role, other_administrators, answer) in [
            (Role::User, 0, Ok(())),
            (Role::User, 1, Ok(())),
            (Role::Administrator, 0, Err(Refusal::LastAdministrator)),
            (Role::Administrator, 1, Ok(())),
            (Role::Administrator, 2, Ok(())),
        ] {
            assert_eq!(Place { role, other_administrators }.may_leave(), answer, "{role:?} {other_administrators}");
        }
    }

    /// P4, S2, S6: every state of a destination.
    #[test]
    fn where_somebody_may_go() {
        for open in [false, true] {
            for inside in [false, true] {
                for proven in [false, true] {
                    let expected = match (inside, open, proven) {
                        (true, _, _) => Err(Refusal::Changed),
                        (false, false, _) => Err(Refusal::NoSelfRegistration),
                        (false, true, false) => Err(Refusal::AddressNotProven),
                        (false, true, true) => Ok(()),
                    };
                    assert_eq!(Destination { open, inside, proven }.may_enter(), expected, "{open} {inside} {proven}");
                }
            }
        }
    }

    /// U6: of the sixteen kinds of people one can take an administrator's place.
    #[test]
    fn who_may_succeed() {
        let mut can = Vec::new();
        for role in Role::ALL {
            for (active, blocked, general) in (0..8).map(|bits: u8| (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0)) {
                let heir = Heir { role, active, blocked, general };
                match heir.may_succeed() {
                    Ok(()) => can.push(heir),
                    refused => assert_eq!(refused, Err(Refusal::field(FieldName::Successor, Problem::NotAChoice)), "{heir:?}"),
                }
            }
        }
        assert_eq!(can, [Heir { role: Role::User, active: true, blocked: false, general: false }]);
    }
}
