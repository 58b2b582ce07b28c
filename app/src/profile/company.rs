//! `/profile/company`: joining a company (S6).

use super::api::{self, JoinCompany, ToJoin};
use crate::{
    forms::FormState,
    language::language,
    load::load,
    prelude::*,
    texts::{self, profile as t},
    ui::*,
};
use leptos_meta::Title;
use shared::{FieldName, registration::Joinable};

#[component]
pub(crate) fn CompanyPage() -> impl IntoView {
    let companies = Resource::new(|| (), |()| api::list_joinable());
    load(companies, |companies| view! { <CompanyContent companies/> }.into_any())
}

#[component]
fn CompanyContent(companies: ToJoin) -> impl IntoView {
    let l = language();
    let action = ServerAction::<JoinCompany>::new();
    let form = FormState::of(action);
    let lead = match companies.here.as_slice() {
        [] => t::no_company_lead(l).to_owned(),
        here => t::company_lead(l, &here.iter().map(|company| company.name.clone()).collect::<Vec<_>>().join(", ")),
    };
    let content = match (companies.here.is_empty(), companies.companies.is_empty()) {
        (false, _) => view! { <Notice still=true>{t::ask_to_leave(l)}</Notice> }.into_any(),
        (true, true) => {
            view! { <EmptyState title=t::nothing_to_join(l) text=t::nothing_to_join_text(l) glyph=Glyph::Building/> }.into_any()
        }
        (true, false) => view! { <JoinForm form action companies=companies.companies/> }.into_any(),
    };
    view! {
        <Title text=form.title(t::change_company(l))/>
        <PageHeader title=t::change_company(l) lead=lead/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        {content}
    }
}

#[component]
fn JoinForm(form: FormState, action: ServerAction<JoinCompany>, companies: Vec<Joinable>) -> impl IntoView {
    let l = language();
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <CompanyChoice form companies legend=texts::company(l) hint=t::join_hint(l)/>
            <div class="form-actions"><Button pending=form.pending>{t::join_company(l)}</Button></div>
        </ActionForm>
    }
}

/// One of several companies, by name. Where there is only one it is chosen already.
#[component]
pub(crate) fn CompanyChoice(
    form: FormState,
    companies: Vec<Joinable>,
    legend: &'static str,
    #[prop(into, optional)] hint: MaybeProp<String>,
) -> impl IntoView {
    let only = match companies.as_slice() {
        [only] => Some(only.number.to_string()),
        _ => None,
    };
    let options = companies.into_iter().map(|company| (company.number.to_string(), company.name)).collect();
    view! {
        <RadioGroup
            name=FieldName::Company.html()
            legend
            hint
            options
            selected=form.kept(FieldName::Company).or(only)
            error=form.error(FieldName::Company)
            required=true
        />
    }
}
