//! The fields of a company (O1), the same when it is made and when it is changed.

use crate::{
    forms::FormState,
    language::language,
    texts::{self, companies as c, countries, provider as t, users},
    ui::*,
};
use leptos::prelude::*;
use shared::{FieldName, companies::CompanyForm, fields::Language};

#[component]
pub(super) fn CompanyFields(
    form: FormState,
    start: CompanyForm,
    /// What stands under the domains.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let CompanyForm { company_name, kvk, country, contact_name, contact_email, contact_phone, account_manager, domains, .. } = start;
    let self_registration = start.self_registration.is_some();
    view! {
        <IdentityFields form company_name kvk country/>
        <ReachFields form contact_name contact_email contact_phone account_manager/>
        <DomainFields form domains self_registration children/>
    }
}

#[component]
fn IdentityFields(form: FormState, company_name: String, kvk: String, country: String) -> impl IntoView {
    let l = language();
    view! {
        <TextField
            name=FieldName::CompanyName.html()
            label=c::name(l)
            value=form.kept(FieldName::CompanyName).unwrap_or(company_name)
            error=form.error(FieldName::CompanyName)
            autocomplete="off"
            required=true
        />
        <TextField
            name=FieldName::Kvk.html()
            label=c::kvk(l)
            hint=t::kvk_hint(l)
            value=form.kept(FieldName::Kvk).unwrap_or(kvk)
            error=form.error(FieldName::Kvk)
            inputmode="numeric"
            autocomplete="off"
            required=true
            short=true
        />
        <Select
            name=FieldName::Country.html()
            label=c::country(l)
            options=country_choices(l, &country)
            selected=form.kept(FieldName::Country).unwrap_or(country)
            error=form.error(FieldName::Country)
            required=true
        />
    }
}

/// Where nobody knows the country yet it has to be chosen.
fn country_choices(l: Language, known: &str) -> Vec<Choice> {
    let unknown = known.is_empty().then(|| (String::new(), users::choose_country(l).to_owned()));
    unknown.into_iter().chain(countries::choices(l)).collect()
}

/// Whom the provider speaks with, and who speaks for the provider.
#[component]
fn ReachFields(
    form: FormState,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    account_manager: String,
) -> impl IntoView {
    let l = language();
    let field = move |name: FieldName, label: &'static str, stored: String, kind: &'static str| {
        view! {
            <TextField
                name=name.html()
                label
                optional_word=texts::optional(l)
                kind
                value=form.kept(name).unwrap_or(stored)
                error=form.error(name)
                autocomplete="off"
            />
        }
    };
    view! {
        {field(FieldName::ContactName, c::contact_name(l), contact_name, "text")}
        {field(FieldName::ContactEmail, c::contact_email(l), contact_email, "email")}
        {field(FieldName::ContactPhone, c::contact_phone(l), contact_phone, "tel")}
        {field(FieldName::AccountManager, c::account_manager(l), account_manager, "text")}
    }
}

#[component]
fn DomainFields(form: FormState, domains: String, self_registration: bool, children: Option<Children>) -> impl IntoView {
    let l = language();
    let ticked = if form.came_back() { form.kept_named("self_registration").is_some() } else { self_registration };
    view! {
        <TextArea
            name=FieldName::Domains.html()
            label=c::domains(l)
            optional_word=texts::optional(l)
            hint=t::domains_hint(l)
            value=form.kept(FieldName::Domains).unwrap_or(domains)
            error=form.error(FieldName::Domains)
            spellcheck=false
        />
        {children.map(|children| children())}
        <Checkbox
            name="self_registration"
            value="on"
            label=c::self_registration(l)
            hint=t::self_registration_hint(l)
            checked=ticked
        />
    }
}
