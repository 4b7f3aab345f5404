//! Rows of a comma-separated table, part by part, in bounded memory.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::encoding::{self, Parts};
use crate::wire::{Complaint, Refusal};

/// The most bytes of a row; as much is read towards the row of column names.
pub(super) const LONGEST_ROW: usize = 64 * 1024;

/// The row of column names stands among the first lines: notes may stand before it.
const LATEST_HEADER: u64 = 50;

/// What columns may be separated by.
const SEPARATORS: [u8; 3] = *b",;\t";

/// Column names that a table is told by, and those that are read of it.
pub(super) struct Columns<const N: usize> {
    pub(super) marks: [&'static str; 2],
    pub(super) read: [&'static str; N],
}

/// A row: the cells that are read, in the order of [`Columns::read`]; a missing one is empty.
pub(super) struct Row<const N: usize> {
    /// The physical line on which it begins, from 1.
    pub(super) line: u64,
    pub(super) cells: Result<[String; N], Refusal>,
}

impl<const N: usize> Row<N> {
    fn refused(line: u64, reason: impl Into<String>) -> Self {
        Self { line, cells: Err(Refusal::Invalid(vec![Complaint::new(format!("/{line}"), reason)])) }
    }
}

/// A table on its way in.
pub(super) struct Table<const N: usize> {
    columns: &'static Columns<N>,
    parts: Parts,
    lines: Lines,
    state: State<N>,
}

/// Counts lines, which end in `\n`, `\r` or both, however their bytes are cut into parts.
struct Lines {
    /// The line of the next byte, from 1.
    next: u64,
    /// The last byte was `\r`: a `\n` behind it ends no further line.
    is_after_return: bool,
}

enum State<const N: usize> {
    /// Before the row of column names; what there is of a line.
    Before(Vec<u8>),
    Rows(Box<Rows<N>>),
    /// No such row is among the first lines: nothing more is read.
    Unknown,
}

struct Rows<const N: usize> {
    reader: Reader,
    separator: u8,
    /// The numbers of the columns that are read.
    numbers: [Option<usize>; N],
    cells: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    ended: usize,
    /// The line on which the open row begins.
    start: Option<u64>,
    /// The rest of a line that is too long is passed over.
    skips: bool,
}

impl Lines {
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let is_counted = *byte == b'\n' && self.is_after_return;
            self.next += u64::from(ends_line(byte) && !is_counted);
            self.is_after_return = *byte == b'\r';
        }
    }
}

fn ends_line(byte: &u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

impl<const N: usize> Table<N> {
    pub(super) fn new(columns: &'static Columns<N>) -> Self {
        let lines = Lines { next: 1, is_after_return: false };
        Self { columns, parts: Parts::new(), lines, state: State::Before(Vec::new()) }
    }

    /// Decodes a part, which is then taken row by row; an empty part is the last one.
    pub(super) fn decode<'p>(&mut self, part: &'p [u8]) -> Cow<'p, [u8]> {
        self.parts.decode(part)
    }

    /// Takes decoded bytes up to the end of a row; gives the row and the rest.
    ///
    /// A row of which no cell holds anything is as good as a blank line.
    pub(super) fn take<'b>(&mut self, mut bytes: &'b [u8]) -> (Option<Row<N>>, &'b [u8]) {
        while !bytes.is_empty() {
            let (row, rest) = match &mut self.state {
                State::Before(_) => self.look_for_columns(bytes),
                State::Rows(rows) => rows.take(bytes, &mut self.lines),
                State::Unknown => (None, &[] as &[u8]),
            };
            bytes = rest;
            if row.is_some() {
                return (row, bytes);
            }
        }
        (None, bytes)
    }

    /// The row that no line end closed, or the refusal of what is no such table.
    pub(super) fn finish(&mut self) -> Option<Row<N>> {
        match &mut self.state {
            State::Before(_) => {
                let (row, _) = self.look_for_columns(b"\n");
                row.or_else(|| matches!(self.state, State::Before(_)).then(|| self.refused()))
            }
            State::Rows(rows) => rows.finish(),
            State::Unknown => None,
        }
    }

    /// Tells whether the row of column names was found.
    pub(super) fn is_known(&self) -> bool {
        matches!(self.state, State::Rows(_))
    }

    fn look_for_columns<'b>(&mut self, bytes: &'b [u8]) -> (Option<Row<N>>, &'b [u8]) {
        let State::Before(open) = &mut self.state else { return (None, bytes) };
        let end = bytes.iter().position(ends_line);
        let (part, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
        open.extend_from_slice(part);
        self.lines.pass(part);
        if open.len() > LONGEST_ROW {
            return (Some(self.refused()), &[]);
        }
        if end.is_none() {
            return (None, rest);
        }
        let line = std::mem::take(open);
        let found = SEPARATORS.iter().find_map(|separator| Rows::after(&line, *separator, self.columns));
        if let Some(rows) = found {
            self.state = State::Rows(Box::new(rows));
        } else if self.lines.next > LATEST_HEADER {
            return (Some(self.refused()), &[]);
        }
        (None, rest)
    }

    fn refused(&mut self) -> Row<N> {
        self.state = State::Unknown;
        let [first, second] = self.columns.marks;
        let reason = format!("has no row of column names with `{first}` and `{second}` among its first lines");
        Row { line: 1, cells: Err(Refusal::Invalid(vec![Complaint::new("", reason)])) }
    }
}

