//! Precision, recall and F1 per category, the confusion, and the rows that went wrong.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::NO_CATEGORY;
use crate::profile::Profile;
use crate::reading::Mention;
use crate::ruleset::{CompiledRuleSet, Context};
use crate::scoring::Answer;
use crate::wire::{Complaint, Refusal};

/// How well a rule set tells the categories of labelled profiles.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// The rows that were judged.
    pub rows: u64,
    /// The share of them whose category was found.
    #[schema(example = 0.97)]
    pub accuracy: f64,
    /// The mean F1 of the categories that occur as labels.
    pub macro_f1: f64,
    /// The figures of each category; `other` stands for none.
    pub categories: Vec<CategoryFigures>,
    /// For each label, how often each category was found.
    pub confusion: Vec<ConfusionRow>,
    /// How many rows went wrong.
    pub wrong_count: u64,
    /// Those rows, the first 1,000 of them.
    pub wrong: Vec<WrongRow>,
    /// How many rows could not be judged.
    pub refused_count: u64,
    /// Those rows, the first 1,000 of them.
    pub refused: Vec<RefusedRow>,
}

/// Precision, recall and F1 of a category.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct CategoryFigures {
    /// The category, or `other`.
    pub category: String,
    /// The share of the rows that were found to be of it that are; 0 when there is none.
    pub precision: f64,
    /// The share of the rows labelled so that were found; 0 when there is none.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// The rows labelled so.
    pub support: u64,
}

/// What the rows of one label were found to be.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct ConfusionRow {
    /// The label.
    pub label: String,
    /// The rows labelled so.
    pub support: u64,
    /// How often each category was found; those never found are left out.
    pub found: BTreeMap<String, u64>,
}

/// A row whose category was not found.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrongRow {
    /// The number of the line, from 1.
    pub line: u64,
    /// The label.
    pub label: String,
    /// What was found.
    pub found: String,
    /// The points of each category that has any.
    pub points: BTreeMap<String, i32>,
    /// The terms that were read: of a headline or a title all, of other texts those that a rule asks for there, each with
    /// the signals that quote it. One that no signal quotes was a decoy, or was meant in a context that none asks for.
    pub terms: Vec<Blamed>,
}

/// A term that was read in a row that went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct Blamed {
    /// JSON Pointer of the text in the profile.
    pub field: String,
    /// What stands there.
    pub text: String,
    /// The term; `head + domain` for a composition.
    pub term: String,
    /// The vocabulary.
    pub vocabulary: String,
    /// How it was meant.
    pub context: Context,
    /// The signals that quote it, as `category/signal`, with their points.
    pub signals: BTreeMap<String, i32>,
}

/// A row that could not be judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedRow {
    /// The number of the line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub errors: Vec<Complaint>,
}

impl Report {
    pub(super) fn new(
        classes: &[&str],
        confusion: &[Vec<u64>],
        wrong: Vec<WrongRow>,
        refused: Vec<RefusedRow>,
        refused_count: u64,
    ) -> Self {
        let rows: u64 = confusion.iter().flatten().sum();
        let hits: u64 = confusion.iter().enumerate().filter_map(|(class, counts)| counts.get(class)).sum();
        let categories: Vec<_> =
            classes.iter().enumerate().map(|(class, name)| CategoryFigures::new(name, class, confusion)).collect();
        let occurring: Vec<f64> = categories.iter().filter(|it| it.support > 0).map(|it| it.f1).collect();
        Self {
            rows,
            accuracy: ratio(hits as f64, rows as f64),
            macro_f1: ratio(occurring.iter().sum(), occurring.len() as f64),
            categories,
            confusion: classes
                .iter()
                .zip(confusion)
                .map(|(label, found)| confusion_row(label, classes, found))
                .collect(),
            wrong_count: rows - hits,
            wrong,
            refused_count,
            refused,
        }
    }
}

fn confusion_row(label: &str, classes: &[&str], found: &[u64]) -> ConfusionRow {
    let counted = classes.iter().zip(found).filter(|&(_, &count)| count > 0);
    ConfusionRow {
        label: label.to_owned(),
        support: found.iter().sum(),
        found: counted.map(|(name, &count)| ((*name).to_owned(), count)).collect(),
    }
}

impl CategoryFigures {
    fn new(name: &str, class: usize, confusion: &[Vec<u64>]) -> Self {
        let given = confusion.get(class);
        let hits = given.and_then(|counts| counts.get(class)).copied().unwrap_or(0) as f64;
        let support: u64 = given.map_or(0, |counts| counts.iter().sum());
        let found: u64 = confusion.iter().filter_map(|counts| counts.get(class)).sum();
        let (precision, recall) = (ratio(hits, found as f64), ratio(hits, support as f64));
        let f1 = ratio(2.0 * precision * recall, precision + recall);
        Self { category: name.to_owned(), precision, recall, f1, support }
    }
}

/// A share; none of nothing is nothing.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

impl WrongRow {
    pub(super) fn new(line: u64, label: &str, answer: &Answer<'_>, terms: Vec<Blamed>) -> Self {
        let pointed = answer.scores.iter().filter(|score| score.points != 0);
        Self {
            line,
            label: label.to_owned(),
            found: answer.category.unwrap_or(NO_CATEGORY).to_owned(),
            points: pointed.map(|score| (score.category.to_owned(), score.points)).collect(),
            terms,
        }
    }
}

impl Blamed {
    pub(super) fn new(
        rules: &CompiledRuleSet,
        profile: &Profile<'_>,
        mention: &Mention,
        answer: &Answer<'_>,
    ) -> Option<Self> {
        let text = profile.texts().get(mention.text as usize)?;
        let field = text.pointer();
        let (place, quoted) = text.quote(mention.start..mention.end)?;
        let vocabulary = rules.vocabulary_name(mention.vocabulary);
        let mut signals = BTreeMap::new();
        for score in &answer.scores {
            for part in score.contributions.iter().flatten() {
                let rests_on_it = part.evidence.iter().any(|evidence| {
                    evidence.field == field
                        && (evidence.start, evidence.end) == (place.start, place.end)
                        && evidence.vocabulary == vocabulary
                });
                if let Some(signal) = part.signal.filter(|_| rests_on_it) {
                    signals.insert(format!("{}/{signal}", score.category), part.points);
                }
            }
        }
        Some(Self {
            field: field.to_string(),
            text: quoted.to_owned(),
            term: mention.term.text(mention.vocabulary, rules).into_owned(),
            vocabulary: vocabulary.to_owned(),
            context: mention.context,
            signals,
        })
    }
}

impl RefusedRow {
    pub(super) fn new(line: u64, refusal: Refusal) -> Self {
        let errors = match refusal {
            Refusal::Syntax { column, reason, .. } => {
                vec![Complaint::new("", format!("cannot be read from column {column} on: {reason}"))]
            }
            Refusal::Invalid(complaints) => complaints,
        };
        Self { line, errors }
    }
}
