//! Dates as foreign documents write them.

use serde_json::Value;

use super::walk::{is_absent, written};
use crate::profile::PartialDate;
use crate::text::fold::folded;

/// What is given as a date is none that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotUnderstood;

/// Both ends of a span; `None` for one that is not known or has not come.
pub(super) type Span = (Option<PartialDate>, Option<PartialDate>);

/// How a month may begin, in English and French, folded.
#[rustfmt::skip]
const MONTHS: [(&str, u8); 18] = [
    ("jan", 1), ("feb", 2), ("fev", 2), ("mar", 3), ("apr", 4), ("avr", 4), ("may", 5), ("mai", 5), ("jun", 6), ("juin", 6),
    ("jul", 7), ("juil", 7), ("aug", 8), ("aou", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
];

/// How the words for an end that has not come may begin, folded.
#[rustfmt::skip]
const STILL: [&str; 12] = [
    "present", "now", "today", "current", "aujourd", "actuel", "en cours", "en poste", "a ce jour", "actual", "heden", "heute",
];

/// What may stand between the ends of a span, folded.
const BETWEEN: [&str; 7] = [" - ", " – ", " — ", " to ", " a ", "–", "—"];

/// What may stand before the beginning of a span that has not ended, folded.
const SINCE: [&str; 5] = ["since ", "depuis ", "seit ", "desde ", "sinds "];

/// The units of a duration, and what joins them, folded.
#[rustfmt::skip]
const DURATION: [&str; 36] = [
    "yr", "yrs", "year", "years", "mo", "mos", "month", "months", "an", "ans", "annee", "annees", "mois", "jahr", "jahre",
    "monat", "monate", "jaar", "jaren", "mnd", "maand", "maanden", "ano", "anos", "mes", "meses", "anno", "anni", "mese",
    "mesi", "and", "et", "y", "e", "und", "en",
];

/// Reads a date given as text (see [`of_text`]), as a year, or as `{"year", "month", "day"}`; without a year such an
/// object may hold it as `text`. An object of other members is no date, and nor is a month or day without a year.
pub(super) fn of_value(value: &Value) -> Result<Option<PartialDate>, NotUnderstood> {
    if !value.is_object() {
        return written(value).ok_or(NotUnderstood).and_then(|text| of_text(&text));
    }
    if ["year", "month", "day", "text"].iter().all(|name| value.get(name).is_none()) {
        return Err(NotUnderstood);
    }
    let member = |name: &str| match value.get(name).filter(|value| !is_absent(value)) {
        Some(value) => written(value).map(|text| Some(text.trim().to_owned())).ok_or(NotUnderstood),
        None => Ok(None),
    };
    match (member("year")?, member("month")?, member("day")?) {
        (None, month, day) => match member("text")? {
            Some(text) => of_text(&text),
            None if month.is_some() || day.is_some() => Err(NotUnderstood),
            None => Ok(None),
        },
        (Some(year), None, _) => of_text(&year),
        (Some(year), Some(month), None) => of_text(&format!("{month} {year}")),
        (Some(year), Some(month), Some(day)) if month.starts_with(|first: char| first.is_ascii_digit()) => {
            of_text(&format!("{year} {month} {day}"))
        }
        (Some(year), Some(month), Some(day)) => of_text(&format!("{day} {month} {year}")),
    }
}

/// Reads `2019`, `2019-03`, `2019-03-07` (a time behind it is dropped), `03/2019`, `Mar 2019`, `mars 2019`, `7 Mar 2019`,
/// `Mar 7, 2019` and `7-Mar-19`; nothing is no date, and nor is a word such as `Present`.
pub(super) fn of_text(text: &str) -> Result<Option<PartialDate>, NotUnderstood> {
    let text = folded(text);
    let text = text.trim();
    if text.is_empty() || is_still(text) {
        return Ok(None);
    }
    let day = text.split(['t', ' ']).next().filter(|day| day.len() == "2019-03-07".len()).unwrap_or(text);
    if let Some(date) = PartialDate::parse(day) {
        return Ok(Some(date));
    }
    let parts: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let (year, month, day) = match *parts.as_slice() {
        [a, b] if is_year(a) => (a, b, None),
        [a, b] if is_year(b) => (b, a, None),
        [a, b, c] if is_year(a) => (a, b, Some(c)),
        [a, b, c] if named_month(a).is_some() => (c, a, Some(b)),
        [a, b, c] if named_month(b).is_some() => (c, b, Some(a)),
        _ => return Err(NotUnderstood),
    };
    dated(year, month, day).map(Some).ok_or(NotUnderstood)
}

/// Reads the beginning and the end of `Jan 2020 - Present · 4 yrs`, `2010-2015`, `Jan 2020 -` or `Since 2019`; both are
/// unknown unless both are understood.
///
/// A text that is not understood and has digits beside those of a duration may hold an end: that is not the same as a
/// text without any date.
pub(super) fn of_span(text: &str) -> Result<Span, NotUnderstood> {
    let text = folded(text);
    let parts = || text.split('·').map(str::trim);
    let may_hold_an_end = |part: &str| part.contains(char::is_numeric) && !is_duration(part);
    match parts().find_map(ends) {
        Some(span) => Ok(span),
        None if parts().any(may_hold_an_end) => Err(NotUnderstood),
        None => Ok((None, None)),
    }
}

/// The ends of a span that is all of a folded text, if both are understood and one has come.
fn ends(text: &str) -> Option<Span> {
    let open = SINCE.iter().find_map(|since| text.strip_prefix(since)).or_else(|| text.strip_suffix(['-', '–', '—']));
    if let Some(start) = open {
        return of_text(start).ok()?.map(|start| (Some(start), None));
    }
    let is_parted = |start: &str, end: &str| is_still(end.trim()) || (is_year(start) && is_year(end));
    let hyphen = || text.rsplit_once('-').filter(|(start, end)| is_parted(start, end));
    let (start, end) = BETWEEN.iter().find_map(|between| text.split_once(between)).or_else(hyphen)?;
    Some((of_text(start).ok()?, of_text(end).ok()?)).filter(|(start, end)| start.is_some() || end.is_some())
}

/// Tells whether a folded text is a length of time, such as `2 yrs 4 mos`.
fn is_duration(text: &str) -> bool {
    let is_number = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let ends_in_unit = parts.clone().next_back().is_some_and(|part| DURATION.contains(&part));
    ends_in_unit && parts.all(|part| is_number(part) || DURATION.contains(&part))
}

/// Reads `1/29/26, 2:37 PM`, month before day as in the United States unless that cannot be; and what [`of_text`] reads.
pub(super) fn of_timestamp(text: &str) -> Option<PartialDate> {
    if let Ok(date) = of_text(text) {
        return date;
    }
    let day = text.trim().split([',', ' ']).next()?;
    let mut parts = day.split(['/', '.', '-']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    dated(year, first, Some(second)).or_else(|| dated(year, second, Some(first)))
}

fn dated(year: &str, month: &str, day: Option<&str>) -> Option<PartialDate> {
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let month = named_month(month).map_or_else(|| number(month), |month| Some(month.into()))?;
    let year = match (year.len(), number(year)?) {
        (2, year) if year < 70 => 2000 + year,
        (2, year) => 1900 + year,
        (_, year) => year,
    };
    match day {
        None => PartialDate::parse(&format!("{year:04}-{month:02}")),
        Some(day) => PartialDate::parse(&format!("{year:04}-{month:02}-{:02}", number(day)?)),
    }
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_still(text: &str) -> bool {
    STILL.iter().any(|word| text.starts_with(word))
}

fn named_month(part: &str) -> Option<u8> {
    MONTHS.iter().find(|(name, _)| part.starts_with(name)).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(value: &Value, expected: Result<Option<&str>, NotUnderstood>) {
        let found = of_value(value).map(|date| date.map(|date| date.to_string()));
        assert_eq!(found, expected.map(|date| date.map(str::to_owned)), "{value}");
    }

    #[test]
    fn dates_are_read_in_the_forms_that_people_and_programs_write() {
        check(&json!("2019-03-07T08:00:00Z"), Ok(Some("2019-03-07")));
        check(&json!("2019-03-07 08:00"), Ok(Some("2019-03-07")));
        check(&json!("2019-3"), Ok(Some("2019-03")));
        check(&json!("3-2019"), Ok(Some("2019-03")));
        check(&json!("Mar 2019"), Ok(Some("2019-03")));
        check(&json!("févr. 2019"), Ok(Some("2019-02")));
        check(&json!("Août 2019"), Ok(Some("2019-08")));
        check(&json!("fe\u{301}vr.\u{a0}2019"), Ok(Some("2019-02")));
        check(&json!("7 March 2019"), Ok(Some("2019-03-07")));
        check(&json!("Mar 7, 2019"), Ok(Some("2019-03-07")));
        check(&json!("4-Apr-21"), Ok(Some("2021-04-04")));
        check(&json!(2019), Ok(Some("2019")));
        check(&json!({"year": 2019, "month": 3, "day": null}), Ok(Some("2019-03")));
        check(&json!({"year": 2019, "month": 3, "day": 7}), Ok(Some("2019-03-07")));
        check(&json!({"year": "2019", "month": "Mar"}), Ok(Some("2019-03")));
        check(&json!({"year": 2019}), Ok(Some("2019")));
        check(&json!({"text": "Mar 2019"}), Ok(Some("2019-03")));
    }

    #[test]
    fn an_end_that_has_not_come_is_no_date() {
        for still in ["", "Present", "Présent", "aujourd’hui", "À ce jour", "en poste", "heute", "actualidad", "heden"]
        {
            check(&json!(still), Ok(None));
            check(&json!({"text": still}), Ok(None));
        }
        check(&json!({"year": null}), Ok(None));
    }

    #[test]
    fn what_may_mean_several_days_is_not_guessed() {
        for text in ["03/04/2019", "May", "2019-13", "2019-02-30", "7 2019 March", "soon", "1 2 3 4"] {
            check(&json!(text), Err(NotUnderstood));
        }
        check(&json!({}), Err(NotUnderstood));
    }

    #[test]
    fn a_span_is_known_from_both_ends_or_not_at_all() {
        let read = |text: &str| {
            let of = |date: Option<PartialDate>| date.map_or_else(String::new, |date| date.to_string());
            of_span(text).map(|(start, end)| [of(start), of(end)])
        };
        let known = |start: &str, end: &str| Ok([start.to_owned(), end.to_owned()]);
        assert_eq!(read("Jan 2020 - Present · 4 yrs"), known("2020-01", ""));
        assert_eq!(read("janv. 2018 – déc. 2019 · 2 ans"), known("2018-01", "2019-12"));
        assert_eq!(read("2010-2015"), known("2010", "2015"));
        assert_eq!(read("Jan 2020 - Zukunft"), Err(NotUnderstood));
        assert_eq!(read("Full-time · Jan 2010 - Dec 2015"), known("2010-01", "2015-12"));
        assert_eq!(read("Paris"), known("", ""));
        assert_eq!(read("2019"), Err(NotUnderstood), "this may be either end");
    }

    #[test]
    fn a_span_may_be_open() {
        let starts = |text: &str, expected: &str| {
            let (start, end) = of_span(text).unwrap();
            assert_eq!((start.map(|date| date.to_string()).as_deref(), end), (Some(expected), None), "{text}");
        };
        for text in ["Jan 2020 - ", "Jan 2020 -", "Jan 2020 –", "Jan 2020—", "2020-01- · 5 yrs", "2020-01-Present"]
        {
            starts(text, "2020-01");
        }
        starts("Mar 2019-Present", "2019-03");
        starts("mars 2019-aujourd’hui · 5 ans", "2019-03");
        for text in ["Depuis 2019", "Since 2019", "seit 2019", "desde 2019", "sinds 2019", "Since 2019 · Full-time"] {
            starts(text, "2019");
        }
        starts("Depuis mars 2019", "2019-03");
        for text in ["Since spring 2019", "since 2010 - 2015", "Mar 2019-soon", "spring 2019 -", "- · Dec 2015", "2019"]
        {
            assert_eq!(of_span(text), Err(NotUnderstood), "{text}");
        }
    }

    #[test]
    fn a_duration_is_no_span() {
        for text in
            ["5 yrs", "3 ans", "2 yrs 4 mos", "2 ans et 4 mois", "5 Jahre", "Full-time · 5 yrs", "5 años · Lyon"]
        {
            assert_eq!(of_span(text), Ok((None, None)), "{text}");
        }
        for text in ["12", "03/15", "2010 yrs", "5 yrs until 2015", "5 yrs · until 2015", "4 mars"] {
            assert_eq!(of_span(text), Err(NotUnderstood), "{text}");
        }
    }

    #[test]
    fn a_timestamp_has_the_month_first_where_it_can() {
        let read = |text| of_timestamp(text).map(|date| date.to_string());
        assert_eq!(read("1/29/26, 2:37 PM").as_deref(), Some("2026-01-29"));
        assert_eq!(read("2/3/26, 2:37 PM").as_deref(), Some("2026-02-03"));
        assert_eq!(read("29/01/2026 14:37").as_deref(), Some("2026-01-29"));
        assert_eq!(read("2025-06-01 14:03:22 UTC").as_deref(), Some("2025-06-01"));
        assert_eq!(read("yesterday"), None);
    }
}
