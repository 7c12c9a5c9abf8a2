//! Working on conversations together.

use super::Session;
use crate::backend;
use crate::state::{Action, State, TeamAction, shortcut_of};
use crate::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use twinbox_domain::{ConversationId, LabelId, MessageId, OutboxId};
use twinbox_protocol::{
    CannedReply, DeleteNote, ErrorCode, FieldView, GetDrafts, GetTeam, ListEmoji, SaveCannedReply, SaveDraft,
    SaveLabel, SetField, WriteNote,
};
use uuid::Uuid;

/// A draft is kept so long after the first key that is not kept yet.
const KEEPS_AFTER: Duration = Duration::from_millis(800);

/// Between two tries to keep one.
const KEEPS_AGAIN: Duration = Duration::from_secs(2);

impl Session {
    /// Asks for colleagues, labels and canned replies.
    pub fn load_team(self) {
        spawn_local(async move {
            // Those there are stay until the next change.
            if let Ok(team) = self.backend.call(GetTeam {}).await {
                self.dispatch(Action::Team(TeamAction::Told(team)));
            }
        });
    }

    /// Asks for the list of emoji, once.
    pub fn load_emoji(self) {
        if !self.peek(|state| state.emoji.is_empty()) {
            return;
        }
        spawn_local(async move {
            match self.backend.call(ListEmoji {}).await {
                Ok(emoji) => self.dispatch(Action::Team(TeamAction::Emoji(emoji))),
                Err(error) => self.dispatch(Action::Notice(error.message)),
            }
        });
    }

    /// Asks for the drafts that were kept.
    pub(super) fn load_drafts(self) {
        spawn_local(async move {
            if let Ok(drafts) = self.backend.call(GetDrafts {}).await {
                self.dispatch(Action::Team(TeamAction::Drafts(drafts)));
            }
        });
    }

    /// Keeps drafts soon that have changed.
    pub(super) fn keep_drafts_soon(self) {
        if !self.keeps_soon.get_value() {
            self.keeps_soon.set_value(true);
            set_timeout(move || self.keep_drafts(), KEEPS_AFTER);
        }
    }

    fn keep_drafts(self) {
        self.keeps_soon.set_value(false);
        let drafts = self.peek(State::unkept_drafts);
        if drafts.is_empty() {
            return;
        }
        self.dispatch(Action::Team(TeamAction::Keeping));
        for draft in drafts {
            spawn_local(async move {
                let conversation = draft.conversation;
                let code = self
                    .backend
                    .call(SaveDraft { draft })
                    .await
                    .err()
                    .map(|error| error.code);
                // What the engine does not take is told again with the next key.
                let told = match code {
                    Some(ErrorCode::Unavailable | ErrorCode::Internal | ErrorCode::Unauthorized) => {
                        backend::sleep(KEEPS_AGAIN).await;
                        TeamAction::NotKept(conversation)
                    }
                    _ => TeamAction::Kept(conversation),
                };
                self.dispatch(Action::Team(told));
            });
        }
    }

    /// Puts another text into the composer.
    pub fn put_draft(self, conversation: ConversationId, text: String) {
        self.dispatch(Action::Drafted(conversation, text));
    }

    /// Makes a note of what is written, or a reply.
    pub fn write_as(self, conversation: ConversationId, is_note: bool) {
        self.dispatch(Action::Team(TeamAction::WritesNote(conversation, is_note)));
    }

    /// A reply is to be written. A note that was begun stays one: what it says is not for the customer, unless somebody chooses
    /// "Reply" for it.
    pub fn begin_reply(self, conversation: ConversationId) -> bool {
        match self.peek(|state| (state.notes.contains(&conversation), state.is_written(conversation))) {
            (true, true) => {
                self.dispatch(Action::Notice(text::NOTE_IS_WRITTEN.to_owned()));
                false
            }
            (true, false) => {
                self.write_as(conversation, false);
                true
            }
            (false, _) => true,
        }
    }

    /// Opens the next chat of the list with something unread, after the open one and then from the top.
    pub fn open_next_unread(self) {
        match self.peek(|state| state.next_unread()) {
            Some(next) => self.open(next),
            None => self.dispatch(Action::Notice(text::NOTHING_UNREAD.to_owned())),
        }
    }

    /// Writes a note of what the composer holds; it is put back when that does not work.
    pub fn write_note(self, conversation: ConversationId, text: String) {
        self.put_draft(conversation, String::new());
        self.load_newest(conversation);
        self.save_note(conversation, text);
    }

