//! Moments as the database keeps them, and as people read them.

use crate::{Problem, fields::Language};
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

/// A day of the calendar, wherever one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// As date fields send it: `2026-01-31`. From 2000 to 2199.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::NotADate`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        let mut parts = text.split('-').map(|part| part.parse::<i16>().ok());
        let (Some(Some(year)), Some(Some(month)), Some(Some(day)), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(Problem::NotADate);
        };
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return Err(Problem::NotADate),
        };
        match (u8::try_from(month), u8::try_from(day)) {
            (Ok(month), Ok(day)) if (1..=days).contains(&i16::from(day)) && (2000..2200).contains(&year) => Ok(Self { year, month, day }),
            _ => Err(Problem::NotADate),
        }
    }
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

    /// For date fields: `2026-03-07`.
    #[must_use]
    pub fn machine_date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
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

    #[test]
    fn a_day_of_the_calendar() {
        for good in ["2026-01-31", "2024-02-29", "2000-02-29", "2199-12-31"] {
            assert!(Date::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-1",
            "1999-12-31",
            "2026-01-01-01",
            "x",
            "2026-01-00",
        ] {
            assert_eq!(Date::parse(bad), Err(Problem::NotADate), "{bad}");
        }
        assert_eq!(Date::parse(" "), Err(Problem::Missing));
        assert!(Date::parse("2026-01-31").unwrap() < Date::parse("2026-02-01").unwrap());
    }
}
