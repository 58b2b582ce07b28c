//! L1, L5: staff give a company its licences, and see whom a supplier must know.

use super::{Row, all_of, count, end_company_wide, held, one_of};
use crate::{
    Desk,
    callers::Staff,
    db::Query,
    deed::Deed,
    error::{Error, Result},
    sql,
};
use shared::{
    CompanyNumber, FieldName, LicenceId, Permit, Problem, ProductId, Refusal, SupplierId, Time,
    event::Event,
    licences::{GrantedRow, LicenceForm, Taker, Terms, ToReport, Validity},
};
use sqlx::FromRow;

/// A company's licences, by name.
///
/// # Errors
/// When the database can't be reached.
pub async fn of_company(desk: &Desk, _staff: &Staff, company: CompanyNumber) -> Result<Vec<GrantedRow>> {
    let rows: Vec<Row> = desk.db.all(all_of(company)).await?;
    Ok(rows.iter().map(|row| granted(desk, row)).collect())
}

/// One of them.
///
/// # Errors
/// Not found.
pub async fn one(desk: &Desk, _staff: &Staff, company: CompanyNumber, licence: LicenceId) -> Result<GrantedRow> {
    let row: Row = desk.db.maybe(one_of(company, licence)).await?.ok_or(Error::NotFound)?;
    Ok(granted(desk, &row))
}

fn granted(desk: &Desk, row: &Row) -> GrantedRow {
    GrantedRow {
        id: row.id(),
        product: row.product.clone(),
        product_id: ProductId(row.product_id),
        terms: row.terms(desk),
        used: count(row.used),
        company_wide: row.company_wide_since.is_some(),
    }
}

/// Gives the company a licence. It is offered to its people at once, unless it is external (L5) or begins later.
///
/// # Errors
/// [`Refusal::Fields`]; not found, for no company.
pub async fn grant(desk: &Desk, staff: &Staff, company: CompanyNumber, form: &LicenceForm) -> Result<LicenceId> {
    let (product, terms) = match (form.parse_product(), form.parse()) {
        (Ok(product), Ok(terms)) => (product, terms),
        (Err(Refusal::Fields(mut first)), Err(Refusal::Fields(second))) => {
            first.extend(second);
            return Err(Refusal::Fields(first).into());
        }
        (Err(refusal), _) | (_, Err(refusal)) => return Err(refusal.into()),
    };
    let mut deed = deed(desk, staff, company).await?;
    let name: Option<(String,)> = deed.maybe(sql!("SELECT name FROM product WHERE id = $1", product)).await?;
    let Some((name,)) = name else { return Err(Refusal::field(FieldName::Product, Problem::NotAChoice).into()) };
    let (licence, now) = (LicenceId(deed.desk.new_id()), deed.now);
    let (from, until) = moments(desk, &terms);
    let begun = (Validity::between(from, until, now) == Validity::Valid).then_some(now);
    let added = deed
        .execute(sql!(
            "INSERT INTO licence (id, company, product, valid_from, valid_until, seats, company_wide_permitted, external, shown, created_at,
               begun_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, TRUE, $9, $10) ON CONFLICT (company, product) DO NOTHING",
            licence,
            company,
            product,
            from,
            until,
            terms.seats,
            terms.company_wide_permitted,
            terms.external,
            now,
            begun
        ))
        .await?;
    if added == 0 {
        return Err(Refusal::field(FieldName::Product, Problem::HasLicence).into());
    }
    deed.commit(Event::LicenceGranted { company, licence, product: name }).await?;
    Ok(licence)
}

/// Changes the terms. Fewer seats than are used take nobody's; company-wide that is permitted no more ends as if an administrator had ended
/// it (L3). One that gets a later first day begins anew. Saving what is so already does nothing.
///
/// # Errors
/// [`Refusal::Fields`]; [`Refusal::NotReportable`] (L5); not found.
pub async fn change(desk: &Desk, staff: &Staff, company: CompanyNumber, licence: LicenceId, form: &LicenceForm) -> Result<()> {
    let terms = form.parse()?;
    let mut deed = deed(desk, staff, company).await?;
    deed.lock_licence(licence).await?;
    let row: Row = deed.find(held(company, licence)).await?;
    let (from, until) = moments(desk, &terms);
    let is_so = (row.valid_from, row.valid_until, row.seats.map(count)) == (from.0, until.0, terms.seats)
        && (row.company_wide_permitted, row.external) == (terms.company_wide_permitted, terms.external);
    if is_so {
        return Ok(());
    }
    if row.company_wide_since.is_some() && terms.external {
        return Err(Refusal::field(FieldName::CompanyWidePermitted, Problem::ExternalCompanyWide).into());
    }
    if terms.external && !row.external {
        everybody_may_be_reported(&mut deed, company, licence).await?;
    }
    // L6: one that was over and goes on answers whoever asked meanwhile.
    let is_to_begin = match Validity::between(from, until, deed.now) {
        Validity::NotYet => true,
        Validity::Valid => row.licence().validity(deed.now) == Validity::Expired,
        Validity::Expired => false,
    };
    let mut events = vec![Event::LicenceChanged { company, licence, product: row.product.clone() }];
    if row.company_wide_since.is_some() && !terms.company_wide_permitted {
        end_company_wide(&mut deed, company, licence).await?;
        events.push(Event::LicenceSettings { company, licence, product: row.product, company_wide: Some(false), shown: None });
    }
    deed.exactly_one(sql!(
        "UPDATE licence SET valid_from = $1, valid_until = $2, seats = $3, company_wide_permitted = $4, external = $5,
           begun_at = CASE WHEN $6 THEN NULL ELSE begun_at END
         WHERE id = $7 AND company = $8",
        from,
        until,
        terms.seats,
        terms.company_wide_permitted,
        terms.external,
        is_to_begin,
        licence,
        company
    ))
    .await?;
    deed.commit_all(events).await
}

