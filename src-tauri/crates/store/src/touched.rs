//! What a write has to bring up to date in its end, once, however many messages it brought.

use crate::{StoreError, conversation, search};
use rusqlite::Connection;
use std::collections::BTreeSet;
use twinbox_domain::{ConversationId, MessageId};

/// Conversations whose list columns, and messages whose words are those of before.
#[derive(Default)]
pub(crate) struct Touched {
    conversations: BTreeSet<ConversationId>,
    messages: Vec<MessageId>,
}

impl Touched {
    /// A message is new or says something else.
    pub(crate) fn message(&mut self, conversation: ConversationId, id: MessageId) {
        self.conversations.insert(conversation);
        self.messages.push(id);
    }

    /// Brings everything up to date. What has gone meanwhile is left out.
    pub(crate) fn settle(self, connection: &Connection) -> Result<(), StoreError> {
        for id in self.conversations {
            conversation::refresh(connection, id)?;
        }
        search::index_messages(connection, &self.messages)
    }
}
