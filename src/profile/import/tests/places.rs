//! Where a form may have a thing in several ways: as a text, as an object, in a list, or not at all.

use serde_json::{Value, json};

use super::{check, complaints, times};
use crate::profile::Time;
use crate::profile::import::{Format, read};

#[test]
fn an_organization_of_a_crm_is_a_name_a_thing_with_a_name_or_a_number_that_says_nothing() {
    for id in [json!(42), json!(42.0)] {
        let person = json!({"id": 1, "job_title": "CFO", "org_id": id});
        check(&person, Format::CrmRecord, &[("/job_title", "CFO")]);
    }
    for (member, key) in [("org_id", json!("42")), ("organization", json!(42))] {
        check(&json!({"job_title": "CFO", member: key}), Format::CrmRecord, &[("/job_title", "CFO")]);
    }
    for member in ["Account", "organization"] {
        let person = |company: Value| json!({"job_title": "CFO", member: company});
        let read = |pointer: &str, company| {
            check(&person(company), Format::CrmRecord, &[("/job_title", "CFO"), (pointer, "Acme")]);
        };
        read(&format!("/{member}"), json!("Acme"));
        let name = if member == "Account" { "Name" } else { "name" };
        read(&format!("/{member}/{name}"), json!({ name: "Acme" }));
    }
    let expected = [("/org_id".to_owned(), "is not of type integer or object".to_owned())];
    for id in [json!(true), json!("Acme"), json!("42 Acme")] {
        assert_eq!(complaints(Format::CrmRecord, &json!({"job_title": "CFO", "org_id": id})), expected);
    }
}

#[test]
fn a_list_of_texts_may_be_one_text() {
    let person = json!({"headline": "CFO", "occupation": "x", "certifications": "CPA, CFA"});
    let expected = [("/headline", "CFO"), ("/certifications", "CPA"), ("/certifications", "CFA")];
    check(&person, Format::Enrichment, &expected);
    let person = json!({"@type": "Person", "jobTitle": "CFO", "hasCredential": "CPA; CFA"});
    check(&person, Format::SchemaOrg, &[("/jobTitle", "CFO"), ("/hasCredential", "CPA"), ("/hasCredential", "CFA")]);
}

#[test]
fn properties_of_schema_org_may_be_lists_of_things() {
    let person = json!({
        "@type": "Person", "identifier": [{"@type": "PropertyValue", "value": "51"}], "jobTitle": [{"name": "CFO"}, "Baker"],
        "description": ["Numbers."], "skills": [{"name": "SAP"}], "hasCredential": {"name": "CPA"},
        "address": [{"addressLocality": "Lyon", "addressCountry": {"name": "France"}}],
    });
    let expected = [
        ("/description/0", "Numbers."),
        ("/address/0/addressLocality", "Lyon\nFrance"),
        ("/jobTitle/1", "Baker\nCFO"),
        ("/skills/0/name", "SAP"),
        ("/hasCredential/name", "CPA"),
    ];
    check(&person, Format::SchemaOrg, &expected);
    assert_eq!(read(Format::SchemaOrg, person.to_string().as_bytes()).unwrap().id(), Some("51"));
    let person =
        json!({"@type": "Person", "jobTitle": "CFO", "homeLocation": [{"name": "Lyon"}], "identifier": ["51"]});
    check(&person, Format::SchemaOrg, &[("/homeLocation/0/name", "Lyon"), ("/jobTitle", "CFO")]);
    assert_eq!(read(Format::SchemaOrg, person.to_string().as_bytes()).unwrap().id(), Some("51"));
}

