//! Spelling never moves a score: the golden headlines in French and English, rewritten as people also write them, are judged alike.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where its premise fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;
use std::{error, fs};

use entregent::profile;
use entregent::ruleset::{CompiledRuleSet, builtin_document, compile};
use entregent::scoring::{Explain, Inquiry, RuleSetName, judge};
use entregent::text::{Language, inflection, tokenize};
use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

static RULES: LazyLock<CompiledRuleSet> = LazyLock::new(|| compile(&builtin_document()).rule_set.unwrap());
static HEADLINES: LazyLock<Vec<String>> = LazyLock::new(|| headlines().unwrap());
static GENDERS: LazyLock<Genders> = LazyLock::new(Genders::of_the_rules);

fn headlines() -> Result<Vec<String>, Box<dyn error::Error>> {
    let mut headlines = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/headlines"))? {
        let entry = entry?;
        // Only of French do we know here how the genders are formed.
        if ["es-", "nl-"].iter().any(|other| entry.file_name().to_string_lossy().starts_with(other)) {
            continue;
        }
        let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(entry.path())?)?;
        headlines.extend(cases.iter().filter_map(|case| Some(case["headline"].as_str()?.to_owned())));
    }
    headlines.sort();
    assert!(!headlines.is_empty(), "there is nothing to rewrite");
    Ok(headlines)
}

/// What an answer decides: the category, the decision and the points of each category.
///
/// The words of a question do not count: accents tell the language that it is put in.
fn judged(headline: &str) -> Value {
    let submitted = json!({ "headline": headline }).to_string();
    let profile = profile::parse(submitted.as_bytes()).unwrap();
    let name = RuleSetName { name: "default", revision: 1 };
    let inquiry = Inquiry { explain: Explain::None, ..Inquiry::on(jiff::civil::date(2026, 11, 23)) };
    let answer = judge(&RULES, name, &profile, &inquiry);
    let answer = serde_json::to_value(&answer).unwrap();
    let scores = answer["scores"].as_array().unwrap().iter();
    let points: BTreeMap<_, _> =
        scores.map(|score| (score["category"].as_str().unwrap().to_owned(), score["points"].clone())).collect();
    let mut decision = answer["decision"].clone();
    decision.as_object_mut().unwrap().remove("question");
    json!({"category": answer["category"], "decision": decision, "points": points})
}

/// The words of the rules by gender, folded.
struct Genders {
    /// Feminine forms, by the word that a rule author writes.
    feminine: BTreeMap<String, Vec<String>>,
    /// The word that a rule author writes, by its feminine forms.
    masculine: BTreeMap<String, String>,
}

impl Genders {
    /// Words of lists that are not inflected say what they say in one form only.
    fn of_the_rules() -> Self {
        let document = serde_json::to_value(builtin_document()).unwrap();
        let (mut inflected, mut fixed) = (BTreeSet::new(), BTreeSet::new());
        for vocabulary in document["vocabularies"].as_object().unwrap().values() {
            let languages = vocabulary.get("inflect").and_then(Value::as_array);
            let words = if languages.is_some_and(Vec::is_empty) { &mut fixed } else { &mut inflected };
            for term in vocabulary["terms"].as_array().into_iter().flatten() {
                words.extend(folded(term.as_str().unwrap()));
            }
        }
        for rule in document["contexts"].as_object().unwrap().values() {
            for list in ["/precedes", "/follows", "/stops", "/beside/precedes", "/beside/follows"] {
                for trigger in rule.pointer(list).and_then(Value::as_array).into_iter().flatten() {
                    inflected.extend(folded(trigger.as_str().unwrap()));
                }
            }
        }
        let mut genders = Self { feminine: BTreeMap::new(), masculine: BTreeMap::new() };
        for word in inflected.difference(&fixed) {
            let mut forms = Vec::new();
            inflection::each_form(word, &[Language::Fr], &mut |parts| forms.push(parts.concat()));
            let singular = |form: &&String| !form.ends_with(['s', 'x']) && *form != word && !fixed.contains(*form);
            let feminine: Vec<_> = forms.iter().filter(singular).cloned().collect();
            for form in feminine.iter().filter(|form| !inflected.contains(*form)) {
                genders.masculine.insert(form.clone(), word.clone());
            }
            if !feminine.is_empty() {
                genders.feminine.insert(word.clone(), feminine);
            }
        }
        genders
    }
}

fn folded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    tokenize(text, |word, _| words.push(String::from_utf8_lossy(word.as_bytes()).into_owned()));
    words
}

/// Writes every word anew, and leaves what stands between the words.
///
/// The folded word, its source and what follows tell how.
fn each_word(headline: &str, mut rewrite: impl FnMut(&str, &str, &str) -> Option<String>) -> String {
    let mut rewritten = String::new();
    let mut copied = 0;
    tokenize(headline, |word, token| {
        let (start, end) = (token.start as usize, token.end as usize);
        rewritten.push_str(&headline[copied..start]);
        let source = &headline[start..end];
        let word = String::from_utf8_lossy(word.as_bytes());
        rewritten.push_str(&rewrite(&word, source, &headline[end..]).unwrap_or_else(|| source.to_owned()));
        copied = end;
    });
    rewritten + &headline[copied..]
}

