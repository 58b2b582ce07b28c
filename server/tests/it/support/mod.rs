//! What the tests stand on: a desk with a database of its own, people made through the real doors, and a mail server.

mod database;
mod desk;
mod licences;
mod mail;
mod people;
mod served;
mod smtp;

pub use desk::{PASSWORD, TestDesk};
pub use licences::{BRAM, CARLA, Scene, accept, all_open, decline};
pub use mail::token_in;
pub use people::{ANNA, COMPANY, OFFSHORE, THIRD, form, from_address, hash, here};
pub use served::{Served, Stream, YOURS, serve};
pub use smtp::MailServer;

use server::Error;
use shared::{Refusal, refusal::LinkState};
use std::fmt::Debug;
use std::time::Duration;

/// `on_both! { async fn name(desk) { … } }` makes `name::sqlite` and `name::postgres`, which end by looking for letters that nobody expected.
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($desk:ident) $body:block)*) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, reason = "not every test uses everything")]
            use super::*;

            async fn test($desk: &crate::support::TestDesk) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let desk = crate::support::TestDesk::sqlite().await;
                test(&desk).await;
                desk.finish().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let desk = crate::support::TestDesk::postgres().await;
                test(&desk).await;
                desk.finish().await;
            }
        }
    )*};
}
pub(crate) use on_both;

/// The refusal that it must have ended in.
#[track_caller]
pub fn refused<T: Debug>(outcome: Result<T, Error>) -> Refusal {
    match outcome {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

/// The state of the link that it must have been refused for.
#[track_caller]
pub fn refused_link<T: Debug>(outcome: Result<T, Error>) -> LinkState {
    match refused(outcome) {
        Refusal::Link(state) => state,
        other => panic!("refused for something else: {other:?}"),
    }
}

/// Asks again until it is so, for at most ten seconds.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..2000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("never came about: {what}");
}
