//! Table `held`: new messages that are shown only when the first synchronization is complete (P5).
//!
//! They are in the journal already. Here only is written which, and when they are to be shown, their webhooks are
//! applied again: facts are a join, so that everything else in those webhooks changes nothing.

use crate::{StoreError, change_log, number};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, JournalId, MessageFact, Telling};

/// Holds a new message back when its number is in its first synchronization. `true`: it is held, and is not applied now.
pub(crate) fn hold(connection: &Connection, fact: &MessageFact, journal: JournalId) -> Result<bool, StoreError> {
    if fact.telling != Telling::Live {
        return Ok(false);
    }
    let number = number::row_of(connection, &fact.number)?;
    if !is_holding(connection, number)? {
        return Ok(false);
    }
    // One that is shown already is only told better.
    let known = connection
        .prepare_cached("SELECT 1 FROM message WHERE number_id = ?1 AND wamid = ?2")?
        .query_row((number, fact.wamid.as_str()), |_| Ok(()))
        .optional()?;
    if known.is_some() {
        return Ok(false);
    }
    connection
        .prepare_cached("INSERT INTO held (number_id, wamid, journal_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute((number, fact.wamid.as_str(), journal.0))?;
    Ok(true)
}

fn is_holding(connection: &Connection, number: i64) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM connection WHERE number_id = ?1 AND is_holding = 1")?
        .query_row([number], |_| Ok(()))
        .optional()?
        .is_some())
}

/// Nothing of the number is held back any more. Says how many webhooks are pending again.
pub(crate) fn release(connection: &Connection, number: i64) -> Result<u64, StoreError> {
    connection
        .prepare_cached("UPDATE connection SET is_holding = 0 WHERE number_id = ?1")?
        .execute([number])?;
    let webhooks = connection
        .prepare_cached(
            "UPDATE journal SET state = 'pending' WHERE id IN (SELECT journal_id FROM held WHERE number_id = ?1)",
        )?
        .execute([number])?;
    connection
        .prepare_cached("DELETE FROM held WHERE number_id = ?1")?
        .execute([number])?;
    change_log::log(connection, Change::Overview)?;
    Ok(webhooks as u64)
}

/// The first synchronization of the number is over when its history is complete or will not come.
pub(crate) fn release_when_complete(connection: &Connection, number: i64) -> Result<u64, StoreError> {
    if !is_holding(connection, number)? {
        return Ok(0);
    }
    let complete = connection
        .prepare_cached(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM history_chunk WHERE number_id = ?1 AND percent = 100)
                 OR EXISTS (SELECT 1 FROM history_refusal WHERE number_id = ?1)",
        )?
        .query_row([number], |_| Ok(()))
        .optional()?;
    match complete {
        Some(()) => release(connection, number),
        None => Ok(0),
    }
}
