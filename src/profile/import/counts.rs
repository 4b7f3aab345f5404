//! Counts as foreign documents write them.

use crate::text::fold::{Folded, fold, folded};

/// What may stand between groups of digits.
const GROUPING: [char; 7] = [',', '.', ' ', '\'', '’', '\u{a0}', '\u{202f}'];

/// Words behind a number that is a multiple of as much, folded; of `M`, see [`scale`].
#[rustfmt::skip]
const SCALES: [(&str, u64); 23] = [
    ("k", 1_000), ("thousand", 1_000), ("thousands", 1_000), ("tsd", 1_000), ("tausend", 1_000), ("mille", 1_000), ("mil", 1_000),
    ("mila", 1_000), ("duizend", 1_000),
    ("million", 1_000_000), ("millions", 1_000_000), ("millionen", 1_000_000), ("mio", 1_000_000), ("mln", 1_000_000),
    ("mn", 1_000_000), ("millon", 1_000_000), ("millones", 1_000_000), ("milhao", 1_000_000), ("milhoes", 1_000_000),
    ("milione", 1_000_000), ("milioni", 1_000_000), ("miljoen", 1_000_000), ("miljoenen", 1_000_000),
];

/// Words that make a number another one, which nobody has or which is not the same to everybody, folded.
#[rustfmt::skip]
const UNCLEAR: [&str; 19] = [
    "m", "mm", "b", "bn", "t", "billion", "billions", "milliard", "milliards", "milliarde", "milliarden", "mrd", "lakh",
    "lakhs", "lac", "crore", "crores", "hundred", "hundert",
];

/// Reads the number that a text begins with, such as `1,234`, `500+ connections · 1,200 followers`, `12.5k`, `1,2 M` or
/// `5 millions`; as many as can be counted when there are more.
///
/// `None` where the number goes on in another way, such as `12.5`, `1st` or `5 billion`, and where a second one follows
/// that no separator keeps apart.
pub(super) fn of_text(text: &str) -> Option<u32> {
    let (first, rest) = digits(text.split(['·', '|']).next()?.trim());
    let (count, rest) = scaled(first, rest).or_else(|| grouped(first, rest))?;
    let (next, _) = word(rest.trim_start_matches(|letter: char| !letter.is_alphanumeric()));
    let is_more = scale(next).is_some() || UNCLEAR.contains(&folded(next).as_str());
    let is_all = !is_more && !rest.starts_with(char::is_alphabetic) && !rest.contains(char::is_numeric);
    (!first.is_empty() && is_all).then(|| u32::try_from(count).unwrap_or(u32::MAX))
}

/// Reads a number with a scale behind it, perhaps with a fraction of one or two digits: `1.234k` may mean two numbers.
fn scaled<'t>(first: &str, rest: &'t str) -> Option<(u64, &'t str)> {
    let (fraction, rest) = rest.strip_prefix(['.', ',']).map_or(("", rest), digits);
    let (name, rest) = word(rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest));
    let unit = [1, 10, 100].get(fraction.len())?;
    Some((number(&[first, fraction].concat()).saturating_mul(scale(name)?) / unit, rest))
}

/// How much a word multiplies the number before it by. A small `m` may as well be a thousand.
fn scale(word: &str) -> Option<u64> {
    if word == "M" {
        return Some(1_000_000);
    }
    let word = folded(word);
    SCALES.iter().find(|(name, _)| *name == word).map(|(_, scale)| *scale)
}

/// Reads a number of which the digits may stand in groups, with the same sign between all of them: of three, or, as in
/// India, of two before the last three. Programs write `500.0` for a whole number.
fn grouped<'t>(first: &str, mut rest: &'t str) -> Option<(u64, &'t str)> {
    let sign = rest.chars().next().filter(|sign| GROUPING.contains(sign));
    let mut groups = Vec::new();
    while let Some((group, behind)) = sign.and_then(|sign| rest.strip_prefix(sign)).map(digits)
        && !group.is_empty()
    {
        groups.push(group);
        rest = behind;
    }
    let Some((last, inner)) = groups.split_last() else {
        return Some((number(first), rest));
    };
    if sign == Some('.') && inner.is_empty() && ["0", "00"].contains(last) {
        return Some((number(first), rest));
    }
    let are_of = |digits: usize| first.len() <= digits && inner.iter().all(|group| group.len() == digits);
    let is_number = last.len() == 3 && (are_of(3) || (sign == Some(',') && are_of(2)));
    is_number.then(|| (number(&[first, &groups.concat()].concat()), rest))
}

