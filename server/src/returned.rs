//! What somebody filled in without JavaScript and is too long for a cookie: kept for the minute in which their page comes back.
//!
//! For whoever is signed in, and given to them alone. A stranger's forms are short, and strangers fill no database.

use crate::{Desk, desk::digest, error::Result, sessions::Visitor, sql};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// As long as the cookie that leads to it.
pub const KEPT_SECONDS: i64 = 60;

/// Keeps it, and answers with the word by which it is found. Passwords must not be in it.
///
/// # Errors
/// When the database can't be reached.
pub async fn keep(desk: &Desk, visitor: &Visitor, content: &str) -> Result<String> {
    let word = URL_SAFE_NO_PAD.encode(desk.chance.bytes::<32>());
    // P6: nothing comes to somebody who deleted their account meanwhile.
    desk.db
        .tick(sql!(
            "INSERT INTO returned (token_hash, account, content, created_at)
             SELECT $1, id, $2, $3 FROM account WHERE id = $4 AND deleted_at IS NULL",
            &digest(word.as_bytes()),
            content,
            desk.now(),
            visitor.standing.account
        ))
        .await?;
    Ok(word)
}

/// Hands it out, once. `None` when it is somebody else's, or too old.
///
/// # Errors
/// When the database can't be reached.
pub async fn take(desk: &Desk, visitor: &Visitor, word: &str) -> Result<Option<String>> {
    let taken: Option<(String,)> = desk
        .db
        .tick_returning(sql!(
            "DELETE FROM returned WHERE token_hash = $1 AND account = $2 AND created_at > $3 RETURNING content",
            &digest(word.as_bytes()),
            visitor.standing.account,
            desk.now().plus_seconds(-KEPT_SECONDS)
        ))
        .await?;
    Ok(taken.map(|(content,)| content))
}

/// Takes away what nobody came back for. Every minute.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    desk.db.tick(sql!("DELETE FROM returned WHERE created_at <= $1", desk.now().plus_seconds(-KEPT_SECONDS))).await?;
    Ok(())
}
