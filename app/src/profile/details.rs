//! `/profile` (P2).

use super::api::{self, MyDetails, SaveProfile};
use crate::{
    forms::FormState,
    language::language,
    load::load,
    prelude::*,
    texts::{self, countries, profile as t, users},
    ui::*,
};
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use shared::{
    FieldName,
    companies::CompanyName,
    fields::{Country, Language},
    profile::Profile,
};

#[component]
pub(crate) fn DetailsPage() -> impl IntoView {
    let details = Resource::new(|| (), |()| api::read_profile());
    load(details, |details| view! { <DetailsContent details/> }.into_any())
}

#[component]
fn DetailsContent(details: MyDetails) -> impl IntoView {
    let l = language();
    let form = FormState::of(ServerAction::<SaveProfile>::new());
    let facts =
        vec![fact(t::username(l), details.profile.username.clone()), fact(t::companies(l), companies(details.companies, details.staff))];
    view! {
        <Title text=form.title(t::details(l))/>
        <PageHeader title=t::details(l) lead=t::lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <SavedNotice form/>
        <Facts items=facts/>
        // A plain form: name and language stand all over the page, so it comes anew.
        <form method="post" action=SaveProfile::PATH novalidate class="form">
            <DetailsFields form profile=details.profile/>
            <div class="form-actions"><Button>{t::save(l)}</Button></div>
        </form>
    }
}

#[component]
fn SavedNotice(form: FormState) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let saved = move || query.read().get("notice").as_deref() == Some("saved") && form.errors().get().is_empty();
    move || saved().then(|| view! { <Notice tone=Tone::Success>{t::saved(l)}</Notice> })
}

fn companies(companies: Vec<CompanyName>, staff: bool) -> AnyView {
    let l = language();
    let entry = |company: CompanyName| {
        let href = format!("/company/{}", company.number);
        view! { <li><a href=href>{company.name}</a> " · " {texts::role(l, company.role)}</li> }
    };
    let provider = staff.then(|| view! { <li><a href="/provider/companies">{crate::shell::provider_name()}</a> " · " {t::staff(l)}</li> });
    if companies.is_empty() && !staff {
        return t::no_companies(l).into_any();
    }
    view! { <ul class="plain-list">{provider} {companies.into_iter().map(entry).collect_view()}</ul> }.into_any()
}

#[component]
fn DetailsFields(form: FormState, profile: Profile) -> impl IntoView {
    let l = language();
    let kept = move |name: FieldName, saved: String| form.kept(name).unwrap_or(saved);
    let mut countries = countries::choices(l);
    if profile.country.is_none() {
        countries.insert(0, (String::new(), users::choose_country(l).to_owned()));
    }
    view! {
        <TextField
            name=FieldName::Name.html()
            label=t::name(l)
            value=kept(FieldName::Name, profile.name)
            error=form.error(FieldName::Name)
            autocomplete="name"
            required=true
        />
        <TextField
            name=FieldName::Phone.html()
            label=t::phone(l)
            optional_word=texts::optional(l)
            kind="tel"
            value=kept(FieldName::Phone, profile.phone.unwrap_or_default())
            error=form.error(FieldName::Phone)
            autocomplete="tel"
            short=true
        />
        <Select
            name=FieldName::Country.html()
            label=t::country(l)
            options=countries
            selected=kept(FieldName::Country, profile.country.as_ref().map_or("", Country::code).to_owned())
            error=form.error(FieldName::Country)
            autocomplete="country"
            required=true
        />
        <Select
            name=FieldName::Language.html()
            label=texts::language(l)
            hint=t::language_hint(l)
            options=vec![choice(Language::Dutch, "Nederlands"), choice(Language::English, "English")]
            selected=kept(FieldName::Language, profile.language.code().to_owned())
            error=form.error(FieldName::Language)
            autocomplete="language"
            required=true
            short=true
        />
    }
}

fn choice(language: Language, name: &str) -> Choice {
    (language.code().to_owned(), name.to_owned())
}
