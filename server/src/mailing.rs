//! Who is mailed what: which event writes which letter, and whose mail goes to the administrators (U3).

use crate::{
    Desk,
    companies::domains,
    db::Query,
    deed::Deed,
    error::{Error, Result},
    general_account,
    letters::{Kind, Redirection},
    licences,
    links::{self, Purpose, Sending},
    newsletter, sql,
};
use shared::{
    AccountId, BatchId, CompanyNumber, LicenceId, NewsletterId, ProductId, RequestId, Time, event::Event, licences::Validity,
    requests::TOLD_SECONDS,
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Queues the letters that belong to an event, in its transaction. No wildcard: a new event has to say what it writes.
pub(crate) async fn queue(deed: &mut Deed<'_>, event: &Event) -> Result<bool> {
    match event {
        Event::UserAdded { company, account, blocked: false, .. }
        | Event::UserEdited { company, account, mailed: true, .. }
        | Event::RegistrationResent { company, account } => queue_invitation(deed, *company, *account).await,
        Event::PasswordResetAsked { account } => queue_one(deed, Kind::ResetPassword, None, *account).await,
        Event::AddressChangeAsked { company, account, both } => queue_address_change(deed, *company, *account, *both).await,
        Event::GeneralAccountCreated { company, account } => queue_one(deed, Kind::GeneralAccountCreated, Some(*company), *account).await,
        Event::PasswordSet { account } | Event::PasswordChanged { account } => queue_if_general(deed, *account).await,
        Event::CompanyEdited { company, added, self_registration, .. } => {
            domains::queue(deed, *company, added, *self_registration == Some(true)).await
        }
        Event::RequestMade { company, account, request, .. } => {
            let received = queue_about(deed, Kind::RequestReceived, *company, *account, *request).await?;
            Ok(queue_about(deed, Kind::RequestMade, *company, *account, *request).await? || received)
        }
        Event::RequestAccepted { company, account, request, .. } | Event::RequestGranted { company, account, request, .. } => {
            queue_about(deed, Kind::RequestAccepted, *company, *account, *request).await
        }
        Event::RequestDeclined { company, account, request, .. } | Event::StandardRefused { company, account, request, .. } => {
            queue_about(deed, Kind::RequestDeclined, *company, *account, *request).await
        }
        Event::RequestReopened { company, account, request, .. } => {
            queue_about(deed, Kind::RequestReopened, *company, *account, *request).await
        }
        Event::StandardConfirmed { request, .. } => queue_available(deed, requested_with(*request, deed.now)).await,
        Event::DocumentsImported { product, .. } => queue_available(deed, requested_and_added(*product, deed.now)).await,
        Event::LicenceGranted { company, licence, .. } | Event::LicenceBegun { company, licence, .. } => {
            queue_licensed(deed, *company, *licence).await
        }
        Event::SuccessionAsked { company, account } => queue_one(deed, Kind::SuccessionAsked, Some(*company), *account).await,
        Event::SuccessionConfirmed { company, account } => queue_one(deed, Kind::SuccessionConfirmed, Some(*company), *account).await,
        Event::SuccessionRefused { company, account } => queue_one(deed, Kind::SuccessionRefused, Some(*company), *account).await,
        Event::MovedAway { company, account } => queue_one(deed, Kind::MovedAway, Some(*company), *account).await,
        Event::MovedHere { company, account } => {
            let told = queue_one(deed, Kind::CompanyChanged, Some(*company), *account).await?;
            Ok(queue_one(deed, Kind::MovedHere, Some(*company), *account).await? || told)
        }
        Event::CompanyLeft { company, account } => queue_one(deed, Kind::CompanyLeft, Some(*company), *account).await,
        Event::NewsletterSent { newsletter, .. } => newsletter::queue(deed, *newsletter).await,
        // Its one letter is queued with the application: there is nobody to ask for.
        Event::RegistrationAsked => Ok(true),
        // Whoever is blocked gets no mail.
        Event::UserAdded { blocked: true, .. }
        | Event::UserEdited { mailed: false, .. }
        | Event::UserRemoved { .. }
        | Event::DetailsChanged { .. }
        | Event::SessionEnded { .. }
        | Event::OtherSessionsEnded { .. }
        | Event::SignedIn { .. }
        | Event::SignedOut { .. }
        | Event::AccountLocked { .. }
        | Event::AccountUnlocked { .. }
        | Event::RegistrationCompleted { .. }
        | Event::SelfRegistered { .. }
        | Event::CompanyJoined { .. }
        | Event::JoiningRefused { .. }
        | Event::AddressConfirmed { .. }
        | Event::AddressChanged { .. }
        | Event::AddressChangeWithdrawn { .. }
        | Event::CompanyCreated { .. }
        | Event::ContactChanged { .. }
        | Event::LicenceChanged { .. }
        | Event::LicenceSettings { .. }
        | Event::AccessGiven { .. }
        | Event::AccessRemoved { .. }
        | Event::RequestWithdrawn { .. }
        | Event::RequestForwarded { .. }
        | Event::RequestTextChanged { .. }
        | Event::ProductCreated { .. }
        | Event::ProductChanged { .. }
        | Event::SupplierCreated { .. }
        | Event::SupplierChanged { .. }
        | Event::AccountDeleted { .. }
        | Event::SuccessionWithdrawn { .. }
        | Event::NewsletterSubscribed { .. }
        | Event::NewsletterUnsubscribed { .. }
        | Event::NewsletterCreated { .. }
        | Event::NewsletterChanged { .. }
        | Event::NewsletterDeleted { .. }
        | Event::StaffAdded { .. } => Ok(false),
    }
}

/// U1, U2: whoever has an account already is asked whether they join; nobody else can complete a registration. Of a general account (G2) it is the
/// first password that is still to be set.
async fn queue_invitation(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId) -> Result<bool> {
    let (registered, general): (bool, bool) =
        deed.find(sql!("SELECT password_hash IS NOT NULL, general_of IS NOT NULL FROM account WHERE id = $1", account)).await?;
    let kind = match (general, registered) {
        (true, _) => Kind::GeneralAccountCreated,
        (false, true) => Kind::JoinCompany,
        (false, false) => Kind::CompleteRegistration,
    };
    queue_one(deed, kind, Some(company), account).await
}

/// U5: both addresses are told; the new one confirms, and where that is needed the one of now too.
async fn queue_address_change(deed: &mut Deed<'_>, company: CompanyNumber, account: AccountId, both: bool) -> Result<bool> {
    let told = if both { Kind::ApproveAddress } else { Kind::AddressChangeTold };
    queue_one(deed, told, Some(company), account).await?;
    deed.execute(sql!(
        "UPDATE letter SET address = (SELECT username FROM account WHERE id = $1) WHERE subject_account = $1 AND kind = $2 AND state = 'queued'",
        account,
        told.key()
    ))
    .await?;
    queue_one(deed, Kind::ConfirmAddress, Some(company), account).await
}

/// G2: its administrators are told of a new password, since it is theirs to pass on.
async fn queue_if_general(deed: &mut Deed<'_>, account: AccountId) -> Result<bool> {
    let general: Option<(i64,)> =
        deed.maybe(sql!("SELECT general_of FROM account WHERE id = $1 AND general_of IS NOT NULL", account)).await?;
    let Some((company,)) = general else { return Ok(false) };
    queue_letter(deed, Letter::plain(Kind::GeneralPasswordChanged, Some(CompanyNumber(company)), account)).await
}

/// G2: a general account that was made before there was anybody to be mailed: the company's first administrator is mailed to set its password.
pub(crate) async fn queue_first_password(deed: &mut Deed<'_>, company: CompanyNumber) -> Result<bool> {
    let waiting: Option<(Uuid,)> =
        deed.maybe(sql!("SELECT id FROM account WHERE general_of = $1 AND password_hash IS NULL", company)).await?;
    let Some((account,)) = waiting else { return Ok(false) };
    general_account::issue_first(deed, AccountId(account)).await?;
    queue_one(deed, Kind::GeneralAccountCreated, Some(company), AccountId(account)).await
}

async fn queue_one(deed: &mut Deed<'_>, kind: Kind, company: Option<CompanyNumber>, subject: AccountId) -> Result<bool> {
    let purpose = kind.about().map_or("", Purpose::key);
    let found: Option<(Uuid, i64)> = deed
        .maybe(sql!(
            "SELECT id, generation FROM link WHERE account = $1 AND purpose = $2 AND COALESCE(company, 0) = $3",
            subject,
            purpose,
            kind.company_of_link(company).map_or(0, |company| company.0)
        ))
        .await?;
    let sending = found.map(|(link, generation)| Sending { link, generation });
    if sending.is_none() && kind.purpose().is_some() {
        return Err(Error::internal(format!("a letter {} without its link", kind.key())));
    }
    let batch = deed.batch();
    queue_letter(deed, Letter { sending, batch, ..Letter::plain(kind, company, subject) }).await
}

/// R1, R3: the letter about somebody's request.
async fn queue_about(deed: &mut Deed<'_>, kind: Kind, company: CompanyNumber, account: AccountId, request: RequestId) -> Result<bool> {
    queue_letter(deed, Letter { request: Some(request), ..Letter::plain(kind, Some(company), account) }).await
}

/// R8: everybody who asked for the document of this request within twelve months.
fn requested_with(request: RequestId, now: Time) -> Query {
    asked("r.document = (SELECT document FROM request WHERE id = $3)", request.0, now)
}

/// R8: everybody who asked within twelve months for a document that came into this collection in this deed, which took its last lock before.
fn requested_and_added(product: ProductId, now: Time) -> Query {
    asked("r.document IN (SELECT document FROM product_document WHERE product = $3 AND added_at >= $2)", product.0, now)
}

/// R8: a licence that was given, or has begun, has what was asked for before: whoever can ask for it is told, and whoever has it already.
async fn queue_licensed(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<bool> {
    let row: licences::Row = deed.find(licences::held(company, licence)).await?;
    if row.licence().validity(deed.now) != Validity::Valid {
        return Ok(false);
    }
    let is_on_offer = row.licence().is_on_offer(deed.now).is_ok();
    queue_available(deed, requested_and_licensed(licence, is_on_offer, deed.now)).await
}

/// R8: everybody of the licence's company who asked within twelve months for a document that it has, and can't open it by another: of two that begin
/// at the same midnight the one that is begun first tells. Where nobody can ask for this one, only those who have it. Not whoever got it for that
/// request, or was told since they asked: a licence may begin anew.
fn requested_and_licensed(licence: LicenceId, is_on_offer: bool, now: Time) -> Query {
    const HAS_IT: &str =
        "(h.company_wide_since IS NOT NULL OR EXISTS (SELECT 1 FROM access x WHERE x.licence = h.id AND x.account = r.account))";
    let who = if is_on_offer { String::new() } else { format!("AND EXISTS (SELECT 1 FROM licence h WHERE h.id = $3 AND {HAS_IT})") };
    let documents = format!(
        "r.company = (SELECT company FROM licence WHERE id = $3)
           AND r.document IN (SELECT d.document FROM licence n JOIN product_document d ON d.product = n.product WHERE n.id = $3) {who}
           AND NOT EXISTS (SELECT 1 FROM licence h JOIN product_document i ON i.product = h.product
             WHERE h.company = r.company AND h.id <> $3 AND i.document = r.document
               AND h.begun_at IS NOT NULL AND h.valid_from <= $2 AND h.valid_until > $2 AND {HAS_IT})
           AND NOT (r.state IN ('accepted', 'granted') AND EXISTS (SELECT 1 FROM licence h WHERE h.id = $3 AND {HAS_IT}))
           AND NOT EXISTS (SELECT 1 FROM letter e JOIN request s ON s.id = e.request WHERE e.kind = 'document_available'
             AND e.subject_account = r.account AND e.company = r.company AND s.document = r.document AND e.created_at >= r.asked_at)"
    );
    asked(&documents, licence.0, now)
}

/// Members still, and not told of it in this deed already: that it came, or that their request for it was accepted.
fn asked(documents: &str, id: Uuid, now: Time) -> Query {
    let text = format!(
        "SELECT r.id, r.company, r.account, r.document FROM request r JOIN membership m ON m.company = r.company AND m.account = r.account
         WHERE {documents} AND r.asked_at >= $1 AND m.state = 'active' AND m.blocked_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM letter t JOIN request q ON q.id = t.request WHERE t.kind IN ('document_available', 'request_accepted')
             AND t.subject_account = r.account AND t.company = r.company AND q.document = r.document AND t.created_at >= $2)
         ORDER BY r.company, r.account, r.document, r.asked_at DESC"
    );
    sql!(AssertSqlSafe(text), now.plus_seconds(-TOLD_SECONDS), now, id)
}

async fn queue_available(deed: &mut Deed<'_>, asked: Query) -> Result<bool> {
    let mut rows: Vec<(Uuid, i64, Uuid, i64)> = deed.all(asked).await?;
    // Whoever asked twice is told once.
    rows.dedup_by_key(|(_, company, account, document)| (*company, *account, *document));
    let mut queued = false;
    for (request, company, account, _) in rows {
        queued |= queue_about(deed, Kind::DocumentAvailable, CompanyNumber(company), AccountId(account), RequestId(request)).await?;
    }
    Ok(queued)
}

async fn queue_letter(deed: &mut Deed<'_>, letter: Letter) -> Result<bool> {
    let recipients: Vec<(Uuid,)> = deed.all(letter.recipients(deed.now)).await?;
    for (recipient,) in &recipients {
        deed.execute(letter.insert(deed.desk, *recipient, deed.now)).await?;
    }
    Ok(!recipients.is_empty())
}

/// S1: the letter to an address of which nobody knows whose it is. What stands in it is decided as it is written.
pub(crate) async fn queue_to_application(deed: &mut Deed<'_>, application: Uuid, sending: Sending) -> Result<()> {
    let (id, now) = (deed.desk.new_id(), deed.now);
    deed.execute(sql!(
        "INSERT INTO letter (id, kind, turn, application, link, link_generation, state, attempts, next_attempt_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, $7)",
        id,
        Kind::ApplyRegistration.key(),
        Kind::ApplyRegistration.turn().key(),
        application,
        sending.link,
        sending.generation,
        now
    ))
    .await?;
    Ok(())
}

/// S1: the letter for whoever has an account already.
pub(crate) fn has_account(account: AccountId) -> Letter {
    Letter::plain(Kind::HasAccount, None, account)
}

/// U3, A4, A7: links that were mailed to somebody for another, where they would not be mailed to them any more: whoever was demoted, blocked
/// or removed, or whose mail is their own again. Each gets a new token for the rest of its term, mailed to whoever gets it now.
pub(crate) async fn reroute(deed: &mut Deed<'_>, account: AccountId) -> Result<bool> {
    let now = deed.now;
    let mailed: Vec<LetterRow> = deed
        .all(sql!(
            "SELECT t.kind, t.company, t.subject_account, t.recipient, t.application, t.link, t.link_generation, t.request, t.newsletter, t.batch
             FROM letter t JOIN link l ON l.id = t.link
             WHERE (t.recipient = $1 OR t.subject_account = $1) AND t.recipient <> t.subject_account AND t.link_generation = l.generation
               AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > $2 ORDER BY l.id",
            account,
            now
        ))
        .await?;
    let (mut last, mut queued) = (None, false);
    for row in mailed {
        let Ok((letter, recipient)) = row.letter() else { continue };
        let (Some(purpose), Some(sending)) = (letter.kind.purpose(), letter.sending) else { continue };
        let was_replaced = last == Some(sending.link);
        if was_replaced || deed.all::<(Uuid,)>(letter.recipients(now)).await?.contains(&(recipient,)) {
            continue;
        }
        last = Some(sending.link);
        if let Some(sending) = links::renew(deed, purpose, sending.link).await? {
            queued |= queue_letter(deed, Letter { sending: Some(sending), ..letter }).await?;
        }
    }
    Ok(queued)
}

/// A letter as its row has it.
#[derive(FromRow)]
pub(crate) struct LetterRow {
    pub kind: String,
    pub company: Option<i64>,
    subject_account: Option<Uuid>,
    recipient: Option<Uuid>,
    pub application: Option<Uuid>,
    link: Option<Uuid>,
    link_generation: Option<i64>,
    request: Option<Uuid>,
    newsletter: Option<Uuid>,
    batch: Option<Uuid>,
}

impl LetterRow {
    /// The letter, and the account that gets it.
    ///
    /// # Errors
    /// For what a newer program wrote, or a letter to an address.
    pub(crate) fn letter(&self) -> Result<(Letter, Uuid), &'static str> {
        let kind = Kind::from_key(&self.kind).ok_or("an unknown kind of letter")?;
        let recipient = self.recipient.ok_or("a letter to nobody")?;
        let subject = AccountId(self.subject_account.ok_or("a letter about nobody")?);
        let sending = self.sending();
        if kind.purpose().is_some() && sending.is_none() {
            return Err("a letter without its link");
        }
        let (request, newsletter, batch) = (self.request.map(RequestId), self.newsletter.map(NewsletterId), self.batch.map(BatchId));
        Ok((Letter { kind, company: self.company.map(CompanyNumber), subject, sending, request, newsletter, batch }, recipient))
    }

    pub(crate) fn sending(&self) -> Option<Sending> {
        Some(Sending { link: self.link?, generation: self.link_generation? })
    }
}

