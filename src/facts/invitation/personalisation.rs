//! How much of a note refers to what is specific to the owner.
//!
//! Words of the note are looked up in the owner's document by their stems. Those count that no first line gives, neither
//! the owner's nor the sender's, that are no common words, and that stand in no empty phrase. Every word and every pair
//! of neighbours counts once, at the one place of the owner's document where it proves most, and no sentence or entry of
//! that document counts for more than [`Holds::most`], nor all its skills for more than [`weight::all`] says. Beside that
//! every word of a stretch that stands word for word in both counts once, wherever it stands, common words included, and
//! those of a title that the owner has in quotation marks come to one clear specific. So
//! what is added to a note never lowers its score, and what is repeated never raises it.

mod verbatim;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use jiff::civil::Date;

use super::first_line::{self, FirstLine};
use super::weight::{self, Holds, PAIR, SKILL, Word};
use crate::profile::{IndexedWord, Owner, Profile, StemId, WordIndex};
use crate::text::{self, Stem, Token, tokenize};

/// How far apart neighbours may stand, in words: "gestion du risque" and "gestion d'un risque" are one run.
const NEAR: usize = 3;

/// The shortest stem that refers to anything, in bytes.
const SHORTEST: usize = 3;

/// The places of a word at which neighbours are looked for.
const MOST_PLACES: usize = 16;

/// What a note is held against.
pub(super) struct Question<'q> {
    pub(super) note: &'q str,
    /// Byte ranges of phrases of the note that refer to nothing, in order.
    pub(super) empty: &'q [Range<u32>],
    pub(super) sender: &'q Profile<'q>,
    pub(super) owner: &'q Owner,
    pub(super) as_of: Date,
    /// The stems of common words.
    pub(super) common: &'q HashSet<Box<[u8]>>,
    /// Whether a word is in any phrase of the rule set.
    pub(super) is_of_trade: &'q dyn Fn(&text::Word) -> bool,
}

/// A stretch of a text, from a word to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: Token,
    pub(super) last: Token,
}

/// A run of words of the note, and where the owner's document has it.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) note: Stretch,
    /// The index of the owner's text.
    pub(super) text: u32,
    pub(super) owner: Stretch,
}

/// What a note refers to, and the score of that.
#[derive(Debug)]
pub(super) struct Personalisation {
    pub(super) score: u64,
    /// In the order of the note, each with something that none before it has.
    pub(super) runs: Vec<Run>,
}

/// Measures how much of a note refers to the owner.
pub(super) fn personalisation(question: &Question<'_>) -> Personalisation {
    let words = question.words();
    if !words.iter().any(|word| word.referring().is_some()) {
        return Personalisation { score: 0, runs: Vec::new() };
    }
    Comparison::new(question).of(&words)
}

/// A word of the note.
#[derive(Clone, Copy)]
struct NoteWord {
    /// Its stem, if it stands in the owner's document and in no empty phrase.
    stem: Option<StemId>,
    token: Token,
    segment: usize,
    /// Whether it may refer to the owner by itself.
    may_refer: bool,
    /// Of such a word, whether it is one of a trade.
    is_of_trade: bool,
}

impl NoteWord {
    /// The stem of a word that may refer to the owner by itself.
    fn referring(&self) -> Option<StemId> {
        self.stem.filter(|_| self.may_refer)
    }
}

impl Question<'_> {
    fn words(&self) -> Vec<NoteWord> {
        let mut words = Vec::new();
        let mut empty = self.empty.iter().peekable();
        let mut segment = 0;
        tokenize(self.note, |word, token| {
            segment += usize::from(token.gap.ends_segment());
            while empty.next_if(|range| range.end <= token.start).is_some() {}
            let is_empty = empty.peek().is_some_and(|range| range.start <= token.start);
            let stem = Stem::of(word.as_bytes());
            let known = self.owner.words().find(&stem).filter(|_| !is_empty);
            let may_refer = known.is_some() && self.may_refer(stem.as_bytes());
            let is_of_trade = may_refer && (self.is_of_trade)(word);
            words.push(NoteWord { stem: known, token, segment, may_refer, is_of_trade });
        });
        words
    }

    fn may_refer(&self, stem: &[u8]) -> bool {
        stem.len() >= SHORTEST && !self.common.contains(stem)
    }
}

