//! H1: what happened. Every deed ends in exactly one event; history, letters and live signals follow from it.

use crate::{AccountId, CompanyNumber, LicenceId, NewsletterId, ProductId, RequestId, Role, SupplierId, live::Room};
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
    /// S1: somebody asked to register. Who it is nobody knows before the address is proven.
    RegistrationAsked,
    /// S3: somebody registered by themselves.
    SelfRegistered { company: CompanyNumber, account: AccountId },
    /// U1, S6: somebody with an account joined a company.
    CompanyJoined { company: CompanyNumber, account: AccountId },
    /// U1: somebody with an account does not want to join.
    JoiningRefused { company: CompanyNumber, account: AccountId },
    /// U5: an administrator wants somebody to have another address.
    AddressChangeAsked {
        company: CompanyNumber,
        account: AccountId,
        /// Somebody with another membership must confirm from the address of now, too.
        #[serde(default)]
        both: bool,
    },
    /// U5: one of the two addresses confirmed it; the other has yet to.
    AddressConfirmed { company: CompanyNumber, account: AccountId },
    /// U5: the new address (and where it must, the one of until now) was confirmed.
    AddressChanged { company: CompanyNumber, account: AccountId },
    /// U5: the change was taken back by an administrator, or refused from one of the addresses.
    AddressChangeWithdrawn { company: CompanyNumber, account: AccountId },
    /// O1: staff made a company.
    CompanyCreated { company: CompanyNumber },
    /// O1: staff changed a company; only what changed is named.
    CompanyEdited {
        company: CompanyNumber,
        #[serde(default)]
        details: bool,
        #[serde(default)]
        added: Vec<String>,
        #[serde(default)]
        removed: Vec<String>,
        #[serde(default)]
        self_registration: Option<bool>,
    },
    /// G1: an administrator changed how the provider reaches the company.
    ContactChanged { company: CompanyNumber },
    /// G2: staff made the company's general account.
    GeneralAccountCreated { company: CompanyNumber, account: AccountId },
    /// L1: staff gave the company a licence. Here and below a product is named as it was then.
    LicenceGranted { company: CompanyNumber, licence: LicenceId, product: String },
    /// L1: its first day came, and nobody did anything.
    LicenceBegun { company: CompanyNumber, licence: LicenceId, product: String },
    /// L1: staff changed a licence's terms.
    LicenceChanged { company: CompanyNumber, licence: LicenceId, product: String },
    /// L3, L4: an administrator changed a licence's settings; only what changed is named.
    LicenceSettings {
        company: CompanyNumber,
        licence: LicenceId,
        product: String,
        #[serde(default)]
        company_wide: Option<bool>,
        #[serde(default)]
        shown: Option<bool>,
    },
    /// L2: an administrator gave somebody access.
    AccessGiven { company: CompanyNumber, account: AccountId, licence: LicenceId, product: String },
    /// L2: an administrator took somebody's access away.
    AccessRemoved { company: CompanyNumber, account: AccountId, licence: LicenceId, product: String },
    /// R1, R8: somebody asked for a product, or a document by its number.
    RequestMade { company: CompanyNumber, account: AccountId, request: RequestId, what: String },
    /// R4: by whoever asked.
    RequestWithdrawn { company: CompanyNumber, account: AccountId, request: RequestId, what: String },
    /// R3.
    RequestAccepted { company: CompanyNumber, account: AccountId, request: RequestId, what: String },
    /// R3.
    RequestDeclined { company: CompanyNumber, account: AccountId, request: RequestId, what: String },
    /// R8: to staff, who add the document to a collection.
    RequestForwarded { company: CompanyNumber, account: AccountId, request: RequestId, what: String, product: String },
    /// R3, *Undo*.
    RequestReopened { company: CompanyNumber, account: AccountId, request: RequestId, what: String },
    /// L3: the licence became company-wide.
    RequestGranted { company: CompanyNumber, account: AccountId, request: RequestId, what: String },
    /// R8: staff added the document to the collection.
    StandardConfirmed { company: CompanyNumber, account: AccountId, request: RequestId, what: String, product: String },
    /// R8: staff did not.
    StandardRefused { company: CompanyNumber, account: AccountId, request: RequestId, what: String, product: String },
    /// R8: an administrator changed the text on the request form.
    RequestTextChanged { company: CompanyNumber },
    /// O2.
    ProductCreated { product: ProductId, name: String },
    /// O2.
    ProductChanged { product: ProductId, name: String },
    /// O2.
    SupplierCreated { supplier: SupplierId, name: String },
    /// O2.
    SupplierChanged { supplier: SupplierId, name: String },
    /// O2: documents came into a collection, or were changed, from a file.
    DocumentsImported { product: ProductId, name: String, new: u32, changed: u32, added: u32 },
    /// U6: an administrator asked somebody to be administrator.
    SuccessionAsked { company: CompanyNumber, account: AccountId },
    /// U6: they are.
    SuccessionConfirmed { company: CompanyNumber, account: AccountId },
    /// U6: they don't want to.
    SuccessionRefused { company: CompanyNumber, account: AccountId },
    /// U6: the administrator took the question back.
    SuccessionWithdrawn { company: CompanyNumber, account: AccountId },
    /// P4: somebody moved to another company.
    MovedAway { company: CompanyNumber, account: AccountId },
    /// P4: somebody came from another company.
    MovedHere { company: CompanyNumber, account: AccountId },
    /// P4, *Leave company*.
    CompanyLeft { company: CompanyNumber, account: AccountId },
    /// P6: in each company that they were in; in none for somebody without one.
    AccountDeleted {
        #[serde(default)]
        company: Option<CompanyNumber>,
        account: AccountId,
    },
    /// P5.
    NewsletterSubscribed { account: AccountId },
    /// P5: in My profile, or with the link in a newsletter.
    NewsletterUnsubscribed { account: AccountId },
    /// P5: staff began one. It is named by its English subject.
    NewsletterCreated { newsletter: NewsletterId, name: String },
    /// P5.
    NewsletterChanged { newsletter: NewsletterId, name: String },
    /// P5: nobody will get it.
    NewsletterDeleted { newsletter: NewsletterId, name: String },
    /// P5: to so many subscribers.
    NewsletterSent { newsletter: NewsletterId, name: String, subscribers: u32 },
}

