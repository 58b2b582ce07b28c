//! R8: a document that is asked for. An administrator gives a licence that has it, or wants it in a collection, and staff confirm that.

use super::{
    answered::Answered,
    by_others::{conclude_what_came, lock_waiting},
    row::{self, Left, Row},
};
use crate::{
    Desk,
    callers::{Administrator, Caller, Staff},
    deed::Deed,
    documents,
    error::{Error, Result},
    licences::{self, TakerRow},
    sql,
};
use shared::{
    AccountId, CompanyNumber, DocumentId, FieldName, LicenceId, Permit, Problem, ProductId, Refusal, RequestId, Time,
    event::Event,
    licences::{Validity, Way},
    requests::{PAGE_SIZE, ToConfirm, ToConfirmPage, reason},
};
use sqlx::FromRow;
use std::collections::HashSet;
use uuid::Uuid;

/// What an administrator chose.
enum Chosen {
    Licence(LicenceId),
    Collection(ProductId),
}

/// As a form sends it ([`shared::requests::Choice::key`]).
fn chosen(choice: &str) -> Result<Chosen, Refusal> {
    let refused = |problem| Refusal::field(FieldName::Choice, problem);
    let (kind, id) =
        choice.split_once(':').ok_or_else(|| refused(if choice.is_empty() { Problem::Missing } else { Problem::NotAChoice }))?;
    match (kind, id.parse::<Uuid>()) {
        ("licence", Ok(id)) => Ok(Chosen::Licence(LicenceId(id))),
        ("collection", Ok(id)) => Ok(Chosen::Collection(ProductId(id))),
        _ => Err(refused(Problem::NotAChoice)),
    }
}

/// An administrator answers a request for a document.
///
/// # Errors
/// [`Refusal::Fields`] for what can't be chosen; as accepting a request for a licence else.
pub async fn answer_standard(desk: &Desk, administrator: &Administrator, request: RequestId, choice: &str) -> Result<()> {
    let company = administrator.company();
    let choice = chosen(choice)?;
    let mut deed = Deed::permitted_beside(desk, administrator, Permit::DecideRequests).await?;
    let by = row::decider(&mut deed, company).await?;
    let mut answered = lock(&mut deed, company, request, &choice).await?;
    let row: Row = deed.find(row::one(company, request)).await?;
    let document = row.document.ok_or(Error::NotFound)?;
    row.request()?.may_be_decided(by)?;
    match choice {
        Chosen::Licence(licence) => {
            let held = with_document(&mut deed, company, licence, document).await?;
            let applicant: TakerRow = deed.maybe(licences::takers(company, licence, &[row.account])).await?.ok_or(Refusal::NotAllowed)?;
            let after = row.request()?.accept(by, &held.licence(), &applicant.taker(), deed.now)?;
            row::write(&mut deed, company, &row, after, Left { with: Some(request), ..Left::default() }).await?;
            answered.without(request);
            licences::put_in(&mut deed, company, row.applicant(), licence, Way::Requested, Some(request)).await?;
            let account = row.applicant();
            let mut events = vec![Event::RequestAccepted { company, account, request, what: row.what }];
            events.extend(answered.accept(&mut deed, by.account, company, account, licence, Some(request)).await?);
            deed.commit_all(events).await
        }
        Chosen::Collection(product) => {
            let name = collection_for(&mut deed, company, product, document).await?;
            let after = row.request()?.forward(by, deed.now)?;
            row::write(&mut deed, company, &row, after, Left { product: Some(product.0), ..Left::default() }).await?;
            deed.commit(Event::RequestForwarded { company, account: row.applicant(), request, what: row.what, product: name }).await
        }
    }
}

/// The licence that is given, and the request with what that answers besides; or the licences, so that no document comes into one that is wanted
/// there.
async fn lock(deed: &mut Deed<'_>, company: CompanyNumber, request: RequestId, choice: &Chosen) -> Result<Answered> {
    match choice {
        Chosen::Licence(licence) => {
            deed.lock_licence(*licence).await?;
            let row: Row = deed.find(row::one(company, request)).await?;
            Answered::of(deed, company, &[licence.0], &[row.account], &[request.0]).await
        }
        Chosen::Collection(_) => {
            deed.hold_licences(company).await?;
            deed.lock_requests([request.0]).await?;
            Ok(Answered::default())
        }
    }
}

/// The company's licence, if it has the document.
async fn with_document(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId, document: i64) -> Result<licences::Row> {
    let refused = || Refusal::field(FieldName::Choice, Problem::NotAChoice);
    let held: licences::Row = deed.maybe(licences::held(company, licence)).await?.ok_or_else(refused)?;
    let has: Option<(i64,)> =
        deed.maybe(sql!("SELECT document FROM product_document WHERE product = $1 AND document = $2", held.product_id, document)).await?;
    if has.is_some() { Ok(held) } else { Err(refused().into()) }
}

