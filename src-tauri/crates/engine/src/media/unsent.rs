//! The task that looks for files without a message: taken out of a composer, taken back with their message, or left by a
//! crash. They wait a while, because whoever has one in a composer may send it yet.

use crate::{clock, engine::apart};
use std::{error::Error, time::Duration};
use tokio_util::sync::CancellationToken;
use twinbox_domain::ContentHash;
use twinbox_store::{Store, StoreError};

/// A composer may hold a file over a weekend and a holiday.
const UNSENT_FOR_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The first look does not take the disk from whoever waits for the window.
const AFTER_START: Duration = Duration::from_secs(5);

/// Between two looks at the whole folder.
const EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Files looked up in one read.
const AT_ONCE: usize = 500;

/// Looks soon after the start and every day.
pub(crate) async fn forget_unsent(store: Store, stop: CancellationToken) {
    let mut pause = AFTER_START;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = EVERY;
        for files in old_files(&store).await.chunks(AT_ONCE) {
            if stop.is_cancelled() {
                return;
            }
            match store.let_go_of_unneeded(files).await {
                Ok(0) => {}
                Ok(count) => tracing::info!(count, "{count} files that were never sent are let go of"),
                Err(StoreError::Stopped) => return,
                Err(error) => {
                    tracing::error!(
                        error = &error as &dyn Error,
                        "files without a message cannot be looked for"
                    );
                    break;
                }
            }
        }
    }
}

async fn old_files(store: &Store) -> Vec<ContentHash> {
    let store = store.clone();
    let found = apart(move || store.files_from_before(clock::now().plus_ms(-UNSENT_FOR_MS))).await;
    match found {
        Some(Ok(files)) => files,
        Some(Err(error)) => {
            tracing::error!(%error, "the folder of files cannot be read");
            Vec::new()
        }
        None => Vec::new(),
    }
}
