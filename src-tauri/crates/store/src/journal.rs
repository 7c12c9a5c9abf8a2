//! Table `journal`: every genuine webhook, raw, before anything else happens to it.

use crate::{
    Store, StoreError, change_log,
    counter::{self, Counter},
    evidence::Arrival,
};
use rusqlite::Connection;
use twinbox_domain::{Change, JournalId, Millis};

/// Bytes of bodies after which a batch of pending webhooks ends. A history has bodies of 3 MB, and what they say takes many
/// times that in memory; small ones are read by their number.
const BATCH_BYTES: usize = 2 * 1024 * 1024;

/// What a webhook waits for. Facts give the same rows in any order, so neither has to wait for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalLane {
    /// What happens now.
    Live,
    /// Much at once that is not new: a piece of the history, the phone's contacts.
    Bulk,
}

impl JournalLane {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Bulk => "bulk",
        }
    }
}

/// A raw webhook waiting to be applied.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its place in the journal.
    pub id: JournalId,
    /// When it arrived.
    pub received_at: Millis,
    /// The bytes as received.
    pub body: Vec<u8>,
}

impl Store {
    /// Commits a raw body. Only after this may the webhook be answered 200.
    ///
    /// # Errors
    /// When the write cannot be made durable; the sender then has to try again.
    pub async fn append_to_journal(
        &self,
        lane: JournalLane,
        body: Vec<u8>,
        received_at: Millis,
    ) -> Result<JournalId, StoreError> {
        self.connections
            .write(move |connection| {
                connection
                    .prepare_cached(
                        "INSERT INTO journal (received_at_ms, body, state, is_counted, lane) VALUES (?1, ?2, 'pending', 0, ?3)",
                    )?
                    .execute((received_at.0, body, lane.as_str()))?;
                Ok(JournalId(connection.last_insert_rowid()))
            })
            .await
    }

    /// At most `limit` webhooks of a lane that were not applied yet, oldest first, after `after`; fewer when their bodies
    /// together have two megabytes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn pending_journal(
        &self,
        lane: JournalLane,
        after: JournalId,
        limit: u32,
    ) -> Result<Vec<JournalEntry>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement = connection.prepare_cached(PENDING)?;
                let mut rows = statement.query((lane.as_str(), after.0, limit))?;
                let (mut entries, mut bytes) = (Vec::new(), 0);
                while bytes < BATCH_BYTES
                    && let Some(row) = rows.next()?
                {
                    let body: Vec<u8> = row.get(2)?;
                    bytes += body.len();
                    entries.push(JournalEntry {
                        id: JournalId(row.get(0)?),
                        received_at: Millis(row.get(1)?),
                        body,
                    });
                }
                Ok(entries)
            })
            .await
    }

    /// How many webhooks were ever taken.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn journal_len(&self) -> Result<u64, StoreError> {
        self.connections
            .read(|connection| {
                let count: i64 = connection.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?;
                Ok(count.unsigned_abs())
            })
            .await
    }

    /// A reader of this version is at work: when the last one was another, what it could not read is pending again. Says
    /// how many webhooks that are. Applying the rest of them once more changes nothing.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn read_again_as(&self, version: u64) -> Result<u64, StoreError> {
        self.connections
            .write(move |connection| {
                if counter::value(connection, Counter::ReaderVersion)? == version {
                    return Ok(0);
                }
                counter::set(connection, Counter::ReaderVersion, version)?;
                read_again(connection)
            })
            .await
    }

    /// Everything that could not be read is pending again, whoever read it last. Says how many webhooks that are.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn read_again(&self) -> Result<u64, StoreError> {
        self.connections.write(read_again).await
    }

    /// Sets a webhook aside that cannot be read. It is kept and counted.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn park(&self, id: JournalId, because: String) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                connection
                    .prepare_cached("UPDATE journal SET state = 'parked', parked_because = ?2 WHERE id = ?1")?
                    .execute((id.0, because))?;
                change_log::log(connection, Change::Overview)
            })
            .await
    }
}

const PENDING: &str = "SELECT id, received_at_ms, body FROM journal
    WHERE state = 'pending' AND lane = ?1 AND id > ?2 ORDER BY id LIMIT ?3";

fn read_again(connection: &Connection) -> Result<u64, StoreError> {
    let webhooks = connection.execute(
        "UPDATE journal SET state = 'pending', parked_because = ''
         WHERE state = 'parked' OR id IN (SELECT journal_id FROM not_understood)",
        [],
    )?;
    connection.execute("DELETE FROM not_understood", [])?;
    change_log::log(connection, Change::Overview)?;
    Ok(webhooks as u64)
}

/// The webhook's facts are applied. Says when it arrived, and whether it was counted before.
pub(crate) fn mark_applied(connection: &Connection, id: JournalId) -> Result<Arrival, StoreError> {
    let arrival = arrival(connection, id)?;
    connection
        .prepare_cached("UPDATE journal SET state = 'applied', is_counted = 1 WHERE id = ?1")?
        .execute([id.0])?;
    Ok(arrival)
}

/// When it arrived, and whether it was applied before.
pub(crate) fn arrival(connection: &Connection, id: JournalId) -> Result<Arrival, StoreError> {
    Ok(connection
        .prepare_cached("SELECT received_at_ms, is_counted FROM journal WHERE id = ?1")?
        .query_row([id.0], |row| {
            Ok(Arrival {
                at: Millis(row.get(0)?),
                is_counted: row.get(1)?,
            })
        })?)
}

/// When a webhook arrived.
pub(crate) fn received_at(connection: &Connection, id: JournalId) -> Result<Millis, StoreError> {
    Ok(connection
        .prepare_cached("SELECT received_at_ms FROM journal WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(Millis))?)
}

/// When the last webhook arrived.
pub(crate) fn last_received_at(connection: &Connection) -> Result<Option<Millis>, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached(
            "SELECT max(received_at_ms) FROM (SELECT received_at_ms FROM journal ORDER BY id DESC LIMIT 1)",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(at.map(Millis))
}

/// How many webhooks, or parts of one, could not be read.
pub(crate) fn not_understood(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection
        .prepare_cached(
            "SELECT (SELECT count(*) FROM journal WHERE state = 'parked')
                 + (SELECT count(*) FROM not_understood WHERE reason <> '')",
        )?
        .query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Notes a message whose type could not be read. Its conversation shows it, so it is not counted.
pub(crate) fn note_shown_as_not_understood(
    connection: &Connection,
    id: JournalId,
    part: usize,
) -> Result<(), StoreError> {
    note_not_understood(connection, id, part, "messages", "")
}

/// Notes a part of a webhook that could not be read.
pub(crate) fn note_not_understood(
    connection: &Connection,
    id: JournalId,
    part: usize,
    field: &str,
    reason: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO not_understood (journal_id, part, field, reason) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (journal_id, part) DO UPDATE SET field = excluded.field, reason = excluded.reason",
        )?
        .execute((id.0, i64::try_from(part).unwrap_or(i64::MAX), field, reason))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_is_pending_is_found_along_an_index_of_its_lane_alone() {
        let plan = plan(PENDING);
        assert!(plan.contains("journal_pending (lane=? AND id>?)"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
