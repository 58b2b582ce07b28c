//! A5, A6: links in mails. A link is a row; its token is derived from the row with the server's secret, and stored as a hash.
//!
//! Showing a link's page changes nothing (mail scanners open links): only a deed uses it up.

use crate::{
    Desk,
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    sql,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use shared::{AccountId, CompanyNumber, Refusal, Time, refusal::LinkState};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// What a link is for. A token for one purpose is nothing to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// U1, U2: complete the registration; whoever has an account already confirms that they join.
    CompleteRegistration,
    /// A4, a staff member's first password, and a general account's.
    SetPassword,
    /// S1: the address of somebody who wants to register.
    ProveAddress,
    /// U5, from the new address.
    ConfirmAddress,
    /// U5, from the address of now, where that is needed too.
    ApproveAddress,
    /// U6: to be administrator.
    Succeed,
    /// P5. It does its work however often it is used, and in old newsletters too.
    Unsubscribe,
}

impl Purpose {
    pub(crate) const ALL: [Self; 7] = [
        Self::CompleteRegistration,
        Self::SetPassword,
        Self::ProveAddress,
        Self::ConfirmAddress,
        Self::ApproveAddress,
        Self::Succeed,
        Self::Unsubscribe,
    ];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::CompleteRegistration => "complete_registration",
            Self::SetPassword => "set_password",
            Self::ProveAddress => "prove_address",
            Self::ConfirmAddress => "confirm_address",
            Self::ApproveAddress => "approve_address",
            Self::Succeed => "succeed",
            Self::Unsubscribe => "unsubscribe",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.key() == key)
    }
}

/// One sending of a link: what a letter's row names instead of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    pub link: Uuid,
    pub generation: i64,
}

/// A link that somebody holds the token of, in whatever state.
#[derive(Clone, Debug, FromRow)]
pub struct Link {
    pub(crate) id: Uuid,
    purpose: String,
    account: Option<Uuid>,
    application: Option<Uuid>,
    company: Option<i64>,
    address: Option<String>,
    asked_by: Option<Uuid>,
    generation: i64,
    expires_at: i64,
    used_at: Option<i64>,
    withdrawn_at: Option<i64>,
    /// The generation of the token that was brought.
    brought: i64,
}

/// Tokens that were replaced, and applications, are kept so long after the link's end; then they are unknown.
const KEPT_DAYS: i64 = 90;

impl Link {
    /// The sending that was brought.
    pub(crate) const fn sending(&self) -> Sending {
        Sending { link: self.id, generation: self.brought }
    }

    /// # Errors
    /// [`LinkState::Unknown`] for a link of somebody who has no account yet.
    pub(crate) fn account(&self) -> Result<AccountId> {
        self.account.map(AccountId).ok_or(Refusal::Link(LinkState::Unknown).into())
    }

    /// S1: whose address it proves.
    pub(crate) const fn application(&self) -> Option<Uuid> {
        self.application
    }

    /// U5: the address that is to be the account's.
    pub(crate) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// U6: who asked for it.
    pub(crate) fn asked_by(&self) -> Option<AccountId> {
        self.asked_by.map(AccountId)
    }

    pub(crate) fn purpose(&self) -> Option<Purpose> {
        Purpose::from_key(&self.purpose)
    }

    pub(crate) fn company(&self) -> Option<CompanyNumber> {
        self.company.map(CompanyNumber)
    }

    /// A6.
    ///
    /// # Errors
    /// Why the link can't be used, the first that applies.
    pub(crate) fn open(&self, now: Time) -> Result<(), LinkState> {
        if self.used_at.is_some() {
            Err(LinkState::Used)
        } else if self.brought < self.generation {
            Err(LinkState::Replaced)
        } else if self.withdrawn_at.is_some() {
            Err(LinkState::Withdrawn)
        } else if self.expires_at <= now.0 {
            Err(LinkState::Expired)
        } else {
            Ok(())
        }
    }
}

/// Makes a link, or a new generation of it: the same row, a new token, a full new term; the old token is dead.
pub(crate) async fn issue(
    deed: &mut Deed<'_>,
    purpose: Purpose,
    account: AccountId,
    company: Option<CompanyNumber>,
    until: Time,
) -> Result<Sending> {
    issue_about(deed, purpose, account, company, None, until).await
}

