//! `/company/{number}/users/new` (U1).

use super::{
    api::{self, AddUser},
    fields::{DetailFields, MembershipFields, RoleField, Start},
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    load::load,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
use leptos_meta::Title;
use shared::{FieldName, Refusal, companies::General};

#[component]
pub(crate) fn AddUserPage() -> impl IntoView {
    let number = company_number();
    let company = Resource::new(move || number.get(), api::read_add_form);
    load(company, |company| view! { <AddUserForm company/> }.into_any())
}

#[component]
fn AddUserForm(company: General) -> impl IntoView {
    let l = language();
    let users = format!("/company/{}/users", company.number);
    let action = ServerAction::<AddUser>::new();
    let form = FormState::of(action);
    let header = {
        let users = users.clone();
        view! {
            <Title text=form.title(t::add_user(l))/>
            <PageHeader title=t::add_user(l) lead=t::save_text(l) back_label=t::back(l) back_href=users/>
        }
    };
    if company.domains.is_empty() {
        let why = texts::of_refusal(l, &Refusal::NoDomain);
        return view! { {header} <Notice tone=Tone::Info still=true>{why}</Notice> }.into_any();
    }
    view! {
        {header}
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="company" value=company.number.0/>
            <AddUserFields form domains=company.domains/>
            <div class="form-actions">
                <Button pending=form.pending>{t::save(l)}</Button>
                <LinkButton href=users kind=Kind::Quiet>{t::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn AddUserFields(form: FormState, domains: Vec<String>) -> impl IntoView {
    let l = language();
    let start = Start::empty();
    view! {
        <RoleField form start=start.clone()/>
        <TextField
            name=FieldName::Username.html()
            label=t::username(l)
            hint=t::username_hint(l, &domains.join(", @"))
            value=form.kept(FieldName::Username)
            error=form.error(FieldName::Username)
            inputmode="email"
            autocomplete="off"
            required=true
        />
        <DetailFields form start=start.clone()/>
        <MembershipFields form start/>
    }
}
