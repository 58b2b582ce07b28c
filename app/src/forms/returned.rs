//! The cookie in which a refused form comes back: to the page that it was sent from, and to no other. What is too long for a cookie waits on the
//! server (`server/src/returned.rs`).

use super::Returned;
use crate::{fault::Fault, session};
use axum::extract::Request;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use cookie::{CookieBuilder, time::Duration};
use http::HeaderValue;
use serde::{Deserialize, Serialize};
use server::{
    Desk,
    callers::Anyone,
    returned::{self, KEPT_SECONDS},
    sessions::Visitor,
};

/// Browsers keep cookies of 4 KB.
const LONGEST_COOKIE: usize = 3800;

const fn name(is_https: bool) -> &'static str {
    if is_https { "__Host-returned" } else { "returned" }
}

/// Who sent the form, or asks for the page.
pub(super) struct Asker {
    cookies: CookieJar,
    from: Option<Anyone>,
}

impl Asker {
    pub(super) fn of(request: &Request) -> Self {
        Self { cookies: CookieJar::from_headers(request.headers()), from: request.extensions().get().cloned() }
    }

    async fn visitor(self, desk: &Desk) -> server::Result<Option<Visitor>> {
        let Some(from) = self.from else { return Ok(None) };
        session::visitor_of(desk, &self.cookies, from).await
    }
}

/// What the cookie holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OnItsWay {
    /// The path of the page that the form stood on.
    page: String,
    form: Found,
}

/// The form, or the word for where it is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Found {
    Here(Returned),
    Kept(String),
}

/// The form that came back to the page that is asked for.
pub(super) fn found(desk: &Desk, request: &Request) -> Option<Found> {
    let cookies = CookieJar::from_headers(request.headers());
    let cookie = cookies.get(name(desk.settings.is_https()))?;
    let on_its_way: OnItsWay = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie.value()).ok()?).ok()?;
    (on_its_way.page == request.uri().path()).then_some(on_its_way.form)
}

impl Found {
    pub(super) async fn fetch(self, desk: &Desk, asker: Asker) -> Option<Returned> {
        match self {
            Self::Here(returned) => Some(returned),
            Self::Kept(word) => match fetch_kept(desk, asker, &word).await {
                Ok(content) => serde_json::from_str(&content?).ok(),
                Err(error) => {
                    tracing::error!(%error, "a form could not be given back");
                    None
                }
            },
        }
    }
}

async fn fetch_kept(desk: &Desk, asker: Asker, word: &str) -> server::Result<Option<String>> {
    match asker.visitor(desk).await? {
        Some(visitor) => returned::take(desk, &visitor, word).await,
        None => Ok(None),
    }
}

/// The cookie for a form's way back to its page. `None` only where the page's own path is too long for one.
pub(super) async fn cookie(desk: &Desk, asker: Asker, page: &str, returned: Returned) -> Option<HeaderValue> {
    let value = match encoded(page, Found::Here(returned.clone())) {
        Some(value) => value,
        None => match keep(desk, asker, &returned).await {
            Some(word) => encoded(page, Found::Kept(word))?,
            None => short(page, returned)?,
        },
    };
    let max_age = Duration::seconds(KEPT_SECONDS);
    HeaderValue::from_str(&built(desk, value).http_only(true).same_site(SameSite::Lax).max_age(max_age).build().to_string()).ok()
}

/// That takes the cookie away.
pub(super) fn gone(desk: &Desk) -> Option<HeaderValue> {
    HeaderValue::from_str(&built(desk, String::new()).removal().build().to_string()).ok()
}

fn built(desk: &Desk, value: String) -> CookieBuilder<'static> {
    let is_https = desk.settings.is_https();
    Cookie::build((name(is_https), value)).path("/").secure(is_https)
}

/// `None` where a browser would not keep it.
fn encoded(page: &str, form: Found) -> Option<String> {
    let value = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&OnItsWay { page: page.to_owned(), form }).ok()?);
    (value.len() <= LONGEST_COOKIE).then_some(value)
}

async fn keep(desk: &Desk, asker: Asker, returned: &Returned) -> Option<String> {
    let content = serde_json::to_string(returned).ok()?;
    let kept = async {
        match asker.visitor(desk).await? {
            Some(visitor) => returned::keep(desk, &visitor, &content).await.map(Some),
            None => Ok(None),
        }
    };
    kept.await.unwrap_or_else(|error: server::Error| {
        tracing::error!(%error, "a form could not be kept");
        None
    })
}

/// For whoever is not signed in: what was filled in is lost, but never what is wrong with it.
fn short(page: &str, mut returned: Returned) -> Option<String> {
    returned.kept.clear();
    encoded(page, Found::Here(returned.clone())).or_else(|| {
        let fault = serde_json::to_string(&Fault::TooLong).ok()?;
        encoded(page, Found::Here(Returned { fault, ..returned }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fault: &str, typed: &str) -> Returned {
        let kept = vec![("text_en".to_owned(), vec![typed.to_owned()])];
        Returned { path: "/api/save_newsletter".into(), fault: fault.to_owned(), kept }
    }

    fn decoded(value: Option<String>) -> OnItsWay {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(value.unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn what_is_short_is_in_the_cookie_and_names_its_page() {
        let returned = form("{}", "Bruggen");
        let on_its_way = decoded(encoded("/provider/newsletter/new", Found::Here(returned.clone())));
        assert_eq!(on_its_way, OnItsWay { page: "/provider/newsletter/new".into(), form: Found::Here(returned) });
        assert_eq!(encoded("/", Found::Here(form("{}", &"x".repeat(3000)))), None);
    }

    #[test]
    fn however_long_the_fault_there_is_one() {
        let Found::Here(returned) = decoded(short("/", form("{}", &"x".repeat(3000)))).form else { panic!("not in the cookie") };
        assert_eq!(returned, Returned { kept: Vec::new(), ..form("{}", "") });
        let Found::Here(returned) = decoded(short("/", form(&"x".repeat(3000), ""))).form else { panic!("not in the cookie") };
        assert_eq!(returned.fault, serde_json::to_string(&Fault::TooLong).unwrap());
        assert_eq!(short(&"/x".repeat(2000), form("{}", "")), None);
    }
}
