//! How the person uses the network, as far as signs in their texts tell it: hashtags and links.

use std::ops::Range;

use super::{Derived, FactValue, Place, Sources};
use crate::profile::{Field, FieldSet};

/// The most places that a fact is grounded on.
const MOST_GROUNDS: usize = 5;
/// What a link begins with.
const LINKS: [&str; 4] = ["http://", "https://", "www.", "lnkd.in/"];

/// Hashtags in recent posts for each of them; unknown without a post.
pub(super) fn hashtags_per_post(sources: &Sources<'_, '_>) -> Option<Derived> {
    let found = Found::read(sources, Field::RecentPosts.bit(), hashtags_in)?;
    let tenths = (found.signs * 10).checked_div(found.texts)?;
    Some(found.grounded(FactValue::Number(tenths as f64 / 10.0)))
}

/// Recent posts that hold a link.
pub(super) fn posts_with_links(sources: &Sources<'_, '_>) -> Option<Derived> {
    Found::read(sources, Field::RecentPosts.bit(), |text| links_in(text).take(1)).map(Found::counted)
}

/// Hashtags in the headline and in what the person writes of themselves.
pub(super) fn hashtags(sources: &Sources<'_, '_>) -> Option<Derived> {
    Found::read(sources, Field::Headline.bit().with(Field::About.bit()), hashtags_in).map(Found::counted)
}

/// Signs in the texts of some fields.
struct Found {
    texts: usize,
    signs: usize,
    grounds: Vec<Place>,
}

impl Found {
    /// Reads all texts of the fields; `None` when none of the fields is known.
    fn read<'t, I>(sources: &Sources<'t, '_>, fields: FieldSet, signs: impl Fn(&'t str) -> I) -> Option<Self>
    where
        I: Iterator<Item = Range<usize>>,
    {
        if !fields.iter().any(|field| sources.profile.present().has(field)) {
            return None;
        }
        let mut found = Self { texts: 0, signs: 0, grounds: Vec::new() };
        for (index, text) in (0..).zip(sources.profile.texts()).filter(|(_, text)| fields.has(text.field)) {
            found.texts += 1;
            for sign in signs(&text.text) {
                found.signs += 1;
                if found.grounds.len() < MOST_GROUNDS {
                    let (start, end) = (sign.start as u32, sign.end as u32);
                    found.grounds.push(Place { owner: false, text: index, start, end });
                }
            }
        }
        Some(found)
    }

    fn counted(self) -> Derived {
        let count = FactValue::Integer(self.signs as u64);
        self.grounded(count)
    }

    fn grounded(self, value: FactValue) -> Derived {
        Derived { value, grounds: self.grounds }
    }
}

/// The hashtags of a text: `#` at the beginning of a word, and letters, digits or `_` with a letter among them.
fn hashtags_in(text: &str) -> impl Iterator<Item = Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices('#').filter_map(move |(start, _)| {
        let (before, after) = (text.get(..start)?, text.get(start + 1..)?);
        let length = after.find(|c| !belongs(c)).unwrap_or(after.len());
        let is_tag = !before.ends_with(belongs) && after.get(..length)?.contains(char::is_alphabetic);
        is_tag.then_some(start..start + 1 + length)
    })
}

/// The links of a text, up to the next white space.
fn links_in(text: &str) -> impl Iterator<Item = Range<usize>> {
    let words = text.split_whitespace();
    words.filter_map(|word| {
        let inside = LINKS.iter().filter_map(|link| find(word, link)).min()?;
        let start = word.as_ptr() as usize - text.as_ptr() as usize + inside;
        Some(start..start + word.len() - inside)
    })
}

/// Where a link begins in a word, in letters of whichever case.
fn find(word: &str, link: &str) -> Option<usize> {
    let starts = |start: &usize| word.get(*start..*start + link.len()).is_some_and(|it| it.eq_ignore_ascii_case(link));
    (0..word.len()).find(starts)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::profile;

    type Derive = fn(&Sources<'_, '_>) -> Option<Derived>;

    /// The value of a fact, and the words that it was read from.
    fn read(derive: Derive, document: &Value) -> Option<(FactValue, Vec<String>)> {
        let bytes = document.to_string();
        let profile = profile::parse(bytes.as_bytes()).unwrap();
        let as_of = jiff::civil::date(2026, 11, 23);
        let derived = derive(&Sources { profile: &profile, mentions: &[], owner: None, as_of })?;
        let quote = |place: &Place| {
            profile.texts()[place.text as usize].text[place.start as usize..place.end as usize].to_owned()
        };
        Some((derived.value, derived.grounds.iter().map(quote).collect()))
    }

    fn check(derive: Derive, document: Value, value: FactValue, quoted: &[&str]) {
        let (found, quotes) = read(derive, &document).unwrap();
        assert_eq!(
            (found, quotes.iter().map(String::as_str).collect::<Vec<_>>()),
            (value, quoted.to_vec()),
            "{document}"
        );
    }

    #[test]
    fn hashtags_are_counted_by_post_to_a_tenth() {
        let posts = |posts: Value| json!({"headline": "x", "activity": {"recent_posts": posts}});
        let check = |list: Value, value: f64, quoted: &[&str]| {
            check(hashtags_per_post, posts(list), FactValue::Number(value), quoted);
        };
        check(json!(["é #IA, #b_2 et #été2026!", "rien", "#x"]), 1.3, &["#IA", "#b_2", "#été2026", "#x"]);
        check(json!(["C# and F#", "#1 of 2 ## a#b", "# x"]), 0.0, &[]);
        check(json!(["#a #b #c #d #e #f"]), 6.0, &["#a", "#b", "#c", "#d", "#e"]);
        assert_eq!(read(hashtags_per_post, &posts(json!([]))), None);
        assert_eq!(read(hashtags_per_post, &json!({"headline": "#x"})), None);
    }

    #[test]
    fn posts_with_a_link_are_counted_once_each() {
        let check = |list: Value, value: u64, quoted: &[&str]| {
            let document = json!({"headline": "x", "activity": {"recent_posts": list}});
            check(posts_with_links, document, FactValue::Integer(value), quoted);
        };
        check(
            json!(["Là (HTTPS://example.com/a?b) et http://b.example", "lnkd.in/xyz", "www", "à www.example.org"]),
            3,
            &["HTTPS://example.com/a?b)", "lnkd.in/xyz", "www.example.org"],
        );
        check(json!([]), 0, &[]);
    }

    #[test]
    fn hashtags_of_the_headline_and_the_summary_are_counted_together() {
        let document = json!({"headline": "CEO #growth", "about": "#a #b", "activity": {"recent_posts": ["#c"]}});
        check(hashtags, document, FactValue::Integer(3), &["#growth", "#a", "#b"]);
        assert_eq!(read(hashtags, &json!({"skills": ["#x"]})), None);
    }
}
