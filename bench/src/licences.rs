//! What the company licenses, who uses it, and who asks for it.

use crate::place::{COMPANY, insert};
use anyhow::{Result, ensure};
use server::{Desk, db::Value, sql};
use shared::{LicenceId, RequestId, fields::folded};
use uuid::Uuid;

/// The two that are asked for, without a limit and with one that is never reached: nobody has them.
pub const UNLIMITED: LicenceId = LicenceId(Uuid::from_u128(1));
pub const LIMITED: LicenceId = LicenceId(Uuid::from_u128(2));

struct Licence {
    id: LicenceId,
    product: &'static str,
    seats: Option<u32>,
    /// One in so many has access; none has.
    one_in: Option<usize>,
    /// It was everybody's, and is over.
    is_over: bool,
}

/// As a company has them: some that a part of its people use, and one that is over but still to be looked at.
const LICENCES: [Licence; 6] = [
    Licence { id: UNLIMITED, product: "Marine technology", seats: None, one_in: None, is_over: false },
    Licence { id: LIMITED, product: "Safety at work", seats: Some(1_000_000), one_in: None, is_over: false },
    Licence { id: LicenceId(Uuid::from_u128(3)), product: "Eurocodes", seats: None, one_in: Some(3), is_over: false },
    Licence { id: LicenceId(Uuid::from_u128(4)), product: "Welding Pro", seats: Some(2000), one_in: Some(7), is_over: false },
    Licence { id: LicenceId(Uuid::from_u128(5)), product: "Electrical installations", seats: None, one_in: Some(10), is_over: false },
    Licence { id: LicenceId(Uuid::from_u128(6)), product: "Management systems", seats: None, one_in: None, is_over: true },
];

const DAY: i64 = 24 * 3600;

pub async fn fill(desk: &Desk) -> Result<()> {
    let now = desk.now();
    // Ids come by chance; in this order both databases give the same people access.
    let people: Vec<(Uuid,)> =
        desk.db.all(sql!("SELECT account FROM membership WHERE company = $1 AND state = 'active' ORDER BY username", COMPANY)).await?;
    let (mut products, mut licences, mut access) = (Vec::new(), Vec::new(), Vec::new());
    for licence in &LICENCES {
        let id = licence.id;
        let (from, until) = if licence.is_over { (-400, -35) } else { (-200, 165) };
        let from = now.plus_seconds(from * DAY);
        products.push(vec![id.into(), licence.product.into(), folded(licence.product).into(), "".into(), from.into()]);
        licences.push(vec![
            id.into(),
            COMPANY.into(),
            id.into(),
            from.into(),
            now.plus_seconds(until * DAY).into(),
            licence.seats.into(),
            licence.is_over.into(),
            false.into(),
            licence.is_over.then_some(from).into(),
            true.into(),
            from.into(),
        ]);
        let users = people.iter().step_by(licence.one_in.unwrap_or(1)).take_while(|_| licence.one_in.is_some());
        access.extend(users.map(|(account,)| vec![id.into(), (*account).into(), COMPANY.into(), "given".into(), from.into()]));
    }
    insert(desk, "product (id, name, name_key, about, created_at)", &products).await?;
    let columns =
        "id, company, product, valid_from, valid_until, seats, company_wide_permitted, external, company_wide_since, shown, created_at";
    insert(desk, &format!("licence ({columns})"), &licences).await?;
    insert(desk, "access (licence, account, company, way, given_at)", &access).await
}

/// So many people ask for a licence. Answers with their requests.
pub async fn ask(desk: &Desk, licence: LicenceId, count: usize) -> Result<Vec<RequestId>> {
    let people: Vec<(Uuid,)> = desk
        .db
        .all(sql!(
            "SELECT account FROM membership WHERE company = $1 AND role = 'user' AND state = 'active' AND blocked_at IS NULL
             ORDER BY account LIMIT $2",
            COMPANY,
            i64::try_from(count)?
        ))
        .await?;
    ensure!(people.len() == count, "only {} people can ask", people.len());
    let now = desk.now();
    let asked: Vec<(RequestId, Vec<Value>)> = people
        .into_iter()
        .map(|(account,)| {
            let id = RequestId(desk.new_id());
            let reason = "For the work on the new bridge.";
            let row = vec![
                id.into(),
                COMPANY.into(),
                account.into(),
                licence.into(),
                reason.into(),
                "open".into(),
                now.into(),
                now.into(),
                false.into(),
            ];
            (id, row)
        })
        .collect();
    let (ids, rows): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    insert(desk, "request (id, company, account, licence, reason, state, asked_at, since, confirmed)", &rows).await?;
    if desk.db.is_postgres() {
        desk.db.tick(sql!("ANALYZE request")).await?;
    }
    Ok(ids)
}

/// How many requests for a licence are accepted, and how many have access to it by that.
pub async fn accepted(desk: &Desk, licence: LicenceId) -> Result<(i64, i64)> {
    let statement = sql!(
        "SELECT (SELECT COUNT(*) FROM request WHERE licence = $1 AND state = 'accepted'),
           (SELECT COUNT(*) FROM access WHERE licence = $1 AND request IS NOT NULL)",
        licence
    );
    Ok(desk.db.one(statement).await?)
}

/// Nobody ever asked for it. Letters first: they are not sent any more either.
pub async fn forget(desk: &Desk, licence: LicenceId) -> Result<()> {
    for statement in [
        sql!("DELETE FROM letter WHERE request IN (SELECT id FROM request WHERE licence = $1)", licence),
        sql!("DELETE FROM access WHERE licence = $1", licence),
        sql!("DELETE FROM request WHERE licence = $1", licence),
        sql!("DELETE FROM history WHERE kind = 'request_accepted'"),
    ] {
        desk.db.tick(statement).await?;
    }
    Ok(())
}
