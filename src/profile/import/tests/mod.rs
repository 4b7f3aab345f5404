//! Documents as they come from elsewhere, of invented people: what is read, and where it stands.

mod html;
mod places;
mod values;

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Format, MARKS, crm_record, enrichment, json_resume, read, schema_org};
use crate::profile::{Part, Time};
use crate::wire::Refusal;

/// The texts that are read, each with the pointer of its first piece in the document, after `auto` told the form.
fn check(document: &Value, format: Format, expected: &[(&str, &str)]) {
    let bytes = document.to_string();
    let profile = read(Format::Auto, bytes.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    assert_eq!(profile.format(), Some(format));
    let origins = profile.origins().unwrap();
    let from = |pointer: &str| origins.piece(pointer, 0).unwrap().pointer.clone();
    let found: Vec<_> =
        profile.texts().iter().map(|text| (from(text.pointer()), text.text.as_ref().to_owned())).collect();
    assert_eq!(found, expected.iter().map(|(from, text)| ((*from).to_owned(), (*text).to_owned())).collect::<Vec<_>>());
}

fn times(document: &Value) -> Vec<Time> {
    let bytes = document.to_string();
    let profile = read(Format::Auto, bytes.as_bytes()).unwrap();
    profile.positions().unwrap().iter().map(|it| it.time(jiff::civil::date(2026, 11, 23))).collect()
}

fn complaints(format: Format, document: &Value) -> Vec<(String, String)> {
    match read(format, document.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid(found)) => found.into_iter().map(|it| (it.pointer, it.reason)).collect(),
        Err(Refusal::Syntax { .. }) => panic!("it is JSON"),
    }
}

#[test]
fn a_hubspot_contact_is_read_from_its_properties() {
    let contact = json!({
        "id": "51", "archived": false, "createdAt": "2026-11-02T09:00:00Z",
        "properties": {
            "firstname": "Ilse", "lastname": "Varnholt", "email": "ilse@example.org", "jobtitle": "Group treasurer",
            "company": "Lindqvist Papier", "industry": "PAPER_FOREST_PRODUCTS", "city": "Lyon", "state": null,
            "country": "France", "message": "Could we talk?", "hs_object_id": "51", "linkedinconnections": "512",
        },
    });
    let expected = [
        ("/properties/industry", "PAPER_FOREST_PRODUCTS"),
        ("/properties/city", "Lyon\nFrance"),
        ("/properties/jobtitle", "Group treasurer"),
        ("/properties/company", "Lindqvist Papier"),
        ("/properties/message", "Could we talk?"),
    ];
    check(&contact, Format::CrmRecord, &expected);
    let bytes = contact.to_string();
    let profile = read(Format::Auto, bytes.as_bytes()).unwrap();
    assert_eq!((profile.id(), profile.activity().unwrap().connections), (Some("51"), Some(512)));
    assert_eq!(times(&contact), [Time::Current]);
}

#[test]
fn a_hubspot_workflow_sends_properties_with_their_history() {
    let contact =
        json!({"vid": 51, "properties": {"jobtitle": {"value": "CFO", "versions": []}, "city": {"value": "Lyon"}}});
    check(&contact, Format::CrmRecord, &[("/properties/city/value", "Lyon"), ("/properties/jobtitle/value", "CFO")]);
}

#[test]
fn a_salesforce_lead_and_contact_are_read() {
    let lead = json!({
        "attributes": {"type": "Lead", "url": "/services/data/v60.0/sobjects/Lead/00Q000000000001"},
        "Id": "00Q000000000001", "Name": "Ilse Varnholt", "Title": "Treasurer", "Company": "Lindqvist Papier",
        "Industry": "Manufacturing", "Description": "Met at the fair.", "City": "Lyon", "Country": "France",
        "AnnualRevenue": 12.5,
    });
    let expected = [
        ("/Description", "Met at the fair."),
        ("/Industry", "Manufacturing"),
        ("/City", "Lyon\nFrance"),
        ("/Title", "Treasurer"),
        ("/Company", "Lindqvist Papier"),
    ];
    check(&lead, Format::CrmRecord, &expected);
    let contact = json!({
        "Id": "003000000000001", "Title": "Manager", "Department": "Treasury", "MailingCity": "Lyon",
        "MailingCountry": "France", "Account": {"Name": "Lindqvist Papier"},
    });
    let expected = [
        ("/MailingCity", "Lyon\nFrance"),
        ("/Title", "Manager"),
        ("/Account/Name", "Lindqvist Papier"),
        ("/Department", "Treasury"),
    ];
    check(&contact, Format::CrmRecord, &expected);
}

