//! O1: the provider's people make companies, find them and change them.

use super::{domains, read};
use crate::{
    Desk,
    callers::Staff,
    db::{Query, Value},
    deed::Deed,
    error::Result,
    general_account,
    search::{self, like_pattern},
    sql,
};
use shared::{
    CompanyNumber, Permit, Refusal, Time,
    companies::{CompaniesPage, CompaniesQuery, Company, CompanyDetails, CompanyForm, CompanyRow, GeneralAccount, PAGE_SIZE},
    event::Event,
    fields::folded,
    refusal::DomainInUse,
    users::{Facts, Membership, StatusShown},
};
use std::collections::BTreeMap;

/// Numbers of companies are given out under this lock.
const NUMBERS: i64 = 10_001;
/// The first customer is 10001.
const BEFORE_THE_FIRST: i64 = 10_000;

/// One page of the customers, by name.
///
/// # Errors
/// When the database can't be reached.
pub async fn list(desk: &Desk, _staff: &Staff, query: &CompaniesQuery) -> Result<CompaniesPage> {
    let (found,): (i64,) = desk.db.one(matching(query, "COUNT(*)", "", 1, 0)).await?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    let pages = found.div_ceil(PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let columns = "c.number, c.name, (SELECT COUNT(*) FROM membership m WHERE m.company = c.number)";
    let companies: Vec<(i64, String, i64)> =
        desk.db.all(matching(query, columns, "ORDER BY c.name_key, c.number", PAGE_SIZE, (page - 1) * PAGE_SIZE)).await?;
    let numbers: Vec<String> = companies.iter().map(|(number, ..)| number.to_string()).collect();
    let domains: Vec<(i64, String)> = if numbers.is_empty() {
        Vec::new()
    } else {
        // Numbers only.
        let text = format!("SELECT company, domain FROM company_domain WHERE company IN ({}) ORDER BY company, domain", numbers.join(", "));
        desk.db.all(sql!(sqlx::AssertSqlSafe(text))).await?
    };
    let row = |(number, name, people): (i64, String, i64)| CompanyRow {
        number: CompanyNumber(number),
        name,
        domains: domains.iter().filter(|(company, _)| *company == number).map(|(_, domain)| domain.clone()).collect(),
        people,
    };
    Ok(CompaniesPage { rows: companies.into_iter().map(row).collect(), found, page, pages })
}

fn matching(query: &CompaniesQuery, columns: &str, order: &str, limit: u32, offset: u32) -> Query {
    let mut values: Vec<Value> = vec![limit.into(), offset.into()];
    let condition = search::all(search::words(&query.search).map(|word| fits(word, &mut values)));
    let text = format!("SELECT {columns} FROM company c WHERE {condition} {order} LIMIT $1 OFFSET $2");
    Query::new(sqlx::AssertSqlSafe(text), values)
}

/// Each word is part of the name, the number, or part of a domain.
fn fits(word: &str, values: &mut Vec<Value>) -> String {
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let part = word.trim_start_matches('@');
    let name = place(like_pattern(part).into());
    let number = place(word.parse::<i64>().unwrap_or_default().into());
    let domain = place(like_pattern(&shared::domains::searched(part)).into());
    format!(
        "(c.name_key LIKE {name} ESCAPE '!' OR c.number = {number}
           OR EXISTS (SELECT 1 FROM company_domain d WHERE d.company = c.number
                      AND (d.domain LIKE {name} ESCAPE '!' OR d.domain LIKE {domain} ESCAPE '!')))"
    )
}

/// A company's page.
///
/// # Errors
/// Not found.
pub async fn details(desk: &Desk, _staff: &Staff, company: CompanyNumber) -> Result<CompanyDetails> {
    let (general, since) = read(desk, company).await?;
    let (administrators,): (i64,) = desk
        .db
        .one(sql!(
            "SELECT COUNT(*) FROM membership WHERE company = $1 AND role = 'administrator' AND state = 'active' AND blocked_at IS NULL",
            company
        ))
        .await?;
    let counted: BTreeMap<String, i64> = desk.db.all(domains::people_by_domain(company)).await?.into_iter().collect();
    let people_in = |domain: &String| u32::try_from(counted.get(domain).copied().unwrap_or_default()).unwrap_or(u32::MAX);
    let people_by_domain = general.domains.iter().map(|domain| (domain.clone(), people_in(domain))).collect();
    Ok(CompanyDetails {
        general_account: general_account(desk, company).await?,
        general,
        since: desk.local(since),
        administrators: u32::try_from(administrators).unwrap_or(u32::MAX),
        people_by_domain,
    })
}

async fn general_account(desk: &Desk, company: CompanyNumber) -> Result<Option<GeneralAccount>> {
    let row: Option<(String, bool, Option<i64>, bool)> = desk
        .db
        .maybe(sql!(
            "SELECT a.username, m.blocked_at IS NOT NULL, a.locked_until, a.password_hash IS NOT NULL
             FROM account a JOIN membership m ON m.account = a.id WHERE a.general_of = $1 AND m.company = $1",
            company
        ))
        .await?;
    Ok(row.map(|(username, blocked, locked_until, has_password)| {
        let facts = Facts { membership: Membership::Active, blocked, locked_until: locked_until.map(Time), has_access: false };
        let status = facts.status(desk.now());
        let status = StatusShown { kind: status.kind(), moment: status.moment().map(|time| desk.local(time)) };
        GeneralAccount { username, status, blocked, has_password }
    }))
}

