//! The column `turn` of table `outbox`: who is next, fair to every conversation.
//!
//! Of each conversation one item stands in line: the first of its best lane, while nothing of it is on the wire. When it has
//! gone the next one joins at the end, so that a conversation with many messages waits for each like everybody else, and
//! keeps its order. What waits behind another of its conversation costs the search for the next one nothing.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension};

/// In line at `?1`, the row of a number, in the order of their turns, and paused by nobody: one that is keeps its place.
pub(crate) const IN_LINE: &str = "o.number_id = ?1 AND o.turn > 0 AND o.held_at_ms = 0";

/// The states are said twice, since SQLite takes the partial index only for its own words.
const FIRST: &str = "SELECT position FROM outbox
    WHERE conversation_id = ?1 AND state = 'queued' AND state IN ('queued', 'in_flight', 'outcome_unknown')
        AND NOT EXISTS (SELECT 1 FROM outbox f WHERE f.conversation_id = ?1 AND f.state = 'in_flight'
            AND f.state IN ('queued', 'in_flight', 'outcome_unknown'))
    ORDER BY lane, position LIMIT 1";

const LEAVE: &str = "UPDATE outbox SET turn = 0 WHERE conversation_id = ?1 AND turn > 0 AND position IS NOT ?2";

const JOIN: &str = "UPDATE outbox SET turn = 1 + coalesce(
        (SELECT max(l.turn) FROM outbox l WHERE l.number_id = outbox.number_id AND l.lane = outbox.lane AND l.turn > 0), 0)
    WHERE position = ?1 AND turn = 0";

/// After every change of what a conversation has in the queue: the right one stands in line.
pub(crate) fn settle(connection: &Connection, conversation: i64) -> Result<(), StoreError> {
    let first: Option<i64> = connection
        .prepare_cached(FIRST)?
        .query_row([conversation], |row| row.get(0))
        .optional()?;
    connection.prepare_cached(LEAVE)?.execute((conversation, first))?;
    if let Some(first) = first {
        connection.prepare_cached(JOIN)?.execute([first])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn the_line_is_kept_without_looking_at_the_whole_queue() {
        for (sql, index) in [
            (FIRST, "outbox_conversation"),
            (LEAVE, "outbox_first"),
            (JOIN, "outbox_line"),
        ] {
            let plan = plan(sql);
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
