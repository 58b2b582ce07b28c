//! `/reset-password/{token}`.

use super::api::{self, SetPassword, Setting};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    link_page::LinkPage,
    load::{Bare, FaultPage},
    password_form::NewPasswordFields,
    texts::{self, reset as t},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use shared::{Refusal, fields::Language, refusal::LinkState};

#[component]
pub(crate) fn SetPage() -> impl IntoView {
    let l = language();
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let found = {
        let token = token.clone();
        Resource::new(|| (), move |()| api::look_at_reset(token.clone()))
    };
    view! {
        <Suspense>
            {move || {
                let token = token.clone();
                Suspend::new(async move {
                    match found.await {
                        Ok(person) => view! { <SetForm token person/> }.into_any(),
                        Err(Fault::Refused(Refusal::Link(state))) => {
                            let again = view! { <LinkButton href="/forgot-password" kind=Kind::Primary>{t::ask_again(l)}</LinkButton> }.into_any();
                            view! { <LinkPage state text=explanation(l, state) action=again/> }.into_any()
                        }
                        Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
fn SetForm(token: String, person: Setting) -> impl IntoView {
    let l = language();
    let action = ServerAction::<SetPassword>::new();
    let form = FormState::of(action);
    let guessed = RwSignal::new(None);
    let ask = {
        let token = token.clone();
        move |typed: String| ask_the_server(token.clone(), typed, guessed)
    };
    view! {
        <Bare>
            <Title text=form.title(t::set_title(l))/>
            <PageHeader title=t::set_title(l) lead=t::set_lead(l, &person.username)/>
            <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
            <ActionForm action attr:novalidate=true attr:class="form">
                <input type="hidden" name="token" value=token/>
                <input type="hidden" name="username" autocomplete="username" value=person.username.clone()/>
                <NewPasswordFields form person=[person.name, person.username] ask guessed/>
                <div class="form-actions">
                    <Button pending=form.pending>{t::button(l)}</Button>
                </div>
            </ActionForm>
        </Bare>
    }
}

fn ask_the_server(token: String, typed: String, guessed: RwSignal<Option<(String, bool)>>) {
    leptos::task::spawn_local(async move {
        if let Ok(Some(hard)) = api::is_reset_hard_to_guess(token, typed.clone()).await {
            let _ = guessed.try_set(Some((typed, hard)));
        }
    });
}

const fn explanation(l: Language, state: LinkState) -> &'static str {
    match state {
        LinkState::Used => t::used_text(l),
        LinkState::Expired => t::expired_text(l),
        LinkState::Replaced | LinkState::Withdrawn => t::replaced_text(l),
        LinkState::Unknown => t::unknown_text(l),
    }
}
