//! What becomes of requests when something else happens: a licence becomes company-wide, access is given unasked, somebody leaves.

use super::row::{self, Left, Row};
use crate::{db::Query, deed::Deed, error::Result, sql};
use shared::{
    AccountId, CompanyNumber, LicenceId, ProductId, Time,
    event::Event,
    requests::{Decider, Request, State},
};
use uuid::Uuid;

/// L3: a licence that became company-wide grants what was asked: itself, and documents in it. It is locked, so that nobody asks meanwhile.
pub(crate) async fn grant_open(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<Vec<Event>> {
    let open: Vec<(Uuid, Uuid)> = deed
        .all(sql!(
            "SELECT id, account FROM request WHERE company = $1 AND state = 'open' AND (licence = $2 OR document IN
               (SELECT d.document FROM product_document d JOIN licence l ON l.product = d.product WHERE l.id = $2)) ORDER BY id",
            company,
            licence
        ))
        .await?;
    let granted = conclude(deed, company, &open, Request::grant).await?;
    let event = |row: &Row| Event::RequestGranted { company, account: row.applicant(), request: row.id(), what: row.what.clone() };
    Ok(granted.iter().map(event).collect())
}

/// What somebody waits for and a licence has: the licence itself, and documents in it.
fn answered_by(company: CompanyNumber, account: AccountId, licence: LicenceId) -> Query {
    sql!(
        "SELECT id, account FROM request WHERE company = $1 AND account = $2 AND state = 'open' AND (licence = $3 OR document IN
           (SELECT d.document FROM product_document d JOIN licence l ON l.product = d.product WHERE l.id = $3)) ORDER BY id",
        company,
        account,
        licence
    )
}

/// Whether access answers a request that this administrator may not decide (R4).
///
/// # Errors
/// Whatever the database says.
pub(crate) async fn answers_own(
    deed: &mut Deed<'_>,
    by: Decider,
    company: CompanyNumber,
    account: AccountId,
    licence: LicenceId,
) -> Result<bool> {
    if by.account != account || by.others == 0 {
        return Ok(false);
    }
    Ok(!deed.all::<(Uuid, Uuid)>(answered_by(company, account, licence)).await?.is_empty())
}

/// Somebody has got access: what they still wait for and have with it is accepted, by whoever gave it.
pub(crate) async fn accept_what_it_answers(
    deed: &mut Deed<'_>,
    by: AccountId,
    company: CompanyNumber,
    account: AccountId,
    licence: LicenceId,
) -> Result<Vec<Event>> {
    let open: Vec<(Uuid, Uuid)> = deed.all(answered_by(company, account, licence)).await?;
    conclude(deed, company, &open, |request, now| match request.state {
        State::Open => Some(Request { state: State::Accepted { by, at: now }, ..request }),
        _ => None,
    })
    .await
    .map(|rows| rows.iter().map(|row| accepted(company, row)).collect())
}

fn accepted(company: CompanyNumber, row: &Row) -> Event {
    Event::RequestAccepted { company, account: row.applicant(), request: row.id(), what: row.what.clone() }
}

/// Those that a rule still concludes once they are locked: somebody may have withdrawn one while this waited.
async fn conclude(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    requests: &[(Uuid, Uuid)],
    rule: impl Fn(Request, Time) -> Option<Request> + Send + Sync,
) -> Result<Vec<Row>> {
    let mut concluded = Vec::new();
    for portion in requests.chunks(500) {
        let ids: Vec<Uuid> = portion.iter().map(|(id, _)| *id).collect();
        deed.lock_requests(&ids).await?;
        let rows: Vec<Row> = deed.all(row::several(company, &ids)).await?;
        for row in rows {
            let Some(after) = rule(row.request()?, deed.now) else { continue };
            row::write(deed, company, &row, after, Left::default()).await?;
            concluded.push(row);
        }
    }
    Ok(concluded)
}

/// R8: documents came into a collection that administrators wanted them in: nobody has to confirm that any more.
pub(crate) async fn confirm_what_came(deed: &mut Deed<'_>, by: AccountId, product: ProductId) -> Result<Vec<Event>> {
    let waiting: Vec<(Uuid, i64)> = deed
        .all(sql!(
            "SELECT r.id, r.company FROM request r JOIN product_document d ON d.product = r.product AND d.document = r.document
             WHERE r.state = 'forwarded' AND r.product = $1 ORDER BY r.company, r.id",
            product
        ))
        .await?;
    super::standards::conclude_all(deed, by, product, waiting, None).await
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
