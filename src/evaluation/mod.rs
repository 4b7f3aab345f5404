//! Measures a rule set on profiles whose category is known, and says which terms were wrong.

mod row;
mod report;

use jiff::civil::Date;

pub use report::{Blamed, CategoryFigures, ConfusionRow, RefusedRow, Report, WrongRow};
pub use row::LabelledProfile;
use row::{Form, Row, Rows};

use crate::profile;
use crate::reading;
use crate::ruleset::{CategoryKind, CompiledRuleSet};
use crate::scoring::{self, Answer, Inquiry, RuleSetName};
use crate::wire::{Complaint, Refusal};

/// The label of a profile that belongs to no category.
pub const NO_CATEGORY: &str = "other";

/// The most wrong and the most refused rows that a report lists; the rest is counted.
pub const MOST_LISTED: usize = 1_000;

/// Measures a rule set on labelled profiles, one a line; `each` is called after every line.
///
/// ```
/// use entregent::{evaluation::evaluate, ruleset};
/// let rules = ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap();
/// let report = evaluate(&rules, jiff::civil::date(2026, 11, 23), b"title\tlabel\nTreasurer\tbusiness\n", || {});
/// assert_eq!((report.rows, report.wrong_count), (1, 0));
/// ```
#[must_use]
pub fn evaluate(rules: &CompiledRuleSet, today: Date, lines: &[u8], mut each: impl FnMut()) -> Report {
    let mut evaluation = Evaluation::new(rules, today);
    let mut rows = Rows::new(Form::of(lines));
    for (number, line) in (1..).zip(lines.split(|byte| *byte == b'\n')) {
        if let Some(row) = rows.read(line) {
            evaluation.judge(number, row);
        }
        each();
    }
    evaluation.report()
}

/// A measurement in progress: rows come in one by one, the report comes out.
struct Evaluation<'r> {
    rules: &'r CompiledRuleSet,
    today: Date,
    /// The categories that can win, and [`NO_CATEGORY`] last.
    classes: Vec<&'r str>,
    /// How often a class was given and another, or the same, was found.
    confusion: Vec<Vec<u64>>,
    wrong: Vec<WrongRow>,
    refused: Vec<RefusedRow>,
    refused_count: u64,
}

impl<'r> Evaluation<'r> {
    /// Begins a measurement; `today` is the day of judgement for profiles that name none.
    fn new(rules: &'r CompiledRuleSet, today: Date) -> Self {
        let wins = |category: &&crate::ruleset::Category| category.kind != CategoryKind::Trait;
        let ids = rules.rules().categories.iter().filter(wins).map(|category| category.id.as_str());
        let classes: Vec<&str> = ids.chain([NO_CATEGORY]).collect();
        let confusion = vec![vec![0; classes.len()]; classes.len()];
        Self { rules, today, classes, confusion, wrong: Vec::new(), refused: Vec::new(), refused_count: 0 }
    }

    /// Judges one row; a row that cannot be read, or whose label is unknown, is counted as refused.
    fn judge(&mut self, line: u64, row: Result<Row<'_>, Refusal>) {
        if let Err(refusal) = row.and_then(|row| self.judge_row(line, &row)) {
            self.refused_count += 1;
            if self.refused.len() < MOST_LISTED {
                self.refused.push(RefusedRow::new(line, refusal));
            }
        }
    }

    fn judge_row(&mut self, line: u64, row: &Row<'_>) -> Result<(), Refusal> {
        let class = |name: &str| self.classes.iter().position(|class| *class == name);
        let label = class(&row.label).ok_or_else(|| unknown_label(row.is_head))?;
        let profile = profile::parse(&row.profile).map_err(|refusal| refusal.inside("/profile"))?;
        let name = RuleSetName { name: "", revision: 0 };
        let answer = scoring::judge(self.rules, name, &profile, &Inquiry::on(self.today));
        let found = class(answer.category.unwrap_or(NO_CATEGORY)).unwrap_or_default();
        if let Some(count) = self.confusion.get_mut(label).and_then(|counts| counts.get_mut(found)) {
            *count += 1;
        }
        if label != found && self.wrong.len() < MOST_LISTED {
            let terms = self.terms(&profile, &answer);
            self.wrong.push(WrongRow::new(line, &row.label, &answer, terms));
        }
        Ok(())
    }

    /// The terms that were read in a profile, each with the signals that quote it.
    fn terms(&self, profile: &profile::Profile<'_>, answer: &Answer<'_>) -> Vec<Blamed> {
        let as_of = profile.as_of().unwrap_or(self.today);
        let mentions = reading::read(self.rules, profile, as_of, false).mentions;
        mentions.iter().filter_map(|mention| Blamed::new(self.rules, profile, mention, answer)).collect()
    }

    /// Ends the measurement.
    fn report(self) -> Report {
        Report::new(&self.classes, &self.confusion, self.wrong, self.refused, self.refused_count)
    }
}

/// The refusal of a row whose label is no class; a first line may have been meant to name the columns.
fn unknown_label(is_head: bool) -> Refusal {
    let hint = if is_head { "; a first line that names the columns has the cells `title` and `label`" } else { "" };
    let reason = format!("names no category of the rule set that can win; `other` stands for none{hint}");
    Refusal::Invalid(vec![Complaint::new("/label", reason)])
}

#[cfg(test)]
mod tests;
