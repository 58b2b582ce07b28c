//! R1, R2: the queue, what is concluded, and what somebody has and can get.

use super::{
    row::{self, state, undoing},
    standards::{Choices, choices_of_all, to_give, to_grow},
};
use crate::{
    Desk,
    callers::{Administrator, Member},
    db::{Query, Value, places},
    error::Result,
    licences, sql,
    users::keys,
};
use shared::{
    AccountId, CompanyNumber, DocumentId, LicenceId, Refusal, RequestId, Time,
    licences::{OnOffer, Taker},
    requests::{
        Applicant, Asking, Choice, Decider, Mine, NEWEST, PAGE_SIZE, Queue, Request, RequestRow, RequestsPage, RequestsQuery, State,
        Subject, Undoing, Waiting,
    },
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    account: Uuid,
    licence: Option<Uuid>,
    document: Option<i64>,
    product: Option<String>,
    number: Option<String>,
    title: Option<String>,
    reason: Option<String>,
    state: String,
    asked_at: i64,
    since: i64,
    decided_by: Option<Uuid>,
    answer: Option<String>,
    confirmed: bool,
    accepted_with: Option<Uuid>,
    is_member: bool,
    has_it: bool,
    asks_anew: bool,
    name: String,
    username: String,
    inside: bool,
    blocked: bool,
    awaits_approval: bool,
    has_access: bool,
    has_country: bool,
    general: bool,
}

/// Who asked is named as the company knew them, also after they left; not after they deleted their account (P6). `$6` is now.
const REQUESTS: &str = concat!(
    "SELECT r.id, r.account, r.licence, r.document, p.name AS product, d.number, d.title, r.reason, r.state, r.asked_at,
       r.since, r.decided_by, r.answer, r.confirmed, r.accepted_with, ",
    undoing!("$6"),
    ", COALESCE(k.name, a.name) AS name, COALESCE(k.username, a.username) AS username,
       m.account IS NOT NULL AS inside, m.blocked_at IS NOT NULL AS blocked, COALESCE(m.state, '') = 'awaiting_approval' AS awaits_approval,
       x.account IS NOT NULL AS has_access, a.country IS NOT NULL AS has_country, a.general_of IS NOT NULL AS general
     FROM request r JOIN account a ON a.id = r.account LEFT JOIN known_as k ON k.company = r.company AND k.account = r.account
     LEFT JOIN membership m ON m.company = r.company AND m.account = r.account
     LEFT JOIN licence l ON l.id = r.licence LEFT JOIN product p ON p.id = l.product LEFT JOIN document d ON d.id = r.document
     LEFT JOIN access x ON x.licence = r.licence AND x.account = r.account"
);

/// What is asked of the list.
#[derive(Clone, Copy)]
enum Which {
    /// What waits, the newest first: of one queue, or for an administrator in both.
    Open(Option<Queue>),
    /// What is concluded since then.
    Done(Queue, Time),
    /// Somebody's own that wait.
    Own(AccountId),
}

impl Which {
    /// `$1` is the company, `$2` a moment, `$3` an account. Each condition is one that an index of migration 0005 has.
    const fn condition(self) -> &'static str {
        match self {
            Self::Open(None) => {
                "r.company = $1 AND (r.state = 'open' OR r.state = 'forwarded') AND r.state = 'open' AND $2 = $2 AND $3 = $3"
            }
            Self::Open(Some(Queue::Licences)) => {
                "r.company = $1 AND (r.state = 'open' OR r.state = 'forwarded') AND r.licence IS NOT NULL AND $2 = $2 AND $3 = $3"
            }
            Self::Open(Some(Queue::Documents)) => {
                "r.company = $1 AND (r.state = 'open' OR r.state = 'forwarded') AND r.document IS NOT NULL AND $2 = $2 AND $3 = $3"
            }
            Self::Done(Queue::Licences, _) => {
                "r.company = $1 AND r.state <> 'open' AND r.state <> 'forwarded' AND r.since >= $2 AND r.licence IS NOT NULL AND $3 = $3"
            }
            Self::Done(Queue::Documents, _) => {
                "r.company = $1 AND r.state <> 'open' AND r.state <> 'forwarded' AND r.since >= $2 AND r.document IS NOT NULL AND $3 = $3"
            }
            Self::Own(_) => "r.company = $1 AND r.account = $3 AND (r.state = 'open' OR r.state = 'forwarded') AND $2 = $2",
        }
    }

    const fn order(self) -> &'static str {
        match self {
            Self::Open(_) | Self::Own(_) => "r.asked_at DESC, r.id DESC",
            Self::Done(..) => "r.since DESC, r.id DESC",
        }
    }

    fn values(self, company: CompanyNumber) -> Vec<Value> {
        let since = if let Self::Done(_, since) = self { since } else { Time(0) };
        let account = if let Self::Own(account) = self { account } else { AccountId(Uuid::nil()) };
        vec![company.into(), since.into(), account.into()]
    }

    fn count(self, company: CompanyNumber) -> Query {
        Query::new(AssertSqlSafe(format!("SELECT COUNT(*) FROM request r WHERE {}", self.condition())), self.values(company))
    }

    fn newest(self, company: CompanyNumber) -> Query {
        let text = format!("SELECT r.id FROM request r WHERE {} ORDER BY {} LIMIT 1", self.condition(), self.order());
        Query::new(AssertSqlSafe(text), self.values(company))
    }

    fn rows(self, company: CompanyNumber, now: Time, limit: u32, offset: u32) -> Query {
        let text = format!("{REQUESTS} WHERE {} ORDER BY {} LIMIT $4 OFFSET $5", self.condition(), self.order());
        let mut values = self.values(company);
        values.extend([limit.into(), offset.into(), now.into()]);
        Query::new(AssertSqlSafe(text), values)
    }
}

