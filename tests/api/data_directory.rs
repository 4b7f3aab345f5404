//! The program over its data directory: what it acknowledged is there after any end, and nobody else gets in.

use crate::app::rules;
use crate::exchange::{Answer, Request};
use crate::process::{Service, entregent, refused_start};

fn put(service: &Service, name: &str, points: i64) -> Answer {
    let request = Request::new("PUT", &format!("/v1/rule-sets/{name}"));
    request.json(&rules(points).to_string()).send_to(service.address)
}

fn points(service: &Service, rule_set: &str) -> serde_json::Value {
    let request = Request::new("POST", &format!("/v1/scores?rule_set={rule_set}")).json(r#"{"headline": "Treasurer"}"#);
    request.send_to(service.address).json()["scores"][0]["points"].clone()
}

#[test]
fn what_was_acknowledged_is_there_after_the_process_was_killed() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    assert_eq!(put(&service, "mine", 7).status, 201);
    assert_eq!(put(&service, "mine", 8).status, 200);
    service.signal("-KILL");
    assert!(!service.ended().1.success());
    let service = Service::start(data.path());
    assert_eq!((points(&service, "mine"), points(&service, "mine@1")), (8.into(), 7.into()));
    assert_eq!(points(&service, "default"), 6);
}

#[test]
fn a_rule_set_that_a_service_keeps_can_be_used_without_it() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    assert_eq!(put(&service, "mine", 7).status, 201);
    let directory = data.path().to_str().unwrap();
    let score =
        |name| entregent(&["score", "--rule-set", name, "--data-dir", directory], r#"{"headline": "Treasurer"}"#);
    assert_eq!(score("mine").status.code(), Some(3));
    service.signal("-TERM");
    service.ended();
    let answer: serde_json::Value = serde_json::from_slice(&score("mine@1").stdout).unwrap();
    assert_eq!((&answer["scores"][0]["points"], &answer["rule_set"]["name"]), (&7.into(), &"mine".into()));
    assert_eq!(score("yours").status.code(), Some(2));
}

#[test]
fn to_ask_for_a_rule_set_that_is_not_kept_makes_none() {
    let data = tempfile::tempdir().unwrap();
    let directory = data.path().to_str().unwrap();
    let output = entregent(&["score", "--rule-set", "yours", "--data-dir", directory], r#"{"headline": "Treasurer"}"#);
    assert_eq!(output.status.code(), Some(2));
    let service = Service::start(data.path());
    assert_eq!(points(&service, "default"), 6, "of the seed");
}

#[test]
fn a_data_directory_in_use_is_named_and_left_alone() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    let output = refused_start(data.path(), &[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains(data.path().to_str().unwrap()));
    assert_eq!(put(&service, "mine", 7).status, 201);
}

#[test]
fn a_damaged_store_is_never_served_from() {
    let data = tempfile::tempdir().unwrap();
    let service = Service::start(data.path());
    service.signal("-TERM");
    assert!(service.ended().1.success());
    let db = data.path().join("db");
    let mut bytes = std::fs::read(&db).unwrap();
    let middle = bytes.windows(7).position(|window| window == b"default").unwrap();
    bytes[middle] ^= 0x20;
    std::fs::write(&db, bytes).unwrap();
    let output = refused_start(data.path(), &[]);
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
}
