//! What is told again of people who were erased, by the phone's history or a late webhook, and what is done to their messages
//! afterwards. It is not taken in, and its webhook goes as well.

use super::{ErasedWhen, alias_hash, forget_by_wamid, forms, overwriting};
use crate::{StoreError, alias, erasure, message, number, retention};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};
use std::time::Duration;
use twinbox_domain::{Fact, JournalId, MessageFact, Millis, NumberId, PersonIds, StatusFact, Telling, Wamid};

/// So long a message can be deleted for everyone, and less long edited (Meta, webhook references `messages/revoke` and
/// `messages/edit`, Feb 2026).
const CHANGEABLE_FOR_MS: i64 = 2 * 24 * 60 * 60 * 1000;
/// And so long Meta repeats a webhook that nobody took (Meta, "Webhooks overview", 2026).
const REPEATED_FOR_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Whether anybody was erased at all: then each fact is looked at.
pub(crate) fn has_some(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM erased LIMIT 1")?.exists([])?)
}

/// The webhook `journal` tells of somebody who was erased: it is to go, and so is what was told before of a message that is not
/// taken in. One that was held back had been edited, perhaps.
pub(crate) fn pass_over(connection: &Connection, journal: JournalId, fact: &Fact) -> Result<(), StoreError> {
    erasure::doom(connection, journal)?;
    let Fact::Message(fact) = fact else { return Ok(()) };
    let number = number::row_of(connection, &fact.number)?;
    if message::by_wamid(connection, number, &fact.wamid)?.is_some() {
        return Ok(());
    }
    if fact.telling == Telling::Live {
        let proven_at = retention::proven_time(connection, Duration::ZERO)?;
        remember(connection, number, &fact.wamid, fact.at, proven_at)?;
    }
    overwriting(connection, || forget_by_wamid(connection, number, &fact.wamid))
}

/// A message of somebody who is erased goes. When it may still be changed, at a time that has surely come, it is known from
/// here on.
pub(super) fn remember(
    connection: &Connection,
    number: i64,
    wamid: &Wamid,
    at: Millis,
    proven_at: Millis,
) -> Result<(), StoreError> {
    if at < proven_at.plus_ms(-CHANGEABLE_FOR_MS) {
        return Ok(());
    }
    connection
        .prepare_cached("INSERT INTO erased_message (hash, at_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute((message_hash(number, wamid), at.0))?;
    Ok(())
}

/// Forgets messages of which nothing can be told any more.
pub(crate) fn forget_unchangeable(connection: &Connection) -> Result<(), StoreError> {
    let proven_at = retention::proven_time(connection, Duration::ZERO)?;
    connection
        .prepare_cached("DELETE FROM erased_message WHERE at_ms < ?1")?
        .execute([proven_at.0 - CHANGEABLE_FOR_MS - REPEATED_FOR_MS])?;
    Ok(())
}

fn message_hash(number: i64, wamid: &Wamid) -> String {
    format!("{:x}", Sha256::digest(format!("{number} {}", wamid.as_str())))
}

/// Whether a message went with somebody who was erased.
fn was_erased(connection: &Connection, number: &NumberId, wamid: &Wamid) -> Result<bool, StoreError> {
    let number = number::row_of(connection, number)?;
    Ok(connection
        .prepare_cached("SELECT 1 FROM erased_message WHERE hash = ?1")?
        .exists([message_hash(number, wamid)])?)
}

/// Whether a fact that the webhook `journal` tells is what somebody said, did or was called before they were erased, or tells
/// how far such a message came, or what was done to it.
pub(crate) fn covers(connection: &Connection, journal: JournalId, fact: &Fact) -> Result<bool, StoreError> {
    let (people, at) = match fact {
        Fact::Message(fact) => (vec![&fact.person], fact.at),
        Fact::Contact(fact) => (vec![&fact.person], fact.at),
        Fact::Status(fact) => (vec![&fact.person], fact.at),
        Fact::Preference(fact) => (vec![&fact.person], fact.at),
        Fact::Handover(fact) => (vec![&fact.person], fact.at),
        Fact::IdsChanged(fact) => (vec![&fact.before, &fact.after], fact.at),
        Fact::Edit(fact) => return was_erased(connection, &fact.number, &fact.wamid),
        Fact::Deletion(fact) => return was_erased(connection, &fact.number, &fact.wamid),
        Fact::Reaction(fact) => return was_erased(connection, &fact.number, &fact.wamid),
        _ => return Ok(false),
    };
    let Some(erased) = erased_when(connection, &people)? else {
        return Ok(false);
    };
    Ok(match fact {
        // Told hours later, or once the message is read, it is still about what was erased.
        Fact::Status(fact) => !is_here(connection, fact)?,
        Fact::Message(MessageFact {
            telling: Telling::Live, ..
        })
        | Fact::Preference(_)
        | Fact::Handover(_) => journal <= erased.last || at <= erased.proven_at,
        _ => at <= erased.at,
    })
}

/// Whether what a status is about is here.
fn is_here(connection: &Connection, fact: &StatusFact) -> Result<bool, StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM message WHERE number_id = ?1 AND wamid = ?2
             UNION ALL SELECT 1 FROM outbox WHERE id = ?3 AND number_id = ?1",
        )?
        .exists((number, fact.wamid.as_str(), fact.outbox.map(|id| id.to_string())))?)
}

/// When somebody who goes by one of these ids was erased, if they were; of several times the last.
fn erased_when(connection: &Connection, people: &[&PersonIds]) -> Result<Option<ErasedWhen>, StoreError> {
    let mut last: Option<ErasedWhen> = None;
    for alias in people.iter().flat_map(|person| person.aliases()) {
        let kind = alias::lookup(&alias).0;
        // Until there was one key for both forms of a number, either may have been noted.
        for form in forms(&alias) {
            let erased = connection
                .prepare_cached("SELECT erased_at_ms, proven_at_ms, last_journal_id FROM erased WHERE alias_hash = ?1")?
                .query_row([alias_hash(kind, &form)], |row| {
                    Ok(ErasedWhen {
                        at: Millis(row.get(0)?),
                        proven_at: Millis(row.get(1)?),
                        last: JournalId(row.get(2)?),
                    })
                })
                .optional()?;
            last = last
                .into_iter()
                .chain(erased)
                .max_by_key(|erased| (erased.last, erased.at));
        }
    }
    Ok(last)
}
