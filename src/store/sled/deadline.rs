//! Bounds the time that the caller waits for what sled does, which can panic or hang.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Why there is no result.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfinished {
    /// The work panicked, or could not be begun.
    Panicked,
    /// It goes on for longer than the deadline; its thread is left to itself.
    TimedOut,
}

/// Does the work in a thread of its own.
pub(super) fn within<T: Send + 'static>(
    deadline: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Unfinished> {
    let (answer, result) = sync_channel(1);
    let work = move || {
        if let Ok(done) = catch_unwind(AssertUnwindSafe(work)) {
            let _ = answer.send(done);
        }
    };
    thread::Builder::new().name("store-work".to_owned()).spawn(work).map_err(|_| Unfinished::Panicked)?;
    result.recv_timeout(deadline).map_err(|error| match error {
        RecvTimeoutError::Timeout => Unfinished::TimedOut,
        RecvTimeoutError::Disconnected => Unfinished::Panicked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_ends_gives_its_result() {
        assert_eq!(within(Duration::from_secs(60), || 7), Ok(7));
    }

    #[test]
    fn work_that_panics_is_told_from_work_that_hangs() {
        assert_eq!(within(Duration::from_secs(60), || panic!("on purpose")), Err::<(), _>(Unfinished::Panicked));
        let (release, hang) = sync_channel::<()>(1);
        let hanging = move || hang.recv().is_ok();
        assert_eq!(within(Duration::from_millis(1), hanging), Err(Unfinished::TimedOut));
        drop(release);
    }
}
