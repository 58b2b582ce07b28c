//! Who is asking, as types. Outside this crate they can only be had from a session ([`crate::sessions::Visitor`]), so a deed that takes an
//! `&Administrator` can't be reached by anybody else.

use crate::sessions::Token;
use shared::{AccountId, CompanyNumber, Permit, Refusal, fields::Language};
use std::net::IpAddr;

/// Anybody at all: known only by where they come from and which language they read.
#[derive(Clone, Debug)]
pub struct Anyone {
    pub address: IpAddr,
    pub agent: String,
    pub language: Language,
    /// What the session's cookie holds, good or not. It makes nobody of them; but where a session begins, that one ends.
    pub brought: Option<Token>,
}

impl Anyone {
    /// Where history and sessions say that somebody came from.
    #[must_use]
    pub fn address_text(&self) -> String {
        self.address.to_string()
    }
}

/// Somebody whose session is good.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub(crate) account: AccountId,
    pub(crate) from: Anyone,
}

/// Somebody whose session is good and whose account is their own.
#[derive(Clone, Debug)]
pub struct Person(pub(crate) SignedIn);

/// An active, unblocked member of one company, in any role.
#[derive(Clone, Debug)]
pub struct Member {
    pub(crate) account: AccountId,
    pub(crate) company: CompanyNumber,
    pub(crate) from: Anyone,
}

/// An active, unblocked administrator of one company.
#[derive(Clone, Debug)]
pub struct Administrator(pub(crate) Member);

/// One of the provider's people.
#[derive(Clone, Debug)]
pub struct Staff(pub(crate) SignedIn);

impl Administrator {
    #[must_use]
    pub const fn company(&self) -> CompanyNumber {
        self.0.company
    }
}

impl Member {
    #[must_use]
    pub const fn company(&self) -> CompanyNumber {
        self.company
    }
}

/// What a deed needs to know of its doer.
pub trait Caller {
    fn account(&self) -> Option<AccountId>;
    fn company(&self) -> Option<CompanyNumber>;
    fn from(&self) -> &Anyone;
}

impl Caller for Anyone {
    fn account(&self) -> Option<AccountId> {
        None
    }
    fn company(&self) -> Option<CompanyNumber> {
        None
    }
    fn from(&self) -> &Anyone {
        self
    }
}

impl Caller for SignedIn {
    fn account(&self) -> Option<AccountId> {
        Some(self.account)
    }
    fn company(&self) -> Option<CompanyNumber> {
        None
    }
    fn from(&self) -> &Anyone {
        &self.from
    }
}

impl Caller for Person {
    fn account(&self) -> Option<AccountId> {
        self.0.account()
    }
    fn company(&self) -> Option<CompanyNumber> {
        None
    }
    fn from(&self) -> &Anyone {
        self.0.from()
    }
}

impl Caller for Member {
    fn account(&self) -> Option<AccountId> {
        Some(self.account)
    }
    fn company(&self) -> Option<CompanyNumber> {
        Some(self.company)
    }
    fn from(&self) -> &Anyone {
        &self.from
    }
}

impl Caller for Administrator {
    fn account(&self) -> Option<AccountId> {
        self.0.account()
    }
    fn company(&self) -> Option<CompanyNumber> {
        Caller::company(&self.0)
    }
    fn from(&self) -> &Anyone {
        self.0.from()
    }
}

impl Caller for Staff {
    fn account(&self) -> Option<AccountId> {
        self.0.account()
    }
    fn company(&self) -> Option<CompanyNumber> {
        None
    }
    fn from(&self) -> &Anyone {
        self.0.from()
    }
}

/// The permit that a caller's type stands for was asked when the session was read; a deed asks it again inside its transaction, since
/// somebody may have been blocked in between.
pub(crate) fn check(standing: &shared::Standing, permit: Permit, company: Option<CompanyNumber>) -> Result<(), Refusal> {
    standing.may(permit, company)
}
