//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::{CompanyNumber, companies::General};

#[server(prefix = "/api", endpoint = "read_general", protocol = AsForm)]
pub async fn read_general(company: CompanyNumber) -> Result<General, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::companies::general(&session::desk(), &administrator).await?)
}