#[test]
fn a_pipedrive_person_is_read_alone_or_within_an_answer() {
    let person = json!({"id": 7, "name": "Ilse Varnholt", "job_title": "Treasurer", "org_name": "Lindqvist Papier",
                        "org_id": {"name": "Lindqvist Papier", "people_count": 4}});
    check(&person, Format::CrmRecord, &[("/job_title", "Treasurer"), ("/org_name", "Lindqvist Papier")]);
    let answer = json!({"success": true, "data": person});
    check(&answer, Format::CrmRecord, &[("/data/job_title", "Treasurer"), ("/data/org_name", "Lindqvist Papier")]);
    let bytes = answer.to_string();
    assert_eq!(read(Format::Auto, bytes.as_bytes()).unwrap().id(), Some("7"));
}

#[test]
fn a_lead_of_django_crm_is_read_alone_or_within_an_answer() {
    let lead = json!({"id": "0b6c", "first_name": "Ilse", "job_title": "Treasurer", "company_name": "Lindqvist Papier",
                      "description": "Wants a demo.", "country": "FR", "linkedin_url": "https://example.org/in/ilse"});
    let read = [
        ("/lead_obj/description", "Wants a demo."),
        ("/lead_obj/country", "FR"),
        ("/lead_obj/job_title", "Treasurer"),
        ("/lead_obj/company_name", "Lindqvist Papier"),
    ];
    check(&json!({"lead_obj": lead}), Format::CrmRecord, &read);
    check(&lead, Format::CrmRecord, &read.map(|(pointer, text)| (&pointer["/lead_obj".len()..], text)));
}

#[test]
fn experiences_with_dates_in_parts_are_read() {
    let person = json!({
        "public_identifier": "ilse-varnholt", "full_name": "Ilse Varnholt", "occupation": "Treasurer at Lindqvist Papier",
        "headline": "Group treasurer", "summary": "Cash is a promise.", "country": "FR", "country_full_name": "France",
        "city": "Lyon", "state": null, "connections": 500, "follower_count": 1200,
        "experiences": [
            {"starts_at": {"day": 1, "month": 3, "year": 2019}, "ends_at": null, "company": "Lindqvist Papier",
             "title": "Group treasurer", "description": null, "location": "Lyon", "logo_url": "x"},
            {"starts_at": {"day": 1, "month": 9, "year": 2012}, "ends_at": {"day": 28, "month": 2, "year": 2019},
             "company": "Orme & Fils", "title": "Accountant", "description": "Books.", "location": null},
        ],
        "education": [{"starts_at": {"day": 1, "month": 1, "year": 2006}, "ends_at": null, "field_of_study": "Finance",
                       "degree_name": "Master", "school": "Lyon"}],
        "languages": ["French", "German"], "skills": [], "certifications": [{"name": "CTP", "authority": "AFP"}],
    });
    let expected = [
        ("/headline", "Group treasurer"),
        ("/summary", "Cash is a promise."),
        ("/city", "Lyon\nFrance\nFR"),
        ("/experiences/0/title", "Group treasurer"),
        ("/experiences/0/company", "Lindqvist Papier"),
        ("/experiences/0/location", "Lyon"),
        ("/experiences/1/title", "Accountant"),
        ("/experiences/1/company", "Orme & Fils"),
        ("/experiences/1/description", "Books."),
        ("/education/0/school", "Lyon"),
        ("/education/0/degree_name", "Master"),
        ("/education/0/field_of_study", "Finance"),
        ("/languages/0", "French"),
        ("/languages/1", "German"),
        ("/certifications/0/name", "CTP"),
    ];
    check(&person, Format::Enrichment, &expected);
    assert_eq!(times(&person), [Time::Current, Time::Past]);
    let bytes = person.to_string();
    let profile = read(Format::Auto, bytes.as_bytes()).unwrap();
    assert_eq!((profile.id(), profile.counts().skills), (Some("ilse-varnholt"), Some(0)));
    assert_eq!(profile.activity().unwrap().followers, Some(1200));
    assert_eq!(profile.origins().unwrap().pieces("/positions")[0].pointer, "/experiences");
}

