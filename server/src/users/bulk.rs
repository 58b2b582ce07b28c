//! The same deed for several people at once. One transaction for a few hundred of them: a lock is held only shortly, and the disk is asked
//! once for all. For whom it can't be done it isn't, and the answer names them; for the others it is.

use super::{
    change,
    list::find_ids,
    person::{PersonRow, people},
};
use crate::{
    Desk,
    callers::{Administrator, Caller},
    deed::Deed,
    error::{Error, Result},
    sql,
    tally::{Tally, portions},
};
use shared::{AccountId, BatchId, CompanyNumber, Permit, event::Event, refusal::NotDone, users::Chosen};
use uuid::Uuid;

/// People in one transaction.
const PORTION: usize = 500;

#[derive(Clone, Copy)]
enum What {
    Block,
    /// In this batch of mail.
    Resend(BatchId),
    Remove,
}

/// Blocks them. Answers with how many.
///
/// # Errors
/// [`Refusal::Some`] when not all could be; [`Refusal::NobodyChosen`].
pub async fn block_chosen(desk: &Desk, administrator: &Administrator, chosen: &Chosen) -> Result<u32> {
    with_all(desk, administrator, chosen, What::Block).await
}

/// *Resend email* to each (U2). Answers with how many, and with the batch of their mail ([`crate::mail_progress::of_batch`]).
///
/// # Errors
/// [`Refusal::Some`] when not all could be mailed, with the same batch; [`Refusal::NobodyChosen`].
pub async fn resend_chosen(desk: &Desk, administrator: &Administrator, chosen: &Chosen) -> Result<(u32, BatchId)> {
    let batch = BatchId(desk.new_id());
    Ok((with_all(desk, administrator, chosen, What::Resend(batch)).await?, batch))
}

/// Removes them from the company.
///
/// # Errors
/// [`Refusal::Some`] when not all could be; [`Refusal::NobodyChosen`].
pub async fn remove_chosen(desk: &Desk, administrator: &Administrator, chosen: &Chosen) -> Result<u32> {
    with_all(desk, administrator, chosen, What::Remove).await
}

async fn with_all(desk: &Desk, administrator: &Administrator, chosen: &Chosen, what: What) -> Result<u32> {
    // Very many are several transactions: none of them is left out because a browser hung up.
    let (hand, administrator, chosen) = (desk.clone(), administrator.clone(), chosen.clone());
    desk.to_the_end(async move { with_each(&hand, &administrator, &chosen, what).await }).await
}

async fn with_each(desk: &Desk, administrator: &Administrator, chosen: &Chosen, what: What) -> Result<u32> {
    let mut ids: Vec<Uuid> = match chosen {
        Chosen::Some(ids) => ids.iter().map(|id| id.0).collect(),
        Chosen::Found(query) => find_ids(desk, administrator.company(), query).await?,
    };
    // Nobody twice, or the second time would be refused.
    ids.sort_unstable();
    ids.dedup();
    let mut all = Tally::mailing(what.batch());
    for (portion, left) in portions(&ids, PORTION) {
        if let Err(why) = with_portion(desk, administrator, portion, what, &mut all).await {
            // Those of the portions before are done, whatever happened to the administrator or the database since.
            return all.stopped(left, why)?.sum();
        }
    }
    all.sum()
}

async fn with_portion(desk: &Desk, administrator: &Administrator, portion: &[Uuid], what: What, all: &mut Tally) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, what.permit()).await?;
    deed.mails_in(what.batch());
    let rows: Vec<PersonRow> = deed.all(people(company, portion, deed.now)).await?;
    let (mut events, mut refused, mut done) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        match with_one(&mut deed, administrator.account(), company, &row, what).await {
            Ok(event) => {
                done += 1;
                events.extend(event);
            }
            Err(Error::Refused(refusal)) => refused.push(NotDone { id: row.id, name: row.name, username: row.username, refusal }),
            Err(broken) => return Err(broken),
        }
    }
    if !events.is_empty() {
        deed.commit_all(events).await?;
    }
    all.done(done);
    refused.into_iter().for_each(|one| all.refused(one));
    Ok(())
}

/// The rule is asked before anything is written, so whoever is refused is left as they were. `None`: it is so already.
async fn with_one(
    deed: &mut Deed<'_>,
    by: Option<AccountId>,
    company: CompanyNumber,
    row: &PersonRow,
    what: What,
) -> Result<Option<Event>> {
    let account = AccountId(row.id);
    let position = row.position(by)?;
    match what {
        What::Block => {
            position.may_block()?;
            if row.blocked {
                return Ok(None);
            }
            deed.lock_account(account).await?;
            let now = deed.now;
            deed.exactly_one(sql!(
                "UPDATE membership SET blocked_at = $1 WHERE company = $2 AND account = $3 AND blocked_at IS NULL",
                now,
                company,
                account
            ))
            .await?;
            change::shut_out(deed, company, account, row.joins).await?;
            Ok(Some(Event::UserEdited {
                company,
                account,
                details: false,
                role: None,
                blocked: Some(true),
                mail_to_administrators: None,
                mailed: false,
            }))
        }
        What::Resend(_) => {
            position.may_resend()?;
            change::mail_again(deed, company, row).await?;
            Ok(Some(Event::RegistrationResent { company, account }))
        }
        What::Remove => {
            position.may_remove()?;
            change::take_out(deed, company, account, row.joins).await?;
            Ok(Some(Event::UserRemoved { company, account }))
        }
    }
}

impl What {
    const fn permit(self) -> Permit {
        match self {
            Self::Block => Permit::EditUser,
            Self::Resend(_) => Permit::ResendRegistration,
            Self::Remove => Permit::RemoveUser,
        }
    }

    const fn batch(self) -> Option<BatchId> {
        match self {
            Self::Resend(batch) => Some(batch),
            Self::Block | Self::Remove => None,
        }
    }
}