/// What is mailed, before it is known to whom.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    pub kind: Kind,
    pub company: Option<CompanyNumber>,
    pub subject: AccountId,
    pub sending: Option<Sending>,
    /// R1, R3: the request that it tells of.
    pub request: Option<RequestId>,
    /// P5.
    pub newsletter: Option<NewsletterId>,
    /// U2: what it was written together with, also where it is written anew for whoever gets it now.
    pub batch: Option<BatchId>,
}

impl Letter {
    /// A letter of this kind, and about no more than this.
    pub(crate) const fn plain(kind: Kind, company: Option<CompanyNumber>, subject: AccountId) -> Self {
        Self { kind, company, subject, sending: None, request: None, newsletter: None, batch: None }
    }

    /// U3: where a company gets the person's mail, all its active administrators; else whoever it is about, unless that is a general account
    /// (G2), which gets none. A4: mail that belongs to no company is redirected only where that company is the account's only membership and
    /// the account is not staff's.
    ///
    /// And a password that others may have set comes to the person alone while another company asks them to join (U1): without it they could not
    /// ([`shared::registration::ToConfirm::may_confirm`]). Whoever asks gets nothing by it; the administrators of now are without this mail until the
    /// question is answered, taken back, or a month old.
    pub(crate) fn recipients(&self, now: Time) -> Query {
        const OF_THIS_COMPANY: &str = "m.company = $2 AND $3 = $3";
        const OF_THE_ONLY_COMPANY: &str = "$2 = $2 AND $3 = $3 AND NOT a.staff
            AND (SELECT COUNT(*) FROM membership WHERE account = $1 AND given_name IS NULL) = 1";
        const UNLESS_ANOTHER_ASKS: &str = "$2 = $2 AND NOT a.staff
            AND (SELECT COUNT(*) FROM membership WHERE account = $1 AND given_name IS NULL) = 1
            AND (a.proven_at IS NOT NULL OR a.general_of IS NOT NULL OR NOT EXISTS
              (SELECT 1 FROM membership q WHERE q.account = $1 AND q.given_name IS NOT NULL AND q.state = 'invited' AND q.blocked_at IS NULL
                 AND q.invited_until > $3 AND q.username = a.username))";
        let where_redirected = match self.kind.redirection() {
            Redirection::Company => OF_THIS_COMPANY,
            Redirection::OnlyCompany => OF_THE_ONLY_COMPANY,
            Redirection::UnlessAnotherAsks => UNLESS_ANOTHER_ASKS,
            Redirection::Administrators => {
                return sql!(
                    "SELECT account FROM membership
                     WHERE company = $1 AND role = 'administrator' AND state = 'active' AND blocked_at IS NULL AND account <> $2 ORDER BY account",
                    self.company,
                    self.subject
                );
            }
            Redirection::Never => return sql!("SELECT id FROM account WHERE id = $1", self.subject),
        };
        let text = format!(
            "WITH administrators AS
               (SELECT r.account AS id FROM membership m JOIN account a ON a.id = m.account JOIN membership r ON r.company = m.company
                WHERE m.account = $1 AND (m.mail_to_administrators OR a.general_of = m.company) AND m.given_name IS NULL AND {where_redirected}
                  AND r.role = 'administrator' AND r.state = 'active' AND r.blocked_at IS NULL)
             SELECT id FROM administrators
             UNION SELECT id FROM account WHERE id = $1 AND general_of IS NULL AND NOT EXISTS (SELECT 1 FROM administrators)
             ORDER BY id"
        );
        sql!(AssertSqlSafe(text), self.subject, self.company.map_or(0, |company| company.0), now)
    }

    /// Nobody gets the same sending twice, nor is told twice of what was done to a request at that moment.
    pub(crate) fn insert(&self, desk: &Desk, recipient: Uuid, at: Time) -> Query {
        sql!(
            "INSERT INTO letter
               (id, kind, turn, company, subject_account, recipient, link, link_generation, request, newsletter, batch, state, attempts,
                next_attempt_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', 0, $12, $12) ON CONFLICT DO NOTHING",
            desk.new_id(),
            self.kind.key(),
            self.kind.turn().key(),
            self.company,
            self.subject,
            recipient,
            self.sending.map(|sending| sending.link),
            self.sending.map(|sending| sending.generation),
            self.request,
            self.newsletter,
            self.batch,
            at
        )
    }
}

/// H1: whether this sending of a link went to others than whom it is for: then who used it is not known.
pub(crate) async fn went_to_others(deed: &mut Deed<'_>, sending: Sending) -> Result<bool> {
    let (others,): (i64,) = deed
        .find(sql!(
            "SELECT COUNT(*) FROM letter
             WHERE link = $1 AND link_generation = $2 AND state <> 'dropped' AND recipient <> subject_account",
            sending.link,
            sending.generation
        ))
        .await?;
    Ok(others > 0)
}
