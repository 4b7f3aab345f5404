//! How careers moved, and whether somebody taught themselves.

use super::*;
use crate::facts::{Move, MoveKind};

fn held(title: &str, company: &str, started_on: &str, ended_on: Option<&str>) -> Value {
    let mut position = position(title, started_on, ended_on);
    position["company"] = company.into();
    position
}

/// Fails unless the fact is so, read from these words; the order of the positions says nothing.
fn check(fact: Fact, positions: &[Value], expected: Option<bool>, words: &[&str]) {
    let reversed: Vec<_> = positions.iter().rev().cloned().collect();
    for positions in [positions, &reversed] {
        let profile = json!({"headline": "x", "positions": positions});
        let (value, found) = told(|asked| asked.fact == fact, &profile);
        assert_eq!(value, expected.map(FactValue::Boolean), "{profile}");
        assert_eq!(found, words, "{profile}");
    }
}

#[test]
fn who_did_technical_work_and_then_manages_moved_to_management() {
    let fact = Fact::CareerToManagement;
    let developer = position("Developer", "2010", Some("2014"));
    check(fact, &[developer.clone(), position("Responsable", "2015", None)], Some(true), &["Developer", "Responsable"]);
    check(fact, &[developer.clone(), position("Developer and lead", "2015", None)], Some(false), &[]);
    check(fact, &[position("Manager", "2001", Some("2004")), developer.clone()], Some(false), &[]);
    check(fact, &[position("Engineering manager", "2010", None), position("CFO", "2015", None)], Some(false), &[]);
    check(fact, &[position("Comptable", "2010", None), position("CFO", "2015", None)], Some(false), &[]);
    let ahead = position("Responsable", "2026-02", None);
    check(fact, &[developer.clone(), ahead], Some(false), &[]);
    check(fact, &[developer], Some(false), &[]);
    check(fact, &[], Some(false), &[]);
}

#[test]
fn a_move_is_unknown_while_its_order_is() {
    let fact = Fact::CareerToManagement;
    let check_dates = |developer: (&str, Option<&str>), manager: (&str, Option<&str>), expected: Option<bool>| {
        let words: &[&str] = if expected == Some(true) { &["Developer", "Manager"] } else { &[] };
        let positions = [position("Developer", developer.0, developer.1), position("Manager", manager.0, manager.1)];
        check(fact, &positions, expected, words);
    };
    check_dates(("2015", None), ("2016", None), Some(true));
    check_dates(("2015", None), ("2015", None), None);
    check_dates(("2015-03", None), ("2015-04", None), Some(true));
    check_dates(("2015-03-01", None), ("2015-03-01", None), Some(false));
    check_dates(("2016", None), ("2015", None), Some(false));
    check_dates(("2015-02", Some("2015")), ("2015", None), None);
    let undated = [json!({"title": "Developer"}), position("Manager", "2015", None)];
    check(fact, &undated, None, &[]);
    let ended = [json!({"title": "Developer", "ended_on": "2014"}), position("Manager", "2015", None)];
    check(fact, &ended, Some(true), &["Developer", "Manager"]);
    let before = [position("Developer", "2015", None), json!({"title": "Manager", "ended_on": "2014"})];
    check(fact, &before, Some(false), &[]);
}

#[test]
fn a_move_is_unknown_while_a_title_is() {
    let untitled = json!({"company": "Acme", "started_on": "2020"});
    let developer = position("Developer", "2010", Some("2014"));
    check(Fact::CareerToManagement, &[developer.clone(), untitled.clone()], None, &[]);
    check(Fact::CareerToManagement, &[developer.clone(), position("Geschäftsführer", "2020", None)], None, &[]);
    check(Fact::CareerSpecialised, &[developer.clone(), untitled.clone()], None, &[]);
    check(Fact::CareerCrossedDisciplines, &[developer.clone(), untitled.clone()], None, &[]);
    check(Fact::CareerChangedTrade, &[developer, untitled.clone()], None, &[]);
    check(Fact::CareerSpecialised, &[position("Comptable", "2010", None), untitled], None, &[]);
}

#[test]
fn a_general_role_and_then_a_speciality_of_its_discipline_is_specialised() {
    let fact = Fact::CareerSpecialised;
    let special = position("Security engineer", "2015", None);
    let general = position("Developer", "2010", Some("2014"));
    check(fact, &[general, special.clone()], Some(true), &["Developer", "Security engineer"]);
    check(fact, &[position("Comptable", "2010", Some("2014")), special.clone()], Some(false), &[]);
    check(fact, &[position("Security engineer", "2010", Some("2014")), special.clone()], Some(false), &[]);
    check(fact, &[special, position("Developer", "2020", None)], Some(false), &[]);
}

