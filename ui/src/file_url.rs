//! The bytes of a message's file while a view shows them: an address of this page's memory, given back when the view goes.

use crate::session::Session;
use crate::state::{Connection, Part};
use leptos::prelude::*;
use leptos::task::spawn_local;
use twinbox_domain::MessageId;
use twinbox_protocol::FileSize;
use web_sys::Url;

/// What a view has of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileBytes {
    /// Nobody asked yet.
    NotAsked,
    /// It is being read.
    Coming,
    /// Here, under this address.
    Here(String),
    /// It cannot be read, and why.
    Failed(String),
}

/// A view's hold on the file of a message.
#[derive(Clone, Copy)]
pub struct FileUrl {
    session: Session,
    message: MessageId,
    size: FileSize,
    bytes: RwSignal<FileBytes>,
}

impl FileUrl {
    /// Made by a view for itself. Nothing is read before [`FileUrl::ask`].
    pub fn new(message: MessageId, size: FileSize) -> Self {
        let bytes = RwSignal::new(FileBytes::NotAsked);
        on_cleanup(move || {
            if let Some(FileBytes::Here(url)) = bytes.try_get_untracked() {
                give_back(&url);
            }
        });
        let file = Self {
            session: Session::use_(),
            message,
            size,
            bytes,
        };
        // What could not be read while the engine was away is read when it is back.
        Effect::new(move |_| {
            let online = file
                .session
                .read(Part::Connection, |state| state.connection == Connection::Online);
            if online && matches!(file.bytes.get_untracked(), FileBytes::Failed(_)) {
                file.ask();
            }
        });
        file
    }

    /// What there is now.
    pub fn get(self) -> FileBytes {
        self.bytes.get()
    }

    /// Reads the file, once; again after a failure.
    pub fn ask(self) {
        if matches!(self.bytes.get_untracked(), FileBytes::Coming | FileBytes::Here(_)) {
            return;
        }
        self.bytes.set(FileBytes::Coming);
        spawn_local(async move {
            let bytes = match self.session.file(self.message, self.size).await {
                Ok(blob) => Url::create_object_url_with_blob(&blob)
                    .map_or_else(|_| FileBytes::Failed(String::new()), FileBytes::Here),
                Err(error) => FileBytes::Failed(error.message),
            };
            // Too late for a view that has gone.
            if let Some(FileBytes::Here(url)) = self.bytes.try_set(bytes) {
                give_back(&url);
            }
        });
    }
}

fn give_back(url: &str) {
    // An address that is not one any more holds nothing either.
    let _ = Url::revoke_object_url(url);
}
