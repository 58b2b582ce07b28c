//! What is let through, and what every answer says to the browser.

use super::Turned;
use crate::Desk;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Whatever changes something must come from our own pages. Browsers say so in Sec-Fetch-Site; older ones by Origin; whoever says neither is
/// refused.
pub(super) async fn same_origin(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if harmless || is_one_click(request.method(), request.uri().path()) || is_ours(request.headers(), &desk.settings.public_url) {
        next.run(request).await
    } else {
        Turned::FromElsewhere.into_response()
    }
}

/// P5, RFC 8058: it comes from a mail provider, without Origin and cookie. The token in it is all that it needs, and all that it can do.
fn is_one_click(method: &Method, path: &str) -> bool {
    let token = path.strip_prefix("/unsubscribe/");
    *method == Method::POST && token.is_some_and(|token| !token.is_empty() && !token.contains('/'))
}

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|origin| origin == public_url),
    }
}

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // `no-referrer` would take the way back from a form that was sent without JavaScript.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"),
    ),
];

/// Pages bring a Content-Security-Policy with their nonce; everything else may do nothing at all.
pub(super) async fn headers(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    let mut response = next.run(request).await;
    let found = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    if desk.settings.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    let locked = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(locked);
    // Names with a hash of the content never change; what a person sees must not be kept past its rights.
    let keep = if hashed && found { "public, max-age=31536000, immutable" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keep));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_paths_one_comes_from_elsewhere() {
        assert!(is_one_click(&Method::POST, "/unsubscribe/AbC_0123456789-"));
        for path in [
            "/",
            "/unsubscribe",
            "/unsubscribe/",
            "/unsubscribe/a/",
            "/unsubscribe/a/b",
            "/unsubscribe//a",
            "//unsubscribe/a",
            "/Unsubscribe/a",
        ] {
            assert!(!is_one_click(&Method::POST, path), "{path}");
        }
        for path in ["/unsubscribes/a", "/api/unsubscribe/a", "/api/unsubscribe_by_link", "/profile/newsletter", "/x/../unsubscribe/a"] {
            assert!(!is_one_click(&Method::POST, path), "{path}");
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::CONNECT] {
            assert!(!is_one_click(&method, "/unsubscribe/a"), "{method}");
        }
    }

    #[test]
    fn only_our_own_pages() {
        let said = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
            is_ours(&headers, "https://balie.example.com")
        };
        assert!(said(&[("sec-fetch-site", "same-origin")]));
        assert!(said(&[("origin", "https://balie.example.com")]));
        assert!(!said(&[]), "whoever says neither is refused");
        assert!(!said(&[("origin", "https://evil.example")]));
        assert!(!said(&[("origin", "null")]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!said(&[("sec-fetch-site", site), ("origin", "https://balie.example.com")]), "{site}");
        }
    }
}
