//! The years behind a role, as in "CFO (2010-2018)": who gives its last year no longer holds it.

use std::iter::Peekable;

use jiff::civil::Date;

use crate::text::fold::{Folded, fold};
use crate::text::segment::is_dash;

/// Tells whether the years behind a role are over on a day; `behind` is what stands between it and the next term.
///
/// One that ended in this calendar year or the last counts as held: who looks for the next role is still what they were.
pub(super) fn is_over(behind: &str, as_of: Date) -> bool {
    last_year(behind).is_some_and(|year| year + 1 < as_of.year())
}

/// The last year of the period that follows a role, with only spaces, brackets, commas and dashes between them.
///
/// `None` also where the years may speak of something else ("2018-2022 plan", "2018-2022: turnaround"), or where the role
/// may have been held again ("2010-2014, and since 2018").
fn last_year(behind: &str) -> Option<i16> {
    let signs = &mut behind.chars().filter_map(sign).peekable();
    skip(signs, |sign| matches!(sign, ' ' | '(' | '[' | ',') || is_dash(sign));
    let first = year(signs)?;
    skip(signs, |sign| sign == ' ');
    signs.next_if(|&sign| is_dash(sign))?;
    skip(signs, |sign| sign == ' ');
    let last = year(signs).filter(|&last| first <= last)?;
    skip(signs, |sign| sign == ' ');
    if signs.peek().is_some_and(|&sign| sign.is_alphanumeric() || matches!(sign, '&' | ':')) {
        return None;
    }
    while signs.peek().is_some() {
        skip(signs, |sign| !sign.is_ascii_digit());
        if year(signs).is_some() {
            return None;
        }
    }
    Some(last)
}

/// A character as rules see it: a digit, any letter, or what separates words.
fn sign(c: char) -> Option<char> {
    match fold(c) {
        Folded::Letters { bytes: [digit @ b'0'..=b'9', ..], .. } => Some(char::from(digit)),
        Folded::Letters { .. } => Some('a'),
        Folded::Separator(plain) => Some(plain),
        Folded::Nothing => None,
    }
}

fn skip(signs: &mut Peekable<impl Iterator<Item = char>>, is_skipped: impl Fn(char) -> bool) {
    while signs.next_if(|&sign| is_skipped(sign)).is_some() {}
}

/// Reads a year of those that a profile may name, which ends where its digits do.
fn year(signs: &mut Peekable<impl Iterator<Item = char>>) -> Option<i16> {
    let mut year = 0;
    for _ in 0..4 {
        year = 10 * year + signs.next_if(char::is_ascii_digit)?.to_digit(10)? as i16;
    }
    let ends = signs.peek().is_none_or(|sign| !sign.is_alphanumeric());
    (ends && (1900..2100).contains(&year)).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(behind: &str, expected: Option<i16>) {
        assert_eq!(last_year(behind), expected, "{behind}");
    }

    #[test]
    fn only_marks_stand_between_a_role_and_its_years() {
        for behind in
            [" 2010-2018", " (2010-2018)", ", 2010 – 2018", " [2010—2018]", " - 2010-2018", "\u{a0}(2010-2018)"]
        {
            check(behind, Some(2018));
        }
        for behind in ["", " x", " | 2010-2018", "\n2010-2018", ". 2010-2018", " plan 2010-2018", " & 2010-2018"] {
            check(behind, None);
        }
    }

    #[test]
    fn years_are_read_in_any_letters() {
        check(" (𝟮𝟬𝟭𝟬‐𝟮𝟬𝟭𝟴)", Some(2018));
        check("\u{200b} ２０１０－２０１８", Some(2018));
    }

    #[test]
    fn a_period_has_two_years_in_order() {
        for behind in
            [" 2010", " 2010-", " 2010 2018", " 2010-now", " 2018-2010", " 1500-2000", " 20100-20180", " 2010s-2018"]
        {
            check(behind, None);
        }
        check(" 2010-2010", Some(2010));
    }

    #[test]
    fn the_years_speak_of_no_word_behind_them() {
        for behind in [" 2010-2018 plan", " 2010-2018 & x", " 2010-2018: x", " 2010-2018s", " 2010-2018²"] {
            check(behind, None);
        }
        for behind in
            [" 2010-2018, baker", " (2010-2018) baker", " 2010-2018 | 2 x", " 2010-2018 - baker", " 2010-2018 (8 x)"]
        {
            check(behind, Some(2018));
        }
    }

    #[test]
    fn no_other_year_stands_behind_the_last() {
        for behind in [
            " (2010-2014), 2018-",
            " 2010-2014, 2018-2022",
            " (2010-2014) and (2018-now)",
            " (2010-2014) | 2018-now",
            " (2010-2014, since 2018)",
            " 2010-2014, 12 months, again from 2018",
        ] {
            check(behind, None);
        }
        check(" (2010-2014), 25 people, 12018 x", Some(2014));
    }

    #[test]
    fn a_role_is_over_when_a_whole_calendar_year_has_passed() {
        let is_over = |behind| super::is_over(behind, jiff::civil::date(2026, 1, 1));
        assert!(is_over(" (2010-2024)"));
        assert!(!is_over(" (2010-2025)") && !is_over(" (2010-2026)") && !is_over(""));
    }
}
