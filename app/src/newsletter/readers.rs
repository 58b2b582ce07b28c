//! A newsletter's page: who got it. The page of the table stands in the address.

use super::api::NewsletterShown;
use crate::{
    language::language,
    prelude::*,
    texts::{newsletter as t, users as u},
    ui::*,
};
use leptos_router::params::ParamsMap;
use shared::{
    fields::Language,
    mailing,
    newsletter::{NewsletterPage, PAGE_SIZE, Reader},
};

const PLACE: &str = "readers";

/// What can't be read counts as not said.
pub(super) fn page_in(params: &ParamsMap) -> u32 {
    params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1)
}

#[component]
pub(super) fn ReadersCard(shown: Signal<NewsletterShown>) -> impl IntoView {
    let l = language();
    let readers = Memo::new(move |_| shown.read().newsletter.readers.clone());
    // While letters are sent this stays, and with it the focus in it.
    let part = Memo::new(move |_| shown.with(|shown| Part::of(&shown.newsletter)));
    let head = move || {
        view! {
            <Header label=t::name(l)/>
            <Header label=t::username(l)/>
            <Header label=t::state(l)/>
            <Header label=t::when(l)/>
        }
    };
    view! {
        <Card id=PLACE title=t::readers(l) flush=true attr:tabindex="-1">
            <DataTable label=t::readers(l) head>
                {move || readers.get().into_iter().map(|reader| row(l, reader)).collect_view()}
            </DataTable>
            {move || pager(l, part.get())}
        </Card>
    }
}

fn row(l: Language, reader: Reader) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{reader.name}</th>
            <Cell label=t::username(l) breaks=true obvious=true>{mail_address(reader.username)}</Cell>
            <Cell label=t::state(l) obvious=true>{state(l, reader.state)}</Cell>
            <Cell label=t::when(l)>{reader.at.map(|at| at.date_and_time(l))}</Cell>
        </tr>
    }
}

fn state(l: Language, copy: mailing::Copy) -> AnyView {
    let (label, tone) = match copy {
        mailing::Copy::Waiting => (t::reader_waiting(l), Tone::Info),
        mailing::Copy::Sent => (t::reader_sent(l), Tone::Success),
        mailing::Copy::Failed => (t::reader_failed(l), Tone::Danger),
        mailing::Copy::Dropped => (t::reader_dropped(l), Tone::Neutral),
    };
    view! { <Badge label tone/> }.into_any()
}

/// The page of the table that is shown.
#[derive(Clone, PartialEq, Eq)]
struct Part {
    page: u32,
    pages: u32,
    rows: usize,
    found: u32,
}

impl Part {
    fn of(newsletter: &NewsletterPage) -> Self {
        let NewsletterPage { page, pages, readers, progress, .. } = newsletter;
        Self { page: *page, pages: *pages, rows: readers.len(), found: progress.known() }
    }
}

/// Nothing, where one page holds all.
fn pager(l: Language, part: Part) -> Option<AnyView> {
    let Part { page, pages, rows, found } = part;
    let from = (page - 1) * PAGE_SIZE + 1;
    let to = from + u32::try_from(rows).unwrap_or_default() - 1;
    let info = u::found(l, from, to, found);
    let to_page = |number: u32| format!("?page={number}#{PLACE}");
    let previous = (page > 1).then(|| to_page(page - 1));
    let next = (page < pages).then(|| to_page(page + 1));
    (pages > 1)
        .then(|| view! { <Pager label=u::pages(l) info previous previous_text=u::previous(l) next next_text=u::next(l)/> }.into_any())
}
