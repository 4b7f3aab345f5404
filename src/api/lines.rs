//! Cuts a stream of bytes into lines of bounded length.

use std::borrow::Cow;

use memchr::memchr;

/// One physical line of the input, counted from 1.
#[derive(Debug, PartialEq, Eq)]
pub struct Line<'b> {
    /// The number of the line.
    pub number: u64,
    /// The bytes without the line feed; `None` when they were beyond the limit.
    pub bytes: Option<Cow<'b, [u8]>>,
}

/// Collects bytes until a line is complete; keeps at most `limit` of them.
pub struct Lines {
    limit: usize,
    number: u64,
    open: Vec<u8>,
    too_long: bool,
}

impl Lines {
    /// Starts before the first line.
    pub fn new(limit: usize) -> Self {
        Self { limit, number: 1, open: Vec::new(), too_long: false }
    }

    /// Takes the bytes up to the next line feed; gives the line it ends, and the rest.
    pub fn take<'b>(&mut self, bytes: &'b [u8]) -> (Option<Line<'b>>, &'b [u8]) {
        match memchr(b'\n', bytes) {
            Some(end) => {
                let (part, rest) = bytes.split_at(end);
                (Some(self.close(part)), rest.get(1..).unwrap_or_default())
            }
            None => {
                self.keep(bytes);
                (None, &[])
            }
        }
    }

    /// The last line, when it has no line feed.
    pub fn finish(&mut self) -> Option<Line<'static>> {
        (self.too_long || !self.open.is_empty()).then(|| self.close(&[]))
    }

    fn keep(&mut self, part: &[u8]) {
        if self.too_long || part.len() > self.limit.saturating_sub(self.open.len()) {
            self.too_long = true;
            self.open = Vec::new();
        } else {
            self.open.extend_from_slice(part);
        }
    }

    /// Ends the line with its last part; one that came in a single part is not copied.
    fn close<'b>(&mut self, part: &'b [u8]) -> Line<'b> {
        let bytes = if !self.too_long && self.open.is_empty() && part.len() <= self.limit {
            Cow::Borrowed(part)
        } else {
            self.keep(part);
            Cow::Owned(std::mem::take(&mut self.open))
        };
        let line = Line { number: self.number, bytes: (!self.too_long).then_some(bytes) };
        self.number = self.number.saturating_add(1);
        self.too_long = false;
        line
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Line, Lines};

    fn cut(parts: &[&str]) -> Vec<(u64, Option<String>)> {
        let mut lines = Lines::new(4);
        let mut cut = Vec::new();
        for part in parts {
            let mut rest = part.as_bytes();
            while !rest.is_empty() {
                let (line, after) = lines.take(rest);
                cut.extend(line);
                rest = after;
            }
        }
        cut.extend(lines.finish());
        let text = |bytes: Cow<'_, [u8]>| String::from_utf8(bytes.into_owned()).unwrap_or_default();
        cut.into_iter().map(|Line { number, bytes }| (number, bytes.map(text))).collect()
    }

    #[test]
    fn lines_are_the_same_wherever_the_stream_is_cut() {
        let expected = vec![(1, Some("ab".into())), (2, Some(String::new())), (3, None), (4, Some("abcd".into()))];
        assert_eq!(cut(&["ab\n\nabcde\nabcd"]), expected);
        assert_eq!(cut(&["a", "b\n", "\nabc", "de", "\nab", "cd\n"]), expected);
    }
}
