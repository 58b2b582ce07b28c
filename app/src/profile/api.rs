//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    CompanyNumber,
    companies::CompanyName,
    profile::{Profile, ProfileForm, SessionShown},
    registration::Joinable,
    requests::Mine,
};
use uuid::Uuid;

/// What *My details* shows: what can be changed, and what can't.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyDetails {
    pub profile: Profile,
    pub companies: Vec<CompanyName>,
    pub staff: bool,
    /// P3: the general accounts whose password this person may change.
    pub general: Vec<GeneralUser>,
}

/// A company's general account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralUser {
    pub company: CompanyNumber,
    pub name: String,
    pub username: String,
}

/// *My details*, and what the person has and can get in each company (R1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPage {
    pub details: MyDetails,
    pub mine: Vec<MineIn>,
}

/// What is somebody's in one company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MineIn {
    pub company: CompanyName,
    pub mine: Mine,
}

/// Everything that the page shows, so that it is asked for once.
#[server(prefix = "/api", endpoint = "read_mine", protocol = AsForm)]
pub async fn read_mine() -> Result<MyPage, Fault> {
    use crate::session;
    let (desk, visitor) = (session::desk(), session::visitor().await?);
    let details = details_of(&desk, &visitor).await?;
    let mut mine = Vec::new();
    for company in &visitor.companies {
        if let Ok(member) = visitor.member(company.number) {
            mine.push(MineIn { company: company.clone(), mine: server::requests::mine(&desk, &member).await? });
        }
    }
    Ok(MyPage { details, mine })
}

#[server(prefix = "/api", endpoint = "read_profile", protocol = AsForm)]
pub async fn read_profile() -> Result<MyDetails, Fault> {
    use crate::session;
    let (desk, visitor) = (session::desk(), session::visitor().await?);
    details_of(&desk, &visitor).await
}

#[cfg(feature = "ssr")]
async fn details_of(desk: &server::Desk, visitor: &server::sessions::Visitor) -> Result<MyDetails, Fault> {
    let profile = server::profile::details(desk, &visitor.person()?).await?;
    let mut general = Vec::new();
    for company in &visitor.companies {
        if let Ok(administrator) = visitor.administrator(company.number)
            && let Some(user) = server::general_account::find(desk, &administrator).await?
        {
            general.push(GeneralUser { company: company.number, name: user.name, username: user.username });
        }
    }
    Ok(MyDetails { profile, general, staff: visitor.standing.staff, companies: visitor.companies.clone() })
}

/// P2.
#[server(prefix = "/api", endpoint = "save_profile", protocol = AsForm)]
pub async fn save_profile(
    #[server(flatten)]
    #[server(default)]
    form: ProfileForm,
) -> Result<(), Fault> {
    use crate::{language, session};
    let person = session::person().await?;
    let language = server::profile::save(&session::desk(), &person, &form).await?;
    language::on_the_server::remember(language);
    leptos_axum::redirect("/profile?notice=saved");
    Ok(())
}

/// P3. `user` is a company's number for its general account, or nothing for one's own.
#[server(prefix = "/api", endpoint = "change_password", protocol = AsForm)]
pub async fn change_password(
    #[server(default)] user: String,
    #[server(default)] current_password: String,
    #[server(default)] new_password: String,
    #[server(default)] repeat_password: String,
) -> Result<(), Fault> {
    use crate::session;
    let desk = session::desk();
    match general_of(&user).await? {
        Some(administrator) => {
            server::general_account::change_password(&desk, &administrator, &current_password, &new_password, &repeat_password).await?;
            leptos_axum::redirect("/profile/password?notice=general-changed");
        }
        None => {
            let visitor = session::visitor().await?;
            visitor.person()?;
            server::profile::change_password(&desk, &visitor, &current_password, &new_password, &repeat_password).await?;
            leptos_axum::redirect("/profile/password?notice=changed");
        }
    }
    Ok(())
}

/// Whose general account is meant, by somebody who administers it.
#[cfg(feature = "ssr")]
async fn general_of(user: &str) -> Result<Option<server::callers::Administrator>, Fault> {
    match user.parse::<CompanyNumber>() {
        Ok(company) => crate::session::administrator(company).await.map(Some),
        Err(_) => Ok(None),
    }
}

/// A2: asked while typing. `None` when that can't be told now: too many ask. It is checked again on submit.
#[server(prefix = "/api", endpoint = "is_new_password_hard_to_guess", protocol = AsForm)]
pub async fn is_new_password_hard_to_guess(#[server(default)] user: String, password: String) -> Result<Option<bool>, Fault> {
    use crate::session;
    let desk = session::desk();
    Fault::unless_refused(match general_of(&user).await? {
        Some(administrator) => server::general_account::is_hard_to_guess(&desk, &administrator, &password).await,
        None => {
            let visitor = session::visitor().await?;
            visitor.person()?;
            server::profile::is_hard_to_guess(&desk, &visitor, &password).await
        }
    })
}

/// S6: where somebody without a company may go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToJoin {
    pub username: String,
    /// Where the person is already.
    pub here: Vec<CompanyName>,
    pub companies: Vec<Joinable>,
}

#[server(prefix = "/api", endpoint = "list_joinable", protocol = AsForm)]
pub async fn list_joinable() -> Result<ToJoin, Fault> {
    use crate::session;
    let visitor = session::visitor().await?;
    let companies = server::self_registration::companies_to_join(&session::desk(), &visitor.person()?).await?;
    Ok(ToJoin { username: visitor.username, here: visitor.companies, companies })
}

/// S6.
#[server(prefix = "/api", endpoint = "join_company", protocol = AsForm)]
pub async fn join_company(#[server(default)] company: String) -> Result<(), Fault> {
    use crate::session;
    use shared::{FieldName, Problem, Refusal};
    let person = session::person().await?;
    let company: CompanyNumber = company.parse().map_err(|_| Refusal::field(FieldName::Company, Problem::Missing))?;
    server::self_registration::join(&session::desk(), &person, company).await?;
    leptos_axum::redirect(&format!("/company/{company}?notice=welcome"));
    Ok(())
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
