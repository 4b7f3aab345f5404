//! The smallest sets of signals that, had they come out otherwise, would have made another outcome.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use super::ballot::{Ballot, Unsettled, truths};
use super::completion::Completion;
use super::plateaus::Landscape;
use super::trial::Trial;
use crate::fact_catalog::Fact;
use crate::profile::Part;
use crate::ruleset::{CategoryId, Condition, PolicyRule, Signal, Worth};
use crate::scoring::condition::{Finding, Truth};
use crate::scoring::scorecard::Scorecard;

/// The most signals of a set.
const LARGEST: usize = 3;
/// The most sets that are given.
const MOST_GIVEN: usize = 3;
/// The most sets that are tried.
const MOST_TRIED: u32 = 1_000;

/// A signal that comes out otherwise.
#[derive(Clone, Copy)]
pub(super) struct Turn<'s, 'r> {
    pub(super) category: CategoryId,
    pub(super) signal: &'r Signal,
    /// Why it does not fire; `None` when it does, and would not.
    pub(super) silent: Option<&'s Finding<'r>>,
    /// Whether something that is absent from the profile could make it fire.
    pub(super) is_missing: bool,
    /// The points that it brings, or would bring.
    pub(super) points: i32,
}

impl Turn<'_, '_> {
    fn change(&self) -> i32 {
        if self.silent.is_some() { self.points } else { -self.points }
    }
}

/// A set of signals that, come out otherwise, would make this rule decide.
pub(super) struct Flip<'s, 'r> {
    pub(super) rule: &'r PolicyRule,
    pub(super) turns: Vec<Turn<'s, 'r>>,
}

/// What a search found.
pub(super) struct Found<'s, 'r> {
    /// Sets of one size, by the points that they move, then by categories and signals; one of each outcome that some make.
    pub(super) flips: Vec<Flip<'s, 'r>>,
    /// The sets that were tried; those that move the same points in the same places count as one.
    pub(super) tried: u32,
    /// Whether all sets up to the size of those found, or to the largest, were tried.
    pub(super) complete: bool,
}

/// Tries every set of one signal, then of two, then of three, until some flip the outcome or too many were tried.
pub(super) fn find<'s, 'r>(
    scorecard: &'s Scorecard<'r>,
    completion: &Completion<'_, '_, '_>,
    ballot: &Ballot<'_, 'r>,
    trial: &mut Trial<'r>,
    landscape: &mut Landscape<'r>,
) -> Found<'s, 'r> {
    let turns = turns(scorecard, completion, ballot);
    let placed = placed(&turns);
    let classes = classes(&placed);
    let now = trial.decide(ballot, None);
    let idle = (0..trial.points.len()).map(|category| trial.idle(category)).collect();
    let flipping = Vec::new();
    let mut tries = Tries { ballot, trial, now, idle, classes: &classes, flipping, tried: 0, complete: true };
    let mut flips = Vec::new();
    for size in 1..=LARGEST {
        if !flips.is_empty() || !tries.complete || !ballot.is_open {
            break;
        }
        tries.extend(size, &mut Vec::with_capacity(size), landscape);
        flips = least(&turns, &classes, std::mem::take(&mut tries.flipping));
    }
    Found { flips, tried: tries.tried, complete: tries.complete }
}

/// All signals that can come out otherwise and make a difference, in the order of their categories and ids. Those that
/// read the relationship are left alone, and those that nothing but an owner's document would make known; one that counts
/// terms would fire with one, or with as many as count.
fn turns<'s, 'r>(
    scorecard: &'s Scorecard<'r>,
    completion: &Completion<'_, '_, '_>,
    ballot: &Ballot<'_, 'r>,
) -> Vec<Turn<'s, 'r>> {
    let mut turns = Vec::new();
    for (category, score) in scorecard.scores.iter().enumerate() {
        if !ballot.weighs(category, score.category) {
            continue;
        }
        let mut silent = score.silent.iter();
        for (signal, fired) in scorecard.signals(score) {
            let silent = if fired.is_some() { None } else { silent.next().map(|silent| &silent.finding) };
            if signal.reads.has(Part::Relationship) {
                continue;
            }
            let is_unknown = silent.is_some_and(|finding| finding.truth == Truth::Unknown);
            let is_missing = is_unknown && truths(&signal.when, completion, &Unsettled).may_hold();
            if is_unknown && !is_missing && names_the_owner(&signal.when) {
                continue;
            }
            let turn = |points| Turn { category, signal, silent, is_missing, points };
            match (fired, signal.worth) {
                (Some(points), _) | (None, Worth::Fixed(points)) => turns.push(turn(points)),
                (None, Worth::Each { points, most }) => {
                    turns.push(turn(points));
                    turns.extend((most > points).then_some(turn(most)));
                }
            }
        }
    }
    turns.retain(|turn| turn.points != 0);
    turns
}

