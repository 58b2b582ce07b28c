//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::{
    CompanyNumber,
    companies::{ContactForm, General},
};

#[server(prefix = "/api", endpoint = "read_general", protocol = AsForm)]
pub async fn read_general(company: CompanyNumber) -> Result<General, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::companies::general(&session::desk(), &administrator).await?)
}

/// G1.
#[server(prefix = "/api", endpoint = "save_contact", protocol = AsForm)]
pub async fn save_contact(
    company: CompanyNumber,
    #[server(flatten)]
    #[server(default)]
    form: ContactForm,
) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::companies::save_contact(&session::desk(), &administrator, &form).await?;
    leptos_axum::redirect(&format!("/company/{company}/general?notice=saved"));
    Ok(())
}
