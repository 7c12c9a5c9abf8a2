//! Where the file of a message lies, for a host that serves it.

use crate::{Engine, requests::internal};
use std::path::PathBuf;
use twinbox_domain::{MessageId, save_name, shown_type};
use twinbox_protocol::{ApiError, ErrorCode, FileSize};
use twinbox_store::MessageFile;

/// A file that is here. What its sender called it never becomes part of the path.
#[derive(Debug)]
pub struct StoredFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The type it may be served as; `None`: only as bytes to be saved.
    pub shown_type: Option<&'static str>,
    /// What to call it when saved; no path.
    pub name: String,
}

impl Engine {
    /// The file of a message, or its thumbnail if it has one.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] while it is not here, and for a deleted message. One that is gone from the disk is fetched
    /// again.
    pub async fn file_of(&self, message: MessageId, size: FileSize) -> Result<StoredFile, ApiError> {
        let store = &self.inner.store;
        let message = store.message(message).await.map_err(internal)?;
        let not_here = || ApiError::new(ErrorCode::NotFound, "This file is not here.");
        let message = message.filter(|message| !message.is_deleted).ok_or_else(not_here)?;
        let Some(MessageFile::Here { file, preview, .. }) = &message.file else {
            return Err(not_here());
        };
        if let Some(kind) = preview.thumbnail.filter(|_| size == FileSize::Thumbnail) {
            let path = store.thumbnail_path(file);
            if matches!(tokio::fs::try_exists(&path).await, Ok(true)) {
                return Ok(StoredFile {
                    path,
                    shown_type: Some(kind.as_str()),
                    name: save_name(&message.content),
                });
            }
        }
        let path = store.file_path(&file.hash);
        if matches!(tokio::fs::try_exists(&path).await, Ok(false)) {
            tracing::warn!(
                message.id = message.id.0,
                "the file of message {} is gone from the disk and is fetched again",
                message.id
            );
            store.retry_file(message.id, true).await.map_err(internal)?;
            return Err(not_here());
        }
        let mime_type = message.content.media().map_or("", |media| media.mime_type.as_str());
        Ok(StoredFile {
            path,
            shown_type: shown_type(mime_type),
            name: save_name(&message.content),
        })
    }
}
