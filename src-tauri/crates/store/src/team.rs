//! Tables `teammate`, `canned_reply`, `draft` and `person_field`: what the team has, and keeps about people.

use crate::{Store, StoreError, change_log, conversation::current, label::team_saved};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, ConversationId, Payload, PersonId};

impl Store {
    /// Everybody who works here, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn teammates(&self) -> Result<Vec<String>, StoreError> {
        self.connections.read(known).await
    }

    /// Somebody works here.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn add_teammate(&self, name: String) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let added = connection
                    .prepare_cached("INSERT OR IGNORE INTO teammate (name) VALUES (?1)")?
                    .execute([name])?;
                if added > 0 { team_saved(connection) } else { Ok(()) }
            })
            .await
    }

    /// These work here, and nobody else any more: chats of whoever does not are nobody's.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_teammates(&self, names: Vec<String>) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let mut changed = 0;
                let mut gone = Vec::new();
                for name in known(connection)? {
                    if !names.contains(&name) {
                        gone.extend(assigned_to(connection, &name)?);
                        changed += connection.execute("DELETE FROM teammate WHERE name = ?1", [name])?;
                    }
                }
                for id in gone {
                    connection
                        .prepare_cached("UPDATE conversation SET assignee = '' WHERE id = ?1")?
                        .execute([id.0])?;
                    change_log::log(connection, Change::Conversation(id))?;
                }
                for name in names {
                    changed += connection.execute("INSERT OR IGNORE INTO teammate (name) VALUES (?1)", [name])?;
                }
                if changed > 0 { team_saved(connection) } else { Ok(()) }
            })
            .await
    }

    /// Shortcuts and texts of the canned replies, by shortcut.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn canned_replies(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.connections
            .read(|connection| {
                let mut statement =
                    connection.prepare_cached("SELECT shortcut, text FROM canned_reply ORDER BY shortcut")?;
                let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Sets the text of a canned reply; an empty one deletes it.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn save_canned_reply(&self, shortcut: String, text: String) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                if text.is_empty() {
                    connection
                        .prepare_cached("DELETE FROM canned_reply WHERE shortcut = ?1")?
                        .execute([shortcut])?;
                } else {
                    connection
                        .prepare_cached(
                            "INSERT INTO canned_reply (shortcut, text) VALUES (?1, ?2)
                             ON CONFLICT (shortcut) DO UPDATE SET text = excluded.text",
                        )?
                        .execute((shortcut, text))?;
                }
                team_saved(connection)
            })
            .await
    }

    /// The texts that somebody has not sent yet, and whether each is a note.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn drafts(&self, user: String) -> Result<Vec<(ConversationId, String, bool)>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement =
                    connection.prepare_cached("SELECT conversation_id, text, is_note FROM draft WHERE user = ?1")?;
                let rows = statement.query_map([user], |row| {
                    Ok((ConversationId(row.get(0)?), row.get(1)?, row.get(2)?))
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Keeps a text that somebody has not sent yet; an empty one is none.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn save_draft(
        &self,
        user: String,
        id: ConversationId,
        text: String,
        is_note: bool,
    ) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let id = current(connection, id)?;
                if text.is_empty() {
                    connection
                        .prepare_cached("DELETE FROM draft WHERE user = ?1 AND conversation_id = ?2")?
                        .execute((user, id.0))?;
                } else {
                    // Nothing for a conversation that is gone.
                    connection
                        .prepare_cached(
                            "INSERT INTO draft (user, conversation_id, text, is_note)
                             SELECT ?1, id, ?3, ?4 FROM conversation WHERE id = ?2
                             ON CONFLICT (user, conversation_id)
                             DO UPDATE SET text = excluded.text, is_note = excluded.is_note",
                        )?
                        .execute((user, id.0, text, is_note))?;
                }
                Ok(())
            })
            .await
    }

    /// What the team keeps about a person: names and values, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn person_fields(&self, person: PersonId) -> Result<Vec<(String, String)>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement = connection
                    .prepare_cached("SELECT name, value FROM person_field WHERE person_id = ?1 ORDER BY name")?;
                let rows = statement.query_map([person.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// Keeps something about the person of a conversation; an empty value takes it away. `false`: they have `most`
    /// already.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_person_field(
        &self,
        id: ConversationId,
        name: String,
        value: String,
        most: usize,
    ) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let id = current(connection, id)?;
                let changed = if value.is_empty() {
                    connection
                        .prepare_cached(
                            "DELETE FROM person_field WHERE name = ?2
                                 AND person_id = (SELECT person_id FROM conversation WHERE id = ?1)",
                        )?
                        .execute((id.0, name))?
                } else {
                    connection
                        .prepare_cached(
                            "INSERT INTO person_field (person_id, name, value)
                             SELECT person_id, ?2, ?3 FROM conversation c WHERE id = ?1
                                 AND ?4 > (SELECT count(*) FROM person_field f WHERE f.person_id = c.person_id AND name <> ?2)
                             ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value",
                        )?
                        .execute((id.0, name, &value, i64::try_from(most).unwrap_or(i64::MAX)))?
                };
                if changed > 0 {
                    change_log::log(connection, Change::Conversation(id))?;
                }
                Ok(changed > 0 || value.is_empty())
            })
            .await
    }
}

fn known(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT name FROM teammate ORDER BY name")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn assigned_to(connection: &Connection, name: &str) -> Result<Vec<ConversationId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM conversation WHERE assignee = ?1 AND assignee <> ''")?;
    let rows = statement.query_map([name], |row| row.get(0).map(ConversationId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the team keeps about two who are one person is kept about `into`; of a field that says different things about them, both.
pub(crate) fn join_fields(connection: &Connection, from: PersonId, into: PersonId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE person_field SET value = person_field.value || '; ' || f.value FROM person_field f
         WHERE person_field.person_id = ?2 AND f.person_id = ?1 AND f.name = person_field.name
             AND instr('; ' || person_field.value || '; ', '; ' || f.value || '; ') = 0",
        "UPDATE OR IGNORE person_field SET person_id = ?2 WHERE person_id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute((from.0, into.0))?;
    }
    Ok(())
}

/// Drops the draft of what somebody sends now, in the commit that takes it: whatever becomes of the window, it does not come back
/// as a draft. A draft that says something else stays, and so does any when what is sent was not typed.
pub(crate) fn forget_sent_draft(
    connection: &Connection,
    user: &str,
    id: ConversationId,
    sent: &Payload,
) -> Result<(), StoreError> {
    match sent {
        Payload::Text { body, .. } => forget_draft(connection, user, id, body),
        Payload::File(content) => {
            let caption = content.media().map_or("", |media| media.caption.as_str());
            forget_draft(connection, user, id, caption)
        }
        _ => Ok(()),
    }
}

/// Drops the draft of somebody when it says this, but for white space at its ends.
pub(crate) fn forget_draft(
    connection: &Connection,
    user: &str,
    id: ConversationId,
    text: &str,
) -> Result<(), StoreError> {
    let id = current(connection, id)?;
    let draft: Option<String> = connection
        .prepare_cached("SELECT text FROM draft WHERE user = ?1 AND conversation_id = ?2")?
        .query_row((user, id.0), |row| row.get(0))
        .optional()?;
    if draft.is_some_and(|draft| draft.trim() == text.trim()) {
        connection
            .prepare_cached("DELETE FROM draft WHERE user = ?1 AND conversation_id = ?2")?
            .execute((user, id.0))?;
    }
    Ok(())
}
