//! What a membership repeats of its account, for the index that keeps a company's list sorted (U4); and by what name a company knows somebody,
//! which is all that it sees of whoever has not confirmed that they join (U1).

use crate::{deed::Deed, error::Result, sql};
use shared::{AccountId, CompanyNumber, fields::folded};

/// For whoever adds or changes a membership, or changes an account's name or username.
pub(crate) async fn copy(deed: &mut Deed<'_>, account: AccountId) -> Result<()> {
    deed.execute(sql!(
        "UPDATE membership SET
           name_key = (SELECT a.name_key FROM account a WHERE a.id = membership.account),
           search_key = (SELECT a.search_key FROM account a WHERE a.id = membership.account),
           username = (SELECT a.username FROM account a WHERE a.id = membership.account)
         WHERE account = $1 AND given_name IS NULL",
        account
    ))
    .await?;
    deed.execute(sql!(
        "INSERT INTO known_as (company, account, name, username, search_key)
         SELECT m.company, m.account, COALESCE(m.given_name, a.name), m.username, m.search_key
         FROM membership m JOIN account a ON a.id = m.account WHERE m.account = $1
         ON CONFLICT (company, account) DO UPDATE SET name = excluded.name, username = excluded.username, search_key = excluded.search_key",
        account
    ))
    .await?;
    Ok(())
}

/// U1: an account that gets its owner. What the other companies wrote about somebody whom they had added too stays what they see, until that
/// person confirms that they join there.
pub(crate) async fn keep_what_others_wrote(deed: &mut Deed<'_>, account: AccountId, but: CompanyNumber) -> Result<()> {
    deed.execute(sql!(
        "UPDATE membership SET
           given_name = (SELECT a.name FROM account a WHERE a.id = membership.account),
           given_phone = (SELECT a.phone FROM account a WHERE a.id = membership.account),
           given_country = (SELECT a.country FROM account a WHERE a.id = membership.account)
         WHERE account = $1 AND company <> $2 AND state = 'invited' AND given_name IS NULL",
        account,
        but
    ))
    .await?;
    Ok(())
}

/// What this company wrote about somebody becomes the account's, if it isn't already.
pub(crate) async fn take_what_was_written(deed: &mut Deed<'_>, account: AccountId, company: CompanyNumber) -> Result<()> {
    let given: Option<(String, Option<String>, Option<String>, String)> = deed
        .maybe(sql!(
            "SELECT given_name, given_phone, given_country, username FROM membership WHERE account = $1 AND company = $2 AND given_name IS NOT NULL",
            account,
            company
        ))
        .await?;
    let Some((name, phone, country, username)) = given else { return Ok(()) };
    deed.execute(sql!(
        "UPDATE account SET name = $1, name_key = $2, search_key = $3, phone = $4, country = $5 WHERE id = $6",
        name.as_str(),
        folded(&name),
        search_key(&name, &username),
        phone,
        country,
        account
    ))
    .await?;
    let (member, here) = (account, company);
    deed.execute(sql!(
        "UPDATE membership SET given_name = NULL, given_phone = NULL, given_country = NULL WHERE account = $1 AND company = $2",
        member,
        here
    ))
    .await?;
    copy(deed, account).await
}

/// P6, H1: the name and the username to show. Of somebody who deleted their account there is neither: the row's username is but its key.
pub(crate) fn shown(name: String, username: String) -> (String, String) {
    if name.is_empty() { (String::new(), String::new()) } else { (name, username) }
}

/// By which somebody is found: folded name, a line break, folded username.
pub(crate) fn search_key(name: &str, username: &str) -> String {
    format!("{}\n{}", folded(name), folded(username))
}
