//! What of a queue stands in the address, and the way back to it.

use leptos_router::params::ParamsMap;
use shared::{
    CompanyNumber,
    history::Period,
    requests::{PERIODS, Queue, RequestsQuery},
};

/// What can't be read counts as not said.
pub(super) fn read(queue: Queue, params: &ParamsMap) -> RequestsQuery {
    let number = |name: &str| params.get(name).and_then(|page| page.parse().ok()).unwrap_or(1);
    let period = params.get("period").map(|key| period(&key)).unwrap_or_default();
    RequestsQuery { queue, period, page: number("page"), done_page: number("done_page") }
}

fn period(key: &str) -> Period {
    Period::from_key(key).filter(|period| PERIODS.contains(period)).unwrap_or_default()
}

/// The same queue, otherwise.
pub(super) fn address(query: &RequestsQuery) -> String {
    let (page, done_page) = (query.page.to_string(), query.done_page.to_string());
    let all = [("period", query.period.key(), Period::default().key()), ("page", &page, "1"), ("done_page", &done_page, "1")];
    let said = all.into_iter().filter(|(_, value, usual)| value != usual).map(|(name, value, _)| format!("{name}={value}"));
    format!("?{}", said.collect::<Vec<_>>().join("&"))
}

pub(super) fn path(company: CompanyNumber, queue: Queue) -> String {
    format!("/company/{company}/requests/{}", queue.key())
}

/// The word for a queue as it is shown: `licences`, or with what was turned to, `licences:year:2:1`.
pub(super) fn word(query: &RequestsQuery) -> String {
    format!("{}:{}:{}:{}", query.queue.key(), query.period.key(), query.page, query.done_page)
}

/// Where a form leads back to. A word that is known and never a path, since anybody can make up a form: `home`, `profile`, `document:3`,
/// `requests`, `documents` (the queue), or [`word`].
#[cfg(feature = "ssr")]
pub(super) fn way_back(company: CompanyNumber, back: &str) -> String {
    let mut parts = back.split(':');
    match (parts.next(), parts.next()) {
        (Some("home"), None) => format!("/company/{company}"),
        (Some("profile"), None) => "/profile".to_owned(),
        (Some("document"), Some(id)) => match id.parse::<shared::DocumentId>() {
            Ok(id) => format!("/company/{company}/documents/{id}"),
            Err(_) => format!("/company/{company}/documents"),
        },
        (queue, shown) => {
            let queue = queue.and_then(Queue::from_key).unwrap_or_default();
            let mut number = || parts.next().and_then(|number| number.parse().ok()).unwrap_or(1);
            let query = RequestsQuery { queue, period: shown.map(period).unwrap_or_default(), page: number(), done_page: number() };
            let address = address(&query);
            path(company, queue) + if address == "?" { "" } else { &address }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: CompanyNumber = CompanyNumber(10001);

    #[test]
    fn the_address_says_only_what_is_not_usual() {
        let params = |query: &str| -> ParamsMap {
            query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        };
        assert_eq!(address(&read(Queue::Licences, &params(""))), "?");
        let turned = read(Queue::Documents, &params("period=year&page=2&done_page=3"));
        assert_eq!(address(&turned), "?period=year&page=2&done_page=3");
        assert_eq!(read(Queue::Licences, &params("period=all&page=-1&done_page=x")), read(Queue::Licences, &params("")));
    }

    #[test]
    fn every_way_leads_back_to_a_page_of_ours() {
        let query = RequestsQuery { queue: Queue::Documents, period: Period::Week, page: 2, done_page: 1 };
        for (word, path) in [
            ("home", "/company/10001"),
            ("profile", "/profile"),
            ("requests", "/company/10001/requests/licences"),
            ("licences", "/company/10001/requests/licences"),
            ("documents", "/company/10001/requests/documents"),
            ("document:3", "/company/10001/documents/3"),
            ("document:/evil", "/company/10001/documents"),
            ("//evil.example", "/company/10001/requests/licences"),
            ("", "/company/10001/requests/licences"),
            (&word(&query), "/company/10001/requests/documents?period=week&page=2"),
        ] {
            assert_eq!(way_back(HERE, word), path, "{word}");
        }
    }
}
