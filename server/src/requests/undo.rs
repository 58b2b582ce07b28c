//! R3, *Undo*: for ten minutes, by any administrator. The request is open again, and the access that came with it ends.

use super::row::{self, Left, Row};
use crate::{Desk, callers::Administrator, deed::Deed, error::Result, licences, sql};
use shared::{CompanyNumber, LicenceId, Permit, Refusal, RequestId, event::Event};
use uuid::Uuid;

/// # Errors
/// [`Refusal::UndoIsOver`]; [`Refusal::NothingToUndo`], also where whoever asked is no member any more, has the access otherwise by now or
/// has asked anew;
/// [`Refusal::OwnRequest`] (R4); not found.
pub async fn undo(desk: &Desk, administrator: &Administrator, request: RequestId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted_beside(desk, administrator, Permit::DecideRequests).await?;
    let by = row::decider(&mut deed, company).await?;
    let licence: Option<(Uuid,)> = deed
        .maybe(sql!(
            "SELECT l.id FROM licence l WHERE l.company = $1 AND (l.id = (SELECT licence FROM request WHERE id = $2)
               OR l.id = (SELECT licence FROM access WHERE request = $2))",
            company,
            request
        ))
        .await?;
    if let Some((licence,)) = licence {
        // A seat comes free.
        deed.lock_licence(LicenceId(licence)).await?;
    }
    deed.lock_requests(&[request.0]).await?;
    let row: Row = deed.find(row::one(company, request)).await?;
    let after = row.request()?.undo(by, row.confirmed, deed.now)?;
    still_asks(&mut deed, &row, company, licence.map(|(licence,)| LicenceId(licence))).await?;
    deed.execute(sql!("DELETE FROM access WHERE request = $1 AND company = $2", request, company)).await?;
    // R4: one at a time. Whoever lost the access since may have asked anew.
    let written = row::write(&mut deed, company, &row, after, Left::default()).await;
    written.map_err(|error| if error.is_duplicate() { Refusal::NothingToUndo.into() } else { error })?;
    deed.commit(Event::RequestReopened { company, account: row.applicant(), request, what: row.what }).await
}

/// Whether there is still somebody who asks, for something that they would not have anyway.
async fn still_asks(deed: &mut Deed<'_>, row: &Row, company: CompanyNumber, licence: Option<LicenceId>) -> Result<()> {
    let member: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT company FROM membership WHERE company = $1 AND account = $2 AND state = 'active' AND blocked_at IS NULL",
            company,
            row.account
        ))
        .await?;
    if member.is_none() {
        return Err(Refusal::NothingToUndo.into());
    }
    let Some(licence) = licence else { return Ok(()) };
    let held: licences::Row = deed.find(licences::held(company, licence)).await?;
    let otherwise: Option<(Uuid,)> = deed
        .maybe(sql!(
            "SELECT licence FROM access WHERE licence = $1 AND account = $2 AND (request IS NULL OR request <> $3)",
            licence,
            row.account,
            row.id
        ))
        .await?;
    if held.company_wide_since.is_some() || otherwise.is_some() { Err(Refusal::NothingToUndo.into()) } else { Ok(()) }
}
