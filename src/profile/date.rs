//! Dates as people give them: a year, a month, a day.

use std::fmt;

use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date of the years 1900 to 2099, known to the year, the month or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    // Both are asked for over and over.
    earliest: Date,
    latest: Date,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a 29 February of a common year is taken for the 28th.
    ///
    /// ```
    /// use entregent::profile::PartialDate;
    /// assert!(PartialDate::parse("2019-03").is_some());
    /// assert!(PartialDate::parse("03/2019").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.as_bytes().split_first_chunk::<4>()?;
        let year = number(year).filter(|year| (1900..2100).contains(year))?;
        match *rest {
            [] => Self::span(year, None),
            [b'-', m, n] => Self::span(year, Some(month(m, n)?)),
            [b'-', m, n, b'-', d, e] => Self::on(year, month(m, n)?, number(&[d, e])? as i8),
            _ => None,
        }
    }

    /// A whole month or year.
    fn span(year: i16, month: Option<i8>) -> Option<Self> {
        let earliest = Date::new(year, month.unwrap_or(1), 1).ok()?;
        let latest = Date::new(year, month.unwrap_or(12), 1).ok()?.last_of_month();
        Some(Self { year, month, day: None, earliest, latest })
    }

    /// A day; 29 February is taken in any year, for the last of the month.
    fn on(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = match (month, day) {
            (2, 29) => Date::new(year, 2, 1).ok()?.last_of_month(),
            _ => Date::new(year, month, day).ok()?,
        };
        Some(Self { year, month: Some(month), day: Some(day), earliest: date, latest: date })
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        self.earliest
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        self.latest
    }

    /// The day, when it is known to the day.
    #[must_use]
    pub fn full(self) -> Option<Date> {
        self.day.map(|_| self.earliest)
    }
}

fn month(tens: u8, ones: u8) -> Option<i8> {
    number(&[tens, ones]).filter(|month| (1..=12).contains(month)).map(|month| month as i8)
}

fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0')))
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = itoa::Buffer::new();
        // Years have four digits.
        f.write_str(digits.format(self.year))?;
        for part in self.month.into_iter().chain(self.day) {
            f.write_str(if part < 10 { "-0" } else { "-" })?;
            f.write_str(digits.format(part))?;
        }
        Ok(())
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = super::Text::deserialize(deserializer)?;
        Self::parse(&text.0).ok_or_else(|| D::Error::custom("not a date"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, earliest_and_latest: Option<(&str, &str)>) {
        let date = PartialDate::parse(text);
        let bounds = date.map(|date| (date.earliest().to_string(), date.latest().to_string()));
        assert_eq!(bounds, earliest_and_latest.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
        if let Some(date) = date.filter(|_| !text.ends_with("02-29")) {
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn a_date_spans_what_it_leaves_open() {
        check("2019", Some(("2019-01-01", "2019-12-31")));
        check("2020-02", Some(("2020-02-01", "2020-02-29")));
        check("2019-03-07", Some(("2019-03-07", "2019-03-07")));
        check("2019-02-29", Some(("2019-02-28", "2019-02-28")));
    }

    #[test]
    fn other_forms_are_no_dates() {
        let forms = [
            "",
            "19",
            "2019-1",
            "+201",
            "2019-",
            "2019-01-",
            "2019-01-1",
            "2019/01",
            "2019-01/01",
            "2019-01-01-01",
            "2019-1é",
        ];
        for text in forms {
            check(text, None);
        }
        for text in ["1850", "2100", "2019-13", "2019-00", "2019-04-31", "2019-02-30", "2019-01-00"] {
            check(text, None);
        }
    }
}
