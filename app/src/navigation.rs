//! Which pages there are for somebody: the navigation shows them, the command palette finds them.

use crate::{
    session::Me,
    texts::{self, palette as t},
    ui::{Glyph, NavItem},
};
use shared::{CompanyNumber, Permit, fields::Language};

/// An entry of the main navigation, or the person's own pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Requests,
    Documents,
    Company,
    Provider,
    Profile,
}

impl Section {
    pub(crate) const fn name(self, l: Language) -> &'static str {
        match self {
            Self::Home => texts::home(l),
            Self::Requests => texts::requests(l),
            Self::Documents => texts::documents(l),
            Self::Company => texts::my_company(l),
            Self::Provider => texts::provider(l),
            Self::Profile => texts::my_profile(l),
        }
    }
}

/// A page that has a place in a navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub section: Section,
    pub label: &'static str,
    pub href: String,
    pub glyph: Glyph,
}

/// The company that links lead to: the one whose page this is, else the one that was used last.
pub(crate) fn company_of(me: &Me, here: Option<CompanyNumber>) -> Option<CompanyNumber> {
    let numbers = || me.companies.iter().map(|company| company.number);
    here.or_else(|| numbers().find(|number| me.home == home(*number))).or_else(|| numbers().next())
}

fn home(company: CompanyNumber) -> String {
    format!("/company/{company}")
}

/// Every page that this person may visit. The permits are those that the pages ask themselves.
pub(crate) fn places(l: Language, me: &Me, company: Option<CompanyNumber>) -> Vec<Place> {
    use Section::{Company, Documents, Home, Profile, Provider, Requests};
    let all = [
        (Home, texts::home(l), "", Some(Permit::VisitCompany), Glyph::Home),
        (Requests, texts::requests(l), "/requests/licences", Some(Permit::UseRequests), Glyph::Inbox),
        (Documents, texts::documents(l), "/documents", Some(Permit::UseDocuments), Glyph::File),
        (Company, texts::general(l), "/general", Some(Permit::ReadCompany), Glyph::Building),
        (Company, texts::users(l), "/users", Some(Permit::ReadUsers), Glyph::Users),
        (Company, t::licences(l), "/licences", Some(Permit::ManageLicences), Glyph::Key),
        (Company, texts::requests(l), "/requests/licences", Some(Permit::DecideRequests), Glyph::Inbox),
        (Company, t::history(l), "/history", Some(Permit::ReadHistory), Glyph::History),
        (Provider, t::companies(l), "/provider/companies", Some(Permit::VisitProvider), Glyph::Building),
        (Provider, t::products(l), "/provider/products", Some(Permit::RunCatalogue), Glyph::File),
        (Provider, texts::requests(l), "/provider/requests", Some(Permit::ConfirmStandards), Glyph::Inbox),
        (Provider, t::suppliers(l), "/provider/suppliers", Some(Permit::RunCatalogue), Glyph::Users),
        (Provider, t::newsletter(l), "/provider/newsletter", Some(Permit::RunNewsletter), Glyph::Mail),
        (Provider, t::history(l), "/provider/history", Some(Permit::ReadAllHistory), Glyph::History),
        (Profile, t::my_details(l), "/profile", Some(Permit::OwnProfile), Glyph::User),
        (Profile, t::change_password(l), "/profile/password", Some(Permit::OwnProfile), Glyph::Key),
        (Profile, t::change_company(l), "/profile/company", Some(Permit::OwnProfile), Glyph::Building),
        (Profile, t::newsletter(l), "/profile/newsletter", Some(Permit::OwnProfile), Glyph::Mail),
        (Profile, t::sessions(l), "/profile/sessions", Some(Permit::OwnProfile), Glyph::Monitor),
        (Profile, t::delete_account(l), "/profile/delete", Some(Permit::OwnProfile), Glyph::Trash),
    ];
    let company = company_of(me, company);
    let place = |(section, label, path, permit, glyph): (Section, &'static str, &str, Option<Permit>, Glyph)| {
        if permit.is_some_and(|permit| me.standing.may(permit, company).is_err()) {
            return None;
        }
        let href = match section {
            Home | Requests | Documents | Company => home(company?) + path,
            Provider | Profile => path.to_owned(),
        };
        Some(Place { section, label, href, glyph })
    };
    all.into_iter().filter_map(place).collect()
}

/// Where one is. A page that no navigation names belongs to its folder.
fn section_at(path: &str) -> Option<Section> {
    let mut folders = path.split('/').skip(1).filter(|folder| !folder.is_empty());
    match (folders.next(), folders.nth(1)) {
        (Some("company"), None) => Some(Section::Home),
        (Some("company"), Some("requests")) => Some(Section::Requests),
        (Some("company"), Some("documents")) => Some(Section::Documents),
        (Some("company"), Some(_)) => Some(Section::Company),
        (Some("provider"), _) => Some(Section::Provider),
        (Some("profile"), _) => Some(Section::Profile),
        _ => None,
    }
}

