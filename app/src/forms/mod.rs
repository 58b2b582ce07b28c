//! Forms that work with and without JavaScript: what a form shows of its action's fault, and what it keeps of what was filled in.
//!
//! Without JavaScript a refused form comes back by redirect. What it says and holds then travels in a cookie that lives for one page, not in the
//! address: addresses end up in logs and histories, and anybody can make one up. The middleware below writes it; the page reads it once.

use crate::{fault::Fault, language::language, prelude::*, texts};
use leptos::{server::ServerActionError, server_fn::ServerFn};
use serde::{Deserialize, Serialize};
use shared::{FieldName, Refusal};

/// A refused form on its way back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The server function that refused.
    path: String,
    /// Its fault, as server_fn encodes it.
    fault: String,
    /// What was filled in, but for passwords.
    kept: Vec<(String, String)>,
}

/// Reads what came back and gives it to the forms of this page. Sent along with the page, so that hydration finds the same.
pub(crate) fn provide_returned() {
    let returned = SharedValue::new(read_returned).into_inner();
    if let Some(returned) = returned {
        provide_context(ServerActionError::new(&returned.path, &returned.fault));
        provide_context(returned);
    }
}

#[cfg(feature = "ssr")]
fn read_returned() -> Option<Returned> {
    on_the_server::take_returned()
}

#[cfg(not(feature = "ssr"))]
fn read_returned() -> Option<Returned> {
    None
}

/// What a form shows of its action.
#[derive(Clone, Copy)]
pub(crate) struct FormState {
    pub pending: Signal<bool>,
    fault: Signal<Option<Fault>>,
    kept: StoredValue<Vec<(String, String)>>,
}

impl FormState {
    pub(crate) fn of<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Output = (), Error = Fault> + 'static,
    {
        Self::of_sending(S::PATH, *action)
    }

    fn of_sending(path: &str, action: Action<String, Result<(), Fault>>) -> Self {
        let value = action.value();
        let kept = use_context::<Returned>().filter(|returned| returned.path == path).map(|returned| returned.kept);
        Self {
            pending: action.pending().into(),
            // An action answers after it led to another page: then nobody looks any more, here and below.
            fault: Signal::derive(move || value.try_with(|value| value.as_ref()?.as_ref().err().cloned()).flatten()),
            kept: StoredValue::new(kept.unwrap_or_default()),
        }
    }

    /// What was filled in before the form came back.
    pub(crate) fn kept(self, name: FieldName) -> Option<String> {
        self.kept_named(name.html())
    }

    pub(crate) fn kept_named(self, name: &str) -> Option<String> {
        self.kept.try_with_value(|kept| kept.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())).flatten()
    }

    /// Whether it came back at all: then a checkbox that is not among the kept was not ticked.
    pub(crate) fn came_back(self) -> bool {
        self.kept.try_with_value(|kept| !kept.is_empty()).unwrap_or_default()
    }

    pub(crate) fn error(self, name: FieldName) -> Signal<Option<String>> {
        let l = language();
        Signal::derive(move || {
            self.look(|fault| match fault {
                Fault::Refused(Refusal::Fields(fields)) => {
                    fields.iter().find(|(field, _)| *field == name).map(|(_, problem)| texts::of_problem(l, name, problem))
                }
                _ => None,
            })
        })
    }

    /// For the summary: each field's id with its message, or the one thing that belongs to no field.
    pub(crate) fn errors(self) -> Signal<Vec<(String, String)>> {
        let l = language();
        Signal::derive(move || {
            let errors = self.look(|fault| match fault {
                Fault::Refused(Refusal::Fields(fields)) => {
                    Some(fields.iter().map(|(name, problem)| (name.html().to_owned(), texts::of_problem(l, *name, problem))).collect())
                }
                Fault::Refused(Refusal::Some(not_all)) => {
                    Some(texts::of_not_all(l, not_all).into_iter().map(|line| (String::new(), line)).collect())
                }
                other => Some(vec![(String::new(), other.text(l))]),
            });
            errors.unwrap_or_default()
        })
    }

    /// The page's title, which says when something is wrong.
    pub(crate) fn title(self, title: &'static str) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        self.title_of(title.to_owned())
    }

    pub(crate) fn title_of(self, title: String) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        let l = language();
        move || if self.is_refused() { texts::error_prefix(l, &title) } else { title.clone() }
    }

    /// The refusal, where a page does more with it than say it.
    pub(crate) fn refusal(self) -> Option<Refusal> {
        self.look(|fault| match fault {
            Fault::Refused(refusal) => Some(refusal.clone()),
            _ => None,
        })
    }

    fn is_refused(self) -> bool {
        self.fault.try_with(Option::is_some).unwrap_or_default()
    }

    fn look<T>(self, at: impl FnOnce(&Fault) -> Option<T>) -> Option<T> {
        self.fault.try_with(|fault| fault.as_ref().and_then(at)).flatten()
    }
}

/// Empties password fields when their form was refused.
pub(crate) fn forget_when_refused(state: FormState, passwords: Vec<RwSignal<String>>) {
    effect(move || {
        if state.is_refused() {
            for password in &passwords {
                password.set(String::new());
            }
        }
    });
}

