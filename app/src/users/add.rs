//! `/company/{number}/users/new` (U1).

use super::api::{self, AddUser};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    load::load,
    texts::{self, countries, users as t},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use shared::{FieldName, Refusal, Role, companies::General, fields::Country};

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
    let kept = move |name| form.kept(name);
    let roles: Vec<Choice> = Role::ALL.map(|role| (role.key().to_owned(), texts::role(l, role).to_owned())).to_vec();
    let ticked = move |name| form.came_back() && form.kept_named(name).is_some();
    view! {
        <Select
            name=FieldName::Role.html()
            label=t::role(l)
            hint=t::role_hint(l)
            options=roles
            selected=kept(FieldName::Role).unwrap_or_else(|| Role::User.key().to_owned())
            error=form.error(FieldName::Role)
            short=true
        />
        <TextField
            name=FieldName::Username.html()
            label=t::username(l)
            hint=t::username_hint(l, &domains.join(", @"))
            value=kept(FieldName::Username)
            error=form.error(FieldName::Username)
            inputmode="email"
            autocomplete="off"
            required=true
        />
        <TextField
            name=FieldName::Name.html()
            label=t::name(l)
            value=kept(FieldName::Name)
            error=form.error(FieldName::Name)
            autocomplete="off"
            required=true
        />
        <TextField
            name=FieldName::Phone.html()
            label=t::phone(l)
            optional_word=texts::optional(l)
            kind="tel"
            value=kept(FieldName::Phone)
            error=form.error(FieldName::Phone)
            autocomplete="off"
            short=true
        />
        <Select
            name=FieldName::Country.html()
            label=t::country(l)
            options=countries::choices(l)
            selected=kept(FieldName::Country).unwrap_or_else(|| Country::NETHERLANDS.code().to_owned())
            error=form.error(FieldName::Country)
        />
        <Checkbox name="blocked" value="on" label=t::blocked(l) hint=t::blocked_hint(l) checked=ticked("blocked")/>
        <Checkbox
            name="mail_to_administrators"
            value="on"
            label=t::mail_to_administrators(l)
            hint=t::mail_to_administrators_hint(l)
            checked=ticked("mail_to_administrators")
        />
    }
}
