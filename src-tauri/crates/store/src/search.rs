//! Tables `message_words` and `person_words`: what is searched. Kept right in the transaction that changes a message or
//! a person; what was there before the tables is put in by [`Store::index_backlog`], a slice at a time.
//!
//! What a text is cut into is decided in `twinbox-domain` (`search`). Deleted messages have no words.

mod backlog;
mod find;
mod forget;
mod merge;

pub use find::{FoundMessage, SearchFilters};
pub use forget::WordsLeft;
pub(crate) use forget::{Forgotten, words_went};

use crate::{StoreError, message, person};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{MessageId, Millis, PersonId, index_digits, index_words};

/// Bits of a key that say which message. More than a billion messages are not in one store.
const ID_BITS: u32 = 30;
const ID_MASK: i64 = (1 << ID_BITS) - 1;
/// The latest second a key can hold, in the year 2242.
const LAST_SECOND: i64 = (1 << 33) - 1;

/// Where a message stands in the index: by the second, then by arrival.
fn key(at: Millis, id: MessageId) -> i64 {
    let second = at.0.div_euclid(1000).clamp(0, LAST_SECOND);
    (second << ID_BITS) | (id.0 & ID_MASK)
}

struct Entry {
    key: i64,
    words: String,
    tags: String,
}

/// Puts the newest words of these messages into the index, in place of what it holds of them at their time.
pub(crate) fn index_messages(connection: &Connection, ids: &[MessageId]) -> Result<(), StoreError> {
    let mut entries = Vec::with_capacity(ids.len());
    for id in ids {
        entries.extend(entry(connection, *id)?);
    }
    // Rising keys are one write to the index; each that falls is one more.
    entries.sort_by_key(|entry| entry.key);
    entries.dedup_by_key(|entry| entry.key);
    let mut take_out = connection.prepare_cached("DELETE FROM message_words WHERE rowid = ?1")?;
    let mut put_in = connection.prepare_cached("INSERT INTO message_words (rowid, words, tags) VALUES (?1, ?2, ?3)")?;
    for Entry { key, words, tags } in entries {
        take_out.execute([key])?;
        if !tags.is_empty() {
            put_in.execute((key, words, tags))?;
        }
    }
    Ok(())
}

/// What the index is to hold of a message; no tags: nothing. `None`: it is gone.
fn entry(connection: &Connection, id: MessageId) -> Result<Option<Entry>, StoreError> {
    let row = connection
        .prepare_cached(
            "SELECT m.at_ms, m.number_id, m.conversation_id,
                 -- What the history tells of the customer is the customer's as well.
                 m.origin || CASE WHEN m.origin = 'history' AND m.direction = 'in' THEN ' ocustomer' ELSE '' END,
                 EXISTS (SELECT 1 FROM deletion WHERE number_id = m.number_id AND wamid = m.wamid),
                 m.content,
                 (SELECT content FROM edit WHERE number_id = m.number_id AND wamid = m.wamid
                     ORDER BY at_ms DESC LIMIT 1)
             FROM message m WHERE m.id = ?1",
        )?
        .query_row([id.0], |row| {
            let [number, conversation]: [i64; 2] = [row.get(1)?, row.get(2)?];
            let origin: String = row.get(3)?;
            let tags = format!("n{number} c{conversation} o{origin}");
            let is_deleted: bool = row.get(4)?;
            let told = (row.get::<_, String>(5)?, row.get::<_, Option<String>>(6)?);
            Ok((key(Millis(row.get(0)?), id), tags, (!is_deleted).then_some(told)))
        })
        .optional()?;
    let Some((key, mut tags, told)) = row else {
        return Ok(None);
    };
    let mut words = String::new();
    match told {
        Some((content, edited)) => {
            let content = message::shown_content(&content, edited.as_deref())?;
            words = index_words(&content.searchable());
            if content.has_media() {
                tags.push_str(" m");
            }
        }
        None => tags.clear(),
    }
    Ok(Some(Entry { key, words, tags }))
}

/// Takes a message out of the index that is about to go, or stands at another time now.
pub(crate) fn forget_message(connection: &Connection, stood_at: Millis, id: MessageId) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM message_words WHERE rowid = ?1")?
        .execute([key(stood_at, id)])?;
    Ok(())
}

/// Puts a person's names and phone numbers into the index, in place of those it holds.
pub(crate) fn index_person(connection: &Connection, id: PersonId) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM person_words WHERE rowid = ?1")?
        .execute([id.0])?;
    let Some(names) = person::names(connection, id)? else {
        return Ok(());
    };
    let phones: Vec<String> = person::phones(connection, id)?
        .iter()
        .map(|phone| index_digits(phone))
        .collect();
    connection
        .prepare_cached("INSERT INTO person_words (rowid, names, digits) VALUES (?1, ?2, ?3)")?
        // A gap, so that the digits of two numbers are no neighbours.
        .execute((id.0, index_words(&names.join("\n")), phones.join(" x ")))?;
    Ok(())
}