/// Where a word of the owner's document proves most, and how much.
#[derive(Clone, Copy)]
struct Home {
    place: IndexedWord,
    weight: u32,
}

/// A note beside the document of the owner.
struct Comparison<'q> {
    question: &'q Question<'q>,
    index: &'q WordIndex,
    given: FirstLine,
    /// What each text of the owner holds.
    holds: Vec<Holds>,
    /// How many words of each text may refer to it, counted when first asked for.
    content: Vec<OnceCell<u32>>,
    homes: HashMap<StemId, Option<Home>>,
    /// Words, each twice, and pairs.
    counted: HashSet<(StemId, StemId)>,
    /// What each word weighs for standing in a stretch word for word.
    quoted: HashMap<StemId, u32>,
    /// By segment of the owner's document: what it holds, and the weight of what is named of it.
    weights: HashMap<u32, (Holds, u32)>,
}

impl<'q> Comparison<'q> {
    fn new(question: &'q Question<'q>) -> Self {
        let profile = &question.owner.profile;
        let given = FirstLine::of(profile, question.sender, question.as_of);
        let holds = profile.texts().iter().map(|text| match first_line::holds(profile, text, question.as_of) {
            true => Holds::Nothing,
            false => Holds::of(text.field),
        });
        Self {
            question,
            index: question.owner.words(),
            given,
            holds: holds.collect(),
            content: vec![OnceCell::new(); profile.texts().len()],
            homes: HashMap::new(),
            counted: HashSet::new(),
            quoted: HashMap::new(),
            weights: HashMap::new(),
        }
    }

    fn of(mut self, words: &[NoteWord]) -> Personalisation {
        let mut runs = Vec::new();
        let mut stretches = Vec::new();
        let mut before: Option<(usize, StemId, NoteWord)> = None;
        for (at, word) in words.iter().enumerate() {
            let Some(stem) = word.referring() else { continue };
            let Some(home) = self.home(stem, word.is_of_trade) else { continue };
            let near =
                |&(earlier, _, last): &(usize, StemId, NoteWord)| last.segment == word.segment && earlier + NEAR >= at;
            let pair = before.filter(near).and_then(|(_, last, first)| Some((last, first, self.pair(last, stem)?)));
            before = Some((at, stem, *word));
            let is_new = self.count((stem, stem), &home.place, home.weight);
            match pair {
                Some((last, first, (from, to))) if self.count((last, stem), from, PAIR) || is_new => {
                    join(&mut runs, (first.token, word.token), (from, to));
                }
                _ if is_new => runs.push(run((word.token, word.token), (&home.place, &home.place))),
                _ => {}
            }
            stretches.extend(self.quote(words, at, stem, word.is_of_trade));
        }
        stretches.into_iter().for_each(|stretch| verbatim::insert(&mut runs, stretch));
        let weight = weight::all(self.weights.into_values()) + weight::all_quoted(self.quoted.into_values());
        Personalisation { score: weight::score(weight), runs }
    }

    /// Adds to what is named of a segment, unless it was added before.
    fn count(&mut self, what: (StemId, StemId), place: &IndexedWord, weight: u32) -> bool {
        let is_new = self.counted.insert(what);
        if is_new {
            let holds = self.holds(place);
            self.weights.entry(place.segment).or_insert((holds, 0)).1 += weight;
        }
        is_new
    }

    /// Counts the words of all stretches around a word that stand word for word in the owner's document; gives the longest,
    /// if it adds something.
    fn quote(&mut self, words: &[NoteWord], at: usize, stem: StemId, is_of_trade: bool) -> Option<Run> {
        let places = self.specific(stem).take(MOST_PLACES);
        let texts = self.question.owner.profile.texts();
        let stretches = places.filter_map(|(at_owner, place)| {
            let text = &texts.get(place.text as usize)?.text;
            verbatim::around(words, at, self.index.words(), at_owner, text)
        });
        let stretches: Vec<_> = stretches.collect();
        let mut is_new = false;
        for stretch in &stretches {
            let weight = weight::quoted(is_of_trade, stretch.title);
            for stem in words.get(stretch.note.clone()).into_iter().flatten().filter_map(|word| word.stem) {
                let before = self.quoted.entry(stem).or_insert(0);
                is_new |= *before < weight;
                *before = weight.max(*before);
            }
        }
        // The first of equal ones.
        let longest = stretches.iter().min_by_key(|stretch| std::cmp::Reverse(stretch.note.len()))?;
        longest.run(words, self.index.words()).filter(|_| is_new)
    }

