//! How far the mail of many is: of a newsletter (P5), or of what an administrator sends again to several (U2).

use crate::{Desk, callers::Administrator, db::Query, error::Result, licences::count, sql};
use shared::{
    BatchId, CompanyNumber,
    mailing::{Copy, Progress},
};
use sqlx::AssertSqlSafe;

/// Of one person's letters what became of their copy. Where it went to several administrators (U3), what still waits counts before what came to
/// somebody, and that before what did not.
pub(crate) const FATE: &str = "CAST(MIN(CASE state WHEN 'queued' THEN 0 WHEN 'sent' THEN 1 WHEN 'failed' THEN 2 ELSE 3 END) AS BIGINT)";

pub(crate) const fn copy(fate: i64) -> Copy {
    match fate {
        0 => Copy::Waiting,
        1 => Copy::Sent,
        2 => Copy::Failed,
        _ => Copy::Dropped,
    }
}

/// Of a batch that this company wrote; nothing, where it did not, or the letters are forgotten.
///
/// # Errors
/// When the database can't be reached.
pub async fn of_batch(desk: &Desk, administrator: &Administrator, batch: BatchId) -> Result<Option<Progress>> {
    let mut progress = Progress::default();
    for (fate, people) in desk.db.all::<(i64, i64)>(fates(administrator.company(), batch)).await? {
        progress.add(copy(fate), count(people));
    }
    progress.all = progress.known();
    Ok((progress.all > 0).then_some(progress))
}

fn fates(company: CompanyNumber, batch: BatchId) -> Query {
    sql!(
        AssertSqlSafe(format!(
            "SELECT fate, COUNT(*) FROM
               (SELECT {FATE} AS fate FROM letter WHERE batch = $1 AND company = $2 GROUP BY subject_account) f
             GROUP BY fate"
        )),
        batch,
        company
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Delete `letter_by_batch` of migration 0015 to see it fail: every letter is then read, as often as a page follows a mailing.
    #[tokio::test]
    async fn only_a_batchs_own_letters_are_read() {
        let plan = plan(fates(CompanyNumber(1), BatchId(uuid::Uuid::nil()))).await;
        assert!(plan.contains("COVERING INDEX letter_by_batch (batch=? AND company=?)"), "{plan}");
    }
}
