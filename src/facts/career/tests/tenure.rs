//! How long, and at how many companies.

use super::*;

/// A position at a company, which is left out when it has no name.
fn at(company: &str, started_on: &str, ended_on: Option<&str>) -> Value {
    let dated = |date: Option<&str>| date.filter(|date| !date.is_empty()).map(Value::from);
    let company = Some(company).filter(|company| !company.is_empty());
    json!({"title": "x", "company": company, "started_on": dated(Some(started_on)), "ended_on": dated(ended_on)})
}

fn check(positions: &[Value], current: Option<f64>, mean: Option<f64>, companies: Option<u64>) {
    // The order of the list says nothing.
    let reversed: Vec<_> = positions.iter().rev().cloned().collect();
    for positions in [positions, &reversed] {
        let profile = json!({"headline": "x", "positions": positions});
        let value = |fact| told(|asked| asked.fact == fact, &profile).0;
        assert_eq!(value(Fact::CareerCurrentTenure), current.map(FactValue::Number), "current: {profile}");
        assert_eq!(value(Fact::CareerMeanTenure), mean.map(FactValue::Number), "mean: {profile}");
        assert_eq!(value(Fact::CareerCompanies), companies.map(FactValue::Integer), "companies: {profile}");
    }
}

#[test]
fn one_position_is_its_own_tenure() {
    check(&[at("Acme", "2020-01-01", None)], Some(6.0), Some(6.0), Some(1));
    check(&[at("Acme", "2020", Some("2021"))], None, Some(2.0), Some(1));
    check(&[], None, None, Some(0));
}

#[test]
fn positions_in_a_row_at_one_company_are_one_stint() {
    let row =
        [at("Acme", "2014-01", Some("2018-12")), at("ACMÉ", "2019-01-01", None), at("Beta", "2012", Some("2013"))];
    check(&row, Some(12.0), Some(7.0), Some(2));
    let overlapping = [at("Acme", "2014", Some("2019")), at("acme", "2018-01-01", None)];
    check(&overlapping, Some(12.0), Some(12.0), Some(1));
}

#[test]
fn words_that_a_name_is_written_with_or_without_tell_no_company_apart() {
    for (one, other) in [("Acme", "Acme SAS"), ("GROUPE ACME", "acme ltd"), ("Dupont & Fils", "Dupont et Fils")] {
        let row = [at(one, "2014-01-01", Some("2018-12")), at(other, "2019-01-01", None)];
        check(&row, Some(12.0), Some(12.0), Some(1));
    }
    // A name of nothing else is one all the same.
    check(&[at("Groupe", "2014-01-01", Some("2018-12")), at("Ltd", "2019-01-01", None)], Some(7.0), Some(6.0), Some(2));
}

#[test]
fn a_time_without_work_lasts_nothing() {
    let leave = json!({"title": "Career break", "started_on": "2021-01-01"});
    let positions = [at("Acme", "2016-01-01", Some("2020")), leave];
    check(&positions, None, Some(5.0), Some(1));
    let years =
        told(|asked| asked.fact == Fact::CareerYears && asked.of.is_empty(), &json!({"positions": positions})).0;
    assert_eq!(years, Some(FactValue::Number(5.0)));
}

#[test]
fn who_is_on_leave_from_a_company_stays_with_it() {
    let leave = json!({"title": "Congé parental", "company": "Acme", "started_on": "2018-01", "ended_on": "2018-12"});
    let positions = [at("Acme", "2014-01-01", Some("2017-12")), leave, at("Acme", "2019-01-01", None)];
    check(&positions, Some(12.0), Some(12.0), Some(1));
}

#[test]
fn who_comes_back_after_a_gap_begins_anew() {
    let gap = [at("Acme", "2010", Some("2013")), at("Acme", "2024-01-01", None)];
    check(&gap, Some(2.0), Some(3.0), Some(1));
}

#[test]
fn of_two_jobs_at_once_the_longer_is_the_tenure() {
    check(&[at("Acme", "2016-01-01", None), at("Beta", "2024-01-01", None)], Some(10.0), Some(6.0), Some(2));
}

#[test]
fn positions_without_a_company_count_by_themselves() {
    check(&[at("", "2022", Some("2023")), at("", "2024-01-01", None)], Some(2.0), Some(2.0), None);
    check(&[at("", "2022", Some("2023")), at("Acme", "2024-01-01", None)], Some(2.0), Some(2.0), Some(1));
}

#[test]
fn what_has_no_start_or_is_yet_to_come_lasts_nothing() {
    check(&[at("Acme", "", None), at("Beta", "", Some("2020"))], None, None, Some(2));
    check(&[at("Acme", "2030", None), at("Beta", "2018", Some("2019"))], None, Some(2.0), Some(2));
    check(&[at("Acme", "2020", Some("2010"))], None, None, Some(1));
}

#[test]
fn what_begins_today_has_lasted_nothing_yet() {
    check(&[at("Acme", "2026-01-01", None)], Some(0.0), Some(0.0), Some(1));
    check(&[at("Acme", "2024-01-01", Some("2025")), at("Beta", "2026-01-01", None)], Some(0.0), Some(1.0), Some(2));
    check(&[at("Acme", "2024-01-01", Some("2025")), at("Acme", "2026-01-01", None)], Some(2.0), Some(2.0), Some(1));
}