/// Makes a company, with the next number.
///
/// # Errors
/// [`Refusal::Fields`].
pub async fn create(desk: &Desk, staff: &Staff, form: &CompanyForm) -> Result<CompanyNumber> {
    let form = form.parse()?;
    let deed = Deed::permitted(desk, staff, Permit::RunCompanies).await?;
    create_in(deed, &form).await
}

/// The deed itself; the demo does it in the system's name.
pub(crate) async fn create_in(mut deed: Deed<'_>, form: &Company) -> Result<CompanyNumber> {
    deed.lock_numbers(NUMBERS).await?;
    let (last,): (i64,) = deed.find(sql!("SELECT COALESCE(MAX(number), $1) FROM company", BEFORE_THE_FIRST)).await?;
    let (company, now) = (CompanyNumber(last + 1), deed.now);
    deed.execute(sql!(
        "INSERT INTO company (number, name, name_key, kvk, country, contact_name, contact_email, contact_phone, account_manager,
                              self_registration, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        company,
        form.name.as_str(),
        folded(&form.name),
        form.kvk.as_str(),
        form.country.code(),
        form.contact.name.as_str(),
        form.contact.email.as_str(),
        form.contact.phone.as_str(),
        form.account_manager.as_str(),
        form.self_registration,
        now
    ))
    .await?;
    for domain in &form.domains {
        add_domain(&mut deed, company, domain.as_str()).await?;
    }
    let added: Vec<String> = form.domains.iter().map(|domain| domain.as_str().to_owned()).collect();
    let created = Event::CompanyCreated { company };
    if added.is_empty() {
        deed.commit(created).await?;
    } else {
        // S4: who has an address there is told, as when a domain is added later.
        let edited = Event::CompanyEdited { company, details: false, added, removed: Vec::new(), self_registration: None };
        deed.commit_all(vec![created, edited]).await?;
    }
    Ok(company)
}

async fn add_domain(deed: &mut Deed<'_>, company: CompanyNumber, domain: &str) -> Result<()> {
    deed.execute(sql!("INSERT INTO company_domain (company, domain) VALUES ($1, $2)", company, domain)).await?;
    Ok(())
}

/// Changes a company: of domains and self-registration only what the form changes of what it began with, since a colleague at the desk may have
/// changed others meanwhile. A domain with people in it goes only when whoever saves has seen how many stay. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`], [`Refusal::DomainsInUse`], or not found.
pub async fn save(desk: &Desk, staff: &Staff, company: CompanyNumber, form: &CompanyForm) -> Result<()> {
    let form = form.parse()?;
    let mut deed = Deed::at_the_providers_desk(desk, staff, company).await?;
    let there: Vec<(String,)> = deed.all(sql!("SELECT domain FROM company_domain WHERE company = $1", company)).await?;
    let (added, removed) = form.domains_that_differ(there.into_iter().map(|(domain,)| domain).collect());
    nobody_stays_unseen(&mut deed, company, &removed, &form.remove_domains).await?;
    for domain in &added {
        add_domain(&mut deed, company, domain).await?;
    }
    for domain in &removed {
        deed.execute(sql!("DELETE FROM company_domain WHERE company = $1 AND domain = $2", company, domain.as_str())).await?;
    }
    let self_registration = write_self_registration(&mut deed, company, &form).await?;
    let details = write_details(&mut deed, company, &form).await?;
    if added.is_empty() && removed.is_empty() && self_registration.is_none() && !details {
        return Ok(());
    }
    deed.commit(Event::CompanyEdited { company, details, added, removed, self_registration }).await
}

/// All that would go are named again when one of them was not agreed to.
async fn nobody_stays_unseen(deed: &mut Deed<'_>, company: CompanyNumber, removed: &[String], agreed: &[String]) -> Result<()> {
    let mut in_use: Vec<(String, i64)> = deed.all(domains::people_by_domain(company)).await?;
    in_use.retain(|(domain, _)| removed.contains(domain));
    let in_use: Vec<_> =
        in_use.into_iter().map(|(domain, people)| DomainInUse { domain, people: u32::try_from(people).unwrap_or(u32::MAX) }).collect();
    if in_use.iter().all(|one| agreed.contains(&one.domain)) { Ok(()) } else { Err(Refusal::DomainsInUse(in_use).into()) }
}

async fn write_self_registration(deed: &mut Deed<'_>, company: CompanyNumber, form: &Company) -> Result<Option<bool>> {
    let Some(allowed) = form.self_registration_wanted() else { return Ok(None) };
    let changed = deed
        .execute(sql!("UPDATE company SET self_registration = $1 WHERE number = $2 AND self_registration <> $1", allowed, company))
        .await?;
    Ok((changed == 1).then_some(allowed))
}

async fn write_details(deed: &mut Deed<'_>, company: CompanyNumber, form: &Company) -> Result<bool> {
    let (name,): (String,) = deed.find(sql!("SELECT name FROM company WHERE number = $1", company)).await?;
    if name != form.name {
        general_account::rename(deed, company, &name, &form.name).await?;
    }
    let changed = deed
        .execute(sql!(
            "UPDATE company SET name = $1, name_key = $2, kvk = $3, country = $4, contact_name = $5, contact_email = $6, contact_phone = $7,
               account_manager = $8
             WHERE number = $9 AND NOT (name = $1 AND kvk = $3 AND country = $4 AND contact_name = $5 AND contact_email = $6
               AND contact_phone = $7 AND account_manager = $8)",
            form.name.as_str(),
            folded(&form.name),
            form.kvk.as_str(),
            form.country.code(),
            form.contact.name.as_str(),
            form.contact.email.as_str(),
            form.contact.phone.as_str(),
            form.account_manager.as_str(),
            company
        ))
        .await?;
    Ok(changed == 1)
}
