use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

/// The day that a scaffold is dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(Date);

impl Day {
    /// Reads `2025-03-01`; `None` where that is no day of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
        is_plain.then(|| text.parse::<civil::Date>().ok().map(Self))?
    }

    /// The day, in UTC, of a number of seconds since 1970, as `SOURCE_DATE_EPOCH` gives it
    /// (<https://reproducible-builds.org/specs/source-date-epoch/>); `None` where it is no such number.
    pub fn of_epoch(seconds: &str) -> Option<Self> {
        let moment = Timestamp::from_second(seconds.trim().parse().ok()?).ok()?;
        Some(Self(TimeZone::UTC.to_datetime(moment).date()))
    }

    /// Today, in UTC.
    pub fn today() -> Self {
        Self(TimeZone::UTC.to_datetime(Timestamp::now()).date())
    }

    /// `2025-03-01`
    pub(super) fn dashed(self) -> String {
        self.0.to_string()
    }

    /// `20250301`, as names of migrations start.
    pub(super) fn compact(self) -> String {
        self.dashed().replace('-', "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        assert_eq!(Day::parse("2025-03-01").map(Day::compact).as_deref(), Some("20250301"));
        for text in ["2025-02-30", "2025-3-1", "today", "2025-03-01T10:00", ""] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::of_epoch("1740787200").map(Day::dashed).as_deref(), Some("2025-03-01"));
        assert_eq!(Day::of_epoch("soon"), None);
    }
}
