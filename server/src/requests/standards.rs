//! R8: a document that is asked for. An administrator gives a licence that has it, or wants it in a collection, and staff confirm that.

use super::{
    by_others::accept_what_it_answers,
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
    requests::{ToConfirm, reason},
};
use sqlx::FromRow;
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
    if let Chosen::Licence(licence) = choice {
        deed.lock_licence(licence).await?;
    }
    deed.lock_requests(&[request.0]).await?;
    let row: Row = deed.find(row::one(company, request)).await?;
    let document = row.document.ok_or(Error::NotFound)?;
    row.request()?.may_be_decided(by)?;
    match choice {
        Chosen::Licence(licence) => {
            let held = with_document(&mut deed, company, licence, document).await?;
            let applicant: TakerRow = deed.maybe(licences::takers(company, licence, &[row.account])).await?.ok_or(Refusal::NotAllowed)?;
            let after = row.request()?.accept(by, &held.licence(), &applicant.taker(), deed.now)?;
            row::write(&mut deed, company, &row, after, Left::default()).await?;
            licences::put_in(&mut deed, company, row.applicant(), licence, Way::Requested, Some(request)).await?;
            let account = row.applicant();
            let mut events = vec![Event::RequestAccepted { company, account, request, what: row.what }];
            events.extend(accept_what_it_answers(&mut deed, by.account, company, account, licence).await?);
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
pub async fn to_confirm(desk: &Desk, _staff: &Staff) -> Result<Vec<ToConfirm>> {
    let rows: Vec<ConfirmRow> = desk
        .db
        .all(sql!(
            "SELECT r.id, c.number AS company, c.name AS company_name, d.id AS document, d.number, d.title, p.name AS product, p.id AS product_id, r.since
             FROM request r JOIN company c ON c.number = r.company JOIN document d ON d.id = r.document JOIN product p ON p.id = r.product
             WHERE r.state = 'forwarded' ORDER BY r.since, r.id LIMIT 500"
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
    Ok(rows.into_iter().map(shown).collect())
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
    let (company, document): (i64, Option<i64>) = deed.find(sql!("SELECT company, document FROM request WHERE id = $1", request)).await?;
    let document = document.ok_or(Error::NotFound)?;
    let mut waiting: Vec<(Uuid, i64)> = if confirmed {
        deed.all(sql!("SELECT id, company FROM request WHERE state = 'forwarded' AND document = $1 AND product = $2", document, product))
            .await?
    } else {
        Vec::new()
    };
    // Should it not wait any more, its own rule says why.
    if !waiting.iter().any(|(id, _)| *id == request.0) {
        waiting.push((request.0, company));
    }
    waiting.sort_unstable_by_key(|(id, company)| (*company, *id));
    let asked = Asked { request, confirmed, why: why.as_deref() };
    let events = conclude_all(&mut deed, by, product, waiting, Some(asked)).await?;
    if confirmed {
        documents::add_to_collection(&mut deed, DocumentId(document), product).await?;
    }
    deed.commit_all(events).await
}

/// What staff pressed.
pub(super) struct Asked<'a> {
    request: RequestId,
    confirmed: bool,
    why: Option<&'a str>,
}

/// Concludes what waits for this collection, in the order of companies and ids. What does so no more is left alone, but for the one that staff
/// pressed. `None`: it came by a file.
pub(super) async fn conclude_all(
    deed: &mut Deed<'_>,
    by: AccountId,
    product: ProductId,
    waiting: Vec<(Uuid, i64)>,
    asked: Option<Asked<'_>>,
) -> Result<Vec<Event>> {
    let mut companies: Vec<i64> = waiting.iter().map(|(_, company)| *company).collect();
    companies.dedup();
    for company in companies {
        deed.hold_company(CompanyNumber(company)).await?;
    }
    let ids: Vec<Uuid> = waiting.iter().map(|(id, _)| *id).collect();
    if !ids.is_empty() {
        deed.lock_requests(&ids).await?;
    }
    let (confirmed, why) = asked.as_ref().map_or((true, None), |asked| (asked.confirmed, asked.why));
    let mut events = Vec::new();
    for (id, company) in waiting {
        let company = CompanyNumber(company);
        let row: Row = deed.find(row::one(company, RequestId(id))).await?;
        match conclude_one(deed, company, by, &row, product, confirmed, why).await {
            Ok(event) => events.push(event),
            Err(Error::Refused(_)) if asked.as_ref().is_none_or(|asked| asked.request.0 != id) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(events)
}

async fn conclude_one(
    deed: &mut Deed<'_>,
    company: CompanyNumber,
    by: AccountId,
    row: &Row,
    product: ProductId,
    confirmed: bool,
    why: Option<&str>,
) -> Result<Event> {
    let after = row.request()?.conclude(by, confirmed, deed.now)?;
    if row.product != Some(product.0) {
        return Err(Refusal::Changed.into());
    }
    let answer = why.filter(|_| !confirmed);
    row::write(deed, company, row, after, Left { answer, product: Some(product.0), confirmed: true }).await?;
    let (name,): (String,) = deed.find(sql!("SELECT name FROM product WHERE id = $1", product)).await?;
    let (account, request, what) = (row.applicant(), row.id(), row.what.clone());
    Ok(if confirmed {
        Event::StandardConfirmed { company, account, request, what, product: name }
    } else {
        Event::StandardRefused { company, account, request, what, product: name }
    })
}
