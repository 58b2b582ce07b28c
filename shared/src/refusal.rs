//! What a rule answers when it says no. Every refusal has a text in both languages (`app/src/texts`), matched without a wildcard.

use crate::AccountId;
use serde::{Deserialize, Serialize};

/// A rule said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Nobody is signed in, or the session ended.
    SignedOut,
    /// Signed in, but this is not theirs to do.
    NotAllowed,
    /// A1: one answer for a wrong password, an unknown username, a blocked and a locked account.
    SignIn,
    /// Too many tries from one network address (A3), or more people at once than the machine can hash passwords for.
    Busy,
    /// What was filled in can't be used; each field says why.
    Fields(Vec<(FieldName, Problem)>),
    /// U1: a company without a domain has nobody to add.
    NoDomain,
    /// U2: a registration that is complete needs no mail.
    AlreadyRegistered,
    /// A3: nothing to unlock.
    NotLocked,
    /// U4: an account that is blocked gets no mail.
    Blocked,
    /// U6: the company would be left without an administrator.
    LastAdministrator,
    /// Blocking or removing oneself: another administrator can.
    Yourself,
    /// U5: details of an account that the company does not have to itself.
    OwnDetails,
    /// Nobody was chosen for what was to be done with several at once.
    NobodyChosen,
    /// What was done with several at once could not be done with these.
    Some(NotAll),
    /// A6: the state of a link from a mail that is not open any more.
    Link(LinkState),
    /// Somebody else changed it in between: look again.
    Changed,
    /// S2, S5: no company (any more) lets people of this domain register by themselves.
    NoSelfRegistration,
    /// S6: the password may be that of administrators who got this person's mail: a reset proves whose address it is.
    AddressNotProven,
    /// G2: what a general account has not, or can't be.
    GeneralAccount,
    /// G2: the company has a general account already.
    HasGeneralAccount,
    /// U5: somebody who is not registered yet has no address to change.
    NotRegistered,
    /// O1: a domain with people in it is taken away only by whoever has seen how many stay.
    DomainsInUse(Vec<DomainInUse>),
}

/// How many users of the company have an address in one of its domains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainInUse {
    pub domain: String,
    pub people: u32,
}

impl Refusal {
    #[must_use]
    pub fn field(name: FieldName, problem: Problem) -> Self {
        Self::Fields(vec![(name, problem)])
    }
}

/// What was asked for several people, where it could not be done for all: for the others it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotAll {
    pub done: u32,
    pub refused: u32,
    /// The first of those refused.
    pub examples: Vec<NotDone>,
}

/// Somebody for whom it could not be done, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotDone {
    pub id: AccountId,
    pub name: String,
    pub username: String,
    pub refusal: Refusal,
}

/// A6: what became of a link that can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkState {
    /// It did its work.
    Used,
    /// Its time is over. A new one can be asked for.
    Expired,
    /// A newer mail took its place.
    Replaced,
    /// Whoever sent it took it back: the person is blocked or no longer invited.
    Withdrawn,
    /// No such link was ever sent.
    Unknown,
}

/// The fields of Balie's forms, by the names that they have in HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    Role,
    Username,
    Name,
    Phone,
    Country,
    Language,
    Password,
    CurrentPassword,
    NewPassword,
    RepeatPassword,
    Email,
    Company,
    CompanyName,
    Kvk,
    ContactName,
    ContactEmail,
    ContactPhone,
    AccountManager,
    Domains,
}

impl FieldName {
    /// The `name` and `id` in HTML.
    #[must_use]
    pub const fn html(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Username => "username",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Country => "country",
            Self::Language => "language",
            Self::Password => "password",
            Self::CurrentPassword => "current_password",
            Self::NewPassword => "new_password",
            Self::RepeatPassword => "repeat_password",
            Self::Email => "email",
            Self::Company => "company",
            Self::CompanyName => "company_name",
            Self::Kvk => "kvk",
            Self::ContactName => "contact_name",
            Self::ContactEmail => "contact_email",
            Self::ContactPhone => "contact_phone",
            Self::AccountManager => "account_manager",
            Self::Domains => "domains",
        }
    }
}

/// Why a field can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Missing,
    /// At most so many characters.
    TooLong(u16),
    /// At least so many characters.
    TooShort(u16),
    /// Not one e-mail address.
    NotAnAddress,
    /// U1: this address is a user of the company already.
    AlreadyHere,
    /// An account has this username already.
    AddressTaken,
    /// More than one address in a field for one.
    SeveralAddresses,
    /// The domain is none of the company's; these are.
    ForeignDomain(Vec<String>),
    /// Line breaks or other control characters.
    ControlCharacters,
    /// Not a telephone number.
    NotAPhoneNumber,
    NotACountry,
    NotAChoice,
    /// A2: holds the person's name or address.
    PersonalPassword,
    /// A2: the same few characters again and again.
    RepetitivePassword,
    /// A2: on the list of commonly used passwords, or easily guessed.
    GuessablePassword,
    /// A2: the password that is in use now.
    SamePassword,
    /// The two passwords differ.
    NotRepeated,
    /// P3: not the password that is in use now.
    WrongPassword,
    /// Not eight digits.
    NotAKvkNumber,
    /// Not a domain, like `company.example`.
    NotADomain(String),
    /// S2: everybody can have an address there.
    PublicMailDomain(String),
    /// G2: letters, digits and `. _ -`, or an address.
    NotAUsername,
    /// U5: it is this one already.
    SameAddress,
}

/// What is wrong with a form, in the order of its fields.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<(FieldName, Problem)>);

impl Problems {
    /// What a field holds, or its problem noted.
    pub fn of<T>(&mut self, field: FieldName, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.0.push((field, problem))).ok()
    }

    #[must_use]
    pub fn refusal(self) -> Refusal {
        Refusal::Fields(self.0)
    }
}
