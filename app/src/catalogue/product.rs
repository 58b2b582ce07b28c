//! `/provider/products/{id}`: what a product is, its documents, and importing them (O2).

use super::{
    api::{self, SaveProduct},
    documents::{self, DocumentsCard},
    edit::EditCard,
    notice::DoneNotice,
    upload_form::UploadCard,
};
use crate::{
    fault::Fault,
    forms::FormState,
    language::language,
    load::follow,
    prelude::*,
    texts::{self, catalogue as t},
    ui::*,
};
use leptos_router::hooks::use_params_map;
use shared::{ProductId, products};

#[component]
pub(crate) fn ProductPage() -> impl IntoView {
    let id = product_id();
    let query = documents::query_of_page();
    let save = ServerAction::<SaveProduct>::new();
    follow(
        move || (id.get(), query.get()),
        move || save.version().track(),
        |(id, query)| async move {
            match id {
                Some(id) => api::read_product(id, query).await,
                None => no_such_product(),
            }
        },
        move |product| view! { <ProductContent product search=query.get_untracked().search save/> }.into_any(),
    )
}

/// The id in the address of a product's pages.
pub(super) fn product_id() -> Memo<Option<ProductId>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

pub(super) fn no_such_product<T>() -> Result<T, Fault> {
    #[cfg(feature = "ssr")]
    Fault::NotFound.set_status();
    Err(Fault::NotFound)
}

#[component]
fn ProductContent(product: Signal<products::ProductPage>, search: String, save: ServerAction<SaveProduct>) -> impl IntoView {
    let l = language();
    let id = product.read_untracked().id;
    let errors = FormState::of(save).errors();
    let name = Memo::new(move |_| product.read().name.clone());
    let title = move || if errors.read().is_empty() { name.get() } else { texts::error_prefix(l, &name.read()) };
    view! {
        <Title text=title/>
        <PageHeader title=name back_label=t::products(l) back_href="/provider/products"/>
        <ErrorSummary title=texts::error_title(l) errors/>
        <DoneNotice errors/>
        <div class="columns">
            <EditCard id product action=save/>
            <UploadCard id/>
        </div>
        <DocumentsCard product search/>
    }
}