/// The word that a text begins with, and the rest.
fn word(text: &str) -> (&str, &str) {
    let is_end = |letter: char| matches!(fold(letter), Folded::Separator(_));
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

/// The digits that a text begins with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()))
}

fn number(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::of_text;

    fn check(text: &str, expected: Option<u32>) {
        assert_eq!(of_text(text), expected, "{text}");
    }

    #[test]
    fn digits_may_stand_in_groups_of_three() {
        for text in
            ["1234", "1,234", "1.234", "1 234", "1'234", "1’234", "1\u{a0}234", "1\u{202f}234", " 1,234 followers"]
        {
            check(text, Some(1_234));
        }
        check("1,234,567+", Some(1_234_567));
        check("1,23,456", Some(123_456));
        check("12,34,56,789 followers", Some(123_456_789));
        check("500+", Some(500));
        check("500 Kontakte", Some(500));
        check("0", Some(0));
        check("4294967296", Some(u32::MAX));
        check("99999999999999999999999", Some(u32::MAX));
    }

    #[test]
    fn a_letter_behind_a_number_multiplies_it() {
        check("12.5k", Some(12_500));
        check("1.2K followers", Some(1_200));
        check("1,25 k abonnés", Some(1_250));
        check("3M", Some(3_000_000));
        check("1,2\u{a0}M", Some(1_200_000));
        check("999999999999999999999k", Some(u32::MAX));
    }

    #[test]
    fn a_whole_number_may_have_a_point() {
        check("500.0", Some(500));
        check("1234.00", Some(1_234));
        check("500.0 followers", Some(500));
    }

    #[test]
    fn a_word_behind_a_number_multiplies_it() {
        for text in ["12 mil", "12 Tsd.", "12 thousand", "12 Tausend Kontakte", "12 mille relations", "12Tsd"] {
            check(text, Some(12_000));
        }
        for text in ["5 millions", "5 million", "5 Mio.", "5 millones", "5 millo\u{301}nes", "5.0 Mio. Follower", "5 M"]
        {
            check(text, Some(5_000_000));
        }
        check("1,5 million d’abonnés", Some(1_500_000));
    }

    #[test]
    fn a_number_word_is_never_passed_over() {
        let unclear = ["5 B", "5 bn", "5 billion", "5 Mrd.", "5 milliards", "5 lakh", "5 crore", "5 m", "5 hundred"];
        let twofold = ["5 thousand million", "1,200 thousand", "1.234 Mio.", "500+ mil", "5  k", "5 millions 200"];
        for text in unclear.into_iter().chain(twofold) {
            check(text, None);
        }
    }

    #[test]
    fn a_unit_is_passed_over_and_so_is_what_stands_behind_a_separator() {
        for unit in ["followers", "connections", "abonnés", "relations", "contacts", "Kontakte", "Mitglieder"] {
            check(&format!("500 {unit}"), Some(500));
        }
        check("500+ connections · 1,200 followers", Some(500));
        check("1.2K followers | 500+ connections", Some(1_200));
    }

    #[test]
    fn what_goes_on_in_another_way_is_not_understood() {
        let numbers = [
            "12.5",
            "1 234,00",
            "1,234.5",
            "1,234.0",
            "500.0.0",
            "500,0",
            "123,45,678",
            "1.23.456",
            "1,23",
            "1234,567",
            "1,2345",
            "1.234k",
            "1.2345k",
            "12kg",
            "3B",
        ];
        let texts = ["", "many", "-5", "+", "1st", "1st · 500+ connections", "500 of 600", "k", ".5k"];
        for text in numbers.into_iter().chain(texts) {
            check(text, None);
        }
    }
}
