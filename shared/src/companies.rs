//! A customer's account.

use crate::{
    CompanyNumber, FieldName, LocalTime, Problem, Refusal,
    domains::Domain,
    fields::{Country, EmailAddress, PersonName, PhoneNumber, one_line},
    permit::Role,
    refusal::Problems,
    requests::{Mine, Waiting},
    users::StatusShown,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    pub country: Option<Country>,
    pub contact: Contact,
    /// The provider's person for this company.
    pub account_manager: String,
    /// Where the provider can be asked: an address or a telephone number, or nothing.
    pub provider_contact: String,
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
    /// G2: the company's general account asks, which has no profile.
    pub general: bool,
    /// R1, S3: what the reader has and can get.
    pub mine: Mine,
    /// Only for administrators.
    pub people: Option<People>,
    /// R1: what waits for a decision. Only for administrators.
    pub waiting: Option<Waiting>,
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

/// How the provider reaches the company, as it was filled in (G1). Nothing of it is required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
}

impl ContactForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Contact, Refusal> {
        let mut problems = Problems::default();
        self.fields(&mut problems).ok_or_else(|| problems.refusal())
    }

    fn fields(&self, problems: &mut Problems) -> Option<Contact> {
        let name = problems.of(FieldName::ContactName, or_nothing(PersonName::parse(&self.contact_name)));
        let email = problems.of(FieldName::ContactEmail, or_nothing(EmailAddress::parse(&self.contact_email)));
        let phone = problems.of(FieldName::ContactPhone, PhoneNumber::parse_optional(&self.contact_phone));
        Some(Contact {
            name: name?.map(|name| name.as_str().to_owned()).unwrap_or_default(),
            email: email?.map(|email| email.as_str().to_owned()).unwrap_or_default(),
            phone: phone?.map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        })
    }
}

fn or_nothing<T>(parsed: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parsed {
        Err(Problem::Missing) => Ok(None),
        other => other.map(Some),
    }
}

/// A company as staff filled it in (O1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    pub company_name: String,
    pub kvk: String,
    pub country: String,
    pub contact_name: String,
    pub contact_email: String,
    pub contact_phone: String,
    pub account_manager: String,
    /// One on each line.
    pub domains: String,
    /// A checkbox: `on`, or absent.
    pub self_registration: Option<String>,
    /// The domains that may go although people stay behind in them: those that whoever saves was told of and ticked.
    pub remove_domains: String,
    /// What the form of a company that is changed began with: its domains, and `yes` or `no`. Empty where nobody says: then what is filled in is
    /// all that is to be.
    pub began_domains: String,
    pub began_self_registration: String,
}

/// O1, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    pub kvk: String,
    pub country: Country,
    pub contact: Contact,
    pub account_manager: String,
    /// Each once, in alphabetical order.
    pub domains: Vec<Domain>,
    pub self_registration: bool,
    pub remove_domains: Vec<String>,
    pub began: Option<Began>,
}

/// What the form showed before anything was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Began {
    pub domains: BTreeSet<String>,
    pub self_registration: bool,
}

impl Company {
    /// O1: of the domains that are there, those that come and those that go. What a colleague added or took away since the form was opened stays so.
    #[must_use]
    pub fn domains_that_differ(&self, there: BTreeSet<String>) -> (Vec<String>, Vec<String>) {
        let wanted: BTreeSet<String> = self.domains.iter().map(|domain| domain.as_str().to_owned()).collect();
        let began = self.began.as_ref().map_or(&there, |began| &began.domains);
        let comes = wanted.difference(began).filter(|domain| !there.contains(*domain)).cloned().collect();
        let goes = began.difference(&wanted).filter(|domain| there.contains(*domain)).cloned().collect();
        (comes, goes)
    }

    /// O1: what self-registration is to be; nothing where the form left it as it was.
    #[must_use]
    pub fn self_registration_wanted(&self) -> Option<bool> {
        let is_as_it_was = self.began.as_ref().is_some_and(|began| began.self_registration == self.self_registration);
        (!is_as_it_was).then_some(self.self_registration)
    }
}