    fn save_note(self, conversation: ConversationId, text: String) {
        spawn_local(async move {
            let call = WriteNote {
                conversation,
                text: text.clone(),
            };
            if let Err(error) = self.backend.call(call).await {
                self.dispatch(Action::Team(TeamAction::NoteRefused(conversation, text)));
                self.dispatch(Action::Notice(error.message));
            }
        });
    }

    /// Deletes a note; taken back, it is written again.
    pub fn delete_note(self, conversation: ConversationId, note: MessageId, text: String) {
        self.tell_done(text::NOTE_DELETED.to_owned(), move || {
            self.save_note(conversation, text.clone());
        });
        self.decide(DeleteNote { note });
    }

    /// Throws what is in a composer away, with its files and the quote, which can be taken back.
    pub fn discard_draft(self, conversation: ConversationId) {
        let (draft, files, quote) = self.peek(|state| {
            let draft = state.drafts.get(&conversation).cloned().unwrap_or_default();
            let files = state.attached(conversation).to_vec();
            (draft, files, state.quotes.get(&conversation).cloned())
        });
        // A note that comes back is one, whatever is written by then.
        let (text, note) = match self.peek(|state| state.notes.contains(&conversation)) {
            true => (String::new(), Some(draft)),
            false => (draft, None),
        };
        self.tell_done(text::DRAFT_DISCARDED.to_owned(), move || {
            // Each is put before those that are there.
            for file in files.iter().rev() {
                self.attach_again(conversation, file.clone());
            }
            self.dispatch(Action::TakenBack {
                id: OutboxId(Uuid::now_v7()),
                conversation,
                text: text.clone(),
                quote: quote.clone(),
                file: None,
            });
            if let Some(note) = note.clone() {
                self.dispatch(Action::Team(TeamAction::NoteRefused(conversation, note)));
            }
        });
        self.dispatch(Action::Discarded(conversation));
    }

    /// Makes a label or changes one; `then` when the engine has taken it.
    pub fn save_label(self, id: Option<LabelId>, name: String, color: u8, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            match self.backend.call(SaveLabel { id, name, color }).await {
                Ok(_) => then(),
                Err(error) => self.dispatch(Action::Notice(error.message)),
            }
        });
    }

    /// Sets the text of a canned reply; an empty one deletes it. What was there before can be had back. `then` when the engine has
    /// taken it.
    pub fn save_canned_reply(self, shortcut: &str, text: String, then: impl FnOnce() + 'static) {
        let shortcut = shortcut_of(shortcut).to_owned();
        let before = self.peek(|state| {
            let reply = state.canned_reply(&shortcut)?.clone();
            Some((text::reply_saved_over(&reply, &text)?, reply))
        });
        let reply = CannedReply { shortcut, text };
        spawn_local(async move {
            if !self.decided(SaveCannedReply { reply }.into()).await {
                return;
            }
            then();
            if let Some((words, reply)) = before {
                self.tell_done(words, move || self.decide(SaveCannedReply { reply: reply.clone() }));
            }
        });
    }

    /// Takes a field of the person of a conversation away, which can be taken back.
    pub fn remove_field(self, conversation: ConversationId, field: FieldView) {
        let name = field.name.clone();
        let value = String::new();
        self.tell_done(text::removed(&name), move || {
            self.put_field(conversation, field.clone())
        });
        self.put_field(conversation, FieldView { name, value });
    }

    /// Keeps something about the person of a conversation. What was there before can be had back. `then` when the engine has
    /// taken it.
    pub fn set_field(self, conversation: ConversationId, field: FieldView, then: impl FnOnce() + 'static) {
        let before = self.peek(|state| {
            let before = state.field(conversation, &field.name)?.clone();
            Some((text::field_saved_over(&before, &field.value)?, before))
        });
        spawn_local(async move {
            if !self.field_taken(conversation, field).await {
                return;
            }
            then();
            if let Some((words, before)) = before {
                self.tell_done(words, move || self.put_field(conversation, before.clone()));
            }
        });
    }

    fn put_field(self, conversation: ConversationId, field: FieldView) {
        spawn_local(async move {
            self.field_taken(conversation, field).await;
        });
    }

    /// Whether the engine has taken a field over.
    async fn field_taken(self, conversation: ConversationId, field: FieldView) -> bool {
        let is_taken = self.decided(SetField { conversation, field }.into()).await;
        if is_taken {
            self.load_details(conversation);
        }
        is_taken
    }
}
