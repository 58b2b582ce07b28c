//! What one person has, and what people of a list have.

use super::{Row, TakerRow, all_of, last_moment, way};
use crate::{
    Desk,
    db::{Query, Value, places},
    error::Result,
    sql,
};
use shared::{
    AccountId, CompanyNumber, LicenceId, Refusal, Time,
    fields::folded,
    licences::{Givable, OwnAccess, Taker, Validity, Way},
};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromRow)]
struct AccessRow {
    id: Uuid,
    way: String,
}

/// A person's own access and what is company-wide, expired ones included (L6).
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn of_person(desk: &Desk, company: CompanyNumber, account: AccountId) -> Result<Vec<OwnAccess>> {
    let own: Vec<AccessRow> =
        desk.db.all(sql!("SELECT licence AS id, way FROM access WHERE company = $1 AND account = $2", company, account)).await?;
    let member: Option<(i64,)> = desk
        .db
        .maybe(sql!(
            "SELECT company FROM membership WHERE company = $1 AND account = $2 AND state = 'active' AND blocked_at IS NULL",
            company,
            account
        ))
        .await?;
    let licences: Vec<Row> = desk.db.all(all_of(company)).await?;
    let access = |row: &Row| {
        let own = own.iter().find(|access| access.id == row.id).map(|access| way(&access.way));
        let with_all = (member.is_some() && row.company_wide_since.is_some()).then_some(Way::CompanyWide);
        Some(OwnAccess {
            licence: row.id(),
            product: row.product.clone(),
            way: own.or(with_all)?,
            may_remove: if own.is_some() { Ok(()) } else { Err(Refusal::NoAccess) },
            validity: row.licence().validity(desk.now()),
            until: desk.local(last_moment(row.licence().until)),
        })
    };
    Ok(licences.iter().filter_map(access).collect())
}

/// What an administrator could give to somebody, or to somebody new (U1): neither what they have nor what is over.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn to_give(desk: &Desk, company: CompanyNumber, account: Option<AccountId>) -> Result<Vec<Givable>> {
    const NEW: Taker = Taker { blocked: false, awaits_approval: false, has_access: false, has_country: true, is_general: false };
    let licences: Vec<Row> = desk.db.all(all_of(company)).await?;
    let mut givable = Vec::new();
    let had: Vec<(Uuid,)> = match account {
        Some(account) => desk.db.all(sql!("SELECT licence FROM access WHERE company = $1 AND account = $2", company, account)).await?,
        None => Vec::new(),
    };
    let person: Option<TakerRow> = match (account, licences.first()) {
        (Some(account), Some(any)) => desk.db.maybe(super::takers(company, any.id(), &[account.0])).await?,
        _ => None,
    };
    let taker = person.map_or(NEW, |person| Taker { has_access: false, ..person.taker() });
    for row in &licences {
        let (licence, has) = (row.licence(), had.contains(&(row.id,)));
        if has || licence.company_wide || licence.validity(desk.now()) == Validity::Expired {
            continue;
        }
        let may_be_given = licence.may_be_given(&taker, desk.now());
        givable.push(Givable { licence: LicenceId(row.id), product: row.product.clone(), may_be_given });
    }
    Ok(givable)
}

/// The names of the products that people may use now.
pub(crate) struct Names {
    own: HashMap<Uuid, Vec<String>>,
    company_wide: Vec<String>,
}

impl Names {
    /// By name; each once.
    pub(crate) fn of(&self, account: Uuid, state: &str) -> Vec<String> {
        let with_all = if state == "active" { self.company_wide.as_slice() } else { &[] };
        let mut names: Vec<String> = self.own.get(&account).into_iter().flatten().chain(with_all).cloned().collect();
        names.sort_by_cached_key(|name| folded(name));
        names.dedup();
        names
    }
}

/// Of these people, or of everybody in the company: two questions, however many they are.
///
/// # Errors
/// When the database can't be reached.
pub(crate) async fn names(desk: &Desk, company: CompanyNumber, accounts: Option<&[Uuid]>, now: Time) -> Result<Names> {
    let company_wide: Vec<(String,)> = desk
        .db
        .all(sql!(
            "SELECT p.name FROM licence l JOIN product p ON p.id = l.product
             WHERE l.company = $1 AND l.company_wide_since IS NOT NULL AND l.valid_from <= $2 AND l.valid_until > $2",
            company,
            now
        ))
        .await?;
    let mut own: HashMap<Uuid, Vec<String>> = HashMap::new();
    if accounts.is_none_or(|accounts| !accounts.is_empty()) {
        let rows: Vec<(Uuid, String)> = desk.db.all(own_names(company, accounts, now)).await?;
        for (account, name) in rows {
            own.entry(account).or_default().push(name);
        }
    }
    Ok(Names { own, company_wide: company_wide.into_iter().map(|(name,)| name).collect() })
}

fn own_names(company: CompanyNumber, accounts: Option<&[Uuid]>, now: Time) -> Query {
    let accounts = accounts.unwrap_or_default();
    let these = if accounts.is_empty() { String::new() } else { format!("AND x.account IN ({})", places(accounts.len(), 3)) };
    let text = format!(
        "SELECT x.account, p.name FROM access x JOIN licence l ON l.id = x.licence JOIN product p ON p.id = l.product
         WHERE x.company = $1 AND l.valid_from <= $2 AND l.valid_until > $2 {these}"
    );
    let values = [Value::from(company), Value::from(now)].into_iter().chain(accounts.iter().map(|id| Value::from(*id))).collect();
    Query::new(AssertSqlSafe(text), values)
}