impl CompanyForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<Company, Refusal> {
        let mut problems = Problems::default();
        let name = problems.of(FieldName::CompanyName, one_line(&self.company_name, 120));
        let kvk = problems.of(FieldName::Kvk, kvk(&self.kvk));
        let country = problems.of(FieldName::Country, Country::parse(&self.country));
        let contact = ContactForm {
            contact_name: self.contact_name.clone(),
            contact_email: self.contact_email.clone(),
            contact_phone: self.contact_phone.clone(),
        }
        .fields(&mut problems);
        let account_manager = problems.of(FieldName::AccountManager, or_nothing(PersonName::parse(&self.account_manager)));
        let domains = problems.of(FieldName::Domains, Domain::parse_all(&self.domains));
        match (name, kvk, country, contact, account_manager, domains) {
            (Some(name), Some(kvk), Some(country), Some(contact), Some(account_manager), Some(domains)) => Ok(Company {
                name,
                kvk,
                country,
                contact,
                account_manager: account_manager.map(|manager| manager.as_str().to_owned()).unwrap_or_default(),
                domains,
                self_registration: self.self_registration.is_some(),
                remove_domains: self.remove_domains.split_whitespace().map(str::to_owned).collect(),
                began: self.began(),
            }),
            _ => Err(problems.refusal()),
        }
    }

    fn began(&self) -> Option<Began> {
        (!self.began_self_registration.is_empty()).then(|| Began {
            domains: self.began_domains.split_whitespace().map(str::to_owned).collect(),
            self_registration: self.began_self_registration == "yes",
        })
    }
}

/// A Chamber of Commerce number: eight digits; spaces and dots between them are left out.
///
/// # Errors
/// [`Problem::NotAKvkNumber`], or [`Problem::Missing`].
pub fn kvk(text: &str) -> Result<String, Problem> {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '.')).collect();
    match digits.len() {
        0 => Err(Problem::Missing),
        8 if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(digits),
        _ => Err(Problem::NotAKvkNumber),
    }
}

/// G2: a general account's username: lower-case letters, digits and `. _ -`, 3 to 60 of them. Not an address, so that it never is somebody's.
///
/// # Errors
/// [`Problem::NotAUsername`], or [`Problem::Missing`].
pub fn general_username(text: &str) -> Result<String, Problem> {
    let username = text.trim().to_ascii_lowercase();
    match username.len() {
        0 => Err(Problem::Missing),
        3..=60 if username.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-')) => Ok(username),
        _ => Err(Problem::NotAUsername),
    }
}

/// Somebody whom staff appoint as a company's administrator (O1): from anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppointForm {
    pub name: String,
    pub email: String,
}

impl AppointForm {
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse(&self) -> Result<(PersonName, EmailAddress), Refusal> {
        let mut problems = Problems::default();
        let name = problems.of(FieldName::Name, PersonName::parse(&self.name));
        let email = problems.of(FieldName::Email, EmailAddress::parse(&self.email));
        match (name, email) {
            (Some(name), Some(email)) => Ok((name, email)),
            _ => Err(problems.refusal()),
        }
    }
}

/// What the provider's list shows: kept in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CompaniesQuery {
    /// Part of the name, a customer number, or a domain.
    pub search: String,
    /// From 1.
    pub page: u32,
}

/// Companies on a page of the list.
pub const PAGE_SIZE: u32 = 50;

/// A row of the provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CompanyRow {
    pub number: CompanyNumber,
    pub name: String,
    pub domains: Vec<String>,
    pub people: i64,
}

/// One page of the provider's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompaniesPage {
    pub rows: Vec<CompanyRow>,
    /// Every company that the search finds.
    pub found: u32,
    /// The page shown, from 1.
    pub page: u32,
    pub pages: u32,
}

