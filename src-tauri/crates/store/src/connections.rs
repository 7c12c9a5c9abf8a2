//! The threads that own SQLite connections: one writer, a few readers.
//!
//! Writes queue up for the writer, which commits whatever has gathered in one transaction (a group commit: many
//! webhooks, one flush to disk). Several run in a savepoint each, so that one which fails takes nothing with it.
//! A write is answered only after its commit is durable. Both queues are bounded: callers wait when they are full.

use crate::{StoreError, alias, migrations};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    fs::{File, TryLockError},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, Mutex, PoisonError, Weak},
    thread::JoinHandle,
};
use tokio::sync::{mpsc, oneshot, watch};
use twinbox_domain::Seq;

/// Most writes in one commit.
const GROUP: usize = 128;
const QUEUE: usize = 1024;
const READERS: usize = 3;

/// Where a store dies, for tests of what a crash leaves behind. Commits count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrashPoint {
    /// Everything before this commit was answered; this one never happens.
    BeforeCommit(u64),
    /// This commit happens, and nobody hears of it.
    AfterCommit(u64),
}

/// A write on its way to the writer thread.
trait Write: Send {
    /// Runs it; `false` asks for a rollback of this write alone.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Answers the caller once the commit is durable, or failed.
    fn answer(self: Box<Self>, commit: Result<(), Arc<rusqlite::Error>>);
}

struct WriteOf<F, T> {
    job: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    caller: oneshot::Sender<Result<T, StoreError>>,
}

impl<F, T> Write for WriteOf<F, T>
where
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
    T: Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let job = self.job.take();
        // Whatever it left half done is rolled back.
        let outcome = catch_unwind(AssertUnwindSafe(|| job.map(|job| job(connection))));
        let outcome = outcome.unwrap_or(Some(Err(StoreError::Panicked)));
        let keep = matches!(outcome, Some(Ok(_)));
        self.outcome = outcome;
        keep
    }

    fn answer(self: Box<Self>, commit: Result<(), Arc<rusqlite::Error>>) {
        let outcome = match (self.outcome, commit) {
            (Some(Ok(_)), Err(error)) => Err(StoreError::Commit(error)),
            (Some(outcome), _) => outcome,
            (None, Err(error)) => Err(StoreError::Commit(error)),
            (None, Ok(())) => Err(StoreError::Stopped),
        };
        // A caller that went away has no use for the answer.
        drop(self.caller.send(outcome));
    }
}

type Read = Box<dyn FnOnce(&Connection) + Send>;

/// What every write that has not begun holds, and [`Connections`].
type Place = Arc<()>;

/// The writes that have not begun.
pub(crate) struct Waiting(Weak<()>);

impl Waiting {
    /// Whether somebody waits for the write that runs.
    pub(crate) fn some(&self) -> bool {
        self.0.strong_count() > 1
    }
}

/// The running threads. Dropping it lets them finish what is queued and waits for them.
pub(crate) struct Connections {
    writes: Option<mpsc::Sender<Box<dyn Write>>>,
    reads: Option<mpsc::Sender<Read>>,
    place: Place,
    threads: Vec<JoinHandle<()>>,
    last_seq: watch::Receiver<Seq>,
}

impl Connections {
    /// Opens the store in `folder`, takes its lock and starts the threads.
    ///
    /// `crash`: where the writer dies, for tests.
    pub(crate) fn open(folder: &Path, crash: Option<CrashPoint>) -> Result<Self, StoreError> {
        let lock = lock(folder)?;
        let file = folder.join("twinbox.db");
        let mut connection = Connection::open(&file)?;
        protect(&file, 0o600).map_err(|source| StoreError::Folder {
            path: folder.to_owned(),
            source,
        })?;
        configure_writer(&connection)?;
        migrations::migrate(&mut connection)?;
        alias::catch_up(&mut connection)?;
        let (last_seq_in, last_seq) = watch::channel(last_seq(&connection)?);

        let (reads, read_queue) = mpsc::channel::<Read>(QUEUE);
        let read_queue = Arc::new(Mutex::new(read_queue));
        let mut threads = Vec::new();
        for _ in 0..READERS {
            let reader = Connection::open_with_flags(
                &file,
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )?;
            configure_reader(&reader)?;
            let queue = Arc::clone(&read_queue);
            threads.push(std::thread::spawn(move || read_until_closed(&reader, &queue)));
        }

        let (writes, write_queue) = mpsc::channel(QUEUE);
        threads.push(std::thread::spawn(move || {
            write_until_closed(&connection, write_queue, &last_seq_in, crash);
            drop(connection);
            drop(lock);
        }));
        Ok(Self {
            writes: Some(writes),
            reads: Some(reads),
            place: Place::default(),
            threads,
            last_seq,
        })
    }

