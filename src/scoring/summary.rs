//! The decision in a line or two: labels, quotations and scores of the evaluation in a fixed frame, and nothing else.

use super::condition::Known;
use super::decision::Decision;
use super::question;
use super::scorecard::{Contribution, Score, Scorecard};
use crate::profile::Part;
use crate::ruleset::{CategoryKind, Label, Outcome, Tongue};

/// The most categories that are told.
const MOST_CATEGORIES: usize = 4;
/// The most signals that are told of the first category.
const MOST_SIGNALS: usize = 3;
/// The most quotations for one label.
const MOST_QUOTATIONS: usize = 2;
/// The most code points of a quotation.
const LONGEST_QUOTATION: usize = 60;
/// The most traits that are named.
const MOST_TRAITS: usize = 3;
/// The most missing parts that are named.
const MOST_PARTS: usize = 3;
/// Bytes that nearly every summary fits into.
const USUAL_BYTES: usize = 512;

/// The words around labels and quotations.
struct Frame {
    colon: &'static str,
    semicolon: &'static str,
    opening: &'static str,
    closing: &'static str,
    threshold: &'static str,
    missing: &'static str,
}

const FRENCH: Frame = Frame {
    colon: "\u{a0}: ",
    semicolon: "\u{202f}; ",
    opening: "«\u{a0}",
    closing: "\u{a0}»",
    threshold: "seuil",
    missing: "Il manque",
};

const ENGLISH: Frame =
    Frame { colon: ": ", semicolon: "; ", opening: "“", closing: "”", threshold: "threshold", missing: "Missing" };

/// Tells what the evaluation found; it evaluates nothing itself.
pub(super) struct Teller<'w, 'a> {
    pub(super) known: &'w Known<'w, 'a>,
    pub(super) scorecard: &'w Scorecard<'a>,
    pub(super) tongue: Tongue,
}

impl Teller<'_, '_> {
    /// The outcome with the label of the rule that gave it; the winner with its weightiest signals, its rival and what
    /// else the rule rests on, each with its weightiest signal; other traits; the first of the parts to ask for, unless
    /// the question is about something else.
    pub(super) fn tell(&self, decision: &Decision<'_>, ask_for: &[Part]) -> String {
        let frame = self.frame();
        let mut text = String::with_capacity(USUAL_BYTES);
        text.push_str(outcome(decision.outcome, self.tongue));
        if let Some(label) = decision.label {
            text.push_str(frame.colon);
            self.label(label, &decision.mentions, &mut text);
        }
        text.push('.');
        let mut told = [None; MOST_CATEGORIES];
        let standing = self.scorecard.category.into_iter().chain(self.scorecard.rival);
        for (slot, index) in told.iter_mut().zip(standing.chain(decision.categories.iter().copied())) {
            *slot = Some(index);
        }
        for (place, index) in told.iter().enumerate() {
            let is_new = !told.iter().take(place).any(|earlier| earlier == index);
            if let Some(score) = index.filter(|_| is_new).and_then(|index| self.scorecard.scores.get(index)) {
                self.category(score, if place == 0 { MOST_SIGNALS } else { 1 }, &mut text);
            }
        }
        self.traits(&told, &mut text);
        if decision.question.is_none_or(question::names_parts) && !ask_for.is_empty() {
            self.missing(ask_for, &mut text);
        }
        text
    }

    fn frame(&self) -> &'static Frame {
        match self.tongue {
            Tongue::Fr => &FRENCH,
            Tongue::En => &ENGLISH,
        }
    }

    fn category(&self, score: &Score<'_>, most: usize, text: &mut String) {
        let frame = self.frame();
        text.push(' ');
        text.push_str(score.category.label.told(self.tongue));
        text.push(' ');
        number(score.clamped(), text);
        text.push_str(" (");
        text.push_str(frame.threshold);
        text.push(' ');
        number(score.category.threshold, text);
        text.push(')');
        let contributions = self.scorecard.contributions(score);
        let mut fired = Vec::with_capacity(contributions.len());
        fired.extend(contributions.iter().filter_map(|contribution| self.positive(contribution)));
        fired.sort_by_key(|&(points, ..)| std::cmp::Reverse(points));
        for (index, (_, label, mentions)) in fired.into_iter().take(most).enumerate() {
            text.push_str(if index == 0 { frame.colon } else { frame.semicolon });
            self.label(label, mentions, text);
        }
        text.push('.');
    }

    fn positive<'r>(&self, contribution: &Contribution<'r>) -> Option<(i32, &'r Label, &[u32])> {
        match contribution {
            Contribution::Signal { signal, points, grounds } if *points > 0 => {
                Some((*points, &signal.label, self.scorecard.grounds.mentions(grounds)))
            }
            _ => None,
        }
    }

    /// The traits that are reached and were not told, by their names alone.
    fn traits(&self, told: &[Option<usize>], text: &mut String) {
        let is_reached = |score: &Score<'_>| score.category.kind == CategoryKind::Trait && score.reached();
        let scores = self.scorecard.scores.iter().enumerate();
        let untold = scores.filter(|(index, score)| is_reached(score) && !told.contains(&Some(*index)));
        let mut reached = untold.map(|(_, score)| score).take(MOST_TRAITS).peekable();
        if reached.peek().is_none() {
            return;
        }
        text.push_str(" Traits");
        for (index, score) in reached.enumerate() {
            text.push_str(if index == 0 { self.frame().colon } else { ", " });
            within(score.category.label.told(self.tongue), text);
        }
        text.push('.');
    }

    fn missing(&self, parts: &[Part], text: &mut String) {
        text.push(' ');
        text.push_str(self.frame().missing);
        for (index, &part) in parts.iter().take(MOST_PARTS).enumerate() {
            text.push_str(if index == 0 { self.frame().colon } else { ", " });
            text.push_str(part_name(part, self.tongue));
        }
        text.push_str(if parts.len() > MOST_PARTS { "…" } else { "." });
    }

    /// A label as it stands within a sentence, and what was quoted for it, each wording once.
    fn label(&self, label: &Label, mentions: &[u32], text: &mut String) {
        within(label.told(self.tongue), text);
        let mut quoted: [&str; MOST_QUOTATIONS] = [""; MOST_QUOTATIONS];
        let mut count = 0;
        for quotation in mentions.iter().filter_map(|&index| self.quotation(index)) {
            let Some(slot) = quoted.get_mut(count) else { break };
            *slot = quotation;
            let is_new = !quoted.iter().take(count).any(|earlier| earlier.eq_ignore_ascii_case(quotation));
            if is_new {
                text.push_str(if count == 0 { " (" } else { ", " });
                self.quote(quotation, text);
                count += 1;
            }
        }
        if count > 0 {
            text.push(')');
        }
    }

    fn quotation(&self, index: u32) -> Option<&str> {
        let mention = self.known.mentions.get(index as usize)?;
        let text = self.known.profile.texts().get(mention.text as usize)?;
        text.text.get(mention.start as usize..mention.end as usize)
    }

    fn quote(&self, quotation: &str, text: &mut String) {
        text.push_str(self.frame().opening);
        shown(quotation, text);
        text.push_str(self.frame().closing);
    }
}

