//! R1: the count beside *Requests*, in every company that somebody administers.

use crate::{
    Desk,
    callers::Administrator,
    db::{Query, Value, places},
    error::Result,
    licences,
};
use shared::CompanyNumber;
use sqlx::AssertSqlSafe;

/// How many wait for a decision in each of these companies, in both queues; none is not told. One question for all, since every page asks it.
///
/// # Errors
/// When the database can't be reached.
pub async fn counts(desk: &Desk, administrators: &[Administrator]) -> Result<Vec<(CompanyNumber, u32)>> {
    if administrators.is_empty() {
        return Ok(Vec::new());
    }
    // The first condition is the index's.
    let text = format!(
        "SELECT company, COUNT(*) FROM request
         WHERE company IN ({}) AND (state = 'open' OR state = 'forwarded') AND state = 'open' GROUP BY company",
        places(administrators.len(), 1)
    );
    let values = administrators.iter().map(|administrator| Value::from(administrator.company())).collect();
    let rows: Vec<(i64, i64)> = desk.db.all(Query::new(AssertSqlSafe(text), values)).await?;
    Ok(rows.into_iter().map(|(company, open)| (CompanyNumber(company), licences::count(open))).collect())
}
