//! Table `preference`: what messages people want.

use crate::{StoreError, change_log, conversation, number, person};
use rusqlite::Connection;
use twinbox_domain::{Change, JournalId, PersonId, PreferenceFact};

/// For a conversation `c`: whether its person wants no marketing messages from its number.
pub(crate) const STOPS_MARKETING: &str = "EXISTS (SELECT 1 FROM preference WHERE person_id = c.person_id
    AND number_id = c.number_id AND category = 'marketing_messages' AND is_stopped = 1) AS stops_marketing";

/// The latest word counts. `false`: it names nobody.
pub(crate) fn apply(connection: &Connection, id: JournalId, fact: &PreferenceFact) -> Result<bool, StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    let Some(person) = person::resolve(connection, &fact.person, fact.at)? else {
        return Ok(false);
    };
    connection
        .prepare_cached(
            "INSERT INTO preference (person_id, number_id, category, is_stopped, at_ms, told_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (person_id, number_id, category) DO UPDATE SET
                 is_stopped = excluded.is_stopped, at_ms = excluded.at_ms, told_by = excluded.told_by
             WHERE (excluded.at_ms, excluded.told_by, excluded.is_stopped) > (at_ms, told_by, is_stopped)",
        )?
        .execute((person.0, number, &fact.category, fact.is_stopped, fact.at.0, id.0))?;
    for conversation in conversation::of_person(connection, person)? {
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(true)
}

/// `from` turned out to be `into`.
pub(crate) fn merge(connection: &Connection, from: PersonId, into: PersonId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO preference (person_id, number_id, category, is_stopped, at_ms, told_by)
             SELECT ?2, number_id, category, is_stopped, at_ms, told_by FROM preference WHERE person_id = ?1
             ON CONFLICT (person_id, number_id, category) DO UPDATE SET
                 is_stopped = excluded.is_stopped, at_ms = excluded.at_ms, told_by = excluded.told_by
             WHERE (excluded.at_ms, excluded.told_by, excluded.is_stopped) > (at_ms, told_by, is_stopped)",
        )?
        .execute((from.0, into.0))?;
    connection
        .prepare_cached("DELETE FROM preference WHERE person_id = ?1")?
        .execute([from.0])?;
    Ok(())
}
