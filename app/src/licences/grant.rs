//! `/provider/companies/{number}/licences/new` (L1).

use super::{
    api::{self, GrantForm, GrantLicence},
    fields::TermsFields,
};
use crate::{
    forms::FormState,
    home::company_number,
    language::language,
    load::load,
    prelude::*,
    texts::{self, licences as t, users as u},
    ui::*,
};
use shared::{FieldName, licences::LicenceForm};

#[component]
pub(crate) fn GrantPage() -> impl IntoView {
    let number = company_number();
    let start = Resource::new(move || number.get(), api::read_grant_form);
    load(start, |start| view! { <GrantContent start/> }.into_any())
}

#[component]
fn GrantContent(start: GrantForm) -> impl IntoView {
    let l = language();
    let action = ServerAction::<GrantLicence>::new();
    let form = FormState::of(action);
    let (back, company_name) = (format!("/provider/companies/{}", start.company), start.company_name.clone());
    let content = if start.products.is_empty() {
        view! {
            <EmptyState title=t::no_product_title(l) text=t::no_product_text(l) glyph=Glyph::File
                actions=|| view! { <LinkButton href="/provider/products">{t::to_products(language())}</LinkButton> }/>
        }
        .into_any()
    } else {
        view! { <GrantFields start back=back.clone() action/> }.into_any()
    };
    view! {
        <Title text=form.title(t::add_licence(l))/>
        <PageHeader title=t::add_licence(l) lead=t::add_lead(l) back_label=company_name back_href=back/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        {content}
    }
}

#[component]
fn GrantFields(start: GrantForm, back: String, action: ServerAction<GrantLicence>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    let choose = (String::new(), t::choose_product(l).to_owned());
    let products: Vec<Choice> =
        std::iter::once(choose).chain(start.products.into_iter().map(|(id, name)| (id.to_string(), name))).collect();
    let terms = LicenceForm { valid_from: start.today.machine_date(), ..LicenceForm::default() };
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="number" value=start.company.0/>
            <Select
                name=FieldName::Product.html()
                label=t::product(l)
                options=products
                selected=form.kept(FieldName::Product)
                error=form.error(FieldName::Product)
                required=true
            />
            <TermsFields form start=terms/>
            <div class="form-actions">
                <Button pending=form.pending>{t::save(l)}</Button>
                <LinkButton href=back kind=Kind::Quiet>{u::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
}
