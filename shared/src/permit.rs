//! Who may do what: one table, asked by the buttons and by the deeds alike.

use crate::{AccountId, CompanyNumber, Refusal};
use serde::{Deserialize, Serialize};

/// A role in one company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    User,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 2] = [Self::User, Self::Administrator];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Administrator => "administrator",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Everything in Balie that somebody may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permit {
    /// Home.
    VisitCompany,
    /// My company › General (G1).
    ReadCompany,
    /// My company › Users: the list and each person's page (U2, U4).
    ReadUsers,
    /// Add user (U1).
    AddUser,
    /// Resend email (U2).
    ResendRegistration,
    /// Unlock (A3).
    UnlockUser,
    /// Save user: role, details, blocked, mail redirection (U5, U7); block several at once.
    EditUser,
    /// Remove user (U5).
    RemoveUser,
    /// My company › General: how the provider reaches the company (G1).
    EditContact,
    /// My company › Licences: read, settings, give and remove access (L2, L3, L4).
    ManageLicences,
    /// Requests: the queue (R2), asking and withdrawing (R1, R4).
    UseRequests,
    /// Accept, decline, undo (R2, R3), and who asked.
    DecideRequests,
    /// Documents: search, read, ask for one (R8).
    UseDocuments,
    /// Text on the request form (R8).
    EditRequestText,
    /// My company › History (H1).
    ReadHistory,
    /// My profile, for an account of one's own (P1).
    OwnProfile,
    /// My profile › Change company: ask somebody to be administrator in one's place (U6).
    HandOver,
    /// The provider's pages (O1).
    VisitProvider,
    /// Provider › Companies: create and edit companies, domains and general accounts, appoint administrators (O1).
    RunCompanies,
    /// Provider › Products, Suppliers: collections, documents, who is reported (O2, L5).
    RunCatalogue,
    /// A company's licences (O1, L1).
    GrantLicences,
    /// Provider › Requests: standards to add to a collection (R8).
    ConfirmStandards,
    /// Provider › Newsletter (P5).
    RunNewsletter,
    /// Provider › History: everybody's (H1).
    ReadAllHistory,
}

/// Who is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody with an active, unblocked membership of the company.
    Member,
    /// The company's active, unblocked administrators.
    Administrator,
    /// The provider's people.
    Staff,
    /// Whoever is signed in with an account of their own: not with a company's general account.
    Person,
}

impl Permit {
    pub const ALL: [Self; 24] = [
        Self::VisitCompany,
        Self::ReadCompany,
        Self::ReadUsers,
        Self::AddUser,
        Self::ResendRegistration,
        Self::UnlockUser,
        Self::EditUser,
        Self::RemoveUser,
        Self::EditContact,
        Self::ManageLicences,
        Self::UseRequests,
        Self::DecideRequests,
        Self::UseDocuments,
        Self::EditRequestText,
        Self::ReadHistory,
        Self::OwnProfile,
        Self::HandOver,
        Self::VisitProvider,
        Self::RunCompanies,
        Self::RunCatalogue,
        Self::GrantLicences,
        Self::ConfirmStandards,
        Self::RunNewsletter,
        Self::ReadAllHistory,
    ];

    /// The table.
    #[must_use]
    pub const fn who(self) -> Who {
        match self {
            Self::VisitCompany | Self::UseRequests | Self::UseDocuments => Who::Member,
            Self::ReadCompany
            | Self::ReadUsers
            | Self::AddUser
            | Self::ResendRegistration
            | Self::UnlockUser
            | Self::EditUser
            | Self::RemoveUser
            | Self::EditContact
            | Self::ManageLicences
            | Self::DecideRequests
            | Self::EditRequestText
            | Self::HandOver
            | Self::ReadHistory => Who::Administrator,
            Self::OwnProfile => Who::Person,
            Self::VisitProvider
            | Self::RunCompanies
            | Self::RunCatalogue
            | Self::GrantLicences
            | Self::ConfirmStandards
            | Self::RunNewsletter
            | Self::ReadAllHistory => Who::Staff,
        }
    }
}

/// What somebody who is signed in is, everywhere. Only memberships that count are in it: not those that are invited,
/// awaiting approval or blocked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub account: AccountId,
    pub staff: bool,
    /// G2: a company's general account, which is nobody's own.
    pub general: bool,
    pub companies: Vec<(CompanyNumber, Role)>,
}

impl Standing {
    /// Whether this person may do it. `company` is the company that it is done in; staff's deeds have none.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn may(&self, permit: Permit, company: Option<CompanyNumber>) -> Result<(), Refusal> {
        let role = company.and_then(|company| self.role_in(company));
        let allowed = match permit.who() {
            Who::Member => role.is_some(),
            Who::Administrator => role == Some(Role::Administrator),
            Who::Staff => self.staff,
            Who::Person => !self.general,
        };
        if allowed { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    #[must_use]
    pub fn role_in(&self, company: CompanyNumber) -> Option<Role> {
        self.companies.iter().find(|(number, _)| *number == company).map(|(_, role)| *role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: CompanyNumber = CompanyNumber(10001);
    const ELSEWHERE: CompanyNumber = CompanyNumber(10002);

    fn standing(staff: bool, companies: &[(CompanyNumber, Role)]) -> Standing {
        Standing { account: AccountId(uuid::Uuid::nil()), staff, general: false, companies: companies.to_vec() }
    }

    #[test]
    fn every_permit_for_every_caller() {
        let user = standing(false, &[(HERE, Role::User)]);
        let administrator = standing(false, &[(HERE, Role::Administrator)]);
        let neighbour = standing(false, &[(ELSEWHERE, Role::Administrator)]);
        let staff = standing(true, &[]);
        let nobody = standing(false, &[]);
        let general = Standing { general: true, ..standing(false, &[(HERE, Role::User)]) };
        for permit in Permit::ALL {
            let allowed = |who: &Standing| who.may(permit, Some(HERE)).is_ok();
            let row = [allowed(&nobody), allowed(&user), allowed(&administrator), allowed(&neighbour), allowed(&staff), allowed(&general)];
            let expected = match permit {
                Permit::VisitCompany | Permit::UseRequests | Permit::UseDocuments => [false, true, true, false, false, true],
                Permit::ReadCompany
                | Permit::ReadUsers
                | Permit::AddUser
                | Permit::ResendRegistration
                | Permit::UnlockUser
                | Permit::EditUser
                | Permit::RemoveUser
                | Permit::EditContact
                | Permit::ManageLicences
                | Permit::DecideRequests
                | Permit::EditRequestText
                | Permit::HandOver
                | Permit::ReadHistory => [false, false, true, false, false, false],
                Permit::OwnProfile => [true, true, true, true, true, false],
                Permit::VisitProvider
                | Permit::RunCompanies
                | Permit::RunCatalogue
                | Permit::GrantLicences
                | Permit::ConfirmStandards
                | Permit::RunNewsletter
                | Permit::ReadAllHistory => [false, false, false, false, true, false],
            };
            assert_eq!(row, expected, "{permit:?}");
        }
    }

    #[test]
    fn a_company_deed_without_a_company_is_nobodys() {
        let administrator = standing(false, &[(HERE, Role::Administrator)]);
        assert_eq!(administrator.may(Permit::AddUser, None), Err(Refusal::NotAllowed));
    }
}
