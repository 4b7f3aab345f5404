//! What to ask somebody of whom too little is known, in their language.

use crate::profile::{Part, Profile};
use crate::ruleset::{Label, PARTS, Tongue};
use crate::text::{Language, language};

/// The most parts that one question asks for.
const MOST_PARTS: usize = 2;

/// The question of a policy rule in the language of the profile's texts, in English when that is not French.
///
/// The first parts to ask for that a person can be asked about take the place of `{parts}`; without one, there is no
/// question.
pub(super) fn write(question: &Label, profile: &Profile<'_>, ask_for: &[Part]) -> Option<String> {
    let tongue = match language::guess(profile.texts().iter().map(|text| text.text.as_ref())) {
        Some(Language::Fr) => Tongue::Fr,
        _ => Tongue::En,
    };
    let question = question.told(tongue);
    let Some((before, after)) = question.split_once(PARTS) else { return Some(question.to_owned()) };
    let asked = ask_for.iter().filter_map(|&part| addressed(part, tongue)).take(MOST_PARTS);
    let and = match tongue {
        Tongue::Fr => " et ",
        Tongue::En => " and ",
    };
    let parts = asked.map(str::to_owned).reduce(|all, part| all + and + &part)?;
    Some([before, &parts, after].concat())
}

/// Whether a question asks for parts of the profile, rather than for something of its own.
pub(super) fn names_parts(question: &Label) -> bool {
    question.fr.contains(PARTS) || question.en.contains(PARTS)
}

/// A part of the profile as its owner is asked about it; `None` for what is not theirs to tell.
fn addressed(part: Part, tongue: Tongue) -> Option<&'static str> {
    let (french, english) = match part {
        Part::Headline => ("votre métier", "your trade"),
        Part::About => ("ce que vous faites", "what you do"),
        Part::Positions => ("le poste que vous occupez", "the position that you hold"),
        Part::Education => ("votre formation", "your education"),
        Part::Skills => ("vos compétences", "your skills"),
        Part::Industry => ("votre secteur", "your industry"),
        Part::Location => ("l'endroit où vous travaillez", "the place where you work"),
        Part::Languages => ("les langues que vous parlez", "the languages that you speak"),
        Part::Certifications => ("vos certifications", "your certifications"),
        Part::Activity | Part::Relationship | Part::Invitation => return None,
    };
    Some(match tongue {
        Tongue::Fr => french,
        Tongue::En => english,
    })
}
