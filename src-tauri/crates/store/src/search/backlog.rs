//! Indexing what was there before there was an index.

use super::{index_messages, index_person};
use crate::{Store, StoreError};
use rusqlite::Connection;
use twinbox_domain::{MessageId, PersonId};

impl Store {
    /// Indexes at most `limit` people or messages of before, newest first, in one write; where it stands is part of
    /// that write, so after a crash it goes on. `false`: there is nothing more to do.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn index_backlog(&self, limit: u32) -> Result<bool, StoreError> {
        if self.is_search_complete().await? {
            return Ok(false);
        }
        self.connections
            .write(move |connection| index_slice(connection, limit))
            .await?;
        Ok(true)
    }

    /// Whether everything is in the index.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn is_search_complete(&self) -> Result<bool, StoreError> {
        self.connections.read(is_complete).await
    }
}

fn is_complete(connection: &Connection) -> Result<bool, StoreError> {
    Ok(!connection
        .prepare_cached("SELECT 1 FROM search_backlog WHERE up_to > 0")?
        .exists([])?)
}

fn index_slice(connection: &Connection, limit: u32) -> Result<(), StoreError> {
    let people = slice(connection, "person", limit)?;
    if !people.is_empty() {
        for id in people {
            index_person(connection, PersonId(id))?;
        }
        return Ok(());
    }
    let messages: Vec<MessageId> = slice(connection, "message", limit)?
        .into_iter()
        .map(MessageId)
        .collect();
    index_messages(connection, &messages)
}

/// Takes the next ids from a backlog, smallest first.
fn slice(connection: &Connection, table: &str, limit: u32) -> Result<Vec<i64>, StoreError> {
    let mut ids: Vec<i64> = connection
        .prepare_cached(&format!(
            "SELECT id FROM {table} WHERE id <= (SELECT up_to FROM search_backlog WHERE kind = ?1)
             ORDER BY id DESC LIMIT ?2"
        ))?
        .query_map((table, limit), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    ids.reverse();
    let up_to = ids.first().map_or(0, |id| id - 1);
    connection
        .prepare_cached("UPDATE search_backlog SET up_to = ?2 WHERE kind = ?1 AND up_to <> ?2")?
        .execute((table, up_to))?;
    Ok(ids)
}
