//! The form of somebody in a company (U1, U5).

use crate::{
    FieldName, LicenceId, Problem, Refusal, Role,
    fields::{Country, EmailAddress, PersonName, PhoneNumber},
    refusal::Problems,
};
use serde::{Deserialize, Serialize};

/// *Add user* and a user's page as they were filled in.
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
    /// *Add licence*: an id, or nothing. Only of somebody new.
    pub licence: String,
    /// Only of somebody who is changed: what the page showed, as [`Seen::text`]. Without it nothing is compared.
    pub seen: Option<String>,
}

/// U5: what a form can change of somebody, as it was when the form was made. It is sent along, so that nobody takes back what somebody else
/// has changed since and they never saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    pub role: Role,
    pub blocked: bool,
    pub mail_to_administrators: bool,
    /// Only where the company may change them: of others it can take nothing back.
    pub details: Option<SeenDetails<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenDetails<'a> {
    pub name: &'a str,
    pub phone: Option<&'a str>,
    pub country: Option<Country>,
}

/// What belongs to the account, wherever it is a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub name: PersonName,
    pub phone: Option<PhoneNumber>,
    /// Whoever staff appoint has yet to say it.
    pub country: Option<Country>,
}

/// U1, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    pub username: EmailAddress,
    pub details: Details,
    pub role: Role,
    pub blocked: bool,
    /// U3.
    pub mail_to_administrators: bool,
    pub licence: Option<LicenceId>,
}

/// U5, parsed: what somebody should be from now on. The address changes elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Only where the company may change them.
    pub details: Option<Details>,
    pub role: Role,
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
        let mut problems = Problems::default();
        let role = self.role(&mut problems);
        let username = problems.of(FieldName::Username, EmailAddress::parse(&self.username).and_then(|address| within(address, domains)));
        let details = Details::parse(&self.name, &self.phone, &self.country, &mut problems);
        let licence = match self.licence.as_str() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Problem::NotAChoice),
        };
        let licence = problems.of(FieldName::Licence, licence);
        match (role, username, details, licence) {
            (Some(role), Some(username), Some(details), Some(licence)) => {
                let (blocked, mail_to_administrators) = self.ticked();
                Ok(NewUser { username, details, role, blocked, mail_to_administrators, licence })
            }
            _ => Err(problems.refusal()),
        }
    }

    /// U5. `with_details` says whether the company may change name, telephone number and country.
    ///
    /// # Errors
    /// [`Refusal::Fields`] with every field that can't be used, in the order of the form.
    pub fn parse_change(&self, with_details: bool) -> Result<Change, Refusal> {
        let mut problems = Problems::default();
        let role = self.role(&mut problems);
        let details = with_details.then(|| Details::parse(&self.name, &self.phone, &self.country, &mut problems));
        match (role, details) {
            (None, _) | (_, Some(None)) => Err(problems.refusal()),
            (Some(role), details) => {
                let (blocked, mail_to_administrators) = self.ticked();
                Ok(Change { details: details.flatten(), role, blocked, mail_to_administrators })
            }
        }
    }

    /// U5: another address, in one of the company's domains.
    ///
    /// # Errors
    /// [`Refusal::Fields`], [`Refusal::NoDomain`].
    pub fn parse_address(new: &str, old: &str, domains: &[String]) -> Result<EmailAddress, Refusal> {
        if domains.is_empty() {
            return Err(Refusal::NoDomain);
        }
        let parsed = EmailAddress::parse(new).and_then(|address| within(address, domains));
        let other = parsed.and_then(|address| if address.as_str() == old { Err(Problem::SameAddress) } else { Ok(address) });
        other.map_err(|problem| Refusal::field(FieldName::Username, problem))
    }

    fn role(&self, problems: &mut Problems) -> Option<Role> {
        problems.of(FieldName::Role, Role::from_key(&self.role).ok_or(Problem::NotAChoice))
    }

    fn ticked(&self) -> (bool, bool) {
        (self.blocked.is_some(), self.mail_to_administrators.is_some())
    }
}

