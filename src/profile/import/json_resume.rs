//! JSON Resume 1.x: `basics`, `work`, `education`, `skills`, `languages`, `certificates`.
//!
//! Fields outside the profile's model (name, image, email, …) are dropped unread; those inside it must have the type that
//! JSON Resume gives them, or be null.

use serde_json::Value;

use crate::profile::document::{LISTS, Unfit};
use crate::profile::{
    EducationDocument, Field, LocationDocument, Origins, PartialDate, Piece, PositionDocument, Profile,
    ProfileDocument, Text,
};
use crate::wire::{Complaint, MOST_COMPLAINTS, Refusal};

const NO_OBJECT: &str = "is not of type object";
const NO_STRING: &str = "is not of type string";

/// Reads a résumé as a profile.
pub(super) fn read(bytes: &[u8]) -> Result<Profile<'static>, Refusal> {
    let resume: Value = serde_json::from_slice(bytes).map_err(|error| Refusal::syntax(&error))?;
    let mut reader = Reader::default();
    let document = reader.document(&resume);
    if !reader.complaints.is_empty() {
        return Err(Refusal::Invalid(reader.complaints));
    }
    let profile = Profile::from_document(document).map_err(|unfit: Unfit| unfit.into_refusal(Vec::new))?;
    Ok(profile.with_origins(reader.origins))
}

#[derive(Default)]
struct Reader {
    origins: Origins,
    complaints: Vec<Complaint>,
}

impl Reader {
    fn document(&mut self, resume: &Value) -> ProfileDocument<'static> {
        if resume.is_null() {
            self.complain("", NO_OBJECT);
        }
        ["", "/basics", "/basics/location"].iter().for_each(|pointer| self.object(resume, pointer));
        ProfileDocument {
            headline: self.text(resume, Field::Headline, "/headline", &["/basics/label"]),
            about: self.text(resume, Field::About, "/about", &["/basics/summary"]),
            location: self.location(resume),
            positions: self.list(resume, "/work", "/positions", Self::position),
            education: self.list(resume, "/education", "/education", Self::education),
            skills: self.flat(resume, "/skills", Field::Skills, "/skills", "name", Some("keywords")),
            languages: self.flat(resume, "/languages", Field::Languages, "/languages", "language", None),
            certifications: self.flat(resume, "/certificates", Field::Certifications, "/certifications", "name", None),
            ..ProfileDocument::default()
        }
    }

    fn location(&mut self, resume: &Value) -> Option<LocationDocument<'static>> {
        let places = ["/basics/location/city", "/basics/location/region"];
        let text = self.text(resume, Field::Location, "/location/text", &places);
        text.map(|text| LocationDocument { text: Some(text), country: None })
    }

    fn position(&mut self, resume: &Value, item: usize) -> PositionDocument<'static> {
        let at = |field: &str| format!("/work/{item}/{field}");
        let to = |field: &str| format!("/positions/{item}/{field}");
        let mut description = vec![at("summary")];
        let highlights = self.array(resume, &at("highlights")).unwrap_or(0);
        description.extend((0..highlights).map(|highlight| at(&format!("highlights/{highlight}"))));
        let company = if resume.pointer(&at("name")).is_some() { "name" } else { "company" };
        PositionDocument {
            title: self.text(resume, Field::PositionTitle, &to("title"), &[&at("position")]),
            company: self.text(resume, Field::PositionCompany, &to("company"), &[&at(company)]),
            location: self.text(resume, Field::PositionLocation, &to("location"), &[&at("location")]),
            started_on: self.date(resume, &at("startDate")),
            ended_on: self.date(resume, &at("endDate")),
            description: self.text(resume, Field::PositionDescription, &to("description"), &description),
            ..PositionDocument::default()
        }
    }

    fn education(&mut self, resume: &Value, item: usize) -> EducationDocument<'static> {
        let at = |field: &str| format!("/education/{item}/{field}");
        EducationDocument {
            school: self.text(resume, Field::EducationSchool, &at("school"), &[&at("institution")]),
            degree: self.text(resume, Field::EducationDegree, &at("degree"), &[&at("studyType")]),
            field: self.text(resume, Field::EducationField, &at("field"), &[&at("area")]),
            started_on: self.date(resume, &at("startDate")),
            ended_on: self.date(resume, &at("endDate")),
        }
    }

    /// Reads each item of a list, which is `target` in the profile.
    fn list<T>(
        &mut self,
        resume: &Value,
        pointer: &str,
        target: &str,
        read: fn(&mut Self, &Value, usize) -> T,
    ) -> Option<Vec<T>> {
        let mut count = self.objects(resume, pointer)?;
        let most = most_items(target);
        if count > most {
            self.complain(pointer, format!("holds more than {most} items"));
            count = most;
        }
        Some((0..count).map(|item| read(self, resume, item)).collect())
    }

    /// Checks what must be an object, where there is something.
    fn object(&mut self, resume: &Value, pointer: &str) {
        if resume.pointer(pointer).is_some_and(|value| !value.is_object() && !value.is_null()) {
            self.complain(pointer, NO_OBJECT);
        }
    }

    /// The length of the list of objects at `pointer`, if there is one.
    fn objects(&mut self, resume: &Value, pointer: &str) -> Option<usize> {
        let count = self.array(resume, pointer)?;
        let items = resume.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
        for (item, _) in items.enumerate().filter(|(_, item)| !item.is_object()) {
            self.complain(format!("{pointer}/{item}"), NO_OBJECT);
        }
        Some(count)
    }

    /// The length of the list at `pointer`, if there is one.
    fn array(&mut self, resume: &Value, pointer: &str) -> Option<usize> {
        match resume.pointer(pointer)? {
            Value::Null => None,
            Value::Array(items) => Some(items.len()),
            _ => {
                self.complain(pointer, "is not of type array");
                None
            }
        }
    }

    /// Gathers the text `field` of every item, each followed by those of its list `more`.
    fn flat(
        &mut self,
        resume: &Value,
        pointer: &str,
        target: Field,
        to: &str,
        field: &str,
        more: Option<&str>,
    ) -> Option<Vec<Text<'static>>> {
        let count = self.objects(resume, pointer)?;
        let most = most_items(to);
        let mut texts = Vec::new();
        for item in 0..count {
            let mut places = vec![format!("{pointer}/{item}/{field}")];
            if let Some(list) = more.map(|more| format!("{pointer}/{item}/{more}")) {
                let inner = self.array(resume, &list).unwrap_or(0);
                places.extend((0..inner).map(|inner| format!("{list}/{inner}")));
            }
            for place in places {
                let to = format!("{to}/{}", texts.len());
                let text = self.text(resume, target, &to, &[&place]);
                if text.is_some() && texts.len() == most {
                    self.complain(place, format!("is one more than the {most} of a profile"));
                    return Some(texts);
                }
                texts.extend(text);
            }
        }
        Some(texts)
    }

    /// Joins the texts at these pointers, a line each, and notes where each came from.
    fn text(
        &mut self,
        resume: &Value,
        field: Field,
        target: &str,
        pointers: &[impl AsRef<str>],
    ) -> Option<Text<'static>> {
        let longest = field.entry().longest;
        let mut joined = String::new();
        // In code points, counted along: counting anew for each piece takes time that grows with the square.
        let mut length = 0;
        for pointer in pointers.iter().map(AsRef::as_ref) {
            match resume.pointer(pointer) {
                None | Some(Value::Null) => {}
                Some(Value::String(text)) if text.trim().is_empty() => {}
                Some(Value::String(text)) => {
                    if !joined.is_empty() {
                        joined.push('\n');
                        length += 1;
                    }
                    let piece = Piece { start: length, pointer: pointer.to_owned() };
                    length += text.chars().count();
                    if length > longest {
                        let joins = if piece.start > 0 { ", with what stands before it" } else { "" };
                        self.complain(pointer, format!("is longer than {longest} characters{joins}"));
                        break;
                    }
                    self.origins.note(target.to_owned(), piece);
                    joined.push_str(text);
                }
                Some(_) => self.complain(pointer, NO_STRING),
            }
        }
        (!joined.is_empty()).then(|| Text(joined.into()))
    }

    fn date(&mut self, resume: &Value, pointer: &str) -> Option<PartialDate> {
        let text = match resume.pointer(pointer)? {
            Value::Null => return None,
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => text,
            _ => {
                self.complain(pointer, NO_STRING);
                return None;
            }
        };
        // Some editors write a full timestamp.
        let day = text.split('T').next().unwrap_or(text);
        let date = PartialDate::parse(day);
        if date.is_none() {
            self.complain(pointer, "is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD");
        }
        date
    }

    /// Takes a complaint down, while there are few.
    fn complain(&mut self, pointer: impl Into<String>, reason: impl Into<String>) {
        if self.complaints.len() < MOST_COMPLAINTS {
            self.complaints.push(Complaint::new(pointer, reason));
        }
    }
}

