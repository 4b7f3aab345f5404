//! Why a signal fires or not, and why a rule of the policy decides.

use super::*;

fn mentions(more: Value) -> Value {
    let mut mentions = json!({"of": ["roles"], "in": ["headline"]});
    mentions.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "mentions": mentions })
}

fn skilled() -> Value {
    json!({"fact": "skills.count", "op": "gte", "value": 5})
}

/// What is told of the only signal, which fires so.
fn told(when: Value, profile: &Value) -> Value {
    let signals = json!({"signal": {"points": 1, "when": when}});
    let answer = answer_with(&signals, &json!([]), profile, Explain::Full);
    let score = &answer["scores"][0];
    items(&score["contributions"]).chain(items(&score["silent"])).next().unwrap().clone()
}

/// Why the rule of the policy that holds so decides.
fn decided(when: Value, profile: &Value) -> Value {
    let policy = json!([{"id": "asked", "when": when, "outcome": "decline"}]);
    let answer = answer_with(&json!({}), &policy, profile, Explain::Evidence);
    assert_eq!(answer["decision"]["rule"], "asked");
    answer["decision"].clone()
}

#[test]
fn the_condition_that_failed_is_the_one_that_settled_it() {
    let unknown = json!({"fact": "career.years", "op": "gte", "value": 5});
    let other = json!({"fact": "languages.count", "op": "gte", "value": 5});
    let profile = json!({"headline": "x", "skills": ["SAP"]});
    let check = |when: Value, failed: &str, is_unknown: bool| {
        let silent = told(when.clone(), &profile);
        assert_eq!((&silent["failed"], &silent["unknown"]), (&json!(failed), &json!(is_unknown)), "{when}");
    };
    check(json!({"all": [unknown, skilled()]}), "skills.count", false);
    check(json!({"all": [unknown, other]}), "career.years", true);
    check(json!({"any": [skilled(), unknown, other]}), "career.years", true);
    check(json!({"any": [skilled(), mentions(json!({}))]}), "skills.count", false);
}

#[test]
fn a_negation_shows_the_facts_it_rests_on() {
    let profile = json!({"headline": "x", "skills": ["SAP"]});
    let facts = |when: Value| told(when, &profile)["facts"].clone();
    let one_skill = json!([{"fact": "skills.count", "value": 1, "read_from": ["/skills"]}]);
    let headline = json!({"fact": "headline.present", "op": "eq", "value": true});
    assert_eq!(facts(json!({"not": skilled()})), one_skill);
    assert_eq!(facts(json!({"not": {"all": [headline, skilled()]}})), one_skill);
    assert_eq!(facts(json!({"not": {"any": [skilled(), skilled()]}})), one_skill);
    let negated = told(json!({"not": {"not": mentions(json!({}))}}), &json!({"headline": "Treasurer"}));
    assert_eq!(negated["evidence"][0]["text"], "Treasurer");
}

#[test]
fn a_place_is_quoted_once_however_often_it_is_asked_for() {
    let profile = json!({"headline": "Treasurer", "skills": ["1", "2", "3", "4", "5"]});
    let role = mentions(json!({}));
    let fired = told(json!({"all": [role, skilled(), role, skilled()]}), &profile);
    assert_eq!(fired["evidence"].as_array().unwrap().len(), 1);
    assert_eq!(fired["facts"].as_array().unwrap().len(), 1);
    let twice = mentions(json!({"of": ["roles", "roles"], "at_least": 2}));
    assert_eq!(told(twice, &profile)["failed"], "mentions");
}

#[test]
fn a_silent_signal_shows_what_it_found_otherwise_than_wanted() {
    let profile = json!({"headline": "J'aide les trésoriers", "skills": ["SAP"]});
    let silent = told(mentions(json!({})), &profile);
    assert_eq!(silent["failed"], "mentions");
    let found = json!({"field": "/headline", "start": 11, "end": 21, "text": "trésoriers", "term": "trésorier",
                       "vocabulary": "roles", "context": "audience", "time": "current"});
    assert_eq!(silent["found"], json!([found]));
    let silent = told(json!({"not": mentions(json!({"context": "audience"}))}), &profile);
    assert_eq!((&silent["failed"], &silent["found"]), (&json!("not"), &json!([found])));
    let silent = told(json!({"not": {"fact": "skills.count", "op": "lt", "value": 5}}), &profile);
    assert_eq!(silent["facts"], json!([{"fact": "skills.count", "value": 1, "read_from": ["/skills"]}]));
    // What else the signal reads did not make it fail.
    let whole = json!({"any": [{"not": mentions(json!({"context": "audience"}))},
                               {"fact": "skills.count", "op": "gte", "value": 10}]});
    let silent = told(whole, &profile);
    assert_eq!((&silent["failed"], &silent["found"], silent.get("facts")), (&json!("not"), &json!([found]), None));
    let many = json!({"headline": "J'aide les trésoriers | ".repeat(9)});
    assert_eq!(told(mentions(json!({})), &many)["found"].as_array().unwrap().len(), 5);
}