/// [`issue`] for a link that is about an address (U5).
pub(crate) async fn issue_about(
    deed: &mut Deed<'_>,
    purpose: Purpose,
    account: AccountId,
    company: Option<CompanyNumber>,
    address: Option<&str>,
    until: Time,
) -> Result<Sending> {
    let (id, now) = (deed.desk.new_id(), deed.now);
    let (link, generation): (Uuid, i64) = deed
        .find(sql!(
            "INSERT INTO link (id, purpose, account, company, address, generation, expires_at, used_at, created_at)
             VALUES ($1, $2, $3, $4, $5, 1, $6, NULL, $7)
             ON CONFLICT (account, purpose, COALESCE(company, 0)) DO UPDATE SET
               generation = link.generation + 1, address = $5, expires_at = $6, used_at = NULL, withdrawn_at = NULL
             RETURNING id, generation",
            id,
            purpose.key(),
            account,
            company,
            address,
            until,
            now
        ))
        .await?;
    keep_token(deed, purpose, Sending { link, generation }).await
}

/// S1: for somebody of whom nothing is known but an address.
pub(crate) async fn issue_to(deed: &mut Deed<'_>, application: Uuid, until: Time) -> Result<Sending> {
    let (link, now) = (deed.desk.new_id(), deed.now);
    let purpose = Purpose::ProveAddress;
    deed.execute(sql!(
        "INSERT INTO link (id, purpose, application, generation, expires_at, created_at) VALUES ($1, $2, $3, 1, $4, $5)",
        link,
        purpose.key(),
        application,
        until,
        now
    ))
    .await?;
    keep_token(deed, purpose, Sending { link, generation: 1 }).await
}

/// A new token for the rest of the link's term, if it is open still; the old token is dead.
pub(crate) async fn renew(deed: &mut Deed<'_>, purpose: Purpose, link: Uuid) -> Result<Option<Sending>> {
    let now = deed.now;
    let renewed: Option<(i64,)> = deed
        .maybe(sql!(
            "UPDATE link SET generation = generation + 1
             WHERE id = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2 RETURNING generation",
            link,
            now
        ))
        .await?;
    let Some((generation,)) = renewed else { return Ok(None) };
    keep_token(deed, purpose, Sending { link, generation }).await.map(Some)
}

async fn keep_token(deed: &mut Deed<'_>, purpose: Purpose, sending: Sending) -> Result<Sending> {
    let hash = digest(token(deed.desk, purpose, sending).as_bytes());
    let Sending { link, generation } = sending;
    deed.execute(sql!("INSERT INTO link_token (token_hash, link, generation) VALUES ($1, $2, $3)", &hash, link, generation)).await?;
    Ok(sending)
}

/// The address of a page, as a letter or the command line shows it (A8: from the configured public address).
#[must_use]
pub fn url(desk: &Desk, path: &str, purpose: Purpose, sending: Sending) -> String {
    format!("{}/{path}/{}", desk.settings.public_url, token(desk, purpose, sending))
}

/// [`url`], if the link is one that this program could open: with another secret than the one with which it was made it would lead nowhere.
///
/// # Errors
/// When it is none; and when the database can't be reached.
pub(crate) async fn known_url(desk: &Desk, path: &str, purpose: Purpose, sending: Sending) -> Result<String> {
    let Sending { link, generation } = sending;
    let hash = digest(token(desk, purpose, sending).as_bytes());
    let known: Option<(i64,)> = desk
        .db
        .maybe(sql!("SELECT generation FROM link_token WHERE token_hash = $1 AND link = $2 AND generation = $3", &hash, link, generation))
        .await?;
    known.ok_or_else(|| Error::internal("its link was made with another secret than this program's, and would lead nowhere"))?;
    Ok(url(desk, path, purpose, sending))
}

fn token(desk: &Desk, purpose: Purpose, sending: Sending) -> String {
    let parts: [&[u8]; 3] = [purpose.key().as_bytes(), sending.link.as_bytes(), &sending.generation.to_be_bytes()];
    URL_SAFE_NO_PAD.encode(desk.seal("link", &parts))
}

/// The link that a token stands for, if it is for one of these purposes.
///
/// # Errors
/// [`Refusal::Link`] with [`LinkState::Unknown`].
pub(crate) async fn find(desk: &Desk, purposes: &[Purpose], token: &str) -> Result<Link> {
    let link: Option<Link> = desk
        .db
        .maybe(sql!(
            "SELECT l.id, l.purpose, l.account, l.application, l.company, l.address, l.asked_by, l.generation, l.expires_at, l.used_at, l.withdrawn_at,
               t.generation AS brought
             FROM link_token t JOIN link l ON l.id = t.link WHERE t.token_hash = $1",
            &digest(token.as_bytes())
        ))
        .await?;
    let link = link.filter(|link| link.purpose().is_some_and(|purpose| purposes.contains(&purpose)));
    link.ok_or(Refusal::Link(LinkState::Unknown).into())
}

