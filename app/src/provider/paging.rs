//! Lists of which search and page stand in the address.

use crate::{texts::users as t, ui::*};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use shared::fields::Language;

/// What can't be read counts as not said.
pub(super) fn read(params: &ParamsMap) -> (String, u32) {
    let page = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    (params.get("search").unwrap_or_default(), page)
}

/// The same list, on another page of it.
fn address(search: &str, page: u32) -> String {
    let page = page.to_string();
    let said = [("search", search, ""), ("page", &page, "1")].into_iter().filter(|(_, value, usual)| value != usual);
    let query = said.map(|(name, value, _)| (name, value.to_owned())).collect::<ParamsMap>().to_query_string();
    if query.is_empty() { "?".into() } else { query }
}

/// The page of a list that is shown.
pub(super) struct Part {
    pub page: u32,
    pub pages: u32,
    pub rows: usize,
    /// Rows on a full page.
    pub size: u32,
    pub found: u32,
}

/// Nothing, where one page holds all. `place` is the part of the page that has the list, such as `#list`.
pub(super) fn pager(l: Language, part: &Part, search: &str, place: &str) -> Option<AnyView> {
    let from = (part.page - 1) * part.size + 1;
    let to = from + u32::try_from(part.rows).unwrap_or_default() - 1;
    let info = t::found(l, from, to, part.found);
    let to_page = |number: u32| format!("{}{place}", address(search, number));
    let previous = (part.page > 1).then(|| to_page(part.page - 1));
    let next = (part.page < part.pages).then(|| to_page(part.page + 1));
    (part.pages > 1)
        .then(|| view! { <Pager label=t::pages(l) info previous previous_text=t::previous(l) next next_text=t::next(l)/> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_only_what_is_not_usual() {
        assert_eq!(address("", 1), "?");
        assert_eq!(address("dijk", 1), "?search=dijk");
        assert_eq!(address("", 3), "?page=3");
        let both = address("van dijk", 2);
        assert!(both.contains("search=van") && both.contains("page=2"), "{both}");
    }

    #[test]
    fn what_cannot_be_read_counts_as_not_said() {
        let params = |page: &str| [("page", page.to_owned())].into_iter().collect::<ParamsMap>();
        assert_eq!(read(&params("-1")), (String::new(), 1));
        assert_eq!(read(&params("2")), (String::new(), 2));
    }
}
