//! What dated positions tell.

use jiff::civil::Date;
use jiff::{ToSpan as _, Unit};

use crate::profile::Position;

/// Years covered by dated positions up to `as_of`, overlaps counted once, rounded to a tenth; unknown without a start.
pub(super) fn years(positions: &[Position], as_of: Date) -> Option<f64> {
    let mut spans: Vec<(Date, Date)> = positions
        .iter()
        .filter_map(|position| {
            let start = position.started_on?.earliest();
            let end = position.ended_on.map_or(as_of, |date| date.latest()).min(as_of);
            Some((start, end.max(start.min(as_of))))
        })
        .collect();
    if positions.is_empty() {
        return Some(0.0);
    }
    if spans.is_empty() {
        return None;
    }
    spans.sort_unstable();
    let mut days = 0;
    let mut covered_until = Date::MIN;
    for (start, end) in spans {
        let from = start.max(covered_until);
        if from < end {
            days += days_between(from, end);
        }
        covered_until = covered_until.max(end);
    }
    Some(in_years(days))
}

/// Full years and tenths of a year between two days, never rounded up; none when the first is the later.
pub(super) fn years_between(from: Date, to: Date) -> f64 {
    let Ok(span) = from.until((Unit::Year, to)) else { return 0.0 };
    let years = span.get_years();
    let anniversary = from.saturating_add(years.years());
    let tenths = days_between(anniversary, to) * 10 / 366;
    f64::from((i32::from(years) * 10 + tenths).max(0)) / 10.0
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn in_years(days: i32) -> f64 {
    (f64::from(days) / 365.25 * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::PartialDate;

    fn check(dates: &[(&str, Option<&str>)], expected: Option<f64>) {
        let position = |&(start, end): &(&str, Option<&str>)| Position {
            started_on: PartialDate::parse(start),
            ended_on: end.and_then(PartialDate::parse),
            is_only: false,
        };
        let positions: Vec<_> = dates.iter().map(position).collect();
        assert_eq!(years(&positions, jiff::civil::date(2026, 1, 1)), expected, "{dates:?}");
    }

    #[test]
    fn overlaps_count_once_and_gaps_not_at_all() {
        check(&[("2010", Some("2014")), ("2012", Some("2014"))], Some(5.0));
        check(&[("2010", Some("2010")), ("2020", Some("2020"))], Some(2.0));
    }

    #[test]
    fn a_position_without_end_runs_until_the_day() {
        check(&[("2016-01", None)], Some(10.0));
    }

    #[test]
    fn what_lies_ahead_or_runs_backwards_counts_nothing() {
        check(&[("2030", None)], Some(0.0));
        check(&[("2020", Some("2010"))], Some(0.0));
    }

    #[test]
    fn without_a_start_the_years_are_unknown() {
        check(&[("", Some("2010"))], None);
        check(&[], Some(0.0));
    }
}
