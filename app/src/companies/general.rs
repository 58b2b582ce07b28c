//! `/company/{number}/general`.

use super::api::{self, SaveContact};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, companies as t, countries},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    CompanyNumber, FieldName,
    companies::{Contact, General},
    fields::Language,
    live::Room,
};

#[component]
pub(crate) fn GeneralPage() -> impl IntoView {
    let number = company_number();
    let changes = live::changes(number, Room::Company);
    let save = ServerAction::<SaveContact>::new();
    follow(
        move || number.get(),
        move || {
            changes.track();
            save.version().track();
        },
        api::read_general,
        move |general| view! { <GeneralContent general save/> }.into_any(),
    )
}

#[component]
fn GeneralContent(general: Signal<General>, save: ServerAction<SaveContact>) -> impl IntoView {
    let l = language();
    let form = FormState::of(save);
    // Drawn anew only when somebody changed just that: what is being typed stays.
    let contact = Memo::new(move |_| general.read().contact.clone());
    let company = general.read_untracked().number;
    view! {
        <Title text=form.title(texts::general(l))/>
        <PageHeader title=texts::general(l) lead=t::lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <SavedNotice form/>
        <div class="columns">
            <Card id="company" title=t::company(l)>{move || company_facts(l, general.get())}</Card>
            <Card id="contact" title=t::contact(l)>
                {move || view! { <ContactFields company contact=contact.get() save/> }}
            </Card>
        </div>
        // G1: only when there are any.
        {move || {
            let general = general.get();
            (!general.domains.is_empty()).then(|| domains_card(l, general.domains, general.self_registration))
        }}
        <Notice still=true>{move || t::how_to_change(l, &general.read().account_manager, &general.read().provider_contact)}</Notice>
    }
}

#[component]
fn SavedNotice(form: FormState) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let saved = move || query.read().get("notice").as_deref() == Some("saved") && form.errors().get().is_empty();
    move || saved().then(|| view! { <Notice tone=Tone::Success>{t::contact_saved(l)}</Notice> })
}

fn company_facts(l: Language, general: General) -> impl IntoView {
    let country = general.country.map_or_else(String::new, |country| countries::name(l, country).to_owned());
    let items = vec![
        fact(t::name(l), general.name),
        fact(t::number(l), view! { <span class="numeric">{general.number.0}</span> }),
        fact(t::kvk(l), view! { <span class="numeric">{general.kvk}</span> }),
        fact(t::country(l), or_none(l, country)),
        fact(t::account_manager(l), or_none(l, general.account_manager)),
    ];
    view! { <Facts items/> }
}

/// G1: how the provider reaches the company is the administrators' to say.
#[component]
fn ContactFields(company: CompanyNumber, contact: Contact, save: ServerAction<SaveContact>) -> impl IntoView {
    let l = language();
    let form = FormState::of(save);
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
        <ActionForm action=save attr:novalidate=true attr:class="form">
            <input type="hidden" name="company" value=company.0/>
            {field(FieldName::ContactName, t::contact_name(l), contact.name, "text")}
            {field(FieldName::ContactEmail, t::contact_email(l), contact.email, "email")}
            {field(FieldName::ContactPhone, t::contact_phone(l), contact.phone, "tel")}
            <div class="form-actions"><Button pending=form.pending>{t::save(l)}</Button></div>
        </ActionForm>
    }
}

fn domains_card(l: Language, domains: Vec<String>, self_registration: bool) -> impl IntoView {
    let (answer, text) =
        if self_registration { (texts::yes(l), t::self_registration_on(l)) } else { (texts::no(l), t::self_registration_off(l)) };
    let domains_list = domains.into_iter().map(|domain| view! { <li class="tag">{domain}</li> }).collect_view();
    view! {
        <Card id="domains" title=t::domains(l)>
            <p class="muted">{t::domains_text(l)}</p>
            <ul class="plain-list row">{domains_list}</ul>
            <div>
                <Facts items=vec![fact(t::self_registration(l), answer)]/>
                <p class="muted small">{text}</p>
            </div>
        </Card>
    }
}

fn or_none(l: Language, text: String) -> AnyView {
    if text.is_empty() { view! { <span class="muted">{t::none(l)}</span> }.into_any() } else { text.into_any() }
}