#[test]
fn a_silent_signal_tells_what_it_wanted_of_a_mention() {
    let wanted = |more: Value| told(mentions(more), &json!({"headline": "x"})).get("wanted").cloned();
    assert_eq!(wanted(json!({})), Some(json!({"context": "own"})));
    assert_eq!(
        wanted(json!({"context": "former", "time": "past", "at_least": 2})),
        Some(json!({"context": "former", "time": "past", "at_least": 2}))
    );
    assert_eq!(wanted(json!({"context": "any", "time": "current"})), Some(json!({"time": "current"})));
    assert_eq!(wanted(json!({"context": "any"})), None);
}

/// A signal over nurses, where some nurses are others' concern.
fn told_of_nurses(profile: &Value, explain: Explain) -> Value {
    let when = json!({"mentions": {"of": ["nurse-titles"], "in": ["headline", "position.title"]}});
    let others =
        json!({"mentions": {"of": ["nurse-titles", "specialists"], "in": ["headline", "about"], "at_least": 9}});
    let signals = json!({"nurse-now": {"points": 60, "when": when}, "others": {"points": 1, "when": others}});
    let mut document = document(&signals, &json!([]));
    document["vocabularies"] = json!({
        "nurse-titles": {"terms": ["nurse", "nurse manager"]},
        "specialists": {"terms": ["specialist"]},
        "other-roles": {"compose": {"head": "specialists", "with": "nurse-titles", "within": 3}},
        "wards": {"terms": ["paediatrics"]},
        "ward-roles": {"compose": {"head": "nurse-titles", "with": "wards", "within": 2, "dashed": true}},
        "decoys": {"terms": ["nurse shark"]},
        "animals": {"terms": ["nurse sharks"]} });
    answer_of(&compile(&document), profile, explain)["scores"][0].clone()
}

#[test]
fn a_silent_signal_shows_what_hides_the_words_it_looked_for() {
    let hidden = |profile: Value| told_of_nurses(&profile, Explain::Full)["silent"][0].get("hidden").cloned();
    let stands = |field: &str, start: usize, text: &str, term: &str, vocabulary: &str| {
        let end = start + text.chars().count();
        json!({"field": field, "start": start, "end": end, "text": text, "term": term, "vocabulary": vocabulary})
    };
    let by = |mut hidden: Value, by: Value| {
        hidden["by"] = by;
        hidden
    };
    let nurse = by(
        stands("/headline", 11, "nurse", "nurse", "nurse-titles"),
        json!([stands("/headline", 11, "nurse specialist", "specialist + nurse", "other-roles")]),
    );
    let headline = json!({"headline": "❤ Clinical nurse specialist"});
    assert_eq!(hidden(headline.clone()), Some(json!([nurse])));
    let dashed = by(
        stands("/positions/1/title", 0, "Nurse", "nurse", "nurse-titles"),
        json!([stands("/positions/1/title", 0, "Nurse – Paediatrics", "nurse + paediatrics", "ward-roles")]),
    );
    let positions = json!({"positions": [{"title": "x"}, {"title": "Nurse – Paediatrics"}]});
    assert_eq!(hidden(positions), Some(json!([dashed])));
    let sharks = hidden(json!({"headline": "Nurse sharks"})).unwrap();
    let vocabularies: Vec<_> = items(&sharks[0]["by"]).map(|by| &by["vocabulary"]).collect();
    assert_eq!(vocabularies, ["animals", "decoys"]);
    let many = hidden(json!({"headline": "Nurse specialist | ".repeat(9)}));
    assert_eq!(many.unwrap().as_array().unwrap().len(), 5);
    for elsewhere in ["x", "Former specialist"] {
        assert_eq!(hidden(json!({"headline": elsewhere, "about": "A nurse specialist"})), None);
    }
    let evidence = told_of_nurses(&headline, Explain::Evidence);
    assert_eq!((&evidence["points"], evidence.get("silent")), (&json!(0), None));
}

