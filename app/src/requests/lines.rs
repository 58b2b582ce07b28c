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
    /// How many stand on the pages before.
    pub before: u32,
    /// How many are open, on all pages.
    pub found: u32,
    /// The newest that is open, on whichever page.
    pub newest: Option<RequestId>,
    /// Of the concluded ones, those that are known.
    pub done: Vec<RequestRow>,
}

/// The rows stay in their places: who was decided meanwhile says so there, who asked meanwhile waits until they are called.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lines {
    shown: Vec<Line>,
    waiting: usize,
    latest: Vec<RequestRow>,
    /// Whether the page begins with the newest of all. Another one's first row comes and goes with the pages before.
    is_first: bool,
    newest: Option<RequestId>,
}

impl Lines {
    fn begin(heard: Heard) -> Self {
        let Heard { open, before, newest, .. } = heard;
        let shown = open.iter().map(|row| Line { row: row.clone(), gone: false }).collect();
        Self { shown, waiting: 0, latest: open, is_first: before == 0, newest }
    }

    /// Whether this changed anything.
    fn hear(&mut self, heard: Heard) -> bool {
        let earlier = self.clone();
        let (below, waiting) = self.arrivals(&heard.open);
        self.look_up(&heard, !below.is_empty());
        self.shown.extend(below.into_iter().map(|row| Line { row, gone: false }));
        (self.waiting, self.latest, self.newest) = (waiting, heard.open, heard.newest);
        *self != earlier
    }

    /// What moved up from the next page, which comes below all others and moves nothing; and how many came between or above.
    fn arrivals(&self, open: &[RequestRow]) -> (Vec<RequestRow>, usize) {
        let is_known = |row: &RequestRow| self.shown.iter().any(|line| line.row.id == row.id);
        let (first_known, last_known) = (open.iter().position(is_known), open.iter().rposition(is_known));
        let oldest = self.shown.last().map(|line| line.row.asked);
        let (mut below, mut waiting) = (Vec::new(), 0);
        for (place, row) in open.iter().enumerate().filter(|(_, row)| !is_known(row)) {
            let is_below = match last_known {
                Some(last) => place > last,
                None => oldest.is_none_or(|oldest| row.asked < oldest),
            };
            if is_below {
                below.push(row.clone());
            } else if self.is_first || first_known.is_some_and(|first| place > first) {
                waiting += 1;
            }
            // Else it was pushed down from the page before: nobody asked just now.
        }
        (below, waiting)
    }

    /// What became of those that are shown. One that isn't on the page may have been pushed to the next, or have moved up to the page before: it is
    /// gone only if an older one is there, and a newer one or the beginning.
    fn look_up(&mut self, heard: &Heard, has_below: bool) {
        let Heard { open, before, found, done, .. } = heard;
        let find = |rows: &[RequestRow], id: RequestId| rows.iter().find(|row| row.id == id).cloned();
        let mut begins_before = *before == 0;
        let mut missing = Vec::new();
        for (place, line) in self.shown.iter_mut().enumerate() {
            if let Some(row) = find(open, line.row.id) {
                *line = Line { row, gone: false };
                begins_before = true;
            } else if let Some(row) = find(done, line.row.id) {
                *line = Line { row, gone: true };
            } else if begins_before || open.iter().any(|row| row.asked > line.row.asked) {
                missing.push(place);
            }
        }
        let mut reaches_further = *found as usize <= *before as usize + open.len() || has_below;
        for (place, line) in self.shown.iter_mut().enumerate().rev() {
            reaches_further |= open.iter().any(|row| row.id == line.row.id);
            line.gone |= reaches_further && missing.contains(&place);
        }
    }

    /// Shows what there is now.
    pub(super) fn renew(&mut self) {
        let open = std::mem::take(&mut self.latest);
        self.shown = open.iter().map(|row| Line { row: row.clone(), gone: false }).collect();
        (self.waiting, self.latest) = (0, open);
    }

    pub(super) fn ids(&self) -> Vec<RequestId> {
        self.shown.iter().map(|line| line.row.id).collect()
    }

