//! `/register/apply` (S1).

use super::api::Apply;
use crate::{
    forms::FormState,
    language::language,
    load::Bare,
    prelude::*,
    texts::{self, registration as t},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::FieldName;

#[component]
pub(crate) fn ApplyPage() -> impl IntoView {
    let query = use_query_map();
    move || {
        let asked = query.read().get("notice").as_deref() == Some("sent");
        if asked { view! { <Applied/> }.into_any() } else { view! { <ApplyFields/> }.into_any() }
    }
}

#[component]
fn ApplyFields() -> impl IntoView {
    let l = language();
    let action = ServerAction::<Apply>::new();
    let form = FormState::of(action);
    view! {
        <Bare>
            <Title text=form.title(t::apply_title(l))/>
            <PageHeader title=t::apply_title(l) lead=t::apply_lead(l)/>
            <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
            <ActionForm action attr:novalidate=true attr:class="form">
                <TextField
                    name=FieldName::Name.html()
                    label=t::your_name(l)
                    value=form.kept(FieldName::Name)
                    error=form.error(FieldName::Name)
                    autocomplete="name"
                    required=true
                />
                <TextField
                    name=FieldName::Email.html()
                    label=t::email(l)
                    hint=t::email_hint(l)
                    value=form.kept(FieldName::Email)
                    error=form.error(FieldName::Email)
                    autocomplete="email"
                    inputmode="email"
                    required=true
                />
                <div class="form-actions">
                    <Button pending=form.pending>{t::register(l)}</Button>
                    <a href="/login">{texts::to_sign_in(l)}</a>
                </div>
            </ActionForm>
        </Bare>
    }
}

/// Whatever the address: what it says tells nothing about it.
#[component]
fn Applied() -> impl IntoView {
    let l = language();
    view! {
        <Bare>
            <Title text=t::applied_title(l)/>
            <PageHeader title=t::applied_title(l) lead=t::applied_text(l)/>
            <div class="form-actions"><LinkButton href="/login">{texts::to_sign_in(l)}</LinkButton></div>
        </Bare>
    }
}
