//! Many pages at once: each comes whole, and all alike. What Leptos works out a second time while the first still runs would show here.

use crate::support::{ANNA, Place, Serving};
use std::{collections::BTreeSet, sync::Arc};

const AT_ONCE: usize = 8;
const EACH: usize = 10;

/// Take `Unsuspend` out of `shell.rs`, or let `title.rs` hand on the function on the server too, to see it fail: pages bring answers to questions that
/// nobody asked, or break off.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_asked_for_at_once_come_whole_and_alike() {
    let place = Place::sqlite();
    place.demo();
    let serving = Arc::new(Serving::at(&place).await);
    let session = serving.session_of(ANNA).await;
    for path in ["/company/10001", "/company/10001/users", "/company/10001/documents", "/profile", "/profile/company"] {
        // The first visit to Home is one of its own.
        page(&serving, &session, path).await;
        let asking = (0..AT_ONCE).map(|_| {
            let (serving, session) = (Arc::clone(&serving), session.clone());
            tokio::spawn(async move {
                let mut pages = BTreeSet::new();
                for _ in 0..EACH {
                    pages.insert(page(&serving, &session, path).await);
                }
                pages
            })
        });
        let mut pages = BTreeSet::new();
        for asking in asking.collect::<Vec<_>>() {
            pages.extend(asking.await.unwrap());
        }
        assert_eq!(pages.len(), 1, "{path} came in several ways");
    }
}

/// But for what is new in every answer.
async fn page(serving: &Serving, session: &str, path: &str) -> String {
    let answer = serving.get(path).header("cookie", session).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    let page = answer.text().await.unwrap();
    assert!(page.ends_with("</script>"), "{path} ends with {:?}", page.chars().rev().take(40).collect::<String>());
    let nonce = page.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    page.replace(&nonce, "")
}
