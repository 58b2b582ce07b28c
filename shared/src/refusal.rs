//! What a rule answers when it says no. Every refusal has a text in both languages (`app/src/texts`), matched without a wildcard.

use crate::{BatchId, LocalTime, requests::Outcome};
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
    /// The same of requests, which are no people.
    NoRequestChosen,
    /// What was done with several at once could not be done with these.
    Some(NotAll),
    /// R5: all that were open were to be decided, and of these somebody else was quicker. `done` were left.
    DecidedMeanwhile { done: u32, others: u32 },
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
    /// L6: as many are used as there are, or more.
    NoSeat { seats: u32, used: u32 },
    /// L6.
    LicenceExpired,
    /// R3: access now is what is asked for, and the licence has not begun.
    LicenceNotYet,
    /// R4: somebody asks for more than anybody could decide.
    AskedTooMuch,
    /// L4, L5: nobody can ask for it.
    NotOnOffer,
    /// Whoever asks, or would be given it, has it already.
    HasAccess,
    /// Somebody who has no access of their own has none to lose.
    NoAccess,
    /// L3: staff did not agree to it.
    NotCompanyWide,
    /// L5: the supplier must know the country.
    NoCountry,
    /// L5: the supplier must know a person.
    NotForGeneralAccount,
    /// L5: a licence becomes external only when each of those who have access can be reported; so many can't.
    NotReportable { people: u32 },
    /// I5: whoever is not approved yet has no access.
    AwaitsApproval,
    /// R4: one request at a time.
    AlreadyAsked,
    /// R4: after a decline.
    AskAgainLater { days: u32 },
    /// R4: where another administrator exists.
    OwnRequest,
    /// R5: somebody was first; this is what happened.
    Decided(Outcome),
    /// R3: ten minutes.
    UndoIsOver,
    /// R3: it was not an administrator's decision, or is none any more.
    NothingToUndo,
    /// R8: there is a licence that has the document: that is to be asked for.
    NotTheNextStep,
    /// R8: no licence of the company could have the document.
    NothingToGive,
    /// R8: the licence has not the document that is asked for, or the collection has it already.
    NotAnAnswer,
    /// O2: a file that is no table of documents.
    NotATable,
    /// P5: it is on its way; what people get can't be changed any more.
    NewsletterSent,
    /// P5.
    NoSubscribers,
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotAll {
    pub done: u32,
    pub refused: u32,
    /// R5: so many more that were meant had been decided when it began.
    #[serde(default)]
    pub meanwhile: u32,
    /// The first of those refused.
    pub examples: Vec<NotDone>,
    /// The others of those refused, and whoever was not come to. Of very many not all are told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<uuid::Uuid>,
    /// Where it ended early: what was done before stays done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Box<Stopped>>,
    /// U2: the mail of those for whom it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<BatchId>,
}

impl NotAll {
    /// With whom it was not done; nobody, where they are too many to be told.
    #[must_use]
    pub fn ids(&self) -> Vec<uuid::Uuid> {
        let ids: Vec<_> = self.examples.iter().map(|one| one.id).chain(self.others.iter().copied()).collect();
        let left = self.stopped.as_ref().map_or(0, |stopped| stopped.left);
        if ids.len() == self.refused as usize + left as usize { ids } else { Vec::new() }
    }
}

/// Something done with several at once that ended early.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// With how many it was not tried any more.
    pub left: u32,
    /// `None`: something broke, which the log explains.
    pub why: Option<Refusal>,
}

/// Somebody for whom it could not be done, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotDone {
    /// What the list calls it by: the person's id, or their request's.
    pub id: uuid::Uuid,
    /// Empty, as is the username, for somebody who deleted their account (P6).
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
    Reason,
    Licence,
    Product,
    ProductName,
    About,
    Supplier,
    SupplierName,
    ValidFrom,
    ValidUntil,
    Seats,
    CompanyWidePermitted,
    RequestText,
    Choice,
    File,
    Successor,
    SubjectEn,
    TextEn,
    SubjectNl,
    TextNl,
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
            Self::Reason => "reason",
            Self::Licence => "licence",
            Self::Product => "product",
            Self::ProductName => "product_name",
            Self::About => "about",
            Self::Supplier => "supplier",
            Self::SupplierName => "supplier_name",
            Self::ValidFrom => "valid_from",
            Self::ValidUntil => "valid_until",
            Self::Seats => "seats",
            Self::CompanyWidePermitted => "company_wide_permitted",
            Self::RequestText => "request_text",
            Self::Choice => "choice",
            Self::File => "file",
            Self::Successor => "successor",
            Self::SubjectEn => "subject_en",
            Self::TextEn => "text_en",
            Self::SubjectNl => "subject_nl",
            Self::TextNl => "text_nl",
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
    /// A3: after five wrong passwords no other is looked at, until then. Only to somebody who is signed in to that account, or administers it: at
    /// the door there is one answer (A1).
    LockedUntil(LocalTime),
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
    /// Not a day of the calendar.
    NotADate,
    /// The last day lies before the first.
    EndsBeforeItBegins,
    /// Not a number from 1 to this one.
    NotANumber(u32),
    /// L3, L5: company-wide is for whoever comes, and a supplier must know each person.
    ExternalCompanyWide,
    /// O2: there is one with this name.
    NameTaken,
    /// L1: the company has a licence for this product.
    HasLicence,
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
