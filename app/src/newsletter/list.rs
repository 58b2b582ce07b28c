//! `/provider/newsletter` (P5).

use super::{api, progress};
use crate::{language::language, live, load::follow, prelude::*, texts::newsletter as t, ui::*};
use leptos_router::hooks::use_query_map;
use shared::{NewsletterId, fields::Language, newsletter};

#[component]
pub(crate) fn NewslettersPage() -> impl IntoView {
    let changes = live::newsletter_changes();
    follow(|| (), move || changes.track(), |()| api::list_newsletters(), |page| view! { <ListContent page/> }.into_any())
}

#[component]
fn ListContent(page: Signal<newsletter::NewslettersPage>) -> impl IntoView {
    let l = language();
    let is_empty = Memo::new(move |_| page.read().lines.is_empty());
    let subscribers = Memo::new(move |_| page.read().subscribers);
    let lead = Signal::derive(move || Some(so_many_subscribed(l, subscribers.get())));
    let actions =
        move || view! { <LinkButton href="/provider/newsletter/new" kind=Kind::Primary glyph=Glyph::Plus>{t::new(l)}</LinkButton> };
    view! {
        <Title text=t::newsletter(l)/>
        <PageHeader title=t::newsletter(l) lead actions/>
        <DeletedNotice/>
        {move || if is_empty.get() {
            view! { <EmptyState title=t::none_title(l) text=t::none_text(l) glyph=Glyph::Mail/> }.into_any()
        } else {
            view! { <NewslettersTable page/> }.into_any()
        }}
    }
}

fn so_many_subscribed(l: Language, people: u32) -> String {
    match people {
        0 => t::nobody_subscribed(l).to_owned(),
        1 => t::one_subscribed(l).to_owned(),
        people => t::so_many_subscribed(l, people),
    }
}

/// One is deleted on its own page, which leads here.
#[component]
fn DeletedNotice() -> impl IntoView {
    let l = language();
    let query = use_query_map();
    let deleted = move || query.read().get("notice").as_deref() == Some("deleted");
    move || deleted().then(|| view! { <Notice tone=Tone::Success>{t::deleted(l)}</Notice> })
}

#[component]
fn NewslettersTable(page: Signal<newsletter::NewslettersPage>) -> impl IntoView {
    let l = language();
    let ids = move || page.with(|page| page.lines.iter().map(|line| line.id).collect::<Vec<_>>());
    let head = move || {
        view! {
            <Header label=t::subject(l)/>
            <Header label=t::changed(l)/>
            <Header label=t::state(l)/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::newsletters(l) head>
                // While one is sent it changes every second: its row keeps its place in the page, and the focus in it.
                <For each=ids key=|id| *id let:id><Line id page/></For>
            </DataTable>
        </Card>
    }
}

#[component]
fn Line(id: NewsletterId, page: Signal<newsletter::NewslettersPage>) -> impl IntoView {
    let l = language();
    let line = Memo::new(move |_| page.with(|page| page.lines.iter().find(|line| line.id == id).cloned()));
    let subject = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.subject.clone())));
    let changed = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.changed)));
    let state = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| (line.stage, line.sent, line.progress))));
    view! {
        <tr>
            <th scope="row"><a href=format!("/provider/newsletter/{id}") lang=Language::English.code()>{move || subject.get()}</a></th>
            <Cell label=t::changed(l)>{move || changed.get().map(|changed| changed.date_and_time(l))}</Cell>
            <Cell label=t::state(l)>{move || state.get().map(|(stage, sent, so_far)| progress::in_a_row(l, stage, sent, so_far))}</Cell>
        </tr>
    }
}
