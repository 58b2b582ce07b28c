//! R6: what a list of open requests shows while others ask and decide.

use crate::prelude::*;
use shared::{RequestId, requests::RequestRow};

/// A row on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub row: RequestRow,
    /// It is not in the list any more. Its row says what happened, if that is known.
    pub gone: bool,
}

impl Line {
    /// For a decision about several at once.
    pub(super) fn can_be_chosen(&self) -> bool {
        !self.gone && (self.row.may_accept.is_ok() || self.row.may_decline.is_ok())
    }
}

/// An answer of the server.
pub(crate) struct Heard {
    /// A page of the open ones, the newest first.
    pub open: Vec<RequestRow>,
    /// How many are open, on all pages.
    pub found: u32,
    /// Of the concluded ones, those that are known.
    pub done: Vec<RequestRow>,
}

/// The rows stay in their places: who was decided meanwhile says so there, who asked meanwhile waits until they are called.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lines {
    shown: Vec<Line>,
    waiting: usize,
    latest: Vec<RequestRow>,
}

impl Lines {
    fn begin(open: Vec<RequestRow>) -> Self {
        let shown = open.iter().map(|row| Line { row: row.clone(), gone: false }).collect();
        Self { shown, waiting: 0, latest: open }
    }

    /// Whether this changed anything.
    fn hear(&mut self, heard: Heard) -> bool {
        let Heard { open, found, done } = heard;
        let before = self.clone();
        let find = |rows: &[RequestRow], id: RequestId| rows.iter().find(|row| row.id == id).cloned();
        let last_known = open.iter().rposition(|row| self.shown.iter().any(|line| line.row.id == row.id));
        let oldest = self.shown.last().map(|line| line.row.asked);
        // What moves up from the next page comes below all others, and moves nothing.
        let is_below = |place: usize, row: &RequestRow| match last_known {
            Some(last) => place > last,
            None => oldest.is_none_or(|oldest| row.asked < oldest),
        };
        let (mut below, mut waiting) = (Vec::new(), 0);
        for (place, row) in open.iter().enumerate() {
            if self.shown.iter().any(|line| line.row.id == row.id) {
                continue;
            }
            if is_below(place, row) {
                below.push(Line { row: row.clone(), gone: false });
            } else {
                waiting += 1;
            }
        }
        // A row that isn't on the page may also have been pushed to the next: not if an older one is there.
        let mut reaches_further = found as usize <= open.len() || !below.is_empty();
        for line in self.shown.iter_mut().rev() {
            if let Some(row) = find(&open, line.row.id) {
                *line = Line { row, gone: false };
                reaches_further = true;
            } else if let Some(row) = find(&done, line.row.id) {
                *line = Line { row, gone: true };
            } else if reaches_further {
                line.gone = true;
            }
        }
        self.shown.extend(below);
        (self.waiting, self.latest) = (waiting, open);
        *self != before
    }

    /// Shows what there is now.
    pub(super) fn renew(&mut self) {
        *self = Self::begin(std::mem::take(&mut self.latest));
    }

    pub(super) fn ids(&self) -> Vec<RequestId> {
        self.shown.iter().map(|line| line.row.id).collect()
    }

    /// Of those shown; ids begin with when they were made.
    pub(super) fn newest(&self) -> Option<RequestId> {
        self.shown.iter().map(|line| line.row.id).max()
    }

    pub(super) fn find(&self, id: RequestId) -> Option<Line> {
        self.shown.iter().find(|line| line.row.id == id).cloned()
    }

    /// Those that can be ticked, and how many of the open ones here can't.
    pub(super) fn can_be_chosen(&self) -> (Vec<String>, u32) {
        let ids: Vec<_> = self.shown.iter().filter(|line| line.can_be_chosen()).map(|line| line.row.id.to_string()).collect();
        let open = self.shown.iter().filter(|line| !line.gone).count();
        let fixed = u32::try_from(open - ids.len()).unwrap_or_default();
        (ids, fixed)
    }

    /// How many arrived, and how many are gone.
    pub(super) fn news(&self) -> (u32, u32) {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (count(self.waiting), count(self.shown.iter().filter(|line| line.gone).count()))
    }
}

