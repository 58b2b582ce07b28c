//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::registration::ToConfirm;

/// What a good link asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    pub what: ToConfirm,
    /// Whom it asks.
    pub username: String,
    /// Who is signed in, if anybody: username and name.
    pub signed_in_as: Option<(String, String)>,
}

/// Changes nothing: mail scanners open links.
#[server(prefix = "/api", endpoint = "look_at_confirmation", protocol = AsForm)]
pub async fn look_at_confirmation(token: String) -> Result<Confirmation, Fault> {
    use crate::session;
    let (what, username) = server::confirming::look(&session::desk(), &token).await?;
    let signed_in_as = session::maybe_visitor().await?.map(|visitor| (visitor.username, visitor.name));
    Ok(Confirmation { what, username, signed_in_as })
}

#[server(prefix = "/api", endpoint = "confirm", protocol = AsForm)]
pub async fn confirm(token: String) -> Result<(), Fault> {
    use crate::{registration::api::only_token, session};
    use server::confirming::Confirmed;
    let visitor = session::maybe_visitor().await?;
    let confirmed = server::confirming::confirm(&session::desk(), &session::anyone()?, visitor.as_ref(), &token).await?;
    let token = only_token(&token);
    leptos_axum::redirect(&match confirmed {
        Confirmed::Joined(company) | Confirmed::Succeeded(company) => format!("/company/{company}"),
        Confirmed::AddressChanged => format!("/confirm/{token}?notice=changed"),
        Confirmed::AddressWaits => format!("/confirm/{token}?notice=waits"),
    });
    Ok(())
}

#[server(prefix = "/api", endpoint = "refuse_confirmation", protocol = AsForm)]
pub async fn refuse_confirmation(token: String) -> Result<(), Fault> {
    use crate::{registration::api::only_token, session};
    let visitor = session::maybe_visitor().await?;
    server::confirming::refuse(&session::desk(), &session::anyone()?, visitor.as_ref(), &token).await?;
    leptos_axum::redirect(&format!("/confirm/{}?notice=refused", only_token(&token)));
    Ok(())
}
