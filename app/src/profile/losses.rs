//! What somebody loses with a company, by name (P4, P6).

use crate::{
    language::language,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use shared::{Role, moving::Losses};

#[component]
pub(super) fn Lost(role: Role, losses: Losses) -> impl IntoView {
    let l = language();
    let in_numbers = t::in_numbers(l, &losses);
    let Losses { access, company_wide, requests, mail_to_administrators } = losses;
    let lists = [(t::own_licences(l), access), (t::company_wide(l), company_wide), (t::own_requests(l), requests)];
    let mut facts = vec![fact(t::own_role(l), texts::role(l, role))];
    facts.extend(lists.into_iter().filter(|(_, names)| !names.is_empty()).map(|(term, names)| fact(term, list(names))));
    if mail_to_administrators {
        facts.push(fact(t::mail(l), t::mail_comes_back(l)));
    }
    view! {
        <p class="strong">{in_numbers}</p>
        <Facts items=facts/>
    }
}

fn list(names: Vec<String>) -> AnyView {
    let name = |name: String| view! { <li>{name}</li> };
    view! { <ul class="plain-list">{names.into_iter().map(name).collect_view()}</ul> }.into_any()
}