/// Who reads, and what they may see.
struct Reader {
    account: AccountId,
    /// R2: names, and who decides.
    decides: Option<Decider>,
}

async fn reader(desk: &Desk, member: &Member) -> Result<Reader> {
    let rows: Vec<(Uuid, bool)> = desk
        .db
        .all(sql!(
            "SELECT account, account = $2 FROM membership
             WHERE company = $1 AND role = 'administrator' AND state = 'active' AND blocked_at IS NULL",
            member.company(),
            member.account
        ))
        .await?;
    let is_one = rows.iter().any(|(_, is_self)| *is_self);
    let others = licences::count(rows.iter().filter(|(_, is_self)| !is_self).count().try_into().unwrap_or(i64::MAX));
    Ok(Reader { account: member.account, decides: is_one.then_some(Decider { account: member.account, others }) })
}

/// *Requests › Licences* or *› Documents*: everybody in the company sees what is asked and why; who asked only administrators do (R2), and who
/// decided nobody (R3).
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, member: &Member, query: &RequestsQuery) -> Result<RequestsPage> {
    let company = member.company();
    let reader = reader(desk, member).await?;
    let waits = Which::Open(Some(query.queue));
    let (open, found, page, pages) = listed(desk, company, &reader, waits, query.page).await?;
    let newest = if page > 1 {
        let newest: Option<(Uuid,)> = desk.db.maybe(waits.newest(company)).await?;
        newest.map(|(id,)| RequestId(id))
    } else {
        open.first().map(|row| row.id)
    };
    let done = Which::Done(query.queue, query.period.since(desk.now()));
    let (done, done_found, done_page, done_pages) = listed(desk, company, &reader, done, query.done_page).await?;
    let on_offer = match query.queue {
        Queue::Licences => on_offer(desk, company, reader.account).await?,
        Queue::Documents => Vec::new(),
    };
    let choices = match query.queue {
        Queue::Documents if found > 0 && reader.decides.is_some() => choices_of_all(desk, company).await?,
        _ => Vec::new(),
    };
    Ok(RequestsPage {
        company,
        administers: reader.decides.is_some(),
        open,
        found,
        newest,
        page,
        pages,
        done,
        done_found,
        done_page,
        done_pages,
        on_offer,
        choices,
    })
}

async fn listed(desk: &Desk, company: CompanyNumber, reader: &Reader, which: Which, page: u32) -> Result<(Vec<RequestRow>, u32, u32, u32)> {
    let (found,): (i64,) = desk.db.one(which.count(company)).await?;
    let found = licences::count(found);
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = page.clamp(1, pages);
    let rows: Vec<Row> = desk.db.all(which.rows(company, desk.now(), PAGE_SIZE, (page - 1) * PAGE_SIZE)).await?;
    Ok((shown(desk, company, reader, rows).await?, found, page, pages))
}

/// How many wait for a decision, in both queues: what was forwarded waits for staff.
///
/// # Errors
/// When the database can't be reached.
pub async fn count(desk: &Desk, administrator: &Administrator) -> Result<u32> {
    count_in(desk, administrator.company()).await
}

