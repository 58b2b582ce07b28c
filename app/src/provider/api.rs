//! Server functions.

use crate::fault::Fault;
use leptos::prelude::*;
use shared::companies::CompanyRow;

#[server(prefix = "/api", endpoint = "list_companies")]
pub async fn list_companies() -> Result<Vec<CompanyRow>, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::companies::all(&session::desk(), &staff).await?)
}
