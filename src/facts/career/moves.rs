//! How a career moved: from one position to a later one.

use serde::Serialize;
use utoipa::ToSchema;

use super::passage::Passage;
use super::stints::Stint;
use super::words::{Role, Title};
use super::{Career, Derived, FactValue};
use crate::fact_catalog::Level;
use crate::profile::{PartialDate, Position, Time};

/// A kind of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// From a technical role to managing people.
    ToManagement,
    /// From a general role of a discipline to a speciality within it.
    Specialised,
    /// From one discipline to another.
    CrossedDisciplines,
    /// From positions outside a discipline, which are over, into it, where the person is now.
    ChangedTrade,
    /// To more responsibility, or a wider scope, at the same company.
    Promoted,
}

/// A move from one position to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Its kind.
    pub kind: MoveKind,
    /// When the later position began.
    pub on: PartialDate,
    /// The index of the earlier position.
    pub from: usize,
    /// The index of the later position.
    pub to: usize,
}

impl Move {
    fn new(kind: MoveKind, positions: &[Position], from: usize, to: usize) -> Option<Self> {
        Some(Self { kind, on: positions.get(to)?.started_on?, from, to })
    }
}

impl Career<'_, '_> {
    /// Whether the career has moved so, with the roles that tell it.
    pub(in crate::facts) fn moved(&self, kind: MoveKind) -> Option<Derived> {
        let passage = self.passage(self.positions?, kind);
        let grounds = match passage {
            Passage::Made { from, to } => self.places(self.grounds(kind, from, to).into_iter().flatten()),
            _ => Vec::new(),
        };
        Some(Derived { value: FactValue::Boolean(passage.truth()?), grounds })
    }

    /// All moves: of each kind the first, and every promotion; in the order of their dates.
    pub(in crate::facts) fn moves(&self) -> Vec<Move> {
        let Some(positions) = self.positions.filter(|positions| positions.len() > 1) else { return Vec::new() };
        let kinds =
            [MoveKind::ToManagement, MoveKind::Specialised, MoveKind::CrossedDisciplines, MoveKind::ChangedTrade];
        let first = |kind: MoveKind| match self.passage(positions, kind) {
            Passage::Made { from, to } => Move::new(kind, positions, from, to),
            _ => None,
        };
        let mut moves: Vec<Move> = kinds.into_iter().filter_map(first).collect();
        let pairs = (0..positions.len()).flat_map(|from| (0..positions.len()).map(move |to| (from, to)));
        // Companies are compared for few pairs.
        let is_promotion = |&(from, to): &(usize, usize)| {
            rises(self.words.title(from), self.words.title(to)) == Some(true)
                && before(positions, from, to) == Some(true)
                && self.rose(positions, from, to) == Some(true)
        };
        let promotions = pairs.filter(is_promotion);
        moves.extend(promotions.filter_map(|(from, to)| Move::new(MoveKind::Promoted, positions, from, to)));
        moves.sort_by_key(|made| (made.on, made.kind, made.to, made.from));
        moves
    }

    fn passage(&self, positions: &[Position], kind: MoveKind) -> Passage {
        if !may_move(kind, self.words.together) {
            return Passage::Never;
        }
        let title = |item: usize| self.words.title(item);
        match kind {
            MoveKind::ToManagement => self.find(positions, |from, to| to_management(title(from), title(to))),
            MoveKind::Specialised => self.find(positions, |from, to| specialised(title(from), title(to))),
            MoveKind::CrossedDisciplines => self.find(positions, |from, to| crossed(title(from), title(to))),
            MoveKind::ChangedTrade => self.changed_trade(positions),
            MoveKind::Promoted => self.find(positions, |from, to| self.rose(positions, from, to)),
        }
    }

    /// As [`Passage::find`], with no time without work on either side.
    fn find(&self, positions: &[Position], fits: impl Fn(usize, usize) -> Option<bool>) -> Passage {
        Passage::find(positions, self.sources.as_of, |from, to| {
            if self.is_break(from) || self.is_break(to) { Some(false) } else { fits(from, to) }
        })
    }

