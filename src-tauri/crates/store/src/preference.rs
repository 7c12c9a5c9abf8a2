//! Table `preference`: what messages people want.

use crate::{StoreError, alias, change_log, conversation, number};
use rusqlite::Connection;
use twinbox_domain::{Change, JournalId, PreferenceFact};

/// For a conversation `c`: whether its person wants no marketing messages from its number.
pub(crate) const STOPS_MARKETING: &str = "EXISTS (
    SELECT 1 FROM alias a CROSS JOIN preference w
        ON w.alias_id = a.id AND w.number_id = c.number_id AND w.category = 'marketing_messages'
    WHERE a.person_id = c.person_id AND w.is_stopped = 1 AND NOT EXISTS (
        SELECT 1 FROM alias b CROSS JOIN preference v
            ON v.alias_id = b.id AND v.number_id = c.number_id AND v.category = 'marketing_messages'
        WHERE b.person_id = c.person_id AND v.is_stopped = 0 AND (v.at_ms, v.told_by) > (w.at_ms, w.told_by)))
    AS stops_marketing";

/// The latest word counts. `false`: it names nobody.
pub(crate) fn apply(connection: &Connection, id: JournalId, fact: &PreferenceFact) -> Result<bool, StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    let Some(told) = alias::tell(connection, &fact.person, None, fact.at)? else {
        return Ok(false);
    };
    connection
        .prepare_cached(
            "INSERT INTO preference (alias_id, number_id, category, is_stopped, at_ms, told_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (alias_id, number_id, category) DO UPDATE SET
                 is_stopped = excluded.is_stopped, at_ms = excluded.at_ms, told_by = excluded.told_by
             WHERE (excluded.at_ms, excluded.told_by, excluded.is_stopped) > (at_ms, told_by, is_stopped)",
        )?
        .execute((told.alias, number, &fact.category, fact.is_stopped, fact.at.0, id.0))?;
    for conversation in conversation::of_person(connection, told.person)? {
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(true)
}
