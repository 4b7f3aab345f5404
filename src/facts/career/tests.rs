//! Facts about careers, each from a small rule set.

use serde_json::{Map, Value, json};

use crate::fact_catalog::Fact;
use crate::facts::{FactValue, Facts, Place, Sources};
use crate::ruleset::{AskedFact, CompiledRuleSet};
use crate::{fact_catalog, profile, reading, ruleset};

mod moves;
mod tenure;

/// A rule set that asks for every fact about careers.
fn rules() -> CompiledRuleSet {
    let of_careers = fact_catalog::facts().iter().filter(|row| row.name.starts_with("career."));
    let ask = |row: &fact_catalog::FactRow| {
        let when = json!({"fact": row.name, "op": "exists"});
        (row.name.replace(['.', '_'], "-"), json!({"points": 1, "when": when}))
    };
    let mut signals: Map<_, _> = of_careers.map(ask).collect();
    let of = json!({"fact": "career.years", "of": ["it-roles", "finance-roles"], "op": "gte", "value": 1});
    signals.insert("years-of".into(), json!({"points": 1, "when": of}));
    let of = json!({"fact": "career.level", "of": ["finance"], "op": "exists"});
    signals.insert("level-of".into(), json!({"points": 1, "when": of}));
    let document = json!({
        "format": 1, "title": "t",
        "vocabularies": {
            "individuals": {"terms": ["account manager"]},
            "leads": {"terms": ["lead", "directeur de publication"]},
            "managers": {"terms": ["manager", "responsable", "chef", "directeur adjoint", "engineering manager"]},
            "directors": {"terms": ["directeur", "director", "head of"]},
            "executives": {"terms": ["CFO", "CTO", "DAF", "directeur général"]},
            "sellers": {"terms": ["directeur commercial"]},
            "finance-roles": {"terms": ["treasurer", "comptable", "chef comptable", "CFO", "DAF"]},
            "heads": {"terms": ["responsable", "directeur adjoint", "analyste"]},
            "fields": {"terms": ["trésorerie", "informatique"]},
            "composed": {"compose": {"head": "heads", "with": "fields", "within": 4}},
            "it-roles": {"terms": ["developer", "engineering manager", "CTO"]},
            "it-specialities": {"terms": ["security engineer"]},
            "wide": {"terms": ["senior", "Europe"]},
            "widest": {"terms": ["group", "world"]},
            "leaves": {"terms": ["career break", "congé parental"]},
            "forms": {"terms": ["SAS", "Ltd", "Groupe", "and", "et"]},
            "it-studies": {"terms": ["computer science"]},
            "alone": {"terms": ["self-taught"]} },
        "contexts": {
            "topic": {"precedes": ["assistant to the", "assistante du", "for"], "reach": 3},
            "negated": {"precedes": ["not"], "reach": 2},
            "former": {"precedes": ["ex"], "reach": 2} },
        "facts": {
            "levels": {"individual": ["individuals"], "lead": ["leads"], "manager": ["managers"],
                       "director": ["directors"], "executive": ["executives"]},
            "disciplines": {
                "finance": {"roles": ["finance-roles", "composed"]},
                "it": {"roles": ["it-roles", "it-specialities"], "studies": ["it-studies"]} },
            "technical": ["it-roles", "it-specialities"], "specialised": ["it-specialities"],
            "scope": ["wide", "widest"], "self_taught": ["alone"], "breaks": ["leaves"], "company_forms": ["forms"] },
        "categories": {"c": {"kind": "interest", "label": {"fr": "c", "en": "c"}, "threshold": 50, "signals": signals}},
        "policy": [{"id": "rest", "when": "otherwise", "outcome": "ask"}] });
    ruleset::compile(&ruleset::parse(document.to_string().as_bytes()).unwrap()).rule_set.unwrap()
}