/// Writes the first of a quotation, with plain spaces.
fn shown(quotation: &str, text: &mut String) {
    let is_odd = |character: char| character.is_whitespace() && character != ' ';
    // Nearly every quotation is shown as it is.
    if quotation.len() <= LONGEST_QUOTATION && !quotation.contains(is_odd) {
        text.push_str(quotation);
        return;
    }
    let mut characters = quotation.chars();
    let first = characters.by_ref().take(LONGEST_QUOTATION);
    text.extend(first.map(|character| if is_odd(character) { ' ' } else { character }));
    if characters.next().is_some() {
        text.push('…');
    }
}

fn number(number: i32, text: &mut String) {
    text.push_str(itoa::Buffer::new().format(number));
}

/// Writes a label with a small first letter, unless its first word has more capitals, as `R&D` has.
fn within(label: &str, text: &mut String) {
    let mut rest = label.chars();
    let Some(first) = rest.next() else { return };
    let mut word = rest.clone().take_while(|character| !character.is_whitespace()).peekable();
    if (first == 'I' && word.peek().is_none()) || word.any(char::is_uppercase) {
        text.push(first);
    } else {
        text.extend(first.to_lowercase());
    }
    text.push_str(rest.as_str());
}

fn outcome(outcome: Outcome, tongue: Tongue) -> &'static str {
    match (outcome, tongue) {
        (Outcome::Connect, Tongue::Fr) => "Entrer en relation",
        (Outcome::Ask, Tongue::Fr) => "Demander",
        (Outcome::Review, Tongue::Fr) => "Examiner",
        (Outcome::Decline, Tongue::Fr) => "Décliner",
        (Outcome::Connect, Tongue::En) => "Connect",
        (Outcome::Ask, Tongue::En) => "Ask",
        (Outcome::Review, Tongue::En) => "Review",
        (Outcome::Decline, Tongue::En) => "Decline",
    }
}

fn part_name(part: Part, tongue: Tongue) -> &'static str {
    let (french, english) = match part {
        Part::Headline => ("titre", "headline"),
        Part::About => ("résumé", "about"),
        Part::Positions => ("postes", "positions"),
        Part::Education => ("formation", "education"),
        Part::Skills => ("compétences", "skills"),
        Part::Industry => ("secteur", "industry"),
        Part::Location => ("lieu", "location"),
        Part::Languages => ("langues", "languages"),
        Part::Certifications => ("certifications", "certifications"),
        Part::Activity => ("activité", "activity"),
        Part::Relationship => ("relation", "relationship"),
        Part::Invitation => ("invitation", "invitation"),
    };
    match tongue {
        Tongue::Fr => french,
        Tongue::En => english,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_shown(quotation: &str) {
        let mut text = String::new();
        shown(quotation, &mut text);
        let mut expected: String = quotation.chars().take(60).collect();
        expected = expected.replace(char::is_whitespace, " ");
        if quotation.chars().count() > 60 {
            expected.push('…');
        }
        assert_eq!(text, expected);
    }

    #[test]
    fn a_quotation_of_sixty_characters_is_whole() {
        ["x".repeat(60), "x".repeat(61), "é".repeat(60), "é".repeat(61)]
            .iter()
            .for_each(|quotation| check_shown(quotation));
    }

    proptest! {
        #[test]
        fn a_quotation_is_cut_and_its_white_space_plain(
            quotation in "([a-zé ]{56,64}|[a-zé]{0,8}|[\u{a0}\u{2003}\t]){0,3}",
        ) {
            check_shown(&quotation);
        }
    }

    #[test]
    fn a_label_begins_small_within_a_sentence_unless_its_first_word_has_more_capitals() {
        let check = |label: &str, expected: &str| {
            let mut text = String::new();
            within(label, &mut text);
            assert_eq!(text, expected);
        };
        check("Works in IT", "works in IT");
        check("Écrit", "écrit");
        check("A role", "a role");
        check("R&D now", "R&D now");
        check("I write", "I write");
        check("I", "I");
        check("", "");
    }
}
