//! `Invitations.csv`: who invited whom, and with which note.

use std::collections::BTreeMap;

use super::connections::fits;
use super::slug;
use super::table::{Columns, Row, Table};
use crate::profile::import::{dates, html};
use crate::profile::{Field, InvitationDirection, InvitationDocument, Text};
use crate::wire::Refusal;

/// Before late 2023 there are no addresses, so that nothing tells whose invitation it is.
const COLUMNS: Columns<5> = Columns {
    marks: ["Sent At", "Direction"],
    read: ["inviterProfileUrl", "inviteeProfileUrl", "Sent At", "Message", "Direction"],
};

/// The invitations of a table.
#[derive(Default)]
pub(super) struct Invitations {
    /// By the `<slug>` of the other side; of several the first that has a note, or else the first.
    pub(super) by_slug: BTreeMap<String, InvitationDocument<'static>>,
    /// Those of nobody that is known, each with its line.
    pub(super) nameless: Vec<(u64, InvitationDocument<'static>)>,
    pub(super) refused: Vec<Refusal>,
}

/// Reads a whole table.
pub(super) fn read(bytes: &[u8]) -> Invitations {
    let mut invitations = Invitations::default();
    for row in super::table::rows(Table::new(&COLUMNS), bytes) {
        let line = row.line;
        match invitation(row) {
            Err(refusal) => invitations.refused.push(refusal),
            Ok((None, invitation)) => invitations.nameless.push((line, invitation)),
            Ok((Some(slug), invitation)) => {
                let known = invitations.by_slug.entry(slug).or_insert_with(|| invitation.clone());
                if known.note.is_none() && invitation.note.is_some() {
                    *known = invitation;
                }
            }
        }
    }
    invitations
}

/// The slug of the other side, and the invitation.
fn invitation(row: Row<5>) -> Result<(Option<String>, InvitationDocument<'static>), Refusal> {
    let [inviter, invitee, sent_at, note, direction] = row.cells?;
    let (note, _) = html::said(note);
    if let Some(complaint) = fits(row.line, "Message", Field::InvitationNote, &note) {
        return Err(Refusal::Invalid(vec![complaint]));
    }
    let direction = match direction.trim() {
        it if it.eq_ignore_ascii_case("incoming") => Some(InvitationDirection::Received),
        it if it.eq_ignore_ascii_case("outgoing") => Some(InvitationDirection::Sent),
        _ => None,
    };
    let other = match direction {
        Some(InvitationDirection::Sent) => slug(&invitee),
        Some(InvitationDirection::Received) => slug(&inviter),
        None => None,
    };
    let note = (!note.trim().is_empty()).then(|| Text(note.into()));
    Ok((other, InvitationDocument { direction, note, sent_on: dates::of_timestamp(&sent_at) }))
}
