//! What comes in with a bulk request: lines of JSON, or the rows of a table.

use std::borrow::Cow;

use actix_web::http::header::HeaderMap;

use crate::api::body::{check_media_type, is_of};
use crate::api::lines::{Line, Lines};
use crate::api::problem::Failure;
use crate::profile::import::linkedin::{Connection, Connections};

/// The media type of lines of JSON, which is that of the answers, too.
pub(super) const NDJSON: &str = "application/x-ndjson";

/// The media type of a table.
const CSV: &str = "text/csv";

/// The input of one bulk request.
pub(super) enum Input {
    Lines(Lines),
    Connections(Box<Connections>),
}

/// What one answer is given to.
pub(super) enum Entry<'b> {
    Line(Line<'b>),
    Connection(Box<Connection>),
}

impl Input {
    /// Chooses by the media type; a line of JSON has at most `limit` bytes.
    pub(super) fn of(headers: &HeaderMap, limit: usize) -> Result<Self, Failure> {
        check_media_type(headers, &[NDJSON, CSV])?;
        Ok(match is_of(headers, CSV) {
            true => Self::Connections(Box::default()),
            false => Self::Lines(Lines::new(limit)),
        })
    }

    /// Decodes a part, which is then taken entry by entry; an empty part is the last one.
    pub(super) fn decode<'p>(&mut self, part: &'p [u8]) -> Cow<'p, [u8]> {
        match self {
            Self::Lines(_) => Cow::Borrowed(part),
            Self::Connections(table) => table.decode(part),
        }
    }

    /// Takes decoded bytes up to the end of an entry; gives the entry and the rest.
    pub(super) fn take<'b>(&mut self, bytes: &'b [u8]) -> (Option<Entry<'b>>, &'b [u8]) {
        match self {
            Self::Lines(lines) => {
                let (line, rest) = lines.take(bytes);
                (line.map(Entry::Line), rest)
            }
            Self::Connections(table) => {
                let (connection, rest) = table.take(bytes);
                (connection.map(|it| Entry::Connection(Box::new(it))), rest)
            }
        }
    }

    /// The last entry, when no line feed closed it.
    pub(super) fn finish(&mut self) -> Option<Entry<'static>> {
        match self {
            Self::Lines(lines) => lines.finish().map(Entry::Line),
            Self::Connections(table) => table.finish().map(|it| Entry::Connection(Box::new(it))),
        }
    }
}
