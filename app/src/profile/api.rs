//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    CompanyNumber,
    companies::CompanyName,
    moving::{Deleting, Moving},
    profile::{Profile, ProfileForm, SessionShown},
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

/// What *Change company* shows (P4, U6, S6).
#[server(prefix = "/api", endpoint = "read_moving", protocol = AsForm)]
pub async fn read_moving() -> Result<Moving, Fault> {
    use crate::session;
    Ok(server::moving::read(&session::desk(), &session::person().await?).await?)
}

/// S6.
#[server(prefix = "/api", endpoint = "join_company", protocol = AsForm)]
pub async fn join_company(#[server(default)] company: String) -> Result<(), Fault> {
    use crate::session;
    let person = session::person().await?;
    let company = chosen_company(&company)?;
    server::self_registration::join(&session::desk(), &person, company).await?;
    leptos_axum::redirect(&format!("/company/{company}?notice=welcome"));
    Ok(())
}

/// P4.
#[server(prefix = "/api", endpoint = "change_company", protocol = AsForm)]
pub async fn change_company(from: CompanyNumber, #[server(default)] company: String) -> Result<(), Fault> {
    use crate::session;
    let (desk, visitor) = (session::desk(), session::visitor().await?);
    visitor.person()?;
    let company = chosen_company(&company)?;
    server::moving::change_company(&desk, &visitor, from, company).await?;
    leptos_axum::redirect(&format!("/company/{company}?notice=welcome"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn chosen_company(company: &str) -> Result<CompanyNumber, shared::Refusal> {
    use shared::{FieldName, Problem, Refusal};
    company.parse().map_err(|_| Refusal::field(FieldName::Company, Problem::Missing))
}

/// P4.
#[server(prefix = "/api", endpoint = "leave_company", protocol = AsForm)]
pub async fn leave_company(company: CompanyNumber) -> Result<(), Fault> {
    use crate::session;
    let (desk, visitor) = (session::desk(), session::visitor().await?);
    server::moving::leave(&desk, &visitor, company).await?;
    leptos_axum::redirect("/profile/company?notice=left");
    Ok(())
}

/// U6.
#[server(prefix = "/api", endpoint = "hand_over", protocol = AsForm)]
pub async fn hand_over(company: CompanyNumber, #[server(default)] successor: String) -> Result<(), Fault> {
    use crate::session;
    use shared::{AccountId, FieldName, Problem, Refusal};
    let (desk, administrator) = (session::desk(), session::administrator(company).await?);
    let successor: AccountId = successor.parse().map_err(|_| Refusal::field(FieldName::Successor, Problem::Missing))?;
    server::moving::hand_over(&desk, &administrator, successor).await?;
    leptos_axum::redirect(&format!("/profile/company?from={company}&notice=asked"));
    Ok(())
}

/// U6.
#[server(prefix = "/api", endpoint = "withdraw_succession", protocol = AsForm)]
pub async fn withdraw_succession(company: CompanyNumber) -> Result<(), Fault> {
    use crate::session;
    let (desk, administrator) = (session::desk(), session::administrator(company).await?);
    server::moving::withdraw_succession(&desk, &administrator).await?;
    leptos_axum::redirect(&format!("/profile/company?from={company}&notice=withdrawn"));
    Ok(())
}

/// What *Delete account* shows (P6).
#[server(prefix = "/api", endpoint = "read_deleting", protocol = AsForm)]
pub async fn read_deleting() -> Result<Deleting, Fault> {
    use crate::session;
    Ok(server::erasing::read(&session::desk(), &session::person().await?).await?)
}

/// P6. All sessions have ended by then; the cookie of this one goes too.
#[server(prefix = "/api", endpoint = "delete_account", protocol = AsForm)]
pub async fn delete_account(#[server(default)] password: String) -> Result<(), Fault> {
    use crate::session;
    let (desk, visitor) = (session::desk(), session::visitor().await?);
    visitor.person()?;
    server::erasing::delete_account(&desk, &visitor, &password).await?;
    session::clear_session();
    leptos_axum::redirect("/login?notice=deleted");
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
