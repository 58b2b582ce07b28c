//! R6: what the list of concluded requests shows while others go on deciding.

use crate::prelude::*;
use shared::{RequestId, requests::RequestRow};

/// The rows stay in their places: who is concluded meanwhile waits until they are called, and what was undone says so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Concluded {
    shown: Vec<RequestRow>,
    waiting: u32,
    latest: Vec<RequestRow>,
}

impl Concluded {
    fn begin(done: Vec<RequestRow>) -> Self {
        Self { shown: done.clone(), waiting: 0, latest: done }
    }

    /// `open`: what of the open ones is known. Whether this changed anything.
    fn hear(&mut self, done: Vec<RequestRow>, open: &[RequestRow]) -> bool {
        let before = self.clone();
        let last_known = done.iter().rposition(|row| self.shown.iter().any(|shown| shown.id == row.id));
        let new: Vec<(usize, &RequestRow)> =
            done.iter().enumerate().filter(|(_, row)| self.shown.iter().all(|shown| shown.id != row.id)).collect();
        // What moves up from the next page comes below all others, and moves nothing; so does the first of all.
        let is_below = |place: usize| self.shown.is_empty() || last_known.is_some_and(|last| place > last);
        let below: Vec<RequestRow> = new.iter().filter(|(place, _)| is_below(*place)).map(|(_, row)| (*row).clone()).collect();
        self.waiting = u32::try_from(new.len() - below.len()).unwrap_or(u32::MAX);
        for shown in &mut self.shown {
            let now = done.iter().chain(open).find(|row| row.id == shown.id);
            if let Some(now) = now.filter(|now| *now != shown) {
                *shown = now.clone();
            }
        }
        self.shown.extend(below);
        self.latest = done;
        *self != before
    }

    pub(super) fn renew(&mut self) {
        *self = Self::begin(std::mem::take(&mut self.latest));
    }

    pub(super) fn ids(&self) -> Vec<RequestId> {
        self.shown.iter().map(|row| row.id).collect()
    }

    pub(super) fn find(&self, id: RequestId) -> Option<RequestRow> {
        self.shown.iter().find(|row| row.id == id).cloned()
    }

    /// How many came meanwhile.
    pub(super) const fn waiting(&self) -> u32 {
        self.waiting
    }
}

/// Follows what happens. What the reader decides in the other list is shown at once. `decided` rises with each answer to that, before the list is
/// asked again or after.
pub(super) fn follow_concluded(
    heard: impl Fn() -> (Vec<RequestRow>, Vec<RequestRow>) + 'static,
    decided: impl Fn() -> usize + 'static,
) -> RwSignal<Concluded> {
    let concluded = RwSignal::new(Concluded::begin(untrack(&heard).0));
    let (mut before, mut expects) = (untrack(&decided), false);
    effect(move || {
        let ((done, open), now) = (heard(), decided());
        let answered = now != before;
        concluded.maybe_update(|concluded| {
            let mut changed = concluded.hear(done, &open);
            let came = concluded.waiting > 0;
            if answered || expects {
                concluded.renew();
                changed = true;
            }
            // If it has not come yet, it comes with the next answer.
            expects = answered && !came;
            changed
        });
        before = now;
    });
    concluded
}

#[cfg(test)]
mod tests {
    use super::{
        super::lines::tests::{row, rows},
        *,
    };
    use shared::requests::Outcome;

    fn done(numbers: &[u8]) -> Vec<RequestRow> {
        rows(numbers).into_iter().map(|row| RequestRow { outcome: Outcome::Accepted, ..row }).collect()
    }

    fn shown(concluded: &Concluded) -> Vec<u8> {
        concluded.shown.iter().map(|row| row.asked.minute).collect()
    }

    #[test]
    fn what_is_concluded_meanwhile_waits_until_it_is_called() {
        let mut concluded = Concluded::begin(done(&[3, 2]));
        assert!(!concluded.hear(done(&[3, 2]), &[]));
        assert!(concluded.hear(done(&[5, 4, 3, 2]), &[]));
        assert_eq!((shown(&concluded), concluded.waiting()), (vec![3, 2], 2));
        concluded.renew();
        assert_eq!((shown(&concluded), concluded.waiting()), (vec![5, 4, 3, 2], 0));
    }

    #[test]
    fn what_is_undone_stays_and_says_so() {
        let mut concluded = Concluded::begin(done(&[3, 2, 1]));
        concluded.hear(done(&[3, 1]), &rows(&[2]));
        assert_eq!((shown(&concluded), concluded.waiting()), (vec![3, 2, 1], 0));
        assert_eq!(concluded.find(row(2).id).unwrap().outcome, Outcome::Open);
        concluded.renew();
        assert_eq!(shown(&concluded), [3, 1]);
    }

    #[test]
    fn what_moves_up_from_the_next_page_comes_below_and_the_first_of_all_at_once() {
        let mut concluded = Concluded::begin(done(&[3, 2]));
        concluded.hear(done(&[4, 2, 1]), &rows(&[3]));
        assert_eq!((shown(&concluded), concluded.waiting()), (vec![3, 2, 1], 1));
        let mut concluded = Concluded::begin(Vec::new());
        concluded.hear(done(&[1]), &[]);
        assert_eq!((shown(&concluded), concluded.waiting()), (vec![1], 0));
    }
}
