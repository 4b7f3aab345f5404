//! Reads a foreign JSON document along a [`Layout`], and notes where each text came from.
//!
//! `null`, and a text that says nothing, are as good as absent. A value at a place that is read must be of a type that the
//! layout knows there; what is not read may be anything.

use std::collections::HashMap;

use serde_json::Value;

use super::counts;
use super::dates;
use super::html;
use super::layout::{Among, EducationLayout, Layout, Places, PositionLayout, Texts};
use super::walk::{At, Reached, is_absent, is_of, split, written};
use crate::profile::document::LISTS;
use crate::profile::{
    ActivityDocument, EducationDocument, Field, InvitationDocument, LocationDocument, Origins, PartialDate, Piece,
    PositionDocument, ProfileDocument, Text,
};
use crate::wire::{Complaint, MOST_COMPLAINTS, REPEATED, Repeated};

/// How many items of a list are asked whether they say something, which takes a while: more are several in any case.
const MOST_LOOKED_AT: usize = 100;

/// What is found along one layout in one document.
pub(super) struct Reader {
    layout: &'static Layout,
    /// The types that are read at a place, for each at which something else stood: there may be many such values.
    accepted: HashMap<String, Vec<&'static str>>,
    /// Of each position, whether it is held while no date says otherwise; `None` when nothing here tells.
    pub(super) held: Vec<Option<bool>>,
    pub(super) origins: Origins,
    pub(super) complaints: Vec<Complaint>,
}

impl Reader {
    pub(super) fn new(layout: &'static Layout) -> Self {
        let (accepted, origins) = (HashMap::new(), Origins::default());
        Self { layout, accepted, held: Vec::new(), origins, complaints: Vec::new() }
    }

    /// Refuses keys that occur more than once in an object that is read; what is not read may be anything.
    pub(super) fn refuse(&mut self, repeated: &Repeated) {
        if repeated.objects.is_empty() {
            return;
        }
        let read = self.layout.reads();
        for object in repeated.objects.iter().filter(|object| read.contains(&object.place)) {
            self.complain(&object.pointer, REPEATED);
        }
    }

