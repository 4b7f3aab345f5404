//! What may be written in several ways: what is blank, whole numbers, counts, dates and spans.

use serde_json::{Value, json};

use super::{complaints, times};
use crate::profile::import::{Format, read};
use crate::profile::{Activity, Time};

const DATE: &str = "is not a date that is understood, such as 2019-03";
const COUNT: &str = "is not a number that is understood, such as 1,200 or 500+";

/// The times of the positions of an enrichment.
fn times_of(experiences: Value) -> Vec<Time> {
    times(&json!({"headline": "x", "experiences": experiences}))
}

fn check_refused(format: Format, document: Value, pointer: &str, reason: &str) {
    assert_eq!(complaints(format, &document), [(pointer.to_owned(), reason.to_owned())], "{document}");
}

#[test]
fn a_blank_text_is_as_good_as_absent_wherever_it_stands() {
    let check = |format, blank: Value| {
        for text in ["", " \n"] {
            let document = blank.to_string().replace("\"\"", &json!(text).to_string());
            let profile = read(format, document.as_bytes()).unwrap_or_else(|refusal| panic!("{document}: {refusal:?}"));
            assert!(profile.positions().is_none() && profile.activity().is_none(), "{document}");
        }
    };
    check(
        Format::Enrichment,
        json!({"headline": "x", "connections": "", "followers": "", "experiences": "", "education": "", "skills": "",
               "certifications": "", "location": ""}),
    );
    check(
        Format::CrmRecord,
        json!({"headline": "x", "linkedinconnections": "", "org_id": "", "Account": "", "id": "", "properties": ""}),
    );
    check(
        Format::JsonResume,
        json!({"basics": {"label": "x", "location": ""}, "work": "", "skills": "", "education": ""}),
    );
    check(Format::SchemaOrg, json!({"description": "x", "address": "", "hasOccupation": "", "@id": ""}));
    assert_eq!(times_of(json!(["", {"title": "CFO", "starts_at": "", "ends_at": {"year": ""}}])), [Time::Current]);
    check_refused(Format::Enrichment, json!(""), "", "is not of type object");
}

#[test]
fn a_whole_number_may_be_written_with_a_point() {
    let dated = |year: Value, month: Value| json!([{"title": "CFO", "ends_at": {"year": year, "month": month}}]);
    assert_eq!(times_of(dated(json!(2015.0), json!(2.0))), [Time::Past]);
    assert_eq!(times_of(json!([{"title": "CFO", "endDate": 2015.0}])), [Time::Past]);
    let record = json!({"id": 7.0, "headline": "x", "linkedinconnections": 500.0}).to_string();
    let profile = read(Format::CrmRecord, record.as_bytes()).unwrap();
    assert_eq!((profile.id(), profile.activity().unwrap().connections), (Some("7"), Some(500)));
    let largest = json!({"id": u64::MAX, "headline": "x"}).to_string();
    assert_eq!(read(Format::CrmRecord, largest.as_bytes()).unwrap().id(), Some("18446744073709551615"));
    check_refused(Format::CrmRecord, json!({"id": 7.5, "headline": "x"}), "/id", "is not of type string or integer");
    check_refused(
        Format::Enrichment,
        json!({"headline": "x", "connections": 500.5}),
        "/connections",
        "is not of type integer or string",
    );
}

#[test]
fn an_end_that_is_not_understood_is_never_one_that_has_not_come() {
    let year = json!({"year": 2015});
    for ends_at in [
        json!({"year": 2015.5}),
        json!({"year": [2015]}),
        json!({"year": true}),
        json!({"year": 2015, "month": [2]}),
        json!({"year": 2015, "month": 2, "day": {}}),
        json!({"month": 2}),
        json!({"month": 2, "year": null}),
        json!({"day": 7, "year": ""}),
        json!({"text": year}),
    ] {
        let document = json!({"headline": "x", "experiences": [{"title": "CFO", "ends_at": ends_at}]});
        check_refused(Format::Enrichment, document, "/experiences/0/ends_at", DATE);
    }
    let nothing = json!({"year": null, "month": "", "day": null});
    assert_eq!(times_of(json!([{"title": "CFO", "starts_at": year, "ends_at": nothing}])), [Time::Current]);
    assert_eq!(times_of(json!([{"title": "CFO", "ends_at": {"month": 2, "text": "Feb 2015"}}])), [Time::Past]);
}

#[test]
fn a_span_that_is_not_understood_leaves_the_time_unknown() {
    let spanned = |span: &str| times_of(json!([{"title": "CFO", "caption": span}]))[0];
    for past in ["2010–2015", "2010-2015", "2010 — 2015 · 5 yrs", "Jan 2010–Dec 2015", "janv. 2010 à déc. 2015"]
    {
        assert_eq!(spanned(past), Time::Past, "{past}");
    }
    for held in ["Jan 2010–Present", "2010-now", "janv. 2019 - Présent", "2019 – aujourd’hui · 5 ans", "Full-time", ""]
    {
        assert_eq!(spanned(held), Time::Current, "{held}");
    }
    for held in ["Jan 2020 - ", "Mar 2019-Present", "Depuis 2019", "Full-time · 5 yrs", "5 yrs", "3 ans", "2 yrs 4 mos"]
    {
        assert_eq!(spanned(held), Time::Current, "{held}");
    }
    for unknown in ["ene. 2010 - dic. 2015 · 5 años", "2010", "Full-time · 2010", "01/02/2010 - 03/04/2015", "2010-03"]
    {
        assert_eq!(spanned(unknown), Time::Unknown, "{unknown}");
    }
    let row = |span: &str| times(&json!({"linkedinJobTitle": "CFO", "linkedinJobDateRange": span}));
    assert_eq!(row("2010–2015"), [Time::Past]);
    assert_eq!(row("ene. 2010 - dic. 2015"), [Time::Unknown]);
    assert_eq!(row("Full-time"), [Time::Current]);
    let dated = json!([{"title": "CFO", "caption": "10 ans", "starts_at": {"year": 2016}}]);
    assert_eq!(times_of(dated), [Time::Current], "a date that stands alone says it");
}

#[test]
fn a_row_without_this_position_does_not_lend_its_span_to_the_last_one() {
    let row = |span: &str| json!({"linkedinProfileUrl": "x", "linkedinJobDateRange": span, "linkedinPreviousJobTitle": "Baker"});
    assert_eq!(times(&row("dic. 2015")), [Time::Current]);
}

#[test]
fn a_count_is_read_in_the_forms_that_people_and_programs_write() {
    let count = |text: Value| {
        let document = json!({"headline": "x", "followers": text}).to_string();
        let profile = read(Format::Enrichment, document.as_bytes()).unwrap_or_else(|_| panic!("{document}"));
        profile.activity().and_then(|Activity { followers, .. }| followers)
    };
    assert_eq!(count(json!("12.5k")), Some(12_500));
    assert_eq!(count(json!(512)), Some(512));
    assert_eq!(count(json!("500+ connections")), Some(500));
    assert_eq!(count(json!("500.0")), Some(500));
    assert_eq!(count(json!("5 millions")), Some(5_000_000));
    for text in [json!("1 234,00"), json!("1st · 500+ connections"), json!("many"), json!(-5), json!("12.5")] {
        check_refused(Format::Enrichment, json!({"headline": "x", "followers": text}), "/followers", COUNT);
    }
}
