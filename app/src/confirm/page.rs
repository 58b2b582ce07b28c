//! `/confirm/{token}`.

use super::api::{self, Confirm, Confirmation, RefuseConfirmation};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    link_page::{LinkPage, SignedInPage},
    load::{Bare, FaultPage, suspended},
    prelude::*,
    sign_in::{SignOutAndContinue, path_with_next},
    texts::{self, confirm as t, sign_in},
    ui::*,
};
use leptos_router::{
    components::Redirect,
    hooks::{use_params_map, use_query_map},
};
use shared::{Refusal, fields::Language, refusal::LinkState, registration::ToConfirm};

#[component]
pub(crate) fn ConfirmPage() -> impl IntoView {
    let l = language();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let query = use_query_map();
    let sign_out = ServerAction::<SignOutAndContinue>::new();
    let found = {
        let token = token.clone();
        Resource::new(move || (sign_out.version().get(), query.read().get("notice")), move |_| api::look_at_confirmation(token.clone()))
    };
    view! {
        <Transition>
            {suspended(move || {
                let token = token.clone();
                let notice = query.read().get("notice");
                Suspend::new(async move {
                    match found.await {
                        Ok(asked) => asked_page(l, token, asked, sign_out),
                        Err(Fault::Refused(Refusal::NotRegistered)) => {
                            view! { <Redirect path=format!("/register/complete/{token}")/> }.into_any()
                        }
                        Err(Fault::Refused(Refusal::Link(state))) => answered(l, state, notice.as_deref()),
                        Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                    }
                })
            })}
        </Transition>
    }
}

/// Joining, or taking somebody's place, takes whoever it asks, signed in; an address is proven by the link.
fn asked_page(l: Language, token: String, asked: Confirmation, sign_out: ServerAction<SignOutAndContinue>) -> AnyView {
    let (title, lead) = match &asked.what {
        ToConfirm::Joining { company, .. } => (t::join_title(l), t::sign_in_text(l, company, &asked.username)),
        ToConfirm::Succession { company, .. } => (t::succession_title(l), t::succession_sign_in_text(l, company, &asked.username)),
        ToConfirm::NewAddress { .. } | ToConfirm::OldAddress { .. } => return view! { <ConfirmForm token asked/> }.into_any(),
    };
    match &asked.signed_in_as {
        Some((username, _)) if *username == asked.username => view! { <ConfirmForm token asked/> }.into_any(),
        Some((_, name)) => view! { <SignedInPage text=t::signed_in_text(l, &asked.username, name) action=sign_out/> }.into_any(),
        None => {
            let href = path_with_next(&format!("/confirm/{token}"));
            view! {
                <Bare>
                    <Title text=title/>
                    <PageHeader title lead/>
                    <div class="form-actions"><LinkButton href kind=Kind::Primary>{texts::to_sign_in(l)}</LinkButton></div>
                </Bare>
            }
            .into_any()
        }
    }
}

#[component]
fn ConfirmForm(token: String, asked: Confirmation) -> impl IntoView {
    let l = language();
    let (confirm, refuse) = (ServerAction::<Confirm>::new(), ServerAction::<RefuseConfirmation>::new());
    let forms = [FormState::of(confirm), FormState::of(refuse)];
    let errors = Signal::derive(move || forms.iter().flat_map(|form| form.errors().get()).collect::<Vec<_>>());
    let (title, lead, facts) = words(l, &asked);
    let (same, may) = (token.clone(), asked.what.may_confirm());
    let way = may.is_err().then(|| view! { <p>{t::prove_first(l)}</p> });
    let proving = move || view! { <LinkButton href="/forgot-password" kind=Kind::Primary>{sign_in::forgot_password(l)}</LinkButton> };
    let confirming = move || {
        view! {
            <ActionForm action=confirm>
                <input type="hidden" name="token" value=token/>
                <Button pending=forms[0].pending>{t::confirm(l)}</Button>
            </ActionForm>
        }
    };
    view! {
        <Bare>
            <Title text=move || if errors.read().is_empty() { title.to_owned() } else { texts::error_prefix(l, title) }/>
            <PageHeader title lead/>
            <ErrorSummary title=texts::error_title(l) errors/>
            <Facts items=facts/>
            {way}
            <div class="form-actions">
                {if may.is_ok() { confirming().into_any() } else { proving().into_any() }}
                <ActionForm action=refuse>
                    <input type="hidden" name="token" value=same/>
                    <Button kind=Kind::Secondary pending=forms[1].pending>{t::refuse(l)}</Button>
                </ActionForm>
            </div>
        </Bare>
    }
}

fn words(l: Language, asked: &Confirmation) -> (&'static str, String, Vec<Fact>) {
    let username = || fact(t::username(l), asked.username.clone());
    match &asked.what {
        ToConfirm::Joining { company, role, .. } => {
            (t::join_title(l), t::join_text(l, company), vec![username(), fact(t::role(l), texts::role(l, *role))])
        }
        ToConfirm::Succession { company, by } => (t::succession_title(l), t::succession_text(l, company, by), vec![username()]),
        ToConfirm::NewAddress { company, new } => {
            (t::address_title(l), t::new_address_text(l, company), vec![fact(t::new_address(l), new.clone())])
        }
        ToConfirm::OldAddress { company, new } => {
            (t::address_title(l), t::old_address_text(l, company), vec![username(), fact(t::new_address(l), new.clone())])
        }
    }
}

/// What was just answered, or why the link answers nothing any more. Anybody can write a notice behind a link: only an answered one has one.
fn answered(l: Language, state: LinkState, notice: Option<&str>) -> AnyView {
    let (title, text) = match notice.filter(|_| state == LinkState::Used) {
        Some("changed") => (t::changed_title(l), t::changed_text(l)),
        Some("waits") => (t::waits_title(l), t::waits_text(l)),
        Some("refused") => (t::refused_title(l), t::refused_text(l)),
        _ => return view! { <LinkPage state text=explanation(l, state)/> }.into_any(),
    };
    view! {
        <Bare>
            <Title text=title/>
            <PageHeader title lead=text/>
            <div class="form-actions"><LinkButton href="/login">{texts::to_sign_in(l)}</LinkButton></div>
        </Bare>
    }
    .into_any()
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
