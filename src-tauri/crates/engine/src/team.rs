//! Working on conversations together, and opening what was put off.

use crate::{
    Engine, clock,
    due::LONGEST_SLEEP,
    requests::{Answer, conflict, internal, invalid, no_conversation},
    views,
};
use std::{ops::RangeInclusive, time::Duration};
use twinbox_domain::{Content, ConversationId, ConversationState, LONGEST_TEXT, LabelId, mentions};
use twinbox_protocol::{
    ApiError, Assign, Caller, CannedReply, DeleteNote, DraftView, ErrorCode, FieldView, LABEL_COLORS,
    LabelConversations, LabelView, MOST_AT_ONCE, MessageView, SaveCannedReply, SaveDraft, SaveLabel, SetField,
    SetState, TeamView, WriteNote,
};
use twinbox_store::{Store, StoreError};

/// Longest texts, in characters. A canned reply is a message, so [`LONGEST_TEXT`] counts.
const LONGEST_NAME: usize = 40;
const LONGEST_DRAFT: usize = 65_536;
const LONGEST_VALUE: usize = 1000;

/// Most fields of a person.
const MOST_FIELDS: usize = 50;

/// Most conversations opened in one commit.
const AT_ONCE: u32 = 50;

impl Engine {
    pub(crate) async fn set_state(&self, call: SetState) -> Answer<()> {
        check_number_of(&call.conversations)?;
        if matches!(call.state, ConversationState::Snoozed { until } if until <= clock::now()) {
            return Err(invalid("This time has passed. Choose a later one."));
        }
        // There is no harm in opening what is open.
        let seen = call.seen.filter(|_| call.state != ConversationState::Open);
        let is_one = call.conversations.len() == 1;
        let set = self.inner.store.set_state(call.conversations, call.state, seen);
        match set.await.map_err(internal)? {
            0 => Ok(()),
            _ if is_one => Err(conflict("The customer wrote meanwhile, so this chat stays as it is.")),
            _ => Err(conflict(
                "Some customers wrote meanwhile. Their chats stay as they are.",
            )),
        }
    }

    pub(crate) async fn assign(&self, call: Assign) -> Answer<()> {
        check_number_of(&call.conversations)?;
        let store = &self.inner.store;
        let is_known = call.assignee.is_empty() || store.teammates().await.map_err(internal)?.contains(&call.assignee);
        if !is_known {
            return Err(invalid("Nobody of this name works here."));
        }
        let assigned = store.assign(call.conversations, call.assignee);
        assigned.await.map_err(internal)
    }

