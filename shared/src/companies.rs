//! A customer's account.

use crate::{CompanyNumber, permit::Role};
use serde::{Deserialize, Serialize};

/// A company as its own people see it in the top bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyName {
    pub number: CompanyNumber,
    pub name: String,
    pub role: Role,
}

/// My company › General (G1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct General {
    pub number: CompanyNumber,
    pub name: String,
    /// Chamber of Commerce number, eight digits.
    pub kvk: String,
    pub contact: Contact,
    /// The provider's person for this company.
    pub account_manager: String,
    /// In alphabetical order; the heading shows only when there are any.
    pub domains: Vec<String>,
    pub self_registration: bool,
}

/// How the provider reaches the company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub email: String,
    pub phone: String,
}

/// Home, as far as it goes: who is welcomed, and what an administrator has to look after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub company: CompanyName,
    /// Only for administrators.
    pub people: Option<People>,
}

/// An administrator's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    pub total: i64,
    /// Mailed, and not yet registered.
    pub waiting: i64,
    /// Their link ran out.
    pub expired: i64,
    pub locked: i64,
}

/// A row of the provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyRow {
    pub number: CompanyNumber,
    pub name: String,
    pub domains: Vec<String>,
    pub people: i64,
}
