//! Server functions.

use crate::{fault::Fault, prelude::*};
use shared::{
    CompanyNumber, DocumentId,
    documents::{DocumentPage, DocumentsPage},
};

#[server(prefix = "/api", endpoint = "search_documents", protocol = AsForm)]
pub async fn search_documents(company: CompanyNumber, #[server(default)] search: String) -> Result<DocumentsPage, Fault> {
    use crate::session;
    let member = session::member(company).await?;
    Ok(server::documents::search(&session::desk(), &member, &search).await?)
}

#[server(prefix = "/api", endpoint = "read_document", protocol = AsForm)]
pub async fn read_document(company: CompanyNumber, id: DocumentId) -> Result<DocumentPage, Fault> {
    use crate::session;
    let member = session::member(company).await?;
    Ok(server::documents::page(&session::desk(), &member, id).await?)
}

/// R8: by the same rule each time it is looked at, so that it is shown to nobody whose access has ended.
#[server(prefix = "/api", endpoint = "read_open_document", protocol = AsForm)]
pub async fn read_open_document(company: CompanyNumber, id: DocumentId) -> Result<DocumentPage, Fault> {
    use crate::session;
    let member = session::member(company).await?;
    Ok(server::documents::read(&session::desk(), &member, id).await?)
}

/// R8.
#[server(prefix = "/api", endpoint = "open_document", protocol = AsForm)]
pub async fn open_document(company: CompanyNumber, id: DocumentId) -> Result<(), Fault> {
    use crate::session;
    let member = session::member(company).await?;
    server::documents::open(&session::desk(), &member, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/documents/{id}/read"));
    Ok(())
}

/// R8.
#[server(prefix = "/api", endpoint = "save_request_text", protocol = AsForm)]
pub async fn save_request_text(company: CompanyNumber, #[server(default)] request_text: String) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::documents::save_request_text(&session::desk(), &administrator, &request_text).await?;
    leptos_axum::redirect(&format!("/company/{company}/documents?notice=saved"));
    Ok(())
}
