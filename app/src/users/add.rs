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
use shared::{FieldName, Refusal, licences::Givable, users::AddForm};

#[component]
pub(crate) fn AddUserPage() -> impl IntoView {
    let number = company_number();
    let start = Resource::new(move || number.get(), api::read_add_form);
    load(start, |start| view! { <AddUserForm start/> }.into_any())
}

#[component]
fn AddUserForm(start: AddForm) -> impl IntoView {
    let l = language();
    let users = format!("/company/{}/users", start.company);
    let action = ServerAction::<AddUser>::new();
    let form = FormState::of(action);
    let header = {
        let users = users.clone();
        view! {
            <Title text=form.title(t::add_user(l))/>
            <PageHeader title=t::add_user(l) lead=t::save_text(l) back_label=t::back(l) back_href=users/>
        }
    };
    if start.domains.is_empty() {
        let why = texts::of_refusal(l, &Refusal::NoDomain);
        return view! { {header} <Notice tone=Tone::Info still=true>{why}</Notice> }.into_any();
    }
    view! {
        {header}
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="company" value=start.company.0/>
            <AddUserFields form start/>
            <div class="form-actions">
                <Button pending=form.pending>{t::save(l)}</Button>
                <LinkButton href=users kind=Kind::Quiet>{t::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn AddUserFields(form: FormState, start: AddForm) -> impl IntoView {
    let l = language();
    let AddForm { domains, country, licences, .. } = start;
    let start = Start::empty(country);
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
        <LicenceField form licences/>
    }
}

/// Nothing, where there is none to give: then nobody has to choose.
#[component]
fn LicenceField(form: FormState, licences: Vec<Givable>) -> impl IntoView {
    let l = language();
    let licences = licences.into_iter().filter(|one| one.may_be_given.is_ok()).map(|one| (one.licence.to_string(), one.product));
    let choices: Vec<Choice> = std::iter::once((String::new(), t::no_licence(l).to_owned())).chain(licences).collect();
    (choices.len() > 1).then(|| {
        view! {
            <Select
                name=FieldName::Licence.html()
                label=t::add_licence(l)
                hint=t::add_licence_hint(l)
                options=choices
                selected=form.kept(FieldName::Licence)
                error=form.error(FieldName::Licence)
            />
        }
    })
}
