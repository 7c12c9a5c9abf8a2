//! Table `change_log`: the event stream's backbone.

use crate::{Store, StoreError};
use rusqlite::Connection;
use twinbox_domain::{Change, ConversationId, LoggedChange, MessageId, Seq};

/// How many changes are kept for clients that were away; older ones have to load everything anew.
const KEPT: i64 = 50_000;

/// How many are forgotten in one write.
const SLICE: i64 = 5_000;

/// Logged changes after some position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangesAfter {
    /// In order; empty when there are none.
    Changes(Vec<LoggedChange>),
    /// The position is older than what is kept, or was never reached.
    TooOld,
}

/// Logs a change as part of the running transaction.
pub(crate) fn log(connection: &Connection, change: Change) -> Result<(), StoreError> {
    let (kind, conversation, message) = match change {
        Change::Message(conversation, message) => ("message", conversation.0, message.0),
        Change::MessageGone(conversation, message) => ("message_gone", conversation.0, message.0),
        // No message has this id.
        Change::OldMessagesGone(conversation) => ("message_gone", conversation.0, 0),
        Change::Conversation(conversation) => ("conversation", conversation.0, 0),
        Change::Overview => ("overview", 0, 0),
    };
    connection
        .prepare_cached("INSERT INTO change_log (kind, conversation_id, message_id) VALUES (?1, ?2, ?3)")?
        .execute((kind, conversation, message))?;
    Ok(())
}

impl Store {
    /// At most `limit` changes logged after `seq`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn changes_after(&self, seq: Seq, limit: u32) -> Result<ChangesAfter, StoreError> {
        self.connections
            .read(move |connection| changes_after(connection, seq, limit))
            .await
    }

    /// Something of the status line changed that is not in the store.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn log_overview(&self) -> Result<(), StoreError> {
        self.connections
            .write(|connection| log(connection, Change::Overview))
            .await
    }

    /// Forgets changes nobody will ask for any more, a slice at a time so that other writes come in between.
    ///
    /// # Errors
    /// When a write cannot be made durable.
    pub async fn trim_change_log(&self) -> Result<(), StoreError> {
        while self.connections.write(trim_slice).await? > 0 {}
        Ok(())
    }
}

fn trim_slice(connection: &Connection) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM change_log WHERE seq <= (SELECT max(seq) FROM change_log) - ?1
                 AND seq < (SELECT min(seq) FROM change_log) + ?2",
        )?
        .execute((KEPT, SLICE))?)
}

fn changes_after(connection: &Connection, seq: Seq, limit: u32) -> Result<ChangesAfter, StoreError> {
    let (oldest, newest): (i64, i64) = connection
        .prepare_cached(
            "SELECT coalesce((SELECT min(seq) FROM change_log), 1),
                    coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change_log'), 0)",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if seq.0 < oldest - 1 || seq.0 > newest {
        return Ok(ChangesAfter::TooOld);
    }
    let mut statement = connection.prepare_cached(
        "SELECT seq, kind, conversation_id, message_id FROM change_log WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = statement.query((seq.0, limit))?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(1)?;
        let conversation = ConversationId(row.get(2)?);
        let message = MessageId(row.get(3)?);
        let change = match kind.as_str() {
            "message" => Change::Message(conversation, message),
            "message_gone" if message == MessageId(0) => Change::OldMessagesGone(conversation),
            "message_gone" => Change::MessageGone(conversation, message),
            "conversation" => Change::Conversation(conversation),
            "overview" => Change::Overview,
            _ => return Err(StoreError::UnknownWord(kind)),
        };
        changes.push(LoggedChange {
            seq: Seq(row.get(0)?),
            change,
        });
    }
    Ok(ChangesAfter::Changes(changes))
}
