//! Both tables of an export, joined into profile documents.

use super::connections;
use super::invitations;
use super::table::{Table, rows};
use crate::profile::{Origins, ProfileDocument, Text};
use crate::wire::Refusal;

/// What an export gives.
#[derive(Debug, Default)]
pub struct Export {
    /// A document of each row that says something: connections in their order, then invitations of people who are none.
    ///
    /// The id is the `<slug>` of `/in/<slug>`, or else the name of the table and the line, such as `Connections.csv:12`.
    pub documents: Vec<ProfileDocument<'static>>,
    /// How many rows say nothing of a person: neither title nor company nor note.
    pub silent: usize,
    /// Rows that are wrong, each with the name of its table; pointers name the line and the column.
    pub refused: Vec<(&'static str, Refusal)>,
}

/// The name of the table of connections.
pub const CONNECTIONS: &str = "Connections.csv";
/// The name of the table of invitations.
pub const INVITATIONS: &str = "Invitations.csv";

/// Joins connections and invitations by the `<slug>` of `/in/<slug>`; a table may be absent.
///
/// ```
/// use entregent::profile::import::linkedin::join;
/// let connections = b"First Name,URL,Company,Position,Connected On\nAda,https://l.example/in/ada,Acme,CFO,08 Feb 2026";
/// let export = join(Some(connections), None);
/// assert_eq!(export.documents[0].id.as_ref().unwrap().0, "ada");
/// ```
#[must_use]
pub fn join(connections: Option<&[u8]>, invitations: Option<&[u8]>) -> Export {
    let mut export = Export::default();
    let mut invited = invitations.map(invitations::read).unwrap_or_default();
    export.refused.extend(invited.refused.drain(..).map(|refusal| (INVITATIONS, refusal)));
    for row in connections.into_iter().flat_map(|bytes| rows(Table::new(&connections::COLUMNS), bytes)) {
        let line = row.line;
        match connections::document(row, &mut Origins::default()) {
            Err(refusal) => export.refused.push((CONNECTIONS, refusal)),
            Ok(mut document) => {
                document.invitation = document.id.as_ref().and_then(|id| invited.by_slug.remove(id.0.as_ref()));
                export.add(document, CONNECTIONS, line);
            }
        }
    }
    for (slug, invitation) in invited.by_slug {
        let id = Some(Text(slug.into()));
        export.add(ProfileDocument { id, invitation: Some(invitation), ..ProfileDocument::default() }, INVITATIONS, 0);
    }
    for (line, invitation) in invited.nameless {
        let document = ProfileDocument { invitation: Some(invitation), ..ProfileDocument::default() };
        export.add(document, INVITATIONS, line);
    }
    export
}

impl Export {
    fn add(&mut self, document: ProfileDocument<'static>, table: &str, line: u64) {
        let has_note = document.invitation.as_ref().is_some_and(|invitation| invitation.note.is_some());
        if document.positions.is_none() && !has_note {
            self.silent += 1;
            return;
        }
        let id = document.id.unwrap_or_else(|| Text(format!("{table}:{line}").into()));
        self.documents.push(ProfileDocument { id: Some(id), ..document });
    }
}
