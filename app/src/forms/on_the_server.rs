//! The middleware around server functions and pages: a plain form is answered by a page again.

use super::{
    Fault, Returned,
    returned::{self, Asker},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use server::{Desk, http::Turned};
use shared::{Refusal, refusal::NotAll};

const LONGEST_BODY: usize = 256 * 1024;
/// Our own answers may be longer: they name whom something could not be done for.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// Server functions: a body that is too long is refused here, and the answer to a plain form is a page again. Pages get what came back to them.
/// Everything else passes.
pub(crate) async fn server_functions(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    if let Some(clean) = without_errors(request.uri()) {
        return Redirect::to(&clean).into_response();
    }
    if request.method() == Method::GET {
        return page(&desk, request, next).await;
    }
    if request.method() != Method::POST || !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let wants_page = header_text(request.headers(), header::ACCEPT).contains("text/html");
    let back = way_back(request.headers());
    let path = request.uri().path().to_owned();
    let asker = Asker::of(&request);
    // Without it server_fn would put the error into the address.
    request.headers_mut().remove(header::ACCEPT);
    let (parts, body) = request.into_parts();
    let Ok(form) = to_bytes(body, LONGEST_BODY).await else { return Turned::TooLong.into_response() };
    let response = next.run(Request::from_parts(parts, Body::from(form.clone()))).await;
    if !wants_page {
        return response;
    }
    if response.status() == StatusCode::NOT_FOUND && response.headers().get("serverfnerror").is_none() {
        return response;
    }
    page_again(response, &desk, asker, Sent { back, path, form }).await
}

/// A page gets what came back to it. To the others it does not belong: they leave the cookie alone.
async fn page(desk: &Desk, mut request: Request, next: Next) -> Response {
    let Some(found) = returned::found(desk, &request) else { return next.run(request).await };
    let asker = Asker::of(&request);
    if let Some(returned) = found.fetch(desk, asker).await {
        request.extensions_mut().insert(returned);
    }
    let mut response = next.run(request).await;
    response.headers_mut().extend(returned::gone(desk).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// A plain form: from where, to which function, and what.
struct Sent {
    back: String,
    path: String,
    form: Bytes,
}

async fn page_again(response: Response, desk: &Desk, asker: Asker, Sent { back, path, form }: Sent) -> Response {
    let (parts, body) = response.into_parts();
    let refused = parts.status.is_client_error() || parts.status.is_server_error();
    let to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).filter(|_| !refused).unwrap_or(&back);
    let mut again = Redirect::to(to).into_response();
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        again.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    if refused {
        let fault = to_bytes(body, LONGEST_ANSWER).await.unwrap_or_default();
        let returned = Returned { path, fault: for_a_cookie(&fault), kept: kept(&form) };
        let page = back.split('?').next().unwrap_or_default();
        let cookie = returned::cookie(desk, asker, page, returned).await;
        again.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    }
    again
}

/// Whom a script would keep ticked is left out: nobody else reads it, and of many it would be too long.
fn for_a_cookie(fault: &[u8]) -> String {
    let shorter = match serde_json::from_slice(fault) {
        Ok(Fault::Refused(Refusal::Some(not_all))) => {
            serde_json::to_string(&Fault::Refused(Refusal::Some(NotAll { others: Vec::new(), ..not_all }))).ok()
        }
        _ => None,
    };
    shorter.unwrap_or_else(|| String::from_utf8_lossy(fault).into_owned())
}

/// All fields but those that hold passwords and tokens.
fn kept(form: &[u8]) -> Vec<(String, Vec<String>)> {
    let mut kept: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in form_urlencoded::parse(form).filter(|(name, _)| !name.contains("password") && !name.contains("token")) {
        match kept.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value.into_owned()),
            None => kept.push((name.into_owned(), vec![value.into_owned()])),
        }
    }
    kept
}

/// The page that the form stood on: the path of the Referer. The origin was checked before.
fn way_back(headers: &HeaderMap) -> String {
    let referer: Option<Uri> = header_text(headers, header::REFERER).parse().ok();
    referer
        .and_then(|referer| Some(referer.path_and_query()?.as_str().to_owned()))
        .filter(|path| is_local(path))
        .unwrap_or_else(|| "/".into())
}

/// A path of ours: neither another site's (`//evil.example`), nor what a browser might read as one (`/\evil.example`).
pub(crate) fn is_local(path: &str) -> bool {
    let before_query = path.split(['?', '#']).next().unwrap_or_default();
    let twisted = before_query.contains("//") || before_query.contains("..") || path.contains('\\');
    path.starts_with('/') && !twisted && !path.contains(|c: char| c.is_control())
}

/// Leptos takes an error from anybody's link (`?__err=…`); Balie doesn't.
fn without_errors(uri: &Uri) -> Option<String> {
    let query = uri.query()?;
    let is_error = |pair: &&str| form_urlencoded::parse(pair.as_bytes()).any(|(key, _)| key == "__err" || key == "__path");
    query.split('&').any(|pair| is_error(&pair)).then(|| {
        let rest: Vec<&str> = query.split('&').filter(|pair| !is_error(pair)).collect();
        if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{}", uri.path(), rest.join("&")) }
    })
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours() {
        for ours in ["/", "/company/10001/users?page=2"] {
            assert!(is_local(ours), "{ours}");
        }
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "", "evil", "/a\nb", "/login/../..//evil.example"] {
            assert!(!is_local(foreign), "{foreign}");
        }
    }

    /// Browsers drop a cookie that is too long, and the page would say nothing at all.
    #[test]
    fn what_could_not_be_done_for_thousands_fits_into_a_cookie() {
        let others = vec![uuid::Uuid::max(); 4000];
        let fault = Fault::Refused(Refusal::Some(NotAll { done: 1, refused: 4000, others, ..NotAll::default() }));
        let short = for_a_cookie(&serde_json::to_vec(&fault).unwrap());
        assert!(short.len() < 200, "{}", short.len());
        assert!(matches!(serde_json::from_str(&short), Ok(Fault::Refused(Refusal::Some(NotAll { done: 1, refused: 4000, .. })))));
        assert_eq!(for_a_cookie(b"no fault of ours"), "no fault of ours");
    }

    #[test]
    fn passwords_and_tokens_are_not_kept() {
        let kept = kept(b"username=anna%40x.example&password=secret&new_password=a&repeat_password=b&token=t");
        assert_eq!(kept, [("username".to_owned(), vec!["anna@x.example".to_owned()])]);
    }

    #[test]
    fn errors_of_strangers_are_taken_out_of_the_address() {
        assert_eq!(without_errors(&"/login?__path=x&next=%2F&__err=y".parse().unwrap()).as_deref(), Some("/login?next=%2F"));
        assert_eq!(without_errors(&"/login?__err=y".parse().unwrap()).as_deref(), Some("/login"));
        assert_eq!(without_errors(&"/login?%5F%5Ferr=y&%5f_path=x".parse().unwrap()).as_deref(), Some("/login"));
        assert_eq!(without_errors(&"/login?next=%2F".parse().unwrap()), None);
    }
}
