//! What a deed with several came to: done with some, refused for others, and the first of those are named.

use crate::error::Result;
use shared::{
    Refusal,
    refusal::{NotAll, NotDone},
};

/// Of those refused, so many are named.
const EXAMPLES: usize = 10;

pub(crate) struct Tally(NotAll);

impl Tally {
    pub(crate) const fn new() -> Self {
        Self(NotAll { done: 0, refused: 0, examples: Vec::new() })
    }

    pub(crate) const fn done(&mut self, count: u32) {
        self.0.done += count;
    }

    pub(crate) fn refused(&mut self, one: NotDone) {
        self.0.refused += 1;
        if self.0.examples.len() < EXAMPLES {
            self.0.examples.push(one);
        }
    }

    /// # Errors
    /// [`Refusal::Some`] when it could not be done with all; [`Refusal::NobodyChosen`] when there was nobody.
    pub(crate) fn sum(self) -> Result<u32> {
        match self.0 {
            NotAll { done: 0, refused: 0, .. } => Err(Refusal::NobodyChosen.into()),
            NotAll { refused: 0, done, .. } => Ok(done),
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
            NotAll { refused: 0, done, .. } if meanwhile > 0 => Err(Refusal::DecidedMeanwhile { done, others: meanwhile }.into()),
            NotAll { refused: 0, done, .. } => Ok(done),
            not_all => Err(Refusal::Some(NotAll { refused: not_all.refused + meanwhile, ..not_all }).into()),
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
