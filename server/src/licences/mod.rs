//! L1–L6: what a company has a right to, and who uses it. [`by_staff`] is what the provider's people do with it.

mod access;
mod beginning;
pub mod by_staff;
mod holdings;
mod list;
mod person;
mod settings;

pub(crate) use access::{TakerRow, end_where_no_country, give_to_new, put_in, takers};
pub use access::{give, remove};
pub use beginning::{begin_due, keep_time};
pub(crate) use holdings::{HoldingRow, holdings};
pub use list::{list, page};
pub(crate) use person::{Names, names, of_person, to_give};
pub use settings::save_settings;

use crate::{
    Desk,
    db::{Query, Value, places},
    deed::Deed,
    error::Result,
    sql,
};
use shared::{
    CompanyNumber, LicenceId, Time,
    licences::{Licence, LicenceRow, TermsShown, Way},
};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A licence as its row has it.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Row {
    pub id: Uuid,
    pub product_id: Uuid,
    pub product: String,
    pub valid_from: i64,
    pub valid_until: i64,
    pub seats: Option<i64>,
    pub company_wide_permitted: bool,
    pub external: bool,
    pub company_wide_since: Option<i64>,
    pub shown: bool,
    /// Individual accesses.
    pub used: i64,
    /// Requests that wait for a decision.
    pub open: i64,
}

/// Every load names the company.
macro_rules! licences {
    ($used:literal, $open:literal) => {
        concat!(
            "SELECT l.id, l.product AS product_id, p.name AS product, l.valid_from, l.valid_until, l.seats, l.company_wide_permitted,
               l.external, l.company_wide_since, l.shown, ",
            $used,
            " AS used, ",
            $open,
            " AS open FROM licence l JOIN product p ON p.id = l.product WHERE l.company = $1"
        )
    };
}
const LICENCES: &str = licences!(
    "(SELECT COUNT(*) FROM access x WHERE x.licence = l.id)",
    "(SELECT COUNT(*) FROM request r WHERE r.licence = l.id AND r.state = 'open')"
);
/// For deeds: only where seats are limited somebody counts them, and nobody counts requests.
const FOR_DEEDS: &str =
    licences!("CASE WHEN l.seats IS NULL THEN 0 ELSE (SELECT COUNT(*) FROM access x WHERE x.licence = l.id) END", "CAST(0 AS BIGINT)");

/// All of a company's, by name.
pub(crate) fn all_of(company: CompanyNumber) -> Query {
    sql!(AssertSqlSafe(format!("{LICENCES} ORDER BY p.name_key")), company)
}

pub(crate) fn one_of(company: CompanyNumber, licence: LicenceId) -> Query {
    sql!(AssertSqlSafe(format!("{LICENCES} AND l.id = $2")), company, licence)
}

/// [`one_of`] for a deed, which has it locked or held.
pub(crate) fn held(company: CompanyNumber, licence: LicenceId) -> Query {
    sql!(AssertSqlSafe(format!("{FOR_DEEDS} AND l.id = $2")), company, licence)
}

/// The licences that these requests ask for, in the order of their ids, and whether their seats are limited.
pub(crate) fn asked_for(company: CompanyNumber, requests: &[Uuid]) -> Query {
    let text = format!(
        "SELECT l.id, l.seats IS NOT NULL FROM licence l WHERE l.company = $1
           AND l.id IN (SELECT r.licence FROM request r WHERE r.id IN ({})) ORDER BY l.id",
        places(requests.len(), 2)
    );
    let values = std::iter::once(Value::from(company)).chain(requests.iter().map(|id| Value::from(*id))).collect();
    Query::new(AssertSqlSafe(text), values)
}

impl Row {
    pub(crate) fn id(&self) -> LicenceId {
        LicenceId(self.id)
    }

    /// As the rules see it.
    pub(crate) fn licence(&self) -> Licence {
        Licence {
            from: Time(self.valid_from),
            until: Time(self.valid_until),
            seats: self.seats.map(count),
            used: count(self.used),
            company_wide_permitted: self.company_wide_permitted,
            company_wide: self.company_wide_since.is_some(),
            shown: self.shown,
            external: self.external,
        }
    }

    fn terms(&self, desk: &Desk) -> TermsShown {
        let licence = self.licence();
        TermsShown {
            from: desk.local(licence.from),
            until: desk.local(last_moment(licence.until)),
            validity: licence.validity(desk.now()),
            seats: licence.seats,
            company_wide_permitted: licence.company_wide_permitted,
            external: licence.external,
        }
    }

    fn shown(&self, desk: &Desk) -> LicenceRow {
        LicenceRow {
            id: self.id(),
            product: self.product.clone(),
            terms: self.terms(desk),
            used: count(self.used),
            company_wide: self.company_wide_since.is_some(),
            shown: self.shown,
            open: count(self.open),
        }
    }
}

/// A licence's last day is the one that its end follows.
pub(crate) const fn last_moment(until: Time) -> Time {
    Time(until.0 - 1)
}

pub(crate) fn count(counted: i64) -> u32 {
    u32::try_from(counted).unwrap_or(u32::MAX)
}

pub(crate) fn way(key: &str) -> Way {
    Way::from_key(key).unwrap_or(Way::Given)
}

/// L3: company-wide no more. Those inside keep their access as their own; whoever had one of their own keeps that as it was.
pub(crate) async fn end_company_wide(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<()> {
    let now = deed.now;
    deed.execute(sql!(
        "INSERT INTO access (licence, account, company, way, given_at)
         SELECT $1, m.account, m.company, 'company_wide', $2 FROM membership m
         WHERE m.company = $3 AND m.state = 'active' AND m.blocked_at IS NULL AND NOT EXISTS (SELECT 1 FROM access x WHERE x.licence = $1 AND x.account = m.account)",
        licence,
        now,
        company
    ))
    .await?;
    deed.exactly_one(sql!(
        "UPDATE licence SET company_wide_since = NULL WHERE id = $1 AND company = $2 AND company_wide_since IS NOT NULL",
        licence,
        company
    ))
    .await
}
