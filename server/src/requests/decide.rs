//! R2–R5: administrators decide, one request or many.

use super::{
    answer::Answering,
    answered::Answered,
    row::{self, Left, Row},
};
use crate::{
    Desk,
    callers::Administrator,
    db::Query,
    deed::Deed,
    error::{Error, Result},
    licences::{self, TakerRow},
    sql,
    tally::{Tally, portions},
    users::keys,
};
use shared::{
    CompanyNumber, FieldName, LicenceId, Permit, Problem, Refusal, RequestId,
    event::Event,
    refusal::NotDone,
    requests::{Chosen, Decider, Decision, LONGEST_REASON, Outcome, Queue},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Requests in one transaction: each writes letters too.
const PORTION: usize = 200;

/// Accepts or declines, with one answer to all where they are for documents (R8). Of several, whoever asked first gets the last seat. Answers with
/// how many.
///
/// # Errors
/// Why it can't be, where one was chosen: [`Refusal::Decided`] (R5), [`Refusal::OwnRequest`] (R4), [`Refusal::NoSeat`] (L6) and what else keeps
/// somebody from access, [`Refusal::NotAnAnswer`] (R8); [`Refusal::Some`] when it could not be done with all of several; [`Refusal::NoRequestChosen`];
/// [`Refusal::DecidedMeanwhile`] when of all that were open some are not any more (R5).
pub async fn decide(desk: &Desk, administrator: &Administrator, decision: &Decision, chosen: &Chosen) -> Result<u32> {
    // Very many are several transactions: none of them is left out because a browser hung up.
    let (hand, administrator, decision, chosen) = (desk.clone(), administrator.clone(), decision.clone(), chosen.clone());
    desk.to_the_end(async move { decide_all(&hand, &administrator, &decision, &chosen).await }).await
}

async fn decide_all(desk: &Desk, administrator: &Administrator, decision: &Decision, chosen: &Chosen) -> Result<u32> {
    if let Decision::Decline { reason: Some(reason) } = decision
        && reason.chars().count() > usize::from(LONGEST_REASON)
    {
        return Err(Refusal::field(FieldName::Reason, Problem::TooLong(LONGEST_REASON)).into());
    }
    let mut ids: Vec<Uuid> = match chosen {
        Chosen::These(ids) => ids.iter().map(|id| id.0).collect(),
        Chosen::AllOpen { queue, newest, .. } => {
            let open: Vec<(Uuid,)> = desk.db.all(open_in(administrator.company(), *queue, *newest)).await?;
            open.into_iter().map(|(id,)| id).collect()
        }
    };
    let meanwhile = match chosen {
        Chosen::AllOpen { expected: Some(expected), .. } => expected.saturating_sub(u32::try_from(ids.len()).unwrap_or(u32::MAX)),
        _ => 0,
    };
    // By their ids, which begin with when they were asked.
    ids.sort_unstable();
    ids.dedup();
    let (mut all, mut accepted) = (Tally::new(), HashSet::new());
    let mut found = 0;
    for (portion, left) in portions(&ids, PORTION) {
        match with_portion(desk, administrator, decision, portion, &mut all, &mut accepted).await {
            Ok(there) => found += there,
            // Those of the portions before are decided, whatever happened to the administrator or the database since.
            Err(why) => return all.stopped(left, why)?.sum_of_requests(meanwhile),
        }
    }
    match (ids.len(), found, meanwhile) {
        (1, 0, _) => Err(Error::NotFound),
        (1, _, 0) => all.sum_of_one(),
        _ => all.sum_of_requests(meanwhile),
    }
}

/// Ids begin with when they were made.
fn open_in(company: CompanyNumber, queue: Queue, newest: RequestId) -> Query {
    match queue {
        Queue::Licences => {
            sql!("SELECT id FROM request WHERE company = $1 AND state = 'open' AND id <= $2 AND licence IS NOT NULL", company, newest)
        }
        Queue::Documents => {
            sql!("SELECT id FROM request WHERE company = $1 AND state = 'open' AND id <= $2 AND document IS NOT NULL", company, newest)
        }
    }
}

/// What a decision needs, locked before anything is decided.
enum Ready<'a> {
    Accept(HashMap<Uuid, licences::Row>, Answered),
    Answer(Answering),
    Decline(Option<&'a str>),
}

impl<'a> Ready<'a> {
    async fn lock(deed: &mut Deed<'_>, company: CompanyNumber, decision: &'a Decision, portion: &[Uuid]) -> Result<Self> {
        match decision {
            Decision::Accept => {
                let licences = lock_licences(deed, company, portion).await?;
                let answered = lock_requests(deed, company, portion, &licences).await?;
                Ok(Self::Accept(licences, answered))
            }
            Decision::Answer(answer) => Ok(Self::Answer(Answering::lock(deed, company, *answer, portion).await?)),
            Decision::Decline { reason } => {
                deed.lock_requests(portion.iter().copied()).await?;
                Ok(Self::Decline(reason.as_deref()))
            }
        }
    }

    /// Whether it is about such a request: a licence that is asked for has no choice.
    const fn is_about(&self, row: &Row) -> bool {
        !matches!(self, Self::Answer(_)) || row.document.is_some()
    }

    /// A rule's no is one request's; an error is everybody's, since something may be half done.
    async fn decide(&mut self, deed: &mut Deed<'_>, company: CompanyNumber, by: Decider, row: &Row) -> Result<Result<Vec<Event>, Refusal>> {
        match self {
            Self::Accept(licences, answered) => accept(deed, company, by, row, (licences, answered)).await,
            Self::Answer(answering) => answering.decide(deed, company, by, row).await,
            Self::Decline(reason) => decline(deed, company, by, row, *reason).await,
        }
    }
}

/// Answers with how many of them there are in this company. `accepted`: what was accepted so far, and what that answered besides.
async fn with_portion(
    desk: &Desk,
    administrator: &Administrator,
    decision: &Decision,
    portion: &[Uuid],
    all: &mut Tally,
    accepted: &mut HashSet<RequestId>,
) -> Result<usize> {
    let company = administrator.company();
    let mut deed = Deed::permitted_beside(desk, administrator, Permit::DecideRequests).await?;
    let by = row::decider(&mut deed, company).await?;
    let mut ready = Ready::lock(&mut deed, company, decision, portion).await?;
    let mut rows: Vec<Row> = deed.all(row::several(company, portion)).await?;
    rows.retain(|row| ready.is_about(row));
    let found = rows.len();
    let (mut events, mut refused, mut done) = (Vec::new(), Vec::new(), 0);
    let mut here = HashSet::new();
    for row in rows {
        // With another one of the same person: done, and not somebody else's doing. Of an earlier portion it may have been undone since.
        if here.contains(&row.id()) || (accepted.contains(&row.id()) && row.state == Outcome::Accepted.key()) {
            done += 1;
            continue;
        }
        match ready.decide(&mut deed, company, by, &row).await? {
            Ok(decided) => {
                done += 1;
                here.extend(decided.iter().filter_map(accepted_by));
                events.extend(decided);
            }
            Err(refusal) => {
                let (name, username) = keys::shown(row.name, row.username);
                refused.push(NotDone { id: row.id, name, username, refusal });
            }
        }
    }
    if !events.is_empty() {
        deed.commit_all(events).await?;
    }
    all.done(done);
    accepted.extend(here);
    refused.into_iter().for_each(|one| all.refused(one));
    Ok(found)
}

const fn accepted_by(event: &Event) -> Option<RequestId> {
    match event {
        Event::RequestAccepted { request, .. } => Some(*request),
        _ => None,
    }
}

/// The licences that these ask for, in the order of their ids. One without a limit is only held, so that decisions on it go on side by side.
async fn lock_licences(deed: &mut Deed<'_>, company: CompanyNumber, requests: &[Uuid]) -> Result<HashMap<Uuid, licences::Row>> {
    let wanted: Vec<(Uuid, bool)> = deed.all(licences::asked_for(company, requests)).await?;
    let mut locked = HashMap::new();
    for (id, is_limited) in wanted {
        let licence = LicenceId(id);
        if is_limited {
            deed.lock_licence(licence).await?;
        } else {
            deed.hold_licence(licence).await?;
        }
        let row: licences::Row = deed.find(licences::held(company, licence)).await?;
        if row.licence().seats.is_some() != is_limited {
            // Staff changed just that meanwhile.
            return Err(Refusal::Changed.into());
        }
        locked.insert(id, row);
    }
    Ok(locked)
}

/// With what access to these licences answers besides.
async fn lock_requests(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    portion: &[Uuid],
    licences: &HashMap<Uuid, licences::Row>,
) -> Result<Answered> {
    let applicants: Vec<Row> = if licences.is_empty() { Vec::new() } else { deed.all(row::several(company, portion)).await? };
    let applicants: Vec<Uuid> = applicants.iter().map(|row| row.account).collect();
    let licences: Vec<Uuid> = licences.keys().copied().collect();
    Answered::of(deed, company, &licences, &applicants, portion).await
}

async fn accept(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    by: Decider,
    row: &Row,
    (licences, answered): (&mut HashMap<Uuid, licences::Row>, &mut Answered),
) -> Result<Result<Vec<Event>, Refusal>> {
    if let Err(refusal) = row.request()?.may_be_decided(by) {
        return Ok(Err(refusal));
    }
    // R8: for a document it has to be said what is given.
    let Some(licence) = row.licence else { return Ok(Err(Refusal::field(FieldName::Choice, Problem::Missing))) };
    let licence = licences.get_mut(&licence).ok_or(Error::NotFound)?;
    // R7: whoever left asks for nothing any more.
    let applicant: TakerRow = deed.find(licences::takers(company, licence.id(), &[row.account])).await?;
    answered.give(deed, company, by, row, licence, &applicant.taker()).await
}

async fn decline(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    by: Decider,
    row: &Row,
    reason: Option<&str>,
) -> Result<Result<Vec<Event>, Refusal>> {
    let after = match row.request()?.decline(by, deed.now) {
        Ok(after) => after,
        Err(refusal) => return Ok(Err(refusal)),
    };
    row::write(deed, company, row, after, Left { answer: reason, ..Left::default() }).await?;
    Ok(Ok(vec![Event::RequestDeclined { company, account: row.applicant(), request: row.id(), what: row.what.clone() }]))
}
