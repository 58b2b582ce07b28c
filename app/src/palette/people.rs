//! People, asked for while somebody types.

use super::entries::{self, Entry};
use crate::users::list_users;
use leptos::{prelude::*, task::spawn_local};
use shared::{CompanyNumber, users::UsersQuery};
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(200);
const MOST: usize = 8;

/// The people of a company that fit what was typed; nobody before something was. Only an answer to the last question counts, and until it
/// is there those of the answer before who still fit.
pub(super) fn search(company: Option<CompanyNumber>, typed: RwSignal<String>) -> Memo<Vec<Entry>> {
    let found = RwSignal::new(Vec::<Entry>::new());
    if let Some(company) = company {
        let asked = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let search = typed.with(|typed| typed.trim().to_owned());
            asked.update_value(|asked| *asked += 1);
            let question = asked.get_value();
            if search.is_empty() {
                found.set(Vec::new());
                return;
            }
            let is_last = move || asked.try_get_value() == Some(question);
            let ask = async move {
                let query = UsersQuery { search, ..UsersQuery::default() };
                // Without an answer there are simply no people: the list of users says what is wrong.
                let rows = list_users(company, query).await.map(|page| page.rows).unwrap_or_default();
                if is_last() {
                    found.try_set(rows.into_iter().take(MOST).map(|row| entries::person(company, row)).collect());
                }
            };
            set_timeout(
                move || {
                    if is_last() {
                        spawn_local(ask);
                    }
                },
                PAUSE,
            );
        });
    }
    Memo::new(move |_| {
        let typed = typed.get();
        found.with(|found| found.iter().filter(|person| person.fits(&typed)).cloned().collect())
    })
}