#[test]
fn experiences_with_captions_are_read_and_an_employer_gives_way_to_its_roles() {
    let person = json!({
        "linkedinUrl": "https://example.org/in/ilse", "fullName": "Ilse Varnholt", "headline": "CFO", "about": "Numbers.",
        "connections": "500+", "addressWithCountry": "Lyon, France", "topSkillsByEndorsements": "SAP, Cash management",
        "experiences": [
            {"title": "Lindqvist Papier", "subtitle": "Full-time · 6 yrs", "breakdown": true, "subComponents": [
                {"title": "CFO", "caption": "Jan 2023 - Present · 3 yrs", "description": [{"type": "t", "text": "All."}]},
                {"title": "Treasurer", "caption": "Jan 2020 - Dec 2022 · 3 yrs", "description": []}]},
            {"title": "Accountant", "subtitle": "Orme & Fils · Full-time", "caption": "Sep 2012 - Dec 2019 · 7 yrs",
             "metadata": "Lyon", "breakdown": false, "subComponents": [{"description": [{"text": "Books."}]}]},
        ],
        "educations": [{"title": "Université de Lyon", "subtitle": "Master, Finance"}],
        "skills": [{"title": "Treasury"}], "languages": [{"title": "French"}],
    });
    let expected = [
        ("/headline", "CFO"),
        ("/about", "Numbers."),
        ("/addressWithCountry", "Lyon, France"),
        ("/experiences/0/subComponents/0/title", "CFO"),
        ("/experiences/0/title", "Lindqvist Papier"),
        ("/experiences/0/subComponents/0/description/0/text", "All."),
        ("/experiences/0/subComponents/1/title", "Treasurer"),
        ("/experiences/0/title", "Lindqvist Papier"),
        ("/experiences/1/title", "Accountant"),
        ("/experiences/1/subtitle", "Orme & Fils · Full-time"),
        ("/experiences/1/metadata", "Lyon"),
        ("/experiences/1/subComponents/0/description/0/text", "Books."),
        ("/educations/0/title", "Université de Lyon"),
        ("/educations/0/subtitle", "Master, Finance"),
        ("/skills/0/title", "Treasury"),
        ("/languages/0/title", "French"),
    ];
    check(&person, Format::Enrichment, &expected);
    assert_eq!(times(&person), [Time::Current, Time::Past, Time::Past]);
}

#[test]
fn a_row_with_this_and_the_last_position_is_read_and_its_list_of_skills_split() {
    let row = json!({
        "linkedinProfileUrl": "https://example.org/in/ilse", "linkedinHeadline": "Trésorière", "linkedinDescription": "",
        "linkedinJobTitle": "Trésorière", "companyName": "Lindqvist Papier", "linkedinJobDateRange": "janv. 2020 - aujourd'hui",
        "linkedinPreviousJobTitle": "Comptable", "previousCompanyName": "Orme", "linkedinPreviousJobDateRange": "2012 - 2019",
        "linkedinSchoolName": "Lyon 3", "linkedinSkillsLabel": "SAP, Trésorerie",
    });
    let expected = [
        ("/linkedinHeadline", "Trésorière"),
        ("/linkedinJobTitle", "Trésorière"),
        ("/companyName", "Lindqvist Papier"),
        ("/linkedinPreviousJobTitle", "Comptable"),
        ("/previousCompanyName", "Orme"),
        ("/linkedinSchoolName", "Lyon 3"),
        ("/linkedinSkillsLabel", "SAP"),
        ("/linkedinSkillsLabel", "Trésorerie"),
    ];
    check(&row, Format::Enrichment, &expected);
    assert_eq!(times(&row), [Time::Current, Time::Past]);
    let bytes = row.to_string();
    let origins = read(Format::Auto, bytes.as_bytes()).unwrap().origins().unwrap().clone();
    assert_eq!(origins.piece("/skills/1", 0).unwrap().from, 5);
}

