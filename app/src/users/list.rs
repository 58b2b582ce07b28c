//! `/company/{number}/users`: search, filter, order and page stand in the address; what is ticked does not.

use super::{
    api::{self, ChangeChosen, ListedUsers},
    chosen::ChosenBar,
    mail::{MailAgain, mail_sent},
    status::StatusBadge,
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, users as t},
    ui::*,
};
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
    // Both outlive what is loaded: turning the page keeps what is ticked, and an answer stays until the next.
    let selection = Selection::new();
    let action = ServerAction::<ChangeChosen>::new();
    let mail = mail_sent(params, FormState::of(action));
    effect(move || {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
            selection.clear();
        }
    });
    follow(
        move || (number.get(), query.get()),
        move || {
            changes.track();
            action.version().track();
            // A memo that is only tracked is never worked out.
            mail.get();
        },
        // Not in the key: the answer would draw everything anew, and the notice with the focus.
        move |(number, query)| api::list_users(number, query, mail.get_untracked()),
        move |listed| view! { <ListContent listed query=query.get_untracked() selection action/> }.into_any(),
    )
}

/// What can't be read counts as not said.
pub(crate) fn read_query(params: &ParamsMap) -> UsersQuery {
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
    let mut params = ParamsMap::new();
    let status = query.status.map_or("", StatusKind::key);
    let page = query.page.to_string();
    let sort = order_of(query);
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

/// As the address says it.
fn order_of(query: &UsersQuery) -> String {
    let sign = if query.descending { "-" } else { "" };
    format!("{sign}{}", query.sort.key())
}

/// Which list, which order and which page a form was sent from.
#[cfg(feature = "ssr")]
pub(super) fn read_place(query: &str) -> UsersQuery {
    read_query(&form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value)).collect())
}

/// The same as the beginning of the query that leads back there, to be followed by more. Nothing else that was sent gets into the address.
#[cfg(feature = "ssr")]
pub(super) fn place(query: &str) -> String {
    match address(&read_place(query)).as_str() {
        "?" => String::new(),
        place => format!("{}&", place.trim_start_matches('?')),
    }
}

#[component]
fn ListContent(listed: Signal<ListedUsers>, query: UsersQuery, selection: Selection, action: ServerAction<ChangeChosen>) -> impl IntoView {
    let l = language();
    let mail = Memo::new(move |_| listed.read().mail);
    // How far the mail is draws no row anew.
    let page: Signal<UsersPage> = Memo::new(move |_| listed.read().page.clone()).into();
    let form = FormState::of(action);
    let base = format!("/company/{}/users", page.read_untracked().company);
    let actions = {
        let (new, export) = (format!("{base}/new"), format!("{base}.csv{}", address(&query)));
        let may_add = page.read_untracked().may_add.is_ok();
        move || {
            view! {
                // The router would look for a page there.
                <LinkButton href=export kind=Kind::Quiet attr:rel="external">{t::export(l)}</LinkButton>
                {may_add.then(|| view! { <LinkButton href=new kind=Kind::Primary glyph=Glyph::Plus>{t::add_user(l)}</LinkButton> })}
            }
        }
    };
    let why_not = page.read_untracked().may_add.as_ref().err().map(|refusal| texts::of_refusal(l, refusal));
    let filtered = !query.search.is_empty() || query.status.is_some();
    let is_empty = Memo::new(move |_| page.read().rows.is_empty());
    let (params, errors) = (use_query_map(), form.errors());
    let said = Memo::new(move |_| errors.read().is_empty().then(|| done(l, &params.read())).flatten());
    let answers = Memo::new(move |_| action.version().get());
    view! {
        <Title text=form.title(texts::users(l))/>
        <PageHeader title=texts::users(l) lead=t::lead(l) actions/>
        {why_not.map(|why| view! { <Notice tone=Tone::Info still=true>{why}</Notice> })}
        <ErrorSummary title=texts::error_title(l) errors/>
        <Done text=said answers/>
        <MailAgain mail/>
        <Filter query=query.clone()/>
        {move || match (is_empty.get(), filtered) {
            (true, true) => {
                let base = base.clone();
                view! {
                    <EmptyState title=t::nobody_found_title(l) text=t::nobody_found_text(l) glyph=Glyph::Search
                        actions=move || view! { <LinkButton href=base>{t::show_everybody(l)}</LinkButton> }/>
                }.into_any()
            }
            (true, false) => view! { <EmptyState title=t::nobody_title(l) text=t::nobody_text(l) glyph=Glyph::Users/> }.into_any(),
            (false, _) => view! { <UsersTable page base=base.clone() query=query.clone() selection action/> }.into_any(),
        }}
    }
}

/// What was just done. Only names of deeds and a number are read from the address.
fn done(l: Language, query: &ParamsMap) -> Option<String> {
    let count = query.get("count").and_then(|count| count.parse::<u32>().ok())?;
    let text = match (query.get("notice").as_deref()?, count) {
        ("blocked", 1) => t::was_blocked(l).to_owned(),
        ("blocked", _) => t::were_blocked(l, count),
        ("resent", 1) => t::was_resent(l).to_owned(),
        ("resent", _) => t::were_resent(l, count),
        ("removed", 1) => t::was_removed(l).to_owned(),
        ("removed", _) => t::were_removed(l, count),
        _ => return None,
    };
    Some(text)
}

