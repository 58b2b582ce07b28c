//! The newsletter (P5): who gets it, and its letters. What stands in a letter is read as it is sent; nobody can change it any more by then.

mod by_staff;
pub(crate) mod markdown;
mod subscription;

pub use by_staff::{create, delete, list, preview, read, save, send};
pub(crate) use subscription::unsubscribe_url;
pub use subscription::{look_at_link, subscribe, subscription, unsubscribe, unsubscribe_by_link};

use crate::{
    Desk,
    db::{Query, Value, places},
    deed::Deed,
    error::Result,
    letters::Kind,
    sql,
};
use shared::{AccountId, NewsletterId, Time};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Of accounts `a`: subscribed, somebody's own, and of somebody who may get mail. Whoever is blocked everywhere gets none.
const GETS_IT: &str = "a.subscribed_at IS NOT NULL AND a.password_hash IS NOT NULL AND a.general_of IS NULL AND a.deleted_at IS NULL
    AND (a.staff OR NOT EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id AND m.given_name IS NULL)
      OR EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id AND m.given_name IS NULL AND m.blocked_at IS NULL))";

/// Letters that are written in one statement.
const PORTION: usize = 500;

/// How many would get one now.
fn subscribers() -> Query {
    sql!(AssertSqlSafe(format!("SELECT COUNT(*) FROM account a WHERE {GETS_IT}")))
}

/// Whether a letter that waited still goes to somebody who wants it.
pub(crate) async fn is_wanted(desk: &Desk, account: AccountId) -> Result<bool> {
    let wanted: Option<(Uuid,)> =
        desk.db.maybe(sql!(AssertSqlSafe(format!("SELECT a.id FROM account a WHERE a.id = $1 AND {GETS_IT}")), account)).await?;
    Ok(wanted.is_some())
}

/// The letters of a newsletter, in the deed that sends it. They wait behind all that is for one alone.
pub(crate) async fn queue(deed: &mut Deed<'_>, id: NewsletterId) -> Result<bool> {
    let copies: Vec<(Uuid, Uuid)> = deed.all(copies()).await?;
    for portion in copies.chunks(PORTION) {
        deed.execute(written(deed.desk, id, portion, deed.now)).await?;
    }
    // Somebody may have come or gone since they were counted.
    deed.execute(sql!(
        "UPDATE newsletter SET subscribers = (SELECT COUNT(DISTINCT subject_account) FROM letter WHERE newsletter = $1) WHERE id = $1",
        id
    ))
    .await?;
    Ok(!copies.is_empty())
}

/// Of everybody who gets it, who it is for and to whom it goes: [`crate::letters::Redirection::OnlyCompany`] for all at once, as
/// [`crate::mailing::Letter::recipients`] has it for one, which is asked again as each is sent.
fn copies() -> Query {
    sql!(AssertSqlSafe(format!(
        "WITH subscriber AS (SELECT a.id, a.staff FROM account a WHERE {GETS_IT}),
           redirected AS
             (SELECT s.id AS subject, r.account AS recipient FROM subscriber s
              JOIN membership m ON m.account = s.id AND m.given_name IS NULL AND m.mail_to_administrators
              JOIN membership r ON r.company = m.company AND r.role = 'administrator' AND r.state = 'active' AND r.blocked_at IS NULL
              WHERE NOT s.staff AND (SELECT COUNT(*) FROM membership o WHERE o.account = s.id AND o.given_name IS NULL) = 1)
         SELECT subject, recipient FROM redirected
         UNION ALL SELECT s.id, s.id FROM subscriber s WHERE s.id NOT IN (SELECT subject FROM redirected)"
    )))
}

fn written(desk: &Desk, id: NewsletterId, copies: &[(Uuid, Uuid)], now: Time) -> Query {
    let rows: Vec<String> = (0..copies.len()).map(|row| format!("({}, $1, $2, $3, 'queued', 0, $4, $4)", places(3, row * 3 + 5))).collect();
    let text = format!(
        "INSERT INTO letter
           (id, subject_account, recipient, kind, turn, newsletter, state, attempts, next_attempt_at, created_at)
         VALUES {} ON CONFLICT DO NOTHING",
        rows.join(", ")
    );
    let mut values = vec![Value::from(Kind::Newsletter.key()), Kind::Newsletter.turn().key().into(), id.into(), now.into()];
    for (subject, recipient) in copies {
        values.extend([Value::from(desk.new_id()), (*subject).into(), (*recipient).into()]);
    }
    Query::new(AssertSqlSafe(text), values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Delete `account_subscribed` of migration 0006 to see it fail: every account is then read.
    #[tokio::test]
    async fn only_subscribers_are_read() {
        for query in [subscribers(), copies()] {
            let plan = plan(query).await;
            assert!(plan.contains("account_subscribed"), "{plan}");
        }
    }
}
