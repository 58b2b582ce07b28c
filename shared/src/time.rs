//! Moments as the database keeps them, and as people read them.

use crate::fields::Language;
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1000)
    }

    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes * 60)
    }
}

/// A moment on the provider's wall clock. The server works it out, so that no time zones have to travel to the browser
/// and both sides write the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LocalTime {
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
}

const MONTHS: [[&str; 12]; 2] = [
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
];

impl LocalTime {
    /// `7 March 2026`, `7 maart 2026`.
    #[must_use]
    pub fn date(&self, language: Language) -> String {
        let months = match language {
            Language::English => MONTHS[0],
            Language::Dutch => MONTHS[1],
        };
        let month = months[usize::from(self.month.clamp(1, 12)) - 1];
        format!("{} {month} {}", self.day, self.year)
    }

    /// `7 March 2026, 14:05`, `7 maart 2026, 14.05 uur`.
    #[must_use]
    pub fn date_and_time(&self, language: Language) -> String {
        let date = self.date(language);
        match language {
            Language::English => format!("{date}, {:02}:{:02}", self.hour, self.minute),
            Language::Dutch => format!("{date}, {:02}.{:02} uur", self.hour, self.minute),
        }
    }

    /// For `<time datetime>`: `2026-03-07T14:05`.
    #[must_use]
    pub fn machine(&self) -> String {
        format!("{:04}-{:02}-{:02}T{:02}:{:02}", self.year, self.month, self.day, self.hour, self.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_in_both_languages() {
        let moment = LocalTime { year: 2026, month: 3, day: 7, hour: 9, minute: 5 };
        assert_eq!(moment.date(Language::English), "7 March 2026");
        assert_eq!(moment.date_and_time(Language::English), "7 March 2026, 09:05");
        assert_eq!(moment.date_and_time(Language::Dutch), "7 maart 2026, 09.05 uur");
        assert_eq!(moment.machine(), "2026-03-07T09:05");
    }
}
