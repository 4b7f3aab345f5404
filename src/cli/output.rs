//! Writing for people and pipes.

use std::io::{self, Write as _};

/// Writes a line to standard output.
///
/// A reader that has closed the pipe has seen enough: that is no error.
pub(super) fn line(text: &str) {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}").and_then(|()| stdout.flush()).ok();
}

/// Writes bytes to standard output as they are.
pub(super) fn raw(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).ok();
}

/// Writes a line to standard error.
pub(super) fn complain(text: &str) {
    writeln!(io::stderr().lock(), "{text}").ok();
}
