//! Server functions.

use crate::fault::Fault;
use leptos::prelude::*;

/// A1. Leads to `next`, if that is a page of ours, else Home.
#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), Fault> {
    use crate::session;
    let (desk, from) = (session::desk(), session::anyone()?);
    let token = server::sign_in::sign_in(&desk, &from, &username, &password).await?;
    session::set_session(&token);
    let local = crate::forms::on_the_server::is_local(&next);
    leptos_axum::redirect(if local { &next } else { "/" });
    Ok(())
}

#[server(prefix = "/api", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), Fault> {
    crate::session::end().await?;
    leptos_axum::redirect("/login");
    Ok(())
}
