//! `/company/{number}`, and the way there.

use super::api;
use crate::{
    fault::Fault,
    language::language,
    live,
    load::{Bare, FaultPage, follow},
    prelude::*,
    session::{self, Me},
    shell::SignedInFrame,
    texts::{self, home as t},
    ui::*,
};
use leptos_meta::Title;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::use_params_map,
};
use shared::{
    CompanyNumber, Role,
    companies::{Home, People},
    fields::Language,
    live::Room,
};

/// `/`: to the company used last.
#[component]
pub(crate) fn WayHome() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => view! { <Redirect path=me.home/> }.into_any(),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// The number in the address of every company page.
pub(crate) fn company_number() -> Signal<CompanyNumber> {
    let params = use_params_map();
    // No company has the number nought, so an address that is none leads to "not found".
    Signal::derive(move || params.read().get("number").and_then(|number| number.parse().ok()).unwrap_or(CompanyNumber(0)))
}

/// Around the pages of one company: for its members only.
#[component]
pub(crate) fn CompanyFrame() -> impl IntoView {
    let number = company_number();
    let me = Resource::new(move || number.get(), |_| session::read_me());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) => in_company(me, number.get_untracked()),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn in_company(me: Me, company: CompanyNumber) -> AnyView {
    if me.standing.role_in(company).is_some() {
        return view! { <SignedInFrame me company><Outlet/></SignedInFrame> }.into_any();
    }
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    view! { <SignedInFrame me><FaultPage fault=Fault::NotFound/></SignedInFrame> }.into_any()
}

#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let number = company_number();
    let changes = live::changes(number, Room::Users);
    follow(
        move || number.get(),
        move || changes.track(),
        api::read_home,
        |home| (move || view! { <HomeContent home=home.get()/> }).into_any(),
    )
}

#[component]
fn HomeContent(home: Home) -> impl IntoView {
    let l = language();
    let company = home.company;
    let lead = match company.role {
        Role::Administrator => t::administrator_lead(l, &company.name),
        Role::User => t::user_lead(l, &company.name),
    };
    view! {
        <Title text=texts::home(l)/>
        <PageHeader title=texts::home(l) lead=lead/>
        {match home.people {
            Some(people) => people_card(l, company.number, people).into_any(),
            None => view! { <EmptyState title=t::nothing_yet(l) text=t::user_text(l) glyph=Glyph::Key actions=move || (!home.general).then(|| own_account(l))/> }.into_any(),
        }}
    }
}

fn own_account(l: Language) -> impl IntoView {
    view! {
        <LinkButton href="/profile">{t::my_details(l)}</LinkButton>
        <LinkButton href="/profile/password" kind=Kind::Quiet>{t::change_password(l)}</LinkButton>
    }
}

fn people_card(l: Language, company: CompanyNumber, people: People) -> impl IntoView {
    let users = format!("/company/{company}/users");
    let figure = |count: i64, filter: &str| {
        let href = format!("{users}{filter}");
        if count == 0 { view! { <span class="muted">"0"</span> }.into_any() } else { view! { <a href=href>{count}</a> }.into_any() }
    };
    let facts = vec![
        fact(t::everybody(l), figure(people.total, "")),
        fact(t::waiting(l), figure(people.waiting, "?status=registration_requested")),
        fact(t::expired(l), figure(people.expired, "?status=registration_expired")),
        fact(t::locked(l), figure(people.locked, "?status=locked")),
    ];
    let actions_href = users.clone();
    view! {
        <Card id="people" title=t::people(l) actions=move || view! { <LinkButton href=actions_href small=true>{t::to_users(l)}</LinkButton> }>
            <Facts items=facts figures=true/>
        </Card>
    }
}