#[test]
fn what_is_hidden_by_what_was_found_is_not_told() {
    let signals = json!({"nurse-past": {"points": 1, "when": {"mentions": {"of": ["roles"], "in": ["headline"]}}}});
    let mut document = document(&signals, &json!([]));
    document["vocabularies"]["roles"] = json!({"terms": ["nurse", "head nurse"]});
    let answer = answer_of(&compile(&document), &json!({"headline": "J'aide les head nurses"}), Explain::Full);
    let silent = &answer["scores"][0]["silent"][0];
    assert_eq!((&silent["found"][0]["text"], silent.get("hidden")), (&json!("head nurses"), None));
}

#[test]
fn a_rule_that_rests_on_mentions_names_and_quotes_them() {
    let decision = decided(mentions(json!({})), &json!({"headline": "Treasurer"}));
    assert_eq!(decision["reasons"], json!(["roles"]));
    assert_eq!(decision["evidence"][0]["text"], "Treasurer");
    let decision = decided(skilled(), &json!({"headline": "x", "skills": ["1", "2", "3", "4", "5"]}));
    assert_eq!(decision["reasons"], json!(["skills.count"]));
    assert_eq!(decision.get("evidence"), None);
}

#[test]
fn a_rule_that_rests_on_ambiguity_gives_the_signals_of_both_contenders() {
    let category = |points: i32, signal: &str| {
        json!({"kind": "interest", "label": {"fr": "x", "en": "x"}, "threshold": 5,
               "signals": {signal: {"points": points, "when": mentions(json!({}))}}})
    };
    let mut document =
        document(&json!({}), &json!([{"id": "asked", "when": {"ambiguous": true}, "outcome": "review"}]));
    document["categories"] = json!({"a": category(8, "low"), "b": category(9, "high"), "c": category(-1, "none")});
    let answer = answer_of(&compile(&document), &json!({"headline": "Treasurer"}), Explain::None);
    assert_eq!(answer["decision"]["reasons"], json!(["high", "low"]));
}

#[test]
fn a_fact_tells_where_it_was_read_in_the_document_as_submitted() {
    let when = json!({"all": [{"fact": "headline.present", "op": "eq", "value": true},
                              {"fact": "skills.count", "op": "gte", "value": 1},
                              {"fact": "relationship.kind", "op": "exists", "value": false}]});
    let rules = compile(&document(&json!({"signal": {"points": 1, "when": when}}), &json!([])));
    let read_from = |format, document: Value| {
        let bytes = document.to_string();
        let profile = profile::import::read(format, bytes.as_bytes()).unwrap();
        let name = RuleSetName { name: "small", revision: 7 };
        let answer = judge(&rules, name, &profile, &Inquiry::on(date(2026, 11, 23)));
        let answer = serde_json::to_value(answer).unwrap();
        let facts = items(&answer["scores"][0]["contributions"][0]["facts"]).cloned().collect::<Vec<_>>();
        facts.into_iter().map(|fact| fact["read_from"].clone()).collect::<Vec<_>>()
    };
    let profile = json!({"headline": "x", "skills": ["SAP"]});
    let own = [json!(["/headline"]), json!(["/skills"]), json!(["/relationship/kind"])];
    assert_eq!(read_from(profile::import::Format::Profile, profile), own);
    let resume = json!({"basics": {"label": "x"}, "skills": [{"name": "SAP"}]});
    assert_eq!(
        read_from(profile::import::Format::JsonResume, resume),
        [json!(["/basics/label"]), json!(["/skills"]), json!(null)]
    );
}

#[test]
fn a_fact_that_reads_words_quotes_them() {
    let mut document = document(
        &json!({"signal": {"points": 1, "when": {"fact": "career.years", "of": ["roles"], "op": "gte", "value": 1}}}),
        &json!([{"id": "leads", "when": {"fact": "career.level", "op": "ne", "value": "individual"}, "outcome": "decline"}]),
    );
    document["vocabularies"]["leads"] = json!({"terms": ["head"]});
    document["facts"] = json!({"levels": {"lead": ["leads"]}});
    let title = "❤ Treasurer and head";
    let profile = json!({"positions": [{"title": "x"}, {"title": title, "started_on": "2019-03"}]});
    let answer = answer_of(&compile(&document), &profile, Explain::Evidence);
    assert_eq!(
        answer["scores"][0]["contributions"][0]["facts"],
        json!([{"fact": "career.years[roles]", "value": 7.7, "read_from": ["/positions"],
                "quotes": [{"field": "/positions/1/title", "start": 2, "end": 11, "text": "Treasurer"}]}])
    );
    assert_eq!(answer["facts"], json!({"career.level": "lead", "career.years[roles]": 7.7}));
    assert_eq!(answer["decision"]["reasons"], json!(["career.level"]));
    assert_eq!(answer["missing"], json!(["headline"]));
}
