//! Who asks, as far as that can be seen without looking for a session: network address, browser, language, cookie.

use crate::{Desk, callers::Anyone, sessions::Token};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use axum_extra::extract::CookieJar;
use shared::fields::Language;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Puts an [`Anyone`] into the request, for pages, server functions and streams alike.
pub(super) async fn recognise(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(addr)| addr.ip());
    let headers = request.headers();
    let forwarded = if desk.settings.behind_proxy { forwarded_for(headers) } else { None };
    let anyone = Anyone {
        address: forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
        agent: text(headers, header::USER_AGENT).to_owned(),
        language: language(headers),
        brought: CookieJar::from_headers(headers).get(desk.settings.session_cookie()).map(|cookie| Token::from_cookie(cookie.value())),
    };
    request.extensions_mut().insert(anyone);
    next.run(request).await
}

/// The last entry is the one that our own proxy wrote; those before it can be anybody's invention.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// The cookie with the language that was chosen in this browser.
pub const CHOSEN_LANGUAGE: &str = "language";
/// The cookie with that of whoever signed in last.
pub const LAST_LANGUAGE: &str = "last-language";

/// What was chosen in the top bar, else what was read here last, else what the browser prefers.
fn language(headers: &HeaderMap) -> Language {
    let cookies = CookieJar::from_headers(headers);
    let remembered = |name| Language::from_code(cookies.get(name)?.value());
    let kept = remembered(CHOSEN_LANGUAGE).or_else(|| remembered(LAST_LANGUAGE));
    kept.or_else(|| Language::preferred(text(headers, header::ACCEPT_LANGUAGE))).unwrap_or_default()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
