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
    /// U5, U7: an administrator changed what somebody is; only what changed is named.
    UserEdited {
        company: CompanyNumber,
        account: AccountId,
        #[serde(default)]
        details: bool,
        #[serde(default)]
        role: Option<Role>,
        #[serde(default)]
        blocked: Option<bool>,
        #[serde(default)]
        mail_to_administrators: Option<bool>,
        /// U2: whoever is unblocked before they registered is mailed (again).
        #[serde(default)]
        mailed: bool,
    },
    /// U5: no longer in the company.
    UserRemoved { company: CompanyNumber, account: AccountId },
    /// P2: somebody changed their own name, telephone number, country or language.
    DetailsChanged { account: AccountId },
    /// P3: somebody changed their password.
    PasswordChanged { account: AccountId },
    /// A7: somebody ended another of their sessions.
    SessionEnded { account: AccountId },
    /// A7: somebody ended all their other sessions.
    OtherSessionsEnded { account: AccountId },
    /// O4: made on the command line.
    StaffAdded { account: AccountId },
    /// A4: somebody asked for a link to set a new password.
    PasswordResetAsked { account: AccountId },
    /// A4: the password was set with a link.
    PasswordSet { account: AccountId },
}

impl Event {
    /// Every word that [`Event::kind`] can answer, in the order in which a list offers them.
    pub const KINDS: [&'static str; 16] = [
        "user_added",
        "user_edited",
        "user_removed",
        "registration_resent",
        "registration_completed",
        "account_unlocked",
        "account_locked",
        "signed_in",
        "signed_out",
        "session_ended",
        "other_sessions_ended",
        "password_reset_asked",
        "password_set",
        "password_changed",
        "details_changed",
        "staff_added",
    ];

    /// The word in the database and in exports.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignedIn { .. } => "signed_in",
            Self::SignedOut { .. } => "signed_out",
            Self::AccountLocked { .. } => "account_locked",
            Self::AccountUnlocked { .. } => "account_unlocked",
            Self::UserAdded { .. } => "user_added",
            Self::UserEdited { .. } => "user_edited",
            Self::UserRemoved { .. } => "user_removed",
            Self::RegistrationResent { .. } => "registration_resent",
            Self::RegistrationCompleted { .. } => "registration_completed",
            Self::DetailsChanged { .. } => "details_changed",
            Self::PasswordChanged { .. } => "password_changed",
            Self::SessionEnded { .. } => "session_ended",
            Self::OtherSessionsEnded { .. } => "other_sessions_ended",
            Self::StaffAdded { .. } => "staff_added",
            Self::PasswordResetAsked { .. } => "password_reset_asked",
            Self::PasswordSet { .. } => "password_set",
        }
    }

    /// The company that it was done in. What somebody does with their account alone is done in none.
    #[must_use]
    pub const fn company(&self) -> Option<CompanyNumber> {
        match self {
            Self::AccountUnlocked { company, .. }
            | Self::UserAdded { company, .. }
            | Self::UserEdited { company, .. }
            | Self::UserRemoved { company, .. }
            | Self::RegistrationResent { company, .. }
            | Self::RegistrationCompleted { company, .. } => Some(*company),
            Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::AccountLocked { .. }
            | Self::DetailsChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
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
            | Self::UserEdited { account, .. }
            | Self::UserRemoved { account, .. }
            | Self::RegistrationResent { account, .. }
            | Self::RegistrationCompleted { account, .. }
            | Self::DetailsChanged { account }
            | Self::PasswordChanged { account }
            | Self::SessionEnded { account }
            | Self::OtherSessionsEnded { account }
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
            | Self::UserEdited { .. }
            | Self::UserRemoved { .. }
            | Self::RegistrationResent { .. }
            | Self::RegistrationCompleted { .. }
            | Self::DetailsChanged { .. }
            | Self::PasswordSet { .. } => &[Room::Users],
            Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. } => &[],
        }
    }

    /// U3: whether mail that went to somebody for another may now be somebody else's, so that the links in it have to be replaced.
    #[must_use]
    pub const fn may_change_who_gets_mail(&self) -> bool {
        match self {
            Self::UserEdited { role, blocked, mail_to_administrators, .. } => {
                matches!(role, Some(Role::User)) || matches!(blocked, Some(true)) || matches!(mail_to_administrators, Some(false))
            }
            Self::UserRemoved { .. } => true,
            Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::AccountLocked { .. }
            | Self::AccountUnlocked { .. }
            | Self::UserAdded { .. }
            | Self::RegistrationResent { .. }
            | Self::RegistrationCompleted { .. }
            | Self::DetailsChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. }
            | Self::PasswordSet { .. } => false,
        }
    }

    /// U6: whether the company may have lost an administrator by it, so that the deed has to look whether one is left.
    #[must_use]
    pub const fn may_cost_an_administrator(&self) -> bool {
        match self {
            Self::UserEdited { role, blocked, .. } => matches!(role, Some(Role::User)) || matches!(blocked, Some(true)),
            Self::UserRemoved { .. } => true,
            Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::AccountLocked { .. }
            | Self::AccountUnlocked { .. }
            | Self::UserAdded { .. }
            | Self::RegistrationResent { .. }
            | Self::RegistrationCompleted { .. }
            | Self::DetailsChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. }
            | Self::PasswordSet { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The filter of a list, the column and the stored event speak of the same kinds.
    #[test]
    fn every_kind_is_the_tag_of_its_event() {
        let (company, account) = (CompanyNumber(10001), AccountId(uuid::Uuid::nil()));
        for kind in Event::KINDS {
            let stored = format!(r#"{{"kind":"{kind}","company":{company},"account":"{account}","role":"user","blocked":false}}"#);
            let event: Event = serde_json::from_str(&stored).unwrap_or_else(|error| panic!("{kind}: {error}"));
            assert_eq!(event.kind(), kind);
            assert_eq!(event.subject(), account);
        }
    }
}
