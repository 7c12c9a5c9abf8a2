//! Outbox items that put an emoji on a message. They have no message of their own: the one they are on shows how far they are.
//!
//! Whether the emoji is there follows from all that is told of the wamid under which Meta took it, in whatever order that
//! comes. What is told of an attempt that failed says nothing of the one that a person asks for afterwards.

use super::set_accepted;
use crate::{StoreError, change_log, receipt, receipt::Failure, revision, words::from_json};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, ConversationId, MessageId, Millis, OutboxId, Payload, Wamid};

/// What an item puts on which message.
pub(super) struct Reaction {
    number: i64,
    to: Wamid,
    emoji: String,
}

/// `None`: the item is no reaction.
pub(super) fn of(connection: &Connection, id: OutboxId) -> Result<Option<Reaction>, StoreError> {
    let item: Option<(i64, String)> = connection
        .prepare_cached("SELECT number_id, payload FROM outbox WHERE id = ?1 AND reacts_to != ''")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((number, payload)) = item else { return Ok(None) };
    Ok(match from_json(&payload)? {
        Payload::Reaction { to, emoji } => Some(Reaction { number, to, emoji }),
        _ => None,
    })
}

/// Meta's answer at `at`, or a status of that time, says that Meta took it under this wamid.
pub(super) fn taken(
    connection: &Connection,
    id: OutboxId,
    reaction: &Reaction,
    wamid: &Wamid,
    at: Millis,
) -> Result<(), StoreError> {
    let Reaction { number, to, emoji } = reaction;
    if let Some(failure) = receipt::failure(connection, *number, wamid)? {
        return failed(connection, id, reaction, wamid, &failure);
    }
    // The clock of this machine may be ahead: another emoji, of the phone's, is later then.
    let at = receipt::first_told(connection, *number, wamid)?.map_or(at, |told| told.min(at));
    if set_accepted(connection, id, at)? {
        revision::item_reacted(connection, *number, id, (to, emoji), at)?;
    }
    connection
        .prepare_cached("UPDATE outbox SET taken_as = ?2 WHERE id = ?1")?
        .execute((id.to_string(), wamid.as_str()))?;
    revision::item_reacted_no_later(connection, *number, id, to, at)
}

/// It was not delivered, is not on its message, and can be tried again.
fn failed(
    connection: &Connection,
    id: OutboxId,
    reaction: &Reaction,
    wamid: &Wamid,
    failure: &Failure,
) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE outbox SET state = 'wedged', state_since_ms = ?3, code = ?4, reason = ?5, held_at_ms = 0, taken_as = ?2
             WHERE id = ?1 AND CASE state
                 WHEN 'cancelled' THEN 0
                 WHEN 'wedged' THEN taken_as = ?2
                 WHEN 'accepted' THEN taken_as IN ('', ?2)
                 -- It waits to be tried again, or is on its way so.
                 ELSE taken_as <> ?2 END",
        )?
        .execute((
            id.to_string(),
            wamid.as_str(),
            failure.at.0,
            failure.code,
            &failure.title,
        ))?;
    if changed > 0 {
        revision::take_back(connection, reaction.number, id, &reaction.to)?;
    }
    Ok(())
}

/// A person says that it was sent, if it is a reaction.
pub(super) fn settled(connection: &Connection, id: OutboxId, at: Millis) -> Result<(), StoreError> {
    match of(connection, id)? {
        Some(Reaction { number, to, emoji }) => revision::item_reacted(connection, number, id, (&to, &emoji), at),
        None => Ok(()),
    }
}

/// The message that it is on shows how far it is.
pub(super) fn log(connection: &Connection, id: OutboxId) -> Result<(), StoreError> {
    let on = connection
        .prepare_cached(
            "SELECT m.conversation_id, m.id FROM outbox o
             JOIN message m ON m.number_id = o.number_id AND m.wamid = o.reacts_to
             WHERE o.id = ?1 AND o.reacts_to != ''",
        )?
        .query_row([id.to_string()], |row| {
            Ok((ConversationId(row.get(0)?), MessageId(row.get(1)?)))
        })
        .optional()?;
    match on {
        Some((conversation, message)) => change_log::log(connection, Change::Message(conversation, message)),
        None => Ok(()),
    }
}
