//! The one thread that writes: it takes all groups that wait, and writes them in one batch, synced before and after.
//! Only erasable records are written one by one.
//!
//! What a failed write left behind is not known, and no later success could tell. So after the first failure to write
//! or to sync nothing is written or acknowledged any more, until the directory is opened anew.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use std::{io, thread};

use ::sled::{Batch, Db};

use super::draft::Draft;
use super::erasable::Erasable;
use super::tally::Tally;
use crate::store::{Change, CommitFailure, StoreFailure, Write};

/// The most groups that are written together.
const MOST_GROUPS: usize = 1024;

/// The bytes of records past which no further group is taken in.
const ENOUGH_BYTES: u64 = 32 * 1024 * 1024;

/// What the writer needs of the disk.
pub(super) trait Disk: Send {
    /// Makes sure that there is room to write so many bytes of records.
    fn make_room(&mut self, bytes: u64) -> Result<(), StoreFailure>;

    /// Returns once everything that was flushed outlives a power cut.
    fn sync(&mut self) -> io::Result<()>;

    /// Notes that so many groups are being acknowledged.
    fn acknowledge(&mut self, groups: u64) -> io::Result<()>;
}

/// A group that waits to be written.
struct Waiting {
    group: Vec<Write>,
    answer: SyncSender<Result<(), CommitFailure>>,
}

/// Where groups are sent to be written.
pub(super) struct Queue {
    sender: Sender<Waiting>,
    stopped: Arc<AtomicBool>,
    deadline: Duration,
}

impl Queue {
    /// Waits until the group is written and durable.
    pub(super) fn commit(&self, group: Vec<Write>) -> Result<(), CommitFailure> {
        if self.is_stopped() {
            return Err(StoreFailure::Stopped.into());
        }
        let (answer, verdict) = sync_channel(1);
        self.sender.send(Waiting { group, answer }).map_err(|_| StoreFailure::Stopped)?;
        match verdict.recv_timeout(self.deadline) {
            Ok(verdict) => verdict,
            Err(RecvTimeoutError::Disconnected) => Err(StoreFailure::Stopped.into()),
            Err(RecvTimeoutError::Timeout) => {
                // A sync that takes this long has failed; and nothing may pile up behind it.
                self.stopped.store(true, Ordering::SeqCst);
                Err(StoreFailure::TimedOut.into())
            }
        }
    }

    /// Tells whether an earlier failure ended all writing.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }
}

/// What the writing thread works with.
pub(super) struct Writer<D> {
    db: Db,
    disk: D,
    tally: Tally,
    erasable: Erasable,
    /// Held for writing from a batch's first change until it is durable, so that nothing is read that could be lost.
    gate: Arc<RwLock<()>>,
    /// Set for ever by the first failure.
    stopped: Arc<AtomicBool>,
}

