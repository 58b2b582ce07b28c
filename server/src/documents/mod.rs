//! The catalogue as a company's people see it (R8): found, opened, asked for.

mod search;

pub(crate) use search::prepare;
pub use search::search;

use crate::{
    Desk,
    callers::{Administrator, Member},
    db::Query,
    deed::Deed,
    error::{Error, Result},
    licences::{HoldingRow, holdings},
    requests::{self, AskingRow},
    sql,
};
use shared::{
    DocumentId, LicenceId, Permit, ProductId, Refusal, Role, Time,
    documents::{DocumentPage, DocumentRow, DocumentStatus, Holding, Next, held_in_vain, next_step},
    event::Event,
};
use sqlx::FromRow;

/// Looked at again within so long, it is one opening.
const OPEN_MINUTES: i64 = 60;

/// A document in a list, as a row has it.
#[derive(FromRow)]
pub(crate) struct ListedRow {
    id: i64,
    number: String,
    title: String,
    language: String,
    status: String,
}

impl ListedRow {
    pub(crate) fn shown(self) -> Result<DocumentRow> {
        let status = DocumentStatus::from_key(&self.status).ok_or_else(|| Error::internal("a document's status that is none"))?;
        Ok(DocumentRow { id: DocumentId(self.id), number: self.number, title: self.title, language: self.language, status })
    }
}

/// What the company says of its form, and whether the reader administers it.
#[derive(FromRow)]
struct ReaderRow {
    request_text: String,
    role: String,
}

impl ReaderRow {
    fn administers(&self) -> bool {
        Role::from_key(&self.role) == Some(Role::Administrator)
    }
}

async fn reader(desk: &Desk, member: &Member) -> Result<ReaderRow> {
    let row = sql!(
        "SELECT c.request_text, m.role FROM company c JOIN membership m ON m.company = c.number WHERE c.number = $1 AND m.account = $2",
        member.company,
        member.account
    );
    desk.db.maybe(row).await?.ok_or(Error::NotFound)
}

/// A document's page: what it is, and whether and why the reader may open it, or the one next step.
///
/// # Errors
/// Not found.
pub async fn page(desk: &Desk, member: &Member, id: DocumentId) -> Result<DocumentPage> {
    let row: Option<ListedRow> = desk.db.maybe(sql!("SELECT id, number, title, language, status FROM document WHERE id = $1", id)).await?;
    let document = row.ok_or(Error::NotFound)?.shown()?;
    let collections: Vec<(String,)> = desk
        .db
        .all(sql!("SELECT p.name FROM product_document i JOIN product p ON p.id = i.product WHERE i.document = $1 ORDER BY p.name_key", id))
        .await?;
    let (opened,): (Option<i64>,) = desk
        .db
        .one(sql!("SELECT MAX(at) FROM opening WHERE account = $1 AND document = $2 AND company = $3", member.account, id, member.company))
        .await?;
    let reader = reader(desk, member).await?;
    let holdings = held(desk, member, id).await?;
    Ok(DocumentPage {
        company: member.company,
        document,
        held: held_in_vain(&holdings, desk.now()),
        collections: collections.into_iter().map(|(name,)| name).collect(),
        next: next(desk, member, id, &holdings).await?,
        administers: reader.administers(),
        request_text: reader.request_text,
        opened: opened.map(|at| desk.local(Time(at))),
    })
}

async fn held(desk: &Desk, member: &Member, id: DocumentId) -> Result<Vec<Holding>> {
    let rows: Vec<HoldingRow> = desk.db.all(holdings(member.company, member.account, id)).await?;
    rows.into_iter().map(HoldingRow::holding).collect()
}

async fn next(desk: &Desk, member: &Member, id: DocumentId, holdings: &[Holding]) -> Result<Next> {
    let asking: AskingRow = desk.db.one(requests::asking_for_document(member.company, member.account, id)).await?;
    Ok(next_step(holdings, &asking.into(), desk.now()))
}

/// Opens a document that the reader has access to. Not a deed: reading decides nothing and changes nobody's rights, and history (H1) would be
/// mostly that. Who opened what is kept by itself, for reports.
///
/// # Errors
/// [`Refusal::NotAllowed`], where it isn't theirs to open (any more); not found.
pub async fn open(desk: &Desk, member: &Member, id: DocumentId) -> Result<()> {
    desk.db.maybe::<(i64,)>(sql!("SELECT id FROM document WHERE id = $1", id)).await?.ok_or(Error::NotFound)?;
    let holdings = held(desk, member, id).await?;
    let licence = match next(desk, member, id, &holdings).await? {
        Next::Open { licence, .. } => licence,
        Next::AskLicence(_) | Next::AskStandard | Next::NotNow(_) => return Err(Refusal::NotAllowed.into()),
    };
    desk.db.tick(opening(desk, member, id, licence)).await?;
    Ok(())
}

/// The page of an open document, by the same rule each time that it is looked at. Whoever came by a bookmark opens it with that.
///
/// # Errors
/// As [`open`].
pub async fn read(desk: &Desk, member: &Member, id: DocumentId) -> Result<DocumentPage> {
    let page = page(desk, member, id).await?;
    let licence = match &page.next {
        Next::Open { licence, .. } => *licence,
        Next::AskLicence(_) | Next::AskStandard | Next::NotNow(_) => return Err(Refusal::NotAllowed.into()),
    };
    let since = desk.now().plus_minutes(-OPEN_MINUTES);
    let lately: Option<(i64,)> = desk
        .db
        .maybe(sql!(
            "SELECT at FROM opening WHERE account = $1 AND document = $2 AND company = $3 AND at > $4 LIMIT 1",
            member.account,
            id,
            member.company,
            since
        ))
        .await?;
    if lately.is_none() {
        desk.db.tick(opening(desk, member, id, licence)).await?;
    }
    Ok(page)
}

fn opening(desk: &Desk, member: &Member, document: DocumentId, licence: LicenceId) -> Query {
    sql!(
        "INSERT INTO opening (id, document, licence, company, account, at) VALUES ($1, $2, $3, $4, $5, $6)",
        desk.new_id(),
        document,
        licence,
        member.company,
        member.account,
        desk.now()
    )
}

/// R8: within the deed of staff who confirm it. A document that is in it already stays in it.
pub(crate) async fn add_to_collection(deed: &mut Deed<'_>, document: DocumentId, product: ProductId) -> Result<()> {
    let now = deed.now;
    deed.execute(sql!(
        "INSERT INTO product_document (product, document, number_key, added_at) SELECT $1, id, number_key, $2 FROM document WHERE id = $3
         ON CONFLICT (product, document) DO NOTHING",
        product,
        now,
        document
    ))
    .await?;
    Ok(())
}

/// *Text on the request form*. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`].
pub async fn save_request_text(desk: &Desk, administrator: &Administrator, text: &str) -> Result<()> {
    let text = shared::documents::request_text(text)?;
    let company = administrator.company();
    let mut deed = Deed::permitted(desk, administrator, Permit::EditRequestText).await?;
    let changed =
        deed.execute(sql!("UPDATE company SET request_text = $1 WHERE number = $2 AND request_text <> $1", text, company)).await?;
    if changed == 0 {
        return Ok(());
    }
    deed.commit(Event::RequestTextChanged { company }).await
}
