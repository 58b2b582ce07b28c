//! `/provider/companies/{number}`: one company, and what staff can do for it (O1).

use super::{
    administrators::AdministratorsCard,
    api,
    deeds::{Deeds, DoneNotice},
    edit::EditCard,
    general_account::GeneralAccountCard,
    members::{self, MembersCard},
};
use crate::{
    home::company_number,
    language::language,
    licences::GrantedCard,
    load::follow,
    prelude::*,
    texts::{self, companies as c, history, provider as t},
    ui::*,
};
use shared::{companies::CompanyDetails, fields::Language, licences::GrantedRow, users::UsersPage};

#[component]
pub(crate) fn CompanyPage() -> impl IntoView {
    let number = company_number();
    let query = members::query_of_page();
    let deeds = Deeds::new();
    members::keep_in_sight(query);
    follow(
        move || (number.get(), query.get()),
        move || {
            deeds.answers();
        },
        |(number, query)| api::read_company(number, query),
        move |page| {
            let details = Memo::new(move |_| page.read().company.clone());
            let licences = Memo::new(move |_| page.read().licences.clone());
            let members = Memo::new(move |_| page.read().members.clone());
            let search = query.get_untracked().search;
            view! { <CompanyContent details=details.into() licences members=members.into() search deeds/> }.into_any()
        },
    )
}

#[component]
fn CompanyContent(
    details: Signal<CompanyDetails>,
    licences: Memo<Vec<GrantedRow>>,
    members: Signal<UsersPage>,
    search: String,
    deeds: Deeds,
) -> impl IntoView {
    let l = language();
    let company = details.read_untracked().general.number;
    let name = Memo::new(move |_| details.read().general.name.clone());
    let administrators = Memo::new(move |_| details.read().administrators);
    let account = Memo::new(move |_| details.read().general_account.clone());
    let errors = deeds.errors();
    let title = move || if errors.read().is_empty() { name.get() } else { texts::error_prefix(l, &name.read()) };
    let history_href = format!("/provider/history?company={company}");
    let actions = move || view! { <LinkButton href=history_href kind=Kind::Quiet glyph=Glyph::History>{history::title(l)}</LinkButton> };
    view! {
        <Title text=title/>
        <PageHeader title=name back_label=t::companies(l) back_href="/provider/companies" actions/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice deeds errors administrators/>
        {move || (administrators.get() == 0).then(|| view! { <Notice still=true>{t::no_administrator(l)}</Notice> })}
        <div class="columns">
            <EditCard company details action=deeds.save/>
            <div class="stack">
                <Card id="company" title=c::company(l)>{move || company_facts(l, &details.read())}</Card>
                <AdministratorsCard company administrators action=deeds.appoint/>
                <GeneralAccountCard company account administrators create=deeds.create_general block=deeds.block_general/>
            </div>
        </div>
        <GrantedCard company licences/>
        <MembersCard page=members search action=deeds.unlock/>
    }
}

fn company_facts(l: Language, details: &CompanyDetails) -> AnyView {
    let items = vec![
        fact(c::number(l), view! { <span class="numeric">{details.general.number.0}</span> }),
        fact(t::since(l), details.since.date(l)),
        fact(t::administrators(l), details.administrators),
    ];
    view! { <Facts items/> }.into_any()
}
