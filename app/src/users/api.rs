//! Server functions.

use crate::fault::Fault;
use leptos::prelude::*;
use shared::{
    AccountId, CompanyNumber,
    companies::General,
    users::{UserDetails, UserForm, UsersPage, UsersQuery},
};

#[server(prefix = "/api", endpoint = "list_users")]
pub async fn list_users(company: CompanyNumber, #[server(default)] query: UsersQuery) -> Result<UsersPage, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::users::list(&session::desk(), &administrator, &query).await?)
}

#[server(prefix = "/api", endpoint = "read_user")]
pub async fn read_user(company: CompanyNumber, id: AccountId) -> Result<UserDetails, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::users::details(&session::desk(), &administrator, id).await?)
}

/// What *Add user* says about the company: its domains.
#[server(prefix = "/api", endpoint = "read_add_form")]
pub async fn read_add_form(company: CompanyNumber) -> Result<General, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::companies::general(&session::desk(), &administrator).await?)
}

/// U1.
#[server(prefix = "/api", endpoint = "add_user")]
pub async fn add_user(
    company: CompanyNumber,
    #[server(flatten)]
    #[server(default)]
    form: UserForm,
) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    let id = server::users::add(&session::desk(), &administrator, &form).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=added"));
    Ok(())
}

/// U2.
#[server(prefix = "/api", endpoint = "resend_registration")]
pub async fn resend_registration(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::resend(&session::desk(), &administrator, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=resent"));
    Ok(())
}

/// A3.
#[server(prefix = "/api", endpoint = "unlock_user")]
pub async fn unlock_user(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::unlock(&session::desk(), &administrator, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=unlocked"));
    Ok(())
}
