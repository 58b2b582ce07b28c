//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::registration::{ApplyForm, Joinable};

/// What a good link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completing {
    pub name: String,
    pub username: String,
    /// Where it leads; whoever registers by themselves may choose.
    pub companies: Vec<Joinable>,
    /// A6: somebody is signed in already, by this name.
    pub signed_in_as: Option<String>,
}

/// S1: the same answer for everybody.
#[server(prefix = "/api", endpoint = "apply", protocol = AsForm)]
pub async fn apply(
    #[server(flatten)]
    #[server(default)]
    form: ApplyForm,
) -> Result<(), Fault> {
    use crate::session;
    server::self_registration::apply(&session::desk(), &session::anyone()?, &form).await?;
    leptos_axum::redirect("/register/apply?notice=sent");
    Ok(())
}

/// Changes nothing: mail scanners open links.
#[server(prefix = "/api", endpoint = "look_at_registration", protocol = AsForm)]
pub async fn look_at_registration(token: String) -> Result<Completing, Fault> {
    use crate::session;
    let found = server::registration::look(&session::desk(), &token).await?;
    let signed_in_as = session::maybe_visitor().await?.map(|visitor| visitor.name);
    Ok(Completing { name: found.name, username: found.username, companies: found.companies, signed_in_as })
}

#[server(prefix = "/api", endpoint = "complete_registration", protocol = AsForm)]
pub async fn complete_registration(
    token: String,
    #[server(default)] company: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat_password: String,
) -> Result<(), Fault> {
    use crate::session;
    let (desk, from) = (session::desk(), session::anyone()?);
    let company = company.parse().ok();
    let (session, company) = server::registration::complete(&desk, &from, &token, company, &new_password, &repeat_password).await?;
    session::set_session(&session);
    leptos_axum::redirect(&format!("/company/{company}?notice=welcome"));
    Ok(())
}

/// A2: asked while typing. `None` when that can't be told now: the link was used meanwhile, or too many ask. It is checked again on submit.
#[server(prefix = "/api", endpoint = "is_hard_to_guess", protocol = AsForm)]
pub async fn is_hard_to_guess(token: String, password: String) -> Result<Option<bool>, Fault> {
    use crate::session;
    Fault::unless_refused(server::registration::is_hard_to_guess(&session::desk(), &session::anyone()?, &token, &password).await)
}

#[server(prefix = "/api", endpoint = "send_new_link", protocol = AsForm)]
pub async fn send_new_link(token: String) -> Result<(), Fault> {
    use crate::session;
    server::registration::send_new_link(&session::desk(), &session::anyone()?, &token).await?;
    leptos_axum::redirect(&format!("/register/complete/{}?notice=sent", only_token(&token)));
    Ok(())
}

/// What is redirected to is made of a token's letters only.
#[cfg(feature = "ssr")]
pub(crate) fn only_token(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}
