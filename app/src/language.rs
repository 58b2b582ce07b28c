//! The page's language and theme. Changing them loads the page anew, so within a page they are constants.

use leptos::prelude::*;
use shared::fields::Language;

/// The language of this page.
#[must_use]
pub fn language() -> Language {
    use_context::<Language>().unwrap_or_default()
}

#[cfg(feature = "ssr")]
pub(crate) fn provide_language() {
    provide_context(crate::session::anyone().map_or_else(|_| Language::default(), |anyone| anyone.language));
}

/// In the browser `<html lang>` says it.
#[cfg(not(feature = "ssr"))]
pub(crate) fn provide_language() {
    let code = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    provide_context(Language::from_code(&code).unwrap_or_default());
}

#[cfg(feature = "ssr")]
pub(crate) mod on_the_server {
    use crate::{fault::Fault, session};
    use axum::{
        Extension, Form,
        extract::State,
        response::{IntoResponse, Redirect, Response},
    };
    use axum_extra::extract::{
        CookieJar,
        cookie::{Cookie, SameSite},
    };
    use cookie::time::Duration;
    use http::{HeaderMap, Uri, header};
    use serde::Deserialize;
    use server::{
        Desk,
        callers::Anyone,
        http::{CHOSEN_LANGUAGE, LAST_LANGUAGE},
        profile,
        sessions::{self, Token},
    };
    use shared::fields::{Language, Theme};

    /// The theme of this browser.
    pub(crate) fn theme() -> Theme {
        session::cookie("theme").and_then(|key| Theme::from_key(&key)).unwrap_or_default()
    }

    #[derive(Deserialize)]
    pub(crate) struct Chosen {
        language: Option<String>,
        theme: Option<String>,
    }

    /// `POST /look`: remembers what was chosen in the top bar, and comes back to the same page.
    pub(crate) async fn choose(
        State(desk): State<Desk>,
        Extension(from): Extension<Anyone>,
        cookies: CookieJar,
        headers: HeaderMap,
        Form(chosen): Form<Chosen>,
    ) -> Response {
        let language = chosen.language.as_deref().and_then(Language::from_code);
        let theme = chosen.theme.as_deref().and_then(Theme::from_key).map(Theme::key);
        if let Some(language) = language
            && let Err(error) = store(&desk, &cookies, from, language).await
        {
            // This browser remembers it all the same.
            tracing::error!(%error, "the language of an account could not be stored");
        }
        let cookies = [(CHOSEN_LANGUAGE, language.map(Language::code)), ("theme", theme)]
            .into_iter()
            .filter_map(|(name, value)| Some(remembered(name, value?)))
            .fold(cookies, CookieJar::add);
        (cookies, Redirect::to(&way_back(&headers))).into_response()
    }

    /// Mail follows the language that somebody reads.
    async fn store(desk: &Desk, cookies: &CookieJar, from: Anyone, language: Language) -> server::Result<()> {
        match session::visitor_of(desk, cookies, from).await? {
            // A general account's is the company's (G2): this browser alone remembers.
            Some(visitor) => match visitor.person() {
                Ok(person) => profile::choose_language(desk, &person, language).await,
                Err(_) => Ok(()),
            },
            None => Ok(()),
        }
    }

    /// From now on the pages come in this language.
    pub(crate) fn remember(language: Language) {
        session::set_cookie(remembered(CHOSEN_LANGUAGE, language.code()));
    }

    /// The language of whoever signed in last is that of the sign-in page too, unless another was chosen. A general account has none of its own.
    pub(crate) async fn keep_language(desk: &Desk, token: &Token, from: Anyone) -> Result<(), Fault> {
        if let Some(visitor) = sessions::find(desk, token, from).await?
            && !visitor.standing.general
        {
            session::set_cookie(remembered(LAST_LANGUAGE, visitor.language.code()));
        }
        Ok(())
    }

    /// No secrets, so not closed to scripts.
    fn remembered(name: &'static str, value: &'static str) -> Cookie<'static> {
        Cookie::build((name, value)).path("/").same_site(SameSite::Lax).max_age(Duration::days(365)).build()
    }

    fn way_back(headers: &HeaderMap) -> String {
        let referer: Option<Uri> = headers.get(header::REFERER).and_then(|referer| referer.to_str().ok()?.parse().ok());
        let back = referer.and_then(|referer| Some(referer.path_and_query()?.as_str().to_owned()));
        back.filter(|path| crate::forms::on_the_server::is_local(path)).unwrap_or_else(|| "/".into())
    }
}
