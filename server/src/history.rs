//! H1: every deed is written down in the transaction that it is done in.

use crate::{
    deed::Deed,
    error::{Error, Result},
    sql,
};
use shared::event::Event;

pub(crate) async fn write(deed: &mut Deed<'_>, event: &Event) -> Result<()> {
    let id = deed.desk.new_id();
    let details = serde_json::to_string(event).map_err(Error::internal)?;
    let (now, actor, address) = (deed.now, deed.actor(), deed.address());
    deed.execute(sql!(
        "INSERT INTO history (id, at, company, actor, subject, kind, event, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        id,
        now,
        event.company(),
        actor,
        event.subject(),
        event.kind(),
        details,
        address
    ))
    .await?;
    Ok(())
}
