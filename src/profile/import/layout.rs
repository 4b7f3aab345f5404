//! What a foreign form is, as data: where it has what a profile has.
//!
//! A place is a JSON Pointer in which `*` stands for every item of a list. Places of positions and of education are
//! relative to their item.

use std::collections::HashSet;

use serde_json::Value;

use super::html;
use super::walk::At;

/// Alternatives, the best first: the first one of which a place says something is taken, and its places are joined.
///
/// Of a text they are joined with a line feed. Of a list of texts they are put one after another; there a place without
/// `*` is a whole list in one text, which is split at commas, semicolons and line ends.
pub(super) type Texts = &'static [&'static [&'static str]];

/// Alternatives, the best first, each of one place.
pub(super) type Places = &'static [&'static str];

/// Where a foreign form has what a profile has.
pub(super) struct Layout {
    /// A list in which the whole document may stand beside others.
    pub(super) among: Option<Among>,
    /// Members that may hold the whole record: the first that knows something does. Only `id` is looked for from the root.
    pub(super) within: Places,
    /// The caller's key, a string or a whole number.
    pub(super) id: Places,
    pub(super) headline: Texts,
    pub(super) about: Texts,
    pub(super) industry: Texts,
    pub(super) location: Texts,
    /// Alternatives: the first one that has a position is taken, with all its places.
    pub(super) positions: &'static [&'static [PositionLayout]],
    /// Alternatives, as of positions.
    pub(super) education: &'static [&'static [EducationLayout]],
    pub(super) skills: Texts,
    pub(super) languages: Texts,
    pub(super) certifications: Texts,
    /// Where a whole number, also in digits, may stand in place of a thing: it is the key of that thing, and says nothing.
    pub(super) numbers: Places,
    /// A whole number, or a text that begins with one, such as `500+`.
    pub(super) connections: Places,
    /// As `connections`.
    pub(super) followers: Places,
    /// What the person wrote to the owner.
    pub(super) note: Texts,
}

/// A list that holds things of several types, one of which is read as if it stood alone.
pub(super) struct Among {
    /// The place of the list.
    pub(super) list: &'static str,
    /// The place of its items.
    pub(super) each: &'static str,
    /// The name of the type that is read.
    pub(super) kind: &'static str,
    /// Whether a thing is of this type.
    pub(super) is_kind: fn(&Value) -> bool,
}

/// Where a form has a position.
pub(super) struct PositionLayout {
    /// Each item of a list, or, without `*`, one position at most.
    pub(super) each: &'static str,
    /// What has no title here is no position.
    pub(super) is_titled: bool,
    /// What stands here is held now, unless a date says otherwise.
    pub(super) is_held: bool,
    pub(super) title: Texts,
    pub(super) company: Texts,
    pub(super) industry: Texts,
    pub(super) location: Texts,
    pub(super) description: Texts,
    pub(super) started_on: Places,
    pub(super) ended_on: Places,
    /// Both dates in one text, such as `Jan 2020 - Present · 4 yrs`; read where neither stands alone.
    pub(super) span: Places,
    /// The titled roles of an item that is an employer: they are the positions then, and the item's title their company.
    pub(super) roles: Option<&'static PositionLayout>,
}

/// Where a form has a school or degree.
pub(super) struct EducationLayout {
    /// Each item of a list, or, without `*`, one school at most.
    pub(super) each: &'static str,
    pub(super) school: Texts,
    pub(super) degree: Texts,
    pub(super) field: Texts,
    pub(super) started_on: Places,
    pub(super) ended_on: Places,
}

/// A form that has nothing.
pub(super) const NOTHING: Layout = Layout {
    among: None,
    within: &[],
    id: &[],
    headline: &[],
    about: &[],
    industry: &[],
    location: &[],
    positions: &[],
    education: &[],
    skills: &[],
    languages: &[],
    certifications: &[],
    numbers: &[],
    connections: &[],
    followers: &[],
    note: &[],
};

/// A position of which nothing is told.
pub(super) const POSITION: PositionLayout = PositionLayout {
    each: "",
    is_titled: false,
    is_held: false,
    title: &[],
    company: &[],
    industry: &[],
    location: &[],
    description: &[],
    started_on: &[],
    ended_on: &[],
    span: &[],
    roles: None,
};

/// A school of which nothing is told.
pub(super) const SCHOOL: EducationLayout =
    EducationLayout { each: "", school: &[], degree: &[], field: &[], started_on: &[], ended_on: &[] };

