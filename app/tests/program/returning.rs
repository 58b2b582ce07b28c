//! Forms without JavaScript that come back, and the cookies that do it. What a browser would do is done by hand.

use crate::support::{ANNA, PASSWORD, Place, Serving, on_both};
use reqwest::{RequestBuilder, Response};
use std::{collections::BTreeSet, process::Command};

const STAFF: &str = "staff@balie.example";
const NEW: &str = "/provider/newsletter/new";

/// What a browser sends that has no scripts, from this page.
fn by_hand(request: RequestBuilder, serving: &Serving, page: &str, cookies: &str) -> RequestBuilder {
    request.header("accept", "text/html,*/*;q=0.8").header("referer", serving.url(page)).header("cookie", cookies)
}

/// The cookie of this name that an answer sets.
fn set_cookie(answer: &Response, name: &str) -> Option<String> {
    let mut all = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned());
    all.find(|cookie| cookie.starts_with(&format!("{name}=")))
}

fn pair(cookie: &str) -> &str {
    cookie.split(';').next().unwrap()
}

/// Whoever serves people by https, behind a proxy that we do not need here.
fn by_https(place: &Place) -> Command {
    let mut command = place.balie(&["serve"]);
    command.envs([("BALIE_DEV", "0"), ("BALIE_PUBLIC_URL", "https://balie.example.com"), ("BALIE_SMTP_URL", "smtp://127.0.0.1:9")]);
    command
}

/// The whole of what is set, in whatever order: the name, how long the value is, and the attributes.
#[track_caller]
fn holds(cookie: &str, name: &str, attributes: &[&str]) -> usize {
    let mut parts = cookie.split("; ");
    let (found, value) = parts.next().unwrap().split_once('=').unwrap();
    assert_eq!(found, name);
    assert_eq!(parts.collect::<BTreeSet<_>>(), attributes.iter().copied().collect::<BTreeSet<_>>(), "{cookie}");
    value.len()
}

/// A refused form's cookie leads this page back to what was typed, and no other.
async fn comes_back(serving: &Serving, session: &str, typed: &str) {
    let form = [("subject_en", "Bridges"), ("text_en", typed), ("subject_nl", ""), ("text_nl", "Bruggen")];
    let answer = by_hand(serving.post("/api/create_newsletter", &form), serving, NEW, session).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()), (303, NEW));
    let cookie = set_cookie(&answer, "returned").expect("it comes back");
    assert!(cookie.len() < 4096, "a browser keeps it: {}", cookie.len());

    let cookies = format!("{session}; {}", pair(&cookie));
    let elsewhere = by_hand(serving.get("/provider/newsletter"), serving, NEW, &cookies).send().await.unwrap();
    assert_eq!(set_cookie(&elsewhere, "returned"), None, "another page leaves it alone");
    assert!(!elsewhere.text().await.unwrap().contains(typed));

    let page = by_hand(serving.get(NEW), serving, NEW, &cookies).send().await.unwrap();
    assert!(set_cookie(&page, "returned").is_some_and(|cookie| cookie.contains("Max-Age=0")), "taken away as it is read");
    let page = page.text().await.unwrap();
    assert!(page.contains(typed), "what was typed is there again");
    assert!(page.contains("aria-invalid=\"true\""), "and what is wrong with it");
}

on_both! {
    async fn what_was_typed_comes_back_however_long(place) {
        place.demo();
        let serving = Serving::at(place).await;
        let session = serving.session_of(STAFF).await;
        comes_back(&serving, &session, "A bold bridge").await;
        comes_back(&serving, &session, &"A bold bridge, ".repeat(350)).await;
    }

    /// Long forms wait on the server, for whoever filled them in.
    async fn nobody_else_gets_it(place) {
        place.demo();
        let serving = Serving::at(place).await;
        let (staff, anna) = (serving.session_of(STAFF).await, serving.session_of(ANNA).await);
        let typed = "A bold bridge, ".repeat(350);
        let form = [("subject_en", "Bridges"), ("text_en", typed.as_str())];
        let answer = by_hand(serving.post("/api/create_newsletter", &form), &serving, NEW, &staff).send().await.unwrap();
        let cookie = set_cookie(&answer, "returned").unwrap();
        for (session, there) in [(anna.as_str(), false), ("theme=dark", false), (staff.as_str(), true), (staff.as_str(), false)] {
            let cookies = format!("{session}; {}", pair(&cookie));
            let page = by_hand(serving.get(NEW), &serving, NEW, &cookies).send().await.unwrap().text().await.unwrap();
            assert_eq!(page.contains(&typed), there);
        }
    }
}

/// The cookies that only tests without https would never see.
#[tokio::test]
async fn cookies_are_bound_to_https() {
    let place = Place::sqlite();
    place.demo();
    let serving = Serving::by(&place, by_https).await;
    let signed_in = serving.sign_in(ANNA, PASSWORD).await;
    let session = set_cookie(&signed_in, "__Host-session").expect("signed in");
    let length = holds(&session, "__Host-session", &["HttpOnly", "SameSite=Lax", "Secure", "Path=/"]);
    assert_eq!(length, 43, "32 random bytes");
    assert_eq!(set_cookie(&signed_in, "session"), None);

    let wrong = serving.post("/api/sign_in", &[("username", ANNA), ("password", "not the password")]);
    let refused = by_hand(wrong, &serving, "/login", "").send().await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.headers()["location"].to_str().unwrap()), (303, "/login"));
    let returned = set_cookie(&refused, "__Host-returned").expect("it comes back");
    holds(&returned, "__Host-returned", &["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=60"]);
    assert_eq!(set_cookie(&refused, "returned"), None);

    let cookies = pair(&returned).to_owned();
    let page = by_hand(serving.get("/login"), &serving, "/login", &cookies).send().await.unwrap();
    let gone = set_cookie(&page, "__Host-returned").expect("taken away as it is read");
    // Without Secure a browser would not let it touch a `__Host-` cookie.
    assert!(gone.starts_with("__Host-returned=;") && gone.contains("Max-Age=0") && gone.contains("Secure"), "{gone}");
    let page = page.text().await.unwrap();
    assert!(page.contains(ANNA) && !page.contains("not the password"));
}
