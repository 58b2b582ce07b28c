//! My company › Users: what a person is in a company, and what may be done with them.

use crate::{
    AccountId, CompanyNumber, FieldName, LocalTime, Problem, Refusal, Role, Time,
    fields::{Country, EmailAddress, PersonName, PhoneNumber},
};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusShown {
    pub kind: StatusKind,
    /// Until when, or since when.
    pub moment: Option<LocalTime>,
}

/// *Add user* as it was filled in (U1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserForm {
    pub role: String,
    pub username: String,
    pub name: String,
    pub phone: String,
    pub country: String,
    /// A checkbox: `on`, or absent.
    pub blocked: Option<String>,
    pub mail_to_administrators: Option<String>,
}

/// *Add user*, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    pub role: Role,
    pub username: EmailAddress,
    pub name: PersonName,
    pub phone: Option<PhoneNumber>,
    pub country: Country,
    pub blocked: bool,
    /// U3.
    pub mail_to_administrators: bool,
}

impl UserForm {
    /// U1. `domains` are the company's.
    ///
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form; [`Refusal::NoDomain`].
    pub fn parse(&self, domains: &[String]) -> Result<NewUser, Refusal> {
        if domains.is_empty() {
            return Err(Refusal::NoDomain);
        }
        let role = Role::from_key(&self.role).ok_or(Problem::NotAChoice);
        let username = EmailAddress::parse(&self.username).and_then(|address| within(address, domains));
        let name = PersonName::parse(&self.name);
        let phone = PhoneNumber::parse_optional(&self.phone);
        let country = Country::parse(&self.country);
        match (role, username, name, phone, country) {
            (Ok(role), Ok(username), Ok(name), Ok(phone), Ok(country)) => Ok(NewUser {
                role,
                username,
                name,
                phone,
                country,
                blocked: self.blocked.is_some(),
                mail_to_administrators: self.mail_to_administrators.is_some(),
            }),
            (role, username, name, phone, country) => Err(Refusal::Fields(
                [
                    (FieldName::Role, role.err()),
                    (FieldName::Username, username.err()),
                    (FieldName::Name, name.err()),
                    (FieldName::Phone, phone.err()),
                    (FieldName::Country, country.err()),
                ]
                .into_iter()
                .filter_map(|(field, problem)| Some((field, problem?)))
                .collect(),
            )),
        }
    }
}

/// S2's test: exactly one of the domains, never a part of one.
fn within(address: EmailAddress, domains: &[String]) -> Result<EmailAddress, Problem> {
    if domains.iter().any(|domain| domain == address.domain()) { Ok(address) } else { Err(Problem::ForeignDomain(domains.to_vec())) }
}

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

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    pub id: AccountId,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub status: StatusShown,
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
    /// U2, as the deed will decide it.
    pub may_resend: Result<(), Refusal>,
    /// A3, as the deed will decide it.
    pub may_unlock: Result<(), Refusal>,
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

    fn filled_in() -> UserForm {
        UserForm {
            role: "user".into(),
            username: "New@VanDijk.example".into(),
            name: "New Colleague".into(),
            country: "NL".into(),
            ..UserForm::default()
        }
    }

    #[test]
    fn an_address_must_be_in_one_of_the_domains_exactly() {
        let domains = ["vandijk.example".to_owned()];
        assert_eq!(filled_in().parse(&domains).map(|user| user.username.as_str().to_owned()), Ok("new@vandijk.example".to_owned()));
        for foreign in ["x@vandijk.example.evil.example", "x@evil.example", "x@sub.vandijk.example", "x@evilvandijk.example"] {
            let form = UserForm { username: foreign.into(), ..filled_in() };
            let refusal = Refusal::field(FieldName::Username, Problem::ForeignDomain(domains.to_vec()));
            assert_eq!(form.parse(&domains), Err(refusal), "{foreign}");
        }
        assert_eq!(filled_in().parse(&[]), Err(Refusal::NoDomain));
    }

    #[test]
    fn every_wrong_field_is_named_in_the_order_of_the_form() {
        let form = UserForm { role: "owner".into(), phone: "x".into(), country: "XX".into(), ..UserForm::default() };
        let Err(Refusal::Fields(fields)) = form.parse(&["vandijk.example".to_owned()]) else { panic!("refused") };
        let names: Vec<_> = fields.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [FieldName::Role, FieldName::Username, FieldName::Name, FieldName::Phone, FieldName::Country]);
    }
}
