//! `/company/{number}/users`: search, filter, order and page stand in the address.

use super::{api, status::StatusBadge};
use crate::{
    home::company_number,
    language::language,
    live,
    load::load,
    texts::{self, users as t},
    ui::*,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use shared::{
    fields::Language,
    live::Room,
    users::{PAGE_SIZE, SortBy, StatusKind, UserRow, UsersPage, UsersQuery},
};

#[component]
pub(crate) fn UsersListPage() -> impl IntoView {
    let number = company_number();
    let params = use_query_map();
    let query = Memo::new(move |_| read_query(&params.read()));
    let changes = live::changes(number, Room::Users);
    let page = Resource::new(move || (number.get(), query.get(), changes.get()), |(number, query, _)| api::list_users(number, query));
    load(page, move |page| view! { <ListContent page query=query.get_untracked()/> }.into_any())
}

/// What can't be read counts as not said.
fn read_query(params: &ParamsMap) -> UsersQuery {
    let sort = params.get("sort").unwrap_or_default();
    let (descending, key) = sort.strip_prefix('-').map_or((false, sort.as_str()), |key| (true, key));
    UsersQuery {
        search: params.get("search").unwrap_or_default(),
        status: params.get("status").and_then(|key| StatusKind::from_key(&key)),
        sort: SortBy::ALL.into_iter().find(|by| by.key() == key).unwrap_or_default(),
        descending,
        page: params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
    }
}

/// The address of the same list, otherwise.
fn address(query: &UsersQuery) -> String {
    let sign = if query.descending { "-" } else { "" };
    let mut params = ParamsMap::new();
    let status = query.status.map_or("", StatusKind::key);
    let page = query.page.to_string();
    let sort = format!("{sign}{}", query.sort.key());
    for (name, value, usual) in
        [("search", query.search.as_str(), ""), ("status", status, ""), ("sort", &sort, "name"), ("page", &page, "1")]
    {
        if value != usual {
            params.insert(name, value.to_owned());
        }
    }
    let search = params.to_query_string();
    if search.is_empty() { "?".into() } else { search }
}

#[component]
fn ListContent(page: UsersPage, query: UsersQuery) -> impl IntoView {
    let l = language();
    let base = format!("/company/{}/users", page.company);
    let new = format!("{base}/new");
    let may_add = page.may_add.is_ok();
    let add = move || {
        let new = new.clone();
        may_add.then(|| view! { <LinkButton href=new kind=Kind::Primary glyph=Glyph::Plus>{t::add_user(l)}</LinkButton> })
    };
    let why_not = page.may_add.as_ref().err().map(|refusal| texts::of_refusal(l, refusal));
    let filtered = !query.search.is_empty() || query.status.is_some();
    view! {
        <Title text=texts::users(l)/>
        <PageHeader title=texts::users(l) lead=t::lead(l) actions=add/>
        {why_not.map(|why| view! { <Notice tone=Tone::Info still=true>{why}</Notice> })}
        <Filter query=query.clone()/>
        {if page.rows.is_empty() && filtered {
            let base = base.clone();
            view! {
                <EmptyState title=t::nobody_found_title(l) text=t::nobody_found_text(l) glyph=Glyph::Search
                    actions=move || view! { <LinkButton href=base>{t::show_everybody(l)}</LinkButton> }/>
            }.into_any()
        } else if page.rows.is_empty() {
            view! { <EmptyState title=t::nobody_title(l) text=t::nobody_text(l) glyph=Glyph::Users/> }.into_any()
        } else {
            view! { <UsersTable page base query/> }.into_any()
        }}
    }
}

#[component]
fn Filter(query: UsersQuery) -> impl IntoView {
    let l = language();
    let mut statuses = vec![(String::new(), t::any_status(l).to_owned())];
    statuses.extend(StatusKind::ALL.map(|kind| (kind.key().to_owned(), t::status_kind(l, kind).to_owned())));
    let order = address(&UsersQuery { sort: query.sort, descending: query.descending, ..UsersQuery::default() });
    let order = order.split_once("sort=").map(|(_, sort)| sort.split('&').next().unwrap_or_default().to_owned());
    view! {
        <Toolbar label=t::search(l)>
            <SearchField name="search" label=t::search(l) value=query.search/>
            <Select name="status" label=t::status(l) options=statuses selected=query.status.map_or("", StatusKind::key).to_owned() short=true/>
            {order.map(|sort| view! { <input type="hidden" name="sort" value=sort/> })}
            <Button kind=Kind::Secondary>{t::search_button(l)}</Button>
        </Toolbar>
    }
}

#[component]
fn UsersTable(page: UsersPage, base: String, query: UsersQuery) -> impl IntoView {
    let l = language();
    let from = (page.page - 1) * PAGE_SIZE + 1;
    let info = t::found(l, from, from + u32::try_from(page.rows.len()).unwrap_or_default() - 1, page.found);
    let to_page = |number: u32| address(&UsersQuery { page: number, ..query.clone() });
    let previous = (page.page > 1).then(|| to_page(page.page - 1));
    let next = (page.page < page.pages).then(|| to_page(page.page + 1));
    let several = page.pages > 1;
    let head = move || {
        let sorted = |by: SortBy, label: &'static str| sort_header(&query, by, label);
        view! {
            {sorted(SortBy::Name, t::name(l))}
            {sorted(SortBy::Username, t::username(l))}
            {sorted(SortBy::Role, t::role(l))}
            {sorted(SortBy::Status, t::status(l))}
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=texts::users(l) head>
                {page.rows.into_iter().map(|row| user_row(l, &base, row)).collect_view()}
            </DataTable>
        </Card>
        {if several {
            view! { <Pager label=t::pages(l) info previous previous_text=t::previous(l) next next_text=t::next(l)/> }.into_any()
        } else {
            view! { <p class="muted small">{t::everybody_of(l, page.found, page.total)}</p> }.into_any()
        }}
    }
}

/// Choosing the column that orders already turns the order around.
fn sort_header(query: &UsersQuery, by: SortBy, label: &'static str) -> impl IntoView + use<> {
    let chosen = query.sort == by;
    let turned = UsersQuery { sort: by, descending: chosen && !query.descending, page: 1, ..query.clone() };
    let direction = chosen.then_some(if query.descending { Direction::Descending } else { Direction::Ascending });
    view! { <SortHeader label href=address(&turned) direction/> }
}

fn user_row(l: Language, base: &str, row: UserRow) -> impl IntoView + use<> {
    let href = format!("{base}/{}", row.id);
    view! {
        <tr>
            <th scope="row"><a href=href>{row.name}</a></th>
            <Cell label=t::username(l) breaks=true>{row.username}</Cell>
            <Cell label=t::role(l)>{texts::role(l, row.role)}</Cell>
            <Cell label=t::status(l)><StatusBadge status=row.status/></Cell>
        </tr>
    }
}