#[test]
fn experience_with_a_time_period_is_read() {
    let person = json!({
        "headline": "CFO", "summary": "Numbers.", "locationName": "Lyon", "geoCountryName": "France", "industryName": "Paper",
        "firstName": "Ilse", "experience": [
            {"title": "CFO", "companyName": "Lindqvist", "timePeriod": {"startDate": {"month": 1, "year": 2020}}},
            {"title": "Treasurer", "companyName": "Orme",
             "timePeriod": {"startDate": {"year": 2010}, "endDate": {"month": 12, "year": 2019}}},
        ],
        "education": [{"schoolName": "Lyon 3", "degreeName": "Master", "fieldOfStudy": "Law"}], "skills": [{"name": "SAP"}],
    });
    let expected = [
        ("/headline", "CFO"),
        ("/summary", "Numbers."),
        ("/industryName", "Paper"),
        ("/locationName", "Lyon\nFrance"),
        ("/experience/0/title", "CFO"),
        ("/experience/0/companyName", "Lindqvist"),
        ("/experience/1/title", "Treasurer"),
        ("/experience/1/companyName", "Orme"),
        ("/education/0/schoolName", "Lyon 3"),
        ("/education/0/degreeName", "Master"),
        ("/education/0/fieldOfStudy", "Law"),
        ("/skills/0/name", "SAP"),
    ];
    check(&person, Format::Enrichment, &expected);
    assert_eq!(times(&person), [Time::Current, Time::Past]);
}

#[test]
fn a_person_of_schema_org_is_read_whether_things_are_texts_objects_or_lists() {
    let person = json!({
        "@context": "https://schema.org", "@type": "Person", "@id": "https://example.org/#ilse", "name": "Ilse Varnholt",
        "jobTitle": "Treasurer", "description": "Cash is a promise.", "worksFor": {"@type": "Organization", "name": "Lindqvist"},
        "alumniOf": [{"@type": "CollegeOrUniversity", "name": "Lyon 3"}, "HEC"], "knowsAbout": ["SAP", {"name": "Pooling"}],
        "knowsLanguage": "French, German", "address": {"addressLocality": "Lyon", "addressCountry": "FR"},
        "hasOccupation": [{"@type": "Role", "hasOccupation": {"@type": "Occupation", "name": "Accountant"},
                           "startDate": "2012", "endDate": "2019-12-31"}],
    });
    let expected = [
        ("/description", "Cash is a promise."),
        ("/address/addressLocality", "Lyon\nFR"),
        ("/jobTitle", "Treasurer"),
        ("/worksFor/name", "Lindqvist"),
        ("/hasOccupation/0/hasOccupation/name", "Accountant"),
        ("/alumniOf/0/name", "Lyon 3"),
        ("/alumniOf/1", "HEC"),
        ("/knowsAbout/0", "SAP"),
        ("/knowsAbout/1/name", "Pooling"),
        ("/knowsLanguage", "French"),
        ("/knowsLanguage", "German"),
    ];
    check(&person, Format::SchemaOrg, &expected);
    let short = json!({"@type": "Person", "jobTitle": ["CFO", "Treasurer"], "worksFor": "Lindqvist", "alumniOf": "HEC",
                       "hasOccupation": {"@type": "Occupation", "name": "Accountant"}});
    let expected = [
        ("/jobTitle/0", "CFO\nTreasurer"),
        ("/worksFor", "Lindqvist"),
        ("/hasOccupation/name", "Accountant"),
        ("/alumniOf", "HEC"),
    ];
    check(&short, Format::SchemaOrg, &expected);
}

#[test]
fn a_job_title_is_held_now_unless_a_date_says_otherwise() {
    let with = |member: &str, value: Value| {
        let mut person = json!({"@type": "Person", "jobTitle": "CFO"});
        person[member] = value;
        times(&person)
    };
    assert_eq!(with("hasOccupation", json!({"name": "Finance director"})), [Time::Current, Time::Unknown]);
    assert_eq!(
        with("hasOccupation", json!([{"name": "Baker"}, "Cook"])),
        [Time::Current, Time::Unknown, Time::Unknown]
    );
    assert_eq!(with("worksFor", json!({"name": "Orme", "endDate": "2019"})), [Time::Past]);
    let without = json!({"@type": "Person", "hasOccupation": [{"name": "Baker"}, {"name": "Cook"}]});
    assert_eq!(times(&without), [Time::Unknown, Time::Unknown]);
    let row = json!({"linkedinJobTitle": "Trésorière", "linkedinPreviousJobTitle": "Comptable"});
    assert_eq!(times(&row), [Time::Current, Time::Unknown]);
}

