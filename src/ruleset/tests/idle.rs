//! What can have no effect is told, and all that looks like it is not.

use super::*;

/// A patch of the category `c`.
fn category(patch: Value) -> Value {
    json!({"categories": {"c": patch}})
}

/// A patch that puts a condition into the signal `s`.
fn signal(when: Value) -> Value {
    json!({"categories": {"c": {"signals": {"s": {"when": when}}}}})
}

/// A patch that puts a condition into the policy.
fn policy(when: Value) -> Value {
    patched(&json!({}))["policy"]
        .as_array()
        .map(|rules| {
            json!({"policy": [
                {"id": "first", "when": when, "outcome": "ask"}, rules[0], rules[1], rules[2],
            ]})
        })
        .unwrap()
}

#[test]
fn a_threshold_is_within_what_signals_groups_and_caps_let_a_category_have() {
    let pointer = "/categories/c/threshold";
    let out = |patch: Value, most: u32| {
        let message = format!("is out of reach: the signals bring, within groups and caps, at most {most}");
        told(category(patch), "out-of-reach", pointer, &message);
    };
    let other = |points: i32| json!({"points": points, "when": mentions()});
    let each = json!({"points_each": 2, "max_points": 4, "when": mentions()});
    out(json!({"threshold": 11}), 10);
    out(json!({"threshold": 11, "signals": {"less": other(-50)}}), 10);
    out(json!({"threshold": 15, "signals": {"each": each}}), 14);
    silent(category(json!({"threshold": 14, "signals": {"each": each}})));
    silent(category(json!({"threshold": 11, "signals": {"more": other(1)}})));
    let grouped = |cap: i32| {
        json!({"threshold": 25, "groups": {"g": {"cap": cap}}, "signals": {
            "more": {"points": 10, "when": mentions(), "group": "g"},
            "most": {"points": 10, "when": mentions(), "group": "g"},
        }})
    };
    out(grouped(14), 24);
    silent(category(grouped(15)));
    let mut capped = grouped(15);
    capped["cap"] = json!(24);
    out(capped, 24);
}

#[test]
fn a_category_without_signals_is_told_once() {
    let empty = json!({"kind": "trait", "label": {"fr": "e", "en": "e"}, "threshold": 1, "signals": {}});
    told(
        json!({"categories": {"e": empty}}),
        "empty",
        "/categories/e/signals",
        "is empty, so the category never has any points",
    );
}

#[test]
fn a_score_is_compared_with_what_it_can_be() {
    let check_score = |op: &str, value: Value, expected: Option<(&str, &str)>| {
        let patch = policy(json!({"not": {"score": "c", "op": op, "value": value}}));
        let Some((code, message)) = expected else { return silent(patch) };
        let place = if op == "exists" { "op" } else { "value" };
        told(patch, code, &format!("/policy/0/when/not/{place}"), message);
    };
    let never = Some(("never-holds", "never holds: the score is from 0 to 10"));
    let always = Some(("always-holds", "always holds: the score is from 0 to 10"));
    for (op, value, expected) in [
        ("gte", json!(11), never),
        ("gt", json!(10), never),
        ("gt", json!(9), None),
        ("lt", json!(0), never),
        ("lte", json!(0), None),
        ("eq", json!(10), None),
        ("eq", json!(7.5), never),
        ("ne", json!(11), always),
        ("gte", json!(0), always),
        ("lt", json!(11), always),
        ("in", json!([11, 50]), never),
        ("in", json!([10, 50]), None),
        ("exists", json!(true), always),
        ("exists", json!(false), never),
    ] {
        check_score(op, value, expected);
    }
}

#[test]
fn signals_without_points_and_groups_without_signals_are_told() {
    let none = json!({"signals": {"none": {"points": 0, "when": mentions()}}});
    let message = "is 0, so the signal changes no score";
    told(category(none), "no-points", "/categories/c/signals/none/points", message);
    let group = json!({"groups": {"g": {"cap": 5}}});
    let message = "has no signals, so its cap takes nothing away";
    told(category(group.clone()), "unused-group", "/categories/c/groups/g", message);
    let mut used = group;
    used["signals"] = json!({"more": {"points": 1, "when": mentions(), "group": "g"}});
    silent(category(used));
}