#[test]
fn each_role_at_an_organization_is_a_position_with_its_own_dates() {
    let role = |title: &str, company: Value, from: &str, to: Value| json!({"@type": "OrganizationRole", "roleName": title, "worksFor": company, "startDate": from, "endDate": to});
    let roles = json!([
        role("Treasurer", json!({"name": "Lindqvist"}), "2019", json!(null)),
        role("Accountant", json!("Orme"), "2010", json!("2019-01")),
        {"@type": "Organization", "name": "Chess club"},
    ]);
    let person = json!({"@type": "Person", "worksFor": roles});
    let expected = [
        ("/worksFor/2/name", "Chess club"),
        ("/worksFor/0/roleName", "Treasurer"),
        ("/worksFor/0/worksFor/name", "Lindqvist"),
        ("/worksFor/1/roleName", "Accountant"),
        ("/worksFor/1/worksFor", "Orme"),
    ];
    check(&person, Format::SchemaOrg, &expected);
    assert_eq!(times(&person), [Time::Current, Time::Current, Time::Past]);
    let person =
        json!({"@type": "Person", "jobTitle": "CFO", "worksFor": [role("Baker", json!(null), "2010", json!("2012"))]});
    check(&person, Format::SchemaOrg, &[("/jobTitle", "CFO"), ("/worksFor/0/roleName", "Baker")]);
    assert_eq!(times(&person), [Time::Current, Time::Past]);
    let found = complaints(Format::SchemaOrg, &json!({"jobTitle": "CFO", "worksFor": ["Acme", {"roleName": 5}]}));
    assert_eq!(found, [("/worksFor/1/roleName".to_owned(), "is not of type string or array".to_owned())]);
}

#[test]
fn a_role_may_have_several_names() {
    let role = json!({"roleName": ["CFO", "Treasurer"]});
    for (member, roles, pointer) in [
        ("worksFor", json!([role]), "/worksFor/0/roleName/0"),
        ("worksFor", json!(role), "/worksFor/roleName/0"),
        ("hasOccupation", json!([role]), "/hasOccupation/0/roleName/0"),
    ] {
        check(&json!({"@type": "Person", member: roles}), Format::SchemaOrg, &[(pointer, "CFO\nTreasurer")]);
    }
    let unnamed = json!({"@type": "Person", "worksFor": [{"name": "Acme", "roleName": []}]});
    check(&unnamed, Format::SchemaOrg, &[("/worksFor/0/name", "Acme")]);
}

#[test]
fn a_person_of_schema_org_may_stand_in_the_graph_of_a_page() {
    let page =
        json!({"@type": "WebPage", "@id": "https://acme.example/ilse", "description": "Our team.", "name": "Ilse"});
    let person = |kind: Value| json!({"@type": kind, "@id": "https://acme.example/#ilse", "jobTitle": "Directrice R&amp;D", "worksFor": [{"name": "Acme"}]});
    let author = json!({"@type": "Person", "@id": "https://acme.example/#admin", "name": "Admin"});
    let graph = |items: Value| json!({"@context": "https://schema.org", "@graph": items});
    for kind in [
        json!("Person"),
        json!(["Organization", "Person"]),
        json!("schema:Person"),
        json!("http://schema.org/Person"),
        json!(["https://schema.org/Person"]),
    ] {
        let document = graph(json!([page, null, "x", author, person(kind)]));
        let expected = [("/@graph/4/jobTitle", "Directrice R&D"), ("/@graph/4/worksFor/0/name", "Acme")];
        check(&document, Format::SchemaOrg, &expected);
        let bytes = document.to_string();
        let profile = read(Format::Auto, bytes.as_bytes()).unwrap();
        assert_eq!(profile.id(), Some("https://acme.example/#ilse"));
        let (pointer, place) = profile.origins().unwrap().submitted("/positions/0/title", 10..13).unwrap();
        assert_eq!((pointer, place), ("/@graph/4/jobTitle", 10..17));
    }
    let ilse = || person(json!("Person"));
    check(
        &json!({"@graph": [ilse()]}),
        Format::SchemaOrg,
        &[("/@graph/0/jobTitle", "Directrice R&D"), ("/@graph/0/worksFor/0/name", "Acme")],
    );
    // Who says nothing that is read does not count.
    let empty =
        json!({"@type": "Person", "worksFor": {"@id": "#acme"}, "knowsAbout": [], "description": "<p>&nbsp;</p>"});
    let expected = [("/@graph/1/jobTitle", "Directrice R&D"), ("/@graph/1/worksFor/0/name", "Acme")];
    check(&graph(json!([empty, ilse()])), Format::SchemaOrg, &expected);
    let mut whole = person(json!("Person"));
    whole["@graph"] = json!([ilse(), ilse()]);
    check(&whole, Format::SchemaOrg, &[("/jobTitle", "Directrice R&D"), ("/worksFor/0/name", "Acme")]);
    let found = |document: &Value| complaints(Format::SchemaOrg, document);
    let refused = |reason: &str| [("/@graph".to_owned(), reason.to_owned())];
    let several = refused("holds several of type `Person`: send each in a document of its own");
    assert_eq!(found(&graph(json!([ilse(), page, ilse()]))), several);
    let beside = |count| [vec![ilse()], vec![author.clone(); count]].concat();
    assert_eq!(found(&graph(json!(beside(99)))), []);
    assert_eq!(found(&graph(json!(beside(100)))), several);
    for items in [json!([]), json!([page]), json!([author, {"@type": 5, "jobTitle": "CFO"}, {"jobTitle": "CFO"}])] {
        assert_eq!(found(&graph(items)), refused("holds none of type `Person` that says something"));
    }
    let mut wrong = ilse();
    wrong["jobTitle"] = json!(5);
    let reason = "is not of type string or array or object".to_owned();
    assert_eq!(found(&graph(json!([page, wrong]))), [("/@graph/1/jobTitle".to_owned(), reason)]);
}

