//! `/company/{number}/documents`: what is searched stands in the address, and what is found follows the typing.

use super::{
    api::{self, SaveRequestText},
    request_text::{RequestTextCard, SavedNotice},
    searching::{follow_typing, search_of_page},
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    load::follow,
    prelude::*,
    texts::{self, documents as t},
    ui::*,
};
use shared::{
    documents::{DocumentRow, DocumentStatus, DocumentsPage as Found},
    fields::Language,
};

#[component]
pub(crate) fn DocumentsPage() -> impl IntoView {
    let number = company_number();
    let search = search_of_page();
    let save = ServerAction::<SaveRequestText>::new();
    follow(
        // Another search asks again, and draws only what it finds: not the field that somebody types in.
        move || (number.get(), search.get_untracked()),
        move || {
            search.track();
            save.version().track();
        },
        |(number, search)| api::search_documents(number, search),
        move |found| view! { <DocumentsContent found search save/> }.into_any(),
    )
}

#[component]
fn DocumentsContent(found: Signal<Found>, search: Memo<String>, save: ServerAction<SaveRequestText>) -> impl IntoView {
    let l = language();
    let form = FormState::of(save);
    let company = found.read_untracked().company;
    let request_text = Memo::new(move |_| found.read().request_text.clone());
    view! {
        <Title text=form.title(t::title(l))/>
        <PageHeader title=t::title(l) lead=t::lead(l)/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <SavedNotice form/>
        <SearchBox search/>
        <Results found search/>
        {move || request_text.get().map(|text| view! { <RequestTextCard company text save/> })}
    }
}

/// A form for whoever has no JavaScript; for others it is enough to type.
#[component]
fn SearchBox(search: Memo<String>) -> impl IntoView {
    let l = language();
    let typed = RwSignal::new(search.get_untracked());
    follow_typing(typed, search);
    view! {
        <Toolbar label=t::search(l)>
            <SearchField name="search" label=t::search(l) bind=typed/>
            <Button kind=Kind::Secondary>{t::search_button(l)}</Button>
        </Toolbar>
    }
}

#[component]
fn Results(found: Signal<Found>, search: Memo<String>) -> impl IntoView {
    let l = language();
    let company = found.read_untracked().company;
    let is_empty = Memo::new(move |_| found.read().rows.is_empty());
    let said = Memo::new(move |_| found.with(|found| t::found(l, found.rows.len(), found.more)));
    let base = format!("/company/{company}/documents");
    view! {
        // Stays where it is, so that a change of it is announced.
        <p class="muted small" role="status">{said}</p>
        {move || {
            let base = base.clone();
            match (is_empty.get(), search.read().trim().is_empty()) {
                (true, true) => view! { <EmptyState title=t::none_title(l) text=t::none_text(l) glyph=Glyph::File/> }.into_any(),
                (true, false) => view! {
                    <EmptyState title=t::none_found_title(l) text=t::none_found_text(l) glyph=Glyph::Search
                        actions=move || view! { <LinkButton href=base>{t::show_all(l)}</LinkButton> }/>
                }.into_any(),
                (false, _) => view! { <DocumentsTable found base/> }.into_any(),
            }
        }}
    }
}

#[component]
fn DocumentsTable(found: Signal<Found>, base: String) -> impl IntoView {
    let l = language();
    let head = move || {
        view! {
            <Header label=t::number(l)/>
            <Header label=t::document_title(l)/>
            <Header label=t::language(l)/>
            <Header label=t::status(l)/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::title(l) head>
                // A row that did not change keeps its place in the page, and the focus in it.
                <For each=move || found.get().rows key=DocumentRow::clone let:row>{document_row(l, &base, row)}</For>
            </DataTable>
        </Card>
    }
}

fn document_row(l: Language, base: &str, row: DocumentRow) -> impl IntoView + use<> {
    let href = format!("{base}/{}", row.id);
    view! {
        <tr>
            <th scope="row"><a href=href>{row.number}</a></th>
            <Cell label=t::document_title(l)>{row.title}</Cell>
            <Cell label=t::language(l) obvious=true>{t::language_name(l, &row.language)}</Cell>
            <Cell label=t::status(l) obvious=true>{status_badge(l, row.status)}</Cell>
        </tr>
    }
}

/// Colour is never alone: the words say it.
pub(super) fn status_badge(l: Language, status: DocumentStatus) -> AnyView {
    let tone = match status {
        DocumentStatus::Current => Tone::Success,
        DocumentStatus::Withdrawn => Tone::Neutral,
    };
    view! { <Badge label=t::status_name(l, status) tone/> }.into_any()
}
