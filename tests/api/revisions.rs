use serde_json::json;

use crate::app::{TestApp, rules};

#[test]
fn the_history_goes_from_the_newest_back_part_by_part() {
    let app = TestApp::start();
    (1..=5).for_each(|points| drop(app.put("own", &rules(points))));
    app.activate("own", 2);
    let first = app.get("/v1/rule-sets/own/revisions?limit=3").json();
    let numbers = |list: &serde_json::Value| {
        let items = list["items"].as_array().unwrap().iter();
        items.map(|it| (it["revision"].as_u64().unwrap(), it["active"].as_bool().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(numbers(&first), [(5, false), (4, false), (3, false)]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = app.get(&format!("/v1/rule-sets/own/revisions?limit=3&cursor={cursor}")).json();
    assert_eq!(numbers(&rest), [(2, true), (1, false)]);
    assert!(rest.get("next_cursor").is_none());
    assert_eq!(rest["items"][0]["size"].as_u64(), Some(rules(2).to_string().len() as u64));
}

#[test]
fn an_earlier_revision_can_be_read_used_and_activated_again() {
    let app = TestApp::start();
    app.put("own", &rules(7));
    app.put("own", &rules(8));
    let earlier = app.get("/v1/rule-sets/own/revisions/1").json();
    assert_eq!((&earlier["document"], &earlier["active"]), (&rules(7), &json!(false)));
    assert_eq!(app.weight("own@1"), (7, 1));
    let back = app.activate("own", 1);
    assert_eq!((back.status, back.header("etag")), (200, "\"3\""));
    assert_eq!((&back.json()["revision"], &back.json()["active"]), (&json!(1), &json!(true)));
    assert_eq!(app.weight("own"), (7, 1));
    assert_eq!(app.activate("own", 1).header("etag"), "\"3\"");
    app.activate("own", 3).assert(404, "unknown-rule-set");
    // A number is never given out again.
    assert_eq!(app.put("own", &rules(9)).json()["revision"], 3);
}

#[test]
fn a_number_is_made_of_digits_alone() {
    let app = TestApp::start();
    for number in ["+1", "-1", "1.0", "", "1234567890123456789"] {
        let escaped = number.replace('+', "%2B");
        app.score(&format!("?rule_set=default@{escaped}"), r#"{"headline": "x"}"#).assert(400, "invalid-query");
        for name in ["cursor", "limit"] {
            let list = app.get(&format!("/v1/rule-sets/default/revisions?{name}={escaped}"));
            list.assert(400, "invalid-query");
        }
        if !number.is_empty() {
            app.get(&format!("/v1/rule-sets/default/revisions/{number}")).assert(400, "invalid-path");
        }
    }
    assert_eq!(app.weight("default@01"), (6, 1));
}

#[test]
fn more_pinned_revisions_than_are_kept_compiled_all_judge() {
    let app = TestApp::start();
    (1..=20).for_each(|points| drop(app.put("own", &rules(points))));
    for revision in (1..=20).chain(1..=20) {
        assert_eq!(app.weight(&format!("own@{revision}")), (revision as i64, revision));
    }
}
