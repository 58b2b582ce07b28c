//! S4: who has an address in a company's domains, and who is told of it.

use crate::{
    Desk,
    db::{Query, Value, places},
    deed::Deed,
    error::Result,
    letters::Kind,
    sql,
};
use shared::{CompanyNumber, Time};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// Letters that are written in one statement.
const PORTION: usize = 500;

/// Of account `a`: a member of company `$1` that knows of it.
const INSIDE: &str = "EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id AND m.company = $1 AND m.given_name IS NULL)";

/// The domain of a username, in the words of the index `account_by_domain` (migration 0009). Of what is no address it is the whole.
fn domain_of(username: &str) -> String {
    format!("substr({username}, length(rtrim({username}, replace({username}, '@', ''))) + 1)")
}

/// The company's domains that somebody of it has an address in, with how many.
pub(super) fn people_by_domain(company: CompanyNumber) -> Query {
    let domain = domain_of("m.username");
    let text = format!(
        "SELECT d.domain, COUNT(*) FROM (SELECT {domain} AS domain FROM membership m WHERE m.company = $1 AND m.username LIKE '%@%') d
         WHERE d.domain IN (SELECT c.domain FROM company_domain c WHERE c.company = $1) GROUP BY d.domain ORDER BY d.domain"
    );
    sql!(AssertSqlSafe(text), company)
}

/// S4: everybody with an address in one of the domains that were added, those outside only where they can join; and where they can join since
/// just now (`opened`), those outside with an address in any other of its domains, who were not told then. Each once; whose mail is redirected
/// is seen as it is sent (`outbox`).
pub(crate) async fn queue(deed: &mut Deed<'_>, company: CompanyNumber, added: &[String], opened: bool) -> Result<bool> {
    let mut told: Vec<(Uuid,)> = Vec::new();
    if !added.is_empty() {
        told = deed.all(of_new_domains(company, added)).await?;
    }
    if opened {
        let domains: Vec<(String,)> = deed.all(sql!("SELECT domain FROM company_domain WHERE company = $1", company)).await?;
        let others: Vec<String> = domains.into_iter().map(|(domain,)| domain).filter(|domain| !added.contains(domain)).collect();
        if !others.is_empty() {
            told.extend(deed.all::<(Uuid,)>(outside(company, &others)).await?);
        }
    }
    for portion in told.chunks(PORTION) {
        deed.execute(written(deed.desk, company, portion, deed.now)).await?;
    }
    Ok(!told.is_empty())
}

fn of_new_domains(company: CompanyNumber, domains: &[String]) -> Query {
    reached(company, domains, &format!("(EXISTS (SELECT 1 FROM company c WHERE c.number = $1 AND c.self_registration) OR {INSIDE})"))
}

/// However often it is switched on and off, nobody is told again while the letter is kept.
fn outside(company: CompanyNumber, domains: &[String]) -> Query {
    const NOT_TOLD: &str =
        "NOT EXISTS (SELECT 1 FROM letter t WHERE t.subject_account = a.id AND t.kind = 'domain_added' AND t.company = $1
        AND t.state <> 'dropped')";
    reached(company, domains, &format!("NOT {INSIDE} AND {NOT_TOLD}"))
}

/// Accounts that are somebody's own and may get mail. Whoever is blocked everywhere gets none.
fn reached(company: CompanyNumber, domains: &[String], whom: &str) -> Query {
    let text = format!(
        "SELECT a.id FROM account a
         WHERE {} IN ({}) AND a.password_hash IS NOT NULL AND a.general_of IS NULL AND {whom}
           AND (a.staff OR NOT EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id AND m.given_name IS NULL)
             OR EXISTS (SELECT 1 FROM membership m WHERE m.account = a.id AND m.given_name IS NULL AND m.blocked_at IS NULL))
         ORDER BY a.id",
        domain_of("a.username"),
        places(domains.len(), 2)
    );
    let values = std::iter::once(Value::from(company)).chain(domains.iter().map(|domain| Value::from(domain.as_str()))).collect();
    Query::new(AssertSqlSafe(text), values)
}

fn written(desk: &Desk, company: CompanyNumber, people: &[(Uuid,)], now: Time) -> Query {
    let row = |row: usize| format!("(${0}, ${1}, ${1}, $1, $4, $2, 'queued', 0, $3, $3)", row * 2 + 5, row * 2 + 6);
    let rows: Vec<String> = (0..people.len()).map(row).collect();
    let text = format!(
        "INSERT INTO letter (id, subject_account, recipient, kind, turn, company, state, attempts, next_attempt_at, created_at)
         VALUES {} ON CONFLICT DO NOTHING",
        rows.join(", ")
    );
    let kind = Kind::DomainAdded;
    let mut values = vec![Value::from(kind.key()), company.into(), now.into(), kind.turn().key().into()];
    for (person,) in people {
        values.extend([Value::from(desk.new_id()), (*person).into()]);
    }
    Query::new(AssertSqlSafe(text), values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::plan;

    /// Delete `account_by_domain` of migration 0009 to see it fail: every account is then read.
    #[tokio::test]
    async fn only_who_has_such_an_address_is_read() {
        let domains = ["a.example".to_owned(), "b.example".to_owned()];
        for query in [of_new_domains(CompanyNumber(10001), &domains), outside(CompanyNumber(10001), &domains)] {
            let plan = plan(query).await;
            assert!(plan.contains("account_by_domain"), "{plan}");
        }
    }
}
