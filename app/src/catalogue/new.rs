//! `/provider/products/new` (O2).

use super::{
    api::{self, CreateProduct},
    edit::ProductFields,
};
use crate::{
    forms::FormState,
    language::language,
    load::load,
    prelude::*,
    texts::{self, catalogue as t},
    ui::*,
};
use shared::products::{ProductForm, SupplierRow};

#[component]
pub(crate) fn NewProductPage() -> impl IntoView {
    let suppliers = Resource::new(|| (), |()| api::list_suppliers());
    load(suppliers, |suppliers| view! { <NewProduct suppliers/> }.into_any())
}

#[component]
fn NewProduct(suppliers: Vec<SupplierRow>) -> impl IntoView {
    let l = language();
    let action = ServerAction::<CreateProduct>::new();
    let form = FormState::of(action);
    view! {
        <Title text=form.title(t::add_product(l))/>
        <PageHeader title=t::add_product(l) lead=t::add_lead(l) back_label=t::products(l) back_href="/provider/products"/>
        <ErrorSummary title=texts::error_title(l) errors=form.errors()/>
        <ActionForm action attr:novalidate=true attr:class="form">
            <ProductFields form start=ProductForm::default() suppliers/>
            <div class="form-actions">
                <Button pending=form.pending>{t::save(l)}</Button>
                <LinkButton href="/provider/products" kind=Kind::Quiet>{t::cancel(l)}</LinkButton>
            </div>
        </ActionForm>
    }
}
