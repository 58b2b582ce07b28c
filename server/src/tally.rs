//! What a deed with several came to: done with some, refused for others, and the first of those are named.

use crate::error::{Error, Result};
use shared::{
    BatchId, Refusal,
    refusal::{NotAll, NotDone, Stopped},
};
use uuid::Uuid;

/// Of those refused, so many are named.
const EXAMPLES: usize = 10;

/// So many more are told by their ids alone, so that a page can keep them ticked. More would not fit into the form that sends them again, where each
/// takes 47 of its 131,072 bytes.
const MOST_IDS: usize = 2500;

/// In portions of so many, each with all that are left as it begins.
pub(crate) fn portions(ids: &[Uuid], size: usize) -> impl Iterator<Item = (&[Uuid], &[Uuid])> {
    ids.chunks(size).enumerate().map(move |(earlier, portion)| (portion, ids.get(earlier * size..).unwrap_or_default()))
}

pub(crate) struct Tally(NotAll);

impl Tally {
    pub(crate) fn new() -> Self {
        Self(NotAll::default())
    }

    /// Of a deed that mails each, in this batch if it can be followed.
    pub(crate) fn mailing(mail: Option<BatchId>) -> Self {
        Self(NotAll { mail, ..NotAll::default() })
    }

    pub(crate) const fn done(&mut self, count: u32) {
        self.0.done += count;
    }

    pub(crate) fn refused(&mut self, one: NotDone) {
        self.0.refused += 1;
        if self.0.examples.len() < EXAMPLES {
            self.0.examples.push(one);
        } else {
            self.add(&[one.id]);
        }
    }

    fn add(&mut self, others: &[Uuid]) {
        let room = MOST_IDS.saturating_sub(self.0.others.len());
        self.0.others.extend(others.iter().take(room));
    }

    /// Where it went wrong after a part, before the sum: what is done is done, and the answer must say so.
    ///
    /// # Errors
    /// Why it went wrong, where nothing had come of it yet.
    pub(crate) fn stopped(mut self, left: &[Uuid], why: Error) -> Result<Self> {
        if self.0.done == 0 && self.0.refused == 0 {
            return Err(why);
        }
        let why = match why {
            Error::Refused(refusal) => Some(refusal),
            broken => {
                tracing::error!(%broken, left = left.len(), "stopped halfway");
                None
            }
        };
        self.add(left);
        self.0.stopped = Some(Box::new(Stopped { left: u32::try_from(left.len()).unwrap_or(u32::MAX), why }));
        Ok(self)
    }

    /// # Errors
    /// [`Refusal::Some`] when it could not be done with all; [`Refusal::NobodyChosen`] when there was nobody.
    pub(crate) fn sum(self) -> Result<u32> {
        match self.0 {
            NotAll { done: 0, refused: 0, .. } => Err(Refusal::NobodyChosen.into()),
            NotAll { refused: 0, done, stopped: None, .. } => Ok(done),
            not_all => Err(Refusal::Some(not_all).into()),
        }
    }

    /// [`Tally::sum`] of requests, of which so many more had been decided when this began (R5).
    ///
    /// # Errors
    /// [`Refusal::Some`], [`Refusal::DecidedMeanwhile`]; [`Refusal::NoRequestChosen`] when there was none.
    pub(crate) fn sum_of_requests(self, meanwhile: u32) -> Result<u32> {
        match self.0 {
            NotAll { done: 0, refused: 0, .. } if meanwhile == 0 => Err(Refusal::NoRequestChosen.into()),
            NotAll { refused: 0, done, stopped: None, .. } if meanwhile > 0 => {
                Err(Refusal::DecidedMeanwhile { done, others: meanwhile }.into())
            }
            NotAll { refused: 0, done, stopped: None, .. } => Ok(done),
            not_all => Err(Refusal::Some(NotAll { meanwhile, ..not_all }).into()),
        }
    }

    /// [`Tally::sum`] of one: its own refusal says more.
    ///
    /// # Errors
    /// The same, or that refusal.
    pub(crate) fn sum_of_one(mut self) -> Result<u32> {
        match self.0.examples.pop() {
            Some(only) => Err(only.refusal.into()),
            None => self.sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(number: u128) -> NotDone {
        NotDone { id: Uuid::from_u128(number), name: String::new(), username: String::new(), refusal: Refusal::Yourself }
    }

    fn not_all(outcome: Result<u32>) -> NotAll {
        let Err(Error::Refused(Refusal::Some(not_all))) = outcome else { panic!("not a part of them: {outcome:?}") };
        not_all
    }

    #[test]
    fn everybody_who_was_refused_is_told_until_there_are_too_many() {
        for (refused, told) in [(1, 1), (30, 30), (EXAMPLES + MOST_IDS, EXAMPLES + MOST_IDS), (EXAMPLES + MOST_IDS + 1, 0)] {
            let mut tally = Tally::new();
            (0..refused).for_each(|number| tally.refused(somebody(number as u128)));
            let not_all = not_all(tally.sum());
            assert_eq!((not_all.examples.len(), not_all.ids().len()), (refused.min(EXAMPLES), told), "{refused}");
        }
    }

    #[test]
    fn what_went_wrong_late_says_what_was_done_before() {
        let left = [Uuid::from_u128(7), Uuid::from_u128(8)];
        let mut tally = Tally::new();
        tally.done(500);
        let late = not_all(tally.stopped(&left, Refusal::NotAllowed.into()).and_then(Tally::sum));
        assert_eq!((late.done, late.refused, late.ids()), (500, 0, left.to_vec()));
        assert_eq!(late.stopped.map(|stopped| *stopped), Some(Stopped { left: 2, why: Some(Refusal::NotAllowed) }));

        let mut tally = Tally::new();
        tally.refused(somebody(1));
        let late = not_all(tally.stopped(&left, Error::internal("the database is gone")).and_then(Tally::sum));
        assert_eq!((late.ids().len(), late.stopped.map(|stopped| stopped.why)), (3, Some(None)));

        let at_once = Tally::new().stopped(&left, Refusal::NotAllowed.into());
        assert!(matches!(at_once, Err(Error::Refused(Refusal::NotAllowed))));
    }

    /// R5: those that others decided stand apart, so that the others are still told and stay ticked.
    #[test]
    fn requests_that_were_left_are_told_whatever_others_decided_meanwhile() {
        let (left, why) = ([Uuid::from_u128(7), Uuid::from_u128(8)], || Refusal::NotAllowed.into());
        for meanwhile in [0, 3] {
            let mut tally = Tally::new();
            tally.done(200);
            let late = not_all(tally.stopped(&left, why()).and_then(|tally| tally.sum_of_requests(meanwhile)));
            assert_eq!((late.done, late.refused, late.meanwhile, late.ids()), (200, 0, meanwhile, left.to_vec()));
        }
        let mut tally = Tally::new();
        tally.refused(somebody(1));
        let refused = not_all(tally.sum_of_requests(3));
        assert_eq!((refused.refused, refused.meanwhile, refused.ids().len()), (1, 3, 1));
    }

    #[test]
    fn a_portion_knows_what_is_left() {
        let ids: Vec<Uuid> = (0..5).map(Uuid::from_u128).collect();
        let sizes: Vec<_> = portions(&ids, 2).map(|(portion, left)| (portion.len(), left.len())).collect();
        assert_eq!(sizes, [(2, 5), (2, 3), (1, 1)]);
    }
}
