//! Tables `label` and `conversation_label`.

use crate::{Store, StoreError, change_log, conversation::current, counter, counter::Counter};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, ConversationId, LabelId};

/// A label of the team's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Our id of it.
    pub id: LabelId,
    /// What it says.
    pub name: String,
    /// 0 to 7.
    pub color: u8,
}

impl Store {
    /// Every label, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn labels(&self) -> Result<Vec<Label>, StoreError> {
        self.connections
            .read(|connection| {
                let mut statement = connection.prepare_cached("SELECT id, name, color FROM label ORDER BY name")?;
                let rows = statement.query_map([], |row| {
                    Ok(Label {
                        id: LabelId(row.get(0)?),
                        name: row.get(1)?,
                        color: row.get(2)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Makes a label, or changes the one with this id. `None`: another one has this name, or there is none with this id.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn save_label(
        &self,
        id: Option<LabelId>,
        name: String,
        color: u8,
    ) -> Result<Option<LabelId>, StoreError> {
        self.connections
            .write(move |connection| {
                let id = id.map(|id| id.0);
                let is_taken = connection
                    .prepare_cached("SELECT 1 FROM label WHERE name = ?1 AND id IS NOT ?2")?
                    .exists((&name, id))?;
                if is_taken {
                    return Ok(None);
                }
                let saved = match id {
                    Some(id) => connection
                        .prepare_cached("UPDATE label SET name = ?2, color = ?3 WHERE id = ?1 RETURNING id")?
                        .query_row((id, &name, color), |row| row.get(0).map(LabelId))
                        .optional()?,
                    None => {
                        connection
                            .prepare_cached("INSERT INTO label (name, color) VALUES (?1, ?2)")?
                            .execute((&name, color))?;
                        Some(LabelId(connection.last_insert_rowid()))
                    }
                };
                team_saved(connection)?;
                Ok(saved)
            })
            .await
    }

    /// Deletes a label, and takes it off every conversation.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn delete_label(&self, label: LabelId) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let had: Vec<ConversationId> = connection
                    .prepare_cached("DELETE FROM conversation_label WHERE label_id = ?1 RETURNING conversation_id")?
                    .query_map([label.0], |row| row.get(0).map(ConversationId))?
                    .collect::<Result<_, _>>()?;
                connection
                    .prepare_cached("DELETE FROM label WHERE id = ?1")?
                    .execute([label.0])?;
                for id in had {
                    change_log::log(connection, Change::Conversation(id))?;
                }
                team_saved(connection)
            })
            .await
    }

    /// Puts a label on these conversations, or takes it off. `false`: there is no such label.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn label(&self, ids: Vec<ConversationId>, label: LabelId, is_on: bool) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let is_there = connection
                    .prepare_cached("SELECT 1 FROM label WHERE id = ?1")?
                    .exists([label.0])?;
                if !is_there {
                    return Ok(false);
                }
                let sql = match is_on {
                    true => {
                        "INSERT OR IGNORE INTO conversation_label (conversation_id, label_id, last_at_ms)
                         SELECT id, ?2, last_at_ms FROM conversation WHERE id = ?1"
                    }
                    false => "DELETE FROM conversation_label WHERE conversation_id = ?1 AND label_id = ?2",
                };
                for id in ids {
                    let id = current(connection, id)?;
                    if connection.prepare_cached(sql)?.execute((id.0, label.0))? > 0 {
                        change_log::log(connection, Change::Conversation(id))?;
                    }
                }
                Ok(true)
            })
            .await
    }
}

/// Labels, canned replies or colleagues are others than before.
pub(crate) fn team_saved(connection: &Connection) -> Result<(), StoreError> {
    counter::add(connection, Counter::TeamSaved, 1)
}
