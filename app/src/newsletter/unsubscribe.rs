//! `/unsubscribe/{token}`: the page of the link in each newsletter (P5). It is the same whoever is signed in, or nobody.

use super::api::{self, UnsubscribeByLink};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    link_page::LinkPage,
    load::{Bare, FaultPage, suspended},
    prelude::*,
    texts::{self, newsletter as t},
    ui::*,
};
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::Refusal;

#[component]
pub(crate) fn UnsubscribePage() -> impl IntoView {
    let l = language();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let query = use_query_map();
    let action = ServerAction::<UnsubscribeByLink>::new();
    let found = {
        let token = token.clone();
        Resource::new(move || (action.version().get(), query.read().get("notice")), move |_| api::look_at_unsubscribe(token.clone()))
    };
    view! {
        <Transition>
            {suspended(move || {
                let token = token.clone();
                let is_done = query.read().get("notice").as_deref() == Some("done");
                Suspend::new(async move {
                    match found.await {
                        Ok(true) => view! { <UnsubscribeForm token action/> }.into_any(),
                        Ok(false) => view! { <NotSubscribed is_done/> }.into_any(),
                        Err(Fault::Refused(Refusal::Link(state))) => view! { <LinkPage state text=t::unknown_text(l)/> }.into_any(),
                        Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                    }
                })
            })}
        </Transition>
    }
}

#[component]
fn UnsubscribeForm(token: String, action: ServerAction<UnsubscribeByLink>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        <Bare>
            <Title text=form.title(t::unsubscribe_title(l))/>
            <PageHeader title=t::unsubscribe_title(l) lead=t::unsubscribe_text(l)/>
            <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
            <ActionForm action attr:class="form-actions">
                <input type="hidden" name="token" value=token/>
                <Button pending=form.pending>{t::unsubscribe(l)}</Button>
            </ActionForm>
        </Bare>
    }
}

/// Anybody can write a notice behind a link: that somebody has unsubscribed is said only where it is so.
#[component]
fn NotSubscribed(is_done: bool) -> impl IntoView {
    let l = language();
    let title = if is_done { t::unsubscribed_title(l) } else { t::not_subscribed_title(l) };
    if is_done {
        // The button that had the focus is gone.
        effect(|| request_animation_frame(|| dom::focus("main")));
    }
    view! {
        <Bare>
            <Title text=title/>
            <PageHeader title lead=t::resubscribe_text(l)/>
            <div class="form-actions"><LinkButton href="/login">{texts::to_sign_in(l)}</LinkButton></div>
        </Bare>
    }
}