/// Takes back what was sent to somebody: the links of one company, or those that belong to the account alone.
pub(crate) async fn withdraw(deed: &mut Deed<'_>, account: AccountId, company: Option<CompanyNumber>) -> Result<()> {
    let now = deed.now;
    deed.execute(sql!(
        "UPDATE link SET withdrawn_at = $1 WHERE account = $2 AND COALESCE(company, 0) = $3 AND used_at IS NULL AND withdrawn_at IS NULL",
        now,
        account,
        company.map_or(0, |company| company.0)
    ))
    .await?;
    Ok(())
}

/// Takes back the links of these purposes. Answers with how many were open.
pub(crate) async fn withdraw_those(deed: &mut Deed<'_>, account: AccountId, purposes: &[Purpose]) -> Result<u64> {
    let (now, mut withdrawn) = (deed.now, 0);
    for purpose in purposes {
        withdrawn += deed
            .execute(sql!(
                "UPDATE link SET withdrawn_at = $1
                 WHERE account = $2 AND purpose = $3 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $1",
                now,
                account,
                purpose.key()
            ))
            .await?;
    }
    Ok(withdrawn)
}

/// Whether it is this sending of the link that ran out, as the deed's own transaction sees it.
pub(crate) async fn is_expired(deed: &mut Deed<'_>, link: &Link) -> Result<bool> {
    let now = deed.now;
    let expired: Option<(i64,)> = deed
        .maybe(sql!(
            "SELECT generation FROM link WHERE id = $1 AND generation = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at <= $3",
            link.id,
            link.brought,
            now
        ))
        .await?;
    Ok(expired.is_some())
}

/// Uses the link up, in the deed that it was for: exactly once, whoever else tries at the same instant.
pub(crate) async fn use_up(deed: &mut Deed<'_>, link: &Link) -> Result<()> {
    let now = deed.now;
    let used = deed
        .execute(sql!(
            "UPDATE link SET used_at = $1 WHERE id = $2 AND generation = $3 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $1",
            now,
            link.id,
            link.brought
        ))
        .await?;
    if used == 1 {
        return Ok(());
    }
    let fresh: Link = deed
        .find(sql!(
            "SELECT id, purpose, account, application, company, address, asked_by, generation, expires_at, used_at, withdrawn_at, CAST($2 AS BIGINT) AS brought
             FROM link WHERE id = $1",
            link.id,
            link.brought
        ))
        .await?;
    Err(Refusal::Link(fresh.open(now).err().unwrap_or(LinkState::Used)).into())
}

/// Forgets tokens that only ever said "replaced", and applications that came to nothing.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    const REPLACED: &str = "SELECT t.token_hash FROM link_token t JOIN link l ON l.id = t.link
        WHERE t.generation < l.generation AND l.expires_at <= $1 LIMIT $2";
    const OF_APPLICATIONS: &str = "SELECT t.token_hash FROM link_token t JOIN link l ON l.id = t.link
        WHERE l.application IS NOT NULL AND l.expires_at <= $1 LIMIT $2";
    let before = desk.now().plus_seconds(-KEPT_DAYS * 24 * 3600);
    for statement in [
        format!("DELETE FROM link_token WHERE token_hash IN ({REPLACED})"),
        format!("DELETE FROM link_token WHERE token_hash IN ({OF_APPLICATIONS})"),
        // Their letters are forgotten before (`outbox::sweep`); what a letter still names stays.
        "DELETE FROM link WHERE id IN (SELECT l.id FROM link l WHERE l.application IS NOT NULL AND l.expires_at <= $1
           AND NOT EXISTS (SELECT 1 FROM letter t WHERE t.link = l.id) LIMIT $2)"
            .to_owned(),
        "DELETE FROM application WHERE id IN (SELECT a.id FROM application a WHERE a.created_at <= $1
           AND NOT EXISTS (SELECT 1 FROM link l WHERE l.application = a.id)
           AND NOT EXISTS (SELECT 1 FROM letter t WHERE t.application = a.id) LIMIT $2)"
            .to_owned(),
    ] {
        desk.db.tick_in_portions(|portion| sql!(AssertSqlSafe(statement.clone()), before, portion)).await?;
    }
    Ok(())
}
