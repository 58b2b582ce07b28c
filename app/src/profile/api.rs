//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    companies::CompanyName,
    profile::{Profile, ProfileForm, SessionShown},
};
use uuid::Uuid;

/// What *My details* shows: what can be changed, and what can't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyDetails {
    pub profile: Profile,
    pub companies: Vec<CompanyName>,
    pub staff: bool,
}

#[server(prefix = "/api", endpoint = "read_profile", protocol = AsForm)]
pub async fn read_profile() -> Result<MyDetails, Fault> {
    use crate::session;
    let visitor = session::visitor().await?;
    let profile = server::profile::details(&session::desk(), &visitor.signed_in()).await?;
    Ok(MyDetails { profile, staff: visitor.standing.staff, companies: visitor.companies })
}

/// P2.
#[server(prefix = "/api", endpoint = "save_profile", protocol = AsForm)]
pub async fn save_profile(
    #[server(flatten)]
    #[server(default)]
    form: ProfileForm,
) -> Result<(), Fault> {
    use crate::{language, session};
    let visitor = session::visitor().await?;
    let language = server::profile::save(&session::desk(), &visitor.signed_in(), &form).await?;
    language::on_the_server::remember(language);
    leptos_axum::redirect("/profile?notice=saved");
    Ok(())
}

/// P3.
#[server(prefix = "/api", endpoint = "change_password", protocol = AsForm)]
pub async fn change_password(
    #[server(default)] current_password: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat_password: String,
) -> Result<(), Fault> {
    use crate::session;
    let visitor = session::visitor().await?;
    server::profile::change_password(&session::desk(), &visitor, &current_password, &new_password, &repeat_password).await?;
    leptos_axum::redirect("/profile/password?notice=changed");
    Ok(())
}

/// A2: asked while typing. `None` when that can't be told now: too many ask. It is checked again on submit.
#[server(prefix = "/api", endpoint = "is_new_password_hard_to_guess", protocol = AsForm)]
pub async fn is_new_password_hard_to_guess(password: String) -> Result<Option<bool>, Fault> {
    use crate::session;
    let visitor = session::visitor().await?;
    Fault::unless_refused(server::profile::is_hard_to_guess(&session::desk(), &visitor, &password).await)
}

/// A7.
#[server(prefix = "/api", endpoint = "list_sessions", protocol = AsForm)]
pub async fn list_sessions() -> Result<Vec<SessionShown>, Fault> {
    use crate::session;
    Ok(session::visitor().await?.sessions(&session::desk()).await?)
}

/// A7. One that ended by itself meanwhile is just as gone.
#[server(prefix = "/api", endpoint = "end_session", protocol = AsForm)]
pub async fn end_session(id: Uuid) -> Result<(), Fault> {
    use crate::session;
    match session::visitor().await?.end_session(&session::desk(), id).await {
        Ok(()) | Err(server::Error::NotFound) => {}
        Err(broken) => return Err(broken.into()),
    }
    leptos_axum::redirect("/profile/sessions?notice=ended");
    Ok(())
}

/// A7.
#[server(prefix = "/api", endpoint = "end_other_sessions", protocol = AsForm)]
pub async fn end_other_sessions() -> Result<(), Fault> {
    use crate::session;
    session::visitor().await?.end_other_sessions(&session::desk()).await?;
    leptos_axum::redirect("/profile/sessions?notice=others-ended");
    Ok(())
}
