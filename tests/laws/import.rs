//! Whatever is submitted, it is judged or refused; complaints and quotations point into it.

use std::collections::BTreeSet;

use entregent::profile::ProfileDocument;
use entregent::profile::import::{Format, read};
use entregent::scoring::Explain;
use entregent::wire::{Complaint, Refusal, json_schema};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde_json::{Value, json};

use crate::generated::{along, profiles, text};
use crate::judged::{BUILTIN, answer, contributions, items};

/// What of JSON Resume is read, as a schema.
fn resume_schema() -> Value {
    let text = json!({"type": ["string", "null"]});
    let date = json!({"type": ["string", "null"], "pattern": "^$|^[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$"});
    let texts = json!({"type": ["array", "null"], "items": text});
    let list = |fields: Value| json!({"type": ["array", "null"], "items": {"type": "object", "properties": fields}});
    let location = json!({"type": ["object", "null"], "properties": {"city": text, "region": text}});
    json!({
        "type": "object",
        "properties": {
            "basics": {"type": ["object", "null"], "properties": {"name": {"type": "string"}, "label": text, "summary": text, "location": location}},
            "work": list(json!({"name": text, "position": text, "location": text, "startDate": date, "endDate": date,
                                "summary": text, "highlights": texts})),
            "education": list(json!({"institution": text, "studyType": text, "area": text, "startDate": date, "endDate": date})),
            "skills": list(json!({"name": text, "keywords": texts})),
            "languages": list(json!({"language": text})),
            "certificates": list(json!({"name": text})),
        },
    })
}

fn resumes(one_in: u32) -> impl Strategy<Value = Value> {
    along(&resume_schema(), Some(one_in))
}

/// Where a schema finds a document wrong, apart from what a résumé may hold without being read.
fn wrong_places(schema: &Value, document: &Value) -> BTreeSet<String> {
    let validator = jsonschema::draft202012::new(schema).unwrap();
    let places = validator.iter_errors(document).map(|error| error.instance_path().as_str().to_owned());
    places.filter(|place| place != "/basics/name").collect()
}

fn pointers(complaints: &[Complaint]) -> BTreeSet<String> {
    complaints.iter().map(|complaint| complaint.pointer.clone()).collect()
}

/// The complaint about a document of the right form.
fn says_nothing(complaints: &[Complaint]) -> bool {
    complaints.len() == 1 && complaints[0].pointer.is_empty() && complaints[0].reason.starts_with("says nothing")
}

/// Fails unless every quotation stands in the document where it says.
fn check_quotations(document: &Value, answer: &Value) {
    for quotation in contributions(answer).flat_map(|part| items(&part["evidence"])) {
        let text = document.pointer(quotation["field"].as_str().unwrap()).and_then(Value::as_str);
        let [start, end] = ["start", "end"].map(|key| usize::try_from(quotation[key].as_u64().unwrap()).unwrap());
        assert!(start < end, "{quotation}");
        let quoted: Option<String> = text.map(|text| text.chars().skip(start).take(end - start).collect());
        assert_eq!(quoted.as_deref(), quotation["text"].as_str(), "{quotation}\n{document}");
    }
}

proptest! {
    #[test]
    fn a_resume_is_refused_just_where_it_is_wrong(resume in resumes(60)) {
        let wrong = wrong_places(&resume_schema(), &resume);
        match read(Format::JsonResume, resume.to_string().as_bytes()) {
            Ok(_) => prop_assert_eq!(wrong, BTreeSet::new()),
            Err(Refusal::Invalid(found)) if wrong.is_empty() => prop_assert!(says_nothing(&found), "{:?}", found),
            Err(Refusal::Invalid(found)) => prop_assert_eq!(pointers(&found), wrong),
            Err(Refusal::Syntax { .. }) => prop_assert!(false, "it is JSON"),
        }
    }

    #[test]
    fn a_profile_is_refused_just_where_it_is_wrong(profile in profiles(Some(60))) {
        let wrong = wrong_places(&json_schema::<ProfileDocument<'_>>(), &profile);
        match read(Format::Profile, profile.to_string().as_bytes()) {
            Ok(_) => prop_assert_eq!(wrong, BTreeSet::new()),
            Err(Refusal::Invalid(found)) if wrong.is_empty() => prop_assert!(says_nothing(&found), "{:?}", found),
            Err(Refusal::Invalid(found)) => {
                prop_assert!(!wrong.is_empty());
                for complaint in found {
                    prop_assert!(profile.pointer(&complaint.pointer).is_some(), "{:?}", complaint);
                }
            }
            Err(Refusal::Syntax { .. }) => prop_assert!(false, "it is JSON"),
        }
    }

    #[test]
    fn quotations_stand_in_the_resume_as_it_was_submitted(resume in resumes(100_000)) {
        if let Ok(answer) = answer(&BUILTIN, Format::JsonResume, &resume, Explain::Evidence) {
            check_quotations(&resume, &answer);
        }
    }

    #[test]
    fn quotations_stand_in_the_profile_as_it_was_submitted(profile in profiles(None)) {
        if let Ok(answer) = answer(&BUILTIN, Format::Profile, &profile, Explain::Evidence) {
            check_quotations(&profile, &answer);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..40), text in text()) {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            for format in [Format::Profile, Format::JsonResume] {
                if let Err(Refusal::Invalid(complaints)) = read(format, bytes) {
                    prop_assert!(!complaints.is_empty());
                }
            }
        }
    }
}

#[test]
fn the_generated_documents_are_of_all_kinds() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = [0; 3];
    for _ in 0..200 {
        let resume = resumes(60).new_tree(&mut runner).unwrap().current();
        match answer(&BUILTIN, Format::JsonResume, &resume, Explain::Evidence) {
            Err(_) => seen[0] += 1,
            Ok(answer) if contributions(&answer).next().is_none() => seen[1] += 1,
            Ok(_) => seen[2] += 1,
        }
    }
    assert!(seen.iter().all(|&count| count > 20), "refused, without evidence, with evidence: {seen:?}");
}