    pub(super) fn document(&mut self, document: &mut Value) -> ProfileDocument<'static> {
        if !document.is_object() {
            self.complain("", "is not of type object");
        }
        let layout = self.layout;
        let (pointer, place) = self.root(document);
        let mut document = document.pointer_mut(&pointer).map(Value::take).unwrap_or_default();
        // The key is the caller's: it comes back as it was sent.
        let id = self.id(&At { value: &document, pointer: pointer.clone(), place: place.to_owned() });
        html::read_texts(&mut document, &mut pointer.clone(), &mut self.origins);
        let root = At { value: &document, pointer, place: place.to_owned() };
        let mut records = layout.within.iter().filter_map(|place| root.inside(place));
        let at = records.find(|record| layout.knows(record)).unwrap_or(root);
        let location = self.text(&at, Field::Location, "/location/text", layout.location);
        let note = self.text(&at, Field::InvitationNote, "/invitation/note", layout.note);
        ProfileDocument {
            id,
            headline: self.text(&at, Field::Headline, "/headline", layout.headline),
            about: self.text(&at, Field::About, "/about", layout.about),
            industry: self.text(&at, Field::Industry, "/industry", layout.industry),
            location: location.map(|text| LocationDocument { text: Some(text), country: None }),
            positions: self.positions(&at),
            education: self.education(&at),
            skills: self.list(&at, Field::Skills, layout.skills),
            languages: self.list(&at, Field::Languages, layout.languages),
            certifications: self.list(&at, Field::Certifications, layout.certifications),
            activity: self.activity(&at),
            invitation: note.map(|note| InvitationDocument { note: Some(note), ..InvitationDocument::default() }),
            ..ProfileDocument::default()
        }
    }

    /// The pointer and the place of what is read: the whole document, or the one item of its kind that says something.
    fn root(&mut self, document: &Value) -> (String, &'static str) {
        let whole = (String::new(), "");
        let layout = self.layout;
        let Some(Among { list, each, kind, is_kind }) = layout.among.as_ref().filter(|it| !(it.is_kind)(document))
        else {
            return whole;
        };
        let Some(Value::Array(items)) = document.pointer(list) else { return whole };
        let mut of_kind = items.iter().enumerate().filter(|(_, value)| is_kind(value));
        let item = |(number, value)| At { value, pointer: format!("{list}/{number}"), place: (*each).to_owned() };
        let mut found = of_kind.by_ref().take(MOST_LOOKED_AT).map(item).filter(|item| layout.speaks(item));
        let (first, second) = (found.next(), found.next());
        let wrong = match (first, second.is_some() || of_kind.next().is_some()) {
            (Some(one), false) => return (one.pointer, each),
            (_, true) => format!("holds several of type `{kind}`: send each in a document of its own"),
            (None, false) => format!("holds none of type `{kind}` that says something"),
        };
        self.complain(*list, wrong);
        whole
    }

    fn id(&mut self, at: &At<'_>) -> Option<Text<'static>> {
        let longest = crate::profile::field::SHORT;
        for &place in self.layout.id {
            for reached in at.reach(place) {
                match written(reached.value) {
                    None => self.mismatch(at, place, &reached),
                    Some(id) if id.chars().count() > longest => {
                        self.complain(reached.pointer, format!("is longer than {longest} characters"));
                    }
                    Some(id) => return Some(Text(id.into_owned().into())),
                }
            }
        }
        None
    }

    fn positions(&mut self, at: &At<'_>) -> Option<Vec<PositionDocument<'static>>> {
        let mut is_known = false;
        for group in self.layout.positions {
            let mut positions = Vec::new();
            for layout in *group {
                for item in self.items(at, layout.each, "/positions", positions.len(), &mut is_known) {
                    if layout.is_titled && !item.says(layout.title) {
                        continue;
                    }
                    let roles =
                        layout.roles.map_or(Vec::new(), |roles| self.roles(&item, layout, roles, positions.len()));
                    if !roles.is_empty() {
                        positions.extend(roles);
                        continue;
                    }
                    let (position, is_held) = self.position(&item, layout, positions.len(), layout.company);
                    if layout.each.contains('*') || position != PositionDocument::default() {
                        positions.push((position, is_held));
                    }
                }
            }
            if !positions.is_empty() {
                let (positions, held) = positions.into_iter().unzip();
                self.held = held;
                return Some(positions);
            }
        }
        is_known.then(Vec::new)
    }

    /// The titled roles of an item, which are the positions from the number `first` on; its title is their company.
    fn roles(
        &mut self,
        item: &At<'_>,
        layout: &'static PositionLayout,
        roles: &'static PositionLayout,
        first: usize,
    ) -> Vec<(PositionDocument<'static>, Option<bool>)> {
        let items = self.items(item, roles.each, "/positions", first, &mut false);
        let titled: Vec<_> = items.into_iter().filter(|role| role.says(roles.title)).collect();
        let mut positions = Vec::with_capacity(titled.len());
        for (number, role) in titled.iter().enumerate() {
            let (mut position, is_held) = self.position(role, roles, first + number, &[]);
            let target = format!("/positions/{}/company", first + number);
            position.company = self.text(item, Field::PositionCompany, &target, layout.title);
            positions.push((position, is_held));
        }
        positions
    }

    /// A position, and whether it is held while no date says otherwise, if that is told.
    fn position(
        &mut self,
        at: &At<'_>,
        layout: &PositionLayout,
        number: usize,
        company: Texts,
    ) -> (PositionDocument<'static>, Option<bool>) {
        let to = |field: &str| format!("/positions/{number}/{field}");
        let mut started_on = self.date(at, layout.started_on);
        let mut ended_on = self.date(at, layout.ended_on);
        let mut is_held = layout.is_held.then_some(true);
        if started_on.is_none() && ended_on.is_none() {
            match self.span(at, layout.span) {
                Ok(span) => (started_on, ended_on) = span,
                Err(dates::NotUnderstood) => is_held = Some(false),
            }
        }
        let position = PositionDocument {
            title: self.text(at, Field::PositionTitle, &to("title"), layout.title),
            company: self.text(at, Field::PositionCompany, &to("company"), company),
            industry: self.text(at, Field::PositionIndustry, &to("industry"), layout.industry),
            location: self.text(at, Field::PositionLocation, &to("location"), layout.location),
            started_on,
            ended_on,
            description: self.text(at, Field::PositionDescription, &to("description"), layout.description),
        };
        (position, is_held)
    }

    fn education(&mut self, at: &At<'_>) -> Option<Vec<EducationDocument<'static>>> {
        let mut is_known = false;
        for group in self.layout.education {
            let mut schools = Vec::new();
            for layout in *group {
                for item in self.items(at, layout.each, "/education", schools.len(), &mut is_known) {
                    let school = self.school(&item, layout, schools.len());
                    let is_item = layout.each.contains('*');
                    schools.extend((is_item || school != EducationDocument::default()).then_some(school));
                }
            }
            if !schools.is_empty() {
                return Some(schools);
            }
        }
        is_known.then(Vec::new)
    }

    fn school(&mut self, at: &At<'_>, layout: &EducationLayout, number: usize) -> EducationDocument<'static> {
        let to = |field: &str| format!("/education/{number}/{field}");
        EducationDocument {
            school: self.text(at, Field::EducationSchool, &to("school"), layout.school),
            degree: self.text(at, Field::EducationDegree, &to("degree"), layout.degree),
            field: self.text(at, Field::EducationField, &to("field"), layout.field),
            started_on: self.date(at, layout.started_on),
            ended_on: self.date(at, layout.ended_on),
        }
    }

    fn activity(&mut self, at: &At<'_>) -> Option<ActivityDocument<'static>> {
        let layout = self.layout;
        let connections = self.count(at, "/activity/connections", layout.connections);
        let followers = self.count(at, "/activity/followers", layout.followers);
        let activity = ActivityDocument { connections, followers, ..ActivityDocument::default() };
        (activity != ActivityDocument::default()).then_some(activity)
    }

    /// The values that a list of the profile is read from, at most as many as it may hold beside those it has.
    ///
    /// `each` leads to the items of a list, or to one value; `is_known` is set when there is such a list, if only an empty
    /// one.
    fn items<'v>(&mut self, at: &At<'v>, each: &str, target: &str, taken: usize, is_known: &mut bool) -> Vec<At<'v>> {
        let Some(list) = each.strip_suffix("/*") else {
            let reached = at.reach(each).into_iter().filter(|it| it.walked == each.len());
            return reached.map(|it| At::reached(at, each, it)).collect();
        };
        let most = most_items(target).saturating_sub(taken);
        let mut items = Vec::new();
        for reached in at.reach(list) {
            let Value::Array(values) = reached.value else {
                self.mismatch(at, list, &reached);
                continue;
            };
            *is_known = true;
            self.origins.note(target.to_owned(), Piece { start: 0, from: 0, pointer: reached.pointer.clone() });
            if values.len() > most {
                self.complain(reached.pointer.clone(), format!("holds more than {most} items"));
            }
            let there = values.iter().enumerate().filter(|(_, value)| !is_absent(value));
            items.extend(there.take(most).map(|(number, value)| At {
                value,
                pointer: format!("{}/{number}", reached.pointer),
                place: [&at.place, each].concat(),
            }));
        }
        items
    }

    /// Gathers a list of texts.
    fn list(&mut self, at: &At<'_>, field: Field, texts: Texts) -> Option<Vec<Text<'static>>> {
        let to = field.entry().pointer.trim_end_matches("/*");
        let most = most_items(to);
        let mut is_known = false;
        for alternative in texts {
            let mut list = Vec::new();
            for &place in *alternative {
                if let Some((start, _)) = place.split_once("/*")
                    && at.value.pointer(start).is_some_and(Value::is_array)
                    && !is_known
                {
                    is_known = true;
                    let pointer = [&at.pointer, start].concat();
                    self.origins.note(to.to_owned(), Piece { start: 0, from: 0, pointer });
                }
                for (pointer, text) in self.strings(at, place) {
                    let parts = if place.contains('*') { vec![(0, text)] } else { split(text) };
                    for (from, part) in parts {
                        if list.len() == most {
                            self.complain(pointer, format!("is one more than the {most} of a profile"));
                            return Some(list);
                        }
                        let piece = Piece { start: 0, from, pointer: pointer.clone() };
                        list.extend(self.one(field, format!("{to}/{}", list.len()), piece, part));
                    }
                }
            }
            if !list.is_empty() {
                return Some(list);
            }
        }
        is_known.then(Vec::new)
    }

    fn one(&mut self, field: Field, target: String, piece: Piece, text: &str) -> Option<Text<'static>> {
        let longest = field.entry().longest;
        if text.chars().count() > longest {
            self.complain(piece.pointer, format!("is longer than {longest} characters"));
            return None;
        }
        self.origins.note(target, piece);
        Some(Text(text.to_owned().into()))
    }

    /// Takes the first alternative that says something.
    fn text(&mut self, at: &At<'_>, field: Field, target: &str, texts: Texts) -> Option<Text<'static>> {
        texts.iter().find_map(|places| self.joined(at, field, target, places))
    }

    /// Joins the texts at these places, a line each, and notes where each came from.
    fn joined(&mut self, at: &At<'_>, field: Field, target: &str, places: Places) -> Option<Text<'static>> {
        let longest = field.entry().longest;
        let mut joined = String::new();
        // In code points, counted along: counting anew for each piece takes time that grows with the square.
        let mut length = 0;
        for (pointer, text) in places.iter().flat_map(|place| self.strings(at, place)).collect::<Vec<_>>() {
            if !joined.is_empty() {
                joined.push('\n');
                length += 1;
            }
            let piece = Piece { start: length, from: 0, pointer };
            length += text.chars().count();
            if length > longest {
                let joins = if piece.start > 0 { ", with what stands before it" } else { "" };
                self.complain(piece.pointer, format!("is longer than {longest} characters{joins}"));
                break;
            }
            self.origins.note(target.to_owned(), piece);
            joined.push_str(text);
        }
        (!joined.is_empty()).then(|| Text(joined.into()))
    }

    /// The texts at a place that say something, each with its pointer.
    fn strings<'v>(&mut self, at: &At<'v>, place: &str) -> Vec<(String, &'v str)> {
        let mut strings = Vec::new();
        for reached in at.reach(place) {
            match reached.value {
                Value::String(text) if reached.walked == place.len() => strings.push((reached.pointer, text.as_str())),
                _ => self.mismatch(at, place, &reached),
            }
        }
        strings
    }

    fn date(&mut self, at: &At<'_>, places: Places) -> Option<PartialDate> {
        for &place in places {
            for reached in at.reach(place) {
                if reached.walked < place.len() || !(reached.value.is_object() || written(reached.value).is_some()) {
                    self.mismatch(at, place, &reached);
                    continue;
                }
                match dates::of_value(reached.value) {
                    Ok(None) => {}
                    Ok(date) => return date,
                    Err(dates::NotUnderstood) => {
                        self.complain(reached.pointer, "is not a date that is understood, such as 2019-03");
                    }
                }
            }
        }
        None
    }

    /// The first span that is understood; not understood if none is and one of them may hold a date.
    fn span(&mut self, at: &At<'_>, places: Places) -> Result<dates::Span, dates::NotUnderstood> {
        let strings = places.iter().flat_map(|place| self.strings(at, place));
        let spans: Vec<_> = strings.map(|(_, text)| dates::of_span(text)).collect();
        let dated = spans.iter().find(|span| span.is_ok_and(|(start, end)| start.is_some() || end.is_some()));
        dated.or_else(|| spans.iter().find(|span| span.is_err())).copied().unwrap_or(Ok((None, None)))
    }

    fn count(&mut self, at: &At<'_>, target: &str, places: Places) -> Option<u32> {
        for &place in places {
            for reached in at.reach(place) {
                let Some(text) = written(reached.value).filter(|_| reached.walked == place.len()) else {
                    self.mismatch(at, place, &reached);
                    continue;
                };
                match counts::of_text(&text) {
                    None => self.complain(reached.pointer, "is not a number that is understood, such as 1,200 or 500+"),
                    count => {
                        let piece = Piece { start: 0, from: 0, pointer: reached.pointer };
                        self.origins.note(target.to_owned(), piece);
                        return count;
                    }
                }
            }
        }
        None
    }

    /// Complains about a value that is of no type which the layout reads there.
    fn mismatch(&mut self, at: &At<'_>, place: &str, reached: &Reached<'_>) {
        let walked = place.get(..reached.walked).unwrap_or(place);
        let (layout, place) = (self.layout, [&at.place, walked].concat());
        let accepted = self.accepted.entry(place).or_insert_with_key(|place| layout.accepted(place));
        if !accepted.iter().any(|kind| is_of(kind, reached.value)) {
            let reason = format!("is not of type {}", accepted.join(" or "));
            self.complain(reached.pointer.clone(), reason);
        }
    }

    /// Takes a complaint down, one for each place, while there are few.
    fn complain(&mut self, pointer: impl Into<String>, reason: impl Into<String>) {
        let pointer = pointer.into();
        if self.complaints.len() < MOST_COMPLAINTS && !self.complaints.iter().any(|known| known.pointer == pointer) {
            self.complaints.push(Complaint::new(pointer, reason));
        }
    }
}

/// The most items that a list of the profile may hold.
fn most_items(list: &str) -> usize {
    LISTS.iter().find(|(name, _)| *name == list).map_or(usize::MAX, |(_, most)| *most)
}
