//! Binds heads to domains: "responsable … trésorerie" is one mention of the composition's vocabulary.

use std::ops::Range;

use super::spans::{ReadWord, Said, Span, Trigger, Width, most_specific};
use crate::ruleset::{CompiledRuleSet, Composition, Ending, EndingTerm, TriggerRole, VocabularyId};
use crate::text::segment::Gap;

/// Adds the pairs to the spans of terms; each hides every mention inside it.
///
/// A head binds only the nearest domain over all compositions that it is a head of; of two at the same distance, the one
/// before it. A domain that several heads bind stays with the nearest of them, so that no head reaches over another.
/// Adds the pairs, hidden or not, to all that was found, when that is kept.
pub(super) fn compose(
    rules: &CompiledRuleSet,
    words: &[ReadWord<'_>],
    triggers: &[Trigger],
    spans: Vec<Span>,
    found: Option<&mut Vec<Span>>,
) -> Vec<Span> {
    let binder = Binder { rules, words, spans: &spans };
    let mut bindings = binder.bindings();
    bindings.retain(|binding| !is_addressed(triggers, binding));
    if bindings.is_empty() {
        return spans;
    }
    bindings.sort_by_key(|binding| (binding.domain.place(), binding.distance));
    let mut pairs = Vec::with_capacity(2 * bindings.len());
    for rivals in bindings.chunk_by(|a, b| a.domain.place() == b.domain.place()) {
        let nearest = rivals.first().map(|binding| binding.distance);
        let nearest_heads = rivals.iter().take_while(|binding| Some(binding.distance) == nearest);
        nearest_heads.for_each(|binding| binder.pair(binding, &mut pairs));
    }
    pairs.retain(|pair| !is_two(words, triggers, pair));
    pairs.sort_by_key(|pair| (pair.place(), pair.said));
    if let Some(found) = found {
        found.extend_from_slice(&pairs);
    }
    most_specific(&mut pairs);
    pairs.dedup_by_key(|pair| (pair.place(), pair.vocabulary_of_pair()));
    hide(&spans, &pairs)
}

/// Puts the pairs in the place of the spans inside them; other spans lie outside.
pub(super) fn hide(spans: &[Span], pairs: &[Span]) -> Vec<Span> {
    let mut all = Vec::with_capacity(spans.len() + pairs.len());
    let mut later = spans;
    for pair in pairs {
        let (before, others) = later.split_at(later.partition_point(|span| span.first < pair.first));
        all.extend_from_slice(before);
        all.push(*pair);
        later = others.get(others.partition_point(|span| span.last <= pair.last)..).unwrap_or_default();
    }
    all.extend_from_slice(later);
    all
}

/// A head and the domain that is nearest to it.
struct Binding<'s> {
    head: &'s Span,
    domain: &'s Span,
    distance: u32,
}

/// Tells whether the domain belongs to a trigger that the head comes after: "software for controllers" has no
/// "software controller".
fn is_addressed(triggers: &[Trigger], &Binding { head, domain, .. }: &Binding<'_>) -> bool {
    let between = domain.last + 1..head.first;
    !between.is_empty()
        && triggers.iter().any(|trigger| {
            trigger.role == TriggerRole::Precedes && trigger.first <= domain.first && between.contains(&trigger.last)
        })
}

/// Tells whether a pair says two things: "manager, former accountant" has a trigger after a comma.
fn is_two(words: &[ReadWord<'_>], triggers: &[Trigger], pair: &Span) -> bool {
    let hard = |&at: &u32| words.get(at as usize).is_some_and(|word| word.gap.is_mark());
    let mut commas = (pair.first + 1..=pair.last).filter(hard);
    commas.any(|comma| {
        let mut begun = triggers.iter().filter(|trigger| trigger.role == TriggerRole::Precedes);
        begun.any(|trigger| comma == trigger.first && trigger.last < pair.last)
    })
}

/// Binds heads to domains.
struct Binder<'s> {
    rules: &'s CompiledRuleSet,
    words: &'s [ReadWord<'s>],
    spans: &'s [Span],
}

