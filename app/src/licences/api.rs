//! Server functions.

use crate::{fault::Fault, prelude::*};
use serde::{Deserialize, Serialize};
use shared::{
    AccountId, CompanyNumber, LicenceId, LocalTime, ProductId,
    licences::{GrantedRow, LicenceForm, LicencePage, LicencesPage, PeopleQuery},
};

/// L2.
#[server(prefix = "/api", endpoint = "list_licences", protocol = AsForm)]
pub async fn list_licences(company: CompanyNumber) -> Result<LicencesPage, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::licences::list(&session::desk(), &administrator).await?)
}

/// L2: one licence, and those of the company whom the query finds.
#[server(prefix = "/api", endpoint = "read_licence", protocol = AsForm)]
pub async fn read_licence(company: CompanyNumber, id: LicenceId, #[server(default)] query: PeopleQuery) -> Result<LicencePage, Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    Ok(server::licences::page(&session::desk(), &administrator, id, &query).await?)
}

/// L3, L4. Checkboxes: `on`, or absent.
#[server(prefix = "/api", endpoint = "save_licence_settings", protocol = AsForm)]
pub async fn save_licence_settings(
    company: CompanyNumber,
    id: LicenceId,
    #[server(default)] company_wide: Option<String>,
    #[server(default)] shown: Option<String>,
) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    server::licences::save_settings(&session::desk(), &administrator, id, company_wide.is_some(), shown.is_some()).await?;
    leptos_axum::redirect(&format!("/company/{company}/licences/{id}?notice=saved"));
    Ok(())
}

/// L2: to those with these ids, or, with `all`, to everybody whom the search finds. `licence` is nothing where none was chosen yet;
/// `back` is `user` on a person's page.
#[server(prefix = "/api", endpoint = "give_access", protocol = AsForm)]
pub async fn give_access(
    company: CompanyNumber,
    #[server(default)] licence: String,
    #[server(default)] ids: Vec<AccountId>,
    #[server(default)] all: String,
    #[server(default)] search: String,
    #[server(default)] back: String,
) -> Result<(), Fault> {
    use crate::session;
    use shared::{FieldName, Problem, Refusal};
    let administrator = session::administrator(company).await?;
    let problem = if licence.is_empty() { Problem::Missing } else { Problem::NotAChoice };
    let licence: LicenceId = licence.parse().map_err(|_| Refusal::field(FieldName::Licence, problem))?;
    let to = way_back(company, licence, &ids, &back, "");
    let chosen = chosen(ids, &all, PeopleQuery { search, without: true, page: 1 });
    let done = server::licences::give(&session::desk(), &administrator, licence, &chosen).await?;
    leptos_axum::redirect(&format!("{to}notice=access-given&count={done}"));
    Ok(())
}

/// L2, as [`give_access`].
#[server(prefix = "/api", endpoint = "remove_access", protocol = AsForm)]
pub async fn remove_access(
    company: CompanyNumber,
    licence: LicenceId,
    #[server(default)] ids: Vec<AccountId>,
    #[server(default)] all: String,
    #[server(default)] search: String,
    #[server(default)] back: String,
) -> Result<(), Fault> {
    use crate::session;
    let administrator = session::administrator(company).await?;
    let to = way_back(company, licence, &ids, &back, &search);
    let chosen = chosen(ids, &all, PeopleQuery { search, without: false, page: 1 });
    let done = server::licences::remove(&session::desk(), &administrator, licence, &chosen).await?;
    leptos_axum::redirect(&format!("{to}notice=access-removed&count={done}"));
    Ok(())
}

#[cfg(feature = "ssr")]
fn chosen(ids: Vec<AccountId>, all: &str, found: PeopleQuery) -> shared::licences::Chosen {
    use shared::licences::Chosen;
    if all == "on" { Chosen::Found(found) } else { Chosen::These(ids) }
}

/// The page to show afterwards, with a query to be followed by more.
#[cfg(feature = "ssr")]
fn way_back(company: CompanyNumber, licence: LicenceId, ids: &[AccountId], back: &str, search: &str) -> String {
    match ids {
        [person] if back == "user" => format!("/company/{company}/users/{person}?"),
        _ => format!("/company/{company}/licences/{licence}?{}", super::people::filter_of(search)),
    }
}

/// What *Add licence* shows at the provider's desk (L1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantForm {
    pub company: CompanyNumber,
    pub company_name: String,
    /// Those that the company has no licence for: it is one for each product.
    pub products: Vec<(ProductId, String)>,
    pub today: LocalTime,
}

#[server(prefix = "/api", endpoint = "read_grant_form", protocol = AsForm)]
pub async fn read_grant_form(company: CompanyNumber) -> Result<GrantForm, Fault> {
    use crate::session;
    let (desk, staff) = (session::desk(), session::staff().await?);
    let company_name = server::companies::by_staff::details(&desk, &staff, company).await?.general.name;
    let granted = server::licences::by_staff::of_company(&desk, &staff, company).await?;
    let products = server::products::list(&desk, &staff).await?;
    let is_new = |id: ProductId| granted.iter().all(|licence| licence.product_id != id);
    let products = products.into_iter().filter(|product| is_new(product.id)).map(|product| (product.id, product.name)).collect();
    Ok(GrantForm { company, company_name, products, today: desk.local(desk.now()) })
}

/// A licence of a company, as staff change it (L1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantedLicence {
    pub company: CompanyNumber,
    pub company_name: String,
    pub licence: GrantedRow,
}

#[server(prefix = "/api", endpoint = "read_granted", protocol = AsForm)]
pub async fn read_granted(company: CompanyNumber, id: LicenceId) -> Result<GrantedLicence, Fault> {
    use crate::session;
    let (desk, staff) = (session::desk(), session::staff().await?);
    let licence = server::licences::by_staff::one(&desk, &staff, company, id).await?;
    let company_name = server::companies::by_staff::details(&desk, &staff, company).await?.general.name;
    Ok(GrantedLicence { company, company_name, licence })
}

/// L1.
#[server(prefix = "/api", endpoint = "grant_licence", protocol = AsForm)]
pub async fn grant_licence(
    number: CompanyNumber,
    #[server(flatten)]
    #[server(default)]
    form: LicenceForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    let id = server::licences::by_staff::grant(&session::desk(), &staff, number, &form).await?;
    leptos_axum::redirect(&format!("/provider/companies/{number}/licences/{id}?notice=granted"));
    Ok(())
}

/// L1: other terms.
#[server(prefix = "/api", endpoint = "save_granted", protocol = AsForm)]
pub async fn save_granted(
    number: CompanyNumber,
    id: LicenceId,
    #[server(flatten)]
    #[server(default)]
    form: LicenceForm,
) -> Result<(), Fault> {
    use crate::session;
    let staff = session::staff().await?;
    server::licences::by_staff::change(&session::desk(), &staff, number, id, &form).await?;
    leptos_axum::redirect(&format!("/provider/companies/{number}/licences/{id}?notice=saved"));
    Ok(())
}
