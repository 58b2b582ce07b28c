//! What the provider licenses (O2): collections, what is in them, and who supplies them.

mod import;
mod suppliers;
mod table;

pub use import::{apply, dry_run, stage, sweep};
pub use suppliers::{create_supplier, save_supplier, suppliers};
pub use table::LONGEST_FILE;

use crate::{
    Desk,
    callers::Staff,
    db::{Query, Value},
    deed::Deed,
    documents::ListedRow,
    error::{Error, Result},
    licences::count,
    sql,
};
use shared::{
    FieldName, Permit, Problem, ProductId, Refusal, SupplierId,
    documents::{MOST_WORDS, PAGE_SIZE, words},
    event::Event,
    fields::folded,
    products::{Product, ProductForm, ProductPage, ProductQuery, ProductRow},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// All products, by name.
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, _staff: &Staff) -> Result<Vec<ProductRow>> {
    let rows: Vec<(Uuid, String, Option<String>, i64, i64)> = desk
        .db
        .all(sql!(
            "SELECT p.id, p.name, s.name, (SELECT COUNT(*) FROM product_document d WHERE d.product = p.id),
               (SELECT COUNT(*) FROM licence l WHERE l.product = p.id)
             FROM product p LEFT JOIN supplier s ON s.id = p.supplier ORDER BY p.name_key"
        ))
        .await?;
    let row = |(id, name, supplier, documents, licences)| ProductRow {
        id: ProductId(id),
        name,
        supplier,
        documents: count(documents),
        licences: count(licences),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// # Errors
/// [`Refusal::Fields`].
pub async fn create(desk: &Desk, staff: &Staff, form: &ProductForm) -> Result<ProductId> {
    let product = form.parse()?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunCatalogue).await?;
    supplier_is_there(&mut deed, product.supplier).await?;
    create_in(deed, &product).await
}

/// The deed itself; the demo does it in the system's name. Of two with the same name at once, one waits for the other and finds it.
pub(crate) async fn create_in(mut deed: Deed<'_>, product: &Product) -> Result<ProductId> {
    let (id, now) = (ProductId(deed.desk.new_id()), deed.now);
    let created = deed
        .execute(sql!(
            "INSERT INTO product (id, name, name_key, about, supplier, created_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (name_key) DO NOTHING",
            id,
            product.name.as_str(),
            folded(&product.name),
            product.about.as_str(),
            product.supplier,
            now
        ))
        .await?;
    if created == 0 {
        return Err(name_taken());
    }
    deed.commit(Event::ProductCreated { product: id, name: product.name.clone() }).await?;
    Ok(id)
}

fn name_taken() -> Error {
    Refusal::field(FieldName::ProductName, Problem::NameTaken).into()
}

/// No supplier is ever taken away, so it stays true.
async fn supplier_is_there(deed: &mut Deed<'_>, supplier: Option<SupplierId>) -> Result<()> {
    let Some(supplier) = supplier else { return Ok(()) };
    let there: Option<(String,)> = deed.maybe(sql!("SELECT name FROM supplier WHERE id = $1", supplier)).await?;
    there.map(drop).ok_or_else(|| Refusal::field(FieldName::Supplier, Problem::NotAChoice).into())
}

/// Changes a product. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`], or not found.
pub async fn save(desk: &Desk, staff: &Staff, id: ProductId, form: &ProductForm) -> Result<()> {
    let product = form.parse()?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunCatalogue).await?;
    deed.find::<(String,)>(sql!("SELECT name FROM product WHERE id = $1", id)).await?;
    supplier_is_there(&mut deed, product.supplier).await?;
    let changed = deed
        .execute(sql!(
            "UPDATE product SET name = $1, name_key = $2, about = $3, supplier = $4
             WHERE id = $5 AND NOT (name = $1 AND about = $3 AND supplier IS NOT DISTINCT FROM $4)",
            product.name.as_str(),
            folded(&product.name),
            product.about.as_str(),
            product.supplier,
            id
        ))
        .await
        .map_err(|error| if error.is_duplicate() { name_taken() } else { error })?;
    if changed == 0 {
        return Ok(());
    }
    deed.commit(Event::ProductChanged { product: id, name: product.name }).await
}

#[derive(FromRow)]
struct Row {
    name: String,
    about: String,
    supplier: Option<Uuid>,
}

/// A product's page, with those of its documents that the search finds.
///
/// # Errors
/// Not found.
pub async fn page(desk: &Desk, staff: &Staff, id: ProductId, query: &ProductQuery) -> Result<ProductPage> {
    let row: Option<Row> = desk.db.maybe(sql!("SELECT name, about, supplier FROM product WHERE id = $1", id)).await?;
    let row = row.ok_or(Error::NotFound)?;
    let (found,): (i64,) = desk.db.one(count_of_documents(id, &query.search)).await?;
    let found = count(found);
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let documents: Vec<ListedRow> = desk.db.all(documents_of(id, &query.search, page)).await?;
    Ok(ProductPage {
        id,
        name: row.name,
        about: row.about,
        supplier: row.supplier.map(SupplierId),
        suppliers: suppliers(desk, staff).await?,
        documents: documents.into_iter().map(ListedRow::shown).collect::<Result<_>>()?,
        found,
        page,
        pages,
    })
}

/// Without a search no document is read to count.
fn count_of_documents(product: ProductId, search: &str) -> Query {
    let (condition, values) = condition(product, search);
    let documents = if values.len() == 1 { "" } else { "JOIN document d ON d.id = i.document" };
    Query::new(AssertSqlSafe(format!("SELECT COUNT(*) FROM product_document i {documents} WHERE {condition}")), values)
}

fn documents_of(product: ProductId, search: &str, page: u32) -> Query {
    let (condition, mut values) = condition(product, search);
    values.extend([PAGE_SIZE.into(), ((page - 1) * PAGE_SIZE).into()]);
    let text = format!(
        "SELECT d.id, d.number, d.title, d.language, d.status FROM product_document i JOIN document d ON d.id = i.document
         WHERE {condition} ORDER BY i.number_key LIMIT ${} OFFSET ${}",
        values.len() - 1,
        values.len()
    );
    Query::new(AssertSqlSafe(text), values)
}

/// Documents with a word that begins with each of those typed. Words are letters and digits: nothing in them means anything to LIKE.
fn condition(product: ProductId, search: &str) -> (String, Vec<Value>) {
    let (mut condition, mut values) = ("i.product = $1".to_owned(), vec![Value::from(product)]);
    for word in words(search).split_whitespace().take(MOST_WORDS) {
        values.push(format!("% {word}%").into());
        condition.push_str(&format!(" AND ' ' || d.words LIKE ${}", values.len()));
    }
    (condition, values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Delete `product_document_in_order` of migration 0005 to see it fail.
    #[tokio::test]
    async fn a_products_documents_come_in_order() {
        for search in ["", "nen 1010"] {
            let plan = plan(documents_of(ProductId(Uuid::nil()), search, 1)).await;
            assert!(plan.contains("product_document_in_order (product=?)") && !plan.contains("TEMP B-TREE"), "{plan}");
        }
        let counted = plan(count_of_documents(ProductId(Uuid::nil()), "")).await;
        assert!(counted.contains("COVERING INDEX") && !counted.contains("SCAN"), "{counted}");
    }
}
