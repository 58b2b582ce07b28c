//! The people of a licence: those who have access and those who have not are searched, turned and ticked alike. Search and page stand in the
//! address; what is ticked does not.

use crate::{
    fault::Fault,
    language::language,
    prelude::*,
    texts::{licences as t, users as u},
    ui::*,
    users::StatusBadge,
};
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use shared::{
    CompanyNumber,
    fields::Language,
    licences::{LicencePage, PAGE_SIZE, PeopleQuery, UsesRow, Way},
};

/// Where they stand on the page.
pub(super) const PLACE: &str = "people";

/// What can't be read counts as not said.
pub(super) fn query_of_page(without: bool) -> Memo<PeopleQuery> {
    let params = use_query_map();
    Memo::new(move |_| {
        let params = params.read();
        let page = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
        PeopleQuery { search: params.get("search").unwrap_or_default(), without, page }
    })
}

/// The address of the same people, otherwise.
fn address(search: &str, page: u32) -> String {
    let page = page.to_string();
    let said = [("search", search, ""), ("page", &page, "1")].into_iter().filter(|(_, value, usual)| value != usual);
    let query = said.map(|(name, value, _)| (name, value.to_owned())).collect::<ParamsMap>().to_query_string();
    if query.is_empty() { "?".into() } else { query }
}

/// The part of the address that says who is found, to be followed by more.
#[cfg(feature = "ssr")]
pub(super) fn filter_of(search: &str) -> String {
    match address(search, 1).as_str() {
        "?" => String::new(),
        filter => format!("{}&", filter.trim_start_matches('?')),
    }
}

/// Going to another search or page leads to the top of this page, and the list is far down. What was said there comes first.
pub(super) fn keep_in_sight(query: Memo<PeopleQuery>) {
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

/// Nobody stays ticked, and no question stays open, after what was asked is done.
pub(super) fn let_go_when_done(selection: Selection, action: Action<String, Result<(), Fault>>) {
    effect(move || {
        if action.value().with(|answer| matches!(answer, Some(Ok(())))) {
            selection.clear();
            dom::close_popovers();
        }
    });
}

#[component]
pub(super) fn Search(search: String) -> impl IntoView {
    let l = language();
    view! {
        <Toolbar label=t::search(l)>
            <SearchField name="search" label=t::search(l) value=search/>
            <Button kind=Kind::Secondary>{u::search_button(l)}</Button>
        </Toolbar>
    }
}

#[component]
pub(super) fn PeopleTable(page: Signal<LicencePage>, query: PeopleQuery, selection: Selection, label: &'static str) -> impl IntoView {
    let l = language();
    let (company, without) = (page.read_untracked().company, query.without);
    let show = move || selection.show(shown(&page.read(), &query));
    show();
    effect(show);
    let head = move || {
        let access = (!without).then(|| view! { <Header label=t::how(l)/> <Header label=t::since(l)/> });
        view! {
            <SelectHeader selection label=u::select_page(l)/>
            <Header label=u::name(l)/>
            <Header label=u::username(l)/>
            <Header label=u::status(l)/>
            {access}
        }
    };
    view! {
        <Card flush=true>
            <DataTable label head>
                // A row that did not change keeps its place in the page, and the focus in it.
                <For each=move || rows(&page.read(), without) key=Row::clone let:row>{person_row(l, company, row, without, selection)}</For>
            </DataTable>
        </Card>
    }
}

fn shown(page: &LicencePage, query: &PeopleQuery) -> Shown {
    let rows = rows(page, query.without);
    let ids: Vec<String> = rows.iter().filter(|(_, can_be_ticked)| *can_be_ticked).map(|(row, _)| row.id.to_string()).collect();
    // Where some can't be ticked, nobody knows how many of all can.
    let found = if ids.len() == rows.len() { page.found } else { u32::try_from(ids.len()).unwrap_or_default() };
    Shown { filter: query.search.clone(), part: query.page.to_string(), ids, found }
}

/// Somebody, and whether they can be ticked.
type Row = (UsesRow, bool);

/// Who has access only because everybody has (L3) has none of their own to lose.
fn rows(page: &LicencePage, without: bool) -> Vec<Row> {
    let with_all = |row: &UsesRow| page.licence.company_wide && matches!(row.access, None | Some((Way::CompanyWide, _)));
    page.people.iter().map(|row| (row.clone(), without || !with_all(row))).collect()
}

fn person_row(
    l: Language,
    company: CompanyNumber,
    (row, can_be_ticked): Row,
    without: bool,
    selection: Selection,
) -> impl IntoView + use<> {
    let href = format!("/company/{company}/users/{}", row.id);
    let tick = if can_be_ticked {
        view! { <SelectCell selection id=row.id.to_string() name="ids[]" label=u::select(l, &row.name)/> }.into_any()
    } else {
        view! { <td class="select-cell"></td> }.into_any()
    };
    let access = (!without).then(|| {
        let (way, since) = row.access.unzip();
        let since = since.map(|since| view! { <time class="nowrap" datetime=since.machine()>{since.date(l)}</time> });
        view! {
            <Cell label=t::how(l)>{way.map(|way| t::way(l, way))}</Cell>
            <Cell label=t::since(l)>{since}</Cell>
        }
    });
    view! {
        <tr>
            {tick}
            <th scope="row"><a href=href>{row.name}</a></th>
            <Cell label=u::username(l) breaks=true obvious=true>{mail_address(row.username)}</Cell>
            <Cell label=u::status(l) obvious=true><StatusBadge status=row.status/></Cell>
            {access}
        </tr>
    }
}

/// `place` is the part of the page that has the list, such as `#people`.
pub(super) fn pager(l: Language, page: &LicencePage, search: &str, place: &str) -> AnyView {
    if page.pages <= 1 {
        return view! { <p class="muted small">{t::so_many_people(l, page.found)}</p> }.into_any();
    }
    let from = (page.page - 1) * PAGE_SIZE + 1;
    let info = u::found(l, from, from + u32::try_from(page.people.len()).unwrap_or_default() - 1, page.found);
    let to_page = |number: u32| format!("{}{place}", address(search, number));
    let previous = (page.page > 1).then(|| to_page(page.page - 1));
    let next = (page.page < page.pages).then(|| to_page(page.page + 1));
    view! { <Pager label=u::pages(l) info previous previous_text=u::previous(l) next next_text=u::next(l)/> }.into_any()
}
