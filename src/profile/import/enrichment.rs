//! LinkedIn-like JSON, as enrichment services and scrapers deliver it: one table for their many names of the same thing.

use super::layout::{EducationLayout, Layout, NOTHING, POSITION, PositionLayout, SCHOOL, Texts};

const COMPANY: Texts = &[&["/companyName"], &["/company_name"], &["/company"], &["/company/name"], &["/subtitle"]];

/// A position of a list.
const EXPERIENCE: PositionLayout = PositionLayout {
    title: &[&["/title"], &["/position"], &["/job_title"], &["/jobTitle"], &["/title/name"]],
    company: COMPANY,
    industry: &[&["/industry"], &["/companyIndustry"]],
    location: &[&["/location"], &["/locationName"], &["/location/name"], &["/metadata"]],
    description: &[&["/description"], &["/jobDescription"], &["/subComponents/*/description/*/text"]],
    started_on: &[
        "/starts_at",
        "/startDate",
        "/start_date",
        "/started_on",
        "/startedOn",
        "/jobStartedOn",
        "/timePeriod/startDate",
    ],
    ended_on: &["/ends_at", "/endDate", "/end_date", "/ended_on", "/endedOn", "/jobEndedOn", "/timePeriod/endDate"],
    span: &["/caption", "/date_range", "/dateRange", "/dates"],
    roles: Some(&PositionLayout {
        each: "/subComponents/*",
        title: &[&["/title"]],
        location: &[&["/metadata"]],
        description: &[&["/description/*/text"]],
        span: &["/caption"],
        ..POSITION
    }),
    ..POSITION
};

/// A school of a list.
const STUDIES: EducationLayout = EducationLayout {
    school: &[&["/school"], &["/schoolName"], &["/school_name"], &["/school/name"], &["/title"]],
    degree: &[&["/degree_name"], &["/degreeName"], &["/degree"], &["/subtitle"]],
    field: &[&["/field_of_study"], &["/fieldOfStudy"], &["/field"]],
    started_on: &["/starts_at", "/startDate", "/start_date", "/timePeriod/startDate"],
    ended_on: &["/ends_at", "/endDate", "/end_date", "/timePeriod/endDate"],
    ..SCHOOL
};

/// Where such a document has what a profile has.
pub(super) const LAYOUT: Layout = Layout {
    id: &["/public_identifier", "/publicIdentifier", "/public_id"],
    headline: &[&["/headline"], &["/linkedinHeadline"], &["/occupation"]],
    about: &[&["/summary"], &["/about"], &["/linkedinDescription"], &["/description"]],
    industry: &[&["/industry"], &["/industryName"], &["/industry_name"]],
    location: &[
        &["/addressWithCountry"],
        &["/location"],
        &["/location/linkedinText"],
        &["/location/name"],
        &["/locationName", "/geoCountryName"],
        &["/city", "/state", "/country_full_name", "/country"],
    ],
    positions: &[
        &[PositionLayout { each: "/experiences/*", ..EXPERIENCE }],
        &[PositionLayout { each: "/experience/*", ..EXPERIENCE }],
        &[PositionLayout { each: "/positions/*", ..EXPERIENCE }],
        &[
            PositionLayout {
                is_held: true,
                title: &[&["/linkedinJobTitle"], &["/jobTitle"], &["/job_title"]],
                company: COMPANY,
                location: &[&["/linkedinJobLocation"]],
                description: &[&["/linkedinJobDescription"]],
                span: &["/linkedinJobDateRange"],
                ..POSITION
            },
            PositionLayout {
                title: &[&["/linkedinPreviousJobTitle"]],
                company: &[&["/previousCompanyName"]],
                location: &[&["/linkedinPreviousJobLocation"]],
                description: &[&["/linkedinPreviousJobDescription"]],
                span: &["/linkedinPreviousJobDateRange"],
                ..POSITION
            },
        ],
    ],
    education: &[
        &[EducationLayout { each: "/education/*", ..STUDIES }],
        &[EducationLayout { each: "/educations/*", ..STUDIES }],
        &[
            EducationLayout { school: &[&["/linkedinSchoolName"]], degree: &[&["/linkedinSchoolDegree"]], ..SCHOOL },
            EducationLayout {
                school: &[&["/linkedinPreviousSchoolName"]],
                degree: &[&["/linkedinPreviousSchoolDegree"]],
                ..SCHOOL
            },
        ],
    ],
    skills: &[
        &["/skills/*", "/skills/*/name", "/skills/*/title", "/skills"],
        &["/topSkillsByEndorsements"],
        &["/linkedinSkillsLabel"],
    ],
    languages: &[&["/languages/*", "/languages/*/name", "/languages/*/language", "/languages/*/title", "/languages"]],
    certifications: &[
        &["/certifications/*", "/certifications/*/name", "/certifications/*/title", "/certifications"],
        &["/licenseAndCertificates/*/title"],
    ],
    connections: &["/connections", "/connectionsCount", "/connections_count", "/linkedinConnectionsCount"],
    followers: &["/followers", "/follower_count", "/followersCount", "/followerCount", "/linkedinFollowersCount"],
    ..NOTHING
};

/// Members that such a document has and no other form.
pub(super) const MARKS: &[&str] = &[
    "experiences",
    "experience",
    "educations",
    "occupation",
    "public_identifier",
    "publicIdentifier",
    "linkedinHeadline",
    "linkedinJobTitle",
    "linkedinDescription",
    "linkedinProfileUrl",
    "topSkillsByEndorsements",
    "addressWithCountry",
    "geoCountryName",
    "follower_count",
    "connectionsCount",
    "timePeriod",
];
