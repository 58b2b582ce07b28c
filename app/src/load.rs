//! Waiting for a server function, and what is shown when it says no.

use crate::{fault::Fault, language::language, sign_in, texts, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use shared::Refusal;

/// Shows what a resource brings; what was there stays while it is asked again.
pub(crate) fn load<T>(resource: Resource<Result<T, Fault>>, show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let waiting = texts::loading(language());
    view! {
        <Transition fallback=move || view! { <Skeleton label=waiting/> }>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(loaded) => show(loaded),
                        Err(fault) => view! { <FaultPage fault/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// A page that can't be shown.
#[component]
pub(crate) fn FaultPage(fault: Fault) -> impl IntoView {
    let l = language();
    let title = match &fault {
        Fault::NotFound => texts::not_found_title(l),
        Fault::Refused(Refusal::SignedOut) => {
            to_sign_in();
            texts::problem_title(l)
        }
        _ => texts::problem_title(l),
    };
    let text = fault.text(l);
    view! {
        <Title text=title/>
        <PageHeader title lead=text/>
        <div class="form-actions"><LinkButton href="/">{texts::to_home(l)}</LinkButton></div>
    }
}

/// In the browser a session may end while a page is open; the server has redirected already.
fn to_sign_in() {
    let location = use_location();
    let navigate = use_navigate();
    Effect::new(move |_| {
        let here = location.pathname.get_untracked() + &query(&location.search.get_untracked());
        navigate(&sign_in::path_with_next(&here), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
}

fn query(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

/// The page for an address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    view! { <Bare><FaultPage fault=Fault::NotFound/></Bare> }
}

/// The frame of pages for somebody who is not signed in, or whose session does not matter.
#[component]
pub(crate) fn Bare(children: Children) -> impl IntoView {
    let l = language();
    let brand = crate::shell::provider_name();
    view! {
        <Plain brand skip=texts::skip_to_content(l) tools=|| view! { <crate::shell::LookMenus/> }>
            {children()}
        </Plain>
    }
}
