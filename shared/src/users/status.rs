//! U4: statuses, and what may be done with somebody in each.

use crate::{LocalTime, Refusal, Role, Time};
use serde::{Deserialize, Serialize};

/// How far somebody is on the way into a company. Whether they are blocked is kept beside it, since blocking and unblocking must
/// not lose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Membership {
    /// Added, not yet registered. The link that completes it is open until then; a moment that has passed means that it expired.
    Invited {
        until: Time,
    },
    AwaitingApproval,
    Active,
}

/// What decides somebody's status in a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub membership: Membership,
    pub blocked: bool,
    /// A3: until then nobody gets in with this username.
    pub locked_until: Option<Time>,
    /// An unexpired access, individual or company-wide.
    pub has_access: bool,
}

/// U4: the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Blocked,
    Locked { until: Time },
    RegistrationExpired { since: Time },
    RegistrationRequested { until: Time },
    AwaitingApproval,
    NoActiveLicence,
    Registered,
}

impl Facts {
    /// U4, in its order.
    #[must_use]
    pub fn status(&self, now: Time) -> Status {
        if self.blocked {
            return Status::Blocked;
        }
        if let Some(until) = self.locked_until.filter(|until| *until > now) {
            return Status::Locked { until };
        }
        match self.membership {
            Membership::Invited { until } if until <= now => Status::RegistrationExpired { since: until },
            Membership::Invited { until } => Status::RegistrationRequested { until },
            Membership::AwaitingApproval => Status::AwaitingApproval,
            Membership::Active if self.has_access => Status::Registered,
            Membership::Active => Status::NoActiveLicence,
        }
    }

    /// U2: whether *Resend email* makes sense.
    ///
    /// # Errors
    /// Why it doesn't.
    pub fn may_resend(&self) -> Result<(), Refusal> {
        match self.membership {
            _ if self.blocked => Err(Refusal::Blocked),
            Membership::Invited { .. } => Ok(()),
            Membership::AwaitingApproval | Membership::Active => Err(Refusal::AlreadyRegistered),
        }
    }

    /// A3: whether *Unlock* makes sense.
    ///
    /// # Errors
    /// [`Refusal::NotLocked`].
    pub fn may_unlock(&self, now: Time) -> Result<(), Refusal> {
        if self.locked_until.is_some_and(|until| until > now) { Ok(()) } else { Err(Refusal::NotLocked) }
    }
}

/// What the rules ask about somebody whom an administrator wants to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub facts: Facts,
    pub role: Role,
    /// Whether it is the administrator who asks.
    pub is_self: bool,
    /// Whether nobody else has a say in the account: this company is its only membership, and it is not staff's.
    pub is_ours: bool,
    /// G2: it is nobody's own.
    pub is_general: bool,
    /// Whether the person has a password, so that the address is proven.
    pub is_registered: bool,
    /// How many active administrators the company has besides this person.
    pub other_administrators: u32,
}

impl Position {
    /// U5: name, telephone number and country are the account's; where it belongs to others too, only the person changes them.
    ///
    /// # Errors
    /// [`Refusal::OwnDetails`], [`Refusal::GeneralAccount`].
    pub const fn may_edit_details(&self) -> Result<(), Refusal> {
        match (self.is_general, self.is_ours) {
            (true, _) => Err(Refusal::GeneralAccount),
            (false, true) => Ok(()),
            (false, false) => Err(Refusal::OwnDetails),
        }
    }

    /// U5: an address that was proven can give way to another. Whoever has not registered is removed and added with the right one.
    ///
    /// # Errors
    /// [`Refusal::NotRegistered`], [`Refusal::GeneralAccount`], [`Refusal::Blocked`].
    pub fn may_change_address(&self) -> Result<(), Refusal> {
        match self.facts.membership {
            _ if self.is_general => Err(Refusal::GeneralAccount),
            _ if self.facts.blocked => Err(Refusal::Blocked),
            Membership::Active if self.is_registered => Ok(()),
            _ => Err(Refusal::NotRegistered),
        }
    }

    /// U2, G2: *Resend email*, for the link that completes the registration, or for the one that sets a general account's first password.
    ///
    /// # Errors
    /// [`Refusal::AlreadyRegistered`], [`Refusal::Blocked`].
    pub fn may_resend(&self) -> Result<(), Refusal> {
        match self.facts.may_resend() {
            Err(Refusal::AlreadyRegistered) if self.is_general && !self.is_registered => Ok(()),
            decided => decided,
        }
    }

    /// U7. What everybody uses administers nothing.
    ///
    /// # Errors
    /// [`Refusal::GeneralAccount`].
    pub const fn may_promote(&self) -> Result<(), Refusal> {
        if self.is_general { Err(Refusal::GeneralAccount) } else { Ok(()) }
    }

