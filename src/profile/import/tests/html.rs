//! Where texts of foreign documents may be HTML, and where what is quoted of them was sent.

use std::ops::Range;

use serde_json::{Value, json};

use super::{check, complaints};
use crate::profile::import::linkedin::{Connections, join};
use crate::profile::import::{Format, read};
use crate::profile::{Field, Profile};

/// What was sent of words of a text, wherever they stand in it.
fn sent(profile: &Profile<'_>, field: Field, words: &str) -> (String, Range<usize>) {
    let text = profile.texts().iter().find(|text| text.field == field && text.text.contains(words)).unwrap();
    let start = text.text.split(words).next().unwrap().chars().count();
    let quoted = start..start + words.chars().count();
    let (pointer, place) = profile.origins().unwrap().submitted(text.pointer(), quoted).unwrap();
    (pointer.to_owned(), place)
}

#[test]
fn a_record_is_read_as_what_its_html_says() {
    let contact = json!({
        "id": "R&amp;D-7", "title": "<b>Directeur R&amp;D</b>", "company": "Dupont & fils", "city": "<p>&nbsp;</p>",
        "Description": "<p> </p>", "description": "<p>Tr&eacute;sorerie.</p><p>&lt;br&gt;Lyon &lt; 5 %</p>",
        "message": "Bonjour <name>,<br>[Prénom] {firstName} &lt;company&gt;", "linkedinconnections": "1&nbsp;200",
    });
    let expected = [
        ("/description", "Trésorerie.\nLyon < 5 %"),
        ("/title", "Directeur R&D"),
        ("/company", "Dupont & fils"),
        ("/message", "Bonjour <name>,\n[Prénom] {firstName} <company>"),
    ];
    check(&contact, Format::CrmRecord, &expected);
    let bytes = contact.to_string();
    let profile = read(Format::CrmRecord, bytes.as_bytes()).unwrap();
    assert_eq!((profile.id(), profile.activity().unwrap().connections), (Some("R&amp;D-7"), Some(1_200)));
}

#[test]
fn a_profile_document_says_what_its_letters_do() {
    let profile = read(Format::Auto, br#"{"headline": "R&amp;D<br>"}"#).unwrap();
    assert_eq!(profile.texts()[0].text, "R&amp;D<br>");
}

#[test]
fn what_is_quoted_is_pointed_to_as_it_was_sent() {
    let resume = json!({
        "basics": {"label": "<b>Directeur R&amp;amp;D</b>, L&#39;Or&eacute;al"},
        "work": [{"position": "CFO", "summary": "Cash &amp; SEPA.", "highlights": ["<li>Pooling</li>", "SAP &gt; Sage"]}],
    });
    let bytes = resume.to_string();
    let profile = read(Format::JsonResume, bytes.as_bytes()).unwrap();
    let check = |field, words: &str, pointer: &str, expected: &str| {
        let (found, place) = sent(&profile, field, words);
        let text = resume.pointer(&found).and_then(Value::as_str).unwrap();
        let quoted: String = text.chars().skip(place.start).take(place.len()).collect();
        assert_eq!((found.as_str(), quoted.as_str()), (pointer, expected), "{words}");
    };
    let label = "/basics/label";
    check(Field::Headline, "Directeur", label, "Directeur");
    check(Field::Headline, "R&", label, "R&amp;amp;");
    check(Field::Headline, "&D", label, "&amp;amp;D");
    check(Field::Headline, "R&D", label, "R&amp;amp;D");
    check(Field::Headline, "L'Oréal", label, "L&#39;Or&eacute;al");
    check(Field::Headline, "ré", label, "r&eacute;");
    check(Field::Headline, "al", label, "al");
    check(Field::PositionDescription, "SEPA", "/work/0/summary", "SEPA");
    check(Field::PositionDescription, "Pooling", "/work/0/highlights/0", "Pooling");
    check(Field::PositionDescription, "SAP > Sage", "/work/0/highlights/1", "SAP &gt; Sage");
    check(Field::PositionTitle, "CFO", "/work/0/position", "CFO");
}

#[test]
fn a_part_of_a_list_in_one_text_is_pointed_to_as_it_was_sent() {
    let row =
        json!({"linkedinHeadline": "x", "linkedinSkillsLabel": "M&amp;A, <i>Tr&eacute;sorerie</i>, SAP"}).to_string();
    let profile = read(Format::Enrichment, row.as_bytes()).unwrap();
    let skills: Vec<_> = profile.texts()[1..].iter().map(|text| text.text.as_ref()).collect();
    assert_eq!(skills, ["M&A", "Trésorerie", "SAP"]);
    let at = |range| ("/linkedinSkillsLabel".to_owned(), range);
    assert_eq!(sent(&profile, Field::Skills, "M&A"), at(0..7));
    assert_eq!(sent(&profile, Field::Skills, "Trésorerie"), at(12..29));
    assert_eq!(sent(&profile, Field::Skills, "SAP"), at(35..38));
}

#[test]
fn a_text_is_as_long_as_what_it_says() {
    let label = |count| json!({"basics": {"label": "&amp;".repeat(count)}});
    assert_eq!(complaints(Format::JsonResume, &label(1_000)), []);
    let expected = ("/basics/label".to_owned(), "is longer than 1000 characters".to_owned());
    assert_eq!(complaints(Format::JsonResume, &label(1_001)), [expected]);
}

#[test]
fn tables_are_read_as_what_their_html_says() {
    let table = "First Name,URL,Company,Position,Connected On\n\
                 a,https://l.example/in/ilse,L&#39;Or&eacute;al,<p>Directeur R&amp;D</p>,08 Feb 2026\n\
                 b,,<br>,&nbsp;,08 Feb 2026\n";
    let found = Connections::all(table.as_bytes());
    let profile = found[0].profile.as_ref().unwrap();
    let texts: Vec<_> = profile.texts().iter().map(|text| text.text.as_ref()).collect();
    assert_eq!(texts, ["Directeur R&D", "L'Oréal"]);
    assert_eq!(sent(profile, Field::PositionTitle, "R&D"), ("/2/Position".to_owned(), 13..20));
    assert!(found[1].profile.is_err(), "it says nothing");
    let invitations = "Sent At,Direction,Message,inviterProfileUrl\n\
                       \"1/2/26, 1:00 PM\",INCOMING,Bonjour <name>&#44;<br>d&eacute;j&agrave;,https://l.example/in/ilse\n";
    let export = join(Some(table.as_bytes()), Some(invitations.as_bytes()));
    assert_eq!((export.documents.len(), export.silent), (1, 1));
    let document = serde_json::to_value(&export.documents[0]).unwrap();
    assert_eq!(document["invitation"]["note"], "Bonjour <name>,\ndéjà");
    assert_eq!(document["positions"][0], json!({"title": "Directeur R&D", "company": "L'Oréal"}));
}
