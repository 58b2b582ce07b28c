//! `/company/{number}/general`.

use super::api;
use crate::{
    home::company_number,
    language::language,
    live,
    load::load,
    prelude::*,
    texts::{self, companies as t},
    ui::*,
};
use leptos_meta::Title;
use shared::{companies::General, fields::Language, live::Room};

#[component]
pub(crate) fn GeneralPage() -> impl IntoView {
    let number = company_number();
    let changes = live::changes(number, Room::Company);
    let general = Resource::new(move || (number.get(), changes.get()), |(number, _)| api::read_general(number));
    load(general, |general| view! { <GeneralContent general/> }.into_any())
}

#[component]
fn GeneralContent(general: General) -> impl IntoView {
    let l = language();
    let how = t::how_to_change(l, &general.account_manager);
    let company = vec![
        fact(t::name(l), general.name),
        fact(t::number(l), view! { <span class="numeric">{general.number.0}</span> }),
        fact(t::kvk(l), view! { <span class="numeric">{general.kvk}</span> }),
        fact(t::account_manager(l), or_none(l, general.account_manager)),
    ];
    let contact = vec![
        fact(t::contact_name(l), or_none(l, general.contact.name)),
        fact(t::contact_email(l), or_none(l, general.contact.email)),
        fact(t::contact_phone(l), or_none(l, general.contact.phone)),
    ];
    view! {
        <Title text=texts::general(l)/>
        <PageHeader title=texts::general(l) lead=t::lead(l)/>
        <div class="columns">
            <Card id="company" title=t::company(l)><Facts items=company/></Card>
            <Card id="contact" title=t::contact(l)><Facts items=contact/></Card>
        </div>
        // G1: only when there are any.
        {(!general.domains.is_empty()).then(|| domains_card(l, general.domains, general.self_registration))}
        <Notice still=true>{how}</Notice>
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
