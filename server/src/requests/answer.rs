//! R8: what an administrator chose for documents that are asked for: a licence that has them, or a collection that staff add them to.

use super::{
    answered::Answered,
    decide::decide,
    row::{self, Left, Row},
};
use crate::{
    Desk,
    callers::Administrator,
    db::{Query, Value, places},
    deed::Deed,
    error::Result,
    licences::{self, TakerRow},
    sql,
};
use shared::{
    CompanyNumber, LicenceId, ProductId, Refusal, RequestId,
    event::Event,
    requests::{Answer, Chosen, Decider, Decision},
};
use sqlx::AssertSqlSafe;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A single one.
///
/// # Errors
/// [`Refusal::Fields`] for what is no choice at all; as [`decide`] else.
pub async fn answer_standard(desk: &Desk, administrator: &Administrator, request: RequestId, choice: &str) -> Result<()> {
    let decision = Decision::Answer(Answer::parse(choice)?);
    decide(desk, administrator, &decision, &Chosen::These(vec![request])).await?;
    Ok(())
}

/// What answering needs, locked together with the requests.
pub(super) struct Answering {
    what: What,
    /// Of the documents that are asked for, those that the product has.
    has: HashSet<i64>,
}

enum What {
    Licence {
        held: licences::Row,
        people: HashMap<Uuid, TakerRow>,
        answered: Answered,
    },
    Collection {
        id: ProductId,
        name: String,
    },
    /// The company has not what was chosen.
    Nothing,
}

impl Answering {
    pub(super) async fn lock(deed: &mut Deed<'_>, company: CompanyNumber, answer: Answer, requests: &[Uuid]) -> Result<Self> {
        match answer {
            Answer::Licence(licence) => Self::with_licence(deed, company, licence, requests).await,
            Answer::Collection(product) => Self::with_collection(deed, company, product, requests).await,
        }
    }

    /// The licence that is given, and the requests with what that answers besides.
    async fn with_licence(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId, requests: &[Uuid]) -> Result<Self> {
        deed.lock_licence(licence).await?;
        let asked: Vec<Row> = deed.all(row::several(company, requests)).await?;
        let accounts: Vec<Uuid> = asked.iter().map(|row| row.account).collect();
        let answered = Answered::of(deed, company, &[licence.0], &accounts, requests).await?;
        let held: Option<licences::Row> = deed.maybe(licences::held(company, licence)).await?;
        let Some(held) = held.filter(|_| !accounts.is_empty()) else { return Ok(Self::with_nothing()) };
        let has = documents_of(deed, ProductId(held.product_id), &asked).await?;
        let people: Vec<TakerRow> = deed.all(licences::takers(company, licence, &accounts)).await?;
        let people = people.into_iter().map(|person| (person.account, person)).collect();
        Ok(Self { what: What::Licence { held, people, answered }, has })
    }

    /// All licences are held, so that no document comes into one that is wanted there.
    async fn with_collection(deed: &mut Deed<'_>, company: CompanyNumber, product: ProductId, requests: &[Uuid]) -> Result<Self> {
        deed.hold_licences(company).await?;
        deed.lock_requests(requests.iter().copied()).await?;
        let now = deed.now;
        let name: Option<(String,)> = deed
            .maybe(sql!(
                "SELECT p.name FROM licence l JOIN product p ON p.id = l.product WHERE l.company = $1 AND l.product = $2 AND l.valid_until > $3",
                company,
                product,
                now
            ))
            .await?;
        let Some((name,)) = name else { return Ok(Self::with_nothing()) };
        let asked: Vec<Row> = deed.all(row::several(company, requests)).await?;
        let has = documents_of(deed, product, &asked).await?;
        Ok(Self { what: What::Collection { id: product, name }, has })
    }

    fn with_nothing() -> Self {
        Self { what: What::Nothing, has: HashSet::new() }
    }

    /// One of them.
    pub(super) async fn decide(
        &mut self,
        deed: &mut Deed<'_>,
        company: CompanyNumber,
        by: Decider,
        row: &Row,
    ) -> Result<Result<Vec<Event>, Refusal>> {
        let request = row.request()?;
        if let Err(refusal) = request.may_be_decided(by) {
            return Ok(Err(refusal));
        }
        let has_it = row.document.is_some_and(|document| self.has.contains(&document));
        match &mut self.what {
            What::Licence { held, people, answered } if has_it => match people.get(&row.account) {
                Some(person) => answered.give(deed, company, by, row, held, &person.taker()).await,
                None => Ok(Err(Refusal::NotAllowed)),
            },
            What::Collection { id, name } if !has_it => {
                let after = match request.forward(by, deed.now) {
                    Ok(after) => after,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                row::write(deed, company, row, after, Left { product: Some(id.0), ..Left::default() }).await?;
                let (account, request, what, product) = (row.applicant(), row.id(), row.what.clone(), name.clone());
                Ok(Ok(vec![Event::RequestForwarded { company, account, request, what, product }]))
            }
            _ => Ok(Err(Refusal::NotAnAnswer)),
        }
    }
}

/// Of what is asked for, the documents that a product has.
async fn documents_of(deed: &mut Deed<'_>, product: ProductId, asked: &[Row]) -> Result<HashSet<i64>> {
    let documents: Vec<i64> = asked.iter().filter_map(|row| row.document).collect();
    if documents.is_empty() {
        return Ok(HashSet::new());
    }
    let text = format!("SELECT document FROM product_document WHERE product = $1 AND document IN ({})", places(documents.len(), 2));
    let values = std::iter::once(Value::from(product)).chain(documents.into_iter().map(Value::from)).collect();
    let has: Vec<(i64,)> = deed.all(Query::new(AssertSqlSafe(text), values)).await?;
    Ok(has.into_iter().map(|(document,)| document).collect())
}
