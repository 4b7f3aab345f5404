//! Facts for which the rule set names no words.

use crate::fact_catalog::{Fact, Level};
use crate::ruleset::diagnostic::Diagnostics;
use crate::ruleset::{Discipline, FactWords, RuleSetDocument};

/// Finds disciplines without roles: nobody can be in them.
pub(super) fn find_disciplines(document: &RuleSetDocument, found: &mut Diagnostics) {
    for (name, _) in document.facts.disciplines.iter().filter(|(_, discipline)| discipline.roles.is_empty()) {
        let message = "has no roles, so no career is in it";
        found.warning("no-words", format!("/facts/disciplines/{name}"), message);
    }
}

/// Finds out whether a condition asks for a fact that lacks the words which tell it.
pub(super) fn find_in_condition(pointer: &str, fact: Fact, words: &FactWords, found: &mut Diagnostics) {
    if let Some(message) = lacking(fact, words) {
        found.warning("no-words", format!("{pointer}/fact"), message);
    }
}

/// What becomes of a fact for want of words. A move that no title can tell is not made, as long as all titles are known.
fn lacking(fact: Fact, words: &FactWords) -> Option<&'static str> {
    let has_levels = !words.levels.is_empty();
    let has_managers = words.levels.iter().any(|&(_, level)| level >= Level::Manager);
    let with_roles = || words.disciplines.iter().filter(|discipline| !discipline.roles.is_empty());
    let is_studied = |discipline: &Discipline| !discipline.studies.is_empty();
    let (is_told, message) = match fact {
        Fact::CareerLevel => (has_levels, "is always unknown: `/facts/levels` names no vocabulary"),
        Fact::CareerSelfTaught => (
            !words.self_taught.is_empty() || with_roles().any(is_studied),
            "is always unknown: `/facts/self_taught` names no vocabulary, and no discipline has both roles and studies",
        ),
        Fact::CareerToManagement => (
            !words.technical.is_empty() && has_managers,
            "is never true: `/facts/technical`, or `/facts/levels` from managers on, names no vocabulary",
        ),
        Fact::CareerSpecialised => (
            !words.specialised.is_empty() && with_roles().count() > 0,
            "is never true: `/facts/specialised` names no vocabulary, or no discipline has roles",
        ),
        Fact::CareerCrossedDisciplines => {
            (with_roles().count() > 1, "is never true: `/facts/disciplines` has no two disciplines with roles")
        }
        Fact::CareerChangedTrade => {
            (with_roles().count() > 0, "is never true: `/facts/disciplines` has no discipline with roles")
        }
        Fact::CareerPromoted => (has_levels, "is never true: `/facts/levels` names no vocabulary"),
        Fact::InvitationPersonalisation => {
            (!words.common.is_empty(), "is always unknown: `/facts/invitation/common` names no vocabulary")
        }
        _ => return None,
    };
    (!is_told).then_some(message)
}
