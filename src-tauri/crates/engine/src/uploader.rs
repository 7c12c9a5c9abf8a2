//! The task that hands files of queued messages to Meta, before the number's sender may send them.
//!
//! It holds no permit and blocks no queue: the sender passes over an item whose file is not uploaded yet, and over the
//! later ones of its conversation, which keep their order. One file of a conversation at a time, a few conversations at
//! once. What a stop or a crash cut short is uploaded anew; what Meta said it has is not.

use crate::{
    clients::{Clients, Line},
    clock,
    sender::note_refused,
};
use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use std::{collections::HashSet, error::Error, time::Duration};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use twinbox_domain::{OutboxId, Seq, is_about_access};
use twinbox_store::{Store, StoreError, UploadEnd, WantedUpload};
use twinbox_whatsapp::{AfterUpload, FileToUpload};

/// Uploads at once.
const AT_ONCE: usize = 4;
/// How long to wait after a fault of the disk.
const AFTER_FAULT: Duration = Duration::from_secs(5);

/// Hands files to Meta.
pub(crate) struct Uploader {
    store: Store,
    /// The ways to Meta; files of other numbers wait.
    clients: Clients,
    /// Moves with everything that may bring a file.
    last_seq: watch::Receiver<Seq>,
    under_way: HashSet<OutboxId>,
    stop: CancellationToken,
}

type Uploads = FuturesUnordered<BoxFuture<'static, OutboxId>>;

impl Uploader {
    pub(crate) fn new(store: Store, clients: Clients, stop: CancellationToken) -> Self {
        let last_seq = store.last_seq();
        Self {
            store,
            clients,
            last_seq,
            under_way: HashSet::new(),
            stop,
        }
    }

    pub(crate) async fn run(mut self) {
        let stop = self.stop.clone();
        let mut changed = self.last_seq.clone();
        let mut connected = self.clients.changes();
        let mut uploads = Uploads::new();
        while !stop.is_cancelled() {
            changed.mark_unchanged();
            connected.mark_unchanged();
            let sleep = match self.launch(&mut uploads).await {
                Ok(sleep) => sleep,
                Err(StoreError::Stopped) => return,
                Err(error) => {
                    tracing::error!(error = &error as &dyn Error, "the files to upload cannot be read");
                    Some(AFTER_FAULT)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                Some(id) = uploads.next(), if !uploads.is_empty() => {
                    self.under_way.remove(&id);
                }
                more = changed.changed() => if more.is_err() { return },
                more = connected.changed() => if more.is_err() { return },
                () = tokio::time::sleep(sleep.unwrap_or_default()), if sleep.is_some() => {}
            }
        }
    }

    /// Begins as many uploads as there is room for. `Some`: there may be more after this long.
    async fn launch(&mut self, uploads: &mut Uploads) -> Result<Option<Duration>, StoreError> {
        let room = AT_ONCE.saturating_sub(self.under_way.len());
        let numbers = self.clients.numbers();
        if room == 0 || numbers.is_empty() {
            return Ok(None);
        }
        let now = clock::now();
        // What is under way still counts as waiting on disk.
        let wanted = self.store.wanted_uploads(numbers, now, 2 * AT_ONCE as u32).await?;
        let new: Vec<WantedUpload> = wanted
            .into_iter()
            .filter(|wanted| !self.under_way.contains(&wanted.id))
            .take(room)
            .collect();
        for wanted in new {
            if let Some(line) = self.clients.of(&wanted.number) {
                self.under_way.insert(wanted.id);
                uploads.push(Box::pin(attempt(self.store.clone(), line, wanted)));
            }
        }
        let next = self.store.next_upload_at(now).await?;
        Ok(next.map(|at| clock::until(at, now)))
    }
}

/// One upload, written down.
async fn attempt(store: Store, line: Line, wanted: WantedUpload) -> OutboxId {
    let id = wanted.id;
    let started = clock::monotonic();
    let path = store.file_path(&wanted.file.hash);
    let file = FileToUpload {
        path: &path,
        size_bytes: wanted.file.size_bytes,
        mime_type: &wanted.mime_type,
    };
    let uploaded = line.graph.upload(&line.called, file).await;
    let duration_ms = u64::try_from(clock::monotonic().0.saturating_sub(started.0).as_millis()).unwrap_or(u64::MAX);
    let (now, size_bytes) = (clock::now(), wanted.file.size_bytes);
    let end = match uploaded {
        Ok(media_id) => {
            tracing::info!(outbox.id = %id, size_bytes, duration_ms, "the file of message {id} is uploaded");
            UploadEnd::Done { media_id, at: now }
        }
        Err(error) => {
            let attempts = wanted.attempts.saturating_add(1);
            tracing::warn!(outbox.id = %id, attempts, size_bytes, duration_ms, code = error.code(), error = &error as &dyn Error, "the file of message {id} is not uploaded");
            let (code, reason) = (error.code(), error.sentence());
            if code.is_some_and(is_about_access) {
                note_refused(&store, wanted.number.clone(), now).await;
            }
            match error.follow_up(now, attempts) {
                AfterUpload::RetryAt(at) => UploadEnd::Retry { at, code, reason },
                AfterUpload::NumberPauses(code) => UploadEnd::Pauses { code, reason },
                AfterUpload::GiveUp => UploadEnd::Refused { code, reason },
            }
        }
    };
    if let Err(error) = store.finish_upload(id, end, now).await {
        tracing::error!(error = &error as &dyn Error, outbox.id = %id, "how the upload for message {id} ended could not be written");
        // It waits on disk as before and is uploaded again.
        tokio::time::sleep(AFTER_FAULT).await;
    }
    id
}
