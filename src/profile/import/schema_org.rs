//! A `Person` of schema.org in JSON-LD, alone or in the `@graph` of a page. A property may be a text, a thing with a name, or
//! a list of such.

use serde_json::Value;

use super::layout::{Among, EducationLayout, Layout, NOTHING, POSITION, PositionLayout, SCHOOL, Texts};

const OCCUPATION: Texts = &[&["/roleName", "/roleName/*"], &["/hasOccupation/name"], &["/name"], &[""]];
const DUTIES: Texts = &[&["/description"], &["/responsibilities"], &["/hasOccupation/description"]];
const SCHOOL_NAME: Texts = &[&["/name"], &["/alumniOf/name"], &[""]];

/// Where a person has what a profile has.
pub(super) const LAYOUT: Layout = Layout {
    among: Some(Among { list: "/@graph", each: "/@graph/*", kind: "Person", is_kind: is_person }),
    id: &["/@id", "/identifier", "/identifier/value", "/identifier/*", "/identifier/*/value"],
    about: &[&["/description", "/description/*"]],
    location: &[
        &["/address", "/address/*"],
        &[
            "/address/addressLocality",
            "/address/addressRegion",
            "/address/addressCountry",
            "/address/addressCountry/name",
        ],
        &[
            "/address/*/addressLocality",
            "/address/*/addressRegion",
            "/address/*/addressCountry",
            "/address/*/addressCountry/name",
        ],
        &["/homeLocation", "/homeLocation/*"],
        &["/homeLocation/name", "/homeLocation/*/name"],
    ],
    positions: &[&[
        PositionLayout {
            is_held: true,
            title: &[
                &["/jobTitle", "/jobTitle/*", "/jobTitle/name", "/jobTitle/*/name"],
                &["/worksFor/roleName", "/worksFor/roleName/*"],
            ],
            company: &[&["/worksFor", "/worksFor/*", "/worksFor/name", "/worksFor/*/name", "/worksFor/worksFor/name"]],
            started_on: &["/worksFor/startDate"],
            ended_on: &["/worksFor/endDate"],
            ..POSITION
        },
        PositionLayout {
            each: "/worksFor/*",
            is_titled: true,
            title: &[&["/roleName", "/roleName/*"]],
            company: &[&["/worksFor"], &["/worksFor/name"], &["/name"]],
            description: DUTIES,
            started_on: &["/startDate"],
            ended_on: &["/endDate"],
            ..POSITION
        },
        PositionLayout {
            each: "/hasOccupation/*",
            title: OCCUPATION,
            description: DUTIES,
            started_on: &["/startDate"],
            ended_on: &["/endDate"],
            ..POSITION
        },
        PositionLayout {
            each: "/hasOccupation",
            title: OCCUPATION,
            description: DUTIES,
            started_on: &["/startDate"],
            ended_on: &["/endDate"],
            ..POSITION
        },
    ]],
    education: &[&[
        EducationLayout { each: "/alumniOf/*", school: SCHOOL_NAME, ..SCHOOL },
        EducationLayout { each: "/alumniOf", school: SCHOOL_NAME, ..SCHOOL },
    ]],
    skills: &[&[
        "/knowsAbout/*",
        "/knowsAbout/*/name",
        "/knowsAbout",
        "/knowsAbout/name",
        "/skills/*",
        "/skills/*/name",
        "/skills",
        "/skills/name",
    ]],
    languages: &[&["/knowsLanguage/*", "/knowsLanguage/*/name", "/knowsLanguage", "/knowsLanguage/name"]],
    certifications: &[&["/hasCredential/*/name", "/hasCredential/*", "/hasCredential", "/hasCredential/name"]],
    ..NOTHING
};

/// Members that JSON-LD has and no other form.
pub(super) const MARKS: &[&str] = &["@context", "@type", "@graph"];

/// Whether `Person` is a type of a thing, whether the names of types are whole addresses or not.
fn is_person(thing: &Value) -> bool {
    let types = thing.get("@type").into_iter();
    let mut names = types.flat_map(|it| it.as_array().map_or(std::slice::from_ref(it), Vec::as_slice));
    names.any(|name| name.as_str().is_some_and(|name| name.rsplit(['/', '#', ':']).next() == Some("Person")))
}
