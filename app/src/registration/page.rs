//! `/register/complete/{token}`.

use super::api::{self, CompleteRegistration, Completing, SendNewLink};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    link_page::{LinkPage, SignedInPage},
    load::{Bare, FaultPage, suspended},
    password_form::{LinkPasswordFields, LinkPasswordPage, asking},
    prelude::*,
    profile::CompanyChoice,
    sign_in::SignOutAndContinue,
    texts::{self, registration as t},
    ui::*,
};
use leptos_router::{
    components::Redirect,
    hooks::{use_params_map, use_query_map},
};
use shared::{Refusal, fields::Language, refusal::LinkState};

#[component]
pub(crate) fn CompletePage() -> impl IntoView {
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let query = use_query_map();
    let sign_out = ServerAction::<SignOutAndContinue>::new();
    let found = {
        let token = token.clone();
        // Signing out comes back to this very address, which for the router is no change.
        Resource::new(move || (sign_out.version().get(), query.read().get("notice")), move |_| api::look_at_registration(token.clone()))
    };
    let l = language();
    view! {
        <Transition>
            {suspended(move || {
                let token = token.clone();
                let sent = query.read().get("notice").as_deref() == Some("sent");
                Suspend::new(async move {
                    match found.await {
                        Ok(Completing { signed_in_as: Some(name), .. }) => {
                            view! { <SignedInPage text=t::signed_in_text(l, &name) action=sign_out/> }.into_any()
                        }
                        Ok(person) => view! { <CompleteForm token person/> }.into_any(),
                        Err(Fault::Refused(Refusal::Link(_))) if sent => view! { <LinkSent/> }.into_any(),
                        Err(Fault::Refused(Refusal::Link(state))) => view! { <DeadLink token state/> }.into_any(),
                        // U1: whoever has an account by now confirms instead.
                        Err(Fault::Refused(Refusal::AlreadyRegistered)) => view! { <Redirect path=format!("/confirm/{token}")/> }.into_any(),
                        Err(Fault::Refused(Refusal::NoSelfRegistration)) => view! { <NotOpen/> }.into_any(),
                        Err(fault) => view! { <Bare><Title text=t::title(l)/><FaultPage fault/></Bare> }.into_any(),
                    }
                })
            })}
        </Transition>
    }
}

#[component]
fn CompleteForm(token: String, person: Completing) -> impl IntoView {
    let l = language();
    let action = ServerAction::<CompleteRegistration>::new();
    let form = FormState::of(action);
    let ask = {
        let token = token.clone();
        asking(move |typed| api::is_hard_to_guess(token.clone(), typed))
    };
    let facts = vec![fact(t::your_name(l), person.name.clone()), fact(t::your_username(l), person.username.clone())];
    let lead = match person.companies.as_slice() {
        [only] => t::lead(l, &only.name),
        _ => t::lead_several(l).to_owned(),
    };
    let several = (person.companies.len() > 1).then_some(person.companies);
    view! {
        <LinkPasswordPage form title=t::title(l) lead facts>
            <ActionForm action attr:novalidate=true attr:class="form">
                {several.map(|companies| view! { <CompanyChoice form companies legend=texts::company(l) hint=t::company_hint(l)/> })}
                <LinkPasswordFields form token name=person.name username=person.username ask button=t::button(l)/>
            </ActionForm>
        </LinkPasswordPage>
    }
}

#[component]
fn DeadLink(token: String, state: LinkState) -> impl IntoView {
    let l = language();
    let action = ServerAction::<SendNewLink>::new();
    let send = (state == LinkState::Expired).then(|| {
        view! {
            <ActionForm action>
                <input type="hidden" name="token" value=token/>
                <Button pending=action.pending()>{t::send_new_link(l)}</Button>
            </ActionForm>
        }
        .into_any()
    });
    view! { <LinkPage state text=explanation(l, state) action=send.unwrap_or_else(|| ().into_any())/> }
}

const fn explanation(l: Language, state: LinkState) -> &'static str {
    match state {
        LinkState::Used => t::used_text(l),
        LinkState::Expired => t::expired_text(l),
        LinkState::Replaced => t::replaced_text(l),
        LinkState::Withdrawn => t::withdrawn_text(l),
        LinkState::Unknown => t::unknown_text(l),
    }
}

/// S5: it was allowed when they asked, and no longer is.
#[component]
fn NotOpen() -> impl IntoView {
    let l = language();
    view! {
        <Bare>
            <Title text=t::not_open_title(l)/>
            <PageHeader title=t::not_open_title(l) lead=t::not_open_text(l)/>
            <div class="form-actions"><LinkButton href="/login">{texts::to_sign_in(l)}</LinkButton></div>
        </Bare>
    }
}

#[component]
fn LinkSent() -> impl IntoView {
    let l = language();
    view! {
        <Bare>
            <Title text=t::sent_title(l)/>
            <PageHeader title=t::sent_title(l) lead=t::sent_text(l)/>
            <div class="form-actions"><LinkButton href="/login">{texts::to_sign_in(l)}</LinkButton></div>
        </Bare>
    }
}
