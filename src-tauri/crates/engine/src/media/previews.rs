//! The task that looks after kept files. It makes previews: one at a time, the newest first, apart from the threads that answer and fetch.
//! It also catches up with what came before there were previews, makes room when there is a quota, and deletes what nobody
//! needs any more.

use super::{sound, thumbnail};
use crate::{clock, engine::apart};
use std::{error::Error, io, time::Duration};
use tokio_util::sync::CancellationToken;
use twinbox_domain::shown_type;
use twinbox_store::{KeptFile, Preview, Store, StoreError};

/// How long to wait after a fault of the disk.
const AFTER_FAULT: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
enum NotMade {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the thumbnail cannot be written to disk")]
    Disk(#[from] io::Error),
}

/// Does what there is to do, then waits for more.
pub(crate) async fn tend_files(store: Store, stop: CancellationToken) {
    let mut quota = None;
    let mut changed = store.last_seq();
    while !stop.is_cancelled() {
        changed.mark_unchanged();
        let fault = match tend(&store, &mut quota).await {
            Ok(true) => continue,
            Ok(false) => false,
            Err(NotMade::Store(StoreError::Stopped)) => return,
            Err(error) => {
                tracing::error!(error = &error as &dyn Error, "kept files cannot be looked after");
                true
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            more = changed.changed(), if !fault => if more.is_err() { return },
            () = tokio::time::sleep(AFTER_FAULT), if fault => {}
        }
    }
}

/// `false`: there was nothing to do. `quota` is the one that room was made for last; adding up all files takes time, so it
/// is done for a new file or a new quota.
async fn tend(store: &Store, quota: &mut Option<u64>) -> Result<bool, NotMade> {
    if make_next(store).await? {
        *quota = None;
        return Ok(true);
    }
    let now = store.storage_quota().await?;
    if now.is_some() && *quota != now {
        *quota = now;
        let removed = store.make_room(clock::now()).await?;
        if removed > 0 {
            tracing::info!(removed, "{removed} files were removed to save space");
        }
    }
    Ok(store.delete_leftovers().await? > 0)
}

/// `false`: there was none to make.
async fn make_next(store: &Store) -> Result<bool, NotMade> {
    let Some((file, mime_type)) = store.next_to_preview().await? else {
        return Ok(false);
    };
    let preview = make(store, &file, &mime_type).await?;
    store.finish_preview(file.hash, preview).await?;
    Ok(true)
}

/// The preview of a file; `None` when it cannot be read, for whatever reason that is.
async fn make(store: &Store, file: &KeptFile, mime_type: &str) -> Result<Option<Preview>, NotMade> {
    let path = store.file_path(&file.hash);
    Ok(match shown_type(mime_type) {
        Some(kind) if kind.starts_with("audio/") => {
            let sound = apart(move || sound::of(&path)).await.flatten();
            sound.map(|sound| Preview {
                sound: Some(sound),
                ..Preview::default()
            })
        }
        Some(kind) if kind.starts_with("image/") => {
            let made = apart(move || thumbnail::of(&path)).await.flatten();
            match made {
                Some((kind, bytes)) => {
                    store.keep_thumbnail(file, &bytes).await?;
                    Some(Preview {
                        thumbnail: Some(kind),
                        ..Preview::default()
                    })
                }
                None => None,
            }
        }
        _ => None,
    })
}