#[test]
fn an_empty_list_of_terms_is_told() {
    let message = "has no terms, so nothing mentions the vocabulary";
    told(json!({"vocabularies": {"w": {"terms": []}}}), "empty", "/vocabularies/w/terms", message);
}

/// A patch that has a vocabulary of this name read, and one of that name not.
fn named(read: &str, unread: &str) -> Value {
    let mut patch = signal(json!({"mentions": {"of": [read, "v"], "in": ["headline"]}}));
    for (index, name) in [read, unread].into_iter().enumerate() {
        patch["vocabularies"][name] = json!({"terms": [format!("term {index}")]});
    }
    patch
}

#[test]
fn an_unread_vocabulary_is_told_where_it_is_named_nearly_like_one_that_is_read() {
    for slip in ["nurse-title", "nurses-titles", "nursetitles", "nurse-tiltes", "nurze-titles", "nruse-titles"] {
        let message = "is read by nothing; did you mean `nurse-titles`?";
        told(named("nurse-titles", slip), "unread-vocabulary", &format!("/vocabularies/{slip}"), message);
    }
    for (read, unread) in [
        ("nurse-titles", "nurse-roles"),
        ("es-titles", "en-titles"),
        ("it-titles", "hr-titles"),
        ("titles-1", "titles-2"),
        ("titles1", "titles"),
        ("head", "lead"),
        ("developers-elsewhere", "developed-elsewhere"),
    ] {
        silent(named(read, unread));
    }
}

#[test]
fn whatever_names_a_vocabulary_reads_it() {
    let reads = |patch: Value| {
        let mut document = named("nurse-titles", "nurse-title");
        merge(&mut document, &patch);
        silent(document);
    };
    let name = "nurse-title";
    reads(json!({"vocabularies": {"u": {"union": [name]}}}));
    for part in ["head", "with", "not_after"] {
        let mut compose = json!({"head": "v", "with": "w", "within": 2});
        compose[part] = json!(name);
        reads(json!({"vocabularies": {"p": {"compose": compose}}}));
    }
    for list in ["individual", "lead", "manager", "director", "executive"] {
        reads(json!({"facts": {"levels": {list: [name]}}}));
    }
    for list in ["technical", "specialised", "scope", "self_taught", "breaks", "company_forms"] {
        reads(json!({"facts": {list: [name]}}));
    }
    for list in ["defaults", "stock", "common"] {
        reads(json!({"facts": {"invitation": {list: [name]}}}));
    }
    reads(json!({"facts": {"disciplines": {"d": {"roles": [name]}}}}));
    reads(json!({"facts": {"disciplines": {"d": {"roles": ["v"], "studies": [name]}}}}));
    for when in [
        json!({"any": [{"all": [{"not": {"mentions": {"of": [name], "in": ["headline"]}}}]}]}),
        json!({"moved": {"from": [name], "to": ["v"]}}),
        json!({"moved": {"from": ["v"], "to": [name]}}),
        json!({"fact": "career.years", "of": [name], "op": "gt", "value": 3}),
    ] {
        reads(policy(when));
    }
}

#[test]
fn terms_and_triggers_are_no_patterns() {
    let terms = |term: &str| json!({"vocabularies": {"w": {"terms": ["other", term]}}});
    let forms = "there are no patterns; feminine and plural forms count by themselves";
    for (term, read) in [
        ("nurs*", "the word `nurs`"),
        ("nurs.*", "the word `nurs`"),
        ("^nurse$", "the word `nurse`"),
        (r"\bnurse", "the word `bnurse`"),
        ("nurse[s]", "the words `nurse s`"),
    ] {
        let message = format!("is read as {read}: {forms}");
        told(terms(term), "pattern", "/vocabularies/w/terms/1", &message);
    }
    let bare = json!({"vocabularies": {"w": {"terms": ["nurs*"], "inflect": []}}});
    let message = "is read as the word `nurs`: there are no patterns; feminine and plural forms count where `inflect` names a language";
    told(bare, "pattern", "/vocabularies/w/terms/0", message);
    let own =
        json!({"contexts": {"own": {"precedes": ["i am"], "follows": ["by trade*"], "reach": 2, "stops": [","]}}});
    told(own, "pattern", "/contexts/own/follows/0", &format!("is read as the words `by trade`: {forms}"));
    let beside = json!({"contexts": {"own": {"reach": 2, "beside": {"precedes": ["from$"]}}}});
    told(beside, "pattern", "/contexts/own/beside/precedes/0", &format!("is read as the word `from`: {forms}"));
    for term in ["C++", "C#", ".NET", "A/B", "chargé(e)", "chargé·e", "R&D", "node.js", "l'art", "24/7"] {
        silent(terms(term));
    }
}