#[test]
fn from_one_discipline_to_another_is_crossed() {
    let fact = Fact::CareerCrossedDisciplines;
    let treasurer = position("Treasurer", "2010", Some("2014"));
    let developer = position("Developer", "2015", None);
    check(fact, &[treasurer.clone(), developer.clone()], Some(true), &["Treasurer", "Developer"]);
    check(fact, &[position("Baker", "2010", Some("2014")), developer.clone()], Some(false), &[]);
    check(fact, &[treasurer, position("Developer, treasurer", "2015", None)], Some(false), &[]);
    check(fact, &[developer, position("Security engineer", "2020", None)], Some(false), &[]);
}

#[test]
fn a_trade_is_changed_when_nothing_before_was_of_it() {
    let fact = Fact::CareerChangedTrade;
    let baker = position("Baker", "2001", Some("2010"));
    let treasurer = position("Treasurer", "2011", Some("2014"));
    let developer = position("Developer", "2015", None);
    check(fact, &[baker.clone(), treasurer.clone(), developer.clone()], Some(true), &["Developer"]);
    let before = position("Developer", "1999", Some("2000"));
    check(fact, &[before, baker.clone(), developer.clone()], Some(false), &[]);
    check(fact, std::slice::from_ref(&developer), Some(false), &[]);
    check(fact, &[baker.clone(), position("Developer", "2015", Some("2016"))], Some(false), &[]);
    check(fact, &[json!({"title": "Baker"}), developer.clone()], None, &[]);
    // Who still bakes, or keeps books, has a second trade.
    let books = [position("Comptable", "2005", Some("2010")), position("Comptable", "2008", None)];
    check(fact, &[&books[..], std::slice::from_ref(&developer)].concat(), Some(false), &[]);
    check(fact, &[position("Baker", "2001", None), developer.clone()], Some(false), &[]);
    let untold = json!({"company": "Acme", "started_on": "2003"});
    check(fact, &[position("Baker", "2001", None), untold, developer.clone()], Some(false), &[]);
    check(fact, &[json!({"title": "Developer"}), baker.clone(), developer.clone()], None, &[]);
    // Of two positions that began in one year, one was the first.
    let both = [held("Treasurer", "Acme", "2011", None), held("Treasurer", "Beta", "2011", None)];
    check(fact, &both, Some(false), &[]);
    check(fact, &[std::slice::from_ref(&baker), &both].concat(), Some(true), &["Treasurer"]);
    check(fact, &[developer, position("Security engineer", "2020", None)], Some(false), &[]);
}

#[test]
fn more_responsibility_at_the_same_company_is_a_promotion() {
    let fact = Fact::CareerPromoted;
    let clerk = held("Comptable", "Acme", "2010", Some("2014"));
    let chief = held("Chef comptable", "ACME", "2015", None);
    check(fact, &[clerk.clone(), chief.clone()], Some(true), &["Comptable", "Chef comptable"]);
    let today = held("Chef comptable", "Acme", "2026-01-01", None);
    check(
        fact,
        &[held("Comptable", "Acme", "2010", Some("2025")), today],
        Some(true),
        &["Comptable", "Chef comptable"],
    );
    check(fact, &[held("Comptable", "Beta", "2010", Some("2014")), chief.clone()], Some(false), &[]);
    check(fact, &[held("Comptable", "Acme", "2010", Some("2012")), chief.clone()], Some(false), &[]);
    check(fact, &[clerk.clone(), held("Comptable", "Acme", "2015", None)], Some(false), &[]);
    check(fact, &[held("Comptable", "Acme", "2010", None), chief.clone()], Some(false), &[]);
    check(fact, &[position("Comptable", "2010", Some("2014")), chief.clone()], None, &[]);
    check(fact, &[held("Baker", "Acme", "2010", Some("2014")), chief], None, &[]);
}

#[test]
fn a_wider_scope_of_the_same_work_is_a_promotion() {
    let fact = Fact::CareerPromoted;
    let treasurer = held("Treasurer", "Acme", "2010", Some("2014"));
    let group = held("Group treasurer", "Acme", "2015", None);
    check(fact, &[treasurer, group.clone()], Some(true), &["Treasurer", "Group"]);
    check(fact, &[held("Developer", "Acme", "2010", Some("2014")), group.clone()], Some(false), &[]);
    let senior = held("Senior treasurer", "Acme", "2010", Some("2014"));
    check(fact, &[senior.clone(), group], Some(true), &["treasurer", "Group"]);
    check(fact, &[senior, held("Treasurer Europe", "Acme", "2015", None)], Some(false), &[]);
    let world = held("Senior treasurer, world", "Acme", "2010", Some("2014"));
    check(fact, &[world, held("Treasurer Europe", "Acme", "2015", None)], Some(false), &[]);
}

