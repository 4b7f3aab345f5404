//! What answers say of a note: under a small rule set, and laws under the default one.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

/// A rule set that asks for each fact of the note, with these words.
fn rules_with(words: &Value) -> CompiledRuleSet {
    let asks = |fact: &str| json!({"points": 1, "when": {"fact": fact, "op": "exists"}});
    let signals = json!({
        "personalisation": asks("invitation.personalisation"), "words": asks("invitation.words"),
        "marks": asks("invitation.template_marks"), "present": asks("invitation.note_present")});
    let policy = json!([
        {"id": "read", "when": {"fact": "invitation.personalisation", "op": "gte", "value": 40}, "outcome": "review"}]);
    let mut document = document(&signals, &policy);
    let vocabularies = document["vocabularies"].as_object_mut().unwrap();
    vocabularies.insert("defaults".to_owned(), json!({"terms": ["let me join your network"], "inflect": []}));
    vocabularies.insert("stock".to_owned(), json!({"terms": ["impressive brig"], "inflect": []}));
    vocabularies.insert("common".to_owned(), json!({"terms": ["about your", "the", "and"], "inflect": []}));
    document["facts"] = json!({ "invitation": words });
    compile(&document)
}

fn words() -> Value {
    json!({"defaults": ["defaults"], "stock": ["stock"], "common": ["common"]})
}

fn owner(document: &Value) -> Owner {
    let read = profile::parse_owner(document.to_string().as_bytes()).unwrap();
    Owner::new("anna".to_owned(), "sha256:0".to_owned(), read.profile)
}

fn judged(rules: &CompiledRuleSet, owner: Option<&Owner>, invitation: &Value) -> Value {
    let bytes = json!({"headline": "é", "invitation": invitation}).to_string();
    let profile = profile::parse(bytes.as_bytes()).unwrap();
    let name = RuleSetName { name: "small", revision: 7 };
    let inquiry = Inquiry { owner, ..Inquiry::on(date(2026, 11, 23)) };
    serde_json::to_value(judge(rules, name, &profile, &inquiry)).unwrap()
}

fn facts_of(note: &str) -> Value {
    let owner = owner(&json!({"headline": "Treasurer", "about": "We built the Marsouin, a brig."}));
    judged(&rules_with(&words()), Some(&owner), &json!({ "note": note }))["facts"].clone()
}

#[test]
fn a_note_is_quoted_beside_what_it_refers_to() {
    let owner = owner(&json!({"headline": "Treasurer", "about": "À Brest, we built the Marsouin."}));
    let answer = judged(&rules_with(&words()), Some(&owner), &json!({"note": "Été : about the MARSOUINS, {name}"}));
    let fact = json!({"fact": "invitation.personalisation", "value": 50, "read_from": ["/invitation/note", "/headline"],
        "quotes": [
        {"field": "/invitation/note", "start": 16, "end": 25, "text": "MARSOUINS"},
        {"document": "owner", "field": "/about", "start": 22, "end": 30, "text": "Marsouin"}]});
    assert_eq!(answer["decision"]["facts"], json!([fact]));
    let parts = answer["scores"][0]["contributions"].as_array().unwrap();
    let part = |id: &str| parts.iter().find(|part| part["signal"] == id).unwrap()["facts"][0].clone();
    assert_eq!(part("personalisation"), fact);
    assert_eq!(
        part("marks")["quotes"],
        json!([{"field": "/invitation/note", "start": 27, "end": 33, "text": "{name}"}])
    );
}

#[test]
fn a_decision_without_explanation_has_no_facts() {
    let policy =
        json!([{"id": "known", "when": {"fact": "headline.present", "op": "eq", "value": true}, "outcome": "review"}]);
    let answer = answer_with(&json!({}), &policy, &json!({"headline": "x"}), Explain::None);
    assert_eq!((&answer["decision"]["rule"], answer["decision"].get("facts")), (&json!("known"), None));
}

#[test]
fn a_note_of_default_text_alone_counts_as_none() {
    let facts = facts_of("Hello Anna, let me join your network");
    assert_eq!(facts, json!({"invitation.note_present": false, "invitation.template_marks": 0, "invitation.words": 0}));
    let facts = facts_of("Let me join your network. The Marsouin is about the sea.");
    assert_eq!(
        facts,
        json!({"invitation.note_present": true, "invitation.personalisation": 50, "invitation.template_marks": 0,
               "invitation.words": 6})
    );
}

#[test]
fn what_refers_to_the_owner_counts_beside_a_default_text() {
    let facts = facts_of("The Marsouin! Let me join your network");
    assert_eq!(facts["invitation.note_present"], true);
    assert_eq!(facts["invitation.personalisation"], 50);
}