#[test]
fn a_context_has_triggers() {
    let message = "has no triggers, neither in `precedes` or `follows` nor in `beside`, so it tells nothing";
    told(json!({"contexts": {"former": {"reach": 2, "stops": ["and"]}}}), "no-trigger", "/contexts/former", message);
    silent(json!({"contexts": {"former": {"reach": 2, "follows": ["once"]}}}));
    silent(json!({"contexts": {"former": {"reach": 2, "beside": {"follows": ["once"]}}}}));
}

#[test]
fn mentions_are_sought_in_a_context_that_they_can_be_in() {
    let sought = |context: &str, fields: Value| json!({"mentions": {"of": ["v"], "in": fields, "context": context}});
    let every = json!(["headline", "about"]);
    for (context, fields, place, where_else) in [
        ("audience", every.clone(), "context", "anywhere"),
        ("aspiring", every.clone(), "context", "anywhere"),
        ("negated", every.clone(), "context", "anywhere"),
        ("former", json!(["about", "position.title"]), "in", "outside of headlines"),
        ("own", json!(["about", "skills"]), "in", "outside of titles"),
        ("topic", json!(["headline", "position.title"]), "in", "in titles"),
    ] {
        let message = format!(
            "never holds: without triggers in `/contexts/{context}`, no term is meant as `{context}` {where_else}"
        );
        let mut patch = policy(json!({"any": [sought(context, fields)]}));
        told(patch.clone(), "no-trigger", &format!("/policy/0/when/any/0/mentions/{place}"), &message);
        for triggers in
            [json!({"precedes": ["here"], "reach": 3}), json!({"reach": 3, "beside": {"precedes": ["here"]}})]
        {
            patch["contexts"][context] = triggers;
            silent(patch.clone());
        }
    }
    for context in ["former", "own", "topic", "any"] {
        silent(signal(sought(context, every.clone())));
    }
}

#[test]
fn a_rule_with_the_condition_of_an_earlier_one_never_decides() {
    let message = "is the same condition as that of `/policy/0`, so this rule never decides";
    told(policy(json!({"ambiguous": true})), "same-condition", "/policy/1/when", message);
    silent(policy(json!({"ambiguous": false})));
}

#[test]
fn a_category_that_can_win_is_named_by_the_policy() {
    let other = |kind: &str| {
        let label = json!({"fr": "o", "en": "o"});
        let signals = json!({"t": {"points": 5, "when": mentions()}});
        json!({"categories": {"o": {"kind": kind, "label": label, "threshold": 5, "signals": signals}}})
    };
    let message = "is named by no rule of the policy: it never decides, although it can win over those that do";
    told(other("interest"), "unread-category", "/categories/o", message);
    told(other("deterrent"), "unread-category", "/categories/o", message);
    silent(other("trait"));
    for when in [json!({"category": ["c", "o"]}), json!({"not": {"score": "o", "op": "gt", "value": 3}})] {
        let mut patch = other("interest");
        merge(&mut patch, &policy(when));
        silent(patch);
    }
}

