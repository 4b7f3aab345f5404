//! Writing for people and pipes.

use std::io::{self, Write as _};

use crate::cli::Ending;

/// Writes a line to standard output.
pub(super) fn line(text: &str) -> Result<(), Ending> {
    raw(format!("{text}\n").as_bytes())
}

/// Writes bytes to standard output as they are; when it cannot, says why on standard error and how the program is to end.
///
/// A reader that has closed the pipe has seen enough: that is no error.
pub(super) fn raw(bytes: &[u8]) -> Result<(), Ending> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("standard output cannot be written: {error}"));
            Err(Ending::WrongUse)
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a line to standard error.
pub(super) fn complain(text: &str) {
    writeln!(io::stderr().lock(), "{text}").ok();
}
