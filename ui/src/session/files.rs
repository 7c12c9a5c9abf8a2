//! What views ask for about files.

use super::Session;
use crate::state::Action;
use crate::text;
use leptos::prelude::{document, set_timeout};
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_domain::MessageId;
use twinbox_protocol::{ApiError, FileSize, OpenFile, RetryMedia};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How long what is being saved stays in memory.
const KEPT_AFTER_CLICK: Duration = Duration::from_secs(60);

impl Session {
    /// The file of a message, which has to be here, or its thumbnail.
    pub async fn file(self, message: MessageId, size: FileSize) -> Result<Blob, ApiError> {
        self.backend.file(message, size).await
    }

    /// Fetches the file of a message again that did not come.
    pub fn retry_file(self, message: MessageId) {
        self.decide(RetryMedia { message });
    }

    /// Has the system open the file of a message.
    pub fn open_file(self, message: MessageId) {
        self.decide(OpenFile { message });
    }

    /// Saves the file of a message where downloads go.
    pub fn save_file(self, message: MessageId, name: String) {
        spawn_local(async move {
            let saved = match self.file(message, FileSize::Whole).await {
                Ok(blob) => save(&blob, &name).map_err(|_| ApiError::unavailable(text::FILE_NOT_SAVED)),
                Err(error) => Err(error),
            };
            if let Err(error) = saved {
                self.dispatch(Action::Notice(error.message));
            }
        });
    }
}

pub(super) fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The window's host may read it only after the click.
    set_timeout(move || drop(Url::revoke_object_url(&url)), KEPT_AFTER_CLICK);
    Ok(())
}
