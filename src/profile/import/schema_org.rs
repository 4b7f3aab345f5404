//! A `Person` of schema.org in JSON-LD. A property may be a text, a thing with a name, or a list of such.

use super::layout::{EducationLayout, Layout, NOTHING, POSITION, PositionLayout, SCHOOL, Texts};

const OCCUPATION: Texts = &[&["/roleName", "/roleName/*"], &["/hasOccupation/name"], &["/name"], &[""]];
const DUTIES: Texts = &[&["/description"], &["/responsibilities"], &["/hasOccupation/description"]];
const SCHOOL_NAME: Texts = &[&["/name"], &["/alumniOf/name"], &[""]];

/// Where a person has what a profile has.
pub(super) const LAYOUT: Layout = Layout {
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
pub(super) const MARKS: &[&str] = &["@context", "@type"];
