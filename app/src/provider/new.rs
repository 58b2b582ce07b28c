//! `/provider/companies/new` (O1).

use super::{api::CreateCompany, fields::CompanyFields};
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, companies as c, provider as t, users},
    ui::*,
};
use shared::{companies::CompanyForm, fields::Country};

#[component]
pub(crate) fn NewCompanyPage() -> impl IntoView {
    let l = language();
    let action = ServerAction::<CreateCompany>::new();
    let form = FormState::of(action);
    let start = CompanyForm { country: Country::NETHERLANDS.code().to_owned(), ..CompanyForm::default() };
    view! {
        <Title text=form.title(t::add_company(l))/>
        <PageHeader title=t::add_company(l) lead=t::add_lead(l) back_label=t::companies(l) back_href="/provider/companies"/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form">
            <CompanyFields form start/>
            <div class="form-actions">
                <Button pending=form.pending>{c::save(l)}</Button>
                <LinkButton href="/provider/companies" kind=Kind::Quiet>{users::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
}