/// Whether a condition asks what only an owner's document makes known.
fn names_the_owner(condition: &Condition) -> bool {
    match condition {
        Condition::Fact { fact, .. } => fact.fact == Fact::InvitationPersonalisation,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(names_the_owner),
        Condition::Not(inner) => names_the_owner(inner),
        _ => false,
    }
}

/// Signals that move the same points in the same place: to try one is to try each.
struct Class<'o> {
    category: CategoryId,
    group: Option<usize>,
    change: i32,
    /// Their indexes, in their order.
    turns: &'o [Placed],
}

/// Where a turn moves points; in their order, the weightiest come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    weight: Reverse<i32>,
    category: CategoryId,
    group: Option<usize>,
    change: i32,
    /// The index of the turn.
    turn: usize,
}

/// The turns so that those that are alike are neighbours. The weightiest come first: a search that ends early has tried
/// what is likeliest to matter.
fn placed(turns: &[Turn<'_, '_>]) -> Vec<Placed> {
    let place = |(index, turn): (usize, &Turn<'_, '_>)| Placed {
        weight: Reverse(turn.points.abs()),
        category: turn.category,
        group: turn.signal.group,
        change: turn.change(),
        turn: index,
    };
    let mut placed: Vec<Placed> = turns.iter().enumerate().map(place).collect();
    placed.sort_unstable();
    placed
}

fn classes(placed: &[Placed]) -> Vec<Class<'_>> {
    let place = |placed: &Placed| (placed.category, placed.group, placed.change);
    let class = |turns| {
        let (category, group, change) = <[Placed]>::first(turns).map(place)?;
        Some(Class { category, group, change, turns })
    };
    placed.chunk_by(|one, other| place(one) == place(other)).filter_map(class).collect()
}

/// Classes that flip the outcome together.
struct Flipping<'r> {
    rule: &'r PolicyRule,
    /// The points that they move.
    moved: i32,
    /// The indexes of the classes, one as often as signals of it are needed.
    classes: Vec<usize>,
}

/// Sets of classes, tried one after the other.
struct Tries<'b, 'r> {
    ballot: &'b Ballot<'b, 'r>,
    /// Changed by what is tried, and as it was after each try.
    trial: &'b mut Trial<'r>,
    now: Option<&'r PolicyRule>,
    /// The points at which each category has no say.
    idle: Vec<Range<i32>>,
    classes: &'b [Class<'b>],
    flipping: Vec<Flipping<'r>>,
    tried: u32,
    complete: bool,
}

impl<'r> Tries<'_, 'r> {
    /// Adds so many classes to those chosen, none before the last of them, and tries each set. `landscape` is that of those
    /// chosen.
    fn extend(&mut self, more: usize, chosen: &mut Vec<usize>, landscape: &mut Landscape<'r>) {
        if more == 1 {
            self.conclude(chosen, landscape);
            return;
        }
        let classes = self.classes;
        for (index, class) in classes.iter().enumerate().skip(chosen.last().copied().unwrap_or(0)) {
            if is_used_up(class, index, chosen) {
                continue;
            }
            self.trial.add(class.category, class.group, class.change);
            chosen.push(index);
            self.extend(more - 1, chosen, &mut Landscape::new(self.trial));
            chosen.pop();
            self.trial.add(class.category, class.group, -class.change);
            if !self.complete {
                return;
            }
        }
    }

    /// Tries those chosen with each class that may be the last of them.
    fn conclude(&mut self, chosen: &mut Vec<usize>, landscape: &mut Landscape<'r>) {
        let classes = self.classes;
        let mut categories = chosen.iter().filter_map(|&index| classes.get(index)).map(|class| class.category);
        let idle = categories.find(|&category| self.is_idle(category));
        for (index, class) in classes.iter().enumerate().skip(chosen.last().copied().unwrap_or(0)) {
            // A category that has no say might as well be as it was: then the set is as good as a smaller one.
            if idle.is_some_and(|idle| idle != class.category) || is_used_up(class, index, chosen) {
                continue;
            }
            if self.tried == MOST_TRIED {
                self.complete = false;
                return;
            }
            self.tried += 1;
            let Some(plateaus) = landscape.of(class.category, self.trial) else { continue };
            let points = self.trial.after(class.category, class.group, class.change);
            // It makes what it makes without its last member, which was tried before.
            if plateaus.here.contains(&points) {
                continue;
            }
            let all = plateaus.all(self.trial);
            let rule = all.rule(all.of(points), self.trial, self.ballot);
            if let Some(rule) = rule.filter(|rule| self.now.is_some_and(|now| rule.outcome != now.outcome)) {
                chosen.push(index);
                let moved = chosen.iter().filter_map(|&class| classes.get(class)).map(|class| class.change.abs()).sum();
                self.flipping.push(Flipping { rule, moved, classes: chosen.clone() });
                chosen.pop();
            }
        }
    }

    fn is_idle(&self, category: CategoryId) -> bool {
        self.idle.get(category).is_some_and(|idle| idle.contains(&self.trial.of(category)))
    }
}

