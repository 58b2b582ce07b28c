//! What a product is, the same when it is made and when it is changed (O2).

use super::api::SaveProduct;
use crate::{
    forms::FormState,
    language::language,
    prelude::*,
    texts::{self, catalogue as t},
    ui::*,
};
use shared::{
    FieldName, ProductId,
    products::{ProductForm, ProductPage, SupplierRow},
};

#[component]
pub(super) fn EditCard(id: ProductId, product: Signal<ProductPage>, action: ServerAction<SaveProduct>) -> impl IntoView {
    let l = language();
    // Drawn anew only when somebody changed just that: what is being typed stays.
    let start = Memo::new(move |_| product.with(start));
    view! {
        <Card id="details" title=t::details(l)>
            {move || {
                let (start, suppliers) = start.get();
                view! { <EditForm id start suppliers action/> }
            }}
        </Card>
    }
}

/// What the form begins with, and the suppliers to choose from.
fn start(product: &ProductPage) -> (ProductForm, Vec<SupplierRow>) {
    let form = ProductForm {
        product_name: product.name.clone(),
        about: product.about.clone(),
        supplier: product.supplier.map(|supplier| supplier.to_string()).unwrap_or_default(),
    };
    (form, product.suppliers.clone())
}

#[component]
fn EditForm(id: ProductId, start: ProductForm, suppliers: Vec<SupplierRow>, action: ServerAction<SaveProduct>) -> impl IntoView {
    let l = language();
    let form = FormState::of(action);
    view! {
        <ActionForm action attr:novalidate=true attr:class="form">
            <input type="hidden" name="id" value=id.to_string()/>
            <ProductFields form start suppliers/>
            <div class="form-actions"><Button pending=form.pending>{t::save(l)}</Button></div>
        </ActionForm>
    }
}

#[component]
pub(super) fn ProductFields(form: FormState, start: ProductForm, suppliers: Vec<SupplierRow>) -> impl IntoView {
    let l = language();
    let mut choices = vec![(String::new(), t::no_supplier(l).to_owned())];
    choices.extend(suppliers.into_iter().map(|supplier| (supplier.id.to_string(), supplier.name)));
    view! {
        <TextField
            name=FieldName::ProductName.html()
            label=t::product_name(l)
            value=form.kept(FieldName::ProductName).unwrap_or(start.product_name)
            error=form.error(FieldName::ProductName)
            autocomplete="off"
            required=true
        />
        <TextArea
            name=FieldName::About.html()
            label=t::about(l)
            optional_word=texts::optional(l)
            hint=t::about_hint(l)
            value=form.kept(FieldName::About).unwrap_or(start.about)
            error=form.error(FieldName::About)
        />
        <Select
            name=FieldName::Supplier.html()
            label=t::supplier(l)
            hint=t::supplier_hint(l)
            options=choices
            selected=form.kept(FieldName::Supplier).unwrap_or(start.supplier)
            error=form.error(FieldName::Supplier)
        />
    }
}
