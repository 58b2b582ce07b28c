//! R8: what an administrator can choose for documents that are asked for; and the collections that they are wanted in, which staff confirm.

use super::{
    by_others::{conclude_what_came, lock_waiting},
    row::{self, Left, Row},
};
use crate::{
    Desk,
    callers::{Caller, Staff},
    deed::Deed,
    documents,
    error::Result,
    licences, sql,
};
use shared::{
    AccountId, CompanyNumber, DocumentId, Permit, ProductId, Refusal, RequestId, Time,
    event::Event,
    licences::{Taker, Validity},
    requests::{Choice, PAGE_SIZE, ToConfirm, ToConfirmPage, reason},
};
use sqlx::FromRow;
use std::collections::HashSet;
use uuid::Uuid;

/// What there is to choose from.
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
        self.licences.iter().filter(move |licence| !self.having.contains(&(document, licence.product_id)) && may_grow(licence, now))
    }
}

fn may_grow(licence: &licences::Row, now: Time) -> bool {
    licence.licence().validity(now) != Validity::Expired
}

pub(super) fn to_give(licence: &licences::Row) -> Choice {
    Choice::Licence { id: licence.id(), product: licence.product.clone() }
}

pub(super) fn to_grow(licence: &licences::Row) -> Choice {
    Choice::Collection { id: ProductId(licence.product_id), product: licence.product.clone() }
}

/// What answers some of all that are open: what one answer to several is chosen from, on whichever page they stand.
pub(super) async fn choices_of_all(desk: &Desk, company: CompanyNumber) -> Result<Vec<Choice>> {
    let licences: Vec<licences::Row> = desk.db.all(licences::all_of(company)).await?;
    // Licences whose product has a document that is asked for, and those that lack one. Twice "open": the first is the index's own condition.
    let asked: Vec<(Uuid, bool, bool)> = desk
        .db
        .all(sql!(
            "SELECT l.id,
               EXISTS (SELECT 1 FROM request r JOIN product_document d ON d.product = l.product AND d.document = r.document
                 WHERE r.company = l.company AND (r.state = 'open' OR r.state = 'forwarded') AND r.state = 'open'),
               EXISTS (SELECT 1 FROM request r
                 WHERE r.company = l.company AND (r.state = 'open' OR r.state = 'forwarded') AND r.state = 'open' AND r.document IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM product_document d WHERE d.product = l.product AND d.document = r.document))
             FROM licence l WHERE l.company = $1",
            company
        ))
        .await?;
    let now = desk.now();
    let has_some = |id: Uuid| asked.iter().any(|(licence, has_some, _)| *licence == id && *has_some);
    let lacks_some = |id: Uuid| asked.iter().any(|(licence, _, lacks_some)| *licence == id && *lacks_some);
    let given = |held: &&licences::Row| has_some(held.id) && held.licence().may_be_accepted(&Taker::ANYBODY, now).is_ok();
    let grown = |held: &&licences::Row| lacks_some(held.id) && may_grow(held, now);
    let given = licences.iter().filter(given).map(to_give);
    Ok(given.chain(licences.iter().filter(grown).map(to_grow)).collect())
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