/// Appends an inclusive ending: `directeur/rice`, `contrôleur(se)`, `chargé·e`.
fn inclusive(headline: &str, open: &str, close: &str) -> String {
    each_word(headline, |word, source, rest| {
        // What is inclusive already stays; `site/e-commerce` is no inclusive form.
        if !source.chars().all(char::is_alphabetic) || word.len() < 3 || open == "/" && rest.starts_with('-') {
            return None;
        }
        let mut endings = GENDERS.feminine.get(word)?.iter().filter_map(|feminine| {
            let shared = word.bytes().zip(feminine.bytes()).take_while(|(a, b)| a == b).count();
            Some(&feminine[shared..])
                .filter(|ending| ["e", "se", "rice", "ve", "ne", "fe", "le", "te"].contains(ending))
        });
        Some(format!("{source}{open}{}{close}", endings.next_back()?))
    })
}

/// Writes the feminine beside the masculine: `directeur/directrice`.
fn both_forms(headline: &str, slash: &str) -> String {
    each_word(headline, |word, source, rest| {
        let plain = source.chars().all(char::is_alphabetic) && !rest.starts_with('/');
        let feminine = GENDERS.feminine.get(word)?.last().filter(|_| plain && !word.ends_with('e'))?;
        Some(format!("{source}{slash}{feminine}"))
    })
}

/// A way of writing the same headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rewriting {
    Capitals,
    NoAccents,
    Decomposed,
    BoldLetters,
    WideLetters,
    Apostrophes,
    Hyphens,
    SpacedDashes,
    /// The feminine forms that our rules of formation give, one after the other: not all are of the language.
    Feminine(usize),
    Masculine,
    MiddleDot,
    Brackets,
    Slash,
    Dot,
    /// Both genders in full: `conseiller/conseillère`.
    BothForms,
    BothFormsSpaced,
    /// What says that a job is for everybody.
    Everybody,
}

const REWRITINGS: [Rewriting; 19] = [
    Rewriting::Capitals,
    Rewriting::NoAccents,
    Rewriting::Decomposed,
    Rewriting::BoldLetters,
    Rewriting::WideLetters,
    Rewriting::Apostrophes,
    Rewriting::Hyphens,
    Rewriting::SpacedDashes,
    Rewriting::Feminine(0),
    Rewriting::Feminine(1),
    Rewriting::Feminine(2),
    Rewriting::Masculine,
    Rewriting::MiddleDot,
    Rewriting::Brackets,
    Rewriting::Slash,
    Rewriting::Dot,
    Rewriting::BothForms,
    Rewriting::BothFormsSpaced,
    Rewriting::Everybody,
];

impl Rewriting {
    fn of(self, headline: &str) -> String {
        let shifted = |from: char, to: u32, c: char| char::from_u32(to + u32::from(c) - u32::from(from)).unwrap();
        match self {
            Self::Capitals => headline.to_uppercase(),
            Self::NoAccents => headline.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect(),
            Self::Decomposed => headline.nfd().collect(),
            Self::BoldLetters => headline
                .chars()
                .map(|c| match c {
                    'a'..='z' => shifted('a', 0x1D5EE, c),
                    'A'..='Z' => shifted('A', 0x1D5D4, c),
                    _ => c,
                })
                .collect(),
            Self::WideLetters => {
                headline.chars().map(|c| if c.is_ascii_alphabetic() { shifted('a', 0xFF41, c) } else { c }).collect()
            }
            Self::Apostrophes => headline.chars().map(|c| if matches!(c, '\'' | '’') { 'ʼ' } else { c }).collect(),
            Self::Hyphens => headline.replace('-', "\u{2010}"),
            Self::SpacedDashes => headline.replace(" – ", " — ").replace(" - ", " − ").replace(" | ", " • "),
            Self::Feminine(nth) => each_word(headline, |word, source, _| {
                // A final `e` is feminine already, unless it bore an accent.
                let masculine = !word.ends_with('e') || source.nfkd().last() == Some('\u{301}');
                let feminine = GENDERS.feminine.get(word).filter(|_| masculine)?;
                feminine.get(nth).or(feminine.last()).cloned()
            }),
            Self::Masculine => each_word(headline, |word, _, _| GENDERS.masculine.get(word).cloned()),
            Self::MiddleDot => inclusive(headline, "·", ""),
            Self::Brackets => inclusive(headline, "(", ")"),
            Self::Slash => inclusive(headline, "/", ""),
            Self::Dot => inclusive(headline, ".", ""),
            Self::BothForms => both_forms(headline, "/"),
            Self::BothFormsSpaced => both_forms(headline, " / "),
            Self::Everybody => headline.to_owned() + " (H/F/X)",
        }
    }
}

#[test]
fn no_way_of_writing_moves_a_score() {
    let mut faults = Vec::new();
    for rewriting in REWRITINGS {
        let mut rewritten = 0;
        for headline in &*HEADLINES {
            let other = rewriting.of(headline);
            rewritten += usize::from(other != *headline);
            let (first, second) = (judged(headline), judged(&other));
            if first != second {
                faults.push(format!("{rewriting:?}: {headline}: {first}\n    {other}: {second}"));
            }
        }
        assert!(rewritten > 0, "{rewriting:?} rewrites nothing");
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_two_ways_of_writing_together_move_a_score(
        headline in prop::sample::select(&**HEADLINES),
        first in prop::sample::select(&REWRITINGS[..]),
        second in prop::sample::select(&REWRITINGS[..]),
    ) {
        let other = second.of(&first.of(&headline));
        prop_assert_eq!(judged(&headline), judged(&other), "{} -> {}", headline, other);
    }
}
