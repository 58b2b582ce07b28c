//! The outbox: claims waiting letters, writes them, sends them, tries again with growing pauses, and at last sets them aside.

use crate::{
    Desk,
    error::{Error, Result},
    letters::{self, Facts, Kind},
    links::{self, Purpose, Sending},
    live::{self, Signal},
    mail::{LONGEST_SENDING, Mail, NotSent},
    mailing::{Letter, LetterRow},
    newsletter, self_registration, sql,
};
use shared::{
    CompanyNumber, Time,
    live::{Room, Topic},
};
use sqlx::FromRow;
use std::{collections::BTreeSet, time::Duration};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Between tries, in seconds; after the last the letter is set aside.
const PAUSES: [i64; 8] = [10, 60, 5 * 60, 15 * 60, 3600, 3 * 3600, 8 * 3600, 24 * 3600];
/// Longer than a mail server may take. A letter whose sender died is taken up again after it.
const CLAIM_SECONDS: u32 = 120;
const _: () = assert!(LONGEST_SENDING.as_secs() < CLAIM_SECONDS as u64);
/// Letters that are dealt with are forgotten after so long; that they were sent stands in history. Newsletters stay: who got them stands nowhere
/// else.
const KEPT_SECONDS: i64 = 90 * 24 * 3600;
/// Few, so that whoever comes to sit and wait for one soon has their turn.
const BATCH: u32 = 5;
/// The clock is looked at so often, for letters whose pause is over.
const GLANCE: Duration = Duration::from_secs(1);

#[derive(FromRow)]
struct Waiting {
    id: Uuid,
    attempts: i64,
    created_at: i64,
    #[sqlx(flatten)]
    row: LetterRow,
}

/// Sends letters until the program ends. The one that is under way is finished, and no other begun: it might be cut off after the mail server
/// took it, and would come twice.
pub async fn run(desk: Desk, end: CancellationToken) {
    let mut signals = desk.live.listen();
    loop {
        match send_until(&desk, &end).await {
            Ok(0) => {}
            // There may be more.
            Ok(_) if !end.is_cancelled() => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the outbox could not be read"),
        }
        tokio::select! {
            () = end.cancelled() => return,
            () = tokio::time::sleep(GLANCE) => {}
            () = a_letter(&mut signals) => {}
        }
    }
}