/// Derives the facts of a profile.
fn derived<T>(profile: &Value, tell: impl Fn(&CompiledRuleSet, &profile::Profile<'_>, &Facts<'_, '_>) -> T) -> T {
    derived_by(&rules(), profile, tell)
}

fn derived_by<T>(
    rules: &CompiledRuleSet,
    profile: &Value,
    tell: impl Fn(&CompiledRuleSet, &profile::Profile<'_>, &Facts<'_, '_>) -> T,
) -> T {
    let bytes = profile.to_string();
    let profile = profile::parse(bytes.as_bytes()).unwrap();
    let as_of = jiff::civil::date(2026, 1, 1);
    let mentions = reading::read(rules, &profile, as_of, false).mentions;
    let facts = Facts::derive(rules, &Sources { profile: &profile, mentions: &mentions, owner: None, as_of });
    tell(rules, &profile, &facts)
}

/// The value of a fact, and the words it was read from.
fn told(asks: impl Fn(&AskedFact) -> bool, profile: &Value) -> (Option<FactValue>, Vec<String>) {
    derived(profile, |rules, profile, facts| {
        let asked = rules.reads().facts.iter().find(|&asked| asks(asked)).unwrap();
        let text = |place: &Place| {
            let text = &profile.texts()[place.text as usize].text;
            text[place.start as usize..place.end as usize].to_owned()
        };
        (facts.value(asked), facts.grounds(asked).iter().map(text).collect())
    })
}

fn position(title: &str, started_on: &str, ended_on: Option<&str>) -> Value {
    json!({"title": title, "started_on": started_on, "ended_on": ended_on})
}

fn check_level(profile: &Value, expected: Option<(&str, &str)>) {
    check_told("career.level", profile, expected);
}

fn check_told(fact: &str, profile: &Value, expected: Option<(&str, &str)>) {
    let (value, words) = told(|asked| asked.name == fact, profile);
    let value = value.map(|value| match value {
        FactValue::Keyword(word) => word,
        other => panic!("{other:?}"),
    });
    assert_eq!(value, expected.map(|(level, _)| level), "{profile}");
    assert_eq!(words, expected.map(|(_, word)| word.to_owned()).into_iter().collect::<Vec<_>>(), "{profile}");
}

#[test]
fn a_level_is_what_the_longest_word_of_a_title_says() {
    let check = |title: &str, expected| check_level(&json!({"positions": [{"title": title}]}), expected);
    check("CFO", Some(("executive", "CFO")));
    check("Directrice", Some(("director", "Directrice")));
    check("Directeur général, Acme", Some(("executive", "Directeur général")));
    check("Directrice adjointe", Some(("manager", "Directrice adjointe")));
    check("Directeur de publication", Some(("lead", "Directeur de publication")));
    check("Account manager", Some(("individual", "Account manager")));
    check("Developer & head of nothing", Some(("director", "head of")));
}

#[test]
fn a_level_stands_in_longer_terms_and_in_heads_of_compositions() {
    let check = |title: &str, expected| check_level(&json!({"positions": [{"title": title}]}), expected);
    check("Chef comptable", Some(("manager", "Chef comptable")));
    check("Engineering manager", Some(("manager", "Engineering manager")));
    check("Responsable de la trésorerie", Some(("manager", "Responsable de la trésorerie")));
    check("Directeur adjoint informatique", Some(("manager", "Directeur adjoint informatique")));
    check("Analyste trésorerie", Some(("individual", "Analyste trésorerie")));
    check("Developer", Some(("individual", "Developer")));
}

#[test]
fn whom_one_assists_or_was_is_no_level_of_ones_own() {
    let check = |title: &str, expected| check_level(&json!({"positions": [{"title": title}]}), expected);
    check("Assistant to the CFO", None);
    check("Assistante du DAF | comptable", Some(("individual", "comptable")));
    check("Ex-CFO | treasurer", Some(("individual", "treasurer")));
    check("Boulanger", None);
}

#[test]
fn the_highest_current_title_counts_before_the_headline() {
    let positions = json!([
        position("Developer", "2020", None),
        position("Manager", "2021", None),
        position("CFO", "2010", Some("2019")),
    ]);
    check_level(&json!({"headline": "CFO", "positions": positions}), Some(("manager", "Manager")));
    let past = json!([position("Manager", "2010", Some("2019"))]);
    check_level(&json!({"headline": "Directeur, ex-CFO", "positions": past}), Some(("director", "Directeur")));
    check_level(&json!({"headline": "Treasurer"}), Some(("individual", "Treasurer")));
    check_level(&json!({"headline": "Hello", "positions": []}), None);
}

fn check_level_in_finance(profile: &Value, expected: Option<(&str, &str)>) {
    check_told("career.level[finance]", profile, expected);
}

#[test]
fn a_level_in_some_roles_is_not_that_of_another_discipline() {
    let check = |title: &str, expected| check_level_in_finance(&json!({"positions": [{"title": title}]}), expected);
    check("Comptable & engineering manager", Some(("individual", "Comptable")));
    check("CTO, comptable", Some(("individual", "comptable")));
    check("Directeur commercial, comptable", Some(("individual", "comptable")));
    check("Comptable, manager & CTO", Some(("manager", "manager")));
    check("Head of nothing, comptable", Some(("director", "Head of")));
    check("Chef comptable & CTO", Some(("manager", "Chef comptable")));
    check("Head of nothing, CTO", None);
    check_level_in_finance(&json!({"headline": "CTO, treasurer"}), Some(("individual", "treasurer")));
}

#[test]
fn under_the_built_in_rules_a_level_is_not_that_of_another_discipline() {
    let rules = ruleset::compile(&ruleset::builtin_document()).rule_set.unwrap();
    let check = |discipline: &str, title: &str, expected: &str| {
        let fact = format!("career.level[{discipline}]");
        let level = derived_by(&rules, &json!({"headline": title}), |rules, _, facts| {
            facts.value(rules.reads().facts.iter().find(|asked| asked.name == fact).unwrap())
        });
        assert!(matches!(level, Some(FactValue::Keyword(level)) if level == expected), "{title}: {level:?}");
    };
    check("finance", "Directrice marketing & trésorière", "individual");
    check("finance", "Trésorière et directrice de la communication", "individual");
    check("finance", "CTO & comptable", "individual");
    check("finance", "DSI et trésorier", "individual");
    check("finance", "CMO | treasurer", "individual");
    check("finance", "Directeur commercial, comptable", "individual");
    check("finance", "Directeur trésorerie, CTO", "director");
    check("it", "CFO & developer", "individual");
    check("it", "Chef comptable et développeur", "individual");
    check("it", "Développeur, head of software", "director");
}

#[test]
fn a_level_in_some_roles_is_that_of_titles_that_name_them() {
    let check = check_level_in_finance;
    let positions = json!([position("Engineering manager", "2020", None), position("Comptable", "2021", None)]);
    check(&json!({"positions": positions}), Some(("individual", "Comptable")));
    check(&json!({"headline": "CFO", "positions": positions}), Some(("individual", "Comptable")));
    check(&json!({"headline": "CFO", "positions": [positions[0]]}), Some(("executive", "CFO")));
    check(&json!({"headline": "Manager", "positions": [positions[0]]}), None);
}

fn check_years_of(positions: &Value, expected: Option<(f64, &[&str])>) {
    let (value, words) = told(
        |asked| asked.fact == Fact::CareerYears && !asked.of.is_empty(),
        &json!({"headline": "x", "positions": positions}),
    );
    assert_eq!(value, expected.map(|(years, _)| FactValue::Number(years)), "{positions}");
    assert_eq!(words, expected.map_or(&[] as &[&str], |(_, words)| words), "{positions}");
}

#[test]
fn years_in_roles_are_those_of_titles_that_name_them() {
    let baker = position("Baker", "2001", Some("2010"));
    let developer = position("Developer", "2012", Some("2014"));
    let overlapping = position("Treasurer", "2014-01", Some("2015-06"));
    let all = json!([overlapping, developer, baker]);
    check_years_of(&all, Some((3.4, &["Treasurer", "Developer"])));
    check_years_of(&json!([baker]), Some((0.0, &[])));
    check_years_of(&json!([]), Some((0.0, &[])));
}

#[test]
fn years_in_roles_are_unknown_without_a_date_or_a_title() {
    check_years_of(&json!([{"title": "Developer"}]), None);
    check_years_of(&json!([{"company": "Acme", "started_on": "2010"}]), None);
    let untitled = json!({"company": "Acme", "started_on": "2010"});
    check_years_of(&json!([position("CFO", "2025-01-01", None), untitled]), Some((1.0, &["CFO"])));
    check_years_of(&Value::Null, None);
}
