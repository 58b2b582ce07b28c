//! What becomes of requests when something else happens: a licence becomes company-wide or begins, documents come into a collection, somebody leaves.

use super::{
    answered::Answered,
    row::{self, Left, Row},
};
use crate::{
    deed::Deed,
    error::{Error, Result},
    sql,
};
use shared::{AccountId, CompanyNumber, LicenceId, ProductId, Refusal, RequestId, event::Event, requests::Request};
use std::collections::HashSet;
use uuid::Uuid;

/// L3: a licence that became company-wide grants what was asked: itself, and documents in it. It is locked, so that nobody asks meanwhile.
pub(crate) async fn grant_open(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<Vec<Event>> {
    Answered::of_all(deed, company, licence).await?.grant(deed, company).await
}

/// L1, L3: a licence that has begun gives what was prepared: who has it by then waits no more for it, nor for documents in it. It is locked.
pub(crate) async fn answer_begun(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    licence: LicenceId,
    is_company_wide: bool,
) -> Result<Vec<Event>> {
    if is_company_wide {
        return grant_open(deed, company, licence).await;
    }
    Answered::of_holders(deed, company, licence).await?.accept_by_itself(deed, company).await
}

/// What waits for documents that come into a product, with its company.
pub(crate) struct Waiting(Vec<(Uuid, i64)>);

impl Waiting {
    /// What staff pressed is among them. Should it not wait any more, its own rule says why.
    pub(super) fn with(mut self, pressed: RequestId, company: i64) -> Self {
        if !self.0.iter().any(|(id, _)| *id == pressed.0) {
            self.0.push((pressed.0, company));
        }
        self
    }
}

/// R8: before they come, locks what waits for them: what was forwarded, and what was asked by somebody who can open them then. `coming`: their
/// `number_key`. The product's companies and licences are locked first, so that meanwhile nobody asks, gives access, makes a licence company-wide
/// or wants something in this collection: each of those happens before, and is seen here, or sees the documents.
pub(crate) async fn lock_waiting(deed: &mut Deed<'_>, product: ProductId, coming: &HashSet<&str>) -> Result<Waiting> {
    deed.lock_product(product).await?;
    let waiting: Vec<(Uuid, i64, String)> = deed
        .all(sql!(
            "SELECT r.id, r.company, d.number_key FROM licence l
             JOIN request r ON r.company = l.company AND (r.state = 'open' OR r.state = 'forwarded') JOIN document d ON d.id = r.document
             WHERE l.product = $1 AND ((r.state = 'forwarded' AND r.product = l.product)
               OR (r.state = 'open' AND l.valid_from <= $2 AND l.valid_until > $2
                 AND EXISTS (SELECT 1 FROM membership m WHERE m.company = r.company AND m.account = r.account AND m.state = 'active'
                   AND m.blocked_at IS NULL)
                 AND (l.company_wide_since IS NOT NULL OR EXISTS (SELECT 1 FROM access x WHERE x.licence = l.id AND x.account = r.account))))
             ORDER BY r.company, r.id",
            product,
            deed.now
        ))
        .await?;
    let waiting: Vec<(Uuid, i64)> =
        waiting.into_iter().filter(|(_, _, key)| coming.contains(key.as_str())).map(|(id, company, _)| (id, company)).collect();
    deed.lock_requests(waiting.iter().map(|(id, _)| *id)).await?;
    Ok(Waiting(waiting))
}

/// R8: the documents came: nobody has to confirm or to give them any more. What waits no more is left alone, but for the one that staff pressed.
pub(crate) async fn conclude_what_came(
    deed: &mut Deed<'_>,
    by: AccountId,
    product: ProductId,
    waiting: Waiting,
    pressed: Option<RequestId>,
) -> Result<Vec<Event>> {
    let name: Option<(String,)> = deed.maybe(sql!("SELECT name FROM product WHERE id = $1", product)).await?;
    let name = name.map(|(name,)| name).unwrap_or_default();
    let mut events = Vec::new();
    for (id, company) in waiting.0 {
        let company = CompanyNumber(company);
        let row: Row = deed.find(row::one(company, RequestId(id))).await?;
        let was_pressed = pressed == Some(row.id());
        // What was undone meanwhile is an administrator's again, whatever staff pressed.
        let answered = row.request()?.answer(by, deed.now).filter(|_| !was_pressed);
        let after = match answered.map_or_else(|| confirmed(deed, by, &row, product), Ok) {
            Ok(after) => after,
            Err(Error::Refused(_)) if !was_pressed => continue,
            Err(error) => return Err(error),
        };
        row::write(deed, company, &row, after, Left { product: Some(product.0), confirmed: true, ..Left::default() }).await?;
        events.push(Event::StandardConfirmed {
            company,
            account: row.applicant(),
            request: row.id(),
            what: row.what,
            product: name.clone(),
        });
    }
    Ok(events)
}

fn confirmed(deed: &Deed<'_>, by: AccountId, row: &Row, product: ProductId) -> Result<Request> {
    let after = row.request()?.conclude(by, true, deed.now)?;
    if row.product == Some(product.0) { Ok(after) } else { Err(Refusal::Changed.into()) }
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