#[cfg(feature = "ssr")]
pub(crate) mod on_the_server {
    use super::Returned;
    use axum::{
        body::{Body, Bytes, to_bytes},
        extract::{Request, State},
        middleware::Next,
        response::{IntoResponse, Redirect, Response},
    };
    use axum_extra::extract::cookie::{Cookie, SameSite};
    use base64::{
        Engine,
        engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
    };
    use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    const fn cookie_name(is_https: bool) -> &'static str {
        if is_https { "__Host-returned" } else { "returned" }
    }

    /// Browsers keep cookies of 4 KB.
    const LONGEST_COOKIE: usize = 3800;
    const LONGEST_BODY: usize = 256 * 1024;

    /// The cookie is taken away as it is read.
    pub(super) fn take_returned() -> Option<Returned> {
        let is_https = use_context::<server::Desk>()?.settings.is_https();
        let cookie = crate::session::cookie(cookie_name(is_https))?;
        let response = use_context::<ResponseOptions>()?;
        let gone = Cookie::build((cookie_name(is_https), "")).path("/").secure(is_https).removal().build();
        response.append_header(header::SET_COOKIE, HeaderValue::from_str(&gone.to_string()).ok()?);
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cookie).ok()?).ok()
    }

    /// Server functions: a body that is too long is refused here, and the answer to a plain form is a page again. Everything else passes.
    pub(crate) async fn server_functions(State(is_https): State<bool>, mut request: Request, next: Next) -> Response {
        if let Some(clean) = without_errors(request.uri()) {
            return Redirect::to(&clean).into_response();
        }
        if request.method() != Method::POST || !request.uri().path().starts_with("/api/") {
            return next.run(request).await;
        }
        let wants_page = header_text(request.headers(), header::ACCEPT).contains("text/html");
        let back = way_back(request.headers());
        let path = request.uri().path().to_owned();
        // Without it server_fn would put the error into the address.
        request.headers_mut().remove(header::ACCEPT);
        let (parts, body) = request.into_parts();
        let Ok(form) = to_bytes(body, LONGEST_BODY).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
        let response = next.run(Request::from_parts(parts, Body::from(form.clone()))).await;
        if !wants_page {
            return response;
        }
        if response.status() == StatusCode::NOT_FOUND && response.headers().get("serverfnerror").is_none() {
            return response;
        }
        page_again(response, &back, path, &form, is_https).await
    }

    async fn page_again(response: Response, back: &str, path: String, form: &Bytes, is_https: bool) -> Response {
        let (parts, body) = response.into_parts();
        let refused = parts.status.is_client_error() || parts.status.is_server_error();
        let to = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).filter(|_| !refused).unwrap_or(back);
        let mut again = Redirect::to(to).into_response();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            again.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        if refused {
            let fault = to_bytes(body, LONGEST_BODY).await.unwrap_or_default();
            let returned = Returned { path, fault: URL_SAFE.encode(&fault), kept: kept(form) };
            if let Some(cookie) = returned_cookie(returned, is_https) {
                again.headers_mut().append(header::SET_COOKIE, cookie);
            }
        }
        again
    }

    fn returned_cookie(mut returned: Returned, is_https: bool) -> Option<HeaderValue> {
        let mut value = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&returned).ok()?);
        if value.len() > LONGEST_COOKIE {
            returned.kept.clear();
            value = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&returned).ok()?);
        }
        let cookie = Cookie::build((cookie_name(is_https), value))
            .path("/")
            .secure(is_https)
            .http_only(true)
            .same_site(SameSite::Lax)
            .max_age(cookie::time::Duration::seconds(60));
        HeaderValue::from_str(&cookie.build().to_string()).ok()
    }

    /// All fields but those that hold passwords and tokens.
    fn kept(form: &[u8]) -> Vec<(String, String)> {
        form_urlencoded::parse(form)
            .filter(|(name, _)| !name.contains("password") && !name.contains("token"))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
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
            for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "", "evil", "/a\nb", "/login/../..//evil.example"]
            {
                assert!(!is_local(foreign), "{foreign}");
            }
        }

        #[test]
        fn passwords_and_tokens_are_not_kept() {
            let kept = kept(b"username=anna%40x.example&password=secret&new_password=a&repeat_password=b&token=t");
            assert_eq!(kept, [("username".to_owned(), "anna@x.example".to_owned())]);
        }

        #[test]
        fn errors_of_strangers_are_taken_out_of_the_address() {
            assert_eq!(without_errors(&"/login?__path=x&next=%2F&__err=y".parse().unwrap()).as_deref(), Some("/login?next=%2F"));
            assert_eq!(without_errors(&"/login?__err=y".parse().unwrap()).as_deref(), Some("/login"));
            assert_eq!(without_errors(&"/login?%5F%5Ferr=y&%5f_path=x".parse().unwrap()).as_deref(), Some("/login"));
            assert_eq!(without_errors(&"/login?next=%2F".parse().unwrap()), None);
        }
    }
}
