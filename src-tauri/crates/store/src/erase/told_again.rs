//! What is told again of people who were erased, by the phone's history or a late webhook. It is not taken in, and its webhook
//! goes as well.

use super::{ErasedWhen, alias_hash, forget_by_wamid, forms, overwriting};
use crate::{StoreError, alias, erasure, message, number};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Fact, JournalId, MessageFact, Millis, PersonIds, StatusFact, Telling};

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
    overwriting(connection, || forget_by_wamid(connection, number, &fact.wamid))
}

/// Whether a fact that the webhook `journal` tells is what somebody said, did or was called before they were erased, or tells
/// how far such a message came.
pub(crate) fn covers(connection: &Connection, journal: JournalId, fact: &Fact) -> Result<bool, StoreError> {
    let (people, at) = match fact {
        Fact::Message(fact) => (vec![&fact.person], fact.at),
        Fact::Contact(fact) => (vec![&fact.person], fact.at),
        Fact::Status(fact) => (vec![&fact.person], fact.at),
        Fact::Preference(fact) => (vec![&fact.person], fact.at),
        Fact::Handover(fact) => (vec![&fact.person], fact.at),
        Fact::IdsChanged(fact) => (vec![&fact.before, &fact.after], fact.at),
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
