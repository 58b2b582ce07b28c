//! L1, L6: a licence begins at midnight and ends at another, when nobody does anything.
//!
//! Its beginning is a deed of the system: it answers and tells whom a licence that is valid already would have answered and told. Its end is none,
//! since it is read from the date alone; only the pages that show it have to look again.

use super::{Row, held};
use crate::{Desk, db::Query, deed::Deed, error::Result, live::Signal, requests, sql};
use shared::{
    CompanyNumber, LicenceId, Time,
    event::Event,
    live::{Room, Topic},
};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// The clock is looked at so often.
const GLANCE: Duration = Duration::from_secs(1);
/// And after something broke: it is hardly whole a second later.
const REST: Duration = Duration::from_secs(60);

/// Begins licences as their first day comes, and tells open pages of those that end, until the program ends. The one that is under way is begun to
/// its end.
pub async fn keep_time(desk: Desk, end: CancellationToken) {
    let mut looked = desk.now();
    loop {
        let pause = match look(&desk, &mut looked, &end).await {
            Ok(()) => GLANCE,
            Err(error) => {
                tracing::warn!(%error, "licences could not be begun");
                REST
            }
        };
        tokio::select! {
            () = end.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

async fn look(desk: &Desk, looked: &mut Time, end: &CancellationToken) -> Result<()> {
    let now = desk.now();
    tell_of_ends(desk, *looked, now).await?;
    *looked = now;
    begin_until(desk, end).await?;
    Ok(())
}

/// Begins what has come to its first day. Answers with how many.
///
/// # Errors
/// When the database can't be reached, or one of them could not be begun: the others are.
pub async fn begin_due(desk: &Desk) -> Result<usize> {
    begin_until(desk, &CancellationToken::new()).await
}

/// [`begin_due`], beginning none once the program ends.
async fn begin_until(desk: &Desk, end: &CancellationToken) -> Result<usize> {
    let found: Vec<(Uuid, i64)> = desk.db.all(due(desk.now())).await?;
    let (mut begun, mut broke) = (0, None);
    for (licence, company) in found {
        if end.is_cancelled() {
            break;
        }
        match begin(desk, CompanyNumber(company), LicenceId(licence)).await {
            Ok(is_ours) => begun += usize::from(is_ours),
            Err(error) => {
                tracing::warn!(%error, %licence, "a licence could not be begun");
                broke = Some(error);
            }
        }
    }
    broke.map_or(Ok(begun), Err)
}

/// One whose last day came before anybody looked gives nothing; should it get a later end, it begins then.
fn due(now: Time) -> Query {
    sql!(
        "SELECT id, company FROM licence WHERE begun_at IS NULL AND valid_from <= $1 AND valid_until > $1 ORDER BY valid_from, company, id",
        now
    )
}

/// Several programs look at the same rows, and staff may have moved its first day meanwhile: whoever changes the row has it.
async fn begin(desk: &Desk, company: CompanyNumber, licence: LicenceId) -> Result<bool> {
    let mut deed = Deed::by_the_system(desk).await?;
    deed.hold_company(company).await?;
    deed.lock_licence(licence).await?;
    let now = deed.now;
    let claimed = deed
        .execute(sql!(
            "UPDATE licence SET begun_at = $1 WHERE id = $2 AND company = $3 AND begun_at IS NULL AND valid_from <= $1 AND valid_until > $1",
            now,
            licence,
            company
        ))
        .await?;
    if claimed == 0 {
        return Ok(false);
    }
    let row: Row = deed.find(held(company, licence)).await?;
    let mut events = requests::answer_begun(&mut deed, company, licence, row.company_wide_since.is_some()).await?;
    // Last: whoever hears that their request was accepted is not told besides that the document came.
    events.push(Event::LicenceBegun { company, licence, product: row.product });
    deed.commit_all(events).await?;
    Ok(true)
}

/// Each program tells its own pages, so that nobody has to write down that it was told; a page that opens later asks anyway.
async fn tell_of_ends(desk: &Desk, since: Time, now: Time) -> Result<()> {
    let companies: Vec<(i64,)> = desk.db.all(ended(since, now)).await?;
    for (company,) in companies {
        for room in [Room::Users, Room::Licences, Room::Requests] {
            desk.live.tell(Signal::Topic(Topic::Changed(CompanyNumber(company), room)));
        }
    }
    Ok(())
}

fn ended(since: Time, now: Time) -> Query {
    sql!("SELECT DISTINCT company FROM licence WHERE valid_until > $1 AND valid_until <= $2", since, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Every second: delete the indexes of migration 0014 to see it fail.
    #[tokio::test]
    async fn a_glance_reads_no_more_than_what_is_due() {
        for (query, index) in [(due(Time(2)), "licence_to_begin"), (ended(Time(1), Time(2)), "licence_by_end")] {
            let plan = plan(query).await;
            assert!(plan.contains(index), "{plan}");
        }
    }
}
