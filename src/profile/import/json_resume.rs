//! JSON Resume 1.x: `basics`, `work`, `education`, `skills`, `languages`, `certificates`.
//!
//! Fields outside the profile's model (name, image, email, …) are dropped unread; those inside it must have the type that
//! JSON Resume gives them, or be null.

use serde_json::Value;

use crate::profile::document::Unfit;
use crate::profile::{
    EducationDocument, LocationDocument, Origins, PartialDate, Piece, PositionDocument, Profile, ProfileDocument, Text,
};
use crate::wire::{Complaint, Refusal};

const NO_OBJECT: &str = "is not of type object";
const NO_STRING: &str = "is not of type string";

/// Reads a résumé as a profile.
pub(super) fn read(bytes: &[u8]) -> Result<Profile<'static>, Refusal> {
    let resume: Value = serde_json::from_slice(bytes)
        .map_err(|error| Refusal::Syntax { line: error.line(), column: error.column() })?;
    let mut reader = Reader::default();
    let document = reader.document(&resume);
    if !reader.complaints.is_empty() {
        return Err(Refusal::Invalid(reader.complaints));
    }
    let bounds = || vec![Complaint::new("", "has a text or a list that is too long for a profile")];
    let profile = Profile::from_document(document).map_err(|unfit: Unfit| unfit.into_refusal(bounds))?;
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
            self.complaints.push(Complaint::new("", NO_OBJECT));
        }
        ["", "/basics", "/basics/location"].iter().for_each(|pointer| self.object(resume, pointer));
        ProfileDocument {
            headline: self.text(resume, "/headline", &["/basics/label"]),
            about: self.text(resume, "/about", &["/basics/summary"]),
            location: self.location(resume),
            positions: self.list(resume, "/work", Self::position),
            education: self.list(resume, "/education", Self::education),
            skills: self.flat(resume, "/skills", "/skills", "name", Some("keywords")),
            languages: self.flat(resume, "/languages", "/languages", "language", None),
            certifications: self.flat(resume, "/certificates", "/certifications", "name", None),
            ..ProfileDocument::default()
        }
    }

    fn location(&mut self, resume: &Value) -> Option<LocationDocument<'static>> {
        let text = self.text(resume, "/location/text", &["/basics/location/city", "/basics/location/region"]);
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
            title: self.text(resume, &to("title"), &[&at("position")]),
            company: self.text(resume, &to("company"), &[&at(company)]),
            location: self.text(resume, &to("location"), &[&at("location")]),
            started_on: self.date(resume, &at("startDate")),
            ended_on: self.date(resume, &at("endDate")),
            description: self.text(resume, &to("description"), &description),
            ..PositionDocument::default()
        }
    }

    fn education(&mut self, resume: &Value, item: usize) -> EducationDocument<'static> {
        let at = |field: &str| format!("/education/{item}/{field}");
        EducationDocument {
            school: self.text(resume, &at("school"), &[&at("institution")]),
            degree: self.text(resume, &at("degree"), &[&at("studyType")]),
            field: self.text(resume, &at("field"), &[&at("area")]),
            started_on: self.date(resume, &at("startDate")),
            ended_on: self.date(resume, &at("endDate")),
        }
    }

    fn list<T>(&mut self, resume: &Value, pointer: &str, read: fn(&mut Self, &Value, usize) -> T) -> Option<Vec<T>> {
        let count = self.objects(resume, pointer)?;
        Some((0..count).map(|item| read(self, resume, item)).collect())
    }

    /// Checks what must be an object, where there is something.
    fn object(&mut self, resume: &Value, pointer: &str) {
        if resume.pointer(pointer).is_some_and(|value| !value.is_object() && !value.is_null()) {
            self.complaints.push(Complaint::new(pointer, NO_OBJECT));
        }
    }

    /// The length of the list of objects at `pointer`, if there is one.
    fn objects(&mut self, resume: &Value, pointer: &str) -> Option<usize> {
        let count = self.array(resume, pointer)?;
        let items = resume.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
        let wrong = items.enumerate().filter(|(_, item)| !item.is_object());
        self.complaints.extend(wrong.map(|(item, _)| Complaint::new(format!("{pointer}/{item}"), NO_OBJECT)));
        Some(count)
    }

    /// The length of the list at `pointer`, if there is one.
    fn array(&mut self, resume: &Value, pointer: &str) -> Option<usize> {
        match resume.pointer(pointer)? {
            Value::Null => None,
            Value::Array(items) => Some(items.len()),
            _ => {
                self.complaints.push(Complaint::new(pointer, "is not of type array"));
                None
            }
        }
    }

    /// Gathers the text `field` of every item, each followed by those of its list `more`.
    fn flat(
        &mut self,
        resume: &Value,
        pointer: &str,
        target: &str,
        field: &str,
        more: Option<&str>,
    ) -> Option<Vec<Text<'static>>> {
        let count = self.objects(resume, pointer)?;
        let mut texts = Vec::new();
        for item in 0..count {
            let mut places = vec![format!("{pointer}/{item}/{field}")];
            if let Some(list) = more.map(|more| format!("{pointer}/{item}/{more}")) {
                let inner = self.array(resume, &list).unwrap_or(0);
                places.extend((0..inner).map(|inner| format!("{list}/{inner}")));
            }
            for place in places {
                let target = format!("{target}/{}", texts.len());
                texts.extend(self.text(resume, &target, &[&place]));
            }
        }
        Some(texts)
    }

    /// Joins the texts at these pointers, a line each, and notes where each came from.
    fn text(&mut self, resume: &Value, target: &str, pointers: &[impl AsRef<str>]) -> Option<Text<'static>> {
        let mut joined = String::new();
        for pointer in pointers.iter().map(AsRef::as_ref) {
            match resume.pointer(pointer) {
                None | Some(Value::Null) => {}
                Some(Value::String(text)) if text.trim().is_empty() => {}
                Some(Value::String(text)) => {
                    if !joined.is_empty() {
                        joined.push('\n');
                    }
                    let piece = Piece { start: joined.chars().count(), pointer: pointer.to_owned() };
                    self.origins.note(target.to_owned(), piece);
                    joined.push_str(text);
                }
                Some(_) => self.complaints.push(Complaint::new(pointer, NO_STRING)),
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
                self.complaints.push(Complaint::new(pointer, NO_STRING));
                return None;
            }
        };
        // Some editors write a full timestamp.
        let day = text.split('T').next().unwrap_or(text);
        let date = PartialDate::parse(day);
        if date.is_none() {
            self.complaints.push(Complaint::new(pointer, "is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD"));
        }
        date
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(profile.positions().unwrap()[0].time, crate::profile::Time::Current);
    }

    #[test]
    fn complaints_point_into_the_resume() {
        let resume = r#"{"basics": {"label": 5}, "work": [{"position": "x", "startDate": "May"}]}"#;
        let Err(Refusal::Invalid(complaints)) = read(resume.as_bytes()) else { panic!("it is no résumé") };
        let pointers: Vec<_> = complaints.iter().map(|complaint| complaint.pointer.as_str()).collect();
        assert_eq!(pointers, ["/basics/label", "/work/0/startDate"]);
    }
}
