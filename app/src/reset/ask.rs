//! `/forgot-password`.

use super::api::AskForReset;
use crate::{
    forms::FormState,
    language::language,
    load::Bare,
    prelude::*,
    texts::{self, reset as t, sign_in},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::FieldName;

#[component]
pub(crate) fn ForgotPage() -> impl IntoView {
    let query = use_query_map();
    move || {
        let asked = query.read().get("notice").as_deref() == Some("sent");
        if asked { view! { <Asked/> }.into_any() } else { view! { <AskForm/> }.into_any() }
    }
}

#[component]
fn AskForm() -> impl IntoView {
    let l = language();
    let action = ServerAction::<AskForReset>::new();
    let form = FormState::of(action);
    view! {
        <Bare>
            <Title text=form.title(t::ask_title(l))/>
            <PageHeader title=t::ask_title(l) lead=t::ask_lead(l)/>
            <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
            <ActionForm action attr:novalidate=true attr:class="form">
                <TextField
                    name=FieldName::Username.html()
                    label=sign_in::username(l)
                    value=form.kept(FieldName::Username)
                    error=form.error(FieldName::Username)
                    autocomplete="username"
                    inputmode="email"
                    required=true
                />
                <div class="form-actions">
                    <Button pending=form.pending>{t::send_link(l)}</Button>
                    <a href="/login">{t::back_to_sign_in(l)}</a>
                </div>
            </ActionForm>
        </Bare>
    }
}

#[component]
fn Asked() -> impl IntoView {
    let l = language();
    view! {
        <Bare>
            <Title text=t::asked_title(l)/>
            <PageHeader title=t::asked_title(l) lead=t::asked_text(l)/>
            <div class="form-actions"><LinkButton href="/login">{t::back_to_sign_in(l)}</LinkButton></div>
        </Bare>
    }
}