/// The types of values that may stand at a place.
const TEXT: &[&str] = &["string"];
const KEY: &[&str] = &["string", "integer"];
const NUMBER: &[&str] = &["integer"];
const COUNT: &[&str] = &["integer", "string"];
const DATE: &[&str] = &["string", "integer", "object"];

impl Layout {
    /// The types of values that are read at a place of this form.
    pub(super) fn accepted(&self, place: &str) -> Vec<&'static str> {
        let mut accepted = Vec::new();
        self.each_place(|base, known, types| {
            let known = [base, known].concat();
            let found = match known.strip_prefix(place) {
                Some("") => types,
                Some(inner) if inner.starts_with("/*") => &["array"],
                Some(inner) if inner.starts_with('/') => &["object"],
                _ => &[],
            };
            accepted.extend(found.iter().filter(|kind| !accepted.contains(*kind)).copied().collect::<Vec<_>>());
        });
        accepted
    }

    /// Tells whether a record holds something at a place of this form; a key is not enough.
    pub(super) fn knows(&self, record: &At<'_>) -> bool {
        self.has(record, |place| !record.reach(place).is_empty())
    }

    /// Tells whether a record says something that is read: no reference, no empty list, no HTML without a word.
    pub(super) fn speaks(&self, record: &At<'_>) -> bool {
        let is_said = |value: &Value| match value {
            Value::String(text) => !html::said(text.clone()).0.trim().is_empty(),
            Value::Array(_) | Value::Object(_) | Value::Null => false,
            Value::Bool(_) | Value::Number(_) => true,
        };
        let speaks = |place: &str| {
            let reached = record.reach(place);
            reached.iter().filter(|it| it.walked == place.len()).any(|it| match it.value {
                Value::Array(items) => items.iter().any(is_said),
                value => is_said(value),
            })
        };
        self.has(record, speaks)
    }

    /// Tells whether something is so of a place of this form; a key is not enough.
    fn has(&self, record: &At<'_>, is_so: impl Fn(&str) -> bool) -> bool {
        let mut has = false;
        self.each_place(|base, place, types| {
            let place = [base, place].concat();
            has = has || types != KEY && place.strip_prefix(&record.place).is_some_and(&is_so);
        });
        has
    }

    /// All places of the form, and of the objects and lists that they lead through.
    pub(super) fn reads(&self) -> HashSet<String> {
        let mut places = HashSet::new();
        self.each_place(|base, place, _| {
            let place = [base, place].concat();
            let steps = place.match_indices('/').map(|(end, _)| end).chain([place.len()]);
            places.extend(steps.filter_map(|end| place.get(..end)).map(str::to_owned));
        });
        places
    }

    /// Visits every place of the form: what it is relative to, itself, the types that it may have.
    pub(super) fn each_place(&self, mut visit: impl FnMut(&str, &str, &'static [&'static str])) {
        let roots = || self.among.iter().map(|among| among.each).chain([""]);
        roots().for_each(|root| self.id.iter().for_each(|place| visit(root, place, KEY)));
        for within in self.within.iter().copied().chain(roots()) {
            let texts = [self.headline, self.about, self.industry, self.location, self.note];
            let lists = [self.skills, self.languages, self.certifications];
            texts.iter().chain(&lists).copied().flatten().copied().flatten().for_each(|it| visit(within, it, TEXT));
            self.numbers.iter().for_each(|it| visit(within, it, NUMBER));
            [self.connections, self.followers].iter().copied().flatten().for_each(|it| visit(within, it, COUNT));
            for position in self.positions.iter().copied().flatten() {
                position.each_place(within, &mut visit);
            }
            for school in self.education.iter().copied().flatten() {
                let base = [within, school.each].concat();
                let texts = [school.school, school.degree, school.field];
                texts.iter().copied().flatten().copied().flatten().for_each(|it| visit(&base, it, TEXT));
                [school.started_on, school.ended_on].iter().copied().flatten().for_each(|it| visit(&base, it, DATE));
            }
        }
    }
}

impl PositionLayout {
    fn each_place(&self, within: &str, visit: &mut impl FnMut(&str, &str, &'static [&'static str])) {
        let base = [within, self.each].concat();
        let texts = [self.title, self.company, self.industry, self.location, self.description];
        texts.iter().copied().flatten().copied().flatten().for_each(|it| visit(&base, it, TEXT));
        self.span.iter().for_each(|it| visit(&base, it, TEXT));
        [self.started_on, self.ended_on].iter().copied().flatten().for_each(|it| visit(&base, it, DATE));
        if let Some(roles) = self.roles {
            roles.each_place(&base, visit);
        }
    }
}
