//! Counts as foreign documents write them.

/// What may stand between groups of three digits.
const GROUPING: [char; 7] = [',', '.', ' ', '\'', '’', '\u{a0}', '\u{202f}'];

/// Letters behind a number that is a multiple of as much.
const SCALES: [(char, u64); 3] = [('k', 1_000), ('K', 1_000), ('M', 1_000_000)];

/// Reads the number that a text begins with, such as `1,234`, `500+ connections`, `12.5k` or `1,2 M`; as many as can be
/// counted when there are more.
///
/// `None` where the number goes on in another way, such as `12.5` or `1st`, and where a second one follows.
pub(super) fn of_text(text: &str) -> Option<u32> {
    let (first, rest) = digits(text.trim());
    let (count, rest) = scaled(first, rest).unwrap_or_else(|| grouped(first, rest));
    let is_all = !rest.starts_with(char::is_alphabetic) && !rest.contains(char::is_numeric);
    (!first.is_empty() && is_all).then(|| u32::try_from(count).unwrap_or(u32::MAX))
}

/// Reads a number with a scale behind it, perhaps with a fraction of one or two digits: `1.234k` may mean two numbers.
fn scaled<'t>(first: &str, rest: &'t str) -> Option<(u64, &'t str)> {
    let (fraction, rest) = rest.strip_prefix(['.', ',']).map_or(("", rest), digits);
    let behind = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest);
    let (scale, rest) = SCALES.iter().find_map(|(letter, scale)| Some((*scale, behind.strip_prefix(*letter)?)))?;
    let unit = [1, 10, 100].get(fraction.len())?;
    let is_scale = !rest.starts_with(char::is_alphabetic);
    is_scale.then(|| (number(&[first, fraction].concat()).saturating_mul(scale) / unit, rest))
}

/// Reads a number of which the digits may stand in groups of three, with the same sign between all of them.
fn grouped<'t>(first: &str, mut rest: &'t str) -> (u64, &'t str) {
    let mut all = first.to_owned();
    let sign = rest.chars().next().filter(|sign| first.len() <= 3 && GROUPING.contains(sign));
    while let Some((group, behind)) = sign.and_then(|sign| rest.strip_prefix(sign)).map(digits)
        && group.len() == 3
    {
        all.push_str(group);
        rest = behind;
    }
    (number(&all), rest)
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
    fn what_goes_on_in_another_way_is_not_understood() {
        let numbers =
            ["12.5", "1 234,00", "1,234.5", "1,23,456", "1234,567", "1,2345", "1.234k", "1.2345k", "12kg", "3B"];
        let texts = ["", "many", "-5", "+", "1st", "1st · 500+ connections", "500 of 600", "k", ".5k"];
        for text in numbers.into_iter().chain(texts) {
            check(text, None);
        }
    }
}
