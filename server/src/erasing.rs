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

/// So long somebody who was blocked stays out after deleting their account (S6).
const BLOCKED_SECONDS: i64 = 365 * 24 * 3600;

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
    let seen: Vec<(i64,)> = deed.all(companies_with(account, &visitor.username)).await?;
    deed.lock_companies(seen.iter().map(|(company,)| CompanyNumber(*company))).await?;
    deed.lock_account(account).await?;
    let events = leave_all(&mut deed, account, &visitor.username, &seen).await?;
    deed.end_sessions(account).await?;
    // Links that were mailed to this administrator for others go to whoever gets that mail now, before the letters are gone.
    mailing::reroute(&mut deed, account).await?;
    if visitor.standing.staff {
        deed.execute(as_account_manager(account)).await?;
    }
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

/// Where the person is or was asked to be, and where their name stands.
fn companies_with(account: AccountId, username: &str) -> Query {
    sql!(
        "SELECT company FROM membership WHERE account = $1
         UNION SELECT number FROM company WHERE LOWER(contact_email) = $2
           OR account_manager = (SELECT name FROM account WHERE id = $1 AND staff)",
        account,
        username
    )
}

/// The page asks for the password, not for the one of now.
fn at_the_password(error: Error) -> Error {
    match error {
        Error::Refused(Refusal::Fields(problems)) => {
            Refusal::Fields(problems.into_iter().map(|(_, problem)| (FieldName::Password, problem)).collect()).into()
        }
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
    blocked: bool,
}

/// Out of every company, and no more on the way into any. Those that were seen are locked; another may have added the person since.
async fn leave_all(deed: &mut Deed<'_>, account: AccountId, username: &str, seen: &[(i64,)]) -> Result<Vec<Event>> {
    let memberships: Vec<MembershipRow> = deed
        .all(sql!(
            "SELECT company, state = 'active' AND blocked_at IS NULL AS counts, given_name IS NOT NULL AS joins,
               blocked_at IS NOT NULL AS blocked
             FROM membership WHERE account = $1 ORDER BY company",
            account
        ))
        .await?;
    if memberships.iter().any(|membership| !seen.contains(&(membership.company,))) {
        return Err(Refusal::Changed.into());
    }
    let mut events = Vec::new();
    for MembershipRow { company, counts, joins, blocked } in memberships {
        let company = CompanyNumber(company);
        if blocked {
            keep_out(deed, company, username).await?;
        }
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

/// In the order in which one refers to the other, and each by an index of its own: no statement reads every letter.
fn everything_personal(account: AccountId, username: &str) -> Vec<Query> {
    const OF_ACCOUNT: [&str; 2] = ["recipient = $1", "subject_account = $1"];
    let of_account = |text: String| Query::new(AssertSqlSafe(text), vec![account.into()]);
    let mut all = Vec::new();
    for whose in OF_ACCOUNT {
        all.push(of_account(format!("DELETE FROM dev_mail WHERE id IN (SELECT id FROM letter WHERE {whose})")));
        all.push(of_account(format!("DELETE FROM letter WHERE {whose}")));
    }
    all.extend([
        sql!("DELETE FROM dev_mail WHERE recipient = $1", username),
        sql!("DELETE FROM link_token WHERE link IN (SELECT id FROM link WHERE account = $1)", account),
        sql!("DELETE FROM link WHERE account = $1", account),
    ]);
    all.extend(asked_from(username));
    all.extend([
        sql!("DELETE FROM sign_in_guard WHERE username_hash = $1", &digest(username.as_bytes())),
        sql!("DELETE FROM known_as WHERE account = $1", account),
        sql!("DELETE FROM returned WHERE account = $1", account),
        sql!("UPDATE request SET reason = NULL, answer = NULL WHERE account = $1", account),
        sql!("UPDATE history SET address = NULL WHERE actor = $1 OR (subject = $1 AND actor IS NULL)", account),
        sql!("UPDATE company SET contact_name = '', contact_email = '', contact_phone = '' WHERE LOWER(contact_email) = $1", username),
    ]);
    all
}

/// S1: what somebody who wanted to register left behind, when nobody knew yet whose address it was.
pub(crate) fn asked_from(address: &str) -> Vec<Query> {
    const APPLICATIONS: &str = "(SELECT id FROM application WHERE address = $1)";
    let of_address = |text: String| Query::new(AssertSqlSafe(text), vec![address.into()]);
    vec![
        of_address(format!("DELETE FROM dev_mail WHERE id IN (SELECT id FROM letter WHERE application IN {APPLICATIONS})")),
        of_address(format!("DELETE FROM letter WHERE application IN {APPLICATIONS}")),
        of_address(format!("DELETE FROM link_token WHERE link IN (SELECT id FROM link WHERE application IN {APPLICATIONS})")),
        of_address(format!("DELETE FROM link WHERE application IN {APPLICATIONS}")),
        // Nobody was known to do it, but the application of that moment says who it was.
        sql!(
            "UPDATE history SET address = NULL WHERE kind = 'registration_asked' AND at IN (SELECT created_at FROM application WHERE address = $1)",
            address
        ),
        sql!("DELETE FROM application WHERE address = $1", address),
    ]
}

/// O1: one of the staff, as companies know them. Whoever else of the staff has the same name is meant no less.
fn as_account_manager(account: AccountId) -> Query {
    sql!(
        "UPDATE company SET account_manager = '' WHERE account_manager = (SELECT name FROM account WHERE id = $1)
           AND NOT EXISTS (SELECT 1 FROM account o WHERE o.staff AND o.id <> $1 AND o.name = company.account_manager)",
        account
    )
}

/// S6: somebody who is blocked in a company stays out of it, or deleting the account and registering anew would let them in. What is kept is no
/// address, but what one with the server's secret comes to.
async fn keep_out(deed: &mut Deed<'_>, company: CompanyNumber, username: &str) -> Result<()> {
    let now = deed.now;
    deed.execute(sql!(
        "INSERT INTO blocked_address (company, address_hash, since) VALUES ($1, $2, $3)
         ON CONFLICT (company, address_hash) DO UPDATE SET since = excluded.since",
        company,
        &sealed(deed.desk, username),
        now
    ))
    .await?;
    Ok(())
}

/// S6: an administrator adds that address again.
pub(crate) async fn let_in_again(deed: &mut Deed<'_>, company: CompanyNumber, username: &str) -> Result<()> {
    let hash = sealed(deed.desk, username);
    deed.execute(sql!("DELETE FROM blocked_address WHERE company = $1 AND address_hash = $2", company, &hash)).await?;
    Ok(())
}

/// As `blocked_address` has it. A username is an address in small letters.
pub(crate) fn sealed(desk: &Desk, username: &str) -> [u8; 32] {
    desk.seal("blocked address", &[username.as_bytes()])
}

/// Forgets who was blocked a year before.
///
/// # Errors
/// When the database can't be reached.
pub async fn sweep(desk: &Desk) -> Result<()> {
    desk.db.tick(sql!("DELETE FROM blocked_address WHERE since <= $1", desk.now().plus_seconds(-BLOCKED_SECONDS))).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;
    use uuid::Uuid;

    /// Delete `letter_by_link` of migration 0007 to see it fail: whether a letter names the link that goes is then asked of every letter.
    #[tokio::test]
    async fn no_table_that_grows_is_read_as_a_whole() {
        for query in everything_personal(AccountId(Uuid::nil()), "carla@vandijk.example") {
            let plan = plan(query).await;
            for table in ["letter", "link", "link_token", "application", "history", "request", "known_as", "sign_in_guard", "account"] {
                assert!(!plan.lines().any(|step| step.starts_with(&format!("SCAN {table}"))), "{plan}");
            }
        }
    }
}