/// L5: they were given it when nobody asked for their country.
async fn everybody_may_be_reported(deed: &mut Deed<'_>, company: CompanyNumber, licence: LicenceId) -> Result<()> {
    let kinds: Vec<(bool, bool, i64)> = deed
        .all(sql!(
            "SELECT CASE WHEN m.given_name IS NULL THEN a.country ELSE m.given_country END IS NOT NULL, a.general_of IS NOT NULL, COUNT(*)
             FROM access x JOIN membership m ON m.company = x.company AND m.account = x.account JOIN account a ON a.id = x.account
             WHERE x.licence = $1 AND x.company = $2 GROUP BY 1, 2",
            licence,
            company
        ))
        .await?;
    let taker = |has_country, is_general| Taker { blocked: false, awaits_approval: false, has_access: true, has_country, is_general };
    let not: i64 = kinds
        .into_iter()
        .filter(|(has_country, is_general, _)| taker(*has_country, *is_general).may_be_reported().is_err())
        .map(|(.., people)| people)
        .sum();
    if not > 0 { Err(Refusal::NotReportable { people: count(not) }.into()) } else { Ok(()) }
}

async fn deed<'a>(desk: &'a Desk, staff: &Staff, company: CompanyNumber) -> Result<Deed<'a>> {
    let mut deed = Deed::permitted(desk, staff, Permit::GrantLicences).await?;
    deed.lock_company(company).await?;
    deed.find::<(i64,)>(sql!("SELECT number FROM company WHERE number = $1", company)).await?;
    Ok(deed)
}

/// The provider's days, as moments.
fn moments(desk: &Desk, terms: &Terms) -> (Time, Time) {
    (desk.begin_of(terms.from), desk.end_of(terms.until))
}

#[derive(FromRow)]
struct ReportRow {
    supplier: Option<String>,
    product: String,
    company: i64,
    company_name: String,
    name: String,
    username: String,
    country: Option<String>,
    given_at: i64,
}

/// L5: who has access to what a supplier must know of, by supplier, product, company and name.
///
/// # Errors
/// When the database can't be reached.
pub async fn to_report(desk: &Desk, _staff: &Staff, supplier: Option<SupplierId>) -> Result<Vec<ToReport>> {
    let rows: Vec<ReportRow> = desk.db.all(reported(supplier, desk.now())).await?;
    let shown = |row: ReportRow| ToReport {
        supplier: row.supplier,
        product: row.product,
        company: CompanyNumber(row.company),
        company_name: row.company_name,
        name: row.name,
        username: row.username,
        country: row.country,
        since: desk.local(Time(row.given_at)),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// What an administrator wrote of somebody who has not joined yet is all that there is of them.
fn reported(supplier: Option<SupplierId>, now: Time) -> Query {
    sql!(
        "SELECT s.name AS supplier, p.name AS product, c.number AS company, c.name AS company_name, COALESCE(m.given_name, a.name) AS name,
           m.username, CASE WHEN m.given_name IS NULL THEN a.country ELSE m.given_country END AS country, x.given_at
         FROM access x JOIN licence l ON l.id = x.licence JOIN product p ON p.id = l.product LEFT JOIN supplier s ON s.id = p.supplier
         JOIN company c ON c.number = l.company JOIN membership m ON m.company = x.company AND m.account = x.account
         JOIN account a ON a.id = x.account
         WHERE l.external AND l.valid_from <= $1 AND l.valid_until > $1 AND ($2 OR p.supplier = $3)
         ORDER BY COALESCE(s.name_key, ''), p.name_key, c.number, m.name_key, m.username",
        now,
        supplier.is_none(),
        supplier
    )
}
