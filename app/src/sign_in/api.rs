//! Server functions.

use crate::{fault::Fault, prelude::*};

/// A1. Leads to `next`, if that is a page of ours, else Home.
#[server(prefix = "/api", endpoint = "sign_in", protocol = AsForm)]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), Fault> {
    use crate::{language::on_the_server::keep_language, session};
    let (desk, from) = (session::desk(), session::anyone()?);
    let token = server::sign_in::sign_in(&desk, &from, &username, &password).await?;
    session::set_session(&token);
    keep_language(&desk, &token, from).await?;
    lead_to(&next);
    Ok(())
}

#[server(prefix = "/api", endpoint = "sign_out", protocol = AsForm)]
pub async fn sign_out() -> Result<(), Fault> {
    crate::session::end().await?;
    leptos_axum::redirect("/login");
    Ok(())
}

/// A6: whoever is signed in as somebody else goes on with a link. `next` is the link's page.
#[server(prefix = "/api", endpoint = "sign_out_and_continue", protocol = AsForm)]
pub async fn sign_out_and_continue(#[server(default)] next: String) -> Result<(), Fault> {
    crate::session::end().await?;
    lead_to(&next);
    Ok(())
}

/// Anybody can write a `next`: it leads to a page of ours or to Home. A header takes ASCII only.
#[cfg(feature = "ssr")]
fn lead_to(next: &str) {
    let ours = next.is_ascii() && crate::forms::on_the_server::is_local(next);
    leptos_axum::redirect(if ours { next } else { "/" });
}
