//! Reading messages: one, or a page of a conversation.

use super::{JOINS, Message, columns, read_row, with_file};
use crate::{
    Store, StoreError, conversation,
    named_row::{read_all, read_first},
};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{ConversationId, MessageId, Millis, OutboxId, Wamid};

impl Store {
    /// The message that came last; 0 before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn newest_message(&self) -> Result<MessageId, StoreError> {
        self.connections
            .read(|connection| {
                let id = connection
                    .prepare_cached("SELECT coalesce(max(id), 0) FROM message")?
                    .query_row((), |row| row.get(0).map(MessageId))?;
                Ok(id)
            })
            .await
    }

    /// A page of messages of a conversation, newest first, older than `before` (its time and id).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn messages(
        &self,
        conversation: ConversationId,
        before: Option<(Millis, MessageId)>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let (at, id) = before.unwrap_or((Millis(i64::MAX), MessageId(i64::MAX)));
        self.connections
            .read(move |connection| {
                let conversation = conversation::current(connection, conversation)?;
                let sql = page_sql();
                let mut statement = connection.prepare_cached(&sql)?;
                read_all(&mut statement, (conversation.0, at.0, id.0, limit), |row| {
                    with_file(connection, read_row(row)?)
                })
            })
            .await
    }

    /// A page of messages of a conversation, oldest first, newer than `after` (its time and id).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn messages_after(
        &self,
        conversation: ConversationId,
        after: (Millis, MessageId),
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        self.connections
            .read(move |connection| {
                let conversation = conversation::current(connection, conversation)?;
                let sql = page_after_sql();
                let mut statement = connection.prepare_cached(&sql)?;
                read_all(&mut statement, (conversation.0, after.0.0, after.1.0, limit), |row| {
                    with_file(connection, read_row(row)?)
                })
            })
            .await
    }

    /// The customer's first message in a conversation, by its time, of those that arrived after `after`; its time and id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn first_unread(
        &self,
        conversation: ConversationId,
        after: MessageId,
    ) -> Result<Option<(Millis, MessageId)>, StoreError> {
        self.connections
            .read(move |connection| {
                let conversation = conversation::current(connection, conversation)?;
                Ok(connection
                    .prepare_cached(
                        "SELECT at_ms, id FROM message WHERE conversation_id = ?1 AND origin = 'customer' AND id > ?2
                         ORDER BY at_ms, id LIMIT 1",
                    )?
                    .query_row((conversation.0, after.0), |row| {
                        Ok((Millis(row.get(0)?), MessageId(row.get(1)?)))
                    })
                    .optional()?)
            })
            .await
    }

    /// The message of a conversation with this wamid, and when it was sent; `None` when there is none, or it was deleted.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn message_at(
        &self,
        conversation: ConversationId,
        wamid: Wamid,
    ) -> Result<Option<(MessageId, Millis)>, StoreError> {
        self.connections
            .read(move |connection| {
                let conversation = conversation::current(connection, conversation)?;
                Ok(connection
                    .prepare_cached(
                        "SELECT m.id, m.at_ms FROM conversation c JOIN message m ON m.number_id = c.number_id AND m.wamid = ?2
                         WHERE c.id = ?1 AND m.conversation_id = c.id AND NOT EXISTS (SELECT 1 FROM deletion d
                             WHERE d.number_id = m.number_id AND d.wamid = m.wamid)",
                    )?
                    .query_row((conversation.0, wamid.as_str()), |row| {
                        Ok((MessageId(row.get(0)?), Millis(row.get(1)?)))
                    })
                    .optional()?)
            })
            .await
    }

    /// The message that was enqueued under this id; `None` when there is none, or it was taken back.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn message_of(&self, id: OutboxId) -> Result<Option<Message>, StoreError> {
        self.connections
            .read(move |connection| {
                let sql = format!("SELECT {} FROM message m {JOINS} WHERE m.outbox_id = ?1", columns());
                let mut statement = connection.prepare_cached(&sql)?;
                read_first(&mut statement, [id.to_string()], |row| {
                    with_file(connection, read_row(row)?)
                })
            })
            .await
    }

    /// One message; `None` when there is none (any more).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn message(&self, id: MessageId) -> Result<Option<Message>, StoreError> {
        self.connections
            .read(move |connection| {
                by_id(connection, id)?
                    .map(|message| with_file(connection, message))
                    .transpose()
            })
            .await
    }
}

/// One message, without its file; `None` when there is none (any more).
pub(super) fn by_id(connection: &Connection, id: MessageId) -> Result<Option<Message>, StoreError> {
    let sql = format!("SELECT {} FROM message m {JOINS} WHERE m.id = ?1", columns());
    let mut statement = connection.prepare_cached(&sql)?;
    read_first(&mut statement, [id.0], read_row)
}

fn page_sql() -> String {
    format!(
        "SELECT {} FROM message m {JOINS}
         WHERE m.conversation_id = ?1 AND (m.at_ms, m.id) < (?2, ?3)
         ORDER BY m.at_ms DESC, m.id DESC LIMIT ?4",
        columns(),
    )
}

fn page_after_sql() -> String {
    format!(
        "SELECT {} FROM message m {JOINS}
         WHERE m.conversation_id = ?1 AND (m.at_ms, m.id) > (?2, ?3)
         ORDER BY m.at_ms, m.id LIMIT ?4",
        columns(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn a_page_of_messages_is_read_along_its_index() {
        for sql in [page_sql(), page_after_sql()] {
            let plan = plan(&sql);
            assert!(
                plan.contains("message_order") && !plan.contains("TEMP B-TREE"),
                "{plan}"
            );
            assert!(!plan.contains("SCAN"), "{plan}");
        }
    }
}
