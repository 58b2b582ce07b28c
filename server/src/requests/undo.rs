//! R3, *Undo*: for ten minutes, by any administrator. The request is open again, and the access that came with it ends.

use super::row::{self, Left, Row, undoing};
use crate::{
    Desk,
    callers::Administrator,
    db::{Query, Value, places},
    deed::Deed,
    error::{Error, Result},
    sql,
};
use shared::{CompanyNumber, Permit, Refusal, RequestId, event::Event, requests::Undoing};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use uuid::Uuid;

/// What was accepted with the same decision is open again with it, where whoever asked still asks for it.
///
/// # Errors
/// [`Refusal::UndoIsOver`]; [`Refusal::NothingToUndo`], also where whoever asked is no member any more, has otherwise by now what they asked for, or
/// has asked anew;
/// [`Refusal::OwnRequest`] (R4); not found.
pub async fn undo(desk: &Desk, administrator: &Administrator, request: RequestId) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted_beside(desk, administrator, Permit::DecideRequests).await?;
    let by = row::decider(&mut deed, company).await?;
    // A seat comes free; and what people have by any of them stays as it is.
    deed.lock_licences(company).await?;
    let ids = decided_together(&mut deed, company, request).await?;
    deed.lock_requests(ids.iter().copied()).await?;
    let rows: Vec<Row> = deed.all(row::several(company, &ids)).await?;
    let decision = rows.iter().find(|row| row.id == request.0).and_then(|row| row.accepted_with);
    let standings = standings(&mut deed, company, &ids).await?;
    let mut events = Vec::new();
    for row in rows {
        let facts = standings.get(&row.id).ok_or(Error::NotFound)?.facts(&row);
        let after = match row.request()?.undo(by, facts, deed.now) {
            Ok(after) => after,
            Err(refusal) if row.id == request.0 => return Err(refusal.into()),
            Err(_) => continue,
        };
        // R4: one at a time. Whoever lost the access since may have asked anew.
        let written = row::write(&mut deed, company, &row, after, Left::default()).await;
        written.map_err(|error| if error.is_duplicate() { Refusal::NothingToUndo.into() } else { error })?;
        events.push(Event::RequestReopened { company, account: row.applicant(), request: row.id(), what: row.what });
    }
    deed.execute(sql!("DELETE FROM access WHERE request = $1 AND company = $2", decision, company)).await?;
    deed.commit_all(events).await
}

/// This request, and those that were accepted with the same decision.
async fn decided_together(deed: &mut Deed<'_>, company: CompanyNumber, request: RequestId) -> Result<Vec<Uuid>> {
    let ids: Vec<(Uuid,)> = deed
        .all(sql!(
            "SELECT id FROM request WHERE company = $1
               AND (id = $2 OR accepted_with = (SELECT accepted_with FROM request WHERE id = $2 AND company = $1))",
            company,
            request
        ))
        .await?;
    if ids.is_empty() { Err(Error::NotFound) } else { Ok(ids.into_iter().map(|(id,)| id).collect()) }
}

/// How whoever asked stands to what they asked for.
#[derive(FromRow)]
struct StandingRow {
    id: Uuid,
    is_member: bool,
    has_it: bool,
    asks_anew: bool,
}

impl StandingRow {
    fn facts(&self, row: &Row) -> Undoing {
        Undoing {
            was_decided: row::was_decided(&row.state, row.confirmed, row.accepted_with),
            is_member: self.is_member,
            has_it: self.has_it,
            asks_anew: self.asks_anew,
        }
    }
}

async fn standings(deed: &mut Deed<'_>, company: CompanyNumber, requests: &[Uuid]) -> Result<HashMap<Uuid, StandingRow>> {
    let text = concat!("SELECT r.id, ", undoing!("$2"), " FROM request r WHERE r.company = $1 AND r.id IN (");
    let ids = requests.iter().map(|id| Value::from(*id));
    let values = [Value::from(company), Value::from(deed.now)].into_iter().chain(ids).collect();
    let rows: Vec<StandingRow> = deed.all(Query::new(AssertSqlSafe(format!("{text}{})", places(requests.len(), 3))), values)).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