#[component]
fn Filter(query: UsersQuery) -> impl IntoView {
    let l = language();
    let mut statuses = vec![(String::new(), t::any_status(l).to_owned())];
    statuses.extend(StatusKind::ALL.map(|kind| (kind.key().to_owned(), t::status_kind(l, kind).to_owned())));
    let order = Some(order_of(&query)).filter(|order| order != SortBy::default().key());
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
fn UsersTable(
    page: Signal<UsersPage>,
    base: String,
    query: UsersQuery,
    selection: Selection,
    action: ServerAction<ChangeChosen>,
) -> impl IntoView {
    let l = language();
    let (filter, part) = (UsersQuery { sort: SortBy::default(), descending: false, page: 1, ..query.clone() }, address(&query));
    let show = {
        let filter = address(&filter);
        move || {
            let page = page.read();
            let ids = page.rows.iter().map(|row| row.id.to_string()).collect();
            selection.show(Shown { filter: filter.clone(), part: part.clone(), ids, found: page.found });
        }
    };
    show();
    effect(show);
    let head = {
        let query = query.clone();
        move || {
            let sorted = |by: SortBy, label: &'static str| sort_header(&query, by, label);
            view! {
                <SelectHeader selection label=t::select_page(l)/>
                {sorted(SortBy::Name, t::name(l))}
                {sorted(SortBy::Username, t::username(l))}
                {sorted(SortBy::Role, t::role(l))}
                {sorted(SortBy::Status, t::status(l))}
                <Header label=t::licences(l)/>
            }
        }
    };
    let company = page.read_untracked().company;
    let place = address(&query).trim_start_matches('?').to_owned();
    view! {
        <ActionForm action attr:class="stack">
            <input type="hidden" name="company" value=company.0/>
            <input type="hidden" name="list" value=place.clone()/>
            <Card flush=true>
                <DataTable label=texts::users(l) sort_by=t::sort_by(l) head>
                    // A row that did not change keeps its place in the page, and the focus in it.
                    <For each=move || page.get().rows key=UserRow::clone let:row>{user_row(l, &base, row, selection)}</For>
                </DataTable>
            </Card>
            <ChosenBar selection action page place/>
        </ActionForm>
        {move || pager(l, &page.read(), &query)}
    }
}

fn pager(l: Language, page: &UsersPage, query: &UsersQuery) -> AnyView {
    if page.pages == 1 {
        return view! { <p class="muted small">{t::everybody_of(l, page.found, page.total)}</p> }.into_any();
    }
    let from = (page.page - 1) * PAGE_SIZE + 1;
    let info = t::found(l, from, from + u32::try_from(page.rows.len()).unwrap_or_default() - 1, page.found);
    let to_page = |number: u32| address(&UsersQuery { page: number, ..query.clone() });
    let previous = (page.page > 1).then(|| to_page(page.page - 1));
    let next = (page.page < page.pages).then(|| to_page(page.page + 1));
    view! { <Pager label=t::pages(l) info previous previous_text=t::previous(l) next next_text=t::next(l)/> }.into_any()
}

/// Choosing the column that orders already turns the order around.
fn sort_header(query: &UsersQuery, by: SortBy, label: &'static str) -> impl IntoView + use<> {
    let chosen = query.sort == by;
    let turned = UsersQuery { sort: by, descending: chosen && !query.descending, page: 1, ..query.clone() };
    let direction = chosen.then_some(if query.descending { Direction::Descending } else { Direction::Ascending });
    view! { <SortHeader label href=address(&turned) direction/> }
}

fn user_row(l: Language, base: &str, row: UserRow, selection: Selection) -> impl IntoView + use<> {
    let href = format!("{base}/{}", row.id);
    view! {
        <tr>
            <SelectCell selection id=row.id.to_string() name="ids[]" label=t::select(l, &row.name)/>
            <th scope="row"><a href=href>{row.name}</a></th>
            <Cell label=t::username(l) breaks=true obvious=true>{mail_address(row.username)}</Cell>
            <Cell label=t::role(l) obvious=true>{texts::role(l, row.role)}</Cell>
            <Cell label=t::status(l) obvious=true><StatusBadge status=row.status/></Cell>
            <Cell label=t::licences(l)>{t::names_of_licences(l, &row.licences)}</Cell>
        </tr>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_where_it_was_sent_from() {
        assert_eq!([place(""), place("page=1&sort=name")], ["", ""]);
        let query = read_place("search=j%C3%B6rg&status=blocked&sort=-status&page=3&notice=removed&count=9");
        assert_eq!((query.search.as_str(), query.page, query.descending), ("jörg", 3, true));
        let back = place(address(&query).trim_start_matches('?'));
        assert_eq!(read_place(&back), query);
        assert!(back.ends_with('&') && !back.contains("notice"), "{back}");
    }
}
