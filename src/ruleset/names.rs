//! What names stand for: that of a vocabulary for itself, of a union for its members, of a discipline for its roles.

use std::collections::BTreeMap;

use super::diagnostic::Diagnostics;
use super::model::{VocabularyId, VocabularySet};
use super::{RuleSetDocument, VocabularyDocument};

/// What is wrong with a name at its place: a code, and a message for people.
type Objection = (&'static str, &'static str);

const UNKNOWN: Objection = ("unknown-vocabulary", "names no vocabulary of this rule set");
const NO_ROLES: Objection = ("unknown-vocabulary", "names no vocabulary and no discipline of this rule set");
const LOOSE: Objection =
    ("common-words", "names words of `/facts/invitation/common` or `/facts/company_forms`, which mention nothing");
const CYCLE: Objection = ("union-cycle", "leads back to the union that it stands in");

/// The names of a rule set. Whoever reads one asks here for its vocabularies, and need not know of unions.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// The vocabularies that have mentions, by their numbers.
    vocabularies: Vec<&'a str>,
    /// The vocabularies that each name stands for, each once and in the order of writing; `None` for a union whose
    /// members are still being read.
    stand_for: BTreeMap<&'a str, Option<Vec<VocabularyId>>>,
    /// The vocabularies whose words are compared one by one, and mention nothing.
    loose: [&'a [String]; 2],
    /// The roles of each discipline, once they are read.
    disciplines: BTreeMap<&'a str, Vec<VocabularyId>>,
}

impl<'a> Names<'a> {
    /// Numbers the vocabularies that have mentions, in the order of their names, and reads the unions of them.
    pub(super) fn new(document: &'a RuleSetDocument, found: &mut Diagnostics) -> Self {
        let has_mentions = |(_, vocabulary): &(&String, &VocabularyDocument)| vocabulary.members().is_none();
        let vocabularies: Vec<&str> =
            document.vocabularies.iter().filter(has_mentions).map(|(name, _)| name.as_str()).collect();
        let stand_for = vocabularies.iter().zip(0..).map(|(&name, id)| (name, Some(vec![id]))).collect();
        let loose = [&*document.facts.invitation.common, &*document.facts.company_forms];
        let mut names = Self { vocabularies, stand_for, loose, disciplines: BTreeMap::new() };
        for name in document.vocabularies.keys() {
            names.read_union(document, name, found);
        }
        names
    }

    /// Adds a discipline, which stands for its roles where these can be named.
    pub(super) fn add_discipline(&mut self, name: &'a str, roles: &[VocabularyId]) {
        self.disciplines.insert(name, roles.to_owned());
    }

    /// Reads a union once, after the unions among its members; no chain of them is longer than there are vocabularies.
    fn read_union(&mut self, document: &'a RuleSetDocument, name: &'a str, found: &mut Diagnostics) {
        let Some(members) = document.vocabularies.get(name).and_then(VocabularyDocument::members) else { return };
        if self.stand_for.contains_key(name) {
            return;
        }
        self.stand_for.insert(name, None);
        for member in members {
            self.read_union(document, member, found);
        }
        let pointer = format!("/vocabularies/{name}/union");
        if members.is_empty() {
            found.error("empty", pointer.as_str(), "needs at least one vocabulary");
        }
        let stands_for = self.find(found, &pointer, members);
        self.stand_for.insert(name, Some(stands_for));
    }

    /// The vocabularies that a name stands for; those of loose words are none of them.
    pub(super) fn of(&self, name: &str) -> Result<&[VocabularyId], Objection> {
        let stands_for = self.or_loose(name)?;
        if self.loose.iter().copied().flatten().any(|loose| loose == name) { Err(LOOSE) } else { Ok(stands_for) }
    }

    /// As [`Self::of`], with those of loose words.
    fn or_loose(&self, name: &str) -> Result<&[VocabularyId], Objection> {
        self.stand_for.get(name).ok_or(UNKNOWN)?.as_deref().ok_or(CYCLE)
    }

    /// The vocabularies that a name stands for, or the roles of the discipline of this name.
    pub(super) fn roles_of(&self, name: &str) -> Result<&[VocabularyId], Objection> {
        match self.of(name) {
            Err(UNKNOWN) => self.disciplines.get(name).map(Vec::as_slice).ok_or(NO_ROLES),
            known => known,
        }
    }

    /// The vocabularies that a list of names stands for, each once and in the order of writing.
    pub(super) fn find(&self, found: &mut Diagnostics, pointer: &str, names: &[String]) -> Vec<VocabularyId> {
        list(|name| self.of(name), found, pointer, names)
    }

    /// As [`Self::find`], for a list of loose words itself.
    pub(super) fn find_loose(&self, found: &mut Diagnostics, pointer: &str, names: &[String]) -> Vec<VocabularyId> {
        list(|name| self.or_loose(name), found, pointer, names)
    }

    /// The names of the vocabularies that a name stands for; that of a discipline as it is.
    pub(super) fn written_out<'n>(&'n self, name: &'n str) -> Vec<&'n str> {
        let Ok(stands_for) = self.of(name) else { return vec![name] };
        stands_for.iter().filter_map(|&id| self.vocabularies.get(id as usize)).copied().collect()
    }
}

/// What all names of a list stand for, told by this function.
fn list<'n>(
    stands_for: impl Fn(&str) -> Result<&'n [VocabularyId], Objection>,
    found: &mut Diagnostics,
    pointer: &str,
    names: &[String],
) -> Vec<VocabularyId> {
    let mut of = Vec::new();
    let mut seen = VocabularySet::default();
    for (index, name) in names.iter().enumerate() {
        match stands_for(name) {
            Ok(all) => {
                let before = of.len();
                for &id in all {
                    if !seen.has(id) {
                        seen.insert(id);
                        of.push(id);
                    }
                }
                if of.len() == before && !all.is_empty() {
                    let message = "names a vocabulary again; its terms count once";
                    found.warning("duplicate-vocabulary", format!("{pointer}/{index}"), message);
                }
            }
            Err((code, message)) => found.error(code, format!("{pointer}/{index}"), message),
        }
    }
    of
}