/// One entry for each section, leading to its first page; the person's own pages are in the account menu.
pub(crate) fn main(l: Language, places: &[Place], path: &str) -> Vec<NavItem> {
    let here = section_at(path);
    let entry = |section: Section| {
        let first = places.iter().find(|place| place.section == section)?;
        Some(NavItem::new(section.name(l), first.href.clone()).current(here == Some(section)))
    };
    [Section::Home, Section::Requests, Section::Documents, Section::Company, Section::Provider].into_iter().filter_map(entry).collect()
}

/// What the navigation at the side is called.
pub(crate) fn section_name(l: Language, path: &str) -> &'static str {
    section_at(path).map_or("", |section| section.name(l))
}

/// The pages of the section that one is in.
pub(crate) fn side(places: &[Place], path: &str) -> Vec<NavItem> {
    // Home stands alone; requests and documents have tabs of their own.
    let alone = |section: &Section| matches!(section, Section::Home | Section::Requests | Section::Documents);
    let Some(section) = section_at(path).filter(|section| !alone(section)) else { return Vec::new() };
    let pages = || places.iter().filter(|place| place.section == section);
    // The longest address that this one begins with: `/provider` is also the beginning of its history's.
    let within = |page: &&Place| path.strip_prefix(page.href.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let here = pages().filter(within).max_by_key(|page| page.href.len());
    pages().map(|page| NavItem::new(page.label, page.href.clone()).current(Some(page) == here)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{AccountId, Role, Standing, companies::CompanyName};

    const HERE: CompanyNumber = CompanyNumber(10001);
    const ELSEWHERE: CompanyNumber = CompanyNumber(10002);
    const L: Language = Language::English;

    fn me(staff: bool, companies: &[(CompanyNumber, Role)], home: &str) -> Me {
        let named = |(number, role): &(CompanyNumber, Role)| CompanyName { number: *number, name: String::new(), role: *role };
        Me {
            name: "Anna".into(),
            username: "anna@vandijk.example".into(),
            companies: companies.iter().map(named).collect(),
            standing: Standing { account: AccountId(uuid::Uuid::nil()), staff, general: false, companies: companies.to_vec() },
            open_requests: Vec::new(),
            home: home.into(),
        }
    }

    fn labels(items: &[NavItem]) -> Vec<String> {
        items.iter().map(|item| if item.current { format!("[{}]", item.label) } else { item.label.clone() }).collect()
    }

    #[test]
    fn an_administrator_finds_the_company() {
        let places = places(L, &me(false, &[(HERE, Role::Administrator)], ""), Some(HERE));
        assert_eq!(labels(&main(L, &places, "/company/10001/users/new")), ["Home", "Requests", "Documents", "[My company]"]);
        assert_eq!(section_name(L, "/company/10001/users/new"), "My company");
        assert_eq!(labels(&side(&places, "/company/10001/users/new")), ["General", "[Users]", "Licences", "Requests", "History"]);
    }

    #[test]
    fn a_user_finds_home_and_the_profile() {
        let places = places(L, &me(false, &[(HERE, Role::User)], ""), Some(HERE));
        assert_eq!(labels(&main(L, &places, "/company/10001")), ["[Home]", "Requests", "Documents"]);
        assert_eq!(labels(&main(L, &places, "/company/10001/requests/documents")), ["Home", "[Requests]", "Documents"]);
        assert_eq!(labels(&side(&places, "/company/10001/users")), Vec::<String>::new());
        let profile = ["My details", "[Change password]", "Change company", "Newsletter", "Sessions", "Delete account"];
        assert_eq!(labels(&side(&places, "/profile/password")), profile);
    }

    #[test]
    fn staff_without_a_company_find_the_desk() {
        let places = places(L, &me(true, &[], "/provider/companies"), None);
        assert_eq!(labels(&main(L, &places, "/provider/companies")), ["[Provider]"]);
        assert_eq!(
            labels(&side(&places, "/provider/companies/10001")),
            ["[Companies]", "Products", "Requests", "Suppliers", "Newsletter", "History"]
        );
        assert_eq!(
            labels(&side(&places, "/provider/history")),
            ["Companies", "Products", "Requests", "Suppliers", "Newsletter", "[History]"]
        );
    }

    #[test]
    fn outside_of_a_company_links_lead_to_the_one_used_last() {
        let both = me(false, &[(HERE, Role::User), (ELSEWHERE, Role::Administrator)], "/company/10002");
        assert_eq!(main(L, &places(L, &both, None), "/profile")[0].href, "/company/10002");
        assert_eq!(main(L, &places(L, &both, Some(HERE)), "/company/10001")[0].href, "/company/10001");
        assert_eq!(main(L, &places(L, &both, Some(HERE)), "/company/10001").len(), 3);
    }
}