/// The most items that a list of the profile may hold.
fn most_items(list: &str) -> usize {
    LISTS.iter().find(|(name, _)| *name == list).map_or(usize::MAX, |(_, most)| *most)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
        let texts: Vec<_> =
            profile.texts().iter().map(|text| (text.pointer().into_owned(), text.text.as_ref())).collect();
        let expected = [
            ("/headline", "Treasurer"),
            ("/positions/0/title", "CFO"),
            ("/positions/0/company", "Acme"),
            ("/positions/0/description", "Cash.\nPooling\nSEPA"),
            ("/skills/0", "Finance"),
            ("/skills/1", "SAP"),
            ("/skills/2", "Sage"),
        ];
        assert_eq!(texts, expected.map(|(pointer, text)| (pointer.to_owned(), text)));
        let origin = |pointer: &str, at| profile.origins().unwrap().piece(pointer, at).unwrap().clone();
        assert_eq!(origin("/skills/2", 0).pointer, "/skills/0/keywords/1");
        let second = Piece { start: 14, pointer: "/work/0/highlights/1".into() };
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
        let resume = json!({"work": [{"position": "x", "highlights": vec!["a"; 250_000]}]});
        let mut reader = Reader::default();
        reader.document(&resume);
        assert_eq!(reader.complaints.len(), 1);
        assert_eq!(reader.complaints[0].pointer, "/work/0/highlights/10000");
        assert!(reader.origins.piece("/positions/0/description", 30_000).is_some_and(|last| last.start == 19_998));
    }
}
