//! A flood of sign-ins does not keep the pages from being answered.

use crate::support::{ANNA, Serving, on_both, until};
use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::task::JoinSet;

/// Fewer than may come at once from one address and than may wait for their turn, so that each password is hashed; and few enough for
/// the 256 open files that some systems allow.
const FLOOD: usize = 200;

on_both! {
    /// Fails when passwords are hashed without taking turns, or on the threads that answer.
    async fn pages_are_answered_during_a_flood_of_wrong_passwords(place) {
        place.demo();
        let serving = Arc::new(Serving::at(place).await);
        let session = serving.session_of(ANNA).await;
        let answered = Arc::new(AtomicUsize::new(0));
        let mut flood = JoinSet::new();
        for number in 0..FLOOD {
            let (serving, answered) = (Arc::clone(&serving), Arc::clone(&answered));
            flood.spawn(async move {
                let answer = serving.sign_in(&format!("nobody{number}@vandijk.example"), "Rode-Fiets-Zolder-19").await;
                answered.fetch_add(1, Ordering::SeqCst);
                (answer.status(), answer.text().await.unwrap())
            });
        }
        until("the flood has begun", async || answered.load(Ordering::SeqCst) > 0).await;

        let mut pages = JoinSet::new();
        for path in ["/login", "/company/10001/users"].repeat(10) {
            let asked = serving.get(path).header("cookie", &session).send();
            pages.spawn(async move { asked.await.unwrap().status() });
        }
        assert!(pages.join_all().await.iter().all(|status| *status == 200));
        let before_the_pages = answered.load(Ordering::SeqCst);
        let refusals: HashSet<_> = flood.join_all().await.into_iter().collect();
        assert!(before_the_pages < FLOOD, "all were answered before the last page");
        assert_eq!(refusals.len(), 1, "one answer for all: {refusals:?}");
        assert!(refusals.iter().all(|(status, _)| status.is_client_error()), "{refusals:?}");
    }
}
