//! What the tests stand on: a place with a database, a program that ended, and one that serves.

mod place;
mod said;
mod serving;

pub use place::Place;
pub use said::Said;
pub use serving::Serving;

use std::time::Duration;

/// A person of the demo, and everybody's password there.
pub const ANNA: &str = "anna@vandijk.example";
pub const PASSWORD: &str = "Kade-Zeven-Meeuw-42";

/// `on_both! { async fn name(place) { … } }` makes `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($place:ident) $body:block)*) => {$(
        $(#[$attribute])*
        mod $name {
            #[allow(unused_imports, reason = "not every test uses everything")]
            use super::*;

            async fn test($place: &crate::support::Place) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                test(&crate::support::Place::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let place = crate::support::Place::postgres().await;
                test(&place).await;
                place.leave().await;
            }
        }
    )*};
}
pub(crate) use on_both;

/// Asks again until it is so, for at most ten seconds.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..1000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never came about: {what}");
}
