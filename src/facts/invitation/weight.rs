//! How much it proves to name something of a profile, and what all that comes to.

use crate::profile::{Field, Shape};

/// What naming one clear specific weighs: a project, a tool or an employer by its name.
pub(super) const NAME: u32 = 90;

/// What naming a skill weighs, which many have.
pub(super) const SKILL: u32 = 35;

/// An acronym, or a name that many trades know: a programming language, a body of rules.
const ACRONYM: u32 = 25;

/// Two words of a run that follow one another in both texts.
pub(super) const PAIR: u32 = 30;

/// The most that all words weigh that are quoted word for word: as one clear specific.
const ALL_QUOTED: u32 = NAME;

/// A word that stands at so many places is the theme of a profile, and proves half as much.
const OFTEN: usize = 4;

/// The most that all skills together weigh, whichever a note lists: searches filter by them, and templates fill them in.
const ALL_SKILLS: u32 = 2 * SKILL;

/// More weight than this changes no score.
const MOST: u32 = 100_000;

/// Letters from which a word of plain prose is too long to be shared by chance as easily.
const LONG: usize = 7;

/// What a field holds, to somebody who shows what they have read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The name of something: an employer, a school.
    Names,
    /// The name of an exam that many have passed.
    Certificates,
    /// Sentences.
    Prose,
    /// Sentences written to be read by others.
    Posts,
    /// A word of the trade.
    Skills,
    /// What the first line of a profile tells, or nothing that anyone would refer to.
    Nothing,
}

impl Holds {
    /// What a field holds, unless it belongs to the first line of its profile.
    pub(super) fn of(field: Field) -> Self {
        match field {
            Field::PositionCompany | Field::EducationSchool => Self::Names,
            Field::Certifications => Self::Certificates,
            Field::About | Field::PositionDescription => Self::Prose,
            Field::RecentPosts => Self::Posts,
            Field::Skills | Field::PositionTitle | Field::EducationDegree | Field::EducationField => Self::Skills,
            Field::Headline
            | Field::Industry
            | Field::Location
            | Field::PositionIndustry
            | Field::PositionLocation
            | Field::Languages
            | Field::InvitationNote => Self::Nothing,
        }
    }

    /// Whether a text of it is one name.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Names | Self::Certificates)
    }

    /// The most that one of its segments weighs, however much of it a note repeats.
    pub(super) fn most(self) -> u32 {
        match self {
            Self::Names => 100,
            Self::Prose | Self::Posts => 110,
            Self::Certificates => 70,
            Self::Skills => 45,
            Self::Nothing => 0,
        }
    }

    /// What a word weighs that is not on the first line.
    pub(super) fn word(self, word: &Word) -> u32 {
        let of_prose = |of_trade, short, long| match word.shape {
            Shape::Name if word.is_of_trade => ACRONYM,
            _ if word.is_of_trade => of_trade,
            Shape::Name => NAME,
            Shape::Acronym => ACRONYM,
            _ if word.letters >= LONG => long,
            _ => short,
        };
        let weight = match self {
            Self::Nothing => 0,
            _ if word.shape == Shape::Number => 0,
            // A part of a name proves a part.
            Self::Names => NAME / word.of.max(1),
            Self::Certificates => 60 / word.of.max(1),
            Self::Skills => SKILL,
            Self::Prose => of_prose(10, 20, 40),
            Self::Posts => of_prose(20, 30, 45),
        };
        if word.places >= OFTEN { weight / 2 } else { weight }
    }
}

/// What a word of a stretch weighs that stands word for word in both texts: with words of a trade alone, half as much, for
/// many who sell to it describe it in the same words. Of a title of so many words, each weighs its part of the name that
/// the title is.
pub(super) fn quoted(is_of_trade: bool, title: Option<usize>) -> u32 {
    let word = if is_of_trade { 5 } else { 10 };
    title.map_or(0, |words| NAME.div_ceil(words as u32)).max(word)
}

/// Adds up what the words weigh that are quoted word for word.
pub(super) fn all_quoted(words: impl Iterator<Item = u32>) -> u32 {
    words.sum::<u32>().min(ALL_QUOTED)
}

/// Adds up what is named of each segment: none counts for more than its most, nor do all skills together.
pub(super) fn all(segments: impl Iterator<Item = (Holds, u32)>) -> u32 {
    let (mut skills, mut others) = (0, 0);
    for (holds, weight) in segments {
        let sum = if holds == Holds::Skills { &mut skills } else { &mut others };
        *sum += weight.min(holds.most());
    }
    others + skills.min(ALL_SKILLS)
}

/// What tells how rare a word is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// How the owner writes it.
    pub(super) shape: Shape,
    /// Whether it is a word of any phrase of the rule set, as those of trades are.
    pub(super) is_of_trade: bool,
    /// How many words of the name that it is part of may refer to it.
    pub(super) of: u32,
    /// The letters of its stem.
    pub(super) letters: usize,
    /// At how many places of the owner's document it stands.
    pub(super) places: usize,
}

/// From the weight of all that a note refers to, to 0…100.
///
/// `100 · w² / (w² + 90²)`: nothing comes to 0, one clear specific to 50, two to 80, three to 90, and a skill that many
/// have to 13. It rises with the weight, and never reaches 100.
pub(super) fn score(weight: u32) -> u64 {
    let square = |weight: u32| u64::from(weight).pow(2);
    let weight = weight.min(MOST);
    100 * square(weight) / (square(weight) + square(NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_follows_its_documented_marks() {
        let skill = Holds::Skills.word(&WORD);
        assert_eq!([0, skill, NAME, 2 * NAME, 3 * NAME].map(score), [0, 13, 50, 80, 90]);
        assert_eq!(score(u32::MAX), 99);
    }

    const WORD: Word = Word { shape: Shape::Plain, is_of_trade: false, of: 1, letters: 6, places: 1 };

    #[test]
    fn rare_words_weigh_more_than_words_of_a_trade() {
        let weight = |shape, letters, is_of_trade| Holds::Prose.word(&Word { shape, letters, is_of_trade, ..WORD });
        assert_eq!(weight(Shape::Plain, 6, true), 10);
        assert_eq!(weight(Shape::Plain, 6, false), 20);
        assert_eq!(weight(Shape::Plain, 7, false), 40);
        assert_eq!(weight(Shape::Name, 7, true), 25);
    }

    #[test]
    fn what_is_named_often_proves_half() {
        assert_eq!(Holds::Prose.word(&Word { shape: Shape::Name, places: 3, ..WORD }), 90);
        assert_eq!(Holds::Prose.word(&Word { shape: Shape::Name, places: 4, ..WORD }), 45);
    }

    #[test]
    fn a_list_of_skills_proves_no_more_than_two() {
        let skills = |count| all(std::iter::repeat_n((Holds::Skills, SKILL), count));
        assert_eq!([skills(1), skills(2), skills(9)], [SKILL, 2 * SKILL, 2 * SKILL]);
        assert!(score(skills(9)) < 40);
        assert_eq!(all([(Holds::Prose, 500), (Holds::Names, NAME)].into_iter()), 110 + NAME);
    }

    #[test]
    fn numbers_and_the_first_line_prove_nothing() {
        assert_eq!(Holds::Prose.word(&Word { shape: Shape::Number, ..WORD }), 0);
        assert_eq!(Holds::of(Field::Headline).word(&Word { shape: Shape::Name, ..WORD }), 0);
    }

    #[test]
    fn a_part_of_a_name_proves_a_part() {
        assert_eq!(Holds::Names.word(&Word { of: 3, ..WORD }), 30);
    }
}
