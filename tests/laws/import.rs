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
    let list =
        |fields: Value| json!({"type": ["array", "null"], "items": {"type": ["object", "null"], "properties": fields}});
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

/// What of each form is read, as far as the generated documents have it.
fn schema(format: Format) -> Value {
    let text = json!({"type": ["string", "null"]});
    let date = json!({"type": ["string", "null"], "pattern": "date"});
    let object = |fields: Value| json!({"type": "object", "properties": fields});
    let list = |item: Value| json!({"type": ["array", "null"], "items": item});
    let named = |name: &str| json!({"oneOf": [text, object(json!({name: text}))]});
    match format {
        Format::Profile | Format::Auto => json_schema::<ProfileDocument<'_>>(),
        Format::JsonResume => resume_schema(),
        Format::CrmRecord => {
            let record = json!({"jobtitle": named("value"), "company": text, "Title": text, "Department": text, "city": text,
                                "country": text, "description": text, "message": text, "industry": text});
            json!({"oneOf": [object(record.clone()), object(json!({"properties": object(record)}))]})
        }
        Format::Enrichment => {
            let caption = json!({"oneOf": [text, {"enum": ["Jan 2020 - Present", "2012 - 2019"]}]});
            let role = json!({"title": text, "caption": caption, "description": list(object(json!({"text": text})))});
            let experience = json!({"title": text, "company": named("name"), "subtitle": text, "startDate": date,
                                    "description": text, "caption": caption, "subComponents": list(object(role))});
            object(
                json!({"headline": text, "occupation": text, "summary": text, "about": text, "location": named("name"),
                          "experiences": list(object(experience.clone())), "experience": list(object(experience)),
                          "linkedinJobTitle": text, "linkedinPreviousJobTitle": text, "skills": list(named("title")),
                          "topSkillsByEndorsements": text, "languages": list(text)}),
            )
        }
        Format::SchemaOrg => {
            let occupation = object(json!({"name": text, "description": text, "startDate": date}));
            object(
                json!({"jobTitle": {"oneOf": [text, list(text.clone())]}, "description": text, "worksFor": named("name"),
                          "alumniOf": {"oneOf": [named("name"), list(named("name"))]}, "knowsAbout": list(named("name")),
                          "hasOccupation": {"oneOf": [occupation, list(occupation.clone())]}, "knowsLanguage": text}),
            )
        }
    }
}

/// Every form that a document can be named to have.
const FORMATS: [Format; 6] =
    [Format::Profile, Format::JsonResume, Format::CrmRecord, Format::Enrichment, Format::SchemaOrg, Format::Auto];

/// A foreign form, and a document of it.
fn foreign() -> impl Strategy<Value = (Format, Value)> {
    let forms = [Format::JsonResume, Format::CrmRecord, Format::Enrichment, Format::SchemaOrg];
    prop::strategy::Union::new(forms.map(|form| along(&schema(form), None).prop_map(move |document| (form, document))))
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

/// Fails unless every quotation stands in the document where it says, to the letter or in HTML.
fn check_quotations(document: &Value, answer: &Value) {
    for quotation in contributions(answer).flat_map(|part| items(&part["evidence"])) {
        let text = document.pointer(quotation["field"].as_str().unwrap()).and_then(Value::as_str);
        let [start, end] = ["start", "end"].map(|key| usize::try_from(quotation[key].as_u64().unwrap()).unwrap());
        assert!(start < end, "{quotation}");
        let quoted: Option<String> = text.map(|text| text.chars().skip(start).take(end - start).collect());
        let said = quoted.map(|quoted| html_escape::decode_html_entities(&quoted).into_owned());
        assert_eq!(said.as_deref(), quotation["text"].as_str(), "{quotation}\n{document}");
    }
}

/// The document with its texts in HTML.
fn encoded(document: &Value) -> Value {
    match document {
        Value::String(text) => {
            let letter =
                |letter: char| if letter.is_alphabetic() { format!("&#{};", u32::from(letter)) } else { letter.into() };
            format!("<p>{}</p>", text.chars().map(letter).collect::<String>()).into()
        }
        Value::Array(items) => items.iter().map(encoded).collect(),
        Value::Object(members) => members.iter().map(|(name, it)| (name.clone(), encoded(it))).collect(),
        other => other.clone(),
    }
}

/// An answer without the places of its quotations.
fn without_places(mut answer: Value) -> Value {
    match &mut answer {
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_places(item.take())),
        Value::Object(members) => {
            members.retain(|name, _| name != "start" && name != "end");
            members.values_mut().for_each(|member| *member = without_places(member.take()));
        }
        _ => {}
    }
    answer
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
    fn quotations_stand_in_the_document_as_it_was_submitted((format, document) in foreign()) {
        if let Ok(answer) = answer(&BUILTIN, format, &document, Explain::Evidence) {
            check_quotations(&document, &answer);
        }
    }

    #[test]
    fn a_text_in_html_is_judged_as_what_it_says((format, document) in foreign()) {
        let encoded = encoded(&document);
        let [plain, html] = [&document, &encoded].map(|document| answer(&BUILTIN, format, document, Explain::Full));
        if let Ok(answer) = &html {
            check_quotations(&encoded, answer);
        }
        prop_assert_eq!(plain.map(without_places), html.map(without_places));
    }

    #[test]
    fn a_complaint_about_a_foreign_document_points_into_it(resume in resumes(20), profile in profiles(Some(20))) {
        for (format, document) in FORMATS.iter().flat_map(|format| [(*format, &resume), (*format, &profile)]) {
            match read(format, document.to_string().as_bytes()) {
                Ok(_) => {}
                Err(Refusal::Invalid(found)) => {
                    prop_assert!(!found.is_empty());
                    prop_assert!(found.iter().all(|it| document.pointer(&it.pointer).is_some()), "{:?}", found);
                }
                Err(Refusal::Syntax { .. }) => prop_assert!(false, "it is JSON"),
            }
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
            for format in FORMATS {
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
    for _ in 0..400 {
        let resume = resumes(60).new_tree(&mut runner).unwrap().current();
        match answer(&BUILTIN, Format::JsonResume, &resume, Explain::Evidence) {
            Err(_) => seen[0] += 1,
            Ok(answer) if contributions(&answer).next().is_none() => seen[1] += 1,
            Ok(_) => seen[2] += 1,
        }
    }
    assert!(seen.iter().all(|&count| count > 20), "refused, without evidence, with evidence: {seen:?}");
}

#[test]
fn documents_of_every_foreign_form_give_evidence() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..400 {
        let (format, document) = foreign().new_tree(&mut runner).unwrap().current();
        let answer = answer(&BUILTIN, format, &document, Explain::Evidence);
        let is_evident = answer.is_ok_and(|answer| contributions(&answer).next().is_some());
        *seen.entry(format!("{format:?}")).or_insert(0) += u32::from(is_evident);
    }
    assert!(seen.len() == 4 && seen.values().all(|&count| count > 5), "{seen:?}");
}
