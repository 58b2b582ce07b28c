//! `/company/{number}`, and the way there.

use super::api;
use crate::{
    fault::Fault,
    language::language,
    live,
    load::{Bare, FaultPage, follow, suspended},
    prelude::*,
    requests::{Deeds, DoneNotice, Heard, MineCard, OpenRequests, Place, follow_open},
    session::{self, Me},
    shell::SignedInFrame,
    texts::{self, home as t, requests as r},
    ui::*,
};
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::{use_params_map, use_query_map},
};
use shared::{
    CompanyNumber, Role,
    companies::{Home, People},
    fields::Language,
    live::Room,
    requests::{Mine, NEWEST, Waiting},
};

/// `/`: to the company used last.
#[component]
pub(crate) fn WayHome() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Transition>
            {suspended(move || Suspend::new(async move {
                match me.await {
                    Ok(me) => view! { <Redirect path=me.home/> }.into_any(),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            }))}
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
            {suspended(move || Suspend::new(async move {
                match me.await {
                    Ok(me) => in_company(me, number.get_untracked()),
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            }))}
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
    let changes = [Room::Users, Room::Requests, Room::Licences].map(|room| live::changes(number, room));
    let deeds = Deeds::new();
    let visited = StoredValue::new(None);
    let ask = move |number| {
        let visit = visited.get_value() != Some(number);
        visited.set_value(Some(number));
        api::read_home(number, visit)
    };
    // What the server rendered was visited there.
    effect(move || visited.update_value(|visited| *visited = visited.or(Some(number.get_untracked()))));
    follow(
        move || number.get(),
        move || {
            changes.iter().for_each(Track::track);
            deeds.answers();
        },
        ask,
        move |home| view! { <HomeContent home deeds/> }.into_any(),
    )
}

/// What changes is drawn anew, and nothing else: somebody may be typing a reason.
#[component]
fn HomeContent(home: Signal<Home>, deeds: Deeds) -> impl IntoView {
    let l = language();
    let errors = deeds.errors();
    let title = move || if errors.read().is_empty() { texts::home(l).to_owned() } else { texts::error_prefix(l, texts::home(l)) };
    let (company, administers) = home.with_untracked(|home| (home.company.number, home.waiting.is_some()));
    let lead = Memo::new(move |_| home.with(|home| lead(l, home)));
    let people = Memo::new(move |_| home.read().people);
    view! {
        <Title text=title/>
        <PageHeader title=texts::home(l) lead=Signal::derive(move || Some(lead.get()))/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <Welcome home/>
        {administers.then(|| view! { <WaitingRequests home company deeds/> })}
        <DoneNotice deeds here="?" administers/>
        {move || people.get().map(|people| people_card(l, company, people))}
        <OwnLicences home company administers deeds/>
    }
}

fn lead(l: Language, home: &Home) -> String {
    match home.company.role {
        Role::Administrator => t::administrator_lead(l, &home.company.name),
        Role::User => t::user_lead(l, &home.company.name),
    }
}

/// S3: the first visit of somebody who registered by themselves.
#[component]
fn Welcome(home: Signal<Home>) -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let said = Memo::new(move |_| {
        let is_first = query.read().get("notice").as_deref() == Some("welcome");
        is_first.then(|| home.with(|home| (home.company.name.clone(), !home.mine.on_offer.is_empty())))
    });
    move || {
        let (company, has_offers) = said.get()?;
        let text = if has_offers { t::welcome_offers(l) } else { t::welcome_text(l) };
        Some(view! { <Notice tone=Tone::Success title=t::welcome(l, &company)>{text}</Notice> })
    }
}

/// R1: what waits for an administrator, with the newest of it.
#[component]
fn WaitingRequests(home: Signal<Home>, company: CompanyNumber, deeds: Deeds) -> impl IntoView {
    let l = language();
    let waiting = Memo::new(move |_| home.with(|home| home.waiting.clone().unwrap_or_default()));
    let lines = follow_open(move || waiting.with(heard));
    let found = Memo::new(move |_| waiting.read().count);
    let place = Place { company, administers: true, back: "home".to_owned() };
    let foot = move || {
        let link = |queue: &str, text: &'static str| {
            view! { <LinkButton href=format!("/company/{company}/requests/{queue}") small=true kind=Kind::Quiet>{text}</LinkButton> }
        };
        view! { <div class="row requests-foot">{link("licences", r::all_licences(l))} {link("documents", r::all_documents(l))}</div> }
    };
    view! { <OpenRequests place lines found deeds empty=r::none_administrator(l) foot/> }
}

/// Whether there are more than the newest isn't told: the count leaves out what waits for staff.
fn heard(waiting: &Waiting) -> Heard {
    let is_all = waiting.newest.len() < NEWEST as usize;
    let (open, newest) = (waiting.newest.clone(), waiting.newest.first().map(|row| row.id));
    Heard { open, before: 0, found: if is_all { 0 } else { u32::MAX }, newest, done: Vec::new() }
}

#[component]
fn OwnLicences(home: Signal<Home>, company: CompanyNumber, administers: bool, deeds: Deeds) -> impl IntoView {
    let l = language();
    let mine = Memo::new(move |_| home.read().mine.clone());
    let is_empty = Memo::new(move |_| mine.with(|mine| *mine == Mine::default()));
    let general = home.read_untracked().general;
    move || match (is_empty.get(), administers) {
        (true, true) => None,
        (true, false) => Some(
            view! {
                <EmptyState title=t::nothing_yet(l) text=t::user_text(l) glyph=Glyph::Key
                    actions=move || (!general).then(|| own_account(l))/>
            }
            .into_any(),
        ),
        (false, _) => Some(view! { <MineCard title=r::mine(l) company mine=mine.into() back="home" deeds/> }.into_any()),
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
