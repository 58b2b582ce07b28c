//! `/company/{number}/licences` (L2).

use super::{api, shown};
use crate::{
    home::company_number,
    language::language,
    live,
    load::follow,
    prelude::*,
    texts::{self, licences as t},
    ui::*,
};
use shared::{
    CompanyNumber,
    fields::Language,
    licences::{self, LicenceRow},
    live::Room,
};

#[component]
pub(crate) fn LicencesPage() -> impl IntoView {
    let number = company_number();
    let changes = live::changes(number, Room::Licences);
    follow(move || number.get(), move || changes.track(), api::list_licences, |page| view! { <ListContent page/> }.into_any())
}

#[component]
fn ListContent(page: Signal<licences::LicencesPage>) -> impl IntoView {
    let l = language();
    let company = page.read_untracked().company;
    let is_empty = Memo::new(move |_| page.read().rows.is_empty());
    view! {
        <Title text=t::licences(l)/>
        <PageHeader title=t::licences(l) lead=t::lead(l)/>
        {move || if is_empty.get() {
            view! { <EmptyState title=t::none_title(l) text=t::none_text(l) glyph=Glyph::Key/> }.into_any()
        } else {
            view! { <LicencesTable page company/> }.into_any()
        }}
    }
}

#[component]
fn LicencesTable(page: Signal<licences::LicencesPage>, company: CompanyNumber) -> impl IntoView {
    let l = language();
    let head = move || {
        view! {
            <Header label=t::product(l)/>
            <Header label=t::seats(l)/>
            <Header label=t::valid_until(l)/>
            <Header label=t::company_wide(l)/>
            <Header label=t::in_selection(l)/>
            <Header label=t::open_requests(l)/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::licences(l) head>
                // A row that did not change keeps its place in the page, and the focus in it.
                <For each=move || page.get().rows key=LicenceRow::clone let:row>{licence_row(l, company, row)}</For>
            </DataTable>
        </Card>
    }
}

fn licence_row(l: Language, company: CompanyNumber, row: LicenceRow) -> impl IntoView + use<> {
    let href = format!("/company/{company}/licences/{}", row.id);
    let requests = format!("/company/{company}/requests/licences");
    let yes_or_no = move |yes: bool| if yes { texts::yes(l) } else { texts::no(l) };
    let open = (row.open > 0).then(|| view! { <a href=requests>{t::so_many_open(l, row.open)}</a> });
    view! {
        <tr>
            <th scope="row"><a href=href>{row.product}</a> " " {shown::external(l, &row.terms)}</th>
            <Cell label=t::seats(l)>{shown::seats(l, row.terms.seats, row.used)}</Cell>
            <Cell label=t::valid_until(l)>{shown::valid_until(l, &row.terms)}</Cell>
            <Cell label=t::company_wide(l)>{yes_or_no(row.company_wide)}</Cell>
            // L5: whatever is set.
            <Cell label=t::in_selection(l)>{yes_or_no(row.shown && !row.terms.external)}</Cell>
            <Cell label=t::open_requests(l)>{open.map_or_else(|| t::none(l).into_any(), IntoAny::into_any)}</Cell>
        </tr>
    }
}
