//! Labelled profiles, one a line: NDJSON, or titles and labels in columns.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::wire::{self, Complaint, Refusal};

/// How labelled profiles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One object a line: `{"label": "business", "profile": {…}}`.
    Ndjson,
    /// Columns parted by tabs. A first line with the cells `title` and `label` says which they are, else they are the
    /// first and the second. A title is taken for a profile that is only a headline.
    Tsv,
}

impl Form {
    /// Tells the form of rows by their first character: only an object begins with a brace.
    pub(super) fn of(rows: &[u8]) -> Self {
        if wire::without_mark(rows).trim_ascii_start().starts_with(b"{") { Self::Ndjson } else { Self::Tsv }
    }
}

/// A profile and the category it belongs to.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// The category, or `other`.
    pub(super) label: Cow<'a, str>,
    /// The profile document.
    pub(super) profile: Cow<'a, [u8]>,
    /// Whether it is the first line of a table, which was to name the columns if it was no row.
    pub(super) is_head: bool,
}

/// A profile whose category is known.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelledProfile<'a> {
    /// The category, or `other`.
    #[serde(borrow)]
    label: Cow<'a, str>,
    /// The profile document.
    #[serde(borrow)]
    #[schema(value_type = crate::profile::ProfileDocument<'static>)]
    profile: &'a RawValue,
}

/// Reads rows line by line; the columns of a first line are remembered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    form: Form,
    /// The places of the title and of the label, once the first line was read.
    columns: Option<(usize, usize)>,
}

/// What a profile document of a title alone is.
#[derive(Serialize)]
struct Headline<'a> {
    headline: &'a str,
}

impl Rows {
    /// Expects rows of this form.
    pub(super) fn new(form: Form) -> Self {
        Self { form, columns: None }
    }

    /// Reads a line; `None` for a blank one and for a line of column names.
    ///
    /// # Errors
    /// The [`Refusal`] of a line that is no row.
    pub(super) fn read<'a>(&mut self, line: &'a [u8]) -> Option<Result<Row<'a>, Refusal>> {
        if wire::is_blank(line) {
            return None;
        }
        match self.form {
            Form::Ndjson => Some(ndjson(line)),
            Form::Tsv => self.tsv(line).transpose(),
        }
    }

    fn tsv<'a>(&mut self, line: &'a [u8]) -> Result<Option<Row<'a>>, Refusal> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let cells: Vec<&str> = wire::text(line)?.split('\t').collect();
        let is_head = self.columns.is_none();
        if is_head {
            let column = |name| cells.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
            let named = column("title").zip(column("label"));
            self.columns = Some(named.unwrap_or((0, 1)));
            if named.is_some() {
                return Ok(None);
            }
        }
        let (title, label) = self.columns.unwrap_or((0, 1));
        let (Some(title), Some(label)) = (cells.get(title), cells.get(label)) else {
            return Err(Refusal::Invalid(vec![Complaint::new("", "has no title and label, parted by a tab")]));
        };
        let profile = serde_json::to_vec(&Headline { headline: title }).unwrap_or_default();
        Ok(Some(Row { label: Cow::Borrowed(label.trim()), profile: profile.into(), is_head }))
    }
}

fn ndjson(line: &[u8]) -> Result<Row<'_>, Refusal> {
    let row: LabelledProfile<'_> = serde_json::from_str(wire::text(line)?).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            Refusal::Invalid(vec![Complaint::new("", "must be an object with a `label`, a text, and a `profile`")])
        }
        _ => Refusal::syntax(&error),
    })?;
    Ok(Row { label: row.label, profile: row.profile.get().as_bytes().into(), is_head: false })
}