async fn a_letter(signals: &mut tokio::sync::broadcast::Receiver<Signal>) {
    loop {
        match signals.recv().await {
            Ok(Signal::Letters) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// One batch. Answers with the number of letters that were dealt with.
///
/// # Errors
/// When the database can't be reached.
pub async fn send_waiting(desk: &Desk) -> Result<usize> {
    send_until(desk, &CancellationToken::new()).await
}

/// [`send_waiting`], beginning none once the program ends.
async fn send_until(desk: &Desk, end: &CancellationToken) -> Result<usize> {
    let now = desk.now();
    let waiting: Vec<Waiting> = desk
        .db
        .all(sql!(
            "SELECT id, attempts, created_at, kind, company, subject_account, recipient, application, link, link_generation, request, newsletter, batch
             FROM letter
             WHERE state = 'queued' AND next_attempt_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
             ORDER BY turn, next_attempt_at LIMIT $2",
            now,
            BATCH
        ))
        .await?;
    let (mut dealt_with, mut changed) = (0, BTreeSet::new());
    for letter in waiting {
        if end.is_cancelled() {
            break;
        }
        if claim(desk, &letter).await? {
            let outcome = send(desk, &letter).await;
            note(desk, &letter, outcome).await?;
            dealt_with += 1;
            changed.extend(shown_on(&letter.row));
        }
    }
    // Once for all of them: every open page asks again.
    for page in changed {
        let topic = match page {
            Shown::Users(company) => Topic::Changed(CompanyNumber(company), Room::Users),
            Shown::Newsletters => Topic::Newsletter,
        };
        live::tell_all(desk, Signal::Topic(topic)).await?;
    }
    Ok(dealt_with)
}

/// Pages that say what became of a letter.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    /// A person's, of the mail that lets them in.
    Users(i64),
    /// P5.
    Newsletters,
}

fn shown_on(row: &LetterRow) -> Option<Shown> {
    match Kind::from_key(&row.kind)? {
        Kind::Newsletter => Some(Shown::Newsletters),
        Kind::GeneralAccountCreated => row.company.map(Shown::Users),
        kind if kind.purpose() == Some(Purpose::CompleteRegistration) => row.company.map(Shown::Users),
        _ => None,
    }
}

/// Several processes look at the same rows: whoever changes this one has it.
async fn claim(desk: &Desk, letter: &Waiting) -> Result<bool> {
    let now = desk.now();
    let claimed = desk
        .db
        .tick(sql!(
            "UPDATE letter SET claimed_until = $1, attempts = attempts + 1
             WHERE id = $2 AND state = 'queued' AND attempts = $3 AND (claimed_until IS NULL OR claimed_until <= $4)",
            now.plus_seconds(CLAIM_SECONDS.into()),
            letter.id,
            letter.attempts,
            now
        ))
        .await?;
    Ok(claimed == 1)
}

/// What became of a letter.
enum Fate {
    /// As this kind: that of an application is known only now.
    Sent(Kind),
    /// A newer letter is on its way, what it asks for was done, its time is over, or it is somebody else's now: a mail with a dead link would
    /// only confuse. Or a newsletter is not wanted any more.
    Dropped,
}

async fn send(desk: &Desk, waiting: &Waiting) -> Result<Fate, NotSent> {
    let Some((kind, facts)) = to_write(desk, waiting).await? else { return Ok(Fate::Dropped) };
    let url = match (kind.purpose(), waiting.row.sending()) {
        (Some(purpose), Some(sending)) => links::known_url(desk, kind.path(), purpose, sending).await?,
        _ if kind == Kind::Newsletter => newsletter::unsubscribe_url(desk, waiting.row.letter()?.0.subject).await?,
        _ => String::new(),
    };
    let written = letters::write(kind, &facts, &desk.settings.public_url, &url, desk.local(Time(facts.expires_at)))?;
    if let Some(mailer) = &desk.mailer {
        let mail = Mail {
            id: format!("<{}@{}>", waiting.id, desk.settings.mail_from.email.domain()),
            from: &desk.settings.mail_from,
            to_name: &facts.recipient_name,
            to_address: &facts.recipient_address,
            subject: &written.subject,
            text: &written.text,
            html: &written.html,
            unsubscribe: (kind == Kind::Newsletter).then_some(url.as_str()),
        };
        mailer.send(&mail).await?;
    }
    if desk.settings.dev {
        keep_for_dev(desk, waiting.id, &facts, &written).await?;
    }
    Ok(Fate::Sent(kind))
}

/// What is to be written, now that it is sent; nothing, where it would only confuse.
async fn to_write(desk: &Desk, waiting: &Waiting) -> Result<Option<(Kind, Facts)>, NotSent> {
    if let (Some(application), Some(sending)) = (waiting.row.application, waiting.row.sending()) {
        return Ok(self_registration::letter(desk, application, sending).await?);
    }
    let (letter, recipient) = waiting.row.letter()?;
    let is_dead = match letter.sending {
        Some(sending) if letter.kind.purpose().is_some() => !link_is_alive(desk, sending).await?,
        _ => false,
    };
    if is_dead || !is_so_still(desk, &letter).await? || !is_theirs_still(desk, &letter, recipient, Time(waiting.created_at)).await? {
        return Ok(None);
    }
    let mut facts = facts(desk, waiting).await?;
    if let (true, Some(address)) = (letter.kind.goes_to_new_address(), &facts.new_address) {
        facts.recipient_address.clone_from(address);
    }
    Ok(Some((letter.kind, facts)))
}

pub(crate) async fn link_is_alive(desk: &Desk, sending: Sending) -> Result<bool> {
    let alive: Option<(i64,)> = desk
        .db
        .maybe(sql!(
            "SELECT generation FROM link WHERE id = $1 AND generation = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3",
            sending.link,
            sending.generation,
            desk.now()
        ))
        .await?;
    Ok(alive.is_some())
}

/// R3: what a letter says of a request may have been undone, or decided, before it could be sent; P5: somebody may have unsubscribed.
async fn is_so_still(desk: &Desk, letter: &Letter) -> Result<bool> {
    if letter.newsletter.is_some() {
        return newsletter::is_wanted(desk, letter.subject).await;
    }
    let Some(request) = letter.request else { return Ok(true) };
    let row: Option<(String, bool)> = desk
        .db
        .maybe(sql!(
            "SELECT r.state, EXISTS (SELECT 1 FROM membership m WHERE m.company = r.company AND m.account = r.account
               AND m.state = 'active' AND m.blocked_at IS NULL) FROM request r WHERE r.id = $1",
            request
        ))
        .await?;
    // Whoever was blocked or has left gets no mail of this company (R7).
    let Some((state, true)) = row else { return Ok(false) };
    Ok(letter.kind.holds_while().is_none_or(|outcomes| outcomes.iter().any(|outcome| outcome.key() == state)))
}

/// U3, A7: who gets it was decided when it was queued, which may be days ago. Whoever gets it now, if that is somebody else, has a letter or
/// is given one.
async fn is_theirs_still(desk: &Desk, letter: &Letter, recipient: Uuid, queued: Time) -> Result<bool> {
    let recipients: Vec<(Uuid,)> = desk.db.all(letter.recipients(desk.now())).await?;
    if recipients.contains(&(recipient,)) {
        return Ok(true);
    }
    for (recipient,) in recipients {
        desk.db.tick(letter.insert(desk, recipient, queued)).await?;
    }
    Ok(false)
}

async fn facts(desk: &Desk, letter: &Waiting) -> Result<Facts> {
    let facts: Option<Facts> = desk
        .db
        .maybe(sql!(
            "SELECT s.name, COALESCE(l.address, s.username) AS username, c.name AS company_name, r.name AS recipient_name,
               CASE WHEN l.recipient = l.subject_account THEN COALESCE(l.address, r.username) ELSE r.username END AS recipient_address,
               r.language, COALESCE(k.expires_at, 0) AS expires_at, k.address AS new_address,
               EXISTS (SELECT 1 FROM membership m WHERE m.company = l.company AND m.account = s.id AND m.given_name IS NULL) AS inside,
               CASE WHEN d.id IS NULL THEN p.name ELSE d.number || ' ' || d.title END AS what, q.reason, q.answer, l.company AS company_number,
               d.id AS document, (SELECT n.name FROM product_document i JOIN product n ON n.id = i.product
                                  LEFT JOIN licence g ON g.company = l.company AND g.product = i.product WHERE i.document = d.id
                                  ORDER BY CASE WHEN g.id IS NULL THEN 1 ELSE 0 END,
                                    CASE WHEN g.begun_at > i.added_at THEN g.begun_at ELSE i.added_at END DESC, n.name_key LIMIT 1) AS product,
               CASE r.language WHEN 'nl' THEN w.subject_nl ELSE w.subject_en END AS news_subject,
               CASE r.language WHEN 'nl' THEN w.text_nl ELSE w.text_en END AS news_text
             FROM letter l JOIN account s ON s.id = l.subject_account JOIN account r ON r.id = l.recipient
             LEFT JOIN company c ON c.number = l.company LEFT JOIN link k ON k.id = l.link
             LEFT JOIN request q ON q.id = l.request LEFT JOIN licence v ON v.id = q.licence LEFT JOIN product p ON p.id = v.product
             LEFT JOIN document d ON d.id = q.document LEFT JOIN newsletter w ON w.id = l.newsletter WHERE l.id = $1",
            letter.id
        ))
        .await?;
    let facts = facts.ok_or(Error::NotFound)?;
    Ok(Facts { provider: desk.settings.provider_name.clone(), ..facts })
}

async fn note(desk: &Desk, letter: &Waiting, outcome: Result<Fate, NotSent>) -> Result<()> {
    let now = desk.now();
    match outcome {
        Ok(Fate::Dropped) => {
            desk.db.tick(sql!("UPDATE letter SET state = 'dropped', claimed_until = NULL WHERE id = $1", letter.id)).await?;
        }
        Ok(Fate::Sent(kind)) => {
            desk.db
                .tick(sql!(
                    "UPDATE letter SET state = 'sent', sent_at = $1, claimed_until = NULL, error = NULL, kind = $2 WHERE id = $3",
                    now,
                    kind.key(),
                    letter.id
                ))
                .await?;
        }
        Err(NotSent { brief, full }) => {
            tracing::warn!(letter = %letter.id, kind = letter.row.kind, attempt = letter.attempts + 1, why = brief, "a letter could not be sent");
            let pause = usize::try_from(letter.attempts).ok().and_then(|tries| PAUSES.get(tries));
            let state = if pause.is_some() { "queued" } else { "failed" };
            let next = now.plus_seconds(pause.copied().unwrap_or_default());
            desk.db
                .tick(sql!(
                    "UPDATE letter SET state = $1, next_attempt_at = $2, claimed_until = NULL, error = $3 WHERE id = $4",
                    state,
                    next,
                    full.chars().take(500).collect::<String>(),
                    letter.id
                ))
                .await?;
        }
    }
    Ok(())
}

async fn keep_for_dev(desk: &Desk, id: Uuid, facts: &Facts, written: &letters::Written) -> Result<()> {
    desk.db
        .tick(sql!(
            "INSERT INTO dev_mail (id, recipient, subject, text, html, created_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO NOTHING",
            id,
            facts.recipient_address.as_str(),
            written.subject.as_str(),
            written.text.as_str(),
            written.html.as_str(),
            desk.now()
        ))
        .await?;
    Ok(())
}

/// Forgets letters that were dealt with long ago.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    let before = desk.now().plus_seconds(-KEPT_SECONDS);
    desk.db
        .tick_in_portions(|portion| {
            sql!(
                "DELETE FROM letter WHERE id IN
                   (SELECT id FROM letter WHERE newsletter IS NULL AND state <> 'queued' AND created_at <= $1 LIMIT $2)",
                before,
                portion
            )
        })
        .await
}
