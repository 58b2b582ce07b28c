//! The concluded requests (R2), with the time in which a decision can be undone (R3).

use super::{
    concluded::{Concluded, follow_concluded},
    deeds::Deeds,
    query::address,
    row::{self, Place},
};
use crate::{
    language::language,
    prelude::*,
    texts::{history, requests as t, users},
    ui::*,
};
use shared::{
    RequestId,
    fields::Language,
    requests::{PAGE_SIZE, PERIODS, RequestRow, RequestsPage, RequestsQuery},
};

#[component]
pub(super) fn DoneCard(place: Place, page: Signal<RequestsPage>, query: RequestsQuery, deeds: Deeds) -> impl IntoView {
    let l = language();
    let pending = Signal::derive(move || deeds.undo.pending().get());
    let concluded = follow_concluded(move || page.with(|page| (page.done.clone(), page.open.clone())), move || deeds.decisions());
    let is_empty = Memo::new(move |_| concluded.with(|concluded| concluded.ids().is_empty()));
    let periods: Vec<Choice> = PERIODS.map(|period| (period.key().to_owned(), history::period_name(l, period).to_owned())).to_vec();
    let list = move || {
        if is_empty.get() {
            return view! { <p class="muted">{t::no_done(l)}</p> }.into_any();
        }
        done_table(l, place.clone(), concluded, pending)
    };
    let selected = query.period.key().to_owned();
    view! {
        <Card id="done" title=t::done(l) actions=move || view! { <News concluded/> }>
            <Toolbar label=t::done(l)>
                <Select name="period" label=t::period(l) options=periods selected short=true/>
                <Button kind=Kind::Secondary>{t::show(l)}</Button>
            </Toolbar>
            {list}
            {move || pager(l, &page.read(), &query)}
        </Card>
    }
}

/// R6: what was concluded meanwhile comes into the list when it is called.
#[component]
fn News(concluded: RwSignal<Concluded>) -> impl IntoView {
    let l = language();
    let waiting = Memo::new(move |_| concluded.with(Concluded::waiting));
    let words = move || match waiting.get() {
        0 => None,
        1 => Some(t::one_concluded(l).to_owned()),
        count => Some(t::several_concluded(l, count)),
    };
    let renew = move |_| concluded.update(Concluded::renew);
    view! {
        <div class="requests-news" role="status">
            {move || words().map(|words| {
                view! { <Button kind=Kind::Quiet small=true button_type="button" on:click=renew>{words}</Button> }
            })}
        </div>
    }
}

fn done_table(l: Language, place: Place, concluded: RwSignal<Concluded>, pending: Signal<bool>) -> AnyView {
    let administers = place.administers;
    let head = move || {
        view! {
            <Header label=t::what(l)/>
            {administers.then(|| view! { <Header label=t::who(l)/> })}
            <Header label=t::reason(l)/>
            <Header label=t::outcome(l)/>
            <Header label=t::when(l)/>
            {administers.then(|| view! { <Header label=t::undo(l) hidden=true/> })}
        }
    };
    view! {
        <DataTable label=t::done(l) head>
            <For each=move || concluded.with(Concluded::ids) key=|id| *id let:id>{done_row(l, id, &place, concluded, pending)}</For>
        </DataTable>
    }
    .into_any()
}

/// Who asked for what and why never changes; what became of it is drawn anew when that does.
fn done_row(l: Language, id: RequestId, place: &Place, concluded: RwSignal<Concluded>, pending: Signal<bool>) -> AnyView {
    let company = place.company;
    let now = Memo::new(move |_| concluded.with(|concluded| concluded.find(id)));
    let Some(row) = now.get_untracked() else { return ().into_any() };
    let who = place.administers.then(|| {
        let who = row.applicant.map(|applicant| row::who(l, company, applicant));
        view! { <Cell label=t::who(l) breaks=true>{who}</Cell> }
    });
    let undo = move || now.try_get().flatten().filter(|row| row.may_undo).map(|row| row::undo_button(l, row.id, pending));
    let undo = place.administers.then(|| view! { <Cell label=t::undo(l) actions=true>{undo}</Cell> });
    let outcome = move || {
        let RequestRow { outcome, answer, .. } = now.try_get().flatten()?;
        let answer = answer.map(|why| view! { <div class="small">{row::by_line(&t::answer(l, &why))}</div> });
        Some(view! { {row::outcome(l, outcome)} {answer} })
    };
    let since = move || now.try_get().flatten().map(|row| row::moment(l, row.since));
    let own = (row.own && !place.administers).then(|| view! { " " <Badge label=t::yours(l) tone=Tone::Accent/> });
    let subject = row::subject(place, row.subject);
    view! {
        <tr>
            <th scope="row">{subject} {own}</th>
            {who}
            <Cell label=t::reason(l)>{row::reason(l, row.reason.as_deref())}</Cell>
            <Cell label=t::outcome(l)><div>{outcome}</div></Cell>
            <Cell label=t::when(l)>{since}</Cell>
            {undo}
        </tr>
    }
    .into_any()
}

fn pager(l: Language, page: &RequestsPage, query: &RequestsQuery) -> Option<AnyView> {
    let to_page = |done_page: u32| format!("{}#done", address(&RequestsQuery { done_page, ..query.clone() }));
    turn(l, t::done_pages(l), page.done_page, page.done_pages, page.done.len(), page.done_found, &to_page)
}

/// Nothing, where one page holds all.
pub(super) fn turn(
    l: Language,
    label: &'static str,
    page: u32,
    pages: u32,
    rows: usize,
    found: u32,
    to_page: &dyn Fn(u32) -> String,
) -> Option<AnyView> {
    let from = (page.max(1) - 1) * PAGE_SIZE + 1;
    let info = users::found(l, from, (from + u32::try_from(rows).unwrap_or_default()).saturating_sub(1), found);
    let previous = (page > 1).then(|| to_page(page - 1));
    let next = (page < pages).then(|| to_page(page + 1));
    (pages > 1).then(|| view! { <Pager label info previous previous_text=users::previous(l) next next_text=users::next(l)/> }.into_any())
}
