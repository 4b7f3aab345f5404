//! `Connections.csv`: a profile from each row.

use std::borrow::Cow;

use super::slug;
use super::table::{Columns, Row, Table};
use crate::profile::document::Unfit;
use crate::profile::import::html;
use crate::profile::{Field, Origins, Piece, PositionDocument, Profile, ProfileDocument, Text};
use crate::wire::{Complaint, Refusal};

/// Before 2023 there is no `URL`; of a member who has hidden themselves there is nothing but `Connected On`.
pub(super) const COLUMNS: Columns<3> =
    Columns { marks: ["First Name", "Connected On"], read: ["URL", "Company", "Position"] };

/// A row of connections that was read as a profile.
///
/// Pointers name the physical line and the column: `/12/Position` is the title on line 12.
#[derive(Debug)]
pub struct Connection {
    /// The physical line on which the row begins, from 1.
    pub line: u64,
    /// Its profile; the id is the `<slug>` of `/in/<slug>`.
    pub profile: Result<Profile<'static>, Refusal>,
}

/// Reads a table of connections part by part.
///
/// ```
/// use entregent::profile::import::linkedin::Connections;
/// let mut table = Connections::new();
/// let part = table.decode(b"First Name,Company,Position,Connected On\nAda,Acme,Treasurer,08 Feb 2026\n");
/// let (connection, rest) = table.take(&part);
/// assert!(rest.is_empty());
/// assert_eq!(connection.unwrap().profile.unwrap().texts().len(), 2);
/// ```
pub struct Connections(Table<3>);

impl Default for Connections {
    fn default() -> Self {
        Self::new()
    }
}

impl Connections {
    /// Starts before the first byte.
    #[must_use]
    pub fn new() -> Self {
        Self(Table::new(&COLUMNS))
    }

    /// Tells whether bytes are the beginning of such a table.
    #[must_use]
    pub fn begin_with(bytes: &[u8]) -> bool {
        let mut table = Table::new(&COLUMNS);
        let decoded = table.decode(bytes);
        table.take(&decoded);
        table.finish();
        table.is_known()
    }

    /// Reads all rows of a whole table.
    #[must_use]
    pub fn all(bytes: &[u8]) -> Vec<Connection> {
        super::table::rows(Table::new(&COLUMNS), bytes).into_iter().map(connection).collect()
    }

    /// Decodes a part, which is then taken row by row; an empty part is the last one.
    pub fn decode<'p>(&mut self, part: &'p [u8]) -> Cow<'p, [u8]> {
        self.0.decode(part)
    }

    /// Takes decoded bytes up to the end of a row; gives the row, unless it is blank, and the rest.
    pub fn take<'b>(&mut self, bytes: &'b [u8]) -> (Option<Connection>, &'b [u8]) {
        let (row, rest) = self.0.take(bytes);
        (row.map(connection), rest)
    }

    /// The row that no line end closed, or the refusal of a table that has no column names.
    pub fn finish(&mut self) -> Option<Connection> {
        self.0.finish().map(connection)
    }
}

fn connection(row: Row<3>) -> Connection {
    let line = row.line;
    let mut origins = Origins::default();
    let document = document(row, &mut origins);
    Connection { line, profile: document.and_then(|document| profile(line, document, origins)) }
}

/// The profile document of a row; how its cells were read is noted.
pub(super) fn document(row: Row<3>, origins: &mut Origins) -> Result<ProfileDocument<'static>, Refusal> {
    let [address, company, title] = row.cells?;
    let mut said = |cell, column| {
        let (said, readings) = html::said(cell);
        origins.note_readings(&format!("/{}/{column}", row.line), readings);
        said
    };
    let (company, title) = (said(company, "Company"), said(title, "Position"));
    let long = [("Company", Field::PositionCompany, &company), ("Position", Field::PositionTitle, &title)];
    let complaints: Vec<_> =
        long.into_iter().filter_map(|(name, field, cell)| fits(row.line, name, field, cell)).collect();
    if !complaints.is_empty() {
        return Err(Refusal::Invalid(complaints));
    }
    let given = |cell: String| (!cell.trim().is_empty()).then(|| Text(cell.into()));
    let position = PositionDocument { title: given(title), company: given(company), ..PositionDocument::default() };
    Ok(ProfileDocument {
        id: slug(&address).map(|slug| Text(slug.into())),
        positions: (position != PositionDocument::default()).then(|| vec![position]),
        ..ProfileDocument::default()
    })
}

/// Complains about a cell that is longer than its field may be.
pub(super) fn fits(line: u64, column: &str, field: Field, cell: &str) -> Option<Complaint> {
    let longest = field.entry().longest;
    let reason = || format!("is longer than {longest} characters");
    (cell.chars().count() > longest).then(|| Complaint::new(format!("/{line}/{column}"), reason()))
}

fn profile(line: u64, document: ProfileDocument<'static>, mut origins: Origins) -> Result<Profile<'static>, Refusal> {
    for (place, column) in [("/positions/0/title", "Position"), ("/positions/0/company", "Company")] {
        origins.note(place.to_owned(), Piece { start: 0, from: 0, pointer: format!("/{line}/{column}") });
    }
    let unfit = |unfit: Unfit| unfit.into_refusal(Vec::new).inside(&format!("/{line}"));
    Ok(Profile::from_document(document).map_err(unfit)?.imported(None, origins))
}