impl<'s> Binder<'s> {
    /// Binds each head to the domain that is nearest to it.
    fn bindings(&self) -> Vec<Binding<'s>> {
        let mut bindings = Vec::new();
        for (at, head) in self.spans.iter().enumerate() {
            let Ending { reach, .. } = self.ending(head);
            if reach > 0 {
                let before = self.spans.get(..at).unwrap_or_default();
                bindings.extend(self.nearest_domain(head, reach, before, self.spans.get(at + 1..).unwrap_or_default()));
            }
        }
        bindings
    }

    fn ending(&self, span: &Span) -> Ending {
        self.rules.endings().get(span.ending())
    }

    /// Each term of a head with each of a domain.
    fn combinations(&self, head: &Span, domain: &Span) -> impl Iterator<Item = (EndingTerm, EndingTerm)> {
        let domains = domain.terms(self.rules);
        head.terms(self.rules).iter().flat_map(move |&head| domains.iter().map(move |&domain| (head, domain)))
    }

    /// The domain that is nearest to a head and no farther than its `reach`, among the spans before and after it.
    fn nearest_domain(&self, head: &'s Span, reach: u32, before: &'s [Span], after: &'s [Span]) -> Option<Binding<'s>> {
        let bind = |domain, distance| Binding { head, domain, distance };
        let fits = |binding: &Binding<'_>| {
            let mut pairs = self.combinations(head, binding.domain);
            self.ending(binding.domain).is_domain
                && pairs.any(|(head, domain)| self.fitting(head, domain, binding).next().is_some())
        };
        // Distances grow outwards, so the first that fits is the nearest of its side.
        let before = before.iter().rev();
        let mut before = before.map_while(|domain| Some(bind(domain, self.distance(domain.last..head.first, reach)?)));
        let mut after = after.iter().map_while(|domain| {
            let distance = self.distance(head.last..domain.first, reach);
            let distance = distance.or_else(|| self.is_abbreviated(head, domain).then_some(1));
            Some(bind(domain, distance.or_else(|| self.is_dashed(head, domain).then_some(2))?))
        });
        // `min_by_key` keeps the first of two equal ones: the domain before the head.
        before.find(fits).into_iter().chain(after.find(fits)).min_by_key(|binding| binding.distance)
    }

    /// How many words, commas and the like apart two words of a segment are, neighbours 1; `None` when these are more words
    /// than a head reaches, or a segment ends.
    fn distance(&self, Range { start, end }: Range<u32>, reach: u32) -> Option<u32> {
        let segment = |at: u32| self.words.get(at as usize).map(|word| word.segment);
        if end > start + reach || segment(start) != segment(end) {
            return None;
        }
        let later = self.words.get(start as usize + 1..=end as usize).unwrap_or_default();
        Some(end - start + later.iter().filter(|word| word.gap.is_mark()).count() as u32)
    }

    /// Whether only the full stop of a short form parts a head from the domain behind it, as in "Admin. SAP": a term spans it
    /// in a title, and so does a head, though a segment ends.
    fn is_abbreviated(&self, head: &Span, domain: &Span) -> bool {
        head.last + 1 == domain.first && self.gap(domain.first) == Some(Gap::Soft)
    }

    /// Whether a spaced dash brings a domain to the head before it, as in "Manager - Finance": where either stands alone, for
    /// what is parted by dashes mostly is a list.
    fn is_dashed(&self, head: &Span, domain: &Span) -> bool {
        // "Vice-président/vice-présidente - Finances" has one head, in both genders.
        let same = |twin: &&Span| twin.terms(self.rules) == head.terms(self.rules);
        let twin = self.right_before(head.first).filter(same).unwrap_or(head);
        head.last + 1 == domain.first
            && self.gap(domain.first) == Some(Gap::Dash)
            && self.gap(twin.first).is_some_and(Gap::ends_segment)
            && self.gap(domain.last + 1).is_none_or(|gap| gap.is_mark() || gap.ends_segment())
    }

    /// The terms right before a word.
    fn right_before(&self, word: u32) -> Option<&'s Span> {
        let (before, _) = self.spans.split_at(self.spans.partition_point(|span| span.first < word));
        before.last().filter(|span| span.last + 1 == word)
    }

    /// What lies before a word.
    fn gap(&self, word: u32) -> Option<Gap> {
        self.words.get(word as usize).map(|word| word.gap)
    }

    /// The compositions that bind a head and a domain of these terms.
    fn fitting(
        &self,
        head: EndingTerm,
        domain: EndingTerm,
        binding: &Binding<'_>,
    ) -> impl Iterator<Item = &'s Composition> {
        let (distance, first) = (binding.distance, binding.domain.first);
        let compositions = self.rules.compositions_of(head.id.0, domain.id.0);
        let is_dashed = binding.head.last < first && self.gap(first) == Some(Gap::Dash);
        compositions.filter(move |composition| {
            distance <= composition.within
                && composition.dashed == is_dashed
                && !composition.not_after.is_some_and(|terms| self.is_after(first, terms))
        })
    }

    /// Whether a word stands right behind an `@` or a term of a vocabulary, as in "manager at Salesforce".
    fn is_after(&self, word: u32, terms: VocabularyId) -> bool {
        let before = self.right_before(word);
        self.gap(word) == Some(Gap::At)
            || before.is_some_and(|span| span.terms(self.rules).iter().any(|term| term.id.0 == terms))
    }

    /// Appends the pairs that a head and a domain make together.
    fn pair(&self, binding: &Binding<'_>, pairs: &mut Vec<Span>) {
        let &Binding { head, domain, .. } = binding;
        let (first, last) = (head.first.min(domain.first), head.last.max(domain.last));
        for (head, domain) in self.combinations(head, domain) {
            pairs.extend(self.fitting(head, domain, binding).map(|composition| Span {
                first,
                last,
                width: Width { words: last - first, letters: head.letters + domain.letters },
                said: Said::Pair { vocabulary: composition.vocabulary, head: head.id, with: domain.id },
            }));
        }
    }
}
