//! `/profile` (P2), with what is one's own in each company (R1), and the way to all of it as a file (P7).

use super::{
    api::{self, MyDetails, MyPage, SaveProfile},
    download::DownloadCard,
};
use crate::{
    forms::FormState,
    language::language,
    live,
    load::follow,
    prelude::*,
    requests::{Deeds, DoneNotice, MineCard},
    texts::{self, countries, profile as t, requests, users},
    ui::*,
};
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;
use shared::{
    FieldName,
    companies::CompanyName,
    fields::{Country, Language},
    live::Room,
    profile::Profile,
};

#[component]
pub(crate) fn DetailsPage() -> impl IntoView {
    let deeds = Deeds::new();
    // When somebody's role or companies change, the page is loaded anew.
    let changes = live::changes_anywhere(&[Room::Licences, Room::Requests]);
    follow(
        || (),
        move || {
            changes.track();
            deeds.answers();
        },
        |()| api::read_mine(),
        move |page| view! { <DetailsContent page deeds/> }.into_any(),
    )
}

/// What is asked for changes the cards below, never the form: somebody may have begun to fill it in.
#[component]
fn DetailsContent(page: Signal<MyPage>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let MyDetails { profile, companies, staff, .. } = page.read_untracked().details.clone();
    let form = FormState::of(ServerAction::<SaveProfile>::new());
    let own = (form.errors(), deeds.errors());
    let errors = Signal::derive(move || if own.0.read().is_empty() { own.1.get() } else { own.0.get() });
    let title = move || if errors.read().is_empty() { t::details(l).to_owned() } else { texts::error_prefix(l, t::details(l)) };
    let facts = vec![fact(t::username(l), profile.username.clone()), fact(t::companies(l), companies_of(companies.clone(), staff))];
    let cards = companies.into_iter().map(|company| view! { <MineIn page company deeds/> }).collect_view();
    view! {
        <Title text=title/>
        <PageHeader title=t::details(l) lead=t::lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <SavedNotice form/>
        <Facts items=facts/>
        // A plain form: name and language stand all over the page, so it comes anew.
        <form method="post" action=SaveProfile::PATH novalidate class="form">
            <DetailsFields form profile/>
            <div class="form-actions"><Button>{t::save(l)}</Button></div>
        </form>
        {cards}
        <DownloadCard/>
        <DoneNotice deeds here="?"/>
    }
}

/// R1: what the person has and can get in a company; which one is said where there are several.
#[component]
fn MineIn(page: Signal<MyPage>, company: CompanyName, deeds: Deeds) -> impl IntoView {
    let l = language();
    let several = page.read_untracked().details.companies.len() > 1;
    let title = if several { requests::mine_at(l, &company.name) } else { requests::mine(l).to_owned() };
    let number = company.number;
    let mine = Memo::new(move |_| {
        let page = page.read();
        page.mine.iter().find(|one| one.company.number == number).map(|one| one.mine.clone()).unwrap_or_default()
    });
    view! { <MineCard title company=number mine=mine.into() back="profile" deeds/> }
}

#[component]
fn SavedNotice(form: FormState) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let saved = move || query.read().get("notice").as_deref() == Some("saved") && form.errors().get().is_empty();
    move || saved().then(|| view! { <Notice tone=Tone::Success>{t::saved(l)}</Notice> })
}

fn companies_of(companies: Vec<CompanyName>, staff: bool) -> AnyView {
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