/// A company's page at the provider's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyDetails {
    pub general: General,
    pub since: LocalTime,
    /// U6: active, unblocked, registered.
    pub administrators: u32,
    /// Each domain with how many of the company's people have an address in it.
    pub people_by_domain: Vec<(String, u32)>,
    /// G2.
    pub general_account: Option<GeneralAccount>,
}

/// A company's general account, as staff see it (G2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralAccount {
    pub username: String,
    pub status: StatusShown,
    pub blocked: bool,
    /// Whether its password has been set.
    pub has_password: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kvk_numbers_are_eight_digits() {
        assert_eq!(kvk(" 2435 17.12 "), Ok("24351712".into()));
        assert_eq!(kvk(""), Err(Problem::Missing));
        for wrong in ["1234567", "123456789", "1234567a", "１２３４５６７８"] {
            assert_eq!(kvk(wrong), Err(Problem::NotAKvkNumber), "{wrong}");
        }
    }

    #[test]
    fn a_general_accounts_username_is_never_an_address() {
        assert_eq!(general_username(" VanDijk-Bouw "), Ok("vandijk-bouw".into()));
        for wrong in ["ab", "a@b.example", "van dijk", "é-é-é", &"x".repeat(61)] {
            assert_eq!(general_username(wrong), Err(Problem::NotAUsername), "{wrong}");
        }
    }

    #[test]
    fn every_wrong_field_is_named_in_the_order_of_the_form() {
        let form = CompanyForm { kvk: "1".into(), contact_email: "x".into(), domains: "gmail.com".into(), ..CompanyForm::default() };
        assert_eq!(
            form.parse(),
            Err(Refusal::Fields(vec![
                (FieldName::CompanyName, Problem::Missing),
                (FieldName::Kvk, Problem::NotAKvkNumber),
                (FieldName::Country, Problem::Missing),
                (FieldName::ContactEmail, Problem::NotAnAddress),
                (FieldName::Domains, Problem::PublicMailDomain("gmail.com".into())),
            ]))
        );
    }

    /// O1: two people at the desk.
    #[test]
    fn only_what_the_form_changed_is_changed() {
        let set = |domains: &[&str]| domains.iter().map(|domain| (*domain).to_owned()).collect::<BTreeSet<_>>();
        let form = CompanyForm {
            company_name: "A".into(),
            kvk: "12345678".into(),
            country: "NL".into(),
            domains: "a.example new.example".into(),
            ..CompanyForm::default()
        };
        let there = || set(&["a.example", "b.example", "colleagues.example"]);
        let (new, went) = (vec!["new.example".to_owned()], vec!["b.example".to_owned()]);
        let whole = form.parse().unwrap();
        assert_eq!(whole.domains_that_differ(there()), (new.clone(), vec!["b.example".to_owned(), "colleagues.example".to_owned()]));
        assert_eq!(whole.self_registration_wanted(), Some(false));
        let stale = CompanyForm {
            began_domains: "a.example\nb.example\ngone.example".into(),
            began_self_registration: "no".into(),
            ..form.clone()
        };
        let parsed = stale.parse().unwrap();
        assert_eq!(parsed.domains_that_differ(there()), (new.clone(), went));
        assert_eq!(parsed.domains_that_differ(set(&["new.example"])), (Vec::new(), Vec::new()), "somebody did it already");
        assert_eq!(parsed.self_registration_wanted(), None, "it was off when the form was opened, and is left so");
        let first = CompanyForm { began_domains: String::new(), began_self_registration: "yes".into(), ..form };
        assert_eq!(
            first.parse().unwrap().domains_that_differ(set(&["colleagues.example"])),
            (vec!["a.example".to_owned(), new[0].clone()], Vec::new())
        );
        assert_eq!(first.parse().unwrap().self_registration_wanted(), Some(false));
    }

    #[test]
    fn a_contact_may_be_left_open() {
        assert_eq!(ContactForm::default().parse(), Ok(Contact::default()));
    }
}
