//! Waiting for a server function, and what is shown when it says no.

use crate::{fault::Fault, language::language, sign_in, texts, ui::*};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use serde::{Serialize, de::DeserializeOwned};
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

/// [`load`] for a page that follows what happens: it is asked again whenever `again` changes, and what is shown hears of it by a signal. So a live
/// change draws only what changed, and leaves alone what somebody is typing or has ticked. A moment without Balie changes nothing.
pub(crate) fn follow<K, T, Answer>(
    key: impl Fn() -> K + Clone + Send + Sync + 'static,
    again: impl Fn() + Clone + Send + Sync + 'static,
    ask: impl Fn(K) -> Answer + Clone + Send + Sync + 'static,
    show: impl Fn(Signal<T>) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: PartialEq + Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    Answer: Future<Output = Result<T, Fault>> + Send + 'static,
{
    let first = Resource::new(key.clone(), ask.clone());
    load(first, move |loaded: T| {
        let current = RwSignal::new(loaded);
        let lost = RwSignal::new(None::<Fault>);
        ask_again(key.clone(), again.clone(), ask.clone(), current, lost);
        let show = show.clone();
        let content = move || match lost.get() {
            Some(fault) => view! { <FaultPage fault/> }.into_any(),
            None => show(current.into()),
        };
        content.into_any()
    })
}

fn ask_again<K, T, Answer>(
    key: impl Fn() -> K + Send + Sync + 'static,
    again: impl Fn() + Send + Sync + 'static,
    ask: impl Fn(K) -> Answer + Send + Sync + 'static,
    current: RwSignal<T>,
    lost: RwSignal<Option<Fault>>,
) where
    K: 'static,
    T: PartialEq + Clone + Send + Sync + 'static,
    Answer: Future<Output = Result<T, Fault>> + Send + 'static,
{
    let asked = StoredValue::new(0_u32);
    Effect::new(move |earlier: Option<()>| {
        again();
        if earlier.is_none() {
            return;
        }
        let turn = asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        let answer = ask(untrack(&key));
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            // The newest question's answer counts; and the page may be gone.
            if turn.is_none() || asked.try_get_value() != turn {
                return;
            }
            match answer {
                Ok(now) if current.try_with_untracked(|current| *current != now) == Some(true) => current.set(now),
                Ok(_) | Err(Fault::Offline) => {}
                Err(fault) => lost.set(Some(fault)),
            }
        });
    });
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
