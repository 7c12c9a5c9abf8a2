//! Files between the page and the composer.

use super::Session;
use crate::state::{Action, Attached, FileAction, Upload};
use crate::text;
use leptos::prelude::{UpdateValue, WithValue};
use leptos::task::spawn_local;
use std::collections::HashSet;
use twinbox_domain::{ConversationId, FileKind, FileProblem, LARGEST_MEDIA_BYTES, OutboxId, Window};
use uuid::Uuid;
use web_sys::{File, FileList};

impl Session {
    /// Puts files into the composer of a conversation and hands them to the engine, which looks at them.
    pub fn attach(self, conversation: ConversationId, list: &FileList) {
        let refusal = self.peek(|state| {
            let row = state.rows.get(&conversation);
            let is_open = row.is_some_and(|row| Window::at(state.now, row.last_customer_at).is_open());
            match state.notes.contains(&conversation) {
                // They would go to the customer with the next reply.
                true => Some(text::NO_FILES_IN_NOTE),
                false => (!is_open).then_some(text::NO_FILES_NOW),
            }
        });
        if let Some(refusal) = refusal {
            return self.dispatch(Action::Notice(refusal.to_owned()));
        }
        for file in (0..list.length()).filter_map(|index| list.get(index)) {
            let attached = Attached::coming(file.name(), file.size() as u64);
            let key = attached.key;
            self.files.update_value(|files| drop(files.insert(key, file)));
            self.dispatch(Action::File(conversation, FileAction::Attached(attached)));
            self.upload(conversation, key);
        }
    }

    /// Hands a file of the composer to the engine; again after a failure.
    pub fn upload(self, conversation: ConversationId, key: Uuid) {
        let Some(file) = self.attached_file(key) else { return };
        let uploaded = move |upload| self.dispatch(Action::File(conversation, FileAction::Uploaded(key, upload)));
        if file.size() as u64 > LARGEST_MEDIA_BYTES {
            let sentence = FileProblem::TooLarge(FileKind::Document).sentence();
            return uploaded(Upload::Failed(text::said(sentence), false));
        }
        uploaded(Upload::Coming);
        spawn_local(async move {
            uploaded(match self.backend.upload(&file).await {
                Ok(uploaded) => Upload::Here(uploaded),
                Err(error) => Upload::Failed(error.message, true),
            });
        });
    }

    /// Puts a file back into the composer. One that did not reach the engine is handed over anew, and is gone when its bytes are.
    pub(super) fn attach_again(self, conversation: ConversationId, file: Attached) {
        let (key, is_here) = (file.key, matches!(file.upload, Upload::Here(_)));
        if !is_here && self.attached_file(key).is_none() {
            return;
        }
        self.dispatch(Action::TakenBack {
            id: OutboxId(Uuid::now_v7()),
            conversation,
            text: String::new(),
            quote: None,
            file: Some(file),
        });
        if !is_here {
            self.upload(conversation, key);
        }
    }

    /// A file in a composer, to be looked at.
    pub fn attached_file(self, key: Uuid) -> Option<File> {
        self.files.with_value(|files| files.get(&key).cloned())
    }

    /// Takes a file out of the composer.
    pub fn detach(self, conversation: ConversationId, key: Uuid) {
        self.dispatch(Action::File(conversation, FileAction::Removed(key)));
        self.forget_sent_files();
    }

    /// Lets go of the bytes of files that are in no composer any more.
    pub(super) fn forget_sent_files(self) {
        let kept: HashSet<Uuid> = self.peek(|state| state.files.values().flatten().map(|file| file.key).collect());
        self.files
            .update_value(|files| files.retain(|key, _| kept.contains(key)));
    }
}
