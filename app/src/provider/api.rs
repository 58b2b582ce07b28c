//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    AccountId, CompanyNumber,
    companies::{AppointForm, CompaniesPage, CompaniesQuery, CompanyDetails, CompanyForm},
    licences::GrantedRow,
    users::{UsersPage, UsersQuery},
};

#[server(prefix = "/api", endpoint = "list_companies", protocol = AsForm)]
pub async fn list_companies(#[server(default)] query: CompaniesQuery) -> Result<CompaniesPage, Fault> {
    use crate::session;
    let staff = session::staff().await?;
    Ok(server::companies::by_staff::list(&session::desk(), &staff, &query).await?)
}

/// A company's page: the company, its licences (L1), and those of its people whom the search finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyWithMembers {
    pub company: CompanyDetails,
    pub licences: Vec<GrantedRow>,
    pub members: UsersPage,
}

#[server(prefix = "/api", endpoint = "read_company", protocol = AsForm)]
pub async fn read_company(company: CompanyNumber, #[server(default)] query: UsersQuery) -> Result<CompanyWithMembers, Fault> {
    use crate::session;
    let (desk, staff) = (session::desk(), session::staff().await?);
    let details = server::companies::by_staff::details(&desk, &staff, company).await?;
    let licences = server::licences::by_staff::of_company(&desk, &staff, company).await?;
    let members = server::users::members(&desk, &staff, company, &query).await?;
    Ok(CompanyWithMembers { company: details, licences, members })
}

/// O1.
#[server(prefix = "/api", endpoint = "create_company", protocol = AsForm)]
pub async fn create_company(
    #[server(flatten)]
    #[server(default)]
    form: CompanyForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    let company = server::companies::by_staff::create(&session::desk(), &staff, &form).await?;
    leptos_axum::redirect(&format!("/provider/companies/{company}?notice=created"));
    Ok(())
}

/// O1.
#[server(prefix = "/api", endpoint = "save_company", protocol = AsForm)]
pub async fn save_company(
    number: CompanyNumber,
    #[server(flatten)]
    #[server(default)]
    form: CompanyForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::companies::by_staff::save(&session::desk(), &staff, number, &form).await?;
    leptos_axum::redirect(&format!("/provider/companies/{number}?notice=saved"));
    Ok(())
}

/// O1.
#[server(prefix = "/api", endpoint = "appoint_administrator", protocol = AsForm)]
pub async fn appoint_administrator(
    number: CompanyNumber,
    #[server(flatten)]
    #[server(default)]
    form: AppointForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::users::appoint(&session::desk(), &staff, number, &form).await?;
    leptos_axum::redirect(&format!("/provider/companies/{number}?notice=appointed"));
    Ok(())
}

/// A3.
#[server(prefix = "/api", endpoint = "unlock_member", protocol = AsForm)]
pub async fn unlock_member(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::users::unlock_member(&session::desk(), &staff, company, id).await?;
    leptos_axum::redirect(&format!("/provider/companies/{company}?notice=unlocked"));
    Ok(())
}

/// G2.
#[server(prefix = "/api", endpoint = "create_general_account", protocol = AsForm)]
pub async fn create_general_account(number: CompanyNumber, #[server(default)] username: String) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::general_account::create(&session::desk(), &staff, number, &username).await?;
    leptos_axum::redirect(&format!("/provider/companies/{number}?notice=general-created"));
    Ok(())
}

/// G2. `block` is `yes` or `no`.
#[server(prefix = "/api", endpoint = "block_general_account", protocol = AsForm)]
pub async fn block_general_account(number: CompanyNumber, block: String) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::general_account::set_blocked(&session::desk(), &staff, number, block == "yes").await?;
    let notice = if block == "yes" { "general-blocked" } else { "general-unblocked" };
    leptos_axum::redirect(&format!("/provider/companies/{number}?notice={notice}"));
    Ok(())
}
