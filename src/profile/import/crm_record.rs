//! The flat record of a person in a CRM: a HubSpot contact, a Salesforce lead or contact, a Pipedrive person, a lead of
//! django-crm, or whatever else names its fields alike.
//!
//! The record may stand within the answer of the CRM's own API (`properties`, `lead_obj`, `data`) or webhook (`current`).
//! What the CRM's users write about the person is taken for what the person writes: nobody else is quoted there.

use super::layout::{Layout, NOTHING, POSITION, PositionLayout};

/// Where a record has what a profile has.
pub(super) const LAYOUT: Layout = Layout {
    within: &["/properties", "/lead_obj", "/data", "/current"],
    id: &["/id", "/Id", "/data/id", "/current/id", "/lead_obj/id", "/vid", "/properties/hs_object_id"],
    headline: &[&["/headline"], &["/linkedin_headline"]],
    about: &[&["/Description"], &["/description"], &["/linkedinbio"], &["/linkedinbio/value"]],
    industry: &[&["/industry"], &["/industry/value"], &["/Industry"]],
    location: &[
        &["/city", "/state", "/country"],
        &["/city/value", "/state/value", "/country/value"],
        &["/City", "/State", "/Country"],
        &["/MailingCity", "/MailingState", "/MailingCountry"],
    ],
    positions: &[&[PositionLayout {
        title: &[
            &["/jobtitle"],
            &["/jobtitle/value"],
            &["/job_title"],
            &["/Title"],
            &["/Designation"],
            &["/jobTitle"],
            &["/title"],
        ],
        company: &[
            &["/company"],
            &["/company/value"],
            &["/company/name"],
            &["/company_name"],
            &["/Company"],
            &["/Account"],
            &["/Account/Name"],
            &["/org_name"],
            &["/org_id/name"],
            &["/organization"],
            &["/organization/name"],
            &["/companyName"],
        ],
        description: &[&["/Department"], &["/department"]],
        ..POSITION
    }]],
    numbers: &["/org_id", "/organization"],
    connections: &["/linkedinconnections", "/linkedinconnections/value"],
    note: &[&["/message"], &["/message/value"]],
    ..NOTHING
};

/// Members that such a record has and no other form.
pub(super) const MARKS: &[&str] = &[
    "properties",
    "lead_obj",
    "attributes",
    "vid",
    "jobtitle",
    "job_title",
    "jobTitle",
    "company_name",
    "org_name",
    "org_id",
    "Title",
    "Company",
    "Account",
    "Designation",
    "title",
    "company",
    "MailingCity",
    "data",
    "current",
];
