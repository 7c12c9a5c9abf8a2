//! The task that looks after kept files. It makes previews: one at a time, the newest first, apart from the threads that answer and fetch.
//! It also catches up with what came before there were previews, makes room when there is a quota, and deletes what nobody
//! needs any more.

use super::{sound, thumbnail};
use crate::{clock, engine::apart};
use std::{error::Error, io, time::Duration};
use tokio_util::sync::CancellationToken;
use twinbox_domain::{Monotonic, shown_type};
use twinbox_store::{KeptFile, Preview, Room, Store, StoreError};

/// How long to wait after a fault of the disk.
const AFTER_FAULT: Duration = Duration::from_secs(30);
/// How long new files change nothing about it that there is no room.
const AGAIN_AFTER: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, thiserror::Error)]
enum NotMade {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the thumbnail cannot be written to disk")]
    Disk(#[from] io::Error),
}

/// Does what there is to do, then waits for more.
pub(crate) async fn tend_files(store: Store, stop: CancellationToken) {
    let mut quota = Quota::default();
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

/// What room was made for last. Adding up all files takes time, so it is done for a new quota or a new file, and for that not
/// again and again while nothing is old enough to go.
#[derive(Default)]
struct Quota {
    bytes: Option<u64>,
    has_new: bool,
    not_before: Monotonic,
}

impl Quota {
    fn is_due(&self, bytes: Option<u64>, now: Monotonic) -> bool {
        bytes.is_some() && (self.bytes != bytes || (self.has_new && now >= self.not_before))
    }

    fn made(&mut self, bytes: Option<u64>, is_enough: bool, now: Monotonic) {
        *self = Self {
            bytes,
            has_new: false,
            not_before: if is_enough { now } else { now.plus(AGAIN_AFTER) },
        };
    }
}

/// `false`: there was nothing to do.
async fn tend(store: &Store, quota: &mut Quota) -> Result<bool, NotMade> {
    if make_next(store).await? {
        quota.has_new = true;
        return Ok(true);
    }
    let bytes = store.storage_quota().await?;
    if quota.is_due(bytes, clock::monotonic()) {
        let Room { removed, is_enough } = store.make_room(clock::now()).await?;
        quota.made(bytes, is_enough, clock::monotonic());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Monotonic {
        Monotonic(Duration::from_secs(seconds))
    }

    #[test]
    fn room_is_made_for_a_new_quota_and_for_new_files() {
        let mut quota = Quota::default();
        assert!(!quota.is_due(None, at(1)));
        assert!(quota.is_due(Some(100), at(1)));
        quota.made(Some(100), true, at(1));
        assert!(!quota.is_due(Some(100), at(2)));
        quota.has_new = true;
        assert!(quota.is_due(Some(100), at(2)));
    }

    #[test]
    fn while_nothing_is_old_enough_to_go_new_files_are_no_reason_to_look_again_for_an_hour() {
        let mut quota = Quota::default();
        quota.made(Some(100), false, at(1));
        quota.has_new = true;
        assert!(!quota.is_due(Some(100), at(3600)));
        assert!(quota.is_due(Some(90), at(3600)), "somebody has set another");
        assert!(quota.is_due(Some(100), at(3601)));
    }
}