impl<const N: usize> Rows<N> {
    /// Starts behind the row of column names, if the line is one.
    fn after(line: &[u8], separator: u8, columns: &Columns<N>) -> Option<Self> {
        let mut names = Self::with([None; N], separator);
        if let (Fed::Open, _) = names.feed(line) {
            // A quotation that goes on behind the line; no row of column names has one.
            return None;
        }
        let names: Vec<String> = names.fields().into_iter().map(|name| name.trim().to_owned()).collect();
        let number = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        columns.marks.iter().all(|mark| number(mark).is_some()).then(|| Self::with(columns.read.map(number), separator))
    }

    fn with(numbers: [Option<usize>; N], separator: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            separator,
            numbers,
            cells: vec![0; 1024],
            filled: 0,
            ends: vec![0; 32],
            ended: 0,
            start: None,
            skips: false,
        }
    }

    fn take<'b>(&mut self, bytes: &'b [u8], lines: &mut Lines) -> (Option<Row<N>>, &'b [u8]) {
        if self.skips {
            let end = bytes.iter().position(ends_line);
            self.skips = end.is_none();
            let (passed, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            lines.pass(passed);
            return (None, rest);
        }
        let bytes = if self.start.is_none() { without_blank_lines(bytes, lines) } else { bytes };
        if bytes.is_empty() {
            return (None, bytes);
        }
        let start = *self.start.get_or_insert(lines.next);
        let (fed, read) = self.feed(bytes);
        let (taken, rest) = bytes.split_at(read);
        lines.pass(taken);
        match fed {
            Fed::Open => (None, rest),
            Fed::Closed => (self.close(start), rest),
            Fed::TooLong => (Some(self.skip(start, lines.next > start)), rest),
        }
    }

    /// Closes the open row as a line end would, which is part of a cell only where a quotation mark is still open.
    fn finish(&mut self) -> Option<Row<N>> {
        let start = self.start?;
        match self.feed(b"\n").0 {
            Fed::Closed => self.close(start),
            Fed::Open => {
                Some(Row::refused(start, "has a quotation mark that is not closed; nothing behind it is read"))
            }
            Fed::TooLong => Some(self.skip(start, false)),
        }
    }

    /// Reads on, to the end of the row at most; tells how many bytes were read.
    fn feed(&mut self, bytes: &[u8]) -> (Fed, usize) {
        let mut read = 0;
        loop {
            let input = bytes.get(read..).unwrap_or_default();
            let cells = self.cells.get_mut(self.filled..).unwrap_or_default();
            let ends = self.ends.get_mut(self.ended..).unwrap_or_default();
            let (result, input, filled, ended) = self.reader.read_record(input, cells, ends);
            read += input;
            self.filled += filled;
            self.ended += ended;
            match result {
                ReadRecordResult::InputEmpty => return (Fed::Open, read),
                ReadRecordResult::Record | ReadRecordResult::End => return (Fed::Closed, read),
                ReadRecordResult::OutputFull if self.cells.len() < LONGEST_ROW => self.cells.resize(LONGEST_ROW, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() < LONGEST_ROW => self.ends.resize(LONGEST_ROW, 0),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return (Fed::TooLong, read),
            }
        }
    }

    /// All cells of the row that was read.
    fn fields(&self) -> Vec<String> {
        let ends = self.ends.get(..self.ended).unwrap_or_default();
        let starts = std::iter::once(&0).chain(ends);
        let is_utf8 = std::str::from_utf8(self.cells.get(..self.filled).unwrap_or_default()).is_ok();
        let cells = starts.zip(ends).map(|(start, end)| self.cells.get(*start..*end).unwrap_or_default());
        cells.map(|cell| encoding::text(cell, is_utf8).into_owned()).collect()
    }

    fn close(&mut self, line: u64) -> Option<Row<N>> {
        let fields = self.fields();
        self.reset();
        let is_blank = fields.iter().all(|field| field.trim().is_empty());
        let cells = self.numbers.map(|number| number.and_then(|it| fields.get(it)).cloned().unwrap_or_default());
        (!is_blank).then_some(Row { line, cells: Ok(cells) })
    }

    /// Gives a row up that is too long; only a quotation can have led it over line ends.
    fn skip(&mut self, line: u64, is_over_lines: bool) -> Row<N> {
        self.reset();
        self.reader = ReaderBuilder::new().delimiter(self.separator).build();
        self.skips = true;
        let perhaps = if is_over_lines { "; a quotation mark may not be closed" } else { "" };
        Row::refused(line, format!("is longer than {LONGEST_ROW} bytes{perhaps}"))
    }

    fn reset(&mut self) {
        (self.filled, self.ended, self.start) = (0, 0, None);
    }
}

/// All rows of a whole table.
pub(super) fn rows<const N: usize>(mut table: Table<N>, bytes: &[u8]) -> Vec<Row<N>> {
    let mut rows = Vec::new();
    for part in [bytes, &[]] {
        let decoded = table.decode(part);
        let mut rest = decoded.as_ref();
        while !rest.is_empty() {
            let (row, after) = table.take(rest);
            rows.extend(row);
            rest = after;
        }
    }
    rows.extend(table.finish());
    rows
}

/// How far a row was read.
enum Fed {
    Open,
    Closed,
    TooLong,
}

/// Passes over line ends where a row may begin, and counts them.
fn without_blank_lines<'b>(bytes: &'b [u8], lines: &mut Lines) -> &'b [u8] {
    let blank = bytes.iter().take_while(|byte| ends_line(byte)).count();
    let (blank, rest) = bytes.split_at(blank);
    lines.pass(blank);
    rest
}
