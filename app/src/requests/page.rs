//! `/company/{number}/requests/licences` and `…/documents`: period and pages stand in the address.

use super::{
    api,
    ask::OnOfferCard,
    deeds::{Deeds, SEVERAL},
    done::{DoneCard, turn},
    keys::Keys,
    lines::{Heard, follow_open},
    notice::DoneNotice,
    open::OpenRequests,
    query::{self, address},
    row::Place,
    several::Several,
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, requests as t},
    ui::*,
};
use leptos_router::{components::Redirect, hooks::use_query_map};
use shared::{
    CompanyNumber, FieldName, RequestId,
    fields::Language,
    live::Room,
    requests::{PAGE_SIZE, Queue, RequestsPage, RequestsQuery},
};

/// `/company/{number}/requests`.
#[component]
pub(crate) fn RequestsHome() -> impl IntoView {
    let path = query::path(company_number().get_untracked(), Queue::Licences);
    view! { <Redirect path/> }
}

#[component]
pub(crate) fn LicenceRequestsPage() -> impl IntoView {
    requests_page(Queue::Licences)
}

#[component]
pub(crate) fn DocumentRequestsPage() -> impl IntoView {
    requests_page(Queue::Documents)
}

fn requests_page(queue: Queue) -> AnyView {
    let number = company_number();
    let params = use_query_map();
    let query = Memo::new(move |_| query::read(queue, &params.read()));
    let changes = [live::changes(number, Room::Requests), live::changes(number, Room::Licences)];
    // Both outlive what is loaded: turning the page keeps what is ticked, and an answer stays until the next.
    let deeds = Deeds::new();
    let several = begin(queue, deeds);
    follow(
        move || (number.get(), query.get()),
        move || {
            changes.iter().for_each(Track::track);
            deeds.answers();
        },
        |(number, query)| api::list_requests(number, query),
        move |page| view! { <RequestsContent page query=query.get_untracked() several deeds/> }.into_any(),
    )
    .into_any()
}

/// With what was ticked and chosen for a decision about several that was refused without JavaScript.
fn begin(queue: Queue, deeds: Deeds) -> Several {
    let form = FormState::of(deeds.decide_chosen);
    if form.kept_named(SEVERAL).is_none() {
        return Several::new(queue, Vec::new(), String::new());
    }
    Several::new(queue, form.kept_all("ids[]"), form.kept(FieldName::Choice).unwrap_or_default())
}

#[component]
fn RequestsContent(page: Signal<RequestsPage>, query: RequestsQuery, several: Several, deeds: Deeds) -> impl IntoView {
    let l = language();
    let errors = deeds.errors();
    let title = move || if errors.read().is_empty() { t::title(l).to_owned() } else { texts::error_prefix(l, t::title(l)) };
    let (company, administers) = page.with_untracked(|page| (page.company, page.administers));
    let place = Place { company, administers, back: query::word(&query) };
    let lines = follow_open(move || page.with(heard));
    let found = Memo::new(move |_| page.read().found);
    let may_undo = Signal::derive(move || page.with(can_be_undone));
    let in_licences = query.queue == Queue::Licences;
    let on_offer = (in_licences && !administers).then(|| {
        let on_offer = Memo::new(move |_| page.read().on_offer.clone());
        view! { <OnOfferCard company on_offer back=Queue::Licences.key() deeds/> }
    });
    let choices = (!in_licences).then(|| Memo::new(move |_| page.read().choices.clone()));
    let (lead, empty) = if administers { (t::administrator_lead(l), t::none_administrator(l)) } else { (t::user_lead(l), t::none_user(l)) };
    let open = {
        let place = place.clone();
        if administers {
            view! { <OpenRequests place lines found deeds several choices empty/> }.into_any()
        } else {
            view! { <OpenRequests place lines found deeds empty/> }.into_any()
        }
    };
    let open_pager = {
        let query = query.clone();
        move || open_pager(l, &page.read(), &query)
    };
    view! {
        <Title text=title/>
        <PageHeader title=t::title(l) lead/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <Tabs label=t::title(l) items=tabs(l, company, query.queue)/>
        {on_offer}
        {open}
        {open_pager}
        <DoneNotice deeds here=address(&query) may_undo administers/>
        {administers.then(|| view! { <Keys/> })}
        <DoneCard place page query deeds/>
    }
}

fn tabs(l: Language, company: CompanyNumber, here: Queue) -> Vec<NavItem> {
    let tab = |queue: Queue| {
        let label = match queue {
            Queue::Licences => t::licences(l),
            Queue::Documents => t::documents(l),
        };
        NavItem::new(label, query::path(company, queue)).current(queue == here)
    };
    Queue::ALL.iter().map(|queue| tab(*queue)).collect()
}

fn heard(page: &RequestsPage) -> Heard {
    Heard {
        open: page.open.clone(),
        before: page.page.saturating_sub(1) * PAGE_SIZE,
        found: page.found,
        newest: page.newest,
        done: page.done.clone(),
    }
}

/// What waits for staff can still stand among the open ones.
fn can_be_undone(page: &RequestsPage) -> Vec<RequestId> {
    page.done.iter().chain(&page.open).filter(|row| row.may_undo).map(|row| row.id).collect()
}

fn open_pager(l: Language, page: &RequestsPage, query: &RequestsQuery) -> Option<AnyView> {
    let to_page = |page: u32| address(&RequestsQuery { page, ..query.clone() });
    turn(l, t::pages(l), page.page, page.pages, page.open.len(), page.found, &to_page)
}
