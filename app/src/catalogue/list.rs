//! `/provider/products` (O2).

use super::api;
use crate::{language::language, load::load, prelude::*, texts::catalogue as t, ui::*};
use shared::{fields::Language, products::ProductRow};

#[component]
pub(crate) fn ProductsPage() -> impl IntoView {
    let products = Resource::new(|| (), |()| api::list_products());
    load(products, |products| view! { <ListContent products/> }.into_any())
}

#[component]
fn ListContent(products: Vec<ProductRow>) -> impl IntoView {
    let l = language();
    let actions =
        move || view! { <LinkButton href="/provider/products/new" kind=Kind::Primary glyph=Glyph::Plus>{t::add_product(l)}</LinkButton> };
    let list = if products.is_empty() {
        view! { <EmptyState title=t::no_products_title(l) text=t::no_products_text(l) glyph=Glyph::File/> }.into_any()
    } else {
        view! { <ProductsTable products/> }.into_any()
    };
    view! {
        <Title text=t::products(l)/>
        <PageHeader title=t::products(l) lead=t::products_lead(l) actions/>
        {list}
    }
}

#[component]
fn ProductsTable(products: Vec<ProductRow>) -> impl IntoView {
    let l = language();
    let head = move || {
        view! {
            <Header label=t::product_name(l)/>
            <Header label=t::supplier(l)/>
            <Header label=t::documents(l) numeric=true/>
            <Header label=t::licences(l) numeric=true/>
        }
    };
    view! {
        <Card flush=true>
            <DataTable label=t::products(l) head>{products.into_iter().map(|row| product_row(l, row)).collect_view()}</DataTable>
        </Card>
    }
}

fn product_row(l: Language, product: ProductRow) -> impl IntoView + use<> {
    let href = format!("/provider/products/{}", product.id);
    view! {
        <tr>
            <th scope="row"><a href=href>{product.name}</a></th>
            <Cell label=t::supplier(l)>{product.supplier.unwrap_or_else(|| t::no_supplier(l).to_owned())}</Cell>
            <Cell label=t::documents(l) numeric=true>{product.documents}</Cell>
            <Cell label=t::licences(l) numeric=true>{product.licences}</Cell>
        </tr>
    }
}
