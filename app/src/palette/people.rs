//! People, asked for while somebody types.

use super::{dialog::Search, entries};
use crate::users::list_users;
use leptos::{prelude::*, task::spawn_local};
use shared::{CompanyNumber, users::UsersQuery};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);
const MOST: usize = 8;

/// To be called whenever something was typed: asks for the people of the company who fit, once the typing pauses. Only the answer to the last
/// question counts.
pub(super) fn asking(company: Option<CompanyNumber>, search: RwSignal<Search>) -> impl Fn() + Copy + Send + 'static {
    let questions = StoredValue::new(0_u32);
    move || {
        let Some(company) = company else { return };
        questions.update_value(|questions| *questions += 1);
        let question = questions.get_value();
        let is_last = move || questions.try_get_value() == Some(question);
        let typed = search.with_untracked(|search| search.typed.trim().to_owned());
        let ask = move || {
            if is_last() && !typed.is_empty() {
                spawn_local(async move {
                    let query = UsersQuery { search: typed, ..UsersQuery::default() };
                    // Without an answer there are simply no people: the list of users says what is wrong.
                    let rows = list_users(company, query).await.map(|page| page.rows).unwrap_or_default();
                    if is_last() {
                        let people = rows.into_iter().take(MOST).map(|row| entries::person(company, row)).collect();
                        search.try_update(|search| search.people = people);
                    }
                });
            }
        };
        set_timeout(ask, PAUSE);
    }
}
