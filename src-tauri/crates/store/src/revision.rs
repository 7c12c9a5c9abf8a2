//! Tables `edit`, `deletion` and `reaction`: what was done to a message after it was sent. Each may come before the
//! message itself, so they are kept by its wamid and joined when it is read.

use crate::{StoreError, change_log, message, number, search, storage, words};
use rusqlite::Connection;
use twinbox_domain::{Change, DeletionFact, Direction, EditFact, Millis, OutboxId, ReactionFact, Wamid};

/// Columns for a message `m`: `edited_content`, `edited_at_ms`, `is_deleted`, `reaction_in`, `reaction_out`.
///
/// WhatsApp tells times in full seconds. Of several emojis of ours in one, the last is that of the latest item, whose id is a
/// time (UUID version 7). Both are put before the emoji, as wide as they get, and what is greatest is cut off behind them.
pub(crate) const COLUMNS: &str = "
    (SELECT content FROM edit WHERE number_id = m.number_id AND wamid = m.wamid ORDER BY at_ms DESC LIMIT 1)
        AS edited_content,
    (SELECT max(at_ms) FROM edit WHERE number_id = m.number_id AND wamid = m.wamid) AS edited_at_ms,
    EXISTS (SELECT 1 FROM deletion WHERE number_id = m.number_id AND wamid = m.wamid) AS is_deleted,
    (SELECT substr(max(printf('%012d%36s%s', at_ms / 1000, item, emoji)), 49) FROM reaction
        WHERE number_id = m.number_id AND wamid = m.wamid AND side = 'in') AS reaction_in,
    (SELECT substr(max(printf('%012d%36s%s', at_ms / 1000, item, emoji)), 49) FROM reaction
        WHERE number_id = m.number_id AND wamid = m.wamid AND side = 'out') AS reaction_out";

/// A message was changed. Of two edits in one second, the same one wins in whatever order they come.
pub(crate) fn apply_edit(connection: &Connection, fact: &EditFact) -> Result<(), StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    let changed = connection
        .prepare_cached(
            "INSERT INTO edit (number_id, wamid, at_ms, content) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (number_id, wamid, at_ms) DO UPDATE SET content = excluded.content
             WHERE excluded.content > content",
        )?
        .execute((number, fact.wamid.as_str(), fact.at.0, words::to_json(&fact.content)?))?;
    tell_if(connection, changed, number, &fact.wamid, Words::Others)
}

/// A message was deleted.
pub(crate) fn apply_deletion(connection: &Connection, fact: &DeletionFact) -> Result<(), StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    let changed = connection
        .prepare_cached("INSERT INTO deletion (number_id, wamid, at_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute((number, fact.wamid.as_str(), fact.at.0))?;
    if changed > 0 {
        message::log_quotes_of(connection, number, &fact.wamid)?;
        storage::forget_files(connection, number, &fact.wamid)?;
    }
    tell_if(connection, changed, number, &fact.wamid, Words::Others)
}

/// An emoji was put on a message, changed or taken away; the latest counts.
pub(crate) fn apply_reaction(connection: &Connection, fact: &ReactionFact) -> Result<(), StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    react(connection, number, (&fact.wamid, fact.from), &fact.emoji, fact.at, "")
}

/// An outbox item did so.
pub(crate) fn item_reacted(
    connection: &Connection,
    number: i64,
    item: OutboxId,
    (wamid, emoji): (&Wamid, &str),
    at: Millis,
) -> Result<(), StoreError> {
    react(
        connection,
        number,
        (wamid, Direction::Out),
        emoji,
        at,
        &item.to_string(),
    )
}

fn react(
    connection: &Connection,
    number: i64,
    (wamid, side): (&Wamid, Direction),
    emoji: &str,
    at: Millis,
    item: &str,
) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached(
            "INSERT INTO reaction (number_id, wamid, side, at_ms, emoji, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO NOTHING",
        )?
        .execute((number, wamid.as_str(), side.as_str(), at.0, emoji, item))?;
    tell_if(connection, changed, number, wamid, Words::Same)
}

/// What the item put on its message was put there at this time, at the latest.
pub(crate) fn item_reacted_no_later(
    connection: &Connection,
    number: i64,
    item: OutboxId,
    wamid: &Wamid,
    at: Millis,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE reaction SET at_ms = ?4
             WHERE number_id = ?1 AND wamid = ?2 AND side = 'out' AND item = ?3 AND at_ms > ?4",
        )?
        .execute((number, wamid.as_str(), item.to_string(), at.0))?;
    Ok(())
}

/// What the item was to put on its message never came there.
pub(crate) fn take_back(connection: &Connection, number: i64, item: OutboxId, wamid: &Wamid) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM reaction WHERE number_id = ?1 AND wamid = ?2 AND side = 'out' AND item = ?3")?
        .execute((number, wamid.as_str(), item.to_string()))?;
    Ok(())
}

/// Which words a message is found by after a change.
#[derive(PartialEq, Eq)]
enum Words {
    /// Those of before.
    Same,
    /// Others, or none.
    Others,
}

/// If anything changed and the message is here: it is indexed anew when its words are others, and the change is logged.
fn tell_if(
    connection: &Connection,
    changed: usize,
    number: i64,
    wamid: &Wamid,
    words: Words,
) -> Result<(), StoreError> {
    if changed == 0 {
        return Ok(());
    }
    let Some(message) = message::by_wamid(connection, number, wamid)? else {
        return Ok(());
    };
    if words == Words::Others {
        search::index_messages(connection, &[message])?;
    }
    let conversation = message::conversation_of(connection, message)?;
    change_log::log(connection, Change::Message(conversation, message))
}