/// The name of a collection that the company has a licence for, and that has not the document yet.
async fn collection_for(deed: &mut Deed<'_>, company: CompanyNumber, product: ProductId, document: i64) -> Result<String> {
    let now = deed.now;
    let found: Option<(String,)> = deed
        .maybe(sql!(
            "SELECT p.name FROM licence l JOIN product p ON p.id = l.product WHERE l.company = $1 AND l.product = $2 AND l.valid_until > $3
               AND NOT EXISTS (SELECT 1 FROM product_document d WHERE d.product = l.product AND d.document = $4)",
            company,
            product,
            now,
            document
        ))
        .await?;
    Ok(found.ok_or_else(|| Refusal::field(FieldName::Choice, Problem::NotAChoice))?.0)
}

/// R8: what an administrator can choose for documents that are asked for.
pub(super) struct Choices {
    pub licences: Vec<licences::Row>,
    /// Of each document, the products that have it.
    pub having: Vec<(i64, Uuid)>,
    /// Who of those who ask has which licence.
    pub held: Vec<(Uuid, Uuid)>,
}

impl Choices {
    pub(super) fn licences_with(&self, document: i64) -> impl Iterator<Item = &licences::Row> {
        self.licences.iter().filter(move |licence| self.having.contains(&(document, licence.product_id)))
    }

    pub(super) fn collections_without(&self, document: i64, now: Time) -> impl Iterator<Item = &licences::Row> {
        self.licences.iter().filter(move |licence| {
            !self.having.contains(&(document, licence.product_id)) && licence.licence().validity(now) != Validity::Expired
        })
    }
}

#[derive(FromRow)]
struct ConfirmRow {
    id: Uuid,
    company: i64,
    company_name: String,
    document: i64,
    number: String,
    title: String,
    product: String,
    product_id: Uuid,
    since: i64,
}

/// Provider › Requests: the oldest first. Who asked is the company's business.
///
/// # Errors
/// When the database can't be reached.
pub async fn to_confirm(desk: &Desk, _staff: &Staff, page: u32) -> Result<ToConfirmPage> {
    let (found,): (i64,) = desk.db.one(sql!("SELECT COUNT(*) FROM request WHERE state = 'forwarded'")).await?;
    let found = licences::count(found);
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = page.clamp(1, pages);
    let rows: Vec<ConfirmRow> = desk
        .db
        .all(sql!(
            "SELECT r.id, c.number AS company, c.name AS company_name, d.id AS document, d.number, d.title, p.name AS product, p.id AS product_id, r.since
             FROM request r JOIN company c ON c.number = r.company JOIN document d ON d.id = r.document JOIN product p ON p.id = r.product
             WHERE r.state = 'forwarded' ORDER BY r.since, r.id LIMIT $1 OFFSET $2",
            PAGE_SIZE,
            (page - 1) * PAGE_SIZE
        ))
        .await?;
    let shown = |row: ConfirmRow| ToConfirm {
        id: RequestId(row.id),
        company: CompanyNumber(row.company),
        company_name: row.company_name,
        document: DocumentId(row.document),
        number: row.number,
        title: row.title,
        product: row.product,
        product_id: ProductId(row.product_id),
        since: desk.local(Time(row.since)),
    };
    Ok(ToConfirmPage { rows: rows.into_iter().map(shown).collect(), found, page, pages })
}

/// R8: staff add the document to the collection, for all who wait for just that, or don't. `product` is the collection that they looked at: an
/// administrator may have chosen another meanwhile.
///
/// # Errors
/// [`Refusal::Decided`] where it waits no more; [`Refusal::Changed`] for another collection; [`Refusal::Fields`] for the reason; not found.
pub async fn conclude_standard(
    desk: &Desk,
    staff: &Staff,
    request: RequestId,
    product: ProductId,
    confirmed: bool,
    why: &str,
) -> Result<()> {
    let why = reason(why)?;
    let by = staff.account().ok_or(Refusal::SignedOut)?;
    let mut deed = Deed::permitted(desk, staff, Permit::ConfirmStandards).await?;
    let found = sql!("SELECT r.company, d.id, d.number_key FROM request r JOIN document d ON d.id = r.document WHERE r.id = $1", request);
    let (company, document, key): (i64, i64, String) = deed.find(found).await?;
    if !confirmed {
        let event = refuse(&mut deed, CompanyNumber(company), by, (request, product), why.as_deref()).await?;
        return deed.commit(event).await;
    }
    let waiting = lock_waiting(&mut deed, product, &HashSet::from([key.as_str()])).await?.with(request, company);
    let events = conclude_what_came(&mut deed, by, product, waiting, Some(request)).await?;
    documents::add_to_collection(&mut deed, DocumentId(document), product).await?;
    deed.commit_all(events).await
}

/// Of one company's request alone: others may wait for the same.
async fn refuse(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    by: AccountId,
    (request, product): (RequestId, ProductId),
    why: Option<&str>,
) -> Result<Event> {
    deed.hold_company(company).await?;
    deed.lock_requests([request.0]).await?;
    let row: Row = deed.find(row::one(company, request)).await?;
    let after = row.request()?.conclude(by, false, deed.now)?;
    if row.product != Some(product.0) {
        return Err(Refusal::Changed.into());
    }
    row::write(deed, company, &row, after, Left { answer: why, product: Some(product.0), confirmed: true, ..Left::default() }).await?;
    let (name,): (String,) = deed.find(sql!("SELECT name FROM product WHERE id = $1", product)).await?;
    Ok(Event::StandardRefused { company, account: row.applicant(), request, what: row.what, product: name })
}
