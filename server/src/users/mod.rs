//! My company › Users (U1–U7).

mod add;
pub mod address;
mod bulk;
mod change;
mod ends;
pub mod joining;
pub(crate) mod keys;
mod list;
mod person;

pub(crate) use add::add_in;
pub use add::{add, add_form, appoint};
pub use bulk::{block_chosen, remove_chosen, resend_chosen};
pub(crate) use change::{invite_again, part, rename};
pub use change::{remove, resend, save, unlock, unlock_member};
pub use ends::ends;
pub use list::{Exported, export, list, members};
pub(crate) use list::{HAS_ACCESS, STATUS};
pub use person::details;

use crate::{
    Desk,
    error::{Error, Result},
};
use shared::{
    Role, Time,
    users::{Facts, Membership, Status, StatusShown},
};

/// What decides a status, as a row has it.
pub(crate) fn facts(state: &str, invited_until: Option<i64>, blocked: bool, locked_until: Option<i64>, has_access: bool) -> Result<Facts> {
    let membership = match (state, invited_until) {
        ("invited", Some(until)) => Membership::Invited { until: Time(until) },
        ("awaiting_approval", None) => Membership::AwaitingApproval,
        ("active", None) => Membership::Active,
        _ => return Err(Error::internal(format!("a membership that is {state}"))),
    };
    Ok(Facts { membership, blocked, locked_until: locked_until.map(Time), has_access })
}

pub(crate) fn role(key: &str) -> Result<Role> {
    Role::from_key(key).ok_or_else(|| Error::internal(format!("a role that is {key}")))
}

pub(crate) fn shown(desk: &Desk, status: Status) -> StatusShown {
    StatusShown { kind: status.kind(), moment: status.moment().map(|time| desk.local(time)) }
}
