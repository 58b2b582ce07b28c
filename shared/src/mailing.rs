//! The mail of many: of a newsletter (P5), or of what an administrator sends again to several (U2).

use serde::{Deserialize, Serialize};

/// How far it is, counted in the people whom it is for: each is in one of the numbers behind the first. Whoever deleted their account since is
/// in the first alone, if at all (P6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub all: u32,
    pub sent: u32,
    /// For good: what is tried again waits.
    pub failed: u32,
    /// By the time that it could be sent it was not wanted or needed any more.
    pub dropped: u32,
    pub waiting: u32,
}

impl Progress {
    /// So many more people, whose copies fared so.
    pub const fn add(&mut self, copy: Copy, people: u32) {
        let number = match copy {
            Copy::Waiting => &mut self.waiting,
            Copy::Sent => &mut self.sent,
            Copy::Failed => &mut self.failed,
            Copy::Dropped => &mut self.dropped,
        };
        *number += people;
    }

    /// Those of whom it is known what became of their copies.
    #[must_use]
    pub const fn known(self) -> u32 {
        self.sent + self.failed + self.dropped + self.waiting
    }
}

/// What became of one person's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Copy {
    Waiting,
    Sent,
    Failed,
    Dropped,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_is_counted_once() {
        let mut progress = Progress { all: 10, ..Progress::default() };
        for (copy, people) in [(Copy::Waiting, 1), (Copy::Sent, 2), (Copy::Failed, 3), (Copy::Dropped, 4)] {
            progress.add(copy, people);
        }
        assert_eq!(progress, Progress { all: 10, sent: 2, failed: 3, dropped: 4, waiting: 1 });
        assert_eq!(progress.known(), 10);
    }
}
