//! What removing or blocking would cost, in numbers, before it is done (U5, R7).

use super::list::ends_of_found;
use crate::{
    Desk,
    callers::Administrator,
    db::{Query, Value, places},
    error::Result,
};
use shared::{
    AccountId, CompanyNumber, Time,
    users::{Chosen, Ends},
};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// People asked about in one statement.
const PORTION: usize = 500;

/// Of all memberships `m` that a statement finds, as one row of two sums; `$2` is now. The same licences and requests that somebody who leaves
/// by themselves is told of (`moving::read`), and those that `requests::lapse` withdraws.
pub(super) const SUMS: &str = "
    CAST(COALESCE(SUM(
      (SELECT COUNT(*) FROM access x JOIN licence l ON l.id = x.licence
       WHERE x.company = m.company AND x.account = m.account AND l.valid_until > $2)
      + CASE WHEN m.state = 'active' AND m.blocked_at IS NULL
        THEN (SELECT COUNT(*) FROM licence l
              WHERE l.company = m.company AND l.company_wide_since IS NOT NULL AND l.valid_from <= $2 AND l.valid_until > $2
                AND NOT EXISTS (SELECT 1 FROM access x WHERE x.licence = l.id AND x.account = m.account))
        ELSE 0 END), 0) AS BIGINT),
    CAST(COALESCE(SUM(
      (SELECT COUNT(*) FROM request r
       WHERE r.company = m.company AND r.account = m.account AND r.state IN ('open', 'forwarded'))), 0) AS BIGINT)";

/// What it would cost those chosen together.
///
/// # Errors
/// When the database can't be reached.
pub async fn ends(desk: &Desk, administrator: &Administrator, chosen: &Chosen) -> Result<Ends> {
    let company = administrator.company();
    match chosen {
        Chosen::Found(query) => summed(desk, ends_of_found(desk, company, query)).await,
        Chosen::Some(ids) => {
            let mut ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
            ids.sort_unstable();
            ids.dedup();
            let mut all = Ends::default();
            for portion in ids.chunks(PORTION) {
                let Ends { access, requests } = summed(desk, these(company, portion, desk.now())).await?;
                all = Ends { access: all.access.saturating_add(access), requests: all.requests.saturating_add(requests) };
            }
            Ok(all)
        }
    }
}

pub(super) async fn of_one(desk: &Desk, company: CompanyNumber, account: AccountId) -> Result<Ends> {
    summed(desk, these(company, &[account.0], desk.now())).await
}

fn these(company: CompanyNumber, accounts: &[Uuid], now: Time) -> Query {
    let values = [Value::from(company), Value::from(now)].into_iter().chain(accounts.iter().map(|account| Value::from(*account))).collect();
    let text = format!("SELECT {SUMS} FROM membership m WHERE m.company = $1 AND m.account IN ({})", places(accounts.len(), 3));
    Query::new(AssertSqlSafe(text), values)
}

async fn summed(desk: &Desk, query: Query) -> Result<Ends> {
    let (access, requests): (i64, i64) = desk.db.one(query).await?;
    let small = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Ends { access: small(access), requests: small(requests) })
}
