//! What can be found.

use crate::{
    navigation::{self, Place},
    session::Me,
    shell,
    texts::{self, palette as t, users},
    ui::Glyph,
};
use shared::{
    CompanyNumber, Permit,
    companies::CompanyRow,
    fields::{Language, Theme, folded},
    users::UserRow,
};

/// What choosing an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Go(String),
    /// Presses the button of the top bar that has this id: so there is one way to do it.
    Press(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub label: String,
    /// Where it belongs, or what tells it from others of its name.
    pub note: String,
    pub glyph: Glyph,
    pub deed: Deed,
}

impl Entry {
    fn new(label: impl Into<String>, note: impl Into<String>, glyph: Glyph, deed: Deed) -> Self {
        Self { label: label.into(), note: note.into(), glyph, deed }
    }

    /// Whether every word that was typed is somewhere in it.
    pub(super) fn fits(&self, typed: &str) -> bool {
        let text = folded(&format!("{} {}", self.label, self.note));
        folded(typed).split_whitespace().all(|word| text.contains(word))
    }
}

/// The pages that this person may visit, and Home of their other companies.
pub(super) fn pages(l: Language, me: &Me, company: Option<CompanyNumber>) -> Vec<Entry> {
    let here = navigation::company_of(me, company);
    let page = |place: Place| {
        let section = place.section.name(l);
        let note = if section == place.label { "" } else { section };
        Entry::new(place.label, note, place.glyph, Deed::Go(place.href))
    };
    let others = me.companies.iter().filter(|company| Some(company.number) != here);
    let other = others.map(|company| {
        let href = format!("/company/{}", company.number);
        Entry::new(company.name.clone(), texts::company(l), Glyph::Building, Deed::Go(href))
    });
    let mut pages: Vec<Entry> = Vec::new();
    for page in navigation::places(l, me, company).into_iter().map(page).chain(other) {
        // What stands in two navigations is one page: which one is chosen is known by where it leads.
        if pages.iter().all(|earlier| earlier.deed != page.deed) {
            pages.push(page);
        }
    }
    pages
}

/// What this person may do from anywhere.
pub(super) fn actions(l: Language, me: &Me, company: Option<CompanyNumber>) -> Vec<Entry> {
    let mut actions = Vec::new();
    let administered = navigation::company_of(me, company).filter(|number| me.standing.may(Permit::AddUser, Some(*number)).is_ok());
    if let Some(number) = administered {
        actions.push(Entry::new(users::add_user(l), "", Glyph::Plus, Deed::Go(format!("/company/{number}/users/new"))));
    }
    let press = |label, glyph, id| Entry::new(label, "", glyph, Deed::Press(id));
    let other = if l == Language::English { Language::Dutch } else { Language::English };
    actions.extend([
        press(t::other_language(l), Glyph::Globe, shell::language_button(other)),
        press(t::theme_light(l), Glyph::Sun, shell::theme_button(Theme::Light)),
        press(t::theme_dark(l), Glyph::Moon, shell::theme_button(Theme::Dark)),
        press(t::theme_system(l), Glyph::Monitor, shell::theme_button(Theme::System)),
        press(texts::sign_out(l), Glyph::Logout, shell::SIGN_OUT_BUTTON.to_owned()),
    ]);
    actions
}

pub(super) fn person(company: CompanyNumber, row: UserRow) -> Entry {
    Entry::new(row.name, row.username, Glyph::User, Deed::Go(format!("/company/{company}/users/{}", row.id)))
}

/// A company at the provider's desk.
pub(super) fn company(row: CompanyRow) -> Entry {
    Entry::new(row.name, row.number.to_string(), Glyph::Building, Deed::Go(format!("/provider/companies/{}", row.number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{AccountId, Role, Standing, companies::CompanyName};

    /// Going down with the arrow passes each once.
    #[test]
    fn no_page_is_found_twice() {
        let number = CompanyNumber(10001);
        let companies = vec![(number, Role::Administrator)];
        let me = Me {
            name: "Anna".into(),
            username: "anna@vandijk.example".into(),
            companies: vec![CompanyName { number, name: "Van Dijk".into(), role: Role::Administrator }],
            standing: Standing { account: AccountId(uuid::Uuid::nil()), staff: true, general: false, companies },
            home: "/company/10001".into(),
            open_requests: Vec::new(),
        };
        let pages = pages(Language::English, &me, Some(number));
        assert!(pages.len() > 15, "{}", pages.len());
        for (place, page) in pages.iter().enumerate() {
            assert!(pages[..place].iter().all(|earlier| earlier.deed != page.deed), "{page:?}");
        }
    }

    #[test]
    fn words_are_found_in_any_order_case_and_accent() {
        let entry = Entry::new("Zoë de Vries", "zoe@vandijk.example", Glyph::User, Deed::Go("/".into()));
        for typed in ["", "ZOE", "vries zoë", "vandijk Vrie", " e "] {
            assert!(entry.fits(typed), "{typed:?}");
        }
        assert!(!entry.fits("zoe anna"));
    }
}