#[test]
fn the_words_of_a_fact_are_named_where_it_is_asked_for() {
    let disciplines = |roles: &[&str]| {
        let discipline = |name: &&str| ((*name).to_owned(), json!({"roles": [name], "studies": ["w"]}));
        json!({"disciplines": roles.iter().map(discipline).map(|(name, it)| (name + "-trade", it)).collect::<serde_json::Map<_, _>>()})
    };
    let with = |mut facts: Value, more: Value| {
        merge(&mut facts, &more);
        facts
    };
    let one = disciplines(&["v"]);
    let managers = json!({"levels": {"manager": ["w"]}});
    let leads = json!({"levels": {"lead": ["w"]}});
    let technical = json!({"technical": ["v"]});
    let specialised = json!({"specialised": ["v"]});
    let none = || json!({});
    let level = "is always unknown: `/facts/levels` names no vocabulary";
    let self_taught =
        "is always unknown: `/facts/self_taught` names no vocabulary, and no discipline has both roles and studies";
    let to_management = "is never true: `/facts/technical`, or `/facts/levels` from managers on, names no vocabulary";
    let special = "is never true: `/facts/specialised` names no vocabulary, or no discipline has roles";
    let crossed = "is never true: `/facts/disciplines` has no two disciplines with roles";
    let changed = "is never true: `/facts/disciplines` has no discipline with roles";
    let promoted = "is never true: `/facts/levels` names no vocabulary";
    let personal = "is always unknown: `/facts/invitation/common` names no vocabulary";
    for (fact, lacking, enough, message) in [
        ("career.level", vec![none(), one.clone()], vec![leads.clone()], level),
        (
            "career.self_taught",
            vec![none(), json!({"disciplines": {"d": {"roles": ["v"]}}})],
            vec![one.clone(), json!({"self_taught": ["v"]})],
            self_taught,
        ),
        (
            "career.to_management",
            vec![none(), managers.clone(), technical.clone(), with(technical.clone(), leads.clone())],
            vec![with(technical, managers)],
            to_management,
        ),
        (
            "career.specialised",
            vec![none(), one.clone(), specialised.clone()],
            vec![with(one.clone(), specialised)],
            special,
        ),
        ("career.crossed_disciplines", vec![none(), one.clone()], vec![disciplines(&["v", "w"])], crossed),
        ("career.changed_trade", vec![none(), leads.clone()], vec![one.clone()], changed),
        ("career.promoted", vec![none(), one], vec![leads], promoted),
        (
            "invitation.personalisation",
            vec![none(), json!({"invitation": {"stock": ["w"]}})],
            vec![json!({"invitation": {"common": ["w"]}})],
            personal,
        ),
    ] {
        let asked = |facts: Value| with(json!({"facts": facts}), policy(json!({"fact": fact, "op": "exists"})));
        lacking.into_iter().for_each(|facts| told(asked(facts), "no-words", "/policy/0/when/fact", message));
        enough.into_iter().for_each(|facts| silent(asked(facts)));
    }
    for fact in ["career.years", "career.companies", "invitation.words", "relationship.kind"] {
        silent(policy(json!({"fact": fact, "op": "exists"})));
    }
}

#[test]
fn a_discipline_has_roles() {
    let message = "has no roles, so no career is in it";
    told(json!({"facts": {"disciplines": {"d": {"studies": ["v"]}}}}), "no-words", "/facts/disciplines/d", message);
}

#[test]
fn one_placeholder_of_a_question_is_filled_in() {
    let question = |fr: &str| {
        let mut patch = policy(json!({"ambiguous": false}));
        patch["policy"][0]["question"] = json!({"fr": fr, "en": "Tell me {parts}?"});
        patch
    };
    silent(question("Dites-moi {parts} ?"));
    silent(question("Dites-moi tout :} ?"));
    let message = "has a placeholder that is sent as it stands: only one `{parts}` is filled in";
    for text in ["Bonjour {name}, dites-moi {parts} ?", "Dites-moi {Parts} ?", "{parts}, {parts} ?"] {
        told(question(text), "placeholder", "/policy/0/question/fr", message);
    }
}

#[test]
fn nothing_of_it_is_told_of_a_document_with_errors() {
    let mut patch = signal(json!({"mentions": {"of": ["typo"], "in": ["headline"]}}));
    patch["vocabularies"]["w"] = json!({"terms": []});
    let compiled = compiled(&patched(&patch));
    assert_eq!(compiled.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), ["unknown-vocabulary"]);
}

#[test]
fn the_default_rules_give_no_finding() {
    assert_eq!(compile(&builtin_document()).diagnostics, []);
}