impl Seen<'_> {
    /// One line, that only has to be compared. The name can hold anything, so it comes last.
    #[must_use]
    pub fn text(&self) -> String {
        let details = self.details.map(|SeenDetails { name, phone, country }| {
            let country = country.as_ref().map_or("", Country::code);
            format!("{country}|{}|{name}", phone.unwrap_or_default())
        });
        format!("{}|{}|{}|{}", self.role.key(), self.blocked, self.mail_to_administrators, details.as_deref().unwrap_or("-"))
    }
}

impl Details {
    /// The same three fields here and in My profile (P2).
    pub fn parse(name: &str, phone: &str, country: &str, problems: &mut Problems) -> Option<Self> {
        let name = problems.of(FieldName::Name, PersonName::parse(name));
        let phone = problems.of(FieldName::Phone, PhoneNumber::parse_optional(phone));
        let country = problems.of(FieldName::Country, Country::parse(country));
        Some(Self { name: name?, phone: phone?, country: Some(country?) })
    }

    #[must_use]
    pub fn country_code(&self) -> Option<&str> {
        self.country.as_ref().map(Country::code)
    }

    /// Whether they are what is stored.
    #[must_use]
    pub fn are(&self, name: &str, phone: Option<&str>, country: Option<&str>) -> bool {
        let own = self.phone.as_ref().map(PhoneNumber::as_str);
        (self.name.as_str(), own, self.country_code()) == (name, phone, country)
    }
}

/// S2's test: exactly one of the domains, never a part of one.
fn within(address: EmailAddress, domains: &[String]) -> Result<EmailAddress, Problem> {
    if domains.iter().any(|domain| domain == address.domain()) { Ok(address) } else { Err(Problem::ForeignDomain(domains.to_vec())) }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Whatever a form can change can't change unseen.
    #[test]
    fn what_was_seen_differs_with_each_field() {
        let details = SeenDetails { name: "Carla", phone: None, country: None };
        let seen = Seen { role: Role::User, blocked: false, mail_to_administrators: false, details: Some(details) };
        let others = [
            Seen { role: Role::Administrator, ..seen },
            Seen { blocked: true, ..seen },
            Seen { mail_to_administrators: true, ..seen },
            Seen { details: None, ..seen },
            Seen { details: Some(SeenDetails { name: "Carla|", ..details }), ..seen },
            Seen { details: Some(SeenDetails { phone: Some("+31 10 555 01 00"), ..details }), ..seen },
            Seen { details: Some(SeenDetails { country: Some(Country::NETHERLANDS), ..details }), ..seen },
        ];
        let texts: std::collections::BTreeSet<_> = others.iter().chain([&seen]).map(Seen::text).collect();
        assert_eq!(texts.len(), others.len() + 1);
    }

    #[test]
    fn every_wrong_field_is_named_in_the_order_of_the_form() {
        let form = UserForm { role: "owner".into(), phone: "x".into(), country: "XX".into(), ..UserForm::default() };
        let Err(Refusal::Fields(fields)) = form.parse(&["vandijk.example".to_owned()]) else { panic!("refused") };
        let names: Vec<_> = fields.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [FieldName::Role, FieldName::Username, FieldName::Name, FieldName::Phone, FieldName::Country]);
    }

    #[test]
    fn a_change_leaves_alone_what_is_not_the_companys() {
        let change = UserForm { name: String::new(), ..filled_in() }.parse_change(false).unwrap();
        assert_eq!(change.details, None);
        let refused = UserForm { name: String::new(), role: "owner".into(), ..filled_in() }.parse_change(true);
        assert_eq!(refused, Err(Refusal::Fields(vec![(FieldName::Role, Problem::NotAChoice), (FieldName::Name, Problem::Missing)])));
    }
}