    /// From positions all outside a discipline into it, where the person is now. A trade that is still held was added to,
    /// not left.
    fn changed_trade(&self, positions: &[Position]) -> Passage {
        let mut is_new = vec![Some(false); positions.len()];
        for item in self.current() {
            if let Some(slot) = is_new.get_mut(item) {
                *slot = self.is_new_trade(positions, item);
            }
        }
        let is_held = |from: usize, to: usize| {
            let trade = self.words.title(from).disciplines;
            let is_of_it = |item: usize| item == from || self.words.title(item).disciplines & trade != 0;
            self.current().any(|item| item != to && is_of_it(item))
        };
        self.find(positions, |from, to| match is_new.get(to).copied().flatten() {
            // Few positions are in a new trade; what is held is looked at for these alone.
            new if new != Some(false) && is_held(from, to) => Some(false),
            new => new,
        })
    }

    /// Whether a position is in a discipline that none before it was in.
    fn is_new_trade(&self, positions: &[Position], item: usize) -> Option<bool> {
        let title = self.words.title(item);
        let (mut certain, mut possible) = (title.disciplines, title.disciplines);
        for other in (0..positions.len()).filter(|&other| other != item) {
            let earlier = self.words.title(other);
            let order = before(positions, other, item);
            // Of two that began on one date and are held now, either may be the one by which the trade was changed.
            let began = |item: usize| positions.get(item).and_then(|position| position.started_on);
            let is_beside = order.is_none()
                && began(other).is_some()
                && began(other) == began(item)
                && self.current().any(|current| current == other);
            if order != Some(false) && !is_beside {
                certain &= if earlier.is_given { !earlier.disciplines } else { 0 };
            }
            if order == Some(true) {
                possible &= !earlier.disciplines;
            }
        }
        if certain != 0 {
            return Some(true);
        }
        (title.is_given && possible == 0).then_some(false)
    }

    /// Whether a position has more responsibility, or a wider scope, than one before it in the same stint, which is over,
    /// with none between.
    fn rose(&self, positions: &[Position], from: usize, to: usize) -> Option<bool> {
        let company = |item: usize| self.companies().get(item).copied().flatten();
        if company(from)? != company(to)? {
            return Some(false);
        }
        if positions.get(from)?.time(self.sources.as_of) == Time::Current {
            // Still held beside the later one.
            return Some(false);
        }
        let rises = rises(self.words.title(from), self.words.title(to));
        if rises == Some(false) {
            return Some(false);
        }
        let place = |item: usize| {
            let within = |stint: &Stint| stint.items.iter().position(|&other| other == item);
            self.stints().iter().enumerate().find_map(|(stint, it)| Some((stint, within(it)?)))
        };
        let ((stint, first), (other, last)) = (place(from)?, place(to)?);
        let between = self.stints().get(stint).and_then(|stint| stint.items.get(first + 1..last)).unwrap_or_default();
        let is_between =
            |&item: &usize| before(positions, from, item) == Some(true) && before(positions, item, to) == Some(true);
        // Whatever the titles say, nobody rises over a gap, or past a position between.
        if stint == other && !between.iter().filter(|&&item| !self.is_break(item)).any(is_between) {
            rises
        } else {
            Some(false)
        }
    }

    /// The mentions by which a move is told, those of the earlier position first.
    fn grounds(&self, kind: MoveKind, from: usize, to: usize) -> [Option<u32>; 2] {
        let (earlier, later) = (self.words.title(from), self.words.title(to));
        let at_level = |item: usize| self.words.highest_of(self.words.of(item), None).map(|role| role.mention);
        let find = |item: usize, is_it: &dyn Fn(&Role) -> bool| {
            self.words.of(item).iter().find(|role| is_it(role)).map(|role| role.mention)
        };
        let of = |disciplines: u32| move |role: &Role| role.sense.disciplines & disciplines != 0;
        match kind {
            MoveKind::ToManagement => [find(from, &|role| role.sense.is_technical), at_level(to)],
            MoveKind::Specialised => {
                let within = earlier.disciplines & later.specialised;
                let is_speciality = |role: &Role| role.sense.is_specialised && of(within)(role);
                [find(from, &of(within)), find(to, &is_speciality)]
            }
            MoveKind::CrossedDisciplines => {
                let (left, entered) =
                    (earlier.disciplines & !later.disciplines, later.disciplines & !earlier.disciplines);
                [find(from, &of(left)), find(to, &of(entered))]
            }
            MoveKind::ChangedTrade => [None, find(to, &of(later.disciplines & !earlier.disciplines))],
            MoveKind::Promoted if later.level == earlier.level => {
                [at_level(from), find(to, &|role| role.breadth() == later.breadth)]
            }
            MoveKind::Promoted => [at_level(from), at_level(to)],
        }
    }
}

