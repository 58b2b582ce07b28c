//! What becomes of requests when something else happens: a licence becomes company-wide, access is given unasked, somebody leaves.

use super::row::{self, Left, Row};
use crate::{deed::Deed, error::Result, sql};
use shared::{
    AccountId, CompanyNumber, LicenceId, RequestId,
    event::Event,
    requests::{Request, State},
};
use uuid::Uuid;

/// L3: a licence that became company-wide grants what was asked. It is locked, so that nobody asks meanwhile.
pub(crate) async fn grant_open(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId, product: &str) -> Result<Vec<Event>> {
    let open: Vec<(Uuid,)> = deed
        .all(sql!("SELECT id FROM request WHERE company = $1 AND licence = $2 AND state = 'open' ORDER BY id", company, licence))
        .await?;
    let ids: Vec<Uuid> = open.into_iter().map(|(id,)| id).collect();
    let mut events = Vec::new();
    for portion in ids.chunks(500) {
        deed.lock_requests(portion).await?;
        let rows: Vec<Row> = deed.all(row::several(company, portion)).await?;
        for row in rows {
            // Somebody may have withdrawn it while this waited.
            let Some(after) = row.request()?.grant(deed.now) else { continue };
            row::write(deed, company, &row, after, Left::default()).await?;
            events.push(Event::RequestGranted { company, account: row.applicant(), request: row.id(), what: product.to_owned() });
        }
    }
    Ok(events)
}

/// An administrator gives what somebody has asked for: that accepts it. Whether they may decide is not asked: giving is theirs in any case.
pub(crate) async fn accept_the_open_one(
    deed: &mut Deed<'_>,
    by: Option<AccountId>,
    company: CompanyNumber,
    account: AccountId,
    licence: LicenceId,
) -> Result<Option<RequestId>> {
    let open: Option<(Uuid,)> = deed
        .maybe(sql!(
            "SELECT id FROM request WHERE company = $1 AND account = $2 AND licence = $3 AND state = 'open'",
            company,
            account,
            licence
        ))
        .await?;
    let (Some((id,)), Some(by)) = (open, by) else { return Ok(None) };
    deed.lock_requests(&[id]).await?;
    let row: Row = deed.find(row::one(company, RequestId(id))).await?;
    let request = row.request()?;
    if request.state != State::Open {
        return Ok(None);
    }
    let after = Request { state: State::Accepted { by, at: deed.now }, ..request };
    row::write(deed, company, &row, after, Left::default()).await?;
    Ok(Some(row.id()))
}

/// R7: whoever leaves, is blocked or switches company asks for nothing there any more.
pub(crate) async fn lapse(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<()> {
    let now = deed.now;
    deed.execute(sql!(
        "UPDATE request SET state = 'lapsed', since = $1, decided_by = NULL WHERE company = $2 AND account = $3 AND state IN ('open', 'forwarded')",
        now,
        company,
        account
    ))
    .await?;
    Ok(())
}