#[test]
fn a_text_of_json_ld_may_be_an_object_with_its_language() {
    let text = |text: &str| json!({"@value": text, "@language": "en"});
    let person = json!({"@type": "Person", "jobTitle": text("CFO"), "knowsAbout": [text("SAP")],
                        "hasOccupation": [{"name": text("Baker"), "endDate": {"@value": "2012", "@type": "xsd:gYear"}}]});
    let expected =
        [("/jobTitle/@value", "CFO"), ("/hasOccupation/0/name/@value", "Baker"), ("/knowsAbout/0/@value", "SAP")];
    check(&person, Format::SchemaOrg, &expected);
    assert_eq!(times(&person), [Time::Current, Time::Past]);
    let found = complaints(Format::SchemaOrg, &json!({"@type": "Person", "jobTitle": {"@value": 5}}));
    assert_eq!(found[0].0, "/jobTitle/@value");
}

#[test]
fn a_record_stands_where_something_of_it_does() {
    for wrapper in ["properties", "lead_obj", "data", "current"] {
        for inside in [json!({}), json!({"jobtitle": null}), json!({"id": 5, "hs_object_id": "51"})] {
            check(&json!({"jobtitle": "CFO", wrapper: inside}), Format::CrmRecord, &[("/jobtitle", "CFO")]);
        }
    }
    let person = json!({"properties": {"owner": "x"}, "data": {"job_title": "CFO"}});
    check(&person, Format::CrmRecord, &[("/data/job_title", "CFO")]);
    let wrong = complaints(Format::CrmRecord, &json!({"jobtitle": "CFO", "properties": {"jobtitle": 5}}));
    assert_eq!(wrong[0].0, "/properties/jobtitle");
}

#[test]
fn a_key_given_twice_is_refused_where_it_is_read() {
    let check = |document: &str, expected: &[&str]| {
        let found = match read(Format::Enrichment, document.as_bytes()) {
            Ok(_) => Vec::new(),
            Err(crate::wire::Refusal::Invalid(found)) => found,
            Err(crate::wire::Refusal::Syntax { .. }) => panic!("it is JSON"),
        };
        assert!(found.iter().all(|it| it.reason == "has a key that occurs twice"), "{found:?}");
        assert_eq!(found.iter().map(|it| it.pointer.as_str()).collect::<Vec<_>>(), expected, "{document}");
    };
    check(r#"{"headline": "CFO", "headline": "Baker", "experiences": []}"#, &[""]);
    check(r#"{"experiences": [{}, {"title": "CFO", "title": "Baker"}]}"#, &["/experiences/1"]);
    check(r#"{"experiences": [{"title": "x", "ends_at": {"year": 2015, "year": 2016}}]}"#, &["/experiences/0/ends_at"]);
    check(r#"{"headline": "x", "Jean Dupont": {"a": 1, "a": 1}, "skills": [{"name": "x"}, {"name": "x"}]}"#, &[]);
    // A key that is a number is no item of a list, and no error quotes it.
    let number = read(Format::Enrichment, br#"{"experiences": {"0612345678": {"title": "a", "title": "b"}}}"#);
    let Err(crate::wire::Refusal::Invalid(found)) = number else { panic!("{number:?}") };
    assert_eq!(found.iter().map(|it| it.pointer.as_str()).collect::<Vec<_>>(), ["/experiences"]);
    let broken = read(Format::Enrichment, br#"{"headline": "x", "headline": "y""#);
    assert!(matches!(broken, Err(crate::wire::Refusal::Syntax { .. })));
}
