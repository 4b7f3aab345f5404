//! What the first line of a profile tells everybody: it proves no reading, nor does naming what one is oneself.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::profile::{Field, Profile, ProfileText, Time};
use crate::text::{Stem, tokenize};

/// Words that share so many first letters are of one family: `trésorier`, `trésorerie`.
const FAMILY: usize = 6;

/// Tells whether a text belongs to the first line: the headline, the industry, the region, and the title, the company
/// and the place of a position that is not over.
pub(super) fn holds(profile: &Profile<'_>, text: &ProfileText<'_>, as_of: Date) -> bool {
    match text.field {
        Field::Headline | Field::Industry | Field::Location => true,
        Field::PositionTitle | Field::PositionCompany | Field::PositionIndustry | Field::PositionLocation => {
            profile.time_of(text, as_of) != Time::Past
        }
        _ => false,
    }
}

/// The words of first lines.
#[derive(Debug, Default)]
pub(super) struct FirstLine {
    stems: HashSet<Box<[u8]>>,
    /// What the stems that are long enough begin with.
    families: HashSet<[u8; FAMILY]>,
}

impl FirstLine {
    /// Takes the first lines of the owner and of the sender together; of the sender, who they are and not where.
    pub(super) fn of(owner: &Profile<'_>, sender: &Profile<'_>, as_of: Date) -> Self {
        let is_who = |text: &&ProfileText<'_>| !matches!(text.field, Field::Industry | Field::Location);
        let of_owner = owner.texts().iter().filter(|text| holds(owner, text, as_of));
        let of_sender = sender.texts().iter().filter(is_who).filter(|text| holds(sender, text, as_of));
        let mut line = Self::default();
        for text in of_owner.chain(of_sender) {
            tokenize(&text.text, |word, _| {
                let stem = Stem::of(word.as_bytes());
                line.families.extend(stem.as_bytes().first_chunk());
                line.stems.insert(stem.as_bytes().into());
            });
        }
        line
    }

    /// Tells whether a stem is one of these words, or of the family of one.
    pub(super) fn gives(&self, stem: &[u8]) -> bool {
        self.stems.contains(stem) || stem.first_chunk().is_some_and(|family| self.families.contains(family))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(owner: &'static str, sender: &'static str, given: &[&str], not_given: &[&str]) {
        let profile = |text: &'static str| crate::profile::parse(text.as_bytes()).unwrap();
        let line = FirstLine::of(&profile(owner), &profile(sender), jiff::civil::date(2026, 11, 23));
        for word in given {
            assert!(line.gives(Stem::of(word.as_bytes()).as_bytes()), "{word} is not given");
        }
        for word in not_given {
            assert!(!line.gives(Stem::of(word.as_bytes()).as_bytes()), "{word} is given");
        }
    }

    const ANNA: &str = r#"{"headline": "Trésorière groupe", "location": {"text": "Lyon"}, "industry": "Chimie",
        "about": "Voile", "positions": [
            {"title": "Trésorière", "company": "Verrane", "location": "Vienne", "started_on": "2020"},
            {"title": "Comptable", "company": "Ostrelle", "started_on": "2010", "ended_on": "2019"}]}"#;
    const NOBODY: &str = r#"{"about": "x"}"#;

    #[test]
    fn headline_region_industry_and_the_present_position_are_the_first_line() {
        let given = ["tresorier", "tresorerie", "lyon", "chimie", "verrane", "vienne"];
        check(ANNA, NOBODY, &given, &["voile", "ostrelle", "comptable"]);
    }

    #[test]
    fn of_the_sender_it_is_who_they_are() {
        check(NOBODY, ANNA, &["tresorier", "verrane"], &["lyon", "chimie", "voile", "ostrelle"]);
    }

    #[test]
    fn short_words_have_no_family() {
        check(r#"{"headline": "Cash"}"#, NOBODY, &["cash"], &["cashpilot", "cas"]);
    }
}
