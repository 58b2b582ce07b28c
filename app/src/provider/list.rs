//! `/provider/companies`: search and page stand in the address.

use super::{
    api,
    paging::{self, Part, pager},
};
use crate::{
    language::language,
    load::load,
    prelude::*,
    texts::{companies as c, provider as t, users},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    companies::{CompaniesPage, CompaniesQuery, CompanyRow, PAGE_SIZE},
    fields::Language,
};

#[component]
pub(crate) fn CompaniesListPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| {
        let (search, page) = paging::read(&params.read());
        CompaniesQuery { search, page }
    });
    let page = Resource::new(move || query.get(), api::list_companies);
    load(page, move |page| view! { <ListContent page search=query.get_untracked().search/> }.into_any())
}

#[component]
fn ListContent(page: CompaniesPage, search: String) -> impl IntoView {
    let l = language();
    let (searched, typed) = (!search.trim().is_empty(), search.clone());
    let actions =
        move || view! { <LinkButton href="/provider/companies/new" kind=Kind::Primary glyph=Glyph::Plus>{t::add_company(l)}</LinkButton> };
    view! {
        <Title text=t::companies(l)/>
        <PageHeader title=t::companies(l) lead=t::lead(l) actions/>
        <Toolbar label=t::search(l)>
            <SearchField name="search" label=t::search(l) value=typed/>
            <Button kind=Kind::Secondary>{users::search_button(l)}</Button>
        </Toolbar>
        {match (page.rows.is_empty(), searched) {
            (true, false) => view! { <EmptyState title=t::none_title(l) text=t::none_text(l) glyph=Glyph::Building/> }.into_any(),
            (true, true) => view! {
                <EmptyState title=t::not_found_title(l) text=t::not_found_text(l) glyph=Glyph::Search
                    actions=move || view! { <LinkButton href="/provider/companies">{t::show_all(l)}</LinkButton> }/>
            }.into_any(),
            (false, _) => view! { <CompaniesTable page search/> }.into_any(),
        }}
    }
}

#[component]
fn CompaniesTable(page: CompaniesPage, search: String) -> impl IntoView {
    let l = language();
    let part = Part { page: page.page, pages: page.pages, rows: page.rows.len(), size: PAGE_SIZE, found: page.found };
    let count = if page.found == 1 { t::one_company(l).to_owned() } else { t::so_many_companies(l, page.found) };
    let head = move || {
        view! {
            <Header label=c::name(l)/>
            <Header label=c::number(l)/>
            <Header label=c::domains(l)/>
            <Header label=t::people(l) numeric=true/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::companies(l) head>{page.rows.into_iter().map(|row| company_row(l, row)).collect_view()}</DataTable>
        </Card>
        {pager(l, &part, &search, "").unwrap_or_else(|| view! { <p class="muted small">{count}</p> }.into_any())}
    }
}

fn company_row(l: Language, company: CompanyRow) -> impl IntoView + use<> {
    let href = format!("/provider/companies/{}", company.number);
    view! {
        <tr>
            <th scope="row"><a href=href>{company.name}</a></th>
            <Cell label=c::number(l)>{company.number.0}</Cell>
            <Cell label=c::domains(l) breaks=true>{company.domains.join(", ")}</Cell>
            <Cell label=t::people(l) numeric=true>{company.people}</Cell>
        </tr>
    }
}
