//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};

/// Whose password a good link sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    pub name: String,
    pub username: String,
    /// A6: somebody else is signed in, by this name.
    pub signed_in_as: Option<String>,
}

/// A4: always the same answer.
#[server(prefix = "/api", endpoint = "ask_for_reset", protocol = AsForm)]
pub async fn ask_for_reset(#[server(default)] username: String) -> Result<(), Fault> {
    use crate::session;
    server::reset::ask(&session::desk(), &session::anyone()?, &username).await?;
    leptos_axum::redirect("/forgot-password?notice=sent");
    Ok(())
}

/// Changes nothing: mail scanners open links.
#[server(prefix = "/api", endpoint = "look_at_reset", protocol = AsForm)]
pub async fn look_at_reset(token: String) -> Result<Setting, Fault> {
    use crate::session;
    let found = server::reset::look(&session::desk(), &token).await?;
    let somebody_else = session::maybe_visitor().await?.filter(|visitor| visitor.username != found.username);
    Ok(Setting { name: found.name, username: found.username, signed_in_as: somebody_else.map(|visitor| visitor.name) })
}

#[server(prefix = "/api", endpoint = "set_password", protocol = AsForm)]
pub async fn set_password(
    token: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat_password: String,
) -> Result<(), Fault> {
    use crate::session;
    server::reset::set(&session::desk(), &session::anyone()?, &token, &new_password, &repeat_password).await?;
    leptos_axum::redirect("/login?notice=password-set");
    Ok(())
}

/// A2: asked while typing. `None` when that can't be told now: the link was used meanwhile, or too many ask. It is checked again on submit.
#[server(prefix = "/api", endpoint = "is_reset_hard_to_guess", protocol = AsForm)]
pub async fn is_reset_hard_to_guess(token: String, password: String) -> Result<Option<bool>, Fault> {
    use crate::session;
    Fault::unless_refused(server::reset::is_hard_to_guess(&session::desk(), &session::anyone()?, &token, &password).await)
}