/// Whether all signals of a class are chosen.
fn is_used_up(class: &Class<'_>, index: usize, chosen: &[usize]) -> bool {
    chosen.iter().filter(|&&other| other == index).count() == class.turns.len()
}

/// The sets of signals that move the least points, ties told by categories and ids: of each outcome the first, and then
/// the next ones of whichever.
fn least<'s, 'r>(turns: &[Turn<'s, 'r>], classes: &[Class<'_>], mut flipping: Vec<Flipping<'r>>) -> Vec<Flip<'s, 'r>> {
    flipping.sort_by_key(|set| (set.rule.outcome, set.moved));
    let (mut given, mut others) = (Vec::new(), Vec::new());
    for of_outcome in flipping.chunk_by(|one, other| one.rule.outcome == other.rule.outcome) {
        let mut sets = least_of(turns, classes, of_outcome).into_iter();
        given.extend(sets.next());
        others.extend(sets);
    }
    others.sort_by(Least::order);
    given.extend(others);
    given.truncate(MOST_GIVEN);
    given.sort_by(Least::order);
    let turn = |index: usize| turns.get(index).copied();
    let flip = |Least { rule, turns, .. }| Flip { rule, turns: turns.into_iter().filter_map(turn).collect() };
    given.into_iter().map(flip).collect()
}

/// A set of signals, as indexes in their order, that makes this rule decide.
struct Least<'r> {
    moved: i32,
    turns: Vec<usize>,
    rule: &'r PolicyRule,
}

impl Least<'_> {
    fn order(&self, other: &Self) -> Ordering {
        (self.moved, &self.turns).cmp(&(other.moved, &other.turns))
    }
}

/// As many sets of signals as are given, those first that move the least points; `flipping` is in that order.
fn least_of<'r>(turns: &[Turn<'_, 'r>], classes: &[Class<'_>], flipping: &[Flipping<'r>]) -> Vec<Least<'r>> {
    let mut least = Vec::new();
    for equal in flipping.chunk_by(|one, other| one.moved == other.moved) {
        let begin = least.len();
        for set in equal {
            let sets = sets_of(turns, classes, &set.classes).into_iter();
            least.extend(sets.map(|turns| Least { moved: set.moved, turns, rule: set.rule }));
        }
        if let Some(equal) = least.get_mut(begin..) {
            equal.sort_by(Least::order);
        }
        if least.len() >= MOST_GIVEN {
            break;
        }
    }
    least.truncate(MOST_GIVEN);
    least
}

/// The first sets of signals, as indexes in their order, that a set of classes stands for.
fn sets_of(turns: &[Turn<'_, '_>], classes: &[Class<'_>], chosen: &[usize]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for (place, index) in chosen.iter().enumerate() {
        let Some(class) = classes.get(*index) else { return Vec::new() };
        let is_again = place.checked_sub(1).and_then(|before| chosen.get(before)) == Some(index);
        // Behind so many of a class, as many others would come first.
        let few = class.turns.iter().take(MOST_GIVEN + chosen.len() - 1);
        let grown = |set: &Vec<usize>| {
            let last = set.last().copied().filter(|_| is_again);
            let others = few.clone().map(|placed| placed.turn).filter(move |&turn| last.is_none_or(|last| last < turn));
            others.map(|turn| [set.as_slice(), &[turn]].concat()).collect::<Vec<_>>()
        };
        sets = sets.iter().flat_map(grown).collect();
    }
    sets.iter_mut().for_each(|set| set.sort_unstable());
    // A signal that counts terms is in two classes.
    let signal = |index: &usize| turns.get(*index).map(|turn| std::ptr::from_ref(turn.signal));
    sets.retain(|set| !set.windows(2).any(|pair| pair.first().map(signal) == pair.last().map(signal)));
    sets
}
