//! Table `pair`: how often each person may be written to. The rules are `twinbox_domain::Pair`'s; the outbox asks for
//! them in the commit that begins or ends an attempt.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Millis, OutboxId, Pair};

/// Whether the person of the item `o` may be written to at `?2`; `?4` is the longest wait there is.
pub(crate) const IS_OPEN: &str = "NOT EXISTS (SELECT 1 FROM pair p WHERE p.conversation_id = o.conversation_id
    AND p.closed_from_ms <= ?2 AND p.closed_until_ms BETWEEN ?2 + 1 AND ?2 + ?4)";

/// Changes what is counted of the item's person.
pub(crate) fn update(
    connection: &Connection,
    id: OutboxId,
    change: impl FnOnce(Pair) -> Pair,
) -> Result<(), StoreError> {
    let conversation = connection
        .prepare_cached("SELECT conversation_id FROM outbox WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(conversation) = conversation else {
        return Ok(());
    };
    let pair = change(of(connection, conversation)?);
    connection
        .prepare_cached(
            "INSERT INTO pair (conversation_id, closed_from_ms, closed_until_ms, in_burst, refusals)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (conversation_id) DO UPDATE SET closed_from_ms = ?2, closed_until_ms = ?3, in_burst = ?4,
                 refusals = ?5",
        )?
        .execute((
            conversation,
            pair.closed_from.0,
            pair.closed_until.0,
            pair.in_burst,
            pair.refusals,
        ))?;
    Ok(())
}

fn of(connection: &Connection, conversation: i64) -> Result<Pair, StoreError> {
    let known = connection
        .prepare_cached(
            "SELECT closed_from_ms, closed_until_ms, in_burst, refusals FROM pair WHERE conversation_id = ?1",
        )?
        .query_row([conversation], |row| {
            Ok(Pair {
                closed_from: Millis(row.get(0)?),
                closed_until: Millis(row.get(1)?),
                in_burst: row.get(2)?,
                refusals: row.get(3)?,
            })
        })
        .optional()?;
    Ok(known.unwrap_or_default())
}
