//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::{CompanyNumber, companies::Home};

/// A company's Home. A visit is remembered, so that `/` leads here the next time; a page that only asks again is none, or of two tabs the one
/// that nobody looks at could win.
#[server(prefix = "/api", endpoint = "read_home", protocol = AsForm)]
pub async fn read_home(company: CompanyNumber, #[server(default)] visit: bool) -> Result<Home, Fault> {
    use crate::session;
    let desk = session::desk();
    let member = session::member(company).await?;
    if visit {
        session::visitor().await?.remember_company(&desk, company).await?;
    }
    Ok(server::companies::home(&desk, &member).await?)
}
