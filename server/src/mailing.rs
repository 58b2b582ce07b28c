//! Who is mailed what: which event writes which letter, and whose mail goes to the administrators (U3).

use crate::{
    Desk,
    db::Query,
    deed::Deed,
    error::Result,
    letters::Kind,
    links::{self, Sending},
    sql,
};
use shared::{AccountId, CompanyNumber, event::Event};
use sqlx::FromRow;
use uuid::Uuid;

/// Queues the letters that belong to an event, in its transaction. No wildcard: a new event has to say what it writes.
pub(crate) async fn queue(deed: &mut Deed<'_>, event: &Event) -> Result<bool> {
    match event {
        Event::UserAdded { company, account, blocked: false, .. }
        | Event::UserEdited { company, account, mailed: true, .. }
        | Event::RegistrationResent { company, account } => queue_one(deed, Kind::CompleteRegistration, Some(*company), *account).await,
        Event::PasswordResetAsked { account } => queue_one(deed, Kind::ResetPassword, None, *account).await,
        // Whoever is blocked gets no mail.
        Event::UserAdded { blocked: true, .. }
        | Event::UserEdited { mailed: false, .. }
        | Event::UserRemoved { .. }
        | Event::DetailsChanged { .. }
        | Event::PasswordChanged { .. }
        | Event::SessionEnded { .. }
        | Event::OtherSessionsEnded { .. }
        | Event::SignedIn { .. }
        | Event::SignedOut { .. }
        | Event::AccountLocked { .. }
        | Event::AccountUnlocked { .. }
        | Event::RegistrationCompleted { .. }
        | Event::StaffAdded { .. }
        | Event::PasswordSet { .. } => Ok(false),
    }
}

async fn queue_one(deed: &mut Deed<'_>, kind: Kind, company: Option<CompanyNumber>, subject: AccountId) -> Result<bool> {
    let (link, generation) = deed
        .find(sql!(
            "SELECT id, generation FROM link WHERE account = $1 AND purpose = $2 AND COALESCE(company, 0) = $3",
            subject,
            kind.purpose().key(),
            company.map_or(0, |company| company.0)
        ))
        .await?;
    queue_sending(deed, Letter { kind, company, subject, sending: Sending { link, generation } }).await
}

async fn queue_sending(deed: &mut Deed<'_>, letter: Letter) -> Result<bool> {
    let recipients = letter.whose(deed.all(letter.administrators()).await?);
    for recipient in &recipients {
        deed.execute(letter.insert(deed.desk, *recipient)).await?;
    }
    Ok(!recipients.is_empty())
}

/// U3, A4, A7: links that were mailed to somebody for another, where they would not be mailed to them any more: whoever was demoted, blocked
/// or removed, or whose mail is their own again. Each gets a new token for the rest of its term, mailed to whoever gets it now.
pub(crate) async fn reroute(deed: &mut Deed<'_>, account: AccountId) -> Result<bool> {
    let now = deed.now;
    let mailed: Vec<LetterRow> = deed
        .all(sql!(
            "SELECT t.kind, t.company, t.subject_account, t.recipient, t.link, t.link_generation FROM letter t JOIN link l ON l.id = t.link
             WHERE (t.recipient = $1 OR t.subject_account = $1) AND t.recipient <> t.subject_account AND t.link_generation = l.generation
               AND l.used_at IS NULL AND l.withdrawn_at IS NULL AND l.expires_at > $2 ORDER BY l.id",
            account,
            now
        ))
        .await?;
    let (mut last, mut queued) = (None, false);
    for row in mailed {
        let Ok(letter) = row.letter() else { continue };
        let was_replaced = last == Some(letter.sending.link);
        if was_replaced || letter.whose(deed.all(letter.administrators()).await?).contains(&row.recipient) {
            continue;
        }
        last = Some(letter.sending.link);
        if let Some(sending) = links::renew(deed, letter.kind.purpose(), letter.sending.link).await? {
            queued |= queue_sending(deed, Letter { sending, ..letter }).await?;
        }
    }
    Ok(queued)
}

/// A letter as its row has it.
#[derive(FromRow)]
pub(crate) struct LetterRow {
    pub kind: String,
    pub company: Option<i64>,
    subject_account: Uuid,
    pub recipient: Uuid,
    link: Option<Uuid>,
    link_generation: Option<i64>,
}

impl LetterRow {
    /// # Errors
    /// For what a newer program wrote.
    pub(crate) fn letter(&self) -> Result<Letter, &'static str> {
        let link = self.link.ok_or("a letter without its link")?;
        let generation = self.link_generation.ok_or("a letter without its link")?;
        Ok(Letter {
            kind: Kind::from_key(&self.kind).ok_or("an unknown kind of letter")?,
            company: self.company.map(CompanyNumber),
            subject: AccountId(self.subject_account),
            sending: Sending { link, generation },
        })
    }
}

/// What is mailed, before it is known to whom.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    pub kind: Kind,
    pub company: Option<CompanyNumber>,
    pub subject: AccountId,
    pub sending: Sending,
}

impl Letter {
    /// U3: where a company gets the person's mail, all its active administrators. A4: a letter that belongs to no company is redirected only
    /// where that company is the account's only membership and the account is not staff's.
    pub(crate) fn administrators(&self) -> Query {
        sql!(
            "SELECT r.account FROM membership m JOIN account a ON a.id = m.account JOIN membership r ON r.company = m.company
             WHERE m.account = $1 AND m.mail_to_administrators AND ($2 = 0 OR m.company = $2)
               AND ($2 <> 0 OR (NOT a.staff AND (SELECT COUNT(*) FROM membership WHERE account = $1) = 1))
               AND r.role = 'administrator' AND r.state = 'active' AND r.blocked_at IS NULL ORDER BY r.account",
            self.subject,
            self.company.map_or(0, |company| company.0)
        )
    }

    /// Those administrators; or whoever it is about.
    pub(crate) fn whose(&self, administrators: Vec<(Uuid,)>) -> Vec<Uuid> {
        if administrators.is_empty() { vec![self.subject.0] } else { administrators.into_iter().map(|(account,)| account).collect() }
    }

    /// Nobody gets the same sending twice.
    pub(crate) fn insert(&self, desk: &Desk, recipient: Uuid) -> Query {
        sql!(
            "INSERT INTO letter
               (id, kind, urgent, company, subject_account, recipient, link, link_generation, state, attempts, next_attempt_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, $9, $9) ON CONFLICT DO NOTHING",
            desk.new_id(),
            self.kind.key(),
            self.kind.is_urgent(),
            self.company,
            self.subject,
            recipient,
            self.sending.link,
            self.sending.generation,
            desk.now()
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
