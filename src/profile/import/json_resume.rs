//! JSON Resume 1.x: `basics`, `work`, `education`, `skills`, `languages`, `certificates`.
//!
//! Fields outside the profile's model (name, image, email, …) are dropped unread.

use super::layout::{EducationLayout, Layout, NOTHING, POSITION, PositionLayout};

/// Where a résumé has what a profile has.
pub(super) const LAYOUT: Layout = Layout {
    headline: &[&["/basics/label"]],
    about: &[&["/basics/summary"]],
    location: &[&["/basics/location/city", "/basics/location/region"]],
    positions: &[&[PositionLayout {
        each: "/work/*",
        title: &[&["/position"]],
        company: &[&["/name"], &["/company"]],
        location: &[&["/location"]],
        description: &[&["/summary", "/highlights/*"]],
        started_on: &["/startDate"],
        ended_on: &["/endDate"],
        ..POSITION
    }]],
    education: &[&[EducationLayout {
        each: "/education/*",
        school: &[&["/institution"]],
        degree: &[&["/studyType"]],
        field: &[&["/area"]],
        started_on: &["/startDate"],
        ended_on: &["/endDate"],
    }]],
    skills: &[&["/skills/*/name", "/skills/*/keywords/*"]],
    languages: &[&["/languages/*/language"]],
    certifications: &[&["/certificates/*/name"]],
    ..NOTHING
};

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::LAYOUT;
    use crate::profile::import::reader::Reader;
    use crate::profile::import::{Format, read as read_as};
    use crate::profile::{Piece, Profile};
    use crate::wire::Refusal;

    fn read(bytes: &[u8]) -> Result<Profile<'_>, Refusal> {
        read_as(Format::JsonResume, bytes)
    }

    #[test]
    fn texts_remember_where_the_resume_has_them() {
        let resume = serde_json::json!({
            "basics": {"name": "dropped", "label": "Treasurer", "summary": ""},
            "work": [{"name": "Acme", "position": "CFO", "startDate": "2019-03-01", "endDate": "",
                      "summary": "Cash.", "highlights": ["Pooling", "SEPA"]}],
            "skills": [{"name": "Finance", "keywords": ["SAP", "Sage"]}],
        });
        let bytes = resume.to_string();
        let profile = read(bytes.as_bytes()).unwrap();
        let texts: Vec<_> = profile.texts().iter().map(|text| (text.pointer(), text.text.as_ref())).collect();
        let expected = [
            ("/headline", "Treasurer"),
            ("/positions/0/title", "CFO"),
            ("/positions/0/company", "Acme"),
            ("/positions/0/description", "Cash.\nPooling\nSEPA"),
            ("/skills/0", "Finance"),
            ("/skills/1", "SAP"),
            ("/skills/2", "Sage"),
        ];
        assert_eq!(texts, expected);
        let origin = |pointer: &str, at| profile.origins().unwrap().piece(pointer, at).unwrap().clone();
        assert_eq!(origin("/skills/2", 0).pointer, "/skills/0/keywords/1");
        let second = Piece { start: 14, from: 0, pointer: "/work/0/highlights/1".into() };
        assert_eq!(origin("/positions/0/description", 16), second);
        let time = profile.positions().unwrap()[0].time(jiff::civil::date(2026, 11, 23));
        assert_eq!(time, crate::profile::Time::Current);
    }

    #[test]
    fn complaints_point_into_the_resume() {
        let resume = r#"{"basics": {"label": 5}, "work": [{"position": "x", "startDate": "May"}]}"#;
        let Err(Refusal::Invalid(complaints)) = read(resume.as_bytes()) else { panic!("it is no résumé") };
        let pointers: Vec<_> = complaints.iter().map(|complaint| complaint.pointer.as_str()).collect();
        assert_eq!(pointers, ["/basics/label", "/work/0/startDate"]);
    }

    fn check(resume: &Value, expected: &[(&str, &str)]) {
        let complaints = match read(resume.to_string().as_bytes()) {
            Ok(_) => Vec::new(),
            Err(Refusal::Invalid(complaints)) => complaints,
            Err(Refusal::Syntax { .. }) => panic!("it is JSON"),
        };
        let found: Vec<_> = complaints.iter().map(|found| (found.pointer.as_str(), found.reason.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_that_is_too_long_is_pointed_to() {
        let label = |count| json!({"basics": {"label": "é".repeat(count)}});
        check(&label(1_000), &[]);
        check(&label(1_001), &[("/basics/label", "is longer than 1000 characters")]);
        let work = |last: usize| {
            let highlights = ["é".repeat(9_999), "é".repeat(last), "x".to_owned()];
            json!({"work": [{"position": "x", "highlights": highlights}]})
        };
        check(&work(9_998), &[]);
        let reason = "is longer than 20000 characters, with what stands before it";
        check(&work(9_999), &[("/work/0/highlights/2", reason)]);
        check(&work(10_001), &[("/work/0/highlights/1", reason)]);
    }

    #[test]
    fn a_list_that_is_too_long_is_pointed_to() {
        let of = |work: usize, keywords: usize| {
            json!({"work": vec![json!({"position": "x"}); work],
                   "skills": [{"name": "x"}, {"name": "", "keywords": vec!["x"; keywords]}]})
        };
        check(&of(100, 499), &[]);
        check(&of(101, 0), &[("/work", "holds more than 100 items")]);
        check(&of(1, 501), &[("/skills/1/keywords/499", "is one more than the 500 of a profile")]);
    }

    #[test]
    fn complaints_are_bounded() {
        let resume = json!({"skills": vec![1; 300], "work": [{"highlights": vec![1; 300]}]});
        let Err(Refusal::Invalid(complaints)) = read(resume.to_string().as_bytes()) else {
            panic!("it is no résumé")
        };
        assert_eq!(complaints.len(), 100);
    }

    #[test]
    fn many_pieces_are_read_no_further_than_a_text_may_reach() {
        let mut resume = json!({"work": [{"position": "x", "highlights": vec!["a"; 250_000]}]});
        let mut reader = Reader::new(&LAYOUT);
        reader.document(&mut resume);
        assert_eq!(reader.complaints.len(), 1);
        assert_eq!(reader.complaints[0].pointer, "/work/0/highlights/10000");
        assert!(reader.origins.piece("/positions/0/description", 30_000).is_some_and(|last| last.start == 19_998));
    }
}
