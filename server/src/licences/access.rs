//! L2, L5, L6: access given and taken away, by an administrator's hand.

use super::{Row, count, held, one_of};
use crate::{
    Desk,
    callers::Administrator,
    db::{Query, Value, places},
    deed::Deed,
    error::{Error, Result},
    requests::{self, Answered},
    sql,
    tally::{Tally, portions},
};
use shared::{
    AccountId, CompanyNumber, LicenceId, Permit, Refusal, RequestId,
    event::Event,
    licences::{Chosen, PeopleQuery, Taker, Validity, Way},
    refusal::NotDone,
    requests::Decider,
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// People in one transaction.
const PORTION: usize = 500;

/// Gives access to one or many. Answers with how many.
///
/// # Errors
/// Why it can't be given, where one was chosen; [`Refusal::Some`] when not all of several could have it; [`Refusal::NobodyChosen`]; not found.
pub async fn give(desk: &Desk, administrator: &Administrator, licence: LicenceId, chosen: &Chosen) -> Result<u32> {
    with_all(desk, administrator, licence, chosen, What::Give).await
}

/// Takes the access of one or many away: their own. What is company-wide is everybody's.
///
/// # Errors
/// As [`give`].
pub async fn remove(desk: &Desk, administrator: &Administrator, licence: LicenceId, chosen: &Chosen) -> Result<u32> {
    with_all(desk, administrator, licence, chosen, What::Remove).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Give,
    Remove,
}

async fn with_all(desk: &Desk, administrator: &Administrator, licence: LicenceId, chosen: &Chosen, what: What) -> Result<u32> {
    // Very many are several transactions: none of them is left out because a browser hung up.
    let (hand, administrator, chosen) = (desk.clone(), administrator.clone(), chosen.clone());
    desk.to_the_end(async move { with_each(&hand, &administrator, licence, &chosen, what).await }).await
}

async fn with_each(desk: &Desk, administrator: &Administrator, licence: LicenceId, chosen: &Chosen, what: What) -> Result<u32> {
    let company = administrator.company();
    let mut ids: Vec<Uuid> = match chosen {
        Chosen::These(ids) => ids.iter().map(|id| id.0).collect(),
        Chosen::Found(query) => find_ids(desk, company, licence, query).await?,
    };
    ids.sort_unstable();
    ids.dedup();
    let mut all = Tally::new();
    for (portion, left) in portions(&ids, PORTION) {
        if let Err(why) = with_portion(desk, administrator, licence, portion, what, &mut all).await {
            // Those of the portions before have it or have lost it, whatever happened to the administrator or the database since.
            return all.stopped(left, why)?.sum();
        }
    }
    if ids.len() == 1 { all.sum_of_one() } else { all.sum() }
}

async fn find_ids(desk: &Desk, company: CompanyNumber, licence: LicenceId, query: &PeopleQuery) -> Result<Vec<Uuid>> {
    let row: Row = desk.db.maybe(one_of(company, licence)).await?.ok_or(Error::NotFound)?;
    let found = super::list::people(&row, company, query, "m.account", "ORDER BY m.account", u32::MAX, 0);
    let ids: Vec<(Uuid,)> = desk.db.all(found).await?;
    Ok(ids.into_iter().map(|(id,)| id).collect())
}

async fn with_portion(
    desk: &Desk,
    administrator: &Administrator,
    licence: LicenceId,
    portion: &[Uuid],
    what: What,
    all: &mut Tally,
) -> Result<()> {
    let company = administrator.company();
    let mut deed = Deed::permitted_beside(desk, administrator, Permit::ManageLicences).await?;
    deed.lock_licence(licence).await?;
    let mut row: Row = deed.find(held(company, licence)).await?;
    let by = requests::decider(&mut deed, company).await?;
    let mut answered = match what {
        What::Give => Answered::of(&mut deed, company, &[licence.0], portion, &[]).await?,
        What::Remove => Answered::default(),
    };
    let people: Vec<TakerRow> = deed.all(takers(company, licence, portion)).await?;
    let (mut events, mut refused, mut done) = (Vec::new(), Vec::new(), 0);
    for person in people {
        let given = match what {
            What::Give => give_one(&mut deed, Some((by, &mut answered)), company, &mut row, &person).await?,
            What::Remove => take_away(&mut deed, company, &row, AccountId(person.account)).await?,
        };
        match given {
            Ok(given) => {
                done += 1;
                events.extend(given);
            }
            Err(refusal) => refused.push(NotDone { id: person.account, name: person.name, username: person.username, refusal }),
        }
    }
    if done > 0 {
        deed.commit_all(events).await?;
    }
    all.done(done);
    refused.into_iter().for_each(|one| all.refused(one));
    Ok(())
}

/// A rule's no is one person's; an error is everybody's, since something may be half done. Whoever asked for it has it now, so that what they
/// asked is accepted, unless the licence has not begun: they don't have it yet (R3). `by` is who does that, with what is asked; nobody for somebody
/// new, who asked for nothing.
async fn give_one(
    deed: &mut Deed<'_>,
    by: Option<(Decider, &mut Answered)>,
    company: CompanyNumber,
    row: &mut Row,
    person: &TakerRow,
) -> Result<Result<Vec<Event>, Refusal>> {
    if let Err(refusal) = row.licence().may_be_given(&person.taker(), deed.now) {
        return Ok(Err(refusal));
    }
    let (account, licence, product) = (AccountId(person.account), row.id(), row.product.clone());
    let accepted = match by {
        // R4: what would answer it is no more theirs to do than accepting it.
        Some((by, answered)) if by.account == account && by.others > 0 && answered.has(account, licence) => {
            return Ok(Err(Refusal::OwnRequest));
        }
        Some((by, answered)) if row.licence().validity(deed.now) == Validity::Valid => {
            answered.accept(deed, by.account, company, account, licence, None).await?
        }
        _ => Vec::new(),
    };
    let request = accepted.iter().find_map(|event| match event {
        Event::RequestAccepted { request, .. } => Some(*request),
        _ => None,
    });
    let way = if request.is_some() { Way::Requested } else { Way::Given };
    put_in(deed, company, account, licence, way, request).await?;
    row.used += 1;
    Ok(Ok(if accepted.is_empty() { vec![Event::AccessGiven { company, account, licence, product }] } else { accepted }))
}

async fn take_away(deed: &mut Deed<'_>, company: CompanyNumber, row: &Row, account: AccountId) -> Result<Result<Vec<Event>, Refusal>> {
    let licence = row.id();
    let taken =
        deed.execute(sql!("DELETE FROM access WHERE licence = $1 AND account = $2 AND company = $3", licence, account, company)).await?;
    Ok(if taken == 0 {
        Err(Refusal::NoAccess)
    } else {
        Ok(vec![Event::AccessRemoved { company, account, licence, product: row.product.clone() }])
    })
}

/// U1, *Add licence*: to somebody whom this deed adds.
///
/// # Errors
/// Why it can't be given; not found.
pub(crate) async fn give_to_new(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, licence: LicenceId) -> Result<Vec<Event>> {
    deed.lock_licence(licence).await?;
    let mut row: Row = deed.find(held(company, licence)).await?;
    let person: TakerRow = deed.find(takers(company, licence, &[account.0])).await?;
    Ok(give_one(deed, None, company, &mut row, &person).await??)
}

/// The row. The rule was asked, and the licence is locked or held.
pub(crate) async fn put_in(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    account: AccountId,
    licence: LicenceId,
    way: Way,
    request: Option<RequestId>,
) -> Result<()> {
    let now = deed.now;
    deed.exactly_one(sql!(
        "INSERT INTO access (licence, account, company, way, request, given_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        licence,
        account,
        company,
        way.key(),
        request,
        now
    ))
    .await
}

/// Somebody of the company, as the rules of a licence see them.
#[derive(FromRow)]
pub(crate) struct TakerRow {
    pub account: Uuid,
    pub name: String,
    pub username: String,
    state: String,
    blocked: bool,
    has_access: bool,
    has_country: bool,
    general: bool,
}

/// The people of a company who are named, in the order of their ids.
pub(crate) fn takers(company: CompanyNumber, licence: LicenceId, accounts: &[Uuid]) -> Query {
    let text = format!(
        "SELECT m.account, COALESCE(m.given_name, a.name) AS name, m.username, m.state, m.blocked_at IS NOT NULL AS blocked,
           EXISTS (SELECT 1 FROM access x WHERE x.licence = $2 AND x.account = m.account) AS has_access,
           CASE WHEN m.given_name IS NULL THEN a.country ELSE m.given_country END IS NOT NULL AS has_country,
           a.general_of IS NOT NULL AS general
         FROM membership m JOIN account a ON a.id = m.account WHERE m.company = $1 AND m.account IN ({}) ORDER BY m.account",
        places(accounts.len(), 3)
    );
    let values = [Value::from(company), Value::from(licence)].into_iter().chain(accounts.iter().map(|id| Value::from(*id))).collect();
    Query::new(AssertSqlSafe(text), values)
}

impl TakerRow {
    pub(crate) fn taker(&self) -> Taker {
        Taker {
            blocked: self.blocked,
            awaits_approval: self.state == "awaiting_approval",
            has_access: self.has_access,
            has_country: self.has_country,
            is_general: self.general,
        }
    }
}

/// How many rows a query counts.
pub(super) async fn counted(desk: &Desk, query: Query) -> Result<u32> {
    let (found,): (i64,) = desk.db.one(query).await?;
    Ok(count(found))
}

/// L5: whoever came by themselves said nothing of a country, whatever an administrator had written of them before.
pub(crate) async fn end_where_no_country(deed: &mut Deed<'_>, account: AccountId) -> Result<()> {
    deed.execute(sql!(
        "DELETE FROM access WHERE account = $1 AND licence IN (SELECT id FROM licence WHERE external)
           AND EXISTS (SELECT 1 FROM account a WHERE a.id = $1 AND a.country IS NULL)",
        account
    ))
    .await?;
    Ok(())
}
