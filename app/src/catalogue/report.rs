//! `/provider/suppliers/report`: who has to be reported to a supplier (L5). Which supplier stands in the address.

use super::api::{self, Report};
use crate::{
    language::language,
    load::load,
    prelude::*,
    texts::{self, catalogue as t, countries},
    ui::*,
};
use leptos_router::hooks::use_query_map;
use shared::{
    SupplierId,
    fields::{Country, Language},
    licences::ToReport,
};

#[component]
pub(crate) fn ReportPage() -> impl IntoView {
    let query = use_query_map();
    // What can't be read counts as not said.
    let supplier = Memo::new(move |_| query.read().get("supplier").and_then(|id| id.parse::<SupplierId>().ok()));
    let chosen = move || supplier.get().map(|supplier| supplier.to_string()).unwrap_or_default();
    let report = Resource::new(chosen, api::read_report);
    load(report, move |report| view! { <ReportContent report chosen=untrack(chosen)/> }.into_any())
}

#[component]
fn ReportContent(report: Report, chosen: String) -> impl IntoView {
    let l = language();
    let mut suppliers = vec![(String::new(), t::all_suppliers(l).to_owned())];
    suppliers.extend(report.suppliers.into_iter().map(|supplier| (supplier.id.to_string(), supplier.name)));
    let query = if chosen.is_empty() { String::new() } else { format!("?supplier={chosen}") };
    let file = format!("/provider/suppliers/report.csv{query}");
    let some = !report.people.is_empty();
    // `rel`: the router would look for a page there.
    let actions = move || some.then(|| view! { <LinkButton href=file attr:rel="external">{t::export(l)}</LinkButton> });
    let list = if some {
        view! { <ReportTable people=report.people/> }.into_any()
    } else {
        view! { <EmptyState title=t::nobody_title(l) text=t::nobody_text(l) glyph=Glyph::Users/> }.into_any()
    };
    view! {
        <Title text=t::report_title(l)/>
        <PageHeader title=t::report_title(l) lead=t::report_lead(l) back_label=t::suppliers(l) back_href="/provider/suppliers" actions/>
        <Toolbar label=t::supplier(l)>
            <Select name="supplier" label=t::supplier(l) options=suppliers selected=chosen short=true/>
            <Button kind=Kind::Secondary>{t::show(l)}</Button>
        </Toolbar>
        {list}
    }
}

#[component]
fn ReportTable(people: Vec<ToReport>) -> impl IntoView {
    let l = language();
    let head = move || {
        view! {
            <Header label=t::name(l)/>
            <Header label=t::username(l)/>
            <Header label=t::country(l)/>
            <Header label=texts::company(l)/>
            <Header label=t::product(l)/>
            <Header label=t::supplier(l)/>
            <Header label=t::since(l)/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::report_title(l) head>{people.into_iter().map(|row| report_row(l, row)).collect_view()}</DataTable>
        </Card>
    }
}

fn report_row(l: Language, row: ToReport) -> impl IntoView + use<> {
    let company = format!("/provider/companies/{}", row.company);
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <Cell label=t::username(l) breaks=true obvious=true>{mail_address(row.username)}</Cell>
            <Cell label=t::country(l)>{country(l, row.country.as_deref())}</Cell>
            <Cell label=texts::company(l)><a href=company>{row.company_name}</a></Cell>
            <Cell label=t::product(l)>{row.product}</Cell>
            <Cell label=t::supplier(l)>{row.supplier.unwrap_or_else(|| t::no_supplier(l).to_owned())}</Cell>
            <Cell label=t::since(l)><time datetime=row.since.machine()>{row.since.date(l)}</time></Cell>
        </tr>
    }
}

/// By its name; nothing where none is known.
pub(crate) fn country(l: Language, code: Option<&str>) -> &'static str {
    code.and_then(|code| Country::parse(code).ok()).map_or("", |country| countries::name(l, country))
}
