//! What a membership repeats of its account, for the index that keeps a company's list sorted (U4).

use crate::{deed::Deed, error::Result, sql};
use shared::AccountId;

/// For whoever adds a membership, or changes an account's name or username.
pub(crate) async fn copy(deed: &mut Deed<'_>, account: AccountId) -> Result<()> {
    deed.execute(sql!(
        "UPDATE membership SET
           name_key = (SELECT a.name_key FROM account a WHERE a.id = membership.account),
           username = (SELECT a.username FROM account a WHERE a.id = membership.account)
         WHERE account = $1",
        account
    ))
    .await?;
    Ok(())
}
