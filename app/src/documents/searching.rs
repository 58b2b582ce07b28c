//! What is searched stands in the address; typing changes it once it pauses.

use crate::prelude::*;
use leptos_router::hooks::use_query_map;

pub(super) fn search_of_page() -> Memo<String> {
    let params = use_query_map();
    Memo::new(move |_| params.read().get("search").unwrap_or_default())
}

/// The query of the address, for a search.
#[cfg(any(test, not(feature = "ssr")))]
fn address(search: &str) -> String {
    use leptos_router::params::ParamsMap;

    let search = search.trim();
    if search.is_empty() {
        return "?".into();
    }
    [("search", search.to_owned())].into_iter().collect::<ParamsMap>().to_query_string()
}

/// Leads to what was typed, without a page of history for each pause. What another way leads to is shown in the field.
#[cfg(not(feature = "ssr"))]
pub(super) fn follow_typing(typed: RwSignal<String>, search: Memo<String>) {
    use leptos_router::{NavigateOptions, hooks::use_navigate};
    use std::time::Duration;

    const PAUSE: Duration = Duration::from_millis(200);
    let navigate = use_navigate();
    let options = || NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let lead_to = StoredValue::new(search.get_untracked());
    effect(move || {
        let text = typed.get().trim().to_owned();
        if let Some(earlier) = waiting.try_update_value(Option::take).flatten() {
            earlier.clear();
        }
        if text == search.get_untracked().trim() {
            return;
        }
        let navigate = navigate.clone();
        let lead = move || {
            // The page may be gone.
            if lead_to.try_set_value(text.clone()).is_none() {
                navigate(&address(&text), options());
            }
        };
        waiting.set_value(set_timeout_with_handle(lead, PAUSE).ok());
    });
    effect(move || {
        let now = search.get();
        if lead_to.get_value() != now.trim() {
            lead_to.set_value(now.trim().to_owned());
            typed.set(now);
        }
    });
    on_cleanup(move || {
        if let Some(earlier) = waiting.try_update_value(Option::take).flatten() {
            earlier.clear();
        }
    });
}

#[cfg(feature = "ssr")]
pub(super) fn follow_typing(_typed: RwSignal<String>, _search: Memo<String>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_only_what_is_searched() {
        assert_eq!(address("  "), "?");
        assert_eq!(address(" nen "), "?search=nen");
    }
}