    /// U6, for becoming a user.
    ///
    /// # Errors
    /// [`Refusal::LastAdministrator`].
    pub fn may_demote(&self) -> Result<(), Refusal> {
        if self.administers() { keeps_an_administrator(self.other_administrators) } else { Ok(()) }
    }

    /// # Errors
    /// [`Refusal::Yourself`], [`Refusal::LastAdministrator`].
    pub fn may_block(&self) -> Result<(), Refusal> {
        if self.is_self { Err(Refusal::Yourself) } else { self.may_demote() }
    }

    /// # Errors
    /// [`Refusal::Yourself`], [`Refusal::LastAdministrator`], [`Refusal::GeneralAccount`]: that can be blocked.
    pub fn may_remove(&self) -> Result<(), Refusal> {
        if self.is_general { Err(Refusal::GeneralAccount) } else { self.may_block() }
    }

    /// Whether they are one of the administrators that U6 counts.
    fn administers(&self) -> bool {
        self.role == Role::Administrator && self.facts.membership == Membership::Active && !self.facts.blocked
    }
}

/// U6: `others` are a company's active, unblocked, registered administrators, without the one who would go.
///
/// # Errors
/// [`Refusal::LastAdministrator`].
pub const fn keeps_an_administrator(others: u32) -> Result<(), Refusal> {
    if others > 0 { Ok(()) } else { Err(Refusal::LastAdministrator) }
}

/// The statuses without their dates: the filter of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    Blocked,
    Locked,
    RegistrationExpired,
    RegistrationRequested,
    AwaitingApproval,
    NoActiveLicence,
    Registered,
}

impl StatusKind {
    pub const ALL: [Self; 7] = [
        Self::Blocked,
        Self::Locked,
        Self::RegistrationExpired,
        Self::RegistrationRequested,
        Self::AwaitingApproval,
        Self::NoActiveLicence,
        Self::Registered,
    ];

    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Locked => "locked",
            Self::RegistrationExpired => "registration_expired",
            Self::RegistrationRequested => "registration_requested",
            Self::AwaitingApproval => "awaiting_approval",
            Self::NoActiveLicence => "no_active_licence",
            Self::Registered => "registered",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

impl Status {
    #[must_use]
    pub const fn kind(self) -> StatusKind {
        match self {
            Self::Blocked => StatusKind::Blocked,
            Self::Locked { .. } => StatusKind::Locked,
            Self::RegistrationExpired { .. } => StatusKind::RegistrationExpired,
            Self::RegistrationRequested { .. } => StatusKind::RegistrationRequested,
            Self::AwaitingApproval => StatusKind::AwaitingApproval,
            Self::NoActiveLicence => StatusKind::NoActiveLicence,
            Self::Registered => StatusKind::Registered,
        }
    }

