//! Who is asking: the one place where server functions get their callers from, and what the pages know of the person.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{CompanyNumber, Standing, companies::CompanyName};

/// What the shell shows of whoever is signed in, and what buttons ask the permits with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub name: String,
    pub username: String,
    pub standing: Standing,
    pub companies: Vec<CompanyName>,
    /// R1: how many requests wait in the companies that they administer, where any do.
    pub open_requests: Vec<(CompanyNumber, u32)>,
    /// Where `/` leads.
    pub home: String,
}

#[server(prefix = "/api", endpoint = "read_me", protocol = AsForm)]
pub async fn read_me() -> Result<Me, Fault> {
    let visitor = visitor().await?;
    let administers: Vec<_> = visitor.companies.iter().filter_map(|company| visitor.administrator(company.number).ok()).collect();
    Ok(Me {
        open_requests: server::requests::counts(&desk(), &administers).await?,
        home: home_of(&visitor),
        name: visitor.name,
        username: visitor.username,
        standing: visitor.standing,
        companies: visitor.companies,
    })
}

/// Somebody's first page: the company used last, else the first; staff without one go to the provider's desk.
#[cfg(feature = "ssr")]
pub(crate) fn home_of(visitor: &server::sessions::Visitor) -> String {
    let last = visitor.last_company.filter(|number| visitor.standing.role_in(*number).is_some());
    match last.or_else(|| visitor.companies.first().map(|company| company.number)) {
        Some(number) => format!("/company/{number}"),
        None if visitor.standing.staff => "/provider/companies".into(),
        None => "/profile".into(),
    }
}

#[cfg(feature = "ssr")]
pub(crate) use on_the_server::*;

#[cfg(feature = "ssr")]
mod on_the_server {
    use crate::fault::Fault;
    use axum::{
        extract::{Request, State},
        middleware::Next,
        response::Response,
    };
    use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
    use cookie::CookieBuilder;
    use http::{HeaderValue, Method, StatusCode, header, request::Parts};
    use leptos::prelude::{expect_context, provide_context, use_context};
    use leptos_axum::ResponseOptions;
    use server::{
        Desk,
        callers::{Administrator, Anyone, Member, Person, Staff},
        http::CHOSEN_LANGUAGE,
        sessions::{self, Token, Visitor},
    };
    use shared::{CompanyNumber, Refusal};
    use std::sync::Arc;
    use tokio::sync::OnceCell;

    /// The session is read once for a request, however many server functions a page calls.
    #[derive(Clone, Default)]
    struct Read(Arc<OnceCell<Option<Visitor>>>);

    /// Around pages and server functions. Unless a language was chosen in this browser, a page comes in that of whoever it is for (P2), wherever
    /// they chose it. A general account has none of its own (G2).
    pub(crate) async fn recognise(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
        let read = Read::default();
        let cookies = CookieJar::from_headers(request.headers());
        if let Some(from) = request.extensions().get::<Anyone>().cloned()
            && is_page(&request)
            && let Ok(visitor) = visitor_of(&desk, &cookies, from.clone()).await
        {
            let follows = |visitor: &&Visitor| !visitor.standing.general && cookies.get(CHOSEN_LANGUAGE).is_none();
            if let Some(person) = visitor.as_ref().filter(follows) {
                request.extensions_mut().insert(Anyone { language: person.language, ..from });
            }
            // Nobody else has it yet.
            let _ = read.0.set(visitor);
        }
        request.extensions_mut().insert(read);
        next.run(request).await
    }

    /// Or a file for whoever is signed in; not one of the client's.
    fn is_page(request: &Request) -> bool {
        request.method() == Method::GET && !request.uri().path().starts_with("/pkg/")
    }

    /// What every request finds in its context.
    pub(crate) fn provide(desk: &Desk) {
        provide_context(desk.clone());
    }

    pub(crate) fn desk() -> Desk {
        expect_context::<Desk>()
    }