    /// The newest that the reader knows of: those that wait to be called are not (R6). Ids begin with when they were made.
    pub(super) fn newest(&self) -> Option<RequestId> {
        if self.is_first { self.shown.iter().map(|line| line.row.id).max() } else { self.newest }
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
    let lines = RwSignal::new(Lines::begin(untrack(&heard)));
    effect(move || {
        let heard = heard();
        lines.maybe_update(|lines| lines.hear(heard));
    });
    lines
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use shared::{
        LicenceId, LocalTime,
        requests::{Outcome, Subject},
    };
    use uuid::Uuid;

    /// A higher number asked later.
    pub(in super::super) fn row(number: u8) -> RequestRow {
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

    pub(in super::super) fn rows(numbers: &[u8]) -> Vec<RequestRow> {
        numbers.iter().map(|number| row(*number)).collect()
    }

    fn heard(open: &[u8], found: u32, done: &[u8]) -> Heard {
        on_page_two(0, open, found, done)
    }

    fn on_page_two(before: u32, open: &[u8], found: u32, done: &[u8]) -> Heard {
        let done = rows(done).into_iter().map(|row| RequestRow { outcome: Outcome::Accepted, ..row }).collect();
        Heard { open: rows(open), before, found, newest: Some(row(9).id), done }
    }

    fn begin(open: &[u8]) -> Lines {
        Lines::begin(heard(open, 0, &[]))
    }

    /// The numbers, those that are gone below nought.
    fn shown(lines: &Lines) -> Vec<i16> {
        let number = |line: &Line| i16::from(line.row.asked.minute) * if line.gone { -1 } else { 1 };
        lines.shown.iter().map(number).collect()
    }

    #[test]
    fn arrivals_wait_until_they_are_called() {
        let mut lines = begin(&[3, 2, 1]);
        assert!(!lines.hear(heard(&[3, 2, 1], 3, &[])));
        assert!(lines.hear(heard(&[5, 4, 3, 2, 1], 5, &[])));
        assert_eq!((shown(&lines), lines.news()), (vec![3, 2, 1], (2, 0)));
        lines.renew();
        assert_eq!((shown(&lines), lines.news()), (vec![5, 4, 3, 2, 1], (0, 0)));
    }

    #[test]
    fn whoever_is_decided_stays_and_says_so() {
        let mut lines = begin(&[3, 2, 1]);
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
        let mut lines = begin(&[]);
        lines.hear(heard(&[1], 1, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![1], (0, 0)));
    }

    #[test]
    fn what_moves_up_from_the_next_page_comes_below() {
        let mut lines = begin(&[5, 4]);
        lines.hear(heard(&[4, 3], 3, &[5]));
        assert_eq!((shown(&lines), lines.news()), (vec![-5, 4, 3], (0, 1)));
        lines.hear(heard(&[2, 1], 2, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![-5, -4, -3, 2, 1], (0, 3)));
    }

    #[test]
    fn who_is_pushed_to_the_next_page_is_not_gone() {
        let mut lines = begin(&[3, 2]);
        lines.hear(heard(&[4, 3], 5, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![3, 2], (1, 0)));
        lines.hear(heard(&[4, 2], 4, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![-3, 2], (1, 1)));
    }

    /// R5: decided on the page before, so that this page's first row moved there: it is open, and stays so.
    #[test]
    fn what_moves_up_to_the_page_before_is_not_gone() {
        let mut lines = Lines::begin(on_page_two(2, &[5, 4, 3], 6, &[]));
        lines.hear(on_page_two(2, &[4, 3, 2], 5, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![5, 4, 3, 2], (0, 0)));
        // One that has others around it is.
        lines.hear(on_page_two(2, &[4, 2], 4, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![5, 4, -3, 2], (0, 1)));
        // And one that is known to be decided.
        lines.hear(on_page_two(2, &[2], 3, &[4, 5]));
        assert_eq!((shown(&lines), lines.news()), (vec![-5, -4, -3, 2], (0, 3)));
    }

    #[test]
    fn what_is_pushed_down_from_the_page_before_is_not_new() {
        let mut lines = Lines::begin(on_page_two(2, &[5, 4, 3], 5, &[]));
        lines.hear(on_page_two(2, &[6, 5, 4], 6, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![5, 4, 3], (0, 0)));
        // Undone by somebody else, it comes back between the others.
        let mut lines = Lines::begin(on_page_two(2, &[6, 5, 3], 5, &[]));
        lines.hear(on_page_two(2, &[6, 5, 4, 3], 6, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![6, 5, 3], (1, 0)));
    }

    #[test]
    fn where_no_page_is_left_before_it_every_row_is_looked_up() {
        let mut lines = Lines::begin(on_page_two(2, &[2, 1], 4, &[]));
        lines.hear(heard(&[4, 1], 2, &[]));
        assert_eq!((shown(&lines), lines.news()), (vec![-2, 1], (0, 1)));
    }

    /// R6: of those that wait to be called nobody has seen anything; on another page nobody sees the newest.
    #[test]
    fn the_newest_that_the_reader_knows_of() {
        let mut lines = begin(&[2, 1]);
        lines.hear(heard(&[3, 2, 1], 3, &[]));
        assert_eq!(lines.newest(), Some(row(2).id));
        lines.renew();
        assert_eq!(lines.newest(), Some(row(3).id));
        assert_eq!(Lines::begin(on_page_two(2, &[2, 1], 4, &[])).newest(), Some(row(9).id));
    }
}
