//! The concluded requests (R2), with the time in which a decision can be undone (R3).

use super::{
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
    fields::Language,
    requests::{PAGE_SIZE, PERIODS, RequestRow, RequestsPage, RequestsQuery},
};

#[component]
pub(super) fn DoneCard(place: Place, page: Signal<RequestsPage>, query: RequestsQuery, deeds: Deeds) -> impl IntoView {
    let l = language();
    let pending = Signal::derive(move || deeds.undo.pending().get());
    let rows = Memo::new(move |_| page.with(|page| page.done.clone()));
    let periods: Vec<Choice> = PERIODS.map(|period| (period.key().to_owned(), history::period_name(l, period).to_owned())).to_vec();
    let list = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="muted">{t::no_done(l)}</p> }.into_any();
        }
        done_table(l, &place, rows, pending)
    };
    let selected = query.period.key().to_owned();
    view! {
        <Card id="done" title=t::done(l)>
            <Toolbar label=t::done(l)>
                <Select name="period" label=t::period(l) options=periods selected short=true/>
                <Button kind=Kind::Secondary>{t::show(l)}</Button>
            </Toolbar>
            {list}
            {move || pager(l, &page.read(), &query)}
        </Card>
    }
}

fn done_table(l: Language, place: &Place, rows: Vec<RequestRow>, pending: Signal<bool>) -> AnyView {
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
    let rows = rows.into_iter().map(|row| done_row(l, place, row, pending)).collect_view();
    view! { <DataTable label=t::done(l) head>{rows}</DataTable> }.into_any()
}

fn done_row(l: Language, place: &Place, row: RequestRow, pending: Signal<bool>) -> AnyView {
    let company = place.company;
    let who = place.administers.then(|| {
        let who = row.applicant.map(|applicant| row::who(l, company, applicant));
        view! { <Cell label=t::who(l) breaks=true>{who}</Cell> }
    });
    let undo = row.may_undo.then(|| row::undo_button(l, row.id, pending));
    let undo = place.administers.then(|| view! { <Cell label=t::undo(l) actions=true>{undo}</Cell> });
    let answer = row.answer.map(|why| view! { <div class="small">{row::by_line(&t::answer(l, &why))}</div> });
    let own = (row.own && !place.administers).then(|| view! { " " <Badge label=t::yours(l) tone=Tone::Accent/> });
    let subject = row::subject(place, row.subject);
    view! {
        <tr>
            <th scope="row">{subject} {own}</th>
            {who}
            <Cell label=t::reason(l)>{row::reason(l, row.reason.as_deref())}</Cell>
            <Cell label=t::outcome(l)><div>{row::outcome(l, row.outcome)} {answer}</div></Cell>
            <Cell label=t::when(l)>{row::moment(l, row.since)}</Cell>
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