    /// The date that belongs to it.
    #[must_use]
    pub const fn moment(self) -> Option<Time> {
        match self {
            Self::Locked { until } | Self::RegistrationRequested { until } => Some(until),
            Self::RegistrationExpired { since } => Some(since),
            Self::Blocked | Self::AwaitingApproval | Self::NoActiveLicence | Self::Registered => None,
        }
    }
}

/// A status as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatusShown {
    pub kind: StatusKind,
    /// Until when, or since when.
    pub moment: Option<LocalTime>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_000_000);
    const LATER: Time = Time(2_000_000);
    const BEFORE: Time = Time(500_000);

    /// U4: every state × everything that can stand before it.
    #[test]
    fn the_first_status_that_applies() {
        let memberships = [
            (
                Membership::Invited { until: BEFORE },
                Status::RegistrationExpired { since: BEFORE },
                Status::RegistrationExpired { since: BEFORE },
            ),
            (Membership::Invited { until: NOW }, Status::RegistrationExpired { since: NOW }, Status::RegistrationExpired { since: NOW }),
            (
                Membership::Invited { until: LATER },
                Status::RegistrationRequested { until: LATER },
                Status::RegistrationRequested { until: LATER },
            ),
            (Membership::AwaitingApproval, Status::AwaitingApproval, Status::AwaitingApproval),
            (Membership::Active, Status::NoActiveLicence, Status::Registered),
        ];
        for (membership, without, with) in memberships {
            for (has_access, expected) in [(false, without), (true, with)] {
                let facts = Facts { membership, blocked: false, locked_until: None, has_access };
                assert_eq!(facts.status(NOW), expected);
                assert_eq!(Facts { locked_until: Some(NOW), ..facts }.status(NOW), expected, "a lock that is over");
                assert_eq!(Facts { locked_until: Some(LATER), ..facts }.status(NOW), Status::Locked { until: LATER });
                assert_eq!(Facts { blocked: true, locked_until: Some(LATER), ..facts }.status(NOW), Status::Blocked);
            }
        }
    }

    #[test]
    fn only_who_is_invited_and_not_blocked_is_mailed_again() {
        let invited = Facts { membership: Membership::Invited { until: BEFORE }, blocked: false, locked_until: None, has_access: false };
        assert_eq!(invited.may_resend(), Ok(()));
        assert_eq!(Facts { blocked: true, ..invited }.may_resend(), Err(Refusal::Blocked));
        assert_eq!(Facts { membership: Membership::Active, ..invited }.may_resend(), Err(Refusal::AlreadyRegistered));
        assert_eq!(Facts { membership: Membership::AwaitingApproval, ..invited }.may_resend(), Err(Refusal::AlreadyRegistered));
    }

    #[test]
    fn only_a_lock_that_holds_can_be_taken_away() {
        let facts = Facts { membership: Membership::Active, blocked: false, locked_until: None, has_access: false };
        assert_eq!(facts.may_unlock(NOW), Err(Refusal::NotLocked));
        assert_eq!(Facts { locked_until: Some(NOW), ..facts }.may_unlock(NOW), Err(Refusal::NotLocked));
        assert_eq!(Facts { locked_until: Some(LATER), ..facts }.may_unlock(NOW), Ok(()));
    }

    /// U6, and nobody blocks or removes themselves: every role and state × whether others are left.
    #[test]
    fn the_last_administrator_stays() {
        let active = Facts { membership: Membership::Active, blocked: false, locked_until: None, has_access: false };
        let invited = Facts { membership: Membership::Invited { until: LATER }, ..active };
        for role in Role::ALL {
            for facts in [active, Facts { blocked: true, ..active }, Facts { locked_until: Some(LATER), ..active }, invited] {
                for other_administrators in [0, 1] {
                    let position = Position {
                        facts,
                        role,
                        is_self: false,
                        is_ours: true,
                        is_general: false,
                        is_registered: true,
                        other_administrators,
                    };
                    let counts = role == Role::Administrator && facts.membership == Membership::Active && !facts.blocked;
                    let expected = if counts && other_administrators == 0 { Err(Refusal::LastAdministrator) } else { Ok(()) };
                    assert_eq!(position.may_demote(), expected, "{position:?}");
                    assert_eq!(position.may_block(), expected, "{position:?}");
                    assert_eq!(position.may_remove(), expected, "{position:?}");
                    let own = Position { is_self: true, ..position };
                    assert_eq!(own.may_demote(), expected);
                    assert_eq!(own.may_block(), Err(Refusal::Yourself));
                    assert_eq!(own.may_remove(), Err(Refusal::Yourself));
                }
            }
        }
    }

    #[test]
    fn the_details_of_an_account_that_others_share_are_its_owners() {
        let facts = Facts { membership: Membership::Active, blocked: false, locked_until: None, has_access: false };
        let ours = Position {
            facts,
            role: Role::User,
            is_self: false,
            is_ours: true,
            is_general: false,
            is_registered: true,
            other_administrators: 1,
        };
        assert_eq!(ours.may_edit_details(), Ok(()));
        assert_eq!(Position { is_ours: false, ..ours }.may_edit_details(), Err(Refusal::OwnDetails));
    }

    /// G2, U5, U7.
    #[test]
    fn what_a_general_account_and_who_is_not_registered_can_not() {
        let facts = Facts { membership: Membership::Active, blocked: false, locked_until: None, has_access: false };
        let person = Position {
            facts,
            role: Role::User,
            is_self: false,
            is_ours: true,
            is_general: false,
            is_registered: true,
            other_administrators: 1,
        };
        assert_eq!((person.may_promote(), person.may_change_address(), person.may_remove()), (Ok(()), Ok(()), Ok(())));
        let general = Position { is_general: true, ..person };
        let refused = Err(Refusal::GeneralAccount);
        assert_eq!(general.may_promote(), refused);
        assert_eq!(general.may_edit_details(), refused);
        assert_eq!(general.may_change_address(), refused);
        assert_eq!(general.may_remove(), refused);
        assert_eq!(general.may_block(), Ok(()));
        assert_eq!(general.may_resend(), Err(Refusal::AlreadyRegistered));
        let without_password = Position { is_registered: false, ..general };
        assert_eq!(without_password.may_resend(), Ok(()));
        assert_eq!(Position { facts: Facts { blocked: true, ..facts }, ..without_password }.may_resend(), Err(Refusal::Blocked));
        assert_eq!(Position { is_registered: false, ..person }.may_resend(), Err(Refusal::AlreadyRegistered));
        let blocked = Position { facts: Facts { blocked: true, ..facts }, ..person };
        assert_eq!(blocked.may_change_address(), Err(Refusal::Blocked));
        for membership in [Membership::Invited { until: LATER }, Membership::AwaitingApproval] {
            let waiting = Position { facts: Facts { membership, ..facts }, ..person };
            assert_eq!(waiting.may_change_address(), Err(Refusal::NotRegistered));
        }
        assert_eq!(Position { is_registered: false, ..person }.may_change_address(), Err(Refusal::NotRegistered));
    }
}
