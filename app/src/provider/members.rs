//! A company's page: its people. Search and page stand in the address.

use super::{
    api::UnlockMember,
    paging::{self, Part, pager},
};
use crate::{
    language::language,
    prelude::*,
    texts::{self, provider as t, users as u},
    ui::*,
    users::StatusBadge,
};
use leptos_router::hooks::use_query_map;
use shared::{
    CompanyNumber,
    users::{PAGE_SIZE, StatusKind, UserRow, UsersPage, UsersQuery},
};

const PLACE: &str = "members";

/// What can't be read counts as not said.
pub(super) fn query_of_page() -> Memo<UsersQuery> {
    let params = use_query_map();
    Memo::new(move |_| {
        let (search, page) = paging::read(&params.read());
        UsersQuery { search, page, ..UsersQuery::default() }
    })
}

/// Going to another search or page leads to the top of this page, and the list is far down. What was said there comes first.
pub(super) fn keep_in_sight(query: Memo<UsersQuery>) {
    let params = use_query_map();
    let mut shown = query.get_untracked();
    effect(move || {
        let now = query.get();
        if now != shown {
            shown = now;
            if params.read_untracked().get("notice").is_none() {
                request_animation_frame(|| dom::focus(PLACE));
            }
        }
    });
}

#[component]
pub(super) fn MembersCard(page: Signal<UsersPage>, search: String, action: ServerAction<UnlockMember>) -> impl IntoView {
    let l = language();
    view! {
        <Card id=PLACE title=t::members(l) flush=true attr:tabindex="-1">
            <Members page search action/>
        </Card>
    }
}

#[component]
fn Members(page: Signal<UsersPage>, search: String, action: ServerAction<UnlockMember>) -> impl IntoView {
    let l = language();
    let is_empty = Memo::new(move |_| page.read().rows.is_empty());
    let (searched, typed) = (!search.trim().is_empty(), search.clone());
    let everybody = format!("/provider/companies/{}#{PLACE}", page.read_untracked().company);
    view! {
        <Toolbar label=t::search_members(l)>
            <SearchField name="search" label=t::search_members(l) value=typed/>
            <Button kind=Kind::Secondary>{u::search_button(l)}</Button>
        </Toolbar>
        {move || match (is_empty.get(), searched) {
            (true, true) => {
                let everybody = everybody.clone();
                view! {
                    <EmptyState title=u::nobody_found_title(l) text=t::nobody_found_text(l) glyph=Glyph::Search
                        actions=move || view! { <LinkButton href=everybody>{u::show_everybody(l)}</LinkButton> }/>
                }.into_any()
            }
            (true, false) => view! { <EmptyState title=u::nobody_title(l) text=t::nobody_text(l) glyph=Glyph::Users/> }.into_any(),
            (false, _) => view! { <MembersTable page search=search.clone() action/> }.into_any(),
        }}
    }
}

#[component]
fn MembersTable(page: Signal<UsersPage>, search: String, action: ServerAction<UnlockMember>) -> impl IntoView {
    let l = language();
    let company = page.read_untracked().company;
    let head = move || {
        view! {
            <Header label=u::name(l)/>
            <Header label=u::username(l)/>
            <Header label=u::role(l)/>
            <Header label=u::status(l)/>
            <Header label=u::unlock(l) hidden=true/>
        }
    };
    let count = move || page.with(|page| (page.pages == 1).then(|| u::everybody_of(l, page.found, page.total)));
    let pager = move || {
        page.with(|page| {
            let part = Part { page: page.page, pages: page.pages, rows: page.rows.len(), size: PAGE_SIZE, found: page.found };
            pager(l, &part, &search, &format!("#{PLACE}"))
        })
    };
    view! {
        {move || count().map(|count| view! { <p class="muted small">{count}</p> })}
        <DataTable label=t::members(l) head>
            // A row that did not change keeps its place in the page, and the focus in it.
            <For each=move || page.get().rows key=UserRow::clone let:row><Member company row action/></For>
        </DataTable>
        {pager}
    }
}

#[component]
fn Member(company: CompanyNumber, row: UserRow, action: ServerAction<UnlockMember>) -> impl IntoView {
    let l = language();
    let id = row.id.to_string();
    let name_id = format!("member-{id}");
    let unlock = (row.status.kind == StatusKind::Locked).then(|| {
        let (described_by, sent) = (name_id.clone(), id.clone());
        let pending = Signal::derive(move || action.is_sending("id", &sent));
        view! {
            <ActionForm action>
                <input type="hidden" name="company" value=company.0/>
                <input type="hidden" name="id" value=id/>
                <Button kind=Kind::Secondary small=true pending attr:aria-describedby=described_by>{u::unlock(l)}</Button>
            </ActionForm>
        }
    });
    view! {
        <tr>
            <th scope="row"><span id=name_id>{row.name}</span></th>
            <Cell label=u::username(l) breaks=true obvious=true>{mail_address(row.username)}</Cell>
            <Cell label=u::role(l) obvious=true>{texts::role(l, row.role)}</Cell>
            <Cell label=u::status(l) obvious=true><StatusBadge status=row.status/></Cell>
            <Cell label=u::unlock(l) actions=true>{unlock}</Cell>
        </tr>
    }
}
