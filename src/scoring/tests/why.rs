//! Whether what is missing could change the outcome, and what else would have.

use super::*;

fn mentions(of: &str, fields: &[&str]) -> Value {
    json!({"mentions": {"of": [of], "in": fields, "context": "any"}})
}

fn fixed(points: i32, when: &Value) -> Value {
    json!({"points": points, "when": when})
}

fn wanted() -> Value {
    json!([{"id": "wanted", "when": {"category": ["business"]}, "outcome": "connect"}])
}

#[track_caller]
fn check_settled(signals: &Value, policy: &Value, profile: &Value, expected: bool) {
    assert_eq!(answer_with(signals, policy, profile, Explain::Full)["settled"], expected, "{profile}");
}

#[test]
fn what_stands_in_a_profile_is_settled_and_what_could_stand_there_is_not() {
    let check = |signals: &Value, profile: &Value, expected| check_settled(signals, &wanted(), profile, expected);
    let role = |fields: &[&str]| json!({"role": fixed(60, &mentions("roles", fields))});
    check(&role(&["headline"]), &json!({"headline": "Treasurer"}), true);
    check(&role(&["headline"]), &json!({"headline": "x"}), true);
    check(&role(&["headline"]), &json!({"about": "x"}), false);
    check(&role(&["headline", "about"]), &json!({"headline": "Treasurer"}), true);
    check(&role(&["headline", "about"]), &json!({"headline": "x"}), false);
    check(&role(&["skills"]), &json!({"headline": "x", "skills": []}), true);
    check(&role(&["location"]), &json!({"headline": "x", "location": {"country": "FR"}}), false);
    check(&role(&["invitation.note"]), &json!({"headline": "x", "invitation": {"direction": "received"}}), false);
    check(&role(&["invitation.note"]), &json!({"headline": "x", "invitation": {"note": "y"}}), true);
    check(&role(&["activity.recent_posts"]), &json!({"headline": "x", "activity": {"followers": 1}}), false);
}

#[test]
fn what_is_given_in_pieces_is_completed_piece_by_piece() {
    let check = |fact: &str, profile: &Value| {
        let signals = json!({"role": fixed(60, &json!({"fact": fact, "op": "exists"}))});
        check_settled(&signals, &wanted(), profile, false);
    };
    check("relationship.years", &json!({"headline": "x", "relationship": {"kind": "colleague"}}));
    check("invitation.direction", &json!({"headline": "x", "invitation": {"note": "y"}}));
    check("activity.followers", &json!({"headline": "x", "activity": {"recent_posts": []}}));
}

#[test]
fn the_items_of_a_list_are_not_completed() {
    let signals = json!({"role": fixed(60, &mentions("roles", &["position.description"]))});
    check_settled(&signals, &wanted(), &json!({"positions": [{"title": "x"}]}), true);
    check_settled(&signals, &wanted(), &json!({"headline": "x"}), false);
    let signals = json!({"years": fixed(60, &json!({"fact": "career.years", "op": "gte", "value": 5}))});
    check_settled(&signals, &wanted(), &json!({"positions": [{"title": "x"}]}), true);
    check_settled(&signals, &wanted(), &json!({"headline": "x"}), false);
}

#[test]
fn points_that_could_come_or_go_matter_only_where_they_cross_a_threshold() {
    let check = |more: i32, profile: Value, expected| {
        let role = fixed(60, &mentions("roles", &["headline"]));
        let signals = json!({"role": role, "more": fixed(more, &mentions("tools", &["about"]))});
        check_settled(&signals, &wanted(), &profile, expected);
    };
    check(-10, json!({"headline": "Treasurer"}), true);
    check(-11, json!({"headline": "Treasurer"}), false);
    check(-11, json!({"headline": "Treasurer", "about": "x"}), true);
    check(50, json!({"headline": "x"}), false);
    check(49, json!({"headline": "x"}), true);
    let grouped = json!({"points": 50, "group": "extras", "when": mentions("tools", &["about"])});
    check_settled(&json!({"more": grouped}), &wanted(), &json!({"headline": "x"}), true);
    let each = json!({"points_each": 1, "max_points": 50, "when": mentions("tools", &["headline", "about"])});
    check_settled(&json!({"each": each}), &wanted(), &json!({"headline": "SAP"}), false);
    check_settled(&json!({"each": each}), &wanted(), &json!({"headline": "SAP", "about": "x"}), true);
}

