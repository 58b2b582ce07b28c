//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::{
    CompanyNumber,
    history::{HistoryPage, HistoryQuery},
};

#[server(prefix = "/api", endpoint = "list_history", protocol = AsForm)]
pub async fn list_history(company: CompanyNumber, #[server(default)] query: HistoryQuery) -> Result<HistoryPage, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::history::of_company(&session::desk(), &administrator, &query).await?)
}

#[server(prefix = "/api", endpoint = "list_all_history", protocol = AsForm)]
pub async fn list_all_history(#[server(default)] query: HistoryQuery) -> Result<HistoryPage, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::history::of_all(&session::desk(), &staff, &query).await?)
}