#[test]
fn a_resume_is_told_by_its_basics() {
    check(&json!({"basics": {"name": "Ilse", "label": "CFO"}}), Format::JsonResume, &[("/basics/label", "CFO")]);
}

#[test]
fn a_profile_document_is_told_by_having_no_foreign_member() {
    let profile = read(Format::Auto, br#"{"headline": "CFO", "positions": [{"title": "CFO"}]}"#).unwrap();
    assert_eq!((profile.format(), profile.origins().is_none()), (None, true));
    assert_eq!(
        complaints(Format::Auto, &json!({}))[0].1,
        "says nothing: at least one text is needed, such as `headline`"
    );
}

#[test]
fn a_document_of_no_known_form_is_refused_without_quoting_it() {
    let expected = [(String::new(), "is of no known form: name it with `format`".to_owned())];
    assert_eq!(complaints(Format::Auto, &json!({"headline": "CFO", "Jean Dupont": 1})), expected);
}

#[test]
fn no_two_forms_are_told_by_the_same_member() {
    let mut marks: Vec<_> = MARKS.iter().flat_map(|(_, marks)| marks.iter()).collect();
    let count = marks.len();
    marks.sort_unstable();
    marks.dedup();
    assert_eq!(marks.len(), count);
}

#[test]
fn title_and_company_alone_are_enough() {
    let bytes = br#"{"title": "Treasurer", "company": "Lindqvist Papier"}"#;
    let profile = read(Format::Auto, bytes).unwrap();
    assert!(profile.knows(Part::Positions) && !profile.knows(Part::Headline));
}

#[test]
fn a_wrong_type_at_a_place_that_is_read_is_pointed_to() {
    let check = |format, document: Value, expected: &[(&str, &str)]| {
        let expected: Vec<_> = expected.iter().map(|(at, why)| ((*at).to_owned(), (*why).to_owned())).collect();
        assert_eq!(complaints(format, &document), expected, "{document}");
    };
    check(Format::CrmRecord, json!({"jobtitle": 5, "x": 5}), &[("/jobtitle", "is not of type string or object")]);
    check(
        Format::CrmRecord,
        json!({"properties": {"jobtitle": true}}),
        &[("/properties/jobtitle", "is not of type string or object")],
    );
    check(Format::Enrichment, json!({"experiences": {"title": "x"}}), &[("/experiences", "is not of type array")]);
    check(
        Format::Enrichment,
        json!({"headline": "x", "skills": [1]}),
        &[("/skills/0", "is not of type string or object")],
    );
    check(
        Format::Enrichment,
        json!({"headline": "x", "connections": [], "experience": [{"startDate": "soon"}]}),
        &[
            ("/experience/0/startDate", "is not a date that is understood, such as 2019-03"),
            ("/connections", "is not of type integer or string"),
        ],
    );
    check(
        Format::Enrichment,
        json!({"headline": "x", "connections": "many"}),
        &[("/connections", "is not a number that is understood, such as 1,200 or 500+")],
    );
    check(Format::SchemaOrg, json!([]), &[("", "is not of type object")]);
    check(Format::SchemaOrg, json!(null), &[("", "is not of type object")]);
}

#[test]
fn each_member_that_is_read_is_named_in_both_languages_of_the_documentation() {
    let english = (include_str!("../../../../docs/formats.md"), "\n## What is read of each form");
    let french = (include_str!("../../../../docs/formats.fr.md"), "\n## Ce qui est lu de chaque forme");
    for (page, heading) in [english, french] {
        let (_, behind) = page.split_once(heading).unwrap();
        let section = behind.split("\n## ").next().unwrap();
        let is_between = |letter: char| !letter.is_alphanumeric() && !['_', '@'].contains(&letter);
        let named: HashSet<&str> = section.split('`').skip(1).step_by(2).flat_map(|it| it.split(is_between)).collect();
        for layout in [crm_record::LAYOUT, enrichment::LAYOUT, json_resume::LAYOUT, schema_org::LAYOUT] {
            layout.each_place(|base, place, _| {
                let place = [base, place].concat();
                let unnamed = place.split('/').find(|it| !["", "*"].contains(it) && !named.contains(it));
                assert_eq!(unnamed, None, "{place} is not in the table below {heading}");
            });
        }
    }
}