#[test]
fn conditions_are_followed_through_not_all_and_any() {
    let about = mentions("tools", &["about"]);
    let headline = mentions("roles", &["headline"]);
    let check = |when: Value, profile: Value, expected| {
        check_settled(&json!({"signal": fixed(60, &when)}), &wanted(), &profile, expected);
    };
    check(json!({"not": about}), json!({"headline": "x"}), false);
    check(json!({"not": about}), json!({"headline": "x", "about": "SAP"}), true);
    check(json!({"all": [headline, about]}), json!({"headline": "x"}), true);
    check(json!({"all": [headline, about]}), json!({"headline": "Treasurer"}), false);
    check(json!({"any": [headline, about]}), json!({"headline": "Treasurer"}), true);
    check(json!({"any": [headline, {"not": about}]}), json!({"headline": "x"}), false);
    let two = json!({"mentions": {"of": ["tools"], "in": ["headline", "about"], "context": "any", "at_least": 2}});
    check(two.clone(), json!({"headline": "SAP"}), false);
    check(json!({"not": two}), json!({"headline": "SAP, Sage"}), true);
    // One position may be past or present for all that is known, and no completion tells.
    let timed = json!({"mentions": {"of": ["roles"], "in": ["position.title"], "time": "past"}});
    let undated = json!({"positions": [{"title": "Treasurer"}, {"title": "x"}]});
    check(timed.clone(), undated.clone(), true);
    check(json!({"not": timed}), undated, true);
    check(json!({"moved": {"from": ["tools"], "to": ["roles"]}}), json!({"headline": "x"}), false);
    check(json!({"moved": {"from": ["tools"], "to": ["roles"]}}), json!({"positions": [{"title": "x"}]}), true);
    check(json!({"fact": "headline.present", "op": "eq", "value": false}), json!({"about": "x"}), false);
    check(
        json!({"fact": "activity.posts_last_90_days", "op": "gte", "value": 1}),
        json!({"headline": "x", "activity": {"posts_last_90_days": 0}}),
        true,
    );
    check(
        json!({"fact": "activity.posts_last_90_days", "op": "gte", "value": 1}),
        json!({"headline": "x", "activity": {"followers": 0}}),
        false,
    );
}

#[test]
fn a_relationship_that_is_not_told_may_always_exempt() {
    let policy = json!([
        {"id": "close", "when": {"fact": "relationship.kind", "op": "in", "value": ["friend", "family"]}, "outcome": "connect"},
        {"id": "long", "when": {"all": [{"fact": "relationship.kind", "op": "eq", "value": "client"},
                                        {"fact": "relationship.years", "op": "gte", "value": 2}]}, "outcome": "connect"}]);
    let check = |relationship: Value, expected| {
        check_settled(&json!({}), &policy, &json!({"headline": "x", "relationship": relationship}), expected);
    };
    check(json!(null), false);
    check(json!({"since": "2020"}), false);
    check(json!({"kind": "none"}), true);
    check(json!({"kind": "client"}), false);
    check(json!({"kind": "client", "since": "2010"}), true);
    check(json!({"kind": "client", "since": "2026"}), true);
    check(json!({"kind": "friend"}), true);
}

/// A rule set of three categories with these signals, of which the last is a deterrent.
fn contest(margin: i32, signals: [Value; 3], policy: &Value) -> Value {
    let mut document = document(&json!({}), policy);
    document["margin"] = margin.into();
    let [a, b, c] = signals.map(
        |signals| json!({"kind": "interest", "label": {"fr": "x", "en": "x"}, "threshold": 50, "signals": signals}),
    );
    document["categories"] = json!({"a": a, "b": b, "c": c});
    document["categories"]["c"]["kind"] = "deterrent".into();
    document
}

/// What would have made another outcome, in a line each.
fn counterfactuals(document: &Value, profile: &Value) -> Vec<String> {
    let answer = answer_of(&compile(document), profile, Explain::Full);
    let change = |change: &Value| match change["signal"].as_str() {
        Some(signal) => {
            let [category, turned, because] =
                ["category", "change", "because"].map(|key| change[key].as_str().unwrap());
            format!("{category}.{signal} {turned} {} {because}", change["points"])
        }
        None => format!("{} {} {}", change["pointer"].as_str().unwrap(), change["from"], change["to"]),
    };
    let line = |all: &Value| {
        let changes: Vec<_> = items(&all["changes"]).map(change).collect();
        format!("{} by {}: {}", all["outcome"].as_str().unwrap(), all["rule"].as_str().unwrap(), changes.join(", "))
    };
    items(&answer["counterfactuals"]).map(line).collect()
}

