//! The document around the pages, and the frame that whoever is signed in works in.

use crate::{
    language::language, live, navigation, palette::Palette, prelude::*, requests::open_count, session::Me, sign_in::SignOut, texts, ui::*,
};
use leptos::{children::ViewFnOnce, server_fn::ServerFn};
use leptos_router::hooks::use_location;
use shared::{
    CompanyNumber, Permit,
    companies::CompanyName,
    fields::{Language, Theme},
};
use std::sync::Arc;

/// `<html>`: language, theme, styles, scripts with this answer's nonce, and the policy that allows only those.
#[cfg(feature = "ssr")]
pub(crate) fn document(client: &server::http::Client) -> impl IntoView + use<> {
    use leptos::nonce::use_nonce;
    use leptos_meta::MetaTags;

    let nonce = use_nonce();
    on_the_server::set_policy(nonce.as_ref().map(ToString::to_string).as_deref());
    let theme = match crate::language::on_the_server::theme() {
        Theme::System => None,
        chosen => Some(chosen.key()),
    };
    let lang = crate::session::anyone().map_or_else(|_| Language::default(), |anyone| anyone.language).code();
    // For the pages, which announce their part.
    provide_context(client.clone());
    let (css, js, wasm) = (format!("/pkg/{}", client.css), format!("/pkg/{}", client.js), format!("/pkg/{}", client.wasm));
    // Fetched at once, but only where scripts run: a preload link would cost those without JavaScript the whole client.
    let fetch = format!("var parts=[],early={{}},fetchEarly=file=>early[file]??=fetch(file);fetchEarly('{wasm}');");
    let start = format!(
        "import start,*as client from '{js}';\
         start({{module_or_path:early['{wasm}']}}).then(()=>Promise.all(parts.map(part=>client.load(part)))).then(()=>client.hydrate(parts));"
    );
    view! {
        <!DOCTYPE html>
        <html lang=lang data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=css/>
                <script nonce=nonce.clone()>{fetch}</script>
                // Modules run in the order in which they stand: this one must be there before a page says that it listens.
                <script r#type="module" src="/live.js" nonce=nonce.clone()></script>
                <script r#type="module" nonce=nonce>{start}</script>
                <MetaTags/>
            </head>
            <body>
                <crate::routes::App/>
            </body>
        </html>
    }
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use http::{HeaderValue, header};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    /// Only our own files and the scripts with this nonce. WebAssembly needs a word of its own.
    pub(super) fn set_policy(nonce: Option<&str>) {
        let nonce = nonce.unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; font-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'"
        );
        if let (Some(response), Ok(policy)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// The provider's name, from the configuration.
#[must_use]
pub(crate) fn provider_name() -> String {
    use_context::<ProviderName>().map_or_else(|| "Balie".to_owned(), |name| name.0)
}

#[derive(Clone)]
struct ProviderName(String);

/// Told to the browser once, with the page.
pub(crate) fn provide_provider_name() {
    // While the list of routes is made there is no desk yet.
    #[cfg(feature = "ssr")]
    let known = || use_context::<server::Desk>().map_or_else(|| "Balie".to_owned(), |desk| desk.settings.provider_name.clone());
    #[cfg(not(feature = "ssr"))]
    let known = || "Balie".to_owned();
    provide_context(ProviderName(SharedValue::new(known).into_inner()));
}

/// Language and theme. Plain forms: they work the same without JavaScript, and the page comes anew in the other language.
#[component]
pub(crate) fn LookMenus() -> impl IntoView {
    let l = language();
    let theme = SharedValue::new(current_theme).into_inner();
    let dark_sign = |theme| if theme == Theme::Dark { Glyph::Moon } else { Glyph::Sun };
    let themes = [
        (Theme::Light, texts::theme_light(l), Glyph::Sun),
        (Theme::Dark, texts::theme_dark(l), Glyph::Moon),
        (Theme::System, texts::theme_system(l), Glyph::Monitor),
    ];
    view! {
        <Menu id="language-menu" label=texts::language(l) glyph=Glyph::Globe compact=true>
            <form method="post" action="/look">
                {[(Language::Dutch, "Nederlands"), (Language::English, "English")].map(|(value, name)| view! {
                    <MenuButton name="language" value=value.code() current=l == value attr:id=language_button(value) attr:lang=value.code()>
                        {name}
                    </MenuButton>
                }).collect_view()}
            </form>
        </Menu>
        <Menu id="theme-menu" label=texts::theme(l) glyph=dark_sign(theme) compact=true>
            <form method="post" action="/look">
                {themes.map(|(value, label, glyph)| view! {
                    <MenuButton name="theme" value=value.key() glyph current=value == theme attr:id=theme_button(value)>{label}</MenuButton>
                }).collect_view()}
            </form>
        </Menu>
    }
}

/// The ids by which the command palette presses what is in the menus.
pub(crate) const SIGN_OUT_BUTTON: &str = "sign-out";

pub(crate) fn language_button(language: Language) -> String {
    format!("language-{}", language.code())
}

pub(crate) fn theme_button(theme: Theme) -> String {
    format!("theme-{}", theme.key())
}

fn current_theme() -> Theme {
    #[cfg(feature = "ssr")]
    return crate::language::on_the_server::theme();
    #[cfg(not(feature = "ssr"))]
    Theme::default()
}

/// The frame of everything behind sign-in. `company` is the company whose pages these are.
#[component]
pub(crate) fn SignedInFrame(
    me: Me,
    #[prop(optional)] company: Option<CompanyNumber>,
    /// What holds for every page: a [`Banner`].
    #[prop(into, optional)]
    banner: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let l = language();
    let path = use_location().pathname;
    let places = Arc::new(navigation::places(l, &me, company));
    live::listen();
    let waiting = open_count(&me, navigation::company_of(&me, company));
    let main = {
        let places = places.clone();
        Signal::derive(move || with_count(navigation::main(l, &places, &path.read()), waiting.get()))
    };
    let side_label = Signal::derive(move || Some(navigation::section_name(l, &path.read()).to_owned()));
    let side = Signal::derive(move || navigation::side(&places, &path.read()));
    let home = me.home.clone();
    view! {
        <Frame
            brand=provider_name()
            brand_href=home
            skip=texts::skip_to_content(l)
            nav_label=texts::main_navigation(l)
            nav=main
            banner
            side_label
            side
            tools=move || view! { <Palette me=me.clone() company/> <CompanyMenu me=me.clone() company/> <LookMenus/> <AccountMenu me/> }
        >
            // Only when it is written: to see whether everything has come, Leptos would make the page within a time more, and throw it away.
            {Unsuspend::new(children)}
        </Frame>
    }
}

/// R1: how many requests wait, at the entry that leads to them.
fn with_count(items: Vec<NavItem>, waiting: Option<u32>) -> Vec<NavItem> {
    let count = |item: NavItem| if item.href.ends_with("/requests/licences") { item.count(waiting) } else { item };
    items.into_iter().map(count).collect()
}

/// For whoever belongs to several companies. Each has addresses of its own, so two tabs never mix them.
#[component]
fn CompanyMenu(me: Me, company: Option<CompanyNumber>) -> impl IntoView {
    let l = language();
    let here = navigation::company_of(&me, company);
    (me.companies.len() > 1).then(move || {
        let entry = move |one: CompanyName| {
            let (href, current) = (format!("/company/{}", one.number), Some(one.number) == here);
            view! { <MenuLink href current glyph=Glyph::Building>{one.name}</MenuLink> }
        };
        view! {
            <Menu id="company-menu" label=texts::company(l) glyph=Glyph::Building compact=true>
                {me.companies.into_iter().map(entry).collect_view()}
            </Menu>
        }
    })
}

#[component]
fn AccountMenu(me: Me) -> impl IntoView {
    let l = language();
    let is_own = me.standing.may(Permit::OwnProfile, None).is_ok();
    view! {
        <Menu id="account-menu" label=me.name glyph=Glyph::User>
            <MenuText>{me.username}</MenuText>
            {is_own.then(|| view! { <MenuLink href="/profile" glyph=Glyph::User>{texts::my_profile(l)}</MenuLink> })}
            <MenuRule/>
            // A plain form, so that nothing of whoever was here stays in the browser's memory.
            <form method="post" action=SignOut::PATH>
                <MenuButton glyph=Glyph::Logout attr:id=SIGN_OUT_BUTTON>{texts::sign_out(l)}</MenuButton>
            </form>
        </Menu>
    }
}
