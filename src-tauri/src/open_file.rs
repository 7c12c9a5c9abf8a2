//! Hands a file of a message to the program that the system opens such files with.
//!
//! It gets a copy under the name the sender gave it, because the file itself is named by its content. Copies go at the
//! next start. Only documents, pictures, sound and films are opened.

use crate::{desk::Desk, window};
use std::path::PathBuf;
use tauri::{AppHandle, Manager, Runtime};
use twinbox_domain::{MessageId, may_be_opened};
use twinbox_protocol::{ApiError, ErrorCode, FileSize};

/// The folder of the copies, inside the app's cache.
const FOLDER: &str = "opened";

fn folder<R: Runtime>(app: &AppHandle<R>) -> Option<PathBuf> {
    Some(app.path().app_cache_dir().ok()?.join(FOLDER))
}

/// Removes the copies of the last time.
pub(crate) fn forget_copies<R: Runtime>(app: &AppHandle<R>) {
    if let Some(folder) = folder(app).filter(|folder| folder.exists())
        && let Err(error) = std::fs::remove_dir_all(folder)
    {
        tracing::warn!(%error, "files that were opened could not be removed");
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
    let place = folder(app).ok_or_else(cannot)?.join(message.to_string());
    let copy = place.join(&file.name);
    let copied = async {
        tokio::fs::create_dir_all(&place).await?;
        // It may be open in a program already.
        if !tokio::fs::try_exists(&copy).await? {
            tokio::fs::copy(&file.path, &copy).await?;
        }
        Ok::<_, std::io::Error>(())
    };
    if let Err(error) = copied.await {
        tracing::warn!(%error, "a file could not be copied to be opened");
        return Err(cannot());
    }
    match window::hand_to_system(copy.as_os_str()) {
        true => Ok(()),
        false => Err(cannot()),
    }
}

fn cannot() -> ApiError {
    ApiError::new(ErrorCode::Unavailable, "No program opens this file. Save it instead.")
}