async fn count_in(desk: &Desk, company: CompanyNumber) -> Result<u32> {
    let open = sql!("SELECT COUNT(*) FROM request WHERE company = $1 AND state = 'open'", company);
    let (open,): (i64,) = desk.db.one(open).await?;
    Ok(licences::count(open))
}

/// R1: what an administrator's Home shows.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn waiting(desk: &Desk, member: &Member) -> Result<Waiting> {
    let company = member.company();
    let reader = reader(desk, member).await?;
    let rows: Vec<Row> = desk.db.all(Which::Open(None).rows(company, desk.now(), NEWEST, 0)).await?;
    Ok(Waiting { count: count_in(desk, company).await?, newest: shown(desk, company, &reader, rows).await? })
}

/// What somebody has, waits for and can ask for (R1, S3).
///
/// # Errors
/// When the database can't be reached.
pub async fn mine(desk: &Desk, member: &Member) -> Result<Mine> {
    let (company, account) = (member.company(), member.account);
    // Nobody decides anything here.
    let reader = Reader { account, decides: None };
    let rows: Vec<Row> = desk.db.all(Which::Own(account).rows(company, desk.now(), PAGE_SIZE, 0)).await?;
    Ok(Mine {
        access: licences::of_person(desk, company, account).await?,
        open: shown(desk, company, &reader, rows).await?,
        on_offer: on_offer(desk, company, account).await?.into_iter().filter(|offer| offer.may_ask != Err(Refusal::AlreadyAsked)).collect(),
    })
}

#[derive(FromRow)]
struct OfferRow {
    id: Uuid,
    about: String,
    has_open: bool,
    has_access: bool,
    last_declined: Option<i64>,
}

/// L4, L5, R1: what somebody may ask for. What they have is not offered.
async fn on_offer(desk: &Desk, company: CompanyNumber, account: AccountId) -> Result<Vec<OnOffer>> {
    let licences: Vec<licences::Row> = desk.db.all(licences::all_of(company)).await?;
    let rows: Vec<OfferRow> = desk
        .db
        .all(sql!(
            "SELECT l.id, p.about, EXISTS (SELECT 1 FROM request r WHERE r.licence = l.id AND r.account = $2 AND r.state = 'open') AS has_open,
               EXISTS (SELECT 1 FROM access x WHERE x.licence = l.id AND x.account = $2) AS has_access,
               (SELECT MAX(r.since) FROM request r WHERE r.licence = l.id AND r.account = $2 AND r.state = 'declined') AS last_declined
             FROM licence l JOIN product p ON p.id = l.product WHERE l.company = $1",
            company,
            account
        ))
        .await?;
    let offer = |row: &licences::Row| {
        let own = rows.iter().find(|own| own.id == row.id)?;
        let licence = row.licence();
        licence.is_on_offer(desk.now()).ok()?;
        let asking = Asking { has_open: own.has_open, has_access: own.has_access, last_declined: own.last_declined.map(Time) };
        (!asking.has_access).then(|| OnOffer {
            licence: row.id(),
            product: row.product.clone(),
            about: own.about.clone(),
            may_ask: asking.may_ask_for(&licence, desk.now()),
            is_full: licence.has_room().is_err(),
        })
    };
    Ok(licences.iter().filter_map(offer).collect())
}

/// As this reader may see them. A few questions more for a page, however long it is.
async fn shown(desk: &Desk, company: CompanyNumber, reader: &Reader, rows: Vec<Row>) -> Result<Vec<RequestRow>> {
    let waits = rows.iter().any(|row| row.state == "open");
    let licences = if waits && reader.decides.is_some() { desk.db.all(licences::all_of(company)).await? } else { Vec::new() };
    let documents: Vec<i64> = rows.iter().filter(|row| row.state == "open").filter_map(|row| row.document).collect();
    let having = if documents.is_empty() || licences.is_empty() { Vec::new() } else { desk.db.all(having(&documents)).await? };
    let applicants: Vec<Uuid> = rows.iter().filter(|row| row.state == "open" && row.document.is_some()).map(|row| row.account).collect();
    let held = if applicants.is_empty() || licences.is_empty() { Vec::new() } else { desk.db.all(held(company, &applicants)).await? };
    let choices = Choices { licences, having, held };
    rows.into_iter().map(|row| row.shown(desk, reader, &choices)).collect()
}