/// The lines of a list that follows what happens.
pub(crate) fn follow_open(heard: impl Fn() -> Heard + Send + Sync + 'static) -> RwSignal<Lines> {
    let lines = RwSignal::new(Lines::begin(untrack(&heard).open));
    effect(move || {
        let heard = heard();
        lines.maybe_update(|lines| lines.hear(heard));
    });
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{
        LicenceId, LocalTime,
        requests::{Outcome, Subject},
    };
    use uuid::Uuid;

    /// A higher number asked later.
    fn row(number: u8) -> RequestRow {
        let asked = LocalTime { year: 2026, month: 3, day: 7, hour: 9, minute: number };
        RequestRow {
            id: RequestId(Uuid::from_u128(number.into())),
            subject: Subject::Licence { id: LicenceId(Uuid::nil()), product: String::new() },
            asked,
            reason: None,
            applicant: None,
            own: false,
            outcome: Outcome::Open,
            since: asked,
            answer: None,
            may_accept: Ok(()),
            may_decline: Ok(()),
            may_withdraw: false,
            may_undo: false,
            choices: Vec::new(),
        }
    }

    fn rows(numbers: &[u8]) -> Vec<RequestRow> {
        numbers.iter().map(|number| row(*number)).collect()
    }

    fn heard(open: &[u8], found: u32, done: &[u8]) -> Heard {
        let done = rows(done).into_iter().map(|row| RequestRow { outcome: Outcome::Accepted, ..row }).collect();
        Heard { open: rows(open), found, done }
    }

    /// The numbers, those that are gone below nought.
    fn shown(lines: &Lines) -> Vec<i16> {
        let number = |line: &Line| i16::from(line.row.asked.minute) * if line.gone { -1 } else { 1 };
        lines.shown.iter().map(number).collect()
    }

    #[test]
    fn arrivals_wait_until_they_are_called() {
        let mut lines = Lines::begin(rows(&[3, 2, 1]));
        assert!(!lines.hear(heard(&[3, 2, 1], 3, &[])));
        assert!(lines.hear(heard(&[5, 4, 3, 2, 1], 5, &[])));
        assert_eq!((shown(&lines), lines.news()), (vec![3, 2, 1], (2, 0)));
        lines.renew();
        assert_eq!((shown(&lines), lines.news()), (vec![5, 4, 3, 2, 1], (0, 0)));
    }

    #[test]
    fn whoever_is_decided_stays_and_says_so() {
        let mut lines = Lines::begin(rows(&[3, 2, 1]));
        lines.hear(heard(&[4, 3, 1], 3, &[2]));
        assert_eq!((shown(&lines), lines.news()), (vec![3, -2, 1], (1, 1)));
        assert_eq!(lines.find(RequestId(Uuid::from_u128(2))).unwrap().row.outcome, Outcome::Accepted);
        assert_eq!((lines.can_be_chosen().0.len(), lines.can_be_chosen().1), (2, 0));
        // Undone.
        lines.hear(heard(&[4, 3, 2, 1], 4, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![3, 2, 1], (1, 0)));
    }

    #[test]
    fn the_first_to_ask_moves_nobody() {
        let mut lines = Lines::default();
        lines.hear(heard(&[1], 1, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![1], (0, 0)));
    }

    #[test]
    fn what_moves_up_from_the_next_page_comes_below() {
        let mut lines = Lines::begin(rows(&[5, 4]));
        lines.hear(heard(&[4, 3], 3, &[5]));
        assert_eq!((shown(&lines), lines.news()), (vec![-5, 4, 3], (0, 1)));
        lines.hear(heard(&[2, 1], 2, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![-5, -4, -3, 2, 1], (0, 3)));
    }

    #[test]
    fn who_is_pushed_to_the_next_page_is_not_gone() {
        let mut lines = Lines::begin(rows(&[3, 2]));
        lines.hear(heard(&[4, 3], 5, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![3, 2], (1, 0)));
        lines.hear(heard(&[4, 2], 4, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![-3, 2], (1, 1)));
    }
}
