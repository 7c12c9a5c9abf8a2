//! Table `preference`: what messages people want.

use crate::{StoreError, alias, change_log, conversation, number, person};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, ConversationId, JournalId, Millis, NO_MARKETING, OutboxId, PreferenceFact, StatusFact};

/// Meta's word for what [`STOPS_MARKETING`] looks at.
const MARKETING: &str = "marketing_messages";

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
    let Some(told) = alias::tell(connection, &fact.person, fact.at)? else {
        return Ok(false);
    };
    keep(
        connection,
        (told.alias, number),
        &fact.category,
        fact.is_stopped,
        (fact.at, id),
    )?;
    for conversation in conversation::of_person(connection, told.person)? {
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(true)
}

/// A message failed because its person wants no marketing messages: they may have said so where no webhook told of it.
pub(crate) fn told_by_failure(connection: &Connection, id: JournalId, fact: &StatusFact) -> Result<(), StoreError> {
    if fact.error.as_ref().is_none_or(|error| error.code != NO_MARKETING) {
        return Ok(());
    }
    let stopped = PreferenceFact {
        number: fact.number.clone(),
        person: fact.person.clone(),
        category: MARKETING.to_owned(),
        is_stopped: true,
        at: fact.at,
    };
    apply(connection, id, &stopped).map(drop)
}

/// The same, of a message that was refused at once.
pub(crate) fn told_by_refusal(
    connection: &Connection,
    id: OutboxId,
    code: Option<i64>,
    at: Millis,
) -> Result<(), StoreError> {
    if code != Some(NO_MARKETING) {
        return Ok(());
    }
    let refused = connection
        .prepare_cached("SELECT number_id, conversation_id, alias_id FROM message WHERE outbox_id = ?1")?
        .query_row([id.to_string()], |row| {
            Ok((row.get(0)?, ConversationId(row.get(1)?), row.get::<_, Option<i64>>(2)?))
        })
        .optional()?;
    let Some((number, conversation, known)) = refused else {
        return Ok(());
    };
    let alias = match known {
        Some(alias) => Some(alias),
        None => person::alias_of_conversation(connection, conversation)?,
    };
    if let Some(alias) = alias {
        keep(connection, (alias, number), MARKETING, true, (at, JournalId(0)))?;
    }
    change_log::log(connection, Change::Conversation(conversation))
}

fn keep(
    connection: &Connection,
    (alias, number): (i64, i64),
    category: &str,
    is_stopped: bool,
    (at, by): (Millis, JournalId),
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO preference (alias_id, number_id, category, is_stopped, at_ms, told_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (alias_id, number_id, category) DO UPDATE SET
                 is_stopped = excluded.is_stopped, at_ms = excluded.at_ms, told_by = excluded.told_by
             WHERE (excluded.at_ms, excluded.told_by, excluded.is_stopped) > (at_ms, told_by, is_stopped)",
        )?
        .execute((alias, number, category, is_stopped, at.0, by.0))?;
    Ok(())
}
