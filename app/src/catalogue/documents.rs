//! A product's page: its documents. Search and page stand in the address.

use crate::{
    language::language,
    prelude::*,
    texts::{catalogue as t, documents as d, users},
    ui::*,
};
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use shared::{
    documents::{DocumentRow, PAGE_SIZE},
    fields::Language,
    products::{ProductPage, ProductQuery},
};

const PLACE: &str = "documents";

pub(super) fn query_of_page() -> Memo<ProductQuery> {
    let params = use_query_map();
    Memo::new(move |_| read(&params.read()))
}

/// What can't be read counts as not said.
fn read(params: &ParamsMap) -> ProductQuery {
    let page = params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    ProductQuery { search: params.get("search").unwrap_or_default(), page }
}

/// The same documents, on another page of them.
fn address(search: &str, page: u32) -> String {
    let page = page.to_string();
    let said = [("search", search, ""), ("page", &page, "1")].into_iter().filter(|(_, value, usual)| value != usual);
    let query = said.map(|(name, value, _)| (name, value.to_owned())).collect::<ParamsMap>().to_query_string();
    let query = if query.is_empty() { "?".to_owned() } else { query };
    format!("{query}#{PLACE}")
}

#[component]
pub(super) fn DocumentsCard(product: Signal<ProductPage>, search: String) -> impl IntoView {
    let l = language();
    let list = {
        let search = search.clone();
        move || {
            let product = product.read();
            if product.documents.is_empty() { nothing(l, &product, &search) } else { documents(l, &product, &search) }
        }
    };
    view! {
        <Card id=PLACE title=t::documents(l) flush=true attr:tabindex="-1">
            <Toolbar label=t::search(l)>
                <SearchField name="search" label=t::search(l) value=search/>
                <Button kind=Kind::Secondary>{t::search_button(l)}</Button>
            </Toolbar>
            {list}
        </Card>
    }
}

fn nothing(l: Language, product: &ProductPage, search: &str) -> AnyView {
    if search.trim().is_empty() {
        return view! { <EmptyState title=t::no_documents_title(l) text=t::no_documents_text(l) glyph=Glyph::File/> }.into_any();
    }
    let all = format!("/provider/products/{}#{PLACE}", product.id);
    view! {
        <EmptyState title=t::nothing_found_title(l) text=t::nothing_found_text(l) glyph=Glyph::Search
            actions=move || view! { <LinkButton href=all>{t::show_all(l)}</LinkButton> }/>
    }
    .into_any()
}

fn documents(l: Language, product: &ProductPage, search: &str) -> AnyView {
    let head = move || {
        view! {
            <Header label=t::number(l)/>
            <Header label=t::title(l)/>
            <Header label=t::language(l)/>
            <Header label=t::status(l)/>
        }
    };
    let rows = product.documents.iter().cloned().map(|row| document_row(l, row)).collect_view();
    view! {
        <DataTable label=t::documents(l) head>{rows}</DataTable>
        {pager(l, product, search)}
    }
    .into_any()
}

fn document_row(l: Language, document: DocumentRow) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row">{document.number}</th>
            <Cell label=t::title(l)>{document.title}</Cell>
            <Cell label=t::language(l)>{d::language_name(l, &document.language)}</Cell>
            <Cell label=t::status(l)>{d::status_name(l, document.status)}</Cell>
        </tr>
    }
}

fn pager(l: Language, product: &ProductPage, search: &str) -> AnyView {
    if product.pages == 1 {
        let count = if product.found == 1 { t::one_document(l).to_owned() } else { t::so_many_documents(l, product.found) };
        return view! { <p class="muted small">{count}</p> }.into_any();
    }
    let from = (product.page - 1) * PAGE_SIZE + 1;
    let info = users::found(l, from, from + u32::try_from(product.documents.len()).unwrap_or_default() - 1, product.found);
    let previous = (product.page > 1).then(|| address(search, product.page - 1));
    let next = (product.page < product.pages).then(|| address(search, product.page + 1));
    view! { <Pager label=users::pages(l) info previous previous_text=users::previous(l) next next_text=users::next(l)/> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_says_only_what_is_not_usual() {
        assert_eq!(address("", 1), "?#documents");
        assert_eq!(address("nen", 1), "?search=nen#documents");
        assert_eq!(address("", 3), "?page=3#documents");
    }
}
