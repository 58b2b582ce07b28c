//! H1: what happened. Every deed ends in exactly one event; history, letters and live signals follow from it.

use crate::{AccountId, CompanyNumber, Role, live::Room};
use serde::{Deserialize, Serialize};

/// What was done, on whom. Who did it, when and from where is added as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// Somebody signed in.
    SignedIn { account: AccountId },
    /// Somebody signed out.
    SignedOut { account: AccountId },
    /// A3: five wrong passwords in a row.
    AccountLocked { account: AccountId },
    /// A3: an administrator took the lock away.
    AccountUnlocked { company: CompanyNumber, account: AccountId },
    /// U1: an administrator added somebody, who is mailed to complete the registration.
    UserAdded { company: CompanyNumber, account: AccountId, role: Role, blocked: bool },
    /// U2: a new link and a new month.
    RegistrationResent { company: CompanyNumber, account: AccountId },
    /// U2: the person set a password and is in.
    RegistrationCompleted { company: CompanyNumber, account: AccountId },
    /// O4: made on the command line.
    StaffAdded { account: AccountId },
    /// A4: somebody asked for a link to set a new password.
    PasswordResetAsked { account: AccountId },
    /// A4: the password was set with a link.
    PasswordSet { account: AccountId },
}

impl Event {
    /// The word in the database and in exports.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "signed_in",
            Self::SignedOut { .. } => "signed_out",
            Self::AccountLocked { .. } => "account_locked",
            Self::AccountUnlocked { .. } => "account_unlocked",
            Self::UserAdded { .. } => "user_added",
            Self::RegistrationResent { .. } => "registration_resent",
            Self::RegistrationCompleted { .. } => "registration_completed",
            Self::StaffAdded { .. } => "staff_added",
            Self::PasswordResetAsked { .. } => "password_reset_asked",
            Self::PasswordSet { .. } => "password_set",
        }
    }

    /// The company whose history it belongs to.
    #[must_use]
    pub const fn company(&self) -> Option<CompanyNumber> {
        match self {
            Self::AccountUnlocked { company, .. }
            | Self::UserAdded { company, .. }
            | Self::RegistrationResent { company, .. }
            | Self::RegistrationCompleted { company, .. } => Some(*company),
            Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::AccountLocked { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. }
            | Self::PasswordSet { .. } => None,
        }
    }

    /// Whom it was done to.
    #[must_use]
    pub const fn subject(&self) -> AccountId {
        match self {
            Self::SignedIn { account }
            | Self::SignedOut { account }
            | Self::AccountLocked { account }
            | Self::AccountUnlocked { account, .. }
            | Self::UserAdded { account, .. }
            | Self::RegistrationResent { account, .. }
            | Self::RegistrationCompleted { account, .. }
            | Self::StaffAdded { account }
            | Self::PasswordResetAsked { account }
            | Self::PasswordSet { account } => *account,
        }
    }

    /// The rooms whose open pages must look again, in every company that the subject belongs to.
    #[must_use]
    pub const fn rooms(&self) -> &'static [Room] {
        match self {
            Self::AccountLocked { .. }
            | Self::AccountUnlocked { .. }
            | Self::UserAdded { .. }
            | Self::RegistrationResent { .. }
            | Self::RegistrationCompleted { .. }
            | Self::PasswordSet { .. } => &[Room::Users],
            Self::SignedIn { .. } | Self::SignedOut { .. } | Self::StaffAdded { .. } | Self::PasswordResetAsked { .. } => &[],
        }
    }
}
