//! Hands a file of a message to the program that the system opens such files with.
//!
//! It gets a copy under the name the sender gave it, because the file itself is named by its content. A copy goes with its
//! message, all of them when messages were erased or grew too old, and at the next start. Only documents, pictures, sound
//! and films are opened.

use crate::{desk::Desk, window};
use std::{
    io,
    path::{Path, PathBuf},
};
use tauri::{AppHandle, Manager, Runtime};
use tokio::{
    fs::{self, DirBuilder},
    sync::Mutex,
};
use twinbox_domain::{MessageId, may_be_opened};
use twinbox_protocol::{ApiError, ChangeView, ErrorCode, FileSize};

/// The folder of the copies, inside the app's cache.
const FOLDER: &str = "opened";

/// What a copy is called until it is whole. No file that is opened is called so: it has an ending.
const UNFINISHED: &str = "unfinished";

/// One copy at a time: a second press on the same file would write where the first one does.
static COPYING: Mutex<()> = Mutex::const_new(());

fn folder<R: Runtime>(app: &AppHandle<R>) -> Option<PathBuf> {
    Some(app.path().app_cache_dir().ok()?.join(FOLDER))
}

/// Removes the copies of the last time.
pub(crate) fn forget_copies<R: Runtime>(app: &AppHandle<R>) {
    if let Some(folder) = folder(app) {
        remove(&folder);
    }
}

/// Removes copies of what is no more.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>, change: &ChangeView) {
    if let Some(gone) = folder(app).and_then(|folder| gone(&folder, change)) {
        remove(&gone);
    }
}

/// Where copies lie that go with this change; all of them when it does not name the messages.
fn gone(folder: &Path, change: &ChangeView) -> Option<PathBuf> {
    match change {
        ChangeView::Message(message) if message.is_deleted => Some(place_of(folder, message.id)),
        ChangeView::MessageGone { message, .. } => Some(place_of(folder, *message)),
        ChangeView::ConversationGone { into: None, .. } | ChangeView::OldMessagesGone { .. } => Some(folder.to_owned()),
        _ => None,
    }
}

fn place_of(folder: &Path, message: MessageId) -> PathBuf {
    folder.join(message.to_string())
}

fn remove(place: &Path) {
    match std::fs::remove_dir_all(place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(%error, "files that were opened could not be removed");
        }
        _ => {}
    }
}

/// Opens the file of a message.
pub(crate) async fn open<R: Runtime>(app: &AppHandle<R>, message: MessageId) -> Result<(), ApiError> {
    let (engine, _) = app.state::<Desk>().engine().await?;
    let file = engine.file_of(message, FileSize::Whole).await?;
    if !may_be_opened(&file.name) {
        let sentence = "Twinbox opens only documents, pictures, sound and films. Save this file instead.";
        return Err(ApiError::new(ErrorCode::Invalid, sentence));
    }
    let place = place_of(&folder(app).ok_or_else(cannot)?, message);
    let copy = copy(&file.path, &place, &file.name).await.map_err(|error| {
        tracing::warn!(%error, "a file could not be copied to be opened");
        cannot()
    })?;
    match window::hand_to_system(copy.into_os_string()).await {
        true => Ok(()),
        false => Err(cannot()),
    }
}

/// A copy of `file` in `place`, which nobody else may look into. One that broke off is no copy.
async fn copy(file: &Path, place: &Path, name: &str) -> io::Result<PathBuf> {
    let _turn = COPYING.lock().await;
    let mut folders = DirBuilder::new();
    folders.recursive(true);
    #[cfg(unix)]
    folders.mode(0o700);
    folders.create(place).await?;
    let copy = place.join(name);
    // It may be open in a program already.
    if fs::try_exists(&copy).await? {
        return Ok(copy);
    }
    let unfinished = place.join(UNFINISHED);
    let written = async {
        fs::copy(file, &unfinished).await?;
        fs::rename(&unfinished, &copy).await
    };
    if let Err(error) = written.await {
        // Of what is left there, the next try takes the place.
        let _ = fs::remove_file(&unfinished).await;
        return Err(error);
    }
    Ok(copy)
}

fn cannot() -> ApiError {
    ApiError::new(ErrorCode::Unavailable, "No program opens this file. Save it instead.")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use twinbox_domain::ConversationId;

    #[test]
    fn copies_go_with_their_message_and_all_of_them_with_messages_that_are_not_named() {
        let folder = Path::new("opened");
        let (conversation, message) = (ConversationId(1), MessageId(7));
        let one = ChangeView::MessageGone { conversation, message };
        assert_eq!(gone(folder, &one), Some(folder.join("7")));
        let first = None;
        let old = ChangeView::OldMessagesGone { conversation, first };
        assert_eq!(gone(folder, &old), Some(folder.to_owned()));
        let erased = ChangeView::ConversationGone {
            conversation,
            into: None,
        };
        assert_eq!(gone(folder, &erased), Some(folder.to_owned()));
        let joined = ChangeView::ConversationGone {
            conversation,
            into: Some(ConversationId(2)),
        };
        assert_eq!(gone(folder, &joined), None);
    }

    #[tokio::test]
    async fn a_copy_that_broke_off_is_not_opened_and_nobody_else_may_look_at_one() {
        let folder = std::env::temp_dir().join(format!("twinbox-open-{}", std::process::id()));
        let place = folder.join("7");
        let file = folder.join("file");
        copy(&file, &place, "offer.pdf").await.unwrap_err();
        // The rest of one that the app did not live to finish.
        fs::write(place.join(UNFINISHED), "of").await.unwrap();
        fs::write(&file, "offer").await.unwrap();
        let copied = copy(&file, &place, "offer.pdf").await.unwrap();
        assert_eq!(fs::read_to_string(&copied).await.unwrap(), "offer");
        assert!(!fs::try_exists(place.join(UNFINISHED)).await.unwrap());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&place).await.unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0);
        }
        remove(&folder);
        assert!(!fs::try_exists(&folder).await.unwrap());
    }
}
