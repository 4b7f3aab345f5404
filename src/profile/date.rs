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
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4).filter(|year| (1900..2100).contains(year))?;
        let month = parts.next().map(|part| number(part, 2).filter(|month| (1..=12).contains(month)).ok_or(()));
        let month = month.transpose().ok()?.map(|month| month as i8);
        let day = parts.next().map(|part| number(part, 2).ok_or(())).transpose().ok()?;
        let day = match (day, month) {
            (Some(day), Some(month)) => {
                let longest = Date::new(2000, month, 1).ok()?.days_in_month();
                Some(i8::try_from(day).ok().filter(|day| (1..=longest).contains(day))?)
            }
            _ => None,
        };
        parts.next().is_none().then_some(Self { year, month, day })
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        self.on(self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        let month = self.month.unwrap_or(12);
        self.day.map_or_else(|| self.on(month, 1).last_of_month(), |day| self.on(month, day))
    }

    /// The day, when it is known to the day.
    #[must_use]
    pub fn full(self) -> Option<Date> {
        self.day.map(|_| self.earliest())
    }

    fn on(self, month: i8, day: i8) -> Date {
        let first = Date::new(self.year, month, 1).unwrap_or(Date::ZERO);
        Date::new(self.year, month, day.min(first.days_in_month())).unwrap_or(first)
    }
}

fn number(part: &str, width: usize) -> Option<i16> {
    (part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
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
        for text in ["", "19", "2019-13", "2019-00", "2019-04-31", "2019-1", "1850", "2019-01-01-01", "+201", "2019-"] {
            check(text, None);
        }
    }
}
