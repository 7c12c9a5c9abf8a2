//! Templates, and emojis on messages.

use super::Session;
use crate::state::Action;
use crate::text;
use leptos::task::spawn_local;
use twinbox_domain::{ConversationId, FileKind, FileProblem, LARGEST_MEDIA_BYTES, MessageId, NumberId, OutboxId};
use twinbox_protocol::{ApiError, ListTemplates, RefreshTemplates, SendMessage, ToSend, UploadedFile};
use uuid::Uuid;
use web_sys::File;

impl Session {
    /// Asks which templates a number can send; `done` is told why when they do not come.
    pub fn load_templates(self, number: NumberId, done: impl FnOnce(Option<String>) + 'static) {
        spawn_local(async move {
            let call = ListTemplates { number: number.clone() };
            done(self.templates_came(number, self.backend.call(call).await));
        });
    }

    /// The same, asked of Meta now.
    pub fn refresh_templates(self, number: NumberId, done: impl FnOnce(Option<String>) + 'static) {
        spawn_local(async move {
            let call = RefreshTemplates { number: number.clone() };
            done(self.templates_came(number, self.backend.call(call).await));
        });
    }

    fn templates_came(
        self,
        number: NumberId,
        answer: Result<twinbox_protocol::TemplatesView, ApiError>,
    ) -> Option<String> {
        match answer {
            Ok(templates) => {
                self.dispatch(Action::Templates(number, templates));
                None
            }
            Err(error) => Some(error.message),
        }
    }

    /// Hands a message over that is not a draft. The same `id` again changes nothing. `done` is told what is in the way,
    /// and whether the engine surely does not have it.
    pub fn send_at_once(
        self,
        id: OutboxId,
        conversation: ConversationId,
        message: ToSend,
        done: impl FnOnce(Result<(), ApiError>) + 'static,
    ) {
        let call = SendMessage {
            id,
            conversation,
            message,
            reply_to: None,
        };
        self.dispatch(Action::SentHere(id));
        spawn_local(async move { done(self.backend.call(call).await.map(drop)) });
    }

    /// Puts an emoji on a message; an empty one takes it away.
    pub fn react(self, conversation: ConversationId, message: MessageId, emoji: String) {
        let wamid = self.peek(|state| state.message(conversation, message)?.wamid.clone());
        let Some(to) = wamid else { return };
        let reaction = ToSend::Reaction { to, emoji };
        self.send_at_once(OutboxId(Uuid::now_v7()), conversation, reaction, move |answer| {
            if let Err(error) = answer {
                self.dispatch(Action::Notice(error.message));
            }
        });
    }

    /// Hands a file to the engine that belongs to no draft.
    pub fn hand_over_file(self, file: File, done: impl FnOnce(Result<UploadedFile, String>) + 'static) {
        if file.size() as u64 > LARGEST_MEDIA_BYTES {
            return done(Err(text::said(FileProblem::TooLarge(FileKind::Document).sentence())));
        }
        spawn_local(async move { done(self.backend.upload(&file).await.map_err(|error| error.message)) });
    }
}