    fn holds(&self, place: &IndexedWord) -> Holds {
        self.holds.get(place.text as usize).copied().unwrap_or(Holds::Nothing)
    }

    fn home(&mut self, stem: StemId, is_of_trade: bool) -> Option<Home> {
        if let Some(&home) = self.homes.get(&stem) {
            return home;
        }
        let home = self.find_home(stem, is_of_trade);
        self.homes.insert(stem, home);
        home
    }

    fn find_home(&self, stem: StemId, is_of_trade: bool) -> Option<Home> {
        let letters = self.index.letters(stem);
        if self.given.gives(letters) {
            return None;
        }
        let places: Vec<_> = self.specific(stem).collect();
        // Who searches for a skill sees it without reading where else it stands.
        let is_skill = places.iter().any(|(_, place)| self.holds(place) == Holds::Skills);
        let most = if is_skill { SKILL } else { u32::MAX };
        let weigh = |&(at, place): &(usize, &IndexedWord)| {
            let holds = self.holds(place);
            let of = if holds.is_name() { self.content_words(at, place.text) } else { 1 };
            let shape = place.shape;
            let word = Word { shape, is_of_trade, of, letters: letters.len(), places: places.len() };
            Home { place: *place, weight: holds.word(&word).min(most) }
        };
        // The first of equal ones.
        let heaviest = places.iter().rev().map(weigh).max_by_key(|home| home.weight);
        heaviest.filter(|home| home.weight > 0)
    }

    /// The places of a word, with their indexes, where the document says more than its first line.
    fn specific(&self, stem: StemId) -> impl Iterator<Item = (usize, &'q IndexedWord)> {
        let place = |&at: &u32| Some((at as usize, self.index.words().get(at as usize)?));
        self.index.places(stem).iter().filter_map(place).filter(|(_, place)| self.holds(place) != Holds::Nothing)
    }

    /// How many words of the name that the word at `at` is part of may refer to it.
    fn content_words(&self, at: usize, text: u32) -> u32 {
        let count = || self.count_content_words(at, text);
        self.content.get(text as usize).map_or(1, |content| *content.get_or_init(count))
    }

    fn count_content_words(&self, at: usize, text: u32) -> u32 {
        let (before, from) = self.index.words().split_at_checked(at).unwrap_or_default();
        let words = before.iter().rev().take_while(|word| word.text == text);
        let words = words.chain(from.iter().take_while(|word| word.text == text));
        let letters = words.map(|word| self.index.letters(word.stem));
        letters.filter(|letters| self.question.may_refer(letters) && !self.given.gives(letters)).count() as u32
    }

    /// The first place where one word is near before another, in one segment.
    fn pair(&self, one: StemId, other: StemId) -> Option<(&'q IndexedWord, &'q IndexedWord)> {
        self.specific(one).take(MOST_PLACES).find_map(|(at, from)| {
            let near = self.index.words().get(at + 1..)?.iter().take(NEAR);
            let to = near.filter(|to| to.segment == from.segment).find(|to| to.stem == other)?;
            Some((from, to))
        })
    }
}

fn run(note: (Token, Token), owner: (&IndexedWord, &IndexedWord)) -> Run {
    let (from, to) = owner;
    Run {
        note: Stretch { first: note.0, last: note.1 },
        text: from.text,
        owner: Stretch { first: from.token, last: to.token },
    }
}

/// Lets a pair continue the last run, or take the place of its first word alone; otherwise it is a run of its own.
fn join(runs: &mut Vec<Run>, note: (Token, Token), owner: (&IndexedWord, &IndexedWord)) {
    let (from, to) = owner;
    match runs.last_mut().filter(|run| run.note.last == note.0) {
        Some(last) if last.text == from.text && last.owner.last == from.token => {
            last.note.last = note.1;
            last.owner.last = to.token;
        }
        Some(last) if last.note.first == last.note.last => *last = run(note, owner),
        _ => runs.push(run(note, owner)),
    }
}

#[cfg(test)]
mod tests;
