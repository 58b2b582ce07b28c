//! L3, L4: an administrator's two settings of a licence.

use super::{Row, end_company_wide, held};
use crate::{Desk, callers::Administrator, deed::Deed, error::Result, requests, sql};
use shared::{LicenceId, Permit, event::Event, licences::Validity};

/// *Company-wide licence* and *Show in licence selection*. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::NotCompanyWide`](shared::Refusal::NotCompanyWide), [`Refusal::LicenceExpired`](shared::Refusal::LicenceExpired); not found.
pub async fn save_settings(desk: &Desk, administrator: &Administrator, licence: LicenceId, company_wide: bool, shown: bool) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted_beside(desk, administrator, Permit::ManageLicences).await?;
    deed.lock_licence(licence).await?;
    let row: Row = deed.find(held(company, licence)).await?;
    let was_company_wide = row.company_wide_since.is_some();
    let (switched, shows) = ((company_wide != was_company_wide).then_some(company_wide), (shown != row.shown).then_some(shown));
    if switched.is_none() && shows.is_none() {
        return Ok(());
    }
    let mut events = vec![Event::LicenceSettings { company, licence, product: row.product.clone(), company_wide: switched, shown: shows }];
    match switched {
        Some(true) => {
            row.licence().may_be_company_wide(deed.now)?;
            let now = deed.now;
            deed.exactly_one(sql!(
                "UPDATE licence SET company_wide_since = $1 WHERE id = $2 AND company = $3 AND company_wide_since IS NULL AND company_wide_permitted",
                now,
                licence,
                company
            ))
            .await?;
            // Of one that has not begun nobody has anything yet.
            if row.licence().validity(deed.now) == Validity::Valid {
                events.extend(requests::grant_open(&mut deed, company, licence).await?);
            }
        }
        Some(false) => end_company_wide(&mut deed, company, licence).await?,
        None => {}
    }
    if shows.is_some() {
        deed.exactly_one(sql!("UPDATE licence SET shown = $1 WHERE id = $2 AND company = $3", shown, licence, company)).await?;
    }
    deed.commit_all(events).await
}
