//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::companies::CompanyRow;

#[server(prefix = "/api", endpoint = "list_companies", protocol = AsForm)]
pub async fn list_companies() -> Result<Vec<CompanyRow>, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::companies::all(&session::desk(), &staff).await?)
}
