//! Notes: messages of table `message` that never leave. Nobody wrote them to the customer, so they change nothing of what
//! the list shows, and they are found like everything else.

use crate::{
    Store, StoreError,
    conversation::current,
    message::{self, NewMessage},
    person, team,
    touched::Touched,
};
use rusqlite::OptionalExtension;
use twinbox_domain::{Content, ConversationId, Direction, MessageId, Millis, Origin, Telling};

impl Store {
    /// Writes a note into a conversation. `None`: there is no such conversation.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn write_note(
        &self,
        id: ConversationId,
        author: String,
        content: Content,
        at: Millis,
    ) -> Result<Option<MessageId>, StoreError> {
        self.connections
            .write(move |connection| {
                let id = current(connection, id)?;
                let number = connection
                    .prepare_cached("SELECT number_id FROM conversation WHERE id = ?1")?
                    .query_row([id.0], |row| row.get(0))
                    .optional()?;
                let Some(number) = number else { return Ok(None) };
                let new = NewMessage {
                    conversation: id,
                    // With whom it stays, should this turn out to be two people.
                    alias: person::alias_of_conversation(connection, id)?,
                    number,
                    wamid: None,
                    outbox: None,
                    direction: Direction::Out,
                    origin: Origin::System,
                    telling: Telling::Live,
                    author: &author,
                    at,
                    content: &content,
                    reply_to: None,
                    status: None,
                };
                let mut touched = Touched::default();
                let note = message::insert(connection, &new, &mut touched)?;
                touched.settle(connection)?;
                if let Content::Note { body, .. } = &content {
                    team::forget_draft(connection, &author, id, body)?;
                }
                Ok(Some(note))
            })
            .await
    }

    /// Deletes a note of this author's. `false`: it is none.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn delete_note(&self, note: MessageId, author: String) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let is_theirs = connection
                    .prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND is_internal = 1 AND author = ?2")?
                    .exists((note.0, author))?;
                if is_theirs {
                    message::delete(connection, note)?;
                }
                Ok(is_theirs)
            })
            .await
    }
}
