//! The document about a person, and the profile that is judged.
//!
//! Every text of a profile stands in one list, in the order of the fields, each with the time it speaks of and the
//! place it was submitted at. What is on the right of the line reads that list and never the document.

mod date;
mod text;
mod document;
mod pointer;
mod field;
mod relation;
mod model;
mod origin;
mod word_index;
mod owner;
pub mod import;

pub use date::PartialDate;
pub use document::{
    ActivityDocument, EducationDocument, InvitationDocument, LocationDocument, PositionDocument, ProfileDocument,
    RelationshipDocument, parse,
};
pub use field::{FIELDS, Field, FieldEntry, FieldSet, Part, PartSet};
pub use model::{Activity, Counts, Invitation, Position, Profile, ProfileText, Relationship, Time};
pub use origin::{Origins, Piece, Stretch};
pub use owner::{Owner, OwnerDocument, parse_owner};
pub use relation::{InvitationDirection, RelationshipKind};
pub use text::Text;
pub use word_index::{IndexedWord, Shape, StemId, WordIndex};