#[track_caller]
fn check(document: &Value, profile: &Value, expected: &[&str]) {
    assert_eq!(counterfactuals(document, profile), expected, "{profile}");
}

#[test]
fn the_smallest_sets_come_first_and_move_the_least_points() {
    let headline = mentions("roles", &["headline"]);
    let about = mentions("tools", &["about"]);
    let signals = json!({"role": fixed(60, &headline), "heavy": fixed(90, &about), "tool": fixed(60, &about),
                         "light": fixed(20, &about), "zero": fixed(0, &about)});
    let document = contest(
        10,
        [signals, json!({}), json!({})],
        &json!([
        {"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]),
    );
    check(
        &document,
        &json!({"headline": "x"}),
        &[
            "connect by won: a.role fires 60 profile",
            "connect by won: a.tool fires 60 missing",
            "connect by won: a.heavy fires 90 missing",
        ],
    );
    check(
        &document,
        &json!({"headline": "Treasurer", "about": "x"}),
        &["ask by rest: a.role stays_silent 60 profile", "ask by rest: /categories/a/signals/role/points 60 49"],
    );
}

#[test]
fn what_only_an_owner_would_make_known_is_nothing_that_the_profile_lacks() {
    let read = json!({"fact": "invitation.personalisation", "op": "gte", "value": 40});
    let whole = json!({"all": [read, mentions("tools", &["about"])]});
    for when in [read.clone(), whole, json!({"not": read})] {
        let document = contest(
            10,
            [json!({"read": {"points": 60, "when": when}}), json!({}), json!({})],
            &json!([{"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]),
        );
        for invitation in [
            json!(null),
            json!({"direction": "received"}),
            json!({"direction": "received", "note": "Hello"}),
            json!({"direction": "sent", "note": "Hello"}),
        ] {
            let profile = json!({"headline": "x", "invitation": invitation});
            check(&document, &profile, &[]);
            assert_eq!(answer_of(&compile(&document), &profile, Explain::Full)["settled"], true, "{profile}");
        }
    }
}

#[test]
fn a_note_may_turn_out_to_be_the_owners_until_its_direction_is_told() {
    let signals = json!({"tool": fixed(60, &mentions("tools", &["invitation.note"]))});
    let check = |invitation: Value, settled: bool| {
        check_settled(&signals, &wanted(), &json!({"headline": "x", "invitation": invitation}), settled);
    };
    check(json!({"note": "SAP"}), false);
    check(json!({"note": "x"}), true);
    check(json!({"note": "SAP", "direction": "received"}), true);
    check(json!({"note": "SAP", "direction": "sent"}), true);
    check(json!({"direction": "sent"}), true);
    check(json!({"direction": "received"}), false);
}

#[test]
fn each_outcome_that_a_set_of_the_smallest_size_makes_is_among_those_given() {
    let about = mentions("tools", &["about"]);
    let light = json!({"first": fixed(60, &about), "second": fixed(60, &about), "third": fixed(60, &about)});
    let document = contest(
        10,
        [light, json!({"far": fixed(90, &about)}), json!({"pitch": fixed(70, &about)})],
        &json!([
        {"id": "sold", "when": {"category": ["c"]}, "outcome": "decline"},
        {"id": "seen", "when": {"category": ["b"]}, "outcome": "review"},
        {"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]),
    );
    check(
        &document,
        &json!({"headline": "x"}),
        &[
            "connect by won: a.first fires 60 missing",
            "decline by sold: c.pitch fires 70 missing",
            "review by seen: b.far fires 90 missing",
        ],
    );
}

#[test]
fn two_signals_are_named_where_one_is_not_enough_and_three_where_two_are_not() {
    let of = |field: &str, points: &[i32]| {
        let signal = |(n, &points): (usize, &i32)| (format!("s{n}"), fixed(points, &mentions("tools", &[field])));
        Value::Object(points.iter().enumerate().map(signal).collect())
    };
    let won = json!([{"id": "won", "when": {"category": ["a", "b"]}, "outcome": "connect"}]);
    let profile = json!({"headline": "x", "about": "x"});
    let document = |a: &[i32], b: &[i32]| contest(10, [of("about", a), of("skills", b), json!({})], &won);
    check(
        &document(&[20, 30, 10], &[45, 4]),
        &profile,
        &["connect by won: a.s0 fires 20 profile, a.s1 fires 30 profile"],
    );
    check(
        &document(&[20, 20, 10], &[30, 15, 5]),
        &profile,
        &[
            "connect by won: a.s0 fires 20 profile, a.s1 fires 20 profile, a.s2 fires 10 profile",
            "connect by won: b.s0 fires 30 missing, b.s1 fires 15 missing, b.s2 fires 5 missing",
        ],
    );
    check(&document(&[20, 20], &[10, 15, 5, 19]), &profile, &[]);
    // Alike, and more than are given.
    check(
        &document(&[30, 30, 30, 30], &[]),
        &profile,
        &[
            "connect by won: a.s0 fires 30 profile, a.s1 fires 30 profile",
            "connect by won: a.s0 fires 30 profile, a.s2 fires 30 profile",
            "connect by won: a.s0 fires 30 profile, a.s3 fires 30 profile",
        ],
    );
}

#[test]
fn signals_of_two_categories_can_be_needed_together() {
    let headline = mentions("roles", &["headline"]);
    let skills = mentions("tools", &["skills"]);
    let policy = json!([
        {"id": "between", "when": {"ambiguous": true}, "outcome": "review"},
        {"id": "won", "when": {"any": [{"category": ["b"]}, {"all": [{"category": ["a"]}, {"score": "c", "op": "gte", "value": 5}]}]},
         "outcome": "connect"},
        {"id": "sold", "when": {"category": ["a", "c"]}, "outcome": "decline"},
        {"id": "none", "when": {"not": {"category": ["a", "b", "c"]}}, "outcome": "decline"}]);
    let signals = [
        json!({"role": fixed(80, &headline)}),
        json!({"tool": fixed(60, &skills)}),
        json!({"pitch": fixed(4, &skills)}),
    ];
    // To fall silent leaves nobody, to fire leaves the other behind: only both make a winner of it.
    check(
        &contest(10, signals.clone(), &policy),
        &json!({"headline": "Treasurer"}),
        &[
            "connect by won: a.role stays_silent 80 profile, b.tool fires 60 missing",
            "connect by won: /policy/1/when/any/1/all/1/value 5 0",
        ],
    );
    check(
        &contest(25, signals, &policy),
        &json!({"headline": "Treasurer"}),
        &["review by between: b.tool fires 60 missing", "connect by won: /policy/1/when/any/1/all/1/value 5 0"],
    );
}

#[test]
fn a_signal_that_counts_terms_fires_with_one_or_with_as_many_as_count() {
    let each = |points: i32, most: i32| json!({"each": {"points_each": points, "max_points": most, "when": mentions("tools", &["skills"])}});
    let won = json!([{"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]);
    let document = |points, most| contest(10, [each(points, most), json!({}), json!({})], &won);
    check(&document(10, 60), &json!({"headline": "x"}), &["connect by won: a.each fires 60 missing"]);
    check(
        &document(50, 60),
        &json!({"headline": "x"}),
        &["connect by won: a.each fires 50 missing", "connect by won: a.each fires 60 missing"],
    );
    check(&document(10, 40), &json!({"headline": "x"}), &[]);
    check(
        &document(20, 60),
        &json!({"skills": ["SAP", "Sage"]}),
        &["connect by won: /categories/a/signals/each/points_each 20 25"],
    );
    check(
        &document(20, 45),
        &json!({"skills": ["SAP", "Sage", "Kyriba"]}),
        &["connect by won: /categories/a/signals/each/max_points 45 50"],
    );
    check(&document(45, 45), &json!({"skills": ["SAP"]}), &["connect by won: /categories/a/threshold 50 45"]);
}

#[test]
fn a_signal_that_reads_the_relationship_is_no_lever() {
    let friend = json!({"any": [mentions("tools", &["skills"]), {"fact": "relationship.kind", "op": "exists"}]});
    let document = contest(
        10,
        [json!({"friend": fixed(60, &friend)}), json!({}), json!({})],
        &json!([
        {"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]),
    );
    check(&document, &json!({"headline": "x"}), &[]);
}

#[test]
fn caps_bound_what_signals_can_do_and_are_levers_themselves() {
    let headline = mentions("roles", &["headline"]);
    let grouped = |points: i32| json!({"points": points, "group": "g", "when": headline});
    let won = json!([{"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]);
    let mut document = contest(10, [json!({"s": grouped(40), "t": grouped(30)}), json!({}), json!({})], &won);
    document["categories"]["a"]["groups"] = json!({"g": {"cap": 48}});
    let treasurer = json!({"headline": "Treasurer"});
    check(&document, &treasurer, &["connect by won: /categories/a/groups/g/cap 48 50"]);
    document["categories"]["a"]["groups"] = json!({"g": {"cap": 100}});
    document["categories"]["a"]["threshold"] = 72.into();
    check(&document, &treasurer, &["connect by won: /categories/a/signals/s/points 40 42"]);
    document["categories"]["a"]["threshold"] = 50.into();
    document["categories"]["a"]["cap"] = 49.into();
    check(&document, &treasurer, &["connect by won: /categories/a/cap 49 50"]);
    document["categories"]["a"]["cap"] = 60.into();
    check(
        &document,
        &treasurer,
        &[
            "ask by rest: a.t stays_silent 30 profile",
            "ask by rest: a.s stays_silent 40 profile",
            "ask by rest: /categories/a/cap 60 49",
        ],
    );
}

#[test]
fn the_margin_and_the_values_of_scores_are_levers() {
    let headline = mentions("roles", &["headline"]);
    let document = |margin, policy: &Value| {
        contest(margin, [json!({"s": fixed(70, &headline)}), json!({"s": fixed(62, &headline)}), json!({})], policy)
    };
    let integer = |document: &Value| counterfactuals(document, &json!({"headline": "Treasurer"})).pop().unwrap();
    let between = json!([{"id": "between", "when": {"ambiguous": true}, "outcome": "review"}]);
    assert_eq!(integer(&document(8, &between)), "ask by rest: /categories/a/signals/s/points 70 71");
    assert_eq!(integer(&document(5, &between)), "review by between: /categories/a/signals/s/points 70 67");
    let score = |op: &str, value: i32| {
        let policy = json!([{"id": "high", "when": {"all": [{"not": {"score": "a", "op": op, "value": value}}]}, "outcome": "review"},
                            {"id": "far", "when": {"score": "b", "op": "gt", "value": 99}, "outcome": "connect"}]);
        integer(&document(5, &policy))
    };
    assert_eq!(score("gte", 75), "ask by rest: /categories/a/signals/s/points 70 75");
    assert_eq!(score("eq", 70), "review by high: /categories/a/signals/s/points 70 69");
    assert_eq!(score("lt", 68), "ask by rest: /categories/a/signals/s/points 70 67");
}

#[test]
fn a_threshold_is_a_lever_where_points_are_none() {
    let signals = json!({"s": fixed(60, &mentions("roles", &["headline"]))});
    let policy = json!([{"id": "low", "when": {"score": "a", "op": "lt", "value": 50}, "outcome": "connect"},
                        {"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]);
    let document = contest(10, [signals, json!({}), json!({})], &policy);
    check(&document, &json!({"headline": "Treasurer"}), &["ask by rest: /categories/a/threshold 50 61"]);
}

#[test]
fn a_search_through_too_many_sets_stops_and_says_so() {
    let signal = |n: i32| (format!("s{n}"), fixed(n, &mentions("tools", &["skills"])));
    let signals = |from: i32| Value::Object((from..from + 48).map(signal).collect());
    let won = json!([{"id": "won", "when": {"category": ["a"]}, "outcome": "connect"}]);
    let search =
        |document: &Value| answer_of(&compile(document), &json!({"headline": "x"}), Explain::Full)["search"].clone();
    let mut document = contest(10, [signals(1), json!({}), json!({})], &won);
    document["categories"]["a"]["threshold"] = 500.into();
    assert_eq!(search(&document), json!({"tried": 1000, "complete": false}));
    document["categories"]["a"]["threshold"] = 48.into();
    assert_eq!(search(&document), json!({"tried": 48, "complete": true}));
}

#[test]
fn what_could_change_most_is_asked_for_first_and_never_the_relationship() {
    let signals = json!({"about": fixed(10, &mentions("tools", &["about"])), "skills": fixed(-30, &mentions("tools", &["skills"])),
                         "role": fixed(60, &mentions("roles", &["position.title"])), "note": fixed(5, &mentions("tools", &["invitation.note"]))});
    let policy = json!([{"id": "friend", "when": {"fact": "relationship.kind", "op": "eq", "value": "friend"}, "outcome": "connect"},
                        {"id": "won", "when": {"category": ["business"]}, "outcome": "connect"}]);
    let ask_for = |profile: Value, explain| {
        let answer = answer_with(&signals, &policy, &profile, explain);
        assert_eq!(answer["decision"]["outcome"], "ask");
        answer["decision"]["ask_for"].clone()
    };
    let expected = json!(["positions", "skills", "about"]);
    for explain in [Explain::None, Explain::Evidence, Explain::Full] {
        assert_eq!(ask_for(json!({"headline": "x"}), explain), expected);
    }
    assert_eq!(ask_for(json!({"headline": "x", "skills": []}), Explain::None), json!(["positions", "about"]));
}
