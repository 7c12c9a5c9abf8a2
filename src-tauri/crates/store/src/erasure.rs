//! Tables `erasure` and `doomed`: raw webhooks that name people who were erased.
//!
//! To look through all of them takes long, so a task of the engine does it after the erasure, a slice at a time
//! ([`Store::forget_named`]). Until then the ids stand in `erasure`: a stop or a crash loses nothing but time. A webhook that
//! is still to be applied, or has messages that are held back, may tell of others, too: it goes when that is over, which
//! takes in nothing of who was erased.

use crate::{
    Store, StoreError,
    erase::{forget_unchangeable, overwriting},
    retention,
};
use rusqlite::Connection;
use twinbox_domain::JournalId;

/// Bytes of raw webhooks that are looked through in one read.
const LOOKED_AT_BYTES: i64 = 4 * 1024 * 1024;

/// Webhooks that may go in one commit.
const SLICE: u32 = 100;

/// Webhooks after `?1` up to `?2`, and whether each names somebody that it was not looked through for yet.
const NAMED: &str = "SELECT j.id, length(j.body),
        EXISTS (SELECT 1 FROM erasure e WHERE j.id > e.looked_up_to AND j.id <= e.last
            AND instr(j.body, CAST(e.written AS BLOB)) > 0)
    FROM journal j WHERE j.id > ?1 AND j.id <= ?2 ORDER BY j.id";

/// What came of looking at one slice.
struct Looked {
    /// The last id that was looked for.
    erasure: i64,
    up_to: i64,
    found: Vec<JournalId>,
}

/// From now on raw webhooks are looked through for an id, in one way it is written.
pub(crate) fn begin(connection: &Connection, written: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO erasure (written, looked_up_to, last) VALUES (?1, 0, (SELECT coalesce(max(id), 0) FROM journal))",
        )?
        .execute([written])?;
    Ok(())
}

/// A webhook that came later names somebody who was erased.
pub(crate) fn doom(connection: &Connection, journal: JournalId) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO doomed (journal_id) VALUES (?1)")?
        .execute([journal.0])?;
    Ok(())
}

impl Store {
    /// Looks through one slice of the raw webhooks for people who were erased, and forgets some of those that name them.
    /// `false`: nothing more can be done now.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn forget_named(&self) -> Result<bool, StoreError> {
        let looked = self.connections.read(look).await?;
        let looks_on = looked.is_some();
        if let Some(looked) = looked {
            self.connections
                .write(move |connection| overwriting(connection, || note(connection, &looked)))
                .await?;
        }
        let waiting = self.connections.waiting();
        let goes_on = self
            .connections
            .write(move |connection| {
                forget_unchangeable(connection)?;
                let due = due(connection)?;
                if due.is_empty() {
                    return Ok(false);
                }
                overwriting(connection, || {
                    let is_full = due.len() == SLICE as usize;
                    let stopped = retention::forget_bodies(connection, due, &waiting)?;
                    connection
                        .prepare_cached(
                            "DELETE FROM doomed WHERE (SELECT length(body) FROM journal WHERE id = journal_id) = 0",
                        )?
                        .execute([])?;
                    Ok(is_full || stopped.is_some())
                })
            })
            .await?;
        Ok(looks_on || goes_on)
    }
}

/// `None`: there is nobody to be looked for.
fn look(connection: &Connection) -> Result<Option<Looked>, StoreError> {
    let (erasure, after, last): (Option<i64>, Option<i64>, Option<i64>) = connection
        .prepare_cached("SELECT max(id), min(looked_up_to), max(last) FROM erasure")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let (Some(erasure), Some(after), Some(last)) = (erasure, after, last) else {
        return Ok(None);
    };
    let mut looked = Looked {
        erasure,
        up_to: last,
        found: Vec::new(),
    };
    let mut statement = connection.prepare_cached(NAMED)?;
    let mut rows = statement.query((after, last))?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if row.get(2)? {
            looked.found.push(JournalId(id));
        }
        bytes += row.get::<_, i64>(1)?;
        if bytes >= LOOKED_AT_BYTES {
            looked.up_to = id;
            break;
        }
    }
    Ok(Some(looked))
}

fn note(connection: &Connection, looked: &Looked) -> Result<(), StoreError> {
    for id in &looked.found {
        doom(connection, *id)?;
    }
    // Whoever was erased meanwhile was not looked for.
    connection
        .prepare_cached("UPDATE erasure SET looked_up_to = max(looked_up_to, ?2) WHERE id <= ?1")?
        .execute((looked.erasure, looked.up_to))?;
    connection
        .prepare_cached("DELETE FROM erasure WHERE looked_up_to >= last")?
        .execute([])?;
    Ok(())
}

/// Of those that are to go, some that nothing is read from again.
fn due(connection: &Connection) -> Result<Vec<JournalId>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT journal_id FROM doomed JOIN journal j ON j.id = journal_id
         WHERE j.state IN ('applied', 'parked') AND journal_id NOT IN (SELECT journal_id FROM held) LIMIT ?1",
    )?;
    let rows = statement.query_map([SLICE], |row| row.get(0).map(JournalId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn raw_webhooks_are_looked_through_once_in_their_order() {
        let named = plan(NAMED);
        assert!(
            named.contains("SEARCH j USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"),
            "{named}"
        );
        assert!(!named.contains("TEMP B-TREE"), "{named}");
    }
}