    /// Runs `job` in a transaction of the writer and waits until it is durable.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (caller, answer) = oneshot::channel();
        let place = Arc::clone(&self.place);
        let write = Box::new(WriteOf {
            job: Some(move |connection: &Connection| {
                drop(place);
                job(connection)
            }),
            outcome: None,
            caller,
        });
        let queue = self.writes.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(write).await.map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `job` on a read-only connection; all it reads is of one moment.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (caller, answer) = oneshot::channel();
        let read: Read = Box::new(move |connection| drop(caller.send(at_one_moment(connection, job))));
        let queue = self.reads.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(read).await.map_err(|_| StoreError::Stopped)?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }

    /// The writes that wait.
    pub(crate) fn waiting(&self) -> Waiting {
        Waiting(Arc::downgrade(&self.place))
    }

    /// Whether the writer has ended.
    pub(crate) fn is_stopped(&self) -> bool {
        self.writes.as_ref().is_none_or(mpsc::Sender::is_closed)
    }

    /// The position of the last committed change; wakes its watchers with every commit that logged one.
    pub(crate) fn last_seq(&self) -> watch::Receiver<Seq> {
        self.last_seq.clone()
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        self.writes = None;
        self.reads = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a database thread panicked");
            }
        }
    }
}

fn at_one_moment<T>(
    connection: &Connection,
    job: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    // Rolled back when it is dropped, also by a panic.
    let snapshot = connection.unchecked_transaction()?;
    job(&snapshot)
}

/// Makes sure this process is the only one with the store open.
fn lock(folder: &Path) -> Result<File, StoreError> {
    let unusable = |source| StoreError::Folder {
        path: folder.to_owned(),
        source,
    };
    // A folder that was there before keeps the rights its owner gave it; every file in it is protected by itself.
    if !folder.is_dir() {
        std::fs::create_dir_all(folder).map_err(unusable)?;
        protect(folder, 0o700).map_err(unusable)?;
    }
    let file = File::create(folder.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

/// Lets only the owner read it. On Windows the user's profile folder already does.
pub(crate) fn protect(path: &Path, mode: u32) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
    }
    #[cfg(not(unix))]
    {
        let _ = (path, mode);
        Ok(())
    }
}

fn configure_writer(connection: &Connection) -> Result<(), StoreError> {
    // FULL: a commit that was answered survives a power cut. The group commit pays for it. The two about fullfsync do
    // the same for macOS, where the usual flush stops at the disk's own memory; elsewhere they do nothing.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8000;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    connection.set_prepared_statement_cache_capacity(128);
    keep_plans(connection)
}

fn configure_reader(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -4000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    keep_plans(connection)
}

/// Every query runs as its test has seen it: SQLite would plan it anew for what it is asked with. Statistics, which would
/// change plans as well, are not gathered either.
fn keep_plans(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn last_seq(connection: &Connection) -> Result<Seq, rusqlite::Error> {
    connection
        .prepare_cached("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change_log'), 0)")?
        .query_row([], |row| row.get(0))
        .map(Seq)
}

fn write_until_closed(
    connection: &Connection,
    mut queue: mpsc::Receiver<Box<dyn Write>>,
    last_seq_in: &watch::Sender<Seq>,
    crash: Option<CrashPoint>,
) {
    let mut commits = 0;
    while let Some(first) = queue.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(next) = queue.try_recv()
        {
            group.push(next);
        }
        commits += 1;
        // Closed first, so that whoever learns of the crash finds the store stopped.
        if crash == Some(CrashPoint::BeforeCommit(commits)) {
            return queue.close();
        }
        let commit = write_group(connection, &mut group).map_err(Arc::new);
        if crash == Some(CrashPoint::AfterCommit(commits)) {
            return queue.close();
        }
        if commit.is_ok() {
            match last_seq(connection) {
                Ok(seq) => drop(last_seq_in.send_if_modified(|last| std::mem::replace(last, seq) != seq)),
                Err(error) => tracing::error!(%error, "the change log cannot be read"),
            }
        }
        for write in group {
            write.answer(commit.clone());
        }
    }
    if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);") {
        tracing::warn!(%error, "the store was closed without tidying up");
    }
}

fn write_group(connection: &Connection, group: &mut [Box<dyn Write>]) -> Result<(), rusqlite::Error> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let done = match group {
        // By itself it needs no savepoint, for which SQLite would copy every page it changes.
        [write] => {
            let end = if write.run(connection) { "COMMIT" } else { "ROLLBACK" };
            connection.execute_batch(end)
        }
        _ => run_each(connection, group).and_then(|()| connection.execute_batch("COMMIT")),
    };
    if done.is_err() && !connection.is_autocommit() {
        // The first error tells more than a failing rollback would.
        drop(connection.execute_batch("ROLLBACK"));
    }
    done
}

fn run_each(connection: &Connection, group: &mut [Box<dyn Write>]) -> Result<(), rusqlite::Error> {
    for write in group {
        connection.execute_batch("SAVEPOINT write_")?;
        if !write.run(connection) {
            connection.execute_batch("ROLLBACK TO write_")?;
        }
        connection.execute_batch("RELEASE write_")?;
    }
    Ok(())
}

fn read_until_closed(connection: &Connection, queue: &Mutex<mpsc::Receiver<Read>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match next {
            // Its caller is told that the store has stopped; the next one is served.
            Some(read) => drop(catch_unwind(AssertUnwindSafe(|| read(connection)))),
            None => return,
        }
    }
}