/// The word of each event in the database and in exports, in the order in which a list offers them.
macro_rules! kinds {
    ($($event:ident: $kind:literal),* $(,)?) => {
        impl Event {
            /// Every word that [`Event::kind`] can answer.
            pub const KINDS: &'static [&'static str] = &[$($kind),*];

            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self {
                    $(Self::$event { .. } => $kind),*
                }
            }
        }
    };
}
kinds! {
    UserAdded: "user_added",
    UserEdited: "user_edited",
    UserRemoved: "user_removed",
    RegistrationResent: "registration_resent",
    RegistrationCompleted: "registration_completed",
    RegistrationAsked: "registration_asked",
    SelfRegistered: "self_registered",
    CompanyJoined: "company_joined",
    JoiningRefused: "joining_refused",
    AddressChangeAsked: "address_change_asked",
    AddressConfirmed: "address_confirmed",
    AddressChanged: "address_changed",
    AddressChangeWithdrawn: "address_change_withdrawn",
    LicenceGranted: "licence_granted",
    LicenceBegun: "licence_begun",
    LicenceChanged: "licence_changed",
    LicenceSettings: "licence_settings",
    AccessGiven: "access_given",
    AccessRemoved: "access_removed",
    RequestMade: "request_made",
    RequestWithdrawn: "request_withdrawn",
    RequestAccepted: "request_accepted",
    RequestDeclined: "request_declined",
    RequestForwarded: "request_forwarded",
    RequestReopened: "request_reopened",
    RequestGranted: "request_granted",
    StandardConfirmed: "standard_confirmed",
    StandardRefused: "standard_refused",
    RequestTextChanged: "request_text_changed",
    ProductCreated: "product_created",
    ProductChanged: "product_changed",
    SupplierCreated: "supplier_created",
    SupplierChanged: "supplier_changed",
    DocumentsImported: "documents_imported",
    MovedAway: "moved_away",
    MovedHere: "moved_here",
    CompanyLeft: "company_left",
    AccountDeleted: "account_deleted",
    SuccessionAsked: "succession_asked",
    SuccessionConfirmed: "succession_confirmed",
    SuccessionRefused: "succession_refused",
    SuccessionWithdrawn: "succession_withdrawn",
    AccountUnlocked: "account_unlocked",
    AccountLocked: "account_locked",
    SignedIn: "signed_in",
    SignedOut: "signed_out",
    SessionEnded: "session_ended",
    OtherSessionsEnded: "other_sessions_ended",
    PasswordResetAsked: "password_reset_asked",
    PasswordSet: "password_set",
    PasswordChanged: "password_changed",
    DetailsChanged: "details_changed",
    ContactChanged: "contact_changed",
    CompanyCreated: "company_created",
    CompanyEdited: "company_edited",
    GeneralAccountCreated: "general_account_created",
    StaffAdded: "staff_added",
    NewsletterSubscribed: "newsletter_subscribed",
    NewsletterUnsubscribed: "newsletter_unsubscribed",
    NewsletterCreated: "newsletter_created",
    NewsletterChanged: "newsletter_changed",
    NewsletterDeleted: "newsletter_deleted",
    NewsletterSent: "newsletter_sent",
}

