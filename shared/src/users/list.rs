//! The list of a company's people, and one person's page.

use super::{
    form::{Seen, SeenDetails},
    status::{StatusKind, StatusShown},
};
use crate::{
    AccountId, CompanyNumber, LocalTime, Refusal, Role,
    fields::Country,
    licences::{Givable, OwnAccess},
};
use serde::{Deserialize, Serialize};

/// The columns by which the list can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    #[default]
    Name,
    Username,
    Role,
    Status,
}

impl SortBy {
    pub const ALL: [Self; 4] = [Self::Name, Self::Username, Self::Role, Self::Status];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Username => "username",
            Self::Role => "role",
            Self::Status => "status",
        }
    }
}

/// What the list shows: kept in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UsersQuery {
    pub search: String,
    pub status: Option<StatusKind>,
    pub sort: SortBy,
    pub descending: bool,
    /// From 1.
    pub page: u32,
}

/// People on a page of the list.
pub const PAGE_SIZE: u32 = 50;

/// Whom something is done with at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// These.
    Some(Vec<AccountId>),
    /// Everybody whom the filter finds, on all pages.
    Found(UsersQuery),
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UserRow {
    pub id: AccountId,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub status: StatusShown,
    /// The products that the person may use now, by name.
    pub licences: Vec<String>,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersPage {
    pub company: CompanyNumber,
    pub rows: Vec<UserRow>,
    /// Everybody that the filter finds.
    pub found: u32,
    /// Everybody in the company.
    pub total: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
    /// U1: without a domain nobody can be added.
    pub may_add: Result<(), Refusal>,
}

/// One person's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDetails {
    pub id: AccountId,
    pub username: String,
    pub name: String,
    pub phone: Option<String>,
    pub country: Option<Country>,
    pub role: Role,
    pub status: StatusShown,
    pub blocked: bool,
    pub mail_to_administrators: bool,
    pub added: LocalTime,
    pub registered: Option<LocalTime>,
    /// When the last mail to complete the registration went out, and what became of it.
    pub mail: Option<MailShown>,
    /// G2: the company's general account.
    pub general: bool,
    /// U5: what the person has access to, and what could be given.
    pub access: Vec<OwnAccess>,
    pub to_give: Vec<Givable>,
    /// What removing or blocking would cost them.
    pub ends: Ends,
    /// U5: the address that is to be this person's, as soon as it is confirmed.
    pub address_change: Option<AddressChange>,
    /// U5, as the deed will decide it: whether the company may change name, telephone number and country.
    pub may_edit_details: Result<(), Refusal>,
    /// U5, as the deed will decide it.
    pub may_change_address: Result<(), Refusal>,
    /// U7, as the deed will decide it.
    pub may_promote: Result<(), Refusal>,
    /// U6, as the deeds will decide it.
    pub may_demote: Result<(), Refusal>,
    pub may_block: Result<(), Refusal>,
    pub may_remove: Result<(), Refusal>,
    /// U2, G2, as the deed will decide it.
    pub may_resend: Result<(), Refusal>,
    /// A3, as the deed will decide it.
    pub may_unlock: Result<(), Refusal>,
}

impl UserDetails {
    /// G2: a general account whose first password nobody has set yet.
    #[must_use]
    pub const fn awaits_password(&self) -> bool {
        self.general && self.registered.is_none()
    }

    /// What the form of their page sends along.
    #[must_use]
    pub fn seen(&self) -> String {
        let details = SeenDetails { name: &self.name, phone: self.phone.as_deref(), country: self.country };
        Seen {
            role: self.role,
            blocked: self.blocked,
            mail_to_administrators: self.mail_to_administrators,
            details: self.may_edit_details.is_ok().then_some(details),
        }
        .text()
    }
}

/// What removing or blocking costs somebody, or several together, in numbers: said before it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Licences that somebody has access to, company-wide ones too. It ends with a removal, and rests while somebody is blocked.
    pub access: u32,
    /// R7: open requests, which are withdrawn.
    pub requests: u32,
}

/// What *Add user* shows of the company (U1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddForm {
    pub company: CompanyNumber,
    pub domains: Vec<String>,
    /// The company's country, which is most people's.
    pub country: Option<Country>,
    /// *Add licence*: what can be given to somebody new.
    pub licences: Vec<Givable>,
}

/// A change of address that waits (U5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressChange {
    pub new: String,
    pub until: LocalTime,
    /// Whether the address of now has to confirm it too, and has not.
    pub waits_for_old: bool,
    pub waits_for_new: bool,
}

/// A letter's fate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailShown {
    pub state: MailState,
    pub moment: LocalTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    Queued,
    Sent,
    Failed,
}
