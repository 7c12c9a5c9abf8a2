//! The task that fetches files of messages, newest first, a few at a time.
//!
//! It sleeps until the store changes, a download ends or the next attempt is due. A download that a stop or a crash cuts
//! short left nothing behind and begins anew at the next start.

mod fetch;
mod open;
pub(crate) mod pixels;
mod previews;
mod sound;
mod thumbnail;
mod unsent;

pub use open::StoredFile;
pub(crate) use previews::tend_files;
pub(crate) use unsent::forget_unsent;

use crate::{
    clients::{Clients, Line},
    clock,
    connect::is_shown,
};
use fetch::NotKept;
use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use std::{collections::HashSet, error::Error, time::Duration};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use twinbox_domain::{AfterFetch, Monotonic, Seq, after_fetch};
use twinbox_store::{FetchEnd, FileId, Store, StoreError, WantedFile};

/// Downloads at once.
const AT_ONCE: usize = 3;
/// How long to wait after a fault of the disk.
const AFTER_FAULT: Duration = Duration::from_secs(5);
/// When Meta cannot be reached at all, or asks for patience, nothing is begun for this long, then twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Fetches files.
pub(crate) struct Fetcher {
    store: Store,
    /// The ways to Meta; files of other numbers wait.
    clients: Clients,
    /// Moves with everything that may bring a file.
    last_seq: watch::Receiver<Seq>,
    under_way: HashSet<FileId>,
    not_before: Monotonic,
    /// Failures in a row that every file would meet.
    failures_in_a_row: u32,
    stop: CancellationToken,
}

/// A download that ended.
struct Ended {
    id: FileId,
    /// It failed in a way that every other file would meet now.
    is_about_all: bool,
}

type Downloads = FuturesUnordered<BoxFuture<'static, Ended>>;

impl Fetcher {
    pub(crate) fn new(store: Store, clients: Clients, stop: CancellationToken) -> Self {
        let last_seq = store.last_seq();
        Self {
            store,
            clients,
            last_seq,
            under_way: HashSet::new(),
            not_before: Monotonic::default(),
            failures_in_a_row: 0,
            stop,
        }
    }

    pub(crate) async fn run(mut self) {
        let stop = self.stop.clone();
        let mut changed = self.last_seq.clone();
        let mut connected = self.clients.changes();
        let mut downloads = Downloads::new();
        if let Err(error) = self.store.hurry_files().await {
            tracing::error!(
                error = &error as &dyn Error,
                "files keep the waiting times of the last run"
            );
        }
        while !stop.is_cancelled() {
            changed.mark_unchanged();
            connected.mark_unchanged();
            let sleep = match self.launch(&mut downloads).await {
                Ok(sleep) => sleep,
                Err(StoreError::Stopped) => return,
                Err(error) => {
                    tracing::error!(error = &error as &dyn Error, "the files to fetch cannot be read");
                    Some(AFTER_FAULT)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                Some(ended) = downloads.next(), if !downloads.is_empty() => self.ended(&ended),
                more = changed.changed() => if more.is_err() { return },
                more = connected.changed() => if more.is_err() { return },
                () = tokio::time::sleep(sleep.unwrap_or_default()), if sleep.is_some() => {}
            }
        }
    }

    /// Begins as many downloads as there is room for. `Some`: there may be more after this long.
    async fn launch(&mut self, downloads: &mut Downloads) -> Result<Option<Duration>, StoreError> {
        let monotonic = clock::monotonic();
        if self.not_before > monotonic {
            return Ok(Some(self.not_before.0.saturating_sub(monotonic.0)));
        }
        let room = AT_ONCE.saturating_sub(self.under_way.len());
        let numbers = self.clients.numbers();
        if room == 0 || numbers.is_empty() {
            return Ok(None);
        }
        let now = clock::now();
        // What is under way still counts as waiting on disk.
        let wanted = self.store.wanted_files(numbers, now, 2 * AT_ONCE as u32).await?;
        let new: Vec<WantedFile> = wanted
            .into_iter()
            .filter(|file| !self.under_way.contains(&file.id))
            .take(room)
            .collect();
        for file in new {
            if let Some(line) = self.clients.of(&file.number) {
                self.under_way.insert(file.id);
                let store = self.store.clone();
                downloads.push(Box::pin(attempt(store, line, file)));
            }
        }
        let next = self.store.next_file_at(now).await?;
        Ok(next.map(|at| clock::until(at, now)))
    }

    fn ended(&mut self, ended: &Ended) {
        self.under_way.remove(&ended.id);
        if !ended.is_about_all {
            self.failures_in_a_row = 0;
            return;
        }
        let now = clock::monotonic();
        // Those that fail together count once.
        if self.not_before <= now {
            let pause = FIRST_PAUSE.saturating_mul(1 << self.failures_in_a_row.min(6));
            self.not_before = now.plus(pause.min(LONGEST_PAUSE));
            self.failures_in_a_row += 1;
        }
    }
}

/// One attempt, written down.
async fn attempt(store: Store, line: Line, wanted: WantedFile) -> Ended {
    let id = wanted.id;
    let started = clock::monotonic();
    let fetched = match fetch::fetch(&store, &line.graph, &wanted).await {
        Err(denial) if denial.is_denial() && is_parted(&store, &line, &wanted).await => Err(NotKept::Parted),
        fetched => fetched,
    };
    let duration_ms = u64::try_from(clock::monotonic().0.saturating_sub(started.0).as_millis()).unwrap_or(u64::MAX);
    let (end, is_about_all) = match fetched {
        Ok((file, pixels)) => {
            let size_bytes = file.size_bytes;
            tracing::debug!(file = ?id, size_bytes, duration_ms, "file {id:?} fetched");
            (FetchEnd::Here { file, pixels }, false)
        }
        Err(error) => {
            let attempts = wanted.attempts.saturating_add(1);
            tracing::warn!(file = ?id, attempts, duration_ms, error = &error as &dyn Error, "file {id:?} not fetched");
            let reason = error.sentence();
            let end = match after_fetch(error.trouble(), clock::now(), wanted.told_at, attempts) {
                AfterFetch::RetryAt(at) => FetchEnd::Retry { at, reason },
                AfterFetch::GiveUp { can_retry } => FetchEnd::GivenUp { reason, can_retry },
            };
            (end, error.is_about_all())
        }
    };
    if let Err(error) = store.finish_fetch(id, end, clock::now()).await {
        tracing::error!(error = &error as &dyn Error, file = ?id, "how file {id:?} ended could not be written");
        // It waits on disk as before and is fetched again.
        tokio::time::sleep(AFTER_FAULT).await;
    }
    Ended { id, is_about_all }
}

/// Whether Meta does not show the number either, of which its webhook may still be on the way.
async fn is_parted(store: &Store, line: &Line, wanted: &WantedFile) -> bool {
    match is_shown(store, &wanted.number, line).await {
        Ok(is_shown) => !is_shown,
        Err(error) => {
            tracing::error!(error = &error as &dyn Error, number = %wanted.number, "number {}: how it is cannot be kept", wanted.number);
            true
        }
    }
}