/// What an event may do to who administers a company, and to whom mail goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Consequences {
    mail: bool,
    administrators: bool,
}

impl Event {
    /// The company that it was done in. What somebody does with their account alone is done in none.
    #[must_use]
    pub const fn company(&self) -> Option<CompanyNumber> {
        match self {
            Self::AccountUnlocked { company, .. }
            | Self::UserAdded { company, .. }
            | Self::UserEdited { company, .. }
            | Self::UserRemoved { company, .. }
            | Self::RegistrationResent { company, .. }
            | Self::RegistrationCompleted { company, .. }
            | Self::SelfRegistered { company, .. }
            | Self::CompanyJoined { company, .. }
            | Self::JoiningRefused { company, .. }
            | Self::AddressChangeAsked { company, .. }
            | Self::AddressConfirmed { company, .. }
            | Self::AddressChanged { company, .. }
            | Self::AddressChangeWithdrawn { company, .. }
            | Self::CompanyCreated { company }
            | Self::CompanyEdited { company, .. }
            | Self::ContactChanged { company }
            | Self::LicenceGranted { company, .. }
            | Self::LicenceBegun { company, .. }
            | Self::LicenceChanged { company, .. }
            | Self::LicenceSettings { company, .. }
            | Self::AccessGiven { company, .. }
            | Self::AccessRemoved { company, .. }
            | Self::RequestMade { company, .. }
            | Self::RequestWithdrawn { company, .. }
            | Self::RequestAccepted { company, .. }
            | Self::RequestDeclined { company, .. }
            | Self::RequestForwarded { company, .. }
            | Self::RequestReopened { company, .. }
            | Self::RequestGranted { company, .. }
            | Self::StandardConfirmed { company, .. }
            | Self::StandardRefused { company, .. }
            | Self::RequestTextChanged { company, .. }
            | Self::SuccessionAsked { company, .. }
            | Self::SuccessionConfirmed { company, .. }
            | Self::SuccessionRefused { company, .. }
            | Self::SuccessionWithdrawn { company, .. }
            | Self::MovedAway { company, .. }
            | Self::MovedHere { company, .. }
            | Self::CompanyLeft { company, .. }
            | Self::GeneralAccountCreated { company, .. } => Some(*company),
            Self::AccountDeleted { company, .. } => *company,
            Self::RegistrationAsked
            | Self::ProductCreated { .. }
            | Self::ProductChanged { .. }
            | Self::SupplierCreated { .. }
            | Self::SupplierChanged { .. }
            | Self::DocumentsImported { .. }
            | Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::AccountLocked { .. }
            | Self::DetailsChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. }
            | Self::PasswordSet { .. }
            | Self::NewsletterSubscribed { .. }
            | Self::NewsletterUnsubscribed { .. }
            | Self::NewsletterCreated { .. }
            | Self::NewsletterChanged { .. }
            | Self::NewsletterDeleted { .. }
            | Self::NewsletterSent { .. } => None,
        }
    }

    /// Whom it was done to. Nobody: it was done to the company, or nobody knows whom.
    #[must_use]
    pub const fn subject(&self) -> Option<AccountId> {
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
            | Self::PasswordSet { account }
            | Self::SelfRegistered { account, .. }
            | Self::CompanyJoined { account, .. }
            | Self::JoiningRefused { account, .. }
            | Self::AddressChangeAsked { account, .. }
            | Self::AddressConfirmed { account, .. }
            | Self::AddressChanged { account, .. }
            | Self::AddressChangeWithdrawn { account, .. }
            | Self::AccessGiven { account, .. }
            | Self::AccessRemoved { account, .. }
            | Self::RequestMade { account, .. }
            | Self::RequestWithdrawn { account, .. }
            | Self::RequestAccepted { account, .. }
            | Self::RequestDeclined { account, .. }
            | Self::RequestForwarded { account, .. }
            | Self::RequestReopened { account, .. }
            | Self::RequestGranted { account, .. }
            | Self::StandardConfirmed { account, .. }
            | Self::StandardRefused { account, .. }
            | Self::SuccessionAsked { account, .. }
            | Self::SuccessionConfirmed { account, .. }
            | Self::SuccessionRefused { account, .. }
            | Self::SuccessionWithdrawn { account, .. }
            | Self::MovedAway { account, .. }
            | Self::MovedHere { account, .. }
            | Self::CompanyLeft { account, .. }
            | Self::AccountDeleted { account, .. }
            | Self::NewsletterSubscribed { account }
            | Self::NewsletterUnsubscribed { account }
            | Self::GeneralAccountCreated { account, .. } => Some(*account),
            Self::RegistrationAsked
            | Self::CompanyCreated { .. }
            | Self::CompanyEdited { .. }
            | Self::LicenceGranted { .. }
            | Self::LicenceBegun { .. }
            | Self::LicenceChanged { .. }
            | Self::LicenceSettings { .. }
            | Self::RequestTextChanged { .. }
            | Self::ProductCreated { .. }
            | Self::ProductChanged { .. }
            | Self::SupplierCreated { .. }
            | Self::SupplierChanged { .. }
            | Self::DocumentsImported { .. }
            | Self::NewsletterCreated { .. }
            | Self::NewsletterChanged { .. }
            | Self::NewsletterDeleted { .. }
            | Self::NewsletterSent { .. }
            | Self::ContactChanged { .. } => None,
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
            | Self::PasswordSet { .. }
            | Self::AddressChangeAsked { .. }
            | Self::AddressConfirmed { .. }
            | Self::AddressChangeWithdrawn { .. }
            | Self::SuccessionAsked { .. }
            | Self::SuccessionRefused { .. }
            | Self::SuccessionWithdrawn { .. }
            | Self::GeneralAccountCreated { .. } => &[Room::Users],
            // G2: its general account is called what the company is called.
            Self::CompanyEdited { details: true, .. } => &[Room::Company, Room::Users],
            Self::CompanyCreated { .. } | Self::CompanyEdited { .. } | Self::ContactChanged { .. } => &[Room::Company],
            Self::RequestTextChanged { .. } => &[Room::Company, Room::Requests],
            // The company's contact may have been the same person.
            Self::AccountDeleted { .. } => &[Room::Users, Room::Company, Room::Licences, Room::Requests],
            // Who is inside, what they are called, and what they have and ask for (L3, R7).
            Self::RegistrationCompleted { .. }
            | Self::DetailsChanged { .. }
            | Self::SelfRegistered { .. }
            | Self::CompanyJoined { .. }
            | Self::JoiningRefused { .. }
            | Self::AddressChanged { .. }
            | Self::UserEdited { .. }
            | Self::UserRemoved { .. }
            | Self::SuccessionConfirmed { .. }
            | Self::MovedAway { .. }
            | Self::MovedHere { .. }
            | Self::CompanyLeft { .. }
            | Self::LicenceGranted { .. }
            | Self::LicenceBegun { .. }
            | Self::LicenceChanged { .. }
            | Self::LicenceSettings { .. }
            | Self::AccessGiven { .. }
            | Self::AccessRemoved { .. }
            | Self::RequestAccepted { .. }
            | Self::RequestReopened { .. }
            | Self::RequestGranted { .. }
            | Self::StandardConfirmed { .. } => &[Room::Users, Room::Licences, Room::Requests],
            Self::RequestMade { .. }
            | Self::RequestWithdrawn { .. }
            | Self::RequestDeclined { .. }
            | Self::RequestForwarded { .. }
            | Self::StandardRefused { .. } => &[Room::Licences, Room::Requests],
            Self::RegistrationAsked
            | Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. }
            | Self::ProductCreated { .. }
            | Self::ProductChanged { .. }
            | Self::SupplierCreated { .. }
            | Self::SupplierChanged { .. }
            | Self::NewsletterSubscribed { .. }
            | Self::NewsletterUnsubscribed { .. }
            | Self::NewsletterCreated { .. }
            | Self::NewsletterChanged { .. }
            | Self::NewsletterDeleted { .. }
            | Self::NewsletterSent { .. }
            | Self::DocumentsImported { .. } => &[],
        }
    }

    /// U3: whether mail that went to somebody for another may now be somebody else's, so that the links in it have to be replaced.
    #[must_use]
    pub const fn may_change_who_gets_mail(&self) -> bool {
        self.consequences().mail
    }

    /// U6: whether the company may have lost an administrator by it, so that the deed has to look whether one is left.
    #[must_use]
    pub const fn may_cost_an_administrator(&self) -> bool {
        self.consequences().administrators
    }

    /// No wildcard: a new event has to say.
    const fn consequences(&self) -> Consequences {
        match self {
            Self::UserEdited { role, blocked, mail_to_administrators, .. } => {
                let administrators = matches!(role, Some(Role::User)) || matches!(blocked, Some(true));
                Consequences { mail: administrators || matches!(mail_to_administrators, Some(false)), administrators }
            }
            Self::UserRemoved { .. } | Self::MovedAway { .. } | Self::CompanyLeft { .. } | Self::AccountDeleted { .. } => {
                Consequences { mail: true, administrators: true }
            }
            // A4: with a second company nobody else gets the account's mail any more.
            Self::RegistrationCompleted { .. } | Self::CompanyJoined { .. } | Self::SelfRegistered { .. } | Self::MovedHere { .. } => {
                Consequences { mail: true, administrators: false }
            }
            Self::SignedIn { .. }
            | Self::SignedOut { .. }
            | Self::AccountLocked { .. }
            | Self::AccountUnlocked { .. }
            | Self::UserAdded { .. }
            | Self::RegistrationResent { .. }
            | Self::DetailsChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionEnded { .. }
            | Self::OtherSessionsEnded { .. }
            | Self::StaffAdded { .. }
            | Self::PasswordResetAsked { .. }
            | Self::PasswordSet { .. }
            | Self::RegistrationAsked
            | Self::JoiningRefused { .. }
            | Self::AddressChangeAsked { .. }
            | Self::AddressConfirmed { .. }
            | Self::AddressChanged { .. }
            | Self::AddressChangeWithdrawn { .. }
            | Self::CompanyCreated { .. }
            | Self::CompanyEdited { .. }
            | Self::ContactChanged { .. }
            | Self::LicenceGranted { .. }
            | Self::LicenceBegun { .. }
            | Self::LicenceChanged { .. }
            | Self::LicenceSettings { .. }
            | Self::AccessGiven { .. }
            | Self::AccessRemoved { .. }
            | Self::RequestMade { .. }
            | Self::RequestWithdrawn { .. }
            | Self::RequestAccepted { .. }
            | Self::RequestDeclined { .. }
            | Self::RequestForwarded { .. }
            | Self::RequestReopened { .. }
            | Self::RequestGranted { .. }
            | Self::StandardConfirmed { .. }
            | Self::StandardRefused { .. }
            | Self::RequestTextChanged { .. }
            | Self::ProductCreated { .. }
            | Self::ProductChanged { .. }
            | Self::SupplierCreated { .. }
            | Self::SupplierChanged { .. }
            | Self::DocumentsImported { .. }
            | Self::SuccessionAsked { .. }
            | Self::SuccessionConfirmed { .. }
            | Self::SuccessionRefused { .. }
            | Self::SuccessionWithdrawn { .. }
            | Self::NewsletterSubscribed { .. }
            | Self::NewsletterUnsubscribed { .. }
            | Self::NewsletterCreated { .. }
            | Self::NewsletterChanged { .. }
            | Self::NewsletterDeleted { .. }
            | Self::NewsletterSent { .. }
            | Self::GeneralAccountCreated { .. } => Consequences { mail: false, administrators: false },
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
        for &kind in Event::KINDS {
            // Of a company these are domains, of an import a number.
            let added = if kind == "documents_imported" { "1" } else { "[]" };
            let stored = format!(
                r#"{{"kind":"{kind}","company":{company},"account":"{account}","role":"user","blocked":false,"licence":"{account}",
                    "product":"{account}","request":"{account}","supplier":"{account}","newsletter":"{account}","subscribers":1,"what":"","name":"","new":1,"changed":1,"added":{added}}}"#
            );
            let event: Event = serde_json::from_str(&stored).unwrap_or_else(|error| panic!("{kind}: {error}"));
            assert_eq!(event.kind(), kind);
            let of_a_person = !matches!(
                kind,
                "registration_asked"
                    | "company_created"
                    | "company_edited"
                    | "contact_changed"
                    | "licence_granted"
                    | "licence_begun"
                    | "licence_changed"
                    | "licence_settings"
                    | "request_text_changed"
                    | "product_created"
                    | "product_changed"
                    | "supplier_created"
                    | "supplier_changed"
                    | "documents_imported"
                    | "newsletter_created"
                    | "newsletter_changed"
                    | "newsletter_deleted"
                    | "newsletter_sent"
            );
            assert_eq!(event.subject(), of_a_person.then_some(account));
        }
    }
}
