//! R8: which of a company's licences have a document, and how somebody stands to each.

use super::{count, way};
use crate::{db::Query, error::Result, sql};
use shared::{
    AccountId, CompanyNumber, DocumentId, LicenceId, Time,
    documents::Holding,
    licences::{Licence, Way},
    requests::Asking,
};
use sqlx::FromRow;
use uuid::Uuid;

/// By the product's name.
pub(crate) fn holdings(company: CompanyNumber, account: AccountId, document: DocumentId) -> Query {
    sql!(
        "SELECT l.id, p.name AS product, l.valid_from, l.valid_until, l.seats, l.company_wide_permitted, l.external, l.company_wide_since,
           l.shown, (SELECT COUNT(*) FROM access x WHERE x.licence = l.id) AS used,
           (SELECT x.way FROM access x WHERE x.licence = l.id AND x.account = $2) AS way,
           EXISTS (SELECT 1 FROM request r WHERE r.licence = l.id AND r.account = $2 AND r.state = 'open') AS has_open,
           (SELECT MAX(r.since) FROM request r WHERE r.licence = l.id AND r.account = $2 AND r.state = 'declined') AS last_declined
         FROM product_document d JOIN licence l ON l.product = d.product JOIN product p ON p.id = l.product
         WHERE d.document = $3 AND l.company = $1 ORDER BY p.name_key",
        company,
        account,
        document
    )
}

/// A line of [`holdings`].
#[derive(FromRow)]
pub(crate) struct HoldingRow {
    id: Uuid,
    product: String,
    valid_from: i64,
    valid_until: i64,
    seats: Option<i64>,
    company_wide_permitted: bool,
    external: bool,
    company_wide_since: Option<i64>,
    shown: bool,
    used: i64,
    way: Option<String>,
    has_open: bool,
    last_declined: Option<i64>,
}

impl HoldingRow {
    pub(crate) fn holding(self) -> Result<Holding> {
        let own = self.way.as_deref().map(way);
        let licence = Licence {
            from: Time(self.valid_from),
            until: Time(self.valid_until),
            seats: self.seats.map(count),
            used: count(self.used),
            company_wide_permitted: self.company_wide_permitted,
            company_wide: self.company_wide_since.is_some(),
            shown: self.shown,
            external: self.external,
        };
        Ok(Holding {
            id: LicenceId(self.id),
            product: self.product,
            way: own.or_else(|| licence.company_wide.then_some(Way::CompanyWide)),
            asking: Asking { has_open: self.has_open, has_access: own.is_some(), last_declined: self.last_declined.map(Time) },
            licence,
        })
    }
}
