//! Points that change nothing, and scores that no profile can have.

use crate::ruleset::diagnostic::Diagnostics;
use crate::ruleset::model::{Category, Comparison, Operand, RuleSet, Worth};
use crate::ruleset::{Operator, Signal};

/// The highest score.
const HIGHEST: i32 = 100;

/// Finds signals without points, groups without signals, and thresholds that are out of reach.
pub(super) fn find(rules: &RuleSet, found: &mut Diagnostics) {
    for category in &rules.categories {
        let pointer = format!("/categories/{}", category.id);
        for (index, group) in category.groups.iter().enumerate() {
            if !category.signals.iter().any(|signal| signal.group == Some(index)) {
                let message = "has no signals, so its cap takes nothing away";
                found.warning("unused-group", format!("{pointer}/groups/{}", group.id), message);
            }
        }
        for signal in category.signals.iter().filter(|signal| matches!(signal.worth, Worth::Fixed(0))) {
            let pointer = format!("{pointer}/signals/{}/points", signal.id);
            found.warning("no-points", pointer, "is 0, so the signal changes no score");
        }
        let most = most_points(category);
        if category.signals.is_empty() {
            let message = "is empty, so the category never has any points";
            found.warning("empty", format!("{pointer}/signals"), message);
        } else if most < category.threshold {
            let message = format!("is out of reach: the signals bring, within groups and caps, at most {most}");
            found.warning("out-of-reach", format!("{pointer}/threshold"), message);
        }
    }
}

/// The highest score that each category can have.
pub(super) fn most(rules: &RuleSet) -> Vec<i32> {
    rules.categories.iter().map(|category| most_points(category).min(HIGHEST)).collect()
}

/// The points of a category when all that brings points fires, and nothing that takes some away.
fn most_points(category: &Category) -> i32 {
    let most = |group: Option<usize>| {
        let signals = category.signals.iter().filter(|signal| signal.group == group);
        signals.map(most_of_signal).sum::<i32>()
    };
    let groups = category.groups.iter().enumerate().map(|(index, group)| most(Some(index)).min(group.cap));
    let points = most(None) + groups.sum::<i32>();
    category.cap.map_or(points, |cap| points.min(cap))
}

fn most_of_signal(signal: &Signal) -> i32 {
    match signal.worth {
        Worth::Fixed(points) => points.max(0),
        Worth::Each { most, .. } => most,
    }
}

/// Finds out whether the score of a category that can have so much at most compares in one way only. The least is 0:
/// whatever a signal brings, a profile may lack what it reads.
pub(super) fn find_in_comparison(pointer: &str, test: &Comparison, most: i32, found: &mut Diagnostics) {
    let is_out =
        |value: &Operand| matches!(value, Operand::Number(value) if !(0.0..=f64::from(HIGHEST)).contains(value));
    if test.with.iter().any(is_out) {
        found.warning("range", format!("{pointer}/value"), "is no score: scores are from 0 to 100");
        return;
    }
    if test.with.is_empty() {
        // A choice of nothing, which is told where it is read.
        return;
    }
    let holds = |score: i32| test.op.holds(&Operand::Number(score.into()), &test.with);
    let (code, word) = match (0..=most).filter(|&score| holds(score)).count() as i32 {
        0 => ("never-holds", "never"),
        count if count > most => ("always-holds", "always"),
        _ => return,
    };
    let place = if test.op == Operator::Exists { "op" } else { "value" };
    let message = format!("{word} holds: the score is from 0 to {most}");
    found.warning(code, format!("{pointer}/{place}"), message);
}
