//! Waiting for a server function, and what is shown when it says no.

use crate::{
    ask::{Answer, BoxedFuture, ErasedResource},
    fault::Fault,
    language::language,
    prelude::*,
    sign_in, texts,
    ui::*,
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use serde::{Serialize, de::DeserializeOwned};
use shared::Refusal;
use std::sync::Arc;

/// Shows what a resource brings; what was there stays while it is asked again.
pub(crate) fn load<T>(resource: Resource<T>, show: impl Fn(T) -> AnyView + Send + Sync + 'static) -> impl IntoView
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    let show = move |answer: Answer| match answer.get::<T>() {
        Ok(loaded) => show(loaded),
        Err(fault) => view! { <FaultPage fault/> }.into_any(),
    };
    shown(resource.erased(), Arc::new(show))
}

/// [`load`] for a page that follows what happens: it is asked again whenever `again` changes, and what is shown hears of it by a signal. So a live
/// change draws only what changed, and leaves alone what somebody is typing or has ticked. A moment without Balie, or in which
/// something breaks there, changes nothing.
pub(crate) fn follow<K, T, Asked>(
    key: impl Fn() -> K + Clone + Send + Sync + 'static,
    again: impl Fn() + Send + Sync + 'static,
    ask: impl Fn(K) -> Asked + Clone + Send + Sync + 'static,
    show: impl Fn(Signal<T>) -> AnyView + Send + Sync + 'static,
) -> impl IntoView
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: PartialEq + Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    Asked: Future<Output = Result<T, Fault>> + Send + 'static,
{
    let first = Resource::new(key.clone(), ask.clone());
    let (again, show) = (Arc::new(again), Arc::new(show));
    let ask: Arc<dyn Fn() -> BoxedFuture<Answer> + Send + Sync> = Arc::new(move || Answer::of(ask(untrack(&key))));
    load(first, move |loaded: T| {
        let current = RwSignal::new(loaded);
        let lost = RwSignal::new(None::<Fault>);
        let hear = move |answer: Answer| match answer.get::<T>() {
            Ok(now) => {
                if current.try_with_untracked(|current| *current != now) == Some(true) {
                    current.set(now);
                }
                if lost.try_with_untracked(Option::is_some) == Some(true) {
                    lost.set(None);
                }
            }
            // What can't be read is a newer server's, and what broke may be whole the next time; the page still stands.
            Err(Fault::Offline | Fault::Malformed | Fault::Incident(_) | Fault::Refused(Refusal::Busy)) => {}
            Err(fault) => lost.set(Some(fault)),
        };
        ask_again(again.clone(), ask.clone(), Box::new(hear));
        let show = show.clone();
        unless_lost(lost, Box::new(move || show(current.into())))
    })
}

fn shown(asked: ErasedResource, show: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>) -> AnyView {
    let waiting = texts::loading(language());
    view! {
        <Transition fallback=move || view! { <Skeleton label=waiting/> }>
            {suspended(move || {
                let show = show.clone();
                Suspend::new(async move { show(asked.await) })
            })}
        </Transition>
    }
    .into_any()
}

/// What is shown once something has come; in the browser it is asked again when what it reads changes.
#[cfg(not(feature = "ssr"))]
pub(crate) fn suspended<V>(show: impl Fn() -> Suspend<V> + Send + 'static) -> impl Fn() -> Suspend<V> + Send + 'static {
    show
}

/// Not a function on the server: Leptos would call it each time that it looks whether everything has come, and each time all within would be made
/// anew, ask again, and be thrown away while it still runs on another thread.
#[cfg(feature = "ssr")]
pub(crate) fn suspended<V>(show: impl Fn() -> Suspend<V> + Send + 'static) -> Suspend<V> {
    show()
}

fn unless_lost(lost: RwSignal<Option<Fault>>, show: Box<dyn Fn() -> AnyView + Send + Sync>) -> AnyView {
    let content = move || match lost.get() {
        Some(fault) => view! { <FaultPage fault/> }.into_any(),
        None => show(),
    };
    content.into_any()
}

fn ask_again(
    again: Arc<dyn Fn() + Send + Sync>,
    ask: Arc<dyn Fn() -> BoxedFuture<Answer> + Send + Sync>,
    hear: Box<dyn Fn(Answer) + Send + Sync>,
) {
    let asked = StoredValue::new(0_u32);
    let hear = StoredValue::new(hear);
    Effect::new(move |earlier: Option<()>| {
        again();
        if earlier.is_none() {
            return;
        }
        let turn = asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        let answer = ask();
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            // The newest question's answer counts; and the page may be gone.
            if turn.is_some() && asked.try_get_value() == turn {
                hear.try_with_value(|hear| hear(answer));
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
        // Loads the page: where this one stands in for one that isn't there, the router would clear it before the other has come.
        <div class="form-actions"><LinkButton href="/" attr:rel="external">{texts::to_home(l)}</LinkButton></div>
    }
}

/// In the browser a session may end while a page is open; the server has redirected already.
fn to_sign_in() {
    let location = use_location();
    let navigate = use_navigate();
    effect(move || {
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