    pub(crate) fn anyone() -> Result<Anyone, Fault> {
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<Anyone>().cloned()).ok_or(Fault::Malformed)
    }

    pub(crate) fn cookie(name: &str) -> Option<String> {
        let parts = use_context::<Parts>()?;
        Some(CookieJar::from_headers(&parts.headers).get(name)?.value().to_owned())
    }

    /// Whoever is signed in, if anybody.
    pub(crate) async fn maybe_visitor() -> Result<Option<Visitor>, Fault> {
        let (desk, from) = (desk(), anyone()?);
        let Some(token) = cookie(desk.settings.session_cookie()) else { return Ok(None) };
        let read = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Read>().cloned()).unwrap_or_default();
        let token = Token::from_cookie(&token);
        let found = read
            .0
            .get_or_try_init(|| async {
                if is_untouched() { sessions::glance(&desk, &token, from).await } else { sessions::find(&desk, &token, from).await }
            })
            .await;
        Ok(found?.clone())
    }

    /// A page asks by itself, with nobody at it (`public/live.js`): no sight that would keep the session from running out.
    fn is_untouched() -> bool {
        use_context::<Parts>().is_some_and(|parts| parts.headers.contains_key("balie-untouched"))
    }

    /// Whoever is signed in, for routes that are no pages.
    pub(crate) async fn visitor_of(desk: &Desk, cookies: &CookieJar, from: Anyone) -> server::Result<Option<Visitor>> {
        let Some(cookie) = cookies.get(desk.settings.session_cookie()) else { return Ok(None) };
        sessions::find(desk, &Token::from_cookie(cookie.value()), from).await
    }

    /// Whoever is signed in; a page that nobody is signed in for leads to sign-in, and back.
    pub(crate) async fn visitor() -> Result<Visitor, Fault> {
        if let Some(visitor) = maybe_visitor().await? {
            return Ok(visitor);
        }
        let fault = Fault::from(Refusal::SignedOut);
        if let (Some(parts), Some(response)) = (use_context::<Parts>(), use_context::<ResponseOptions>())
            && parts.method == Method::GET
        {
            let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
            if let Ok(to) = HeaderValue::from_str(&crate::sign_in::path_with_next(here)) {
                response.insert_header(header::LOCATION, to);
                response.set_status(StatusCode::SEE_OTHER);
            }
        }
        Err(fault)
    }

    /// To whoever is no member, the company does not exist.
    pub(crate) async fn member(company: CompanyNumber) -> Result<Member, Fault> {
        visitor().await?.member(company).map_err(|_| not_found())
    }

    pub(crate) async fn administrator(company: CompanyNumber) -> Result<Administrator, Fault> {
        let visitor = visitor().await?;
        visitor.member(company).map_err(|_| not_found())?;
        Ok(visitor.administrator(company)?)
    }

    /// Whoever is signed in with an account of their own.
    pub(crate) async fn person() -> Result<Person, Fault> {
        Ok(visitor().await?.person()?)
    }

    pub(crate) async fn staff() -> Result<Staff, Fault> {
        visitor().await?.staff().map_err(|_| not_found())
    }

    fn not_found() -> Fault {
        Fault::from(server::Error::NotFound)
    }

    pub(crate) fn set_session(token: &Token) {
        set_cookie(session_cookie(token.reveal().to_owned()).build());
    }

    pub(crate) fn clear_session() {
        set_cookie(session_cookie(String::new()).removal().build());
    }

    /// Signs out, whether or not the session was still good.
    pub(crate) async fn end() -> Result<(), Fault> {
        if let Some(visitor) = maybe_visitor().await? {
            visitor.sign_out(&desk()).await?;
        }
        clear_session();
        Ok(())
    }

    fn session_cookie(value: String) -> CookieBuilder<'static> {
        let settings = &desk().settings;
        // Lax, not Strict: a link in a mail must find the person signed in. Nothing changes by GET.
        Cookie::build((settings.session_cookie(), value)).path("/").http_only(true).same_site(SameSite::Lax).secure(settings.is_https())
    }

    pub(crate) fn set_cookie(cookie: Cookie<'static>) {
        if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie.to_string())) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}