fn before(positions: &[Position], from: usize, to: usize) -> Option<bool> {
    positions.get(from)?.is_before(positions.get(to)?)
}

/// What a title says; `None` without one.
fn said(title: Title, truth: bool) -> Option<bool> {
    title.is_given.then_some(truth)
}

/// Whether titles that together say so much can tell of a move at all: most careers lack what some moves are told by.
fn may_move(kind: MoveKind, together: Title) -> bool {
    let is_told = match kind {
        MoveKind::ToManagement => together.is_technical,
        MoveKind::Specialised => together.specialised != 0,
        MoveKind::CrossedDisciplines => together.disciplines.count_ones() > 1,
        MoveKind::ChangedTrade | MoveKind::Promoted => true,
    };
    is_told || !together.is_given
}

/// Whether a title has more responsibility than another, or a wider scope; `None` when one names no level.
fn rises(from: Title, to: Title) -> Option<bool> {
    let (low, high) = (from.level?, to.level?);
    let is_wider = to.breadth > from.breadth && from.disciplines & to.disciplines != 0;
    Some(high > low || high == low && is_wider)
}

fn to_management(from: Title, to: Title) -> Option<bool> {
    let is_manager = |title: Title| title.level.map(|level| level >= Level::Manager);
    Passage::both(said(from, from.is_technical && is_manager(from) != Some(true)), is_manager(to))
}

fn specialised(from: Title, to: Title) -> Option<bool> {
    let general = from.disciplines & !from.specialised;
    if from.is_given && to.is_given {
        return Some(general & to.specialised != 0);
    }
    Passage::both(said(from, general != 0), said(to, to.specialised != 0))
}

fn crossed(from: Title, to: Title) -> Option<bool> {
    if from.is_given && to.is_given {
        return Some(from.disciplines & !to.disciplines != 0 && to.disciplines & !from.disciplines != 0);
    }
    Passage::both(said(from, from.disciplines != 0), said(to, to.disciplines != 0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::together;
    use super::*;

    fn titles() -> impl Strategy<Value = Vec<Title>> {
        let levels = prop::option::of(prop::sample::select(vec![Level::Individual, Level::Manager]));
        let title = (any::<(bool, bool)>(), 0..4_u32, 0..4_u32, levels);
        let title = title.prop_map(|((is_given, is_technical), disciplines, specialised, level)| match is_given {
            true => Title { is_given, level, disciplines, specialised, is_technical, ..Title::default() },
            false => Title::default(),
        });
        prop::collection::vec(title, 0..4)
    }

    proptest! {
        #[test]
        fn a_move_that_is_ruled_out_is_one_that_no_two_titles_tell(titles in titles()) {
            let tells = |kind: MoveKind, from: Title, to: Title| match kind {
                MoveKind::ToManagement => to_management(from, to),
                MoveKind::Specialised => specialised(from, to),
                _ => crossed(from, to),
            };
            for kind in [MoveKind::ToManagement, MoveKind::Specialised, MoveKind::CrossedDisciplines] {
                if !may_move(kind, together(&titles)) {
                    let mut pairs = titles.iter().flat_map(|&from| titles.iter().map(move |&to| (from, to)));
                    prop_assert!(pairs.all(|(from, to)| tells(kind, from, to) == Some(false)), "{kind:?}");
                }
            }
        }
    }
}
