//! What the team does with conversations: columns `state`, `snoozed_until_ms`, `assignee` and `heard_seq` of table
//! `conversation`.

use crate::{
    Store, StoreError, change_log,
    conversation::{current, refresh},
    named_row::NamedRow,
};
use rusqlite::Connection;
use twinbox_domain::{Change, ConversationId, ConversationState, Millis, Seq};

/// How many open and pending conversations somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// A colleague's name; empty for nobody.
    pub assignee: String,
    /// How many.
    pub conversations: u64,
}

const NEXT_WAKE: &str = "SELECT min(snoozed_until_ms) FROM conversation WHERE state = 'snoozed'";
const WAKING: &str = "SELECT id FROM conversation WHERE state = 'snoozed' AND snoozed_until_ms <= ?1 LIMIT ?2";

impl Store {
    /// What is to be done about these conversations. Those in which a customer wrote after the change `seen` stay as they are;
    /// says how many.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_state(
        &self,
        ids: Vec<ConversationId>,
        state: ConversationState,
        seen: Option<Seq>,
    ) -> Result<usize, StoreError> {
        self.connections
            .write(move |connection| {
                let mut stay = 0;
                for id in ids {
                    match seen {
                        Some(seen) if is_heard_since(connection, id, seen)? => stay += 1,
                        _ => set_state(connection, id, state)?,
                    }
                }
                Ok(stay)
            })
            .await
    }

    /// Who is to deal with these conversations; empty for nobody.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn assign(&self, ids: Vec<ConversationId>, assignee: String) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                for id in ids {
                    let id = current(connection, id)?;
                    let changed = connection
                        .prepare_cached("UPDATE conversation SET assignee = ?2 WHERE id = ?1 AND assignee <> ?2")?
                        .execute((id.0, &assignee))?;
                    if changed > 0 {
                        change_log::log(connection, Change::Conversation(id))?;
                    }
                }
                Ok(())
            })
            .await
    }

    /// The last thing the customer said, if anything, has not been seen.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn mark_unread(&self, id: ConversationId) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let id = current(connection, id)?;
                forget_seen(connection, id)?;
                refresh(connection, id)?;
                change_log::log(connection, Change::Conversation(id))
            })
            .await
    }

    /// When the next snoozed conversation is to be open again; `None`: there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_wake_at(&self) -> Result<Option<Millis>, StoreError> {
        self.connections
            .read(|connection| {
                let at: Option<i64> = connection.prepare_cached(NEXT_WAKE)?.query_row([], |row| row.get(0))?;
                Ok(at.map(Millis))
            })
            .await
    }

    /// Opens at most `limit` conversations whose time has come, as unread ones. How many it were.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn wake_snoozed(&self, now: Millis, limit: u32) -> Result<usize, StoreError> {
        self.connections
            .write(move |connection| {
                let ids: Vec<ConversationId> = connection
                    .prepare_cached(WAKING)?
                    .query_map((now.0, limit), |row| row.get(0).map(ConversationId))?
                    .collect::<Result<_, _>>()?;
                for id in &ids {
                    forget_seen(connection, *id)?;
                    set_state(connection, *id, ConversationState::Open)?;
                }
                Ok(ids.len())
            })
            .await
    }
}

/// By the log, in which what clients have seen ends somewhere; an id alone does not tell, since what arrives late may stand
/// far up. A line about a message of the customer's tells nothing either: what we do with it, as a reaction of ours, makes one, too.
fn is_heard_since(connection: &Connection, id: ConversationId, seen: Seq) -> Result<bool, StoreError> {
    let id = current(connection, id)?;
    Ok(connection
        .prepare_cached("SELECT 1 FROM conversation WHERE id = ?1 AND heard_seq > ?2")?
        .exists((id.0, seen.0))?)
}

fn set_state(connection: &Connection, id: ConversationId, state: ConversationState) -> Result<(), StoreError> {
    let id = current(connection, id)?;
    let until = match state {
        ConversationState::Snoozed { until } => until.0,
        _ => 0,
    };
    let changed = connection
        .prepare_cached(
            "UPDATE conversation SET state = ?2, snoozed_until_ms = ?3
             WHERE id = ?1 AND (state, snoozed_until_ms) <> (?2, ?3)",
        )?
        .execute((id.0, state.as_str(), until))?;
    if changed > 0 {
        refresh(connection, id)?;
        change_log::log(connection, Change::Conversation(id))?;
    }
    Ok(())
}

