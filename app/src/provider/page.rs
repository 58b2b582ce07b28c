//! `/provider`.

use super::api;
use crate::{
    fault::Fault,
    language::language,
    load::{Bare, FaultPage, load},
    prelude::*,
    session,
    shell::SignedInFrame,
    texts::provider as t,
    ui::*,
};
use leptos_meta::Title;
use shared::{Permit, companies::CompanyRow};

#[component]
pub(crate) fn ProviderPage() -> impl IntoView {
    let me = Resource::new(|| (), |()| session::read_me());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match me.await {
                    Ok(me) if me.standing.may(Permit::VisitProvider, None).is_ok() => {
                        view! { <SignedInFrame me><Companies/></SignedInFrame> }.into_any()
                    }
                    Ok(me) => {
                        #[cfg(feature = "ssr")]
                        Fault::NotFound.set_status();
                        view! { <SignedInFrame me><FaultPage fault=Fault::NotFound/></SignedInFrame> }.into_any()
                    }
                    Err(fault) => view! { <Bare><FaultPage fault/></Bare> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Companies() -> impl IntoView {
    let companies = Resource::new(|| (), |()| api::list_companies());
    load(companies, |companies| view! { <CompaniesTable companies/> }.into_any())
}

#[component]
fn CompaniesTable(companies: Vec<CompanyRow>) -> impl IntoView {
    let l = language();
    let row = move |company: CompanyRow| {
        view! {
            <tr>
                <th scope="row">{company.name}</th>
                <Cell label=t::number(l)>{company.number.0}</Cell>
                <Cell label=t::domains(l) breaks=true>{company.domains.join(", ")}</Cell>
                <Cell label=t::people(l) numeric=true>{company.people}</Cell>
            </tr>
        }
    };
    let head = move || {
        view! {
            <Header label=t::name(l)/>
            <Header label=t::number(l)/>
            <Header label=t::domains(l)/>
            <Header label=t::people(l) numeric=true/>
        }
    };
    view! {
        <Title text=t::companies(l)/>
        <PageHeader title=t::companies(l) lead=t::lead(l)/>
        {if companies.is_empty() {
            view! { <EmptyState title=t::none_title(l) glyph=Glyph::Building/> }.into_any()
        } else {
            view! { <Card flush=true><DataTable label=t::companies(l) head>{companies.into_iter().map(row).collect_view()}</DataTable></Card> }.into_any()
        }}
    }
}
