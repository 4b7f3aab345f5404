//! What the benches measure with.

use rustix::time::{ClockId, clock_gettime};

/// How long this thread has had a processor, in seconds: what others do on the machine costs caches, but is not counted.
pub(crate) fn thread_seconds() -> f64 {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

/// The middle one of the values.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap()
}
