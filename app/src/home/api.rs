//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::{CompanyNumber, companies::Home};

/// A company's Home. Remembers it, so that `/` leads here the next time.
#[server(prefix = "/api", endpoint = "read_home", protocol = AsForm)]
pub async fn read_home(company: CompanyNumber) -> Result<Home, Fault> {
    use crate::session;
    let desk = session::desk();
    let member = session::member(company).await?;
    session::visitor().await?.remember_company(&desk, company).await?;
    Ok(server::companies::home(&desk, &member).await?)
}
