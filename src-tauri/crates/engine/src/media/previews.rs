//! The task that makes previews of files: one at a time, the newest first, apart from the threads that answer and fetch.
//! It also catches up with what came before there were previews.

use super::{sound, thumbnail};
use crate::engine::apart;
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

/// Makes what is missing, then waits for more.
pub(crate) async fn make_previews(store: Store, stop: CancellationToken) {
    let mut changed = store.last_seq();
    while !stop.is_cancelled() {
        changed.mark_unchanged();
        let fault = match make_next(&store).await {
            Ok(true) => continue,
            Ok(false) => false,
            Err(NotMade::Store(StoreError::Stopped)) => return,
            Err(error) => {
                tracing::error!(error = &error as &dyn Error, "previews of files cannot be kept");
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
    let path = store.file_path(file);
    Ok(match shown_type(mime_type) {
        Some("audio/ogg" | "audio/opus") => {
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
