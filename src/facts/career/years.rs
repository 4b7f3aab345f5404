//! How long something lasted.

use jiff::civil::Date;
use jiff::{ToSpan as _, Unit};

use crate::profile::Position;

/// The first day of a position that counts by `as_of`, and the day after its last; the same when none does. `None`
/// without a start.
pub(super) fn span(position: &Position, as_of: Date) -> Option<(Date, Date)> {
    let start = position.started_on?.earliest().min(as_of);
    let end = position.ended_on.map_or(as_of, |date| date.latest().saturating_add(1.day())).min(as_of);
    Some((start, end.max(start)))
}

/// Joins spans that touch or overlap; the joined ones are in order.
pub(super) fn joined(mut spans: Vec<(Date, Date)>) -> Vec<(Date, Date)> {
    spans.sort_unstable();
    spans.dedup_by(|later, earlier| {
        let touches = later.0 <= earlier.1;
        if touches {
            earlier.1 = earlier.1.max(later.1);
        }
        touches
    });
    spans
}

/// Years covered by positions up to `as_of`, overlaps counted once, rounded down to a tenth; unknown when there are
/// some and none has a start.
pub(super) fn covered<'p>(positions: impl IntoIterator<Item = &'p Position>, as_of: Date) -> Option<f64> {
    let mut positions = positions.into_iter().peekable();
    let none = positions.peek().is_none();
    let spans = joined(positions.filter_map(|position| span(position, as_of)).collect());
    (none || !spans.is_empty()).then(|| total(&spans))
}

/// The length of spans that do not touch, in years, rounded down to a tenth.
pub(super) fn total(spans: &[(Date, Date)]) -> f64 {
    f64::from(tenths(spans)) / 10.0
}

/// The mean length of spans, in years, rounded down to a tenth; `None` without any.
pub(super) fn mean(spans: &[(Date, Date)]) -> Option<f64> {
    let count = i32::try_from(spans.len()).ok().filter(|&count| count > 0)?;
    Some(f64::from(tenths(spans) / count) / 10.0)
}

fn tenths(spans: &[(Date, Date)]) -> i32 {
    let lengths = spans.iter().map(|&(from, to)| length(from, to));
    let (years, days) = lengths.fold((0, 0), |sum, (years, days)| (sum.0 + years, sum.1 + days));
    years * 10 + days * 10 / 366
}

/// Full years and tenths of a year between two days, never rounded up; none when the first is the later.
pub(in crate::facts) fn between(from: Date, to: Date) -> f64 {
    total(&[(from, to.max(from))])
}

/// Full years between two days, and the days since the last anniversary.
fn length(from: Date, to: Date) -> (i32, i32) {
    let Ok(span) = from.until((Unit::Year, to)) else { return (0, 0) };
    let years = span.get_years();
    let anniversary = from.saturating_add(years.years());
    (years.into(), anniversary.until(to).map_or(0, |span| span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::PartialDate;

    fn check(dates: &[(&str, Option<&str>)], expected: Option<f64>) {
        let position = |&(start, end): &(&str, Option<&str>)| Position {
            started_on: PartialDate::parse(start),
            ended_on: end.and_then(PartialDate::parse),
            is_held: false,
        };
        let positions: Vec<_> = dates.iter().map(position).collect();
        assert_eq!(covered(&positions, jiff::civil::date(2026, 1, 1)), expected, "{dates:?}");
    }

    #[test]
    fn overlaps_count_once_and_gaps_not_at_all() {
        check(&[("2010", Some("2014")), ("2012", Some("2014"))], Some(5.0));
        check(&[("2010", Some("2010")), ("2020", Some("2020"))], Some(2.0));
        check(&[("2012", Some("2014")), ("2010-01", Some("2011-12"))], Some(5.0));
    }

    #[test]
    fn parts_of_a_year_add_up_and_are_rounded_down() {
        check(&[("2010-01", Some("2010-06")), ("2012-01", Some("2012-06"))], Some(0.9));
        check(&[("2025-01-03", None)], Some(0.9));
        check(&[("2025-01-01", None)], Some(1.0));
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