#[test]
fn stock_phrases_refer_to_nothing() {
    assert!(facts_of("The brig!")["invitation.personalisation"].as_u64() > Some(0));
    assert_eq!(facts_of("Impressive brig!")["invitation.personalisation"], 0);
}

#[test]
fn without_note_owner_or_common_words_personalisation_is_unknown() {
    let anna = owner(&json!({"headline": "Treasurer", "about": "We built the Marsouin."}));
    let fact = |words: Value, owner: Option<&Owner>, invitation: Value| {
        judged(&rules_with(&words), owner, &invitation)["facts"].get("invitation.personalisation").cloned()
    };
    let note = json!({"note": "About the Marsouin"});
    assert_eq!(fact(words(), Some(&anna), note.clone()), Some(json!(50)));
    assert_eq!(fact(words(), None, note.clone()), None);
    assert_eq!(fact(json!({"stock": ["stock"]}), Some(&anna), note.clone()), None);
    assert_eq!(fact(words(), Some(&anna), json!({"direction": "received"})), None);
    assert_eq!(fact(words(), Some(&anna), json!({"direction": "sent", "note": "About the Marsouin"})), None);
}

#[test]
fn at_most_twenty_runs_are_quoted() {
    let names: Vec<String> = ('a'..='z').map(|letter| format!("Xyl{letter}o.")).collect();
    let names = names.join(" Seen ");
    let anna = owner(&json!({"headline": "x", "about": format!("Seen {names}")}));
    let answer = judged(&rules_with(&words()), Some(&anna), &json!({ "note": names }));
    assert_eq!(answer["decision"]["facts"][0]["quotes"].as_array().unwrap().len(), 40);
}

static DEFAULT: LazyLock<CompiledRuleSet> =
    LazyLock::new(|| ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap());

/// What the first line of the owner below tells, and phrases that fit anybody.
const SAYS_NOTHING: [&str; 8] = [
    "trésorière groupe",
    "à Rouen, en Normandie",
    "Cargos Normands",
    "dans le transport maritime",
    "votre parcours m'a interpellé",
    "impressive background",
    "vous présenter nos solutions",
    "j'ai lu votre profil avec attention",
];

/// What only the document of the owner below tells.
const SPECIFIC: [&str; 5] =
    ["Marsouin", "la Brasserie Ostrelle", "l'orgue de barbarie", "les câbles sous-marins", "ISO 20022"];

static ANNA: LazyLock<Owner> = LazyLock::new(|| {
    owner(&json!({
        "headline": "Trésorière groupe", "location": {"text": "Rouen, Normandie"}, "industry": "Transport maritime",
        "about": "J'ai conçu Marsouin, et je joue de l'orgue de barbarie. Je sais poser les câbles sous-marins.",
        "positions": [
            {"title": "Trésorière groupe", "company": "Cargos Normands", "started_on": "2018",
             "description": "Passage aux messages ISO 20022."},
            {"title": "Contrôleuse", "company": "Brasserie Ostrelle", "started_on": "2009", "ended_on": "2017"}]}))
});

fn personalisation(pieces: &[&str]) -> u64 {
    let note = format!("Bonjour. {}.", pieces.join(". "));
    let answer = judged(&DEFAULT, Some(&ANNA), &json!({ "note": note }));
    answer["facts"]["invitation.personalisation"].as_u64().unwrap_or(0)
}

fn pieces(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(of), 0..5)
}

proptest! {
    #[test]
    fn the_first_line_and_phrases_for_anybody_come_to_nothing(pieces in pieces(&SAYS_NOTHING)) {
        prop_assert_eq!(personalisation(&pieces), 0);
    }

    #[test]
    fn they_change_nothing_about_what_is_specific(specific in pieces(&SPECIFIC), nothing in pieces(&SAYS_NOTHING)) {
        let alone = personalisation(&specific);
        prop_assert!(specific.is_empty() || alone > 0);
        prop_assert_eq!(personalisation(&[specific, nothing].concat()), alone);
    }

    #[test]
    fn each_further_specific_raises_it_and_none_twice(specific in pieces(&SPECIFIC), more in 0..SPECIFIC.len()) {
        let before = personalisation(&specific);
        let after = personalisation(&[&specific[..], &[SPECIFIC[more]]].concat());
        prop_assert!(after <= 100);
        if specific.contains(&SPECIFIC[more]) {
            prop_assert_eq!(after, before);
        } else {
            // Near the top a whole number has no room for more.
            prop_assert!(after > before || before >= 90 && after == before);
        }
    }
}
