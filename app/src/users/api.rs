//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    AccountId, BatchId, CompanyNumber,
    mailing::Progress,
    users::{AddForm, Ends, UserDetails, UserForm, UsersPage, UsersQuery},
};

/// A page of the list, and how far the mail is that was sent again to several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUsers {
    pub page: UsersPage,
    pub mail: Option<Progress>,
}

/// `mail` is what [`change_chosen`] says of it.
#[server(prefix = "/api", endpoint = "list_users", protocol = AsForm)]
pub async fn list_users(
    company: CompanyNumber,
    #[server(default)] query: UsersQuery,
    #[server(default)] mail: Option<BatchId>,
) -> Result<ListedUsers, Fault> {
    use crate::session;
    let (desk, administrator) = (session::desk(), session::administrator(company).await?);
    let page = server::users::list(&desk, &administrator, &query).await?;
    let mail = match mail {
        Some(batch) => server::mail_progress::of_batch(&desk, &administrator, batch).await?,
        None => None,
    };
    Ok(ListedUsers { page, mail })
}

#[server(prefix = "/api", endpoint = "read_user", protocol = AsForm)]
pub async fn read_user(company: CompanyNumber, id: AccountId) -> Result<UserDetails, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::users::details(&session::desk(), &administrator, id).await?)
}

/// What *Add user* shows of the company: its domains, and the licences that can be given.
#[server(prefix = "/api", endpoint = "read_add_form", protocol = AsForm)]
pub async fn read_add_form(company: CompanyNumber) -> Result<AddForm, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::users::add_form(&session::desk(), &administrator).await?)
}

/// U1.
#[server(prefix = "/api", endpoint = "add_user", protocol = AsForm)]
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

/// U5, U7.
#[server(prefix = "/api", endpoint = "save_user", protocol = AsForm)]
pub async fn save_user(
    company: CompanyNumber,
    id: AccountId,
    #[server(flatten)]
    #[server(default)]
    form: UserForm,
) -> Result<(), Fault> {
    use crate::session;
    use shared::Role;
    let administrator = session::administrator(company).await?;
    server::users::save(&session::desk(), &administrator, id, &form).await?;
    let is_self = session::visitor().await?.standing.account == id;
    // Whoever made themselves a user has no business here any more.
    let back = if is_self && form.role == Role::User.key() { String::new() } else { format!("/users/{id}?notice=saved") };
    leptos_axum::redirect(&format!("/company/{company}{back}"));
    Ok(())
}

/// U5.
#[server(prefix = "/api", endpoint = "remove_user", protocol = AsForm)]
pub async fn remove_user(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::remove(&session::desk(), &administrator, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/users?notice=removed&count=1"));
    Ok(())
}

/// What can be done with several people at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForChosen {
    Block,
    Resend,
    Remove,
}

impl ForChosen {
    /// The value of its button.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Resend => "resend",
            Self::Remove => "remove",
        }
    }
}

/// The same for several people at once: those with these ids, or, with `all`, everybody whom the list finds. `list` is its address' query, which
/// it also leads back to.
#[server(prefix = "/api", endpoint = "change_chosen", protocol = AsForm)]
pub async fn change_chosen(
    company: CompanyNumber,
    what: ForChosen,
    #[server(default)] ids: Vec<AccountId>,
    #[server(default)] all: String,
    #[server(default)] list: String,
) -> Result<(), Fault> {
    use crate::session;
    let (desk, administrator) = (session::desk(), session::administrator(company).await?);
    let place = super::list::place(&list);
    let chosen = chosen(ids, &all, &list);
    let (done, notice) = match what {
        ForChosen::Block => (server::users::block_chosen(&desk, &administrator, &chosen).await?, "blocked".to_owned()),
        ForChosen::Resend => {
            let (done, batch) = server::users::resend_chosen(&desk, &administrator, &chosen).await?;
            (done, format!("resent&mail={batch}"))
        }
        ForChosen::Remove => (server::users::remove_chosen(&desk, &administrator, &chosen).await?, "removed".to_owned()),
    };
    leptos_axum::redirect(&format!("/company/{company}/users?{place}notice={notice}&count={done}"));
    Ok(())
}

/// What removing or blocking them would cost: asked as the question opens.
#[server(prefix = "/api", endpoint = "read_ends", protocol = AsForm)]
pub async fn read_ends(
    company: CompanyNumber,
    #[server(default)] ids: Vec<AccountId>,
    #[server(default)] all: String,
    #[server(default)] list: String,
) -> Result<Ends, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::users::ends(&session::desk(), &administrator, &chosen(ids, &all, &list)).await?)
}

#[cfg(feature = "ssr")]
fn chosen(ids: Vec<AccountId>, all: &str, list: &str) -> shared::users::Chosen {
    use shared::users::Chosen;
    if all == "on" { Chosen::Found(super::list::read_place(list)) } else { Chosen::Some(ids) }
}

/// U2.
#[server(prefix = "/api", endpoint = "resend_registration", protocol = AsForm)]
pub async fn resend_registration(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::resend(&session::desk(), &administrator, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=resent"));
    Ok(())
}

/// A3.
#[server(prefix = "/api", endpoint = "unlock_user", protocol = AsForm)]
pub async fn unlock_user(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::unlock(&session::desk(), &administrator, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=unlocked"));
    Ok(())
}

/// U5.
#[server(prefix = "/api", endpoint = "ask_address_change", protocol = AsForm)]
pub async fn ask_address_change(company: CompanyNumber, id: AccountId, #[server(default)] username: String) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::address::ask(&session::desk(), &administrator, id, &username).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=address-asked"));
    Ok(())
}

/// U5.
#[server(prefix = "/api", endpoint = "withdraw_address_change", protocol = AsForm)]
pub async fn withdraw_address_change(company: CompanyNumber, id: AccountId) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::users::address::withdraw(&session::desk(), &administrator, id).await?;
    leptos_axum::redirect(&format!("/company/{company}/users/{id}?notice=address-withdrawn"));
    Ok(())
}