impl<D: Disk + 'static> Writer<D> {
    /// Gets ready to write to a store that holds what the tally says.
    pub(super) fn new(db: Db, disk: D, tally: Tally, erasable: Erasable, gate: Arc<RwLock<()>>) -> Self {
        Self { db, disk, tally, erasable, gate, stopped: Arc::default() }
    }

    /// Starts the thread; it drops `alive`, last of all, once the queue is dropped.
    pub(super) fn start(self, deadline: Duration, alive: Sender<()>) -> io::Result<Queue> {
        let (sender, queue) = channel();
        let stopped = Arc::clone(&self.stopped);
        thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            self.run(&queue);
            drop(alive);
        })?;
        Ok(Queue { sender, stopped, deadline })
    }

    /// Writes what comes, until nobody can send any more.
    fn run(mut self, queue: &Receiver<Waiting>) {
        while let Ok(first) = queue.recv() {
            // Those who wait for an answer that a panic took away learn of it as their channel closes.
            if catch_unwind(AssertUnwindSafe(|| self.write(first, queue))).is_err() {
                self.stop(&"sled panicked");
            }
        }
    }

    /// Writes the first group and those that wait behind it.
    fn write(&mut self, first: Waiting, queue: &Receiver<Waiting>) {
        let db = self.db.clone();
        let mut draft = Draft::new(&db);
        let mut answers = Vec::new();
        let mut next = Some(first);
        while let Some(Waiting { group, answer }) = next {
            let verdict = if self.stopped.load(Ordering::SeqCst) {
                Err(StoreFailure::Stopped.into())
            } else if group.iter().any(Write::is_erasable) {
                self.write_erasable(group)
            } else {
                draft.add(group)
            };
            answers.push((answer, verdict));
            let is_enough = answers.len() >= MOST_GROUPS || draft.bytes() >= Some(ENOUGH_BYTES);
            next = if is_enough { None } else { queue.try_recv().ok() };
        }
        let failure = draft.bytes().and_then(|bytes| self.write_draft(draft, bytes).err());
        for (answer, verdict) in answers {
            // A verdict may rest on a group that was not written, so that a failure is everybody's.
            let verdict = failure.clone().map_or(verdict, |failure| Err(failure.into()));
            // Whoever gave up waiting has been told so.
            let _ = answer.send(verdict);
        }
    }

    /// Makes the changes of a group of erasable records, of which there is but one.
    fn write_erasable(&mut self, group: Vec<Write>) -> Result<(), CommitFailure> {
        let gate = Arc::clone(&self.gate);
        let _gate = gate.write().unwrap_or_else(PoisonError::into_inner);
        for write in group {
            if let Change::Put(body) = &write.change {
                self.disk.make_room(body.len() as u64)?;
            }
            self.erasable.write(write).inspect_err(|failure| {
                if let CommitFailure::Store(failure @ StoreFailure::Medium(_)) = failure {
                    self.stop(failure);
                }
            })?;
        }
        Ok(())
    }

    fn write_draft(&mut self, draft: Draft<'_>, bytes: u64) -> Result<(), StoreFailure> {
        self.disk.make_room(bytes)?;
        let (batch, tally) = draft.into_batch(self.tally);
        self.write_batch(batch, tally.groups).inspect_err(|failure| self.stop(failure))?;
        self.tally = tally;
        Ok(())
    }

    fn write_batch(&mut self, batch: Batch, groups: u64) -> Result<(), StoreFailure> {
        let gate = Arc::clone(&self.gate);
        let _gate = gate.write().unwrap_or_else(PoisonError::into_inner);
        // Reading makes sled write, too: it splits and joins the pages that it passes. What that moved must be durable
        // before the batch may take the place from which it was moved.
        self.flush_and_sync()?;
        self.db.apply_batch(batch).map_err(|error| StoreFailure::Medium(error.to_string()))?;
        self.flush_and_sync()?;
        self.disk.acknowledge(groups).map_err(|error| StoreFailure::Medium(error.to_string()))
    }

    fn flush_and_sync(&mut self) -> Result<(), StoreFailure> {
        self.db.flush().map_err(|error| StoreFailure::Medium(error.to_string()))?;
        self.disk.sync().map_err(|error| StoreFailure::Medium(error.to_string()))
    }

    fn stop(&self, cause: &dyn Display) {
        self.stopped.store(true, Ordering::SeqCst);
        log::error!("the store stops writing, start anew: {cause}");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, MutexGuard};

    use super::*;
    use crate::store::sled::chunks;
    use crate::store::sled::directory::Directory;
    use crate::store::{Change, Expected};

    /// A disk that does as it is told, and remembers what it was asked.
    #[derive(Clone, Default)]
    struct TestDisk(Arc<Mutex<TestDiskState>>);

    #[derive(Default)]
    struct TestDiskState {
        is_full: bool,
        /// The sync that fails, counted from 1.
        fails_at_sync: usize,
        fails_to_acknowledge: bool,
        /// Lets syncs wait until the other end is gone.
        holds_syncs: Option<Receiver<()>>,
        syncs: usize,
        acknowledged: u64,
    }

    impl TestDisk {
        fn state(&self) -> MutexGuard<'_, TestDiskState> {
            self.0.lock().unwrap()
        }

        /// How often it synced, and how many groups were acknowledged last.
        fn counts(&self) -> (usize, u64) {
            let state = self.state();
            (state.syncs, state.acknowledged)
        }
    }

    impl Disk for TestDisk {
        fn make_room(&mut self, _bytes: u64) -> Result<(), StoreFailure> {
            if self.state().is_full { Err(StoreFailure::Full) } else { Ok(()) }
        }

        fn sync(&mut self) -> io::Result<()> {
            let (hold, fails) = {
                let mut state = self.state();
                state.syncs += 1;
                (state.holds_syncs.take(), state.syncs == state.fails_at_sync)
            };
            if let Some(hold) = hold {
                let _ = hold.recv();
            }
            if fails { Err(io::Error::other("as told")) } else { Ok(()) }
        }

        fn acknowledge(&mut self, groups: u64) -> io::Result<()> {
            let mut state = self.state();
            state.acknowledged = groups;
            if state.fails_to_acknowledge { Err(io::Error::other("as told")) } else { Ok(()) }
        }
    }

    struct Scene {
        disk: TestDisk,
        db: Db,
        directory: tempfile::TempDir,
    }

    fn scene() -> (Scene, Writer<TestDisk>) {
        scene_behind(Arc::default())
    }

    fn scene_behind(gate: Arc<RwLock<()>>) -> (Scene, Writer<TestDisk>) {
        let directory = tempfile::tempdir().unwrap();
        let db = ::sled::Config::new().path(directory.path()).open().unwrap();
        let disk = TestDisk::default();
        let erasable = Erasable::open(&Directory::lock(directory.path()).unwrap()).unwrap();
        let writer = Writer::new(db.clone(), disk.clone(), Tally::default(), erasable, gate);
        (Scene { disk, db, directory }, writer)
    }

    fn started(deadline: Duration) -> (Scene, Queue) {
        let (scene, writer) = scene();
        (scene, writer.start(deadline, channel().0).unwrap())
    }

    fn put(key: &str, expected: Expected) -> Vec<Write> {
        vec![Write { key: key.to_owned(), expected, change: Change::Put(b"body".to_vec()) }]
    }

    fn keep(key: &str, version: u64) -> Vec<Write> {
        vec![Write { key: key.to_owned(), expected: Expected::Version(version), change: Change::Keep }]
    }

    fn outcome(result: Result<(), CommitFailure>) -> String {
        format!("{result:?}")
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn groups_that_wait_together_share_a_batch_and_see_each_other() {
        let (scene, mut writer) = scene();
        let (sender, queue) = channel();
        let groups = [
            put("a", Expected::Absent),
            put("a", Expected::Absent),
            put("a", Expected::Version(1)),
            put("b", Expected::Absent),
            put("a", Expected::Version(1)),
        ];
        let verdicts = groups.map(|group| {
            let (answer, verdict) = sync_channel(1);
            sender.send(Waiting { group, answer }).unwrap();
            verdict
        });
        let first = queue.recv().unwrap();
        writer.write(first, &queue);
        let verdicts = verdicts.map(|verdict| verdict.recv().unwrap().is_ok());
        assert_eq!(verdicts, [true, false, true, true, false]);
        assert_eq!(scene.disk.counts(), (2, 3));
        assert_eq!(chunks::read(&scene.db, "a").unwrap().map(|record| record.version), Some(2));
        assert_eq!(chunks::verify(&scene.db), Ok(writer.tally));
    }

    #[test]
    fn nothing_is_acknowledged_after_a_sync_failed_and_reading_goes_on() {
        // The second commit syncs what was there before it, and then what it wrote.
        for fails_at_sync in [3, 4] {
            let (scene, queue) = started(LONG);
            queue.commit(put("a", Expected::Anything)).unwrap();
            // What changes nothing is not synced.
            queue.commit(keep("a", 1)).unwrap();
            scene.disk.state().fails_at_sync = fails_at_sync;
            assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(Medium(\"as told\")))");
            for _ in 0..2 {
                assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(Stopped))");
                assert_eq!(outcome(queue.commit(keep("a", 2))), "Err(Store(Stopped))");
            }
            assert_eq!(scene.disk.counts(), (fails_at_sync, 1));
            assert!(chunks::read(&scene.db, "a").unwrap().is_some());
        }
    }

    #[test]
    fn nothing_is_acknowledged_after_the_number_could_not_be_kept() {
        let (scene, queue) = started(LONG);
        scene.disk.state().fails_to_acknowledge = true;
        assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(Medium(\"as told\")))");
        assert!(queue.is_stopped());
    }

    #[test]
    fn a_full_disk_refuses_writes_until_there_is_room() {
        let (scene, queue) = started(LONG);
        scene.disk.state().is_full = true;
        assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(Full))");
        assert_eq!(chunks::read(&scene.db, "a").unwrap(), None);
        scene.disk.state().is_full = false;
        queue.commit(put("a", Expected::Absent)).unwrap();
    }

    #[test]
    fn a_full_disk_refuses_erasable_records_and_still_erases_them() {
        let (scene, queue) = started(LONG);
        queue.commit(put("erasable/a", Expected::Absent)).unwrap();
        scene.disk.state().is_full = true;
        assert_eq!(outcome(queue.commit(put("erasable/a", Expected::Anything))), "Err(Store(Full))");
        let removal = Write { key: "erasable/a".to_owned(), expected: Expected::Version(1), change: Change::Remove };
        queue.commit(vec![removal]).unwrap();
        scene.disk.state().is_full = false;
        queue.commit(put("erasable/a", Expected::Absent)).unwrap();
    }

    #[test]
    fn nothing_is_acknowledged_after_an_erasable_record_could_not_be_written() {
        let (scene, queue) = started(LONG);
        // Where the folder should be is a file.
        std::fs::write(scene.directory.path().join("erasable"), "").unwrap();
        assert!(outcome(queue.commit(put("erasable/a", Expected::Anything))).starts_with("Err(Store(Medium"));
        assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(Stopped))");
        assert_eq!(outcome(queue.commit(put("erasable/a", Expected::Anything))), "Err(Store(Stopped))");
    }

    #[test]
    fn no_record_is_written_while_somebody_reads() {
        for key in ["a", "erasable/a"] {
            let gate = Arc::new(RwLock::default());
            let reading = gate.read().unwrap();
            let (_scene, writer) = scene_behind(Arc::clone(&gate));
            let queue = writer.start(Duration::from_millis(200), channel().0).unwrap();
            assert_eq!(outcome(queue.commit(put(key, Expected::Anything))), "Err(Store(TimedOut))", "{key}");
            drop(reading);
        }
    }

    #[test]
    fn a_commit_that_hangs_is_given_up_and_stops_the_store() {
        let (scene, queue) = started(Duration::from_millis(1));
        let (hold, held) = channel();
        scene.disk.state().holds_syncs = Some(held);
        assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(TimedOut))");
        assert_eq!(outcome(queue.commit(put("a", Expected::Anything))), "Err(Store(Stopped))");
        drop(hold);
    }
}
