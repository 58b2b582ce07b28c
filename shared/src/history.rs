//! H1: what history shows.

use crate::{AccountId, CompanyNumber, LocalTime, Time, event::Event};
use serde::{Deserialize, Serialize};

/// How far back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Week,
    #[default]
    Month,
    Quarter,
    Year,
    All,
}

impl Period {
    pub const ALL: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.key() == key)
    }

    /// From when on. Days, not calendar months: what lies between is the same length whenever one looks.
    #[must_use]
    pub const fn since(self, now: Time) -> Time {
        const DAY: i64 = 24 * 3600;
        match self {
            Self::Week => now.plus_seconds(-7 * DAY),
            Self::Month => now.plus_seconds(-31 * DAY),
            Self::Quarter => now.plus_seconds(-92 * DAY),
            Self::Year => now.plus_seconds(-366 * DAY),
            Self::All => Time(i64::MIN),
        }
    }
}

/// What is looked for: kept in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryQuery {
    /// Part of the name or username of whoever did it, or of whom it was done to.
    pub person: String,
    /// That very person, whatever `person` says. An id, since addresses keep no secrets and usernames are people's e-mail addresses.
    pub account: Option<AccountId>,
    /// In this company alone; only the provider's people see more than one.
    pub company: Option<CompanyNumber>,
    /// One of [`Event::KINDS`], or nothing.
    pub kind: String,
    pub period: Period,
    /// From 1.
    pub page: u32,
}

/// Deeds on a page.
pub const PAGE_SIZE: u32 = 50;

/// So many deeds, the newest, are in an export, and counted.
pub const EXPORT_LIMIT: u32 = 50_000;

/// Somebody in history. Whoever deleted their account is a number without name and username (P6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: AccountId,
    pub name: String,
    pub username: String,
    /// G2: a company's general account: which of its people it was nobody knows.
    pub general: bool,
}

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    pub at: LocalTime,
    /// Who did it; nobody: the system, or somebody who was not signed in.
    pub actor: Option<Person>,
    /// Whom it was done to; nobody: the company itself, or nobody whom Balie knows.
    pub subject: Option<Person>,
    /// Where it was done, for the provider's people.
    pub company: Option<CompanyNumber>,
    /// What was done. `None` for a kind that a newer program wrote.
    pub event: Option<Event>,
    /// From which network address.
    pub address: Option<String>,
}

/// One page of history, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryPage {
    pub rows: Vec<HistoryRow>,
    /// One more than [`EXPORT_LIMIT`]: nobody knows how many.
    pub found: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
}
