//! P6, *Delete account*: everything personal goes. What stays is a number that history refers to, and that nobody can sign in with.

use crate::{
    Desk,
    callers::Person,
    db::Query,
    deed::Deed,
    desk::digest,
    error::{Error, Result},
    mailing, moving,
    sessions::Visitor,
    sign_in, sql, users,
};
use shared::{AccountId, CompanyNumber, FieldName, Permit, Problem, Refusal, event::Event, moving::Deleting};
use sqlx::{AssertSqlSafe, FromRow};

/// What goes, and what is in the way.
///
/// # Errors
/// When the database can't be reached.
pub async fn read(desk: &Desk, person: &Person) -> Result<Deleting> {
    let account = person.0.account;
    let (username,): (String,) = desk.db.one(sql!("SELECT username FROM account WHERE id = $1", account)).await?;
    Ok(Deleting { username, here: moving::here(desk, account).await? })
}

/// P6. The address is free afterwards: whoever registers with it is somebody new.
///
/// # Errors
/// [`Refusal::Fields`] for a wrong password, which counts as one (A3); [`Refusal::LastAdministrator`] (U6).
pub async fn delete_account(desk: &Desk, visitor: &Visitor, password: &str) -> Result<()> {
    if password.is_empty() {
        return Err(Refusal::field(FieldName::Password, Problem::Missing).into());
    }
    read(desk, &visitor.person()?).await?.allowed()?;
    // To the end: a try is counted before it is checked, and only the deed forgets it.
    let (hand, visitor, password) = (desk.clone(), visitor.clone(), password.to_owned());
    desk.to_the_end(async move { prove_and_delete(&hand, &visitor, password).await }).await
}

async fn prove_and_delete(desk: &Desk, visitor: &Visitor, password: String) -> Result<()> {
    let (person, account) = (visitor.person()?, visitor.standing.account);
    let proof = sign_in::prove(desk, &person, account, &visitor.username, password).await.map_err(at_the_password)?;
    let mut deed = Deed::permitted(desk, &person, Permit::OwnProfile).await?;
    let seen: Vec<(i64,)> = deed.all(sql!("SELECT company FROM membership WHERE account = $1", account)).await?;
    deed.lock_companies(seen.iter().map(|(company,)| CompanyNumber(*company))).await?;
    deed.lock_account(account).await?;
    let events = leave_all(&mut deed, account, &seen).await?;
    deed.end_sessions(account).await?;
    // Links that were mailed to this administrator for others go to whoever gets that mail now, before the letters are gone.
    mailing::reroute(&mut deed, account).await?;
    for statement in everything_personal(account, &visitor.username) {
        deed.execute(statement).await?;
    }
    let now = deed.now;
    deed.exactly_one(sql!(
        "UPDATE account SET username = $4, name = '', search_key = '', name_key = '', phone = NULL, country = NULL,
           language = 'en', staff = FALSE, password_hash = NULL, registered_at = NULL, locked_until = NULL, last_company = NULL,
           proven_at = NULL, subscribed_at = NULL, deleted_at = $1
         WHERE id = $2 AND password_hash = $3 AND deleted_at IS NULL",
        now,
        account,
        proof.hash,
        account.to_string()
    ))
    .await?;
    deed.forget_address();
    deed.commit_all(events).await
}

/// The page asks for the password, not for the one of now.
fn at_the_password(error: Error) -> Error {
    let wrong = Refusal::field(FieldName::CurrentPassword, Problem::WrongPassword);
    match error {
        Error::Refused(refusal) if refusal == wrong => Refusal::field(FieldName::Password, Problem::WrongPassword).into(),
        other => other,
    }
}

#[derive(FromRow)]
struct MembershipRow {
    company: i64,
    /// Active and unblocked.
    counts: bool,
    /// U1: only asked to join. That company knows nothing of the account, nor of its end.
    joins: bool,
}

/// Out of every company, and no more on the way into any. Those that were seen are locked; another may have added the person since.
async fn leave_all(deed: &mut Deed<'_>, account: AccountId, seen: &[(i64,)]) -> Result<Vec<Event>> {
    let memberships: Vec<MembershipRow> = deed
        .all(sql!(
            "SELECT company, state = 'active' AND blocked_at IS NULL AS counts, given_name IS NOT NULL AS joins
             FROM membership WHERE account = $1 ORDER BY company",
            account
        ))
        .await?;
    if memberships.iter().any(|membership| !seen.contains(&(membership.company,))) {
        return Err(Refusal::Changed.into());
    }
    let mut events = Vec::new();
    for MembershipRow { company, counts, joins } in memberships {
        let company = CompanyNumber(company);
        if counts {
            moving::go(deed, company, account).await?;
        } else {
            users::part(deed, company, account).await?;
        }
        let deleted = Event::AccountDeleted { company: Some(company), account };
        events.push(if joins { Event::JoiningRefused { company, account } } else { deleted });
    }
    if !events.iter().any(|event| matches!(event, Event::AccountDeleted { .. })) {
        events.push(Event::AccountDeleted { company: None, account });
    }
    Ok(events)
}

/// In the order in which one refers to the other.
fn everything_personal(account: AccountId, username: &str) -> Vec<Query> {
    const LETTERS: &str = "(recipient = $1 OR subject_account = $1 OR application IN (SELECT id FROM application WHERE address = $2))";
    const LINKS: &str = "(account = $1 OR application IN (SELECT id FROM application WHERE address = $2))";
    let both = |text: String| Query::new(AssertSqlSafe(text), vec![account.into(), username.into()]);
    vec![
        both(format!("DELETE FROM dev_mail WHERE recipient = $2 OR id IN (SELECT id FROM letter WHERE {LETTERS})")),
        both(format!("DELETE FROM letter WHERE {LETTERS}")),
        both(format!("DELETE FROM link_token WHERE link IN (SELECT id FROM link WHERE {LINKS})")),
        both(format!("DELETE FROM link WHERE {LINKS}")),
        // S1: nobody was known to do it, but the application of that moment says who it was.
        sql!(
            "UPDATE history SET address = NULL WHERE kind = 'registration_asked' AND at IN (SELECT created_at FROM application WHERE address = $1)",
            username
        ),
        sql!("DELETE FROM application WHERE address = $1", username),
        sql!("DELETE FROM sign_in_guard WHERE username_hash = $1", &digest(username.as_bytes())),
        sql!("DELETE FROM known_as WHERE account = $1", account),
        sql!("DELETE FROM returned WHERE account = $1", account),
        sql!("UPDATE request SET reason = NULL, answer = NULL WHERE account = $1", account),
        sql!("UPDATE history SET address = NULL WHERE actor = $1 OR (subject = $1 AND actor IS NULL)", account),
        sql!("UPDATE company SET contact_name = '', contact_email = '', contact_phone = '' WHERE LOWER(contact_email) = $1", username),
    ]
}
