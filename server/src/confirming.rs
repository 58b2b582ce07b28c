//! `/confirm/…`: what a letter asks somebody to confirm or to refuse (U1, U5, U6).

use crate::{
    Desk,
    callers::Anyone,
    error::Result,
    links::{self, Link, Purpose},
    moving,
    sessions::Visitor,
    users::{address, joining},
};
use shared::{CompanyNumber, Refusal, refusal::LinkState, registration::ToConfirm};

const PURPOSES: [Purpose; 4] = [Purpose::CompleteRegistration, Purpose::ConfirmAddress, Purpose::ApproveAddress, Purpose::Succeed];

/// What is asked, and of which username: joining is confirmed by whoever is signed in with it.
///
/// # Errors
/// [`Refusal::Link`] for a link that is not open; [`Refusal::NotRegistered`] where the page that completes registrations goes on: for somebody
/// who has no password yet, and for an expired question to join, which it sends anew (A6).
pub async fn look(desk: &Desk, token: &str) -> Result<(ToConfirm, String)> {
    let link = links::find(desk, &PURPOSES, token).await?;
    match (link.open(desk.now()), link.purpose()) {
        (Ok(()), _) => {}
        (Err(LinkState::Expired), Some(Purpose::CompleteRegistration)) => return Err(Refusal::NotRegistered.into()),
        (Err(state), _) => return Err(Refusal::Link(state).into()),
    }
    match link.purpose() {
        Some(Purpose::CompleteRegistration) => joining::asked(desk, &link).await,
        Some(Purpose::Succeed) => moving::succession_asked(desk, &link).await,
        _ => address::asked(desk, &link).await,
    }
}

/// What came of a *Confirm*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Joined(CompanyNumber),
    /// U6: administrator of it.
    Succeeded(CompanyNumber),
    /// The new address signs in.
    AddressChanged,
    /// The other address has yet to confirm it.
    AddressWaits,
}

/// *Confirm*.
///
/// # Errors
/// [`Refusal::Link`]; [`Refusal::SignedOut`], [`Refusal::NotAllowed`] for a joining or a succession that is not theirs;
/// [`Refusal::AddressNotProven`] for a joining with a password that others may know; [`shared::Problem::AddressTaken`] when the new address has
/// an account by now.
pub async fn confirm(desk: &Desk, from: &Anyone, visitor: Option<&Visitor>, token: &str) -> Result<Confirmed> {
    let link = open(desk, token).await?;
    let person = || visitor.ok_or(Refusal::SignedOut)?.person();
    Ok(match link.purpose() {
        Some(Purpose::CompleteRegistration) => Confirmed::Joined(joining::confirm(desk, &person()?, &link).await?),
        Some(Purpose::Succeed) => Confirmed::Succeeded(moving::succeed(desk, &person()?, &link).await?),
        _ if address::confirm(desk, from, &link).await? => Confirmed::AddressChanged,
        _ => Confirmed::AddressWaits,
    })
}

/// *Refuse*.
///
/// # Errors
/// As [`confirm`].
pub async fn refuse(desk: &Desk, from: &Anyone, visitor: Option<&Visitor>, token: &str) -> Result<()> {
    let link = open(desk, token).await?;
    let person = || visitor.ok_or(Refusal::SignedOut)?.person();
    match link.purpose() {
        Some(Purpose::CompleteRegistration) => joining::refuse(desk, &person()?, &link).await,
        Some(Purpose::Succeed) => moving::refuse_succession(desk, &person()?, &link).await,
        _ => address::refuse(desk, from, &link).await,
    }
}

async fn open(desk: &Desk, token: &str) -> Result<Link> {
    let link = links::find(desk, &PURPOSES, token).await?;
    link.open(desk.now()).map_err(Refusal::Link)?;
    Ok(link)
}