fn held(company: CompanyNumber, applicants: &[Uuid]) -> Query {
    let text = format!("SELECT account, licence FROM access WHERE company = $1 AND account IN ({})", places(applicants.len(), 2));
    let values = std::iter::once(Value::from(company)).chain(applicants.iter().map(|id| Value::from(*id))).collect();
    Query::new(AssertSqlSafe(text), values)
}

fn having(documents: &[i64]) -> Query {
    let text = format!("SELECT document, product FROM product_document WHERE document IN ({})", places(documents.len(), 1));
    Query::new(AssertSqlSafe(text), documents.iter().map(|id| Value::from(*id)).collect())
}

impl Row {
    fn shown(self, desk: &Desk, reader: &Reader, choices: &Choices) -> Result<RequestRow> {
        let state = state(&self.state, self.since, self.decided_by)?;
        let request = Request { applicant: AccountId(self.account), state };
        let own = request.applicant == reader.account;
        let may_decide = reader.decides.map_or(Err(Refusal::NotAllowed), |by| request.may_be_decided(by));
        let offered = match reader.decides {
            Some(by) if may_decide.is_ok() => self.choices(desk, request, by, choices),
            _ => Vec::new(),
        };
        let may_accept = reader.decides.map_or(Err(Refusal::NotAllowed), |by| self.may_accept(desk, request, by, choices, &offered));
        let may_undo = reader.decides.is_some_and(|by| request.undo(by, self.undoing(), desk.now()).is_ok());
        let (name, username) = keys::shown(self.name, self.username);
        Ok(RequestRow {
            id: RequestId(self.id),
            asked: desk.local(Time(self.asked_at)),
            own,
            outcome: state.outcome(),
            since: desk.local(Time(self.since)),
            may_accept,
            may_decline: may_decide,
            may_withdraw: own && matches!(state, State::Open | State::Forwarded { .. }),
            may_undo,
            choices: offered,
            answer: self.answer.filter(|_| own || reader.decides.is_some()),
            applicant: reader.decides.map(|_| Applicant { id: request.applicant, name, username, inside: self.inside }),
            subject: match (self.licence, self.document) {
                (_, Some(document)) => Subject::Document {
                    id: DocumentId(document),
                    number: self.number.unwrap_or_default(),
                    title: self.title.unwrap_or_default(),
                },
                (licence, None) => {
                    Subject::Licence { id: LicenceId(licence.unwrap_or_default()), product: self.product.unwrap_or_default() }
                }
            },
            reason: self.reason,
        })
    }

    fn taker(&self) -> Taker {
        Taker {
            blocked: self.blocked,
            awaits_approval: self.awaits_approval,
            has_access: self.has_access,
            has_country: self.has_country,
            is_general: self.general,
        }
    }

    fn undoing(&self) -> Undoing {
        Undoing {
            was_decided: row::was_decided(&self.state, self.confirmed, self.accepted_with),
            is_member: self.is_member,
            has_it: self.has_it,
            asks_anew: self.asks_anew,
        }
    }

    /// R3–R5, L5, L6: whether accepting would work now, by the rule that the deed asks.
    fn may_accept(&self, desk: &Desk, request: Request, by: Decider, choices: &Choices, offered: &[Choice]) -> Result<(), Refusal> {
        request.may_be_decided(by)?;
        match self.licence {
            Some(licence) => {
                let held = choices.licences.iter().find(|held| held.id == licence).ok_or(Refusal::LicenceExpired)?;
                request.accept(by, &held.licence(), &self.taker(), desk.now()).map(|_| ())
            }
            None if offered.is_empty() => Err(Refusal::NothingToGive),
            None => Ok(()),
        }
    }

    /// R8: the licences that have the document and can be given, and the collections that it could be added to.
    fn choices(&self, desk: &Desk, request: Request, by: Decider, choices: &Choices) -> Vec<Choice> {
        let Some(document) = self.document else { return Vec::new() };
        let now = desk.now();
        let has = |licence: &Uuid| choices.held.contains(&(self.account, *licence));
        let may_have = |held: &&licences::Row| {
            let applicant = Taker { has_access: has(&held.id), ..self.taker() };
            request.accept(by, &held.licence(), &applicant, now).is_ok()
        };
        let given = choices.licences_with(document).filter(may_have).map(to_give);
        given.chain(choices.collections_without(document, now).map(to_grow)).collect()
    }
}
