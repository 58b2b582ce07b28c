//! `/reset-password/{token}`.

use super::api::{self, SetPassword, Setting};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    link_page::{LinkPage, SignedInPage},
    load::{Bare, FaultPage, suspended},
    password_form::{LinkPasswordFields, LinkPasswordPage, asking},
    prelude::*,
    sign_in::SignOutAndContinue,
    texts::reset as t,
    ui::*,
};
use leptos_router::hooks::use_params_map;
use shared::{Refusal, fields::Language, refusal::LinkState};

#[component]
pub(crate) fn SetPage() -> impl IntoView {
    let l = language();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let sign_out = ServerAction::<SignOutAndContinue>::new();
    let found = {
        let token = token.clone();
        Resource::new(move || sign_out.version().get(), move |_| api::look_at_reset(token.clone()))
    };
    view! {
        <Transition>
            {suspended(move || {
                let token = token.clone();
                Suspend::new(async move {
                    match found.await {
                        Ok(Setting { username, signed_in_as: Some(name), .. }) => {
                            view! { <SignedInPage text=t::signed_in_text(l, &username, &name) action=sign_out/> }.into_any()
                        }
                        Ok(person) => view! { <SetForm token person/> }.into_any(),
                        Err(Fault::Refused(Refusal::Link(state))) => view! { <DeadLink state/> }.into_any(),
                        Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                    }
                })
            })}
        </Transition>
    }
}

#[component]
fn SetForm(token: String, person: Setting) -> impl IntoView {
    let l = language();
    let action = ServerAction::<SetPassword>::new();
    let form = FormState::of(action);
    let ask = {
        let token = token.clone();
        asking(move |typed| api::is_reset_hard_to_guess(token.clone(), typed))
    };
    view! {
        <LinkPasswordPage form title=t::set_title(l) lead=t::set_lead(l, &person.username)>
            <ActionForm action attr:novalidate=true attr:class="form">
                <LinkPasswordFields form token name=person.name username=person.username ask button=t::button(l)/>
            </ActionForm>
        </LinkPasswordPage>
    }
}

/// Anybody may ask for a link, so that is the way on from every dead one.
#[component]
fn DeadLink(state: LinkState) -> impl IntoView {
    let l = language();
    let again = view! { <LinkButton href="/forgot-password" kind=Kind::Primary>{t::ask_again(l)}</LinkButton> }.into_any();
    view! { <LinkPage state text=explanation(l, state) action=again/> }
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
