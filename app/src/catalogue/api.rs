//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    ProductId, SupplierId,
    licences::ToReport,
    products::{DryRun, ProductForm, ProductPage, ProductQuery, ProductRow, SupplierForm, SupplierRow},
};
use uuid::Uuid;

#[server(prefix = "/api", endpoint = "list_products", protocol = AsForm)]
pub async fn list_products() -> Result<Vec<ProductRow>, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::products::list(&session::desk(), &staff).await?)
}

#[server(prefix = "/api", endpoint = "read_product", protocol = AsForm)]
pub async fn read_product(product: ProductId, #[server(default)] query: ProductQuery) -> Result<ProductPage, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::products::page(&session::desk(), &staff, product, &query).await?)
}

/// O2.
#[server(prefix = "/api", endpoint = "create_product", protocol = AsForm)]
pub async fn create_product(
    #[server(flatten)]
    #[server(default)]
    form: ProductForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    let product = server::products::create(&session::desk(), &staff, &form).await?;
    leptos_axum::redirect(&format!("/provider/products/{product}?notice=created"));
    Ok(())
}

/// O2.
#[server(prefix = "/api", endpoint = "save_product", protocol = AsForm)]
pub async fn save_product(
    id: ProductId,
    #[server(flatten)]
    #[server(default)]
    form: ProductForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::products::save(&session::desk(), &staff, id, &form).await?;
    leptos_axum::redirect(&format!("/provider/products/{id}?notice=saved"));
    Ok(())
}

/// What the file would change; the page, from 1, is of the lines that can't be used.
#[server(prefix = "/api", endpoint = "read_import", protocol = AsForm)]
pub async fn read_import(product: ProductId, import: Uuid, #[server(default)] page: u32) -> Result<DryRun, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::products::dry_run(&session::desk(), &staff, product, import, page).await?)
}

/// O2.
#[server(prefix = "/api", endpoint = "apply_import", protocol = AsForm)]
pub async fn apply_import(product: ProductId, import: Uuid) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::products::apply(&session::desk(), &staff, product, import).await?;
    leptos_axum::redirect(&format!("/provider/products/{product}?notice=imported"));
    Ok(())
}

#[server(prefix = "/api", endpoint = "list_suppliers", protocol = AsForm)]
pub async fn list_suppliers() -> Result<Vec<SupplierRow>, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::products::suppliers(&session::desk(), &staff).await?)
}

/// O2.
#[server(prefix = "/api", endpoint = "create_supplier", protocol = AsForm)]
pub async fn create_supplier(
    #[server(flatten)]
    #[server(default)]
    form: SupplierForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::products::create_supplier(&session::desk(), &staff, &form).await?;
    leptos_axum::redirect("/provider/suppliers?notice=created");
    Ok(())
}

/// O2.
#[server(prefix = "/api", endpoint = "save_supplier", protocol = AsForm)]
pub async fn save_supplier(
    id: SupplierId,
    #[server(flatten)]
    #[server(default)]
    form: SupplierForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::products::save_supplier(&session::desk(), &staff, id, &form).await?;
    leptos_axum::redirect("/provider/suppliers?notice=saved");
    Ok(())
}

/// L5: who has to be reported, and the suppliers to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub people: Vec<ToReport>,
    pub suppliers: Vec<SupplierRow>,
}

/// `supplier` is an id, or nothing for all.
#[server(prefix = "/api", endpoint = "read_report", protocol = AsForm)]
pub async fn read_report(#[server(default)] supplier: String) -> Result<Report, Fault> {
    use crate::session;
    let (desk, staff) = (session::desk(), session::staff().await?);
    let people = server::licences::by_staff::to_report(&desk, &staff, supplier.parse().ok()).await?;
    let suppliers = server::products::suppliers(&desk, &staff).await?;
    Ok(Report { people, suppliers })
}
