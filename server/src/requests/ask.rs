//! R1, R4, R8: somebody asks, and may take it back.

use super::row::{self, Left, Row};
use crate::{
    Desk,
    callers::{Caller, Member},
    db::Query,
    deed::Deed,
    error::{Error, Result},
    licences::{self, HoldingRow},
    sql,
};
use shared::{
    AccountId, CompanyNumber, DocumentId, LicenceId, Permit, Refusal, RequestId, Time,
    documents::{Next, next_step},
    event::Event,
    requests::{Asking, MOST_ASKED, reason},
};
use sqlx::FromRow;

/// What stands in the way of asking, as a row has it.
#[derive(FromRow)]
pub(crate) struct AskingRow {
    has_open: bool,
    has_access: bool,
    last_declined: Option<i64>,
}

impl From<AskingRow> for Asking {
    fn from(row: AskingRow) -> Self {
        Self { has_open: row.has_open, has_access: row.has_access, last_declined: row.last_declined.map(Time) }
    }
}

fn asking_for_licence(account: AccountId, licence: LicenceId) -> Query {
    sql!(
        "SELECT EXISTS (SELECT 1 FROM request WHERE licence = $1 AND account = $2 AND state = 'open') AS has_open,
           EXISTS (SELECT 1 FROM access WHERE licence = $1 AND account = $2) AS has_access,
           (SELECT MAX(since) FROM request WHERE licence = $1 AND account = $2 AND state = 'declined') AS last_declined",
        licence,
        account
    )
}

/// R8: whether somebody may ask for a document; that they may open it is decided by the licences that have it.
pub(crate) fn asking_for_document(company: CompanyNumber, account: AccountId, document: DocumentId) -> Query {
    sql!(
        "SELECT EXISTS (SELECT 1 FROM request WHERE company = $1 AND account = $2 AND document = $3 AND state IN ('open', 'forwarded')) AS has_open,
           FALSE AS has_access,
           (SELECT MAX(since) FROM request WHERE company = $1 AND account = $2 AND document = $3 AND state = 'declined') AS last_declined",
        company,
        account,
        document
    )
}

/// R1: asks for a licence.
///
/// # Errors
/// [`Refusal::NotOnOffer`] (L4, L5), [`Refusal::AlreadyAsked`] and [`Refusal::AskAgainLater`] (R4), [`Refusal::HasAccess`],
/// [`Refusal::LicenceExpired`], [`Refusal::Fields`]; not found.
pub async fn ask_licence(desk: &Desk, member: &Member, licence: LicenceId, why: &str) -> Result<RequestId> {
    let why = reason(why)?;
    let (company, account) = (member.company(), member.account);
    let mut deed = Deed::permitted_beside(desk, member, Permit::UseRequests).await?;
    deed.hold_licence(licence).await?;
    let row: licences::Row = deed.find(licences::held(company, licence)).await?;
    let asking: AskingRow = deed.find(asking_for_licence(account, licence)).await?;
    Asking::from(asking).may_ask_for(&row.licence(), deed.now)?;
    let request = put_in(&mut deed, company, account, Some(licence), None, why.as_deref()).await?;
    deed.commit(Event::RequestMade { company, account, request, what: row.product }).await?;
    Ok(request)
}

/// R8, *Request standard*: asks for a document that no licence on offer has.
///
/// # Errors
/// [`Refusal::NotTheNextStep`] where it can be opened or a licence can be asked for; as [`ask_licence`] else.
pub async fn ask_standard(desk: &Desk, member: &Member, document: DocumentId, why: &str) -> Result<RequestId> {
    let why = reason(why)?;
    let (company, account) = (member.company(), member.account);
    let mut deed = Deed::permitted_beside(desk, member, Permit::UseRequests).await?;
    // No document comes into one of them meanwhile, and none becomes company-wide: what is asked is seen by whoever does that, or not asked.
    deed.hold_licences(company).await?;
    let (number,): (String,) = deed.find(sql!("SELECT number FROM document WHERE id = $1", document)).await?;
    let holdings: Vec<HoldingRow> = deed.all(licences::holdings(company, account, document)).await?;
    let holdings = holdings.into_iter().map(HoldingRow::holding).collect::<Result<Vec<_>>>()?;
    let asking: AskingRow = deed.find(asking_for_document(company, account, document)).await?;
    match next_step(&holdings, &asking.into(), deed.now) {
        Next::AskStandard => {}
        Next::NotNow(why) => return Err(why.into()),
        Next::Open { .. } | Next::AskLicence(_) => return Err(Refusal::NotTheNextStep.into()),
    }
    let request = put_in(&mut deed, company, account, None, Some(document), why.as_deref()).await?;
    deed.commit(Event::RequestMade { company, account, request, what: number }).await?;
    Ok(request)
}

/// R4: one at a time, whatever else is under way: the index decides.
async fn put_in(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    account: AccountId,
    licence: Option<LicenceId>,
    document: Option<DocumentId>,
    why: Option<&str>,
) -> Result<RequestId> {
    let (request, now) = (RequestId(deed.desk.new_id()), deed.now);
    let (lately,): (i64,) = deed
        .find(sql!(
            "SELECT COUNT(*) FROM request WHERE account = $1 AND company = $2 AND (state IN ('open', 'forwarded') OR asked_at > $3)",
            account,
            company,
            now.plus_minutes(-60)
        ))
        .await?;
    if licences::count(lately) >= MOST_ASKED {
        return Err(Refusal::AskedTooMuch.into());
    }
    let added = deed
        .execute(sql!(
            "INSERT INTO request (id, company, account, licence, document, reason, state, asked_at, since, confirmed)
             VALUES ($1, $2, $3, $4, $5, $6, 'open', $7, $7, FALSE) ON CONFLICT DO NOTHING",
            request,
            company,
            account,
            licence,
            document,
            why,
            now
        ))
        .await?;
    if added == 1 { Ok(request) } else { Err(Refusal::AlreadyAsked.into()) }
}

/// R4: whoever asked takes it back.
///
/// # Errors
/// [`Refusal::Decided`] (R5); not found, for nobody's of this company and for everybody else's.
pub async fn withdraw(desk: &Desk, member: &Member, request: RequestId) -> Result<()> {
    let company = member.company();
    let mut deed = Deed::permitted_beside(desk, member, Permit::UseRequests).await?;
    deed.lock_requests([request.0]).await?;
    let row: Row = deed.find(row::one(company, request)).await?;
    if member.account() != Some(row.applicant()) {
        return Err(Error::NotFound);
    }
    let after = row.request()?.withdraw(row.applicant(), deed.now)?;
    row::write(&mut deed, company, &row, after, Left::default()).await?;
    deed.commit(Event::RequestWithdrawn { company, account: row.applicant(), request, what: row.what }).await
}