    /// These work here, and nobody else any more: chats of whoever does not are nobody's.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn set_teammates(&self, mut names: Vec<String>) -> Result<(), StoreError> {
        let store = &self.inner.store;
        names.sort();
        // A start does not wait for writes.
        if store.teammates().await? == names {
            return Ok(());
        }
        store.set_teammates(names).await
    }

    pub(crate) async fn label_conversations(&self, call: LabelConversations) -> Answer<()> {
        check_number_of(&call.conversations)?;
        let labeled = self.inner.store.label(call.conversations, call.label, call.is_on);
        match labeled.await.map_err(internal)? {
            true => Ok(()),
            false => Err(ApiError::new(ErrorCode::NotFound, "This label is not there any more.")),
        }
    }

    pub(crate) async fn save_label(&self, call: SaveLabel) -> Answer<LabelId> {
        let name = call.name.trim().to_owned();
        check_length(&name, 1..=LONGEST_NAME, || {
            format!("A label has a name of at most {LONGEST_NAME} characters.")
        })?;
        if call.color >= LABEL_COLORS {
            return Err(invalid("There is no such color."));
        }
        let saved = self.inner.store.save_label(call.id, name, call.color);
        saved
            .await
            .map_err(internal)?
            .ok_or_else(|| invalid("There is a label of this name already."))
    }

    pub(crate) async fn save_canned_reply(&self, call: SaveCannedReply) -> Answer<()> {
        let CannedReply { shortcut, text } = call.reply;
        check_length(&shortcut, 0..=LONGEST_NAME, || {
            format!("A shortcut has at most {LONGEST_NAME} characters.")
        })?;
        check_length(&text, 0..=LONGEST_TEXT, || {
            format!("A canned reply has at most {LONGEST_TEXT} characters.")
        })?;
        if shortcut.is_empty() || shortcut.contains(|c: char| c.is_whitespace() || c == '/') {
            return Err(invalid("A shortcut is one word."));
        }
        let saved = self.inner.store.save_canned_reply(shortcut, text.trim().to_owned());
        saved.await.map_err(internal)
    }

    pub(crate) async fn team(&self) -> Answer<TeamView> {
        let store = &self.inner.store;
        let labels = store.labels().await.map_err(internal)?;
        let replies = store.canned_replies().await.map_err(internal)?;
        Ok(TeamView {
            teammates: store.teammates().await.map_err(internal)?,
            labels: labels
                .into_iter()
                .map(|label| LabelView {
                    id: label.id,
                    name: label.name,
                    color: label.color,
                })
                .collect(),
            replies: replies
                .into_iter()
                .map(|(shortcut, text)| CannedReply { shortcut, text })
                .collect(),
        })
    }

    pub(crate) async fn write_note(&self, caller: &Caller, call: WriteNote) -> Answer<MessageView> {
        let body = call.text.trim().to_owned();
        check_length(&body, 1..=LONGEST_TEXT, || {
            format!("A note has a text of at most {LONGEST_TEXT} characters.")
        })?;
        let store = &self.inner.store;
        let conversation = store.conversation(call.conversation).await.map_err(internal)?;
        let last_at = conversation.ok_or_else(no_conversation)?.last_at;
        let teammates = store.teammates().await.map_err(internal)?;
        let content = Content::Note {
            mentions: mentions(&body, &teammates),
            body,
        };
        let at = clock::now().sent_after(last_at);
        let written = store.write_note(call.conversation, caller.user.clone(), content, at);
        let note = written.await.map_err(internal)?.ok_or_else(no_conversation)?;
        let note = store.message(note).await.map_err(internal)?;
        note.map(views::message).ok_or_else(no_conversation)
    }

    pub(crate) async fn delete_note(&self, caller: &Caller, call: DeleteNote) -> Answer<()> {
        let deleted = self.inner.store.delete_note(call.note, caller.user.clone());
        match deleted.await.map_err(internal)? {
            true => Ok(()),
            false => Err(conflict("This is not a note of yours, or it is gone already.")),
        }
    }

    pub(crate) async fn drafts(&self, caller: &Caller) -> Answer<Vec<DraftView>> {
        let drafts = self.inner.store.drafts(caller.user.clone()).await.map_err(internal)?;
        let view = |(conversation, text, is_note)| DraftView {
            conversation,
            text,
            is_note,
        };
        Ok(drafts.into_iter().map(view).collect())
    }

    pub(crate) async fn save_draft(&self, caller: &Caller, call: SaveDraft) -> Answer<()> {
        let DraftView {
            conversation,
            text,
            is_note,
        } = call.draft;
        check_length(&text, 0..=LONGEST_DRAFT, || {
            format!("A draft has at most {LONGEST_DRAFT} characters.")
        })?;
        let saved = self
            .inner
            .store
            .save_draft(caller.user.clone(), conversation, text, is_note);
        saved.await.map_err(internal)
    }

    pub(crate) async fn set_field(&self, call: SetField) -> Answer<()> {
        let FieldView { name, value } = call.field;
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        check_length(&name, 1..=LONGEST_NAME, || {
            format!("A field has a name of at most {LONGEST_NAME} characters.")
        })?;
        check_length(&value, 0..=LONGEST_VALUE, || {
            format!("A field has at most {LONGEST_VALUE} characters.")
        })?;
        let set = self
            .inner
            .store
            .set_person_field(call.conversation, name, value, MOST_FIELDS);
        match set.await.map_err(internal)? {
            true => Ok(()),
            false => Err(invalid(format!("A person has at most {MOST_FIELDS} fields."))),
        }
    }
}

fn check_number_of(conversations: &[ConversationId]) -> Answer<()> {
    match conversations.len() <= MOST_AT_ONCE {
        true => Ok(()),
        false => Err(invalid(format!("At most {MOST_AT_ONCE} chats can be changed at once."))),
    }
}

/// `sentence`: what to say when it has another number of characters.
fn check_length(text: &str, characters: RangeInclusive<usize>, sentence: impl FnOnce() -> String) -> Answer<()> {
    match characters.contains(&text.chars().count()) {
        true => Ok(()),
        false => Err(invalid(sentence())),
    }
}

/// Opens conversations that were put off until now. Says how long there is nothing more to do.
pub(crate) async fn wake_snoozed(store: Store) -> Result<Duration, StoreError> {
    loop {
        let now = clock::now();
        match store.next_wake_at().await? {
            None => return Ok(LONGEST_SLEEP),
            Some(at) if at > now => return Ok(clock::until(at, now).min(LONGEST_SLEEP)),
            Some(_) => drop(store.wake_snoozed(now, AT_ONCE).await?),
        }
    }
}