/// A customer wrote what is logged next: whatever was decided before, there is something to do. Its list columns are left to the
/// caller.
pub(crate) fn heard(connection: &Connection, id: ConversationId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE conversation SET state = 'open', snoozed_until_ms = 0 WHERE id = ?1 AND state <> 'open'",
        "UPDATE conversation SET heard_seq = 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change_log'), 0)
         WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id.0])?;
    }
    Ok(())
}

fn forget_seen(connection: &Connection, id: ConversationId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE conversation SET read_up_to = min(read_up_to, coalesce(
                 (SELECT max(id) - 1 FROM message WHERE conversation_id = ?1 AND origin = 'customer'), read_up_to))
             WHERE id = ?1",
        )?
        .execute([id.0])?;
    Ok(())
}

/// What a conversation brings along into the one it becomes part of: what is to be done stays to be done, and as soon as it
/// was to be done in either.
pub(crate) const MERGE: [&str; 4] = [
    "UPDATE conversation SET assignee = (SELECT assignee FROM conversation WHERE id = ?1) WHERE id = ?2 AND assignee = ''",
    "UPDATE conversation SET (state, snoozed_until_ms) = (
         SELECT state, snoozed_until_ms FROM conversation WHERE id IN (?1, ?2)
         ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'pending' THEN 1 WHEN 'snoozed' THEN 2 ELSE 3 END, snoozed_until_ms
         LIMIT 1)
     WHERE id = ?2",
    "UPDATE OR IGNORE conversation_label SET conversation_id = ?2,
         last_at_ms = (SELECT last_at_ms FROM conversation WHERE id = ?2) WHERE conversation_id = ?1",
    // Two drafts of one person become one, in this order in the window, too, and a note if either was.
    "INSERT INTO draft (user, conversation_id, text, is_note)
         SELECT user, ?2, text, is_note FROM draft WHERE conversation_id = ?1
         ON CONFLICT (user, conversation_id) DO UPDATE SET
             text = excluded.text || char(10) || draft.text, is_note = max(draft.is_note, excluded.is_note)",
];

/// Everybody with something to do.
pub(crate) fn workloads(connection: &Connection) -> Result<Vec<Workload>, StoreError> {
    by_name(
        connection,
        "SELECT assignee, conversations FROM workload WHERE conversations > 0",
    )
}

/// Everybody who is called in a note.
pub(crate) fn mentioned(connection: &Connection) -> Result<Vec<Workload>, StoreError> {
    by_name(connection, MENTIONED)
}

/// Only of what is on the desk, so that there are few.
const MENTIONED: &str = "SELECT name, count(*) FROM conversation_mention WHERE is_active = 1 GROUP BY name";

fn by_name(connection: &Connection, sql: &str) -> Result<Vec<Workload>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Workload {
            assignee: row.get(0)?,
            conversations: row.get::<_, i64>(1)?.unsigned_abs(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads a row with `state` and `snoozed_until_ms`.
pub(crate) fn read_state(row: &NamedRow<'_>) -> Result<ConversationState, StoreError> {
    let word: String = row.get("state")?;
    let until = Millis(row.get("snoozed_until_ms")?);
    ConversationState::from_word(&word, until).ok_or(StoreError::UnknownWord(word))
}

/// Columns of [`read_state`], the assignee, its labels and whom its notes call.
pub(crate) const COLUMNS: &str = "c.state, c.snoozed_until_ms, c.assignee,
    (SELECT json_group_array(label_id) FROM conversation_label WHERE conversation_id = c.id) AS labels,
    (SELECT json_group_array(name) FROM conversation_mention WHERE conversation_id = c.id) AS mentions";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn who_is_called_is_counted_by_the_index_alone() {
        let plan = plan(MENTIONED);
        assert!(plan.contains("COVERING INDEX conversation_mention_active"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }

    #[test]
    fn whose_time_has_come_is_found_by_the_index() {
        for sql in [NEXT_WAKE, WAKING] {
            let plan = plan(sql);
            assert!(plan.contains("conversation_wakes"), "{plan}");
        }
    }
}
