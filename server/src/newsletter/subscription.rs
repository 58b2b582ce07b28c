//! Subscribing and unsubscribing, in My profile or with the link in a newsletter.
//!
//! That link is never used up and never dead: a newsletter may be read years later, and its token can do nothing but unsubscribe. So nobody
//! asks here what state it is in. A token that was replaced, as by subscribing again, still unsubscribes; and one that was withdrawn together
//! with the account's other links, as by a new password (A7), opens nothing that would have to be kept shut.

use crate::{
    Desk,
    callers::{Anyone, Person},
    deed::Deed,
    error::{Error, Result},
    links::{self, Link, Purpose, Sending},
    sql,
};
use shared::{AccountId, Time, event::Event, newsletter::Subscription};
use uuid::Uuid;

/// A hundred years: as long as mail is kept.
const LINK_SECONDS: i64 = 100 * 365 * 24 * 3600;

/// Whether, and since when.
///
/// # Errors
/// When the database can't be reached.
pub async fn subscription(desk: &Desk, person: &Person) -> Result<Subscription> {
    let since = since(desk, person.0.account).await?;
    Ok(Subscription { since: since.map(|since| desk.local(since)) })
}

async fn since(desk: &Desk, account: AccountId) -> Result<Option<Time>> {
    let (since,): (Option<i64>,) = desk.db.one(sql!("SELECT subscribed_at FROM account WHERE id = $1", account)).await?;
    Ok(since.map(Time))
}

/// Whoever is subscribed stays so, and nothing happens.
///
/// # Errors
/// When the database can't be reached.
pub async fn subscribe(desk: &Desk, person: &Person) -> Result<()> {
    let account = person.0.account;
    let mut deed = Deed::begin(desk, person).await?;
    deed.lock_account(account).await?;
    let now = deed.now;
    let subscribed =
        deed.execute(sql!("UPDATE account SET subscribed_at = $1 WHERE id = $2 AND subscribed_at IS NULL", now, account)).await?;
    if subscribed == 0 {
        return Ok(());
    }
    links::issue(&mut deed, Purpose::Unsubscribe, account, None, now.plus_seconds(LINK_SECONDS)).await?;
    deed.commit(Event::NewsletterSubscribed { account }).await
}

/// Whoever is not subscribed stays so, and nothing happens.
///
/// # Errors
/// When the database can't be reached.
pub async fn unsubscribe(desk: &Desk, person: &Person) -> Result<()> {
    end(Deed::begin(desk, person).await?, person.0.account).await
}

/// What the link's page shows: whether there is something to unsubscribe from. Changes nothing, however often it is opened (A5).
///
/// # Errors
/// [`shared::Refusal::Link`] for no link of a newsletter, or one of somebody who deleted their account since.
pub async fn look_at_link(desk: &Desk, token: &str) -> Result<bool> {
    let link = find(desk, token).await?;
    Ok(since(desk, link.account()?).await?.is_some())
}

/// RFC 8058: with the token alone, by whoever has it, as often as they like.
///
/// # Errors
/// [`shared::Refusal::Link`] as [`look_at_link`]; [`shared::Refusal::Busy`].
pub async fn unsubscribe_by_link(desk: &Desk, from: &Anyone, token: &str) -> Result<()> {
    desk.doorman.let_through(from.address)?;
    let link = find(desk, token).await?;
    end(Deed::begin(desk, from).await?, link.account()?).await
}

async fn find(desk: &Desk, token: &str) -> Result<Link> {
    links::find(desk, &[Purpose::Unsubscribe], token).await
}

/// The letters that wait are dropped as they come to be sent (`outbox`).
async fn end(mut deed: Deed<'_>, account: AccountId) -> Result<()> {
    deed.lock_account_if_there(account).await?;
    let ended = deed.execute(sql!("UPDATE account SET subscribed_at = NULL WHERE id = $1 AND subscribed_at IS NOT NULL", account)).await?;
    if ended == 0 {
        return Ok(());
    }
    deed.commit(Event::NewsletterUnsubscribed { account }).await
}

/// Where somebody's newsletters say that they can be unsubscribed from: the address of the page and of the one click alike.
pub(crate) async fn unsubscribe_url(desk: &Desk, account: AccountId) -> Result<String> {
    let newest: Option<(Uuid, i64)> = desk
        .db
        .maybe(sql!(
            "SELECT id, generation FROM link WHERE account = $1 AND purpose = $2 AND company IS NULL",
            account,
            Purpose::Unsubscribe.key()
        ))
        .await?;
    let (link, generation) = newest.ok_or_else(|| Error::internal("a subscriber without a link to unsubscribe"))?;
    links::known_url(desk, "unsubscribe", Purpose::Unsubscribe, Sending { link, generation }).await
}
