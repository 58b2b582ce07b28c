//! A file of documents on its way in: a plain route, since files don't travel through server functions.

use crate::exports::Asked;
use axum::{
    extract::{Multipart, Path, multipart::Field},
    response::{IntoResponse, Redirect, Response},
};
use server::{Error, Result, products::LONGEST_FILE};
use shared::{FieldName, ProductId, Refusal};
use uuid::Uuid;

/// `POST /provider/products/{id}/upload` (O2). Whoever is not staff is told so before anything of the file is read.
pub(crate) async fn take(asked: Asked, Path(id): Path<String>, form: Multipart) -> Response {
    let product = match id.parse::<ProductId>() {
        Ok(product) => product,
        Err(_) => return asked.refused(&Error::NotFound),
    };
    match staged(&asked, product, form).await {
        Ok(import) => Redirect::to(&format!("/provider/products/{product}/imports/{import}")).into_response(),
        Err(Error::Refused(Refusal::NotATable)) => {
            Redirect::to(&format!("/provider/products/{product}?notice=not-a-table")).into_response()
        }
        Err(error) => asked.refused(&error),
    }
}

async fn staged(asked: &Asked, product: ProductId, mut form: Multipart) -> Result<Uuid> {
    let staff = asked.staff()?;
    while let Some(field) = form.next_field().await.map_err(|_| Refusal::NotATable)? {
        if field.name() == Some(FieldName::File.html()) {
            let name = field.file_name().unwrap_or_default().to_owned();
            let content = text_of(field).await?;
            return server::products::stage(asked.desk(), &staff, product, &name, content).await;
        }
    }
    Err(Refusal::NotATable.into())
}

/// Never more of it in memory than is allowed.
async fn text_of(mut field: Field<'_>) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| Refusal::NotATable)? {
        if bytes.len() + chunk.len() > LONGEST_FILE {
            return Err(Refusal::NotATable);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Refusal::NotATable)
}
