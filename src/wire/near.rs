//! Which known name a wrong one was meant to be.

/// The most letters that may be wrong.
const MOST_SLIPS: usize = 2;

/// The known name that is nearest to this one: at most two letters differ, and fewer than half of the known name's.
pub(super) fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let slips = |known: &str| distance(name, known).filter(|slips| 2 * slips < known.chars().count());
    let near = known.filter_map(|known| slips(known).map(|slips| (slips, known)));
    near.min().map(|(_, known)| known)
}

/// The letters to leave out, add or replace, if they are few enough.
fn distance(name: &str, known: &str) -> Option<usize> {
    if name.chars().count().abs_diff(known.chars().count()) > MOST_SLIPS {
        // A name may be as long as a body: it is not held against each letter.
        return None;
    }
    let mut row: Vec<usize> = (1..=known.chars().count()).collect();
    for (before, letter) in name.chars().enumerate() {
        let (mut diagonal, mut left) = (before, before + 1);
        for (cell, wanted) in row.iter_mut().zip(known.chars()) {
            let replaced = diagonal + usize::from(letter != wanted);
            diagonal = *cell;
            *cell = replaced.min(diagonal + 1).min(left + 1);
            left = *cell;
        }
    }
    row.last().copied().filter(|&slips| slips <= MOST_SLIPS)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    fn check(name: &str, expected: Option<&str>) {
        let known = ["threshold", "started_on", "label", "id", "of", "kind", "all", "any"];
        assert_eq!(nearest(name, known.into_iter()), expected, "{name}");
    }

    #[test]
    fn two_letters_may_be_wrong_but_not_half_of_them() {
        check("treshold", Some("threshold"));
        check("theshhold", Some("threshold"));
        check("Labels", Some("label"));
        check("lable", Some("label"));
        check("startedOn", Some("started_on"));
        check("thresh", None);
        check("thrxxxold", None);
        check("ip", None);
        check("aly", Some("all"));
        check("none", None);
        check("", None);
    }
}
