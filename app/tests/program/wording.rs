//! What is said where no page answers: in the reader's language, as a page, as a fault for our own client, or as a line.

use crate::support::{ANNA, Place, Serving, on_both};
use reqwest::{Client, RequestBuilder};
use std::fs;

const PAGE: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// Neither our pages nor a browser.
fn another() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

async fn said(request: RequestBuilder, accept: &str, status: u16) -> String {
    let answer = request.header("accept", accept).header("accept-language", "nl").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), status);
    let (kind, policy) = (answer.headers()["content-type"].to_str().unwrap(), &answer.headers()["content-security-policy"]);
    assert!(kind.starts_with(if accept == PAGE { "text/html" } else { accept }), "{kind}");
    assert!(policy.to_str().unwrap().starts_with("default-src 'none'"), "{policy:?}");
    answer.text().await.unwrap()
}

#[tokio::test]
async fn whoever_is_turned_away_reads_why() {
    let place = Place::sqlite();
    let serving = Serving::at(&place).await;
    let foreign = || another().post(serving.url("/api/sign_in")).body("username=x&password=x");
    let long = || serving.post_text("/api/sign_in", format!("username={}&password=x", "x".repeat(200_000)));
    for accept in [PAGE, "text/plain"] {
        let page = said(foreign(), accept, 403).await;
        assert!(page.contains("Dit is niet vanaf een pagina van Balie verstuurd."), "{page}");
        assert_eq!(page.contains("<html lang=\"nl\">") && page.contains("/pkg/balie.css"), accept == PAGE, "{page}");
        let page = said(long(), accept, 413).await;
        assert!(page.contains("Wat u verstuurde is te groot."), "{page}");
    }
    // As our own client reads it.
    assert_eq!(said(foreign(), "application/json", 403).await, r#""FromElsewhere""#);
    assert_eq!(said(long(), "application/json", 413).await, r#""TooLong""#);
}

on_both! {
    /// An export and an unsubscription that break: whoever asked can name what the log explains.
    async fn the_number_that_is_shown_is_in_the_log(place) {
        place.demo();
        let serving = Serving::at(place).await;
        let session = serving.session_of(ANNA).await;
        place.execute("ALTER TABLE history RENAME TO gone; ALTER TABLE link_token RENAME TO gone_too").await;
        let export = serving.get("/company/10001/history.csv").header("cookie", session);
        let one_click = another().post(serving.url("/unsubscribe/0123456789012345678901234567890123456789012"));
        for (request, accept) in [(export, PAGE), (one_click, "text/plain")] {
            let text = said(request, accept, 500).await;
            let number = text.split("Noem nummer ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(number.len(), 12, "{text}");
            assert!(!text.contains("gone") && !text.contains("link_token"), "{text}");
            let log = fs::read_to_string(place.path("serve.log")).unwrap();
            let line = log.lines().find(|line| line.contains("incident") && line.contains(number)).unwrap_or_else(|| panic!("{number}:\n{log}"));
            assert!(line.contains("ERROR"), "{line}");
        }
    }
}
