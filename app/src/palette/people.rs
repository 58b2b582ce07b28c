//! Whom and what the server finds, asked for while somebody types.

use super::{
    dialog::Search,
    entries::{self, Entry},
};
use crate::{provider::list_companies, users::list_users};
use leptos::{prelude::*, task::spawn_local};
use shared::{CompanyNumber, companies::CompaniesQuery, users::UsersQuery};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);
const MOST: usize = 8;

/// Where this person may search.
#[derive(Clone, Copy)]
pub(super) struct Searched {
    /// Its people.
    pub company: Option<CompanyNumber>,
    /// All companies, at the provider's desk.
    pub companies: bool,
}

/// To be called whenever something was typed: asks for the people and the companies that fit, once the typing pauses. Only the answer to the last
/// question counts.
pub(super) fn asking(searched: Searched, search: RwSignal<Search>) -> impl Fn() + Copy + Send + 'static {
    let questions = StoredValue::new(0_u32);
    move || {
        questions.update_value(|questions| *questions += 1);
        let question = questions.get_value();
        let is_last = move || questions.try_get_value() == Some(question);
        let typed = search.with_untracked(|search| search.typed.trim().to_owned());
        let ask = move || {
            if !is_last() || typed.is_empty() {
                return;
            }
            if let Some(company) = searched.company {
                let typed = typed.clone();
                spawn_local(async move {
                    let found = people(company, typed).await;
                    if is_last() {
                        search.try_update(|search| search.people = found);
                    }
                });
            }
            if searched.companies {
                spawn_local(async move {
                    let found = companies(typed).await;
                    if is_last() {
                        search.try_update(|search| search.companies = found);
                    }
                });
            }
        };
        set_timeout(ask, PAUSE);
    }
}

/// Without an answer there is simply nobody: the list of users says what is wrong.
async fn people(company: CompanyNumber, typed: String) -> Vec<Entry> {
    let query = UsersQuery { search: typed, ..UsersQuery::default() };
    let rows = list_users(company, query, None).await.map(|listed| listed.page.rows).unwrap_or_default();
    rows.into_iter().take(MOST).map(|row| entries::person(company, row)).collect()
}

async fn companies(typed: String) -> Vec<Entry> {
    let rows = list_companies(CompaniesQuery { search: typed, page: 1 }).await.map(|page| page.rows).unwrap_or_default();
    rows.into_iter().take(MOST).map(entries::company).collect()
}