#[test]
fn whatever_titles_say_nobody_rises_over_a_gap() {
    let fact = Fact::CareerPromoted;
    check(fact, &[held("Baker", "Acme", "2010", Some("2012")), held("Baker", "Acme", "2015", None)], Some(false), &[]);
    check(fact, &[held("Baker", "Acme", "2010", Some("2014")), held("Baker", "Acme", "2015", None)], None, &[]);
}

#[test]
fn a_time_without_work_is_no_part_of_a_career() {
    let leave = held("Congé parental", "Acme", "2018", None);
    let developer = held("Developer", "Acme", "2010", Some("2017"));
    check(Fact::CareerToManagement, &[developer.clone(), leave.clone()], Some(false), &[]);
    check(Fact::CareerPromoted, &[leave.clone(), held("CFO", "Acme", "2019", None)], Some(false), &[]);
    check(Fact::CareerChangedTrade, &[leave, held("Treasurer", "Beta", "2019", None)], Some(false), &[]);
    // Whoever names a trade beside it has one.
    let baker = held("Baker, congé parental", "Acme", "2012", Some("2014"));
    check(Fact::CareerChangedTrade, &[baker, held("Treasurer", "Beta", "2015", None)], Some(true), &["Treasurer"]);
    // Nor does it part what lies on both sides of it.
    let (low, high) = (held("Treasurer", "Acme", "2014", Some("2017")), held("CFO", "Acme", "2020", None));
    let away = held("Congé parental", "Acme", "2018", Some("2019"));
    check(Fact::CareerPromoted, &[low, away, high], Some(true), &["Treasurer", "CFO"]);
    let manager = held("Engineering manager", "Acme", "2020", None);
    check(Fact::CareerToManagement, &[developer, manager], Some(true), &["Developer", "Engineering manager"]);
}

#[test]
fn moves_are_told_with_their_dates_and_each_promotion_once() {
    let positions = json!([
        held("CFO", "Acme", "2020-05", None),
        held("Responsable", "Acme", "2015", Some("2020")),
        held("Developer", "Acme", "2012-02", Some("2014")),
        held("Baker", "Beta", "2010", Some("2011")),
    ]);
    let moves = derived(&json!({"positions": positions}), |_, _, facts| facts.moves());
    let told: Vec<_> = moves.iter().map(|&Move { kind, on, from, to }| (kind, on.to_string(), from, to)).collect();
    let expected = [
        (MoveKind::ToManagement, "2015".to_owned(), 2, 1),
        (MoveKind::Promoted, "2015".to_owned(), 2, 1),
        (MoveKind::CrossedDisciplines, "2020-05".to_owned(), 2, 0),
        (MoveKind::ChangedTrade, "2020-05".to_owned(), 1, 0),
        (MoveKind::Promoted, "2020-05".to_owned(), 1, 0),
    ];
    assert_eq!(told, expected);
}

fn check_self_taught(profile: &Value, expected: Option<bool>, words: &[&str]) {
    let (value, found) = told(|asked| asked.fact == Fact::CareerSelfTaught, profile);
    assert_eq!(
        (value, found),
        (expected.map(FactValue::Boolean), words.iter().map(|&word| word.to_owned()).collect()),
        "{profile}"
    );
}

#[test]
fn who_says_to_be_self_taught_is() {
    let school = json!([{"degree": "MSc", "field": "Computer science"}]);
    let profile = |about: &str| json!({"headline": "Developer", "about": about, "education": school});
    check_self_taught(&profile("Curious and self-taught."), Some(true), &["self-taught"]);
    check_self_taught(&profile("Not self-taught."), Some(false), &["Developer", "Computer science"]);
    let headline = json!({"headline": "Self-taught developer | not self-taught"});
    check_self_taught(&headline, Some(true), &["Self-taught"]);
}

#[test]
fn who_has_no_degree_in_the_field_of_their_work_is_self_taught() {
    let check = |education: Value, expected: Option<bool>, words: &[&str]| {
        let profile = json!({"headline": "Baker", "education": education,
                             "positions": [position("Developer", "2015", None), position("Treasurer", "2010", Some("2014"))]});
        check_self_taught(&profile, expected, words);
    };
    check(Value::Null, None, &[]);
    check(json!([]), Some(true), &["Developer"]);
    check(json!([{"degree": "History"}]), Some(true), &["Developer"]);
    check(
        json!([{"degree": "History"}, {"field": "Computer science"}]),
        Some(false),
        &["Developer", "Computer science"],
    );
    check(json!([{"degree": "History"}, {"school": "Lycée"}]), None, &[]);
}

#[test]
fn whose_field_of_work_has_no_studies_may_be_self_taught_or_not() {
    check_self_taught(&json!({"headline": "Treasurer", "education": []}), None, &[]);
    check_self_taught(&json!({"headline": "Baker", "education": []}), None, &[]);
    check_self_taught(&json!({"headline": "Developer", "education": []}), Some(true), &["Developer"]);
}
