//! Who stands behind a product, where that is not the provider (O2, L5).

use crate::{
    Desk,
    callers::Staff,
    deed::Deed,
    error::{Error, Result},
    licences::count,
    sql,
};
use shared::{
    FieldName, Permit, Problem, Refusal, SupplierId,
    event::Event,
    fields::folded,
    products::{SupplierForm, SupplierRow},
};
use uuid::Uuid;

/// All suppliers, by name, with how many people the list of `licences::by_staff::to_report` names now.
///
/// # Errors
/// When the database can't be reached.
pub async fn suppliers(desk: &Desk, _staff: &Staff) -> Result<Vec<SupplierRow>> {
    let rows: Vec<(Uuid, String, String, i64, i64)> = desk
        .db
        .all(sql!(
            "SELECT s.id, s.name, s.email, (SELECT COUNT(*) FROM product p WHERE p.supplier = s.id),
               (SELECT COUNT(DISTINCT x.account) FROM product p JOIN licence l ON l.product = p.id JOIN access x ON x.licence = l.id
                WHERE p.supplier = s.id AND l.external AND l.valid_from <= $1 AND l.valid_until > $1)
             FROM supplier s ORDER BY s.name_key",
            desk.now()
        ))
        .await?;
    let row = |(id, name, email, products, people)| SupplierRow {
        id: SupplierId(id),
        name,
        email,
        products: count(products),
        people: count(people),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// # Errors
/// [`Refusal::Fields`].
pub async fn create_supplier(desk: &Desk, staff: &Staff, form: &SupplierForm) -> Result<SupplierId> {
    let supplier = form.parse()?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunCatalogue).await?;
    let (id, now) = (SupplierId(desk.new_id()), deed.now);
    let created = deed
        .execute(sql!(
            "INSERT INTO supplier (id, name, name_key, email, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name_key) DO NOTHING",
            id,
            supplier.name.as_str(),
            folded(&supplier.name),
            supplier.email,
            now
        ))
        .await?;
    if created == 0 {
        return Err(name_taken());
    }
    deed.commit(Event::SupplierCreated { supplier: id, name: supplier.name }).await?;
    Ok(id)
}

fn name_taken() -> Error {
    Refusal::field(FieldName::SupplierName, Problem::NameTaken).into()
}

/// Changes a supplier. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`], or not found.
pub async fn save_supplier(desk: &Desk, staff: &Staff, id: SupplierId, form: &SupplierForm) -> Result<()> {
    let supplier = form.parse()?;
    let mut deed = Deed::permitted(desk, staff, Permit::RunCatalogue).await?;
    deed.find::<(String,)>(sql!("SELECT name FROM supplier WHERE id = $1", id)).await?;
    let changed = deed
        .execute(sql!(
            "UPDATE supplier SET name = $1, name_key = $2, email = $3 WHERE id = $4 AND NOT (name = $1 AND email = $3)",
            supplier.name.as_str(),
            folded(&supplier.name),
            supplier.email,
            id
        ))
        .await
        .map_err(|error| if error.is_duplicate() { name_taken() } else { error })?;
    if changed == 0 {
        return Ok(());
    }
    deed.commit(Event::SupplierChanged { supplier: id, name: supplier.name }).await
}
