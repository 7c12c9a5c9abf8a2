//! Table `erased`: people of whom nothing is kept any more, because they asked for it.
//!
//! Their messages, files, names and ids go in one transaction, and nothing finds them any more; the raw webhooks that told of
//! them follow ([`erasure`](crate::erasure)), and what the index for searching still holds of their words
//! ([`Store::forget_words`]). What stays is a hash of each of their ids, so that what was said up to then is not taken in
//! again when the phone tells its history, and for some days one of each message that may still be changed; and what each
//! message cost, without whom it went to. Whoever writes later is a new person.
//!
//! **The clock.** This machine's clock may be ahead, and what somebody writes after they were erased must not be lost. So what is
//! told as it happens was said before only if its webhook was here already, or by a time that had surely come.

mod told_again;

pub(crate) use told_again::{covers, forget_unchangeable, has_some, pass_over};

use crate::{
    Store, StoreError, alias, change_log, conversation, erasure, receipt, retention,
    search::{self, Forgotten},
    spending, storage,
};
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};
use std::time::Duration;
use twinbox_domain::{Alias, Change, ConversationId, JournalId, MessageId, Millis, PersonId, Wamid, phone_forms};

/// What became of erasing somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// They are gone.
    Done {
        /// How many messages went.
        messages: usize,
    },
    /// Nothing was done: a message to them is on the wire.
    IsSending,
    /// There is no such conversation.
    NoConversation,
}

/// Where ids of a person stand beside `alias`, by the message that names them.
const BY_WAMID: [&str; 4] = [
    "DELETE FROM edit WHERE number_id = ?1 AND wamid = ?2",
    "DELETE FROM deletion WHERE number_id = ?1 AND wamid = ?2",
    "DELETE FROM reaction WHERE number_id = ?1 AND wamid = ?2",
    "DELETE FROM receipt WHERE number_id = ?1 AND wamid = ?2",
];

/// What hangs on a person, in an order that foreign keys allow.
const BY_PERSON: [&str; 6] = [
    "DELETE FROM preference WHERE alias_id IN (SELECT id FROM alias WHERE person_id = ?1)",
    "DELETE FROM person_link WHERE from_alias IN (SELECT id FROM alias WHERE person_id = ?1)",
    "DELETE FROM person_link WHERE to_alias IN (SELECT id FROM alias WHERE person_id = ?1)",
    "DELETE FROM person_words WHERE rowid = ?1",
    "DELETE FROM alias WHERE person_id = ?1",
    "DELETE FROM person WHERE id = ?1",
];

impl Store {
    /// Erases the person of a conversation, with all their conversations. What was queued for them is not sent. The raw
    /// webhooks that name them go with [`Store::forget_named`].
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn erase_person(&self, conversation: ConversationId, now: Millis) -> Result<Erased, StoreError> {
        self.connections
            .write(move |connection| overwriting(connection, || erase(connection, conversation, now)))
            .await
    }
}

/// What `job` deletes is overwritten, not only let go of. Copies from before, in room that was free already, stay until that
/// room is used again.
pub(crate) fn overwriting<T>(
    connection: &Connection,
    job: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.pragma_update(None, "secure_delete", true)?;
    let done = job();
    connection.pragma_update(None, "secure_delete", false)?;
    done
}

fn erase(connection: &Connection, conversation: ConversationId, now: Millis) -> Result<Erased, StoreError> {
    let conversation = conversation::current(connection, conversation)?;
    let person = connection
        .prepare_cached("SELECT person_id FROM conversation WHERE id = ?1")?
        .query_row([conversation.0], |row| row.get(0).map(PersonId))
        .optional()?;
    let Some(person) = person else {
        return Ok(Erased::NoConversation);
    };
    let conversations = conversation::of_person(connection, person)?;
    for conversation in &conversations {
        if is_sending(connection, *conversation)? {
            return Ok(Erased::IsSending);
        }
    }
    let erased = erased_now(connection, person, now)?;
    let mut messages = 0;
    for conversation in conversations {
        forget_queue(connection, conversation)?;
        messages += forget_messages(connection, conversation, erased.proven_at)?;
        connection
            .prepare_cached("DELETE FROM conversation WHERE id = ?1")?
            .execute([conversation.0])?;
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    let aliases = alias::of_person(connection, person)?;
    for alias in &aliases {
        let (kind, key) = alias::lookup(alias);
        for form in forms(alias) {
            erasure::begin(connection, &form)?;
            if alias.is_phone() {
                receipt::forget_recipient(connection, &form)?;
            }
        }
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO erased (alias_hash, erased_at_ms, proven_at_ms, last_journal_id)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((alias_hash(kind, key), erased.at.0, erased.proven_at.0, erased.last.0))?;
    }
    for sql in BY_PERSON {
        connection.prepare_cached(sql)?.execute([person.0])?;
    }
    search::words_went(connection, Forgotten::Erased)?;
    change_log::log(connection, Change::Overview)?;
    Ok(Erased::Done { messages })
}

/// When somebody was erased.
#[derive(Clone, Copy)]
struct ErasedWhen {
    /// By this machine's clock, unless that is behind.
    at: Millis,
    /// The latest time that had surely come.
    proven_at: Millis,
    /// The last raw webhook that was here.
    last: JournalId,
}

fn erased_now(connection: &Connection, person: PersonId, now: Millis) -> Result<ErasedWhen, StoreError> {
    let (wrote, last): (Option<i64>, i64) = connection
        .prepare_cached(
            "SELECT (SELECT max(last_customer_at_ms) FROM conversation WHERE person_id = ?1),
                 (SELECT coalesce(max(id), 0) FROM journal)",
        )?
        .query_row([person.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let proven_at = retention::proven_time(connection, Duration::ZERO)?.max(Millis(wrote.unwrap_or_default()));
    Ok(ErasedWhen {
        at: now.max(proven_at),
        proven_at,
        last: JournalId(last),
    })
}

fn is_sending(connection: &Connection, conversation: ConversationId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM outbox WHERE conversation_id = ?1 AND state = 'in_flight'")?
        .exists([conversation.0])?)
}

fn forget_queue(connection: &Connection, conversation: ConversationId) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("SELECT number_id, id FROM outbox WHERE conversation_id = ?1")?;
    let items: Vec<(i64, String)> = statement
        .query_map([conversation.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (number, id) in items {
        receipt::forget_item(connection, &id)?;
        forget_sent_file(connection, number, &id)?;
    }
    connection
        .prepare_cached(
            "INSERT INTO leftover (content_hash) SELECT file_hash FROM scheduled
             WHERE conversation_id = ?1 AND file_hash != '' ON CONFLICT DO NOTHING",
        )?
        .execute([conversation.0])?;
    // The tally counts what changes its state.
    for sql in [
        "UPDATE outbox SET state = 'cancelled', held_at_ms = 0 WHERE conversation_id = ?1",
        "DELETE FROM outbox WHERE conversation_id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([conversation.0])?;
    }
    Ok(())
}

fn forget_messages(
    connection: &Connection,
    conversation: ConversationId,
    proven_at: Millis,
) -> Result<usize, StoreError> {
    let going: Vec<Going> = connection
        .prepare_cached("SELECT id, at_ms, number_id, wamid, outbox_id FROM message WHERE conversation_id = ?1")?
        .query_map([conversation.0], Going::read)?
        .collect::<Result<_, _>>()?;
    for message in &going {
        if let Some(wamid) = &message.wamid {
            told_again::remember(connection, message.number, wamid, message.at, proven_at)?;
        }
        forget_message(connection, message)?;
    }
    Ok(going.len())
}

/// A message that is to go.
pub(crate) struct Going {
    pub id: MessageId,
    pub at: Millis,
    pub number: i64,
    pub wamid: Option<Wamid>,
    pub outbox: Option<String>,
}

impl Going {
    /// Reads `id`, `at_ms`, `number_id`, `wamid` and `outbox_id`.
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: MessageId(row.get(0)?),
            at: Millis(row.get(1)?),
            number: row.get(2)?,
            wamid: row.get::<_, Option<String>>(3)?.map(Wamid),
            outbox: row.get(4)?,
        })
    }
}

/// A message goes, with its words, what was done to it, how far it came and its files. What it cost stays. Its outbox item and
/// its conversation are left to the caller.
pub(crate) fn forget_message(connection: &Connection, message: &Going) -> Result<(), StoreError> {
    search::forget_message(connection, message.at, message.id)?;
    if let Some(wamid) = &message.wamid {
        spending::keep(connection, message.number, wamid)?;
        forget_by_wamid(connection, message.number, wamid)?;
    }
    connection
        .prepare_cached("DELETE FROM message WHERE id = ?1")?
        .execute([message.id.0])?;
    Ok(())
}

/// What was done to a message, how far it came and its files.
fn forget_by_wamid(connection: &Connection, number: i64, wamid: &Wamid) -> Result<(), StoreError> {
    for sql in BY_WAMID {
        connection.prepare_cached(sql)?.execute((number, wamid.as_str()))?;
    }
    forget_files(connection, number, wamid.as_str())
}

/// The file that an outbox item sends, unless another message shows it, too.
pub(crate) fn forget_sent_file(connection: &Connection, number: i64, item: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM attachment WHERE outbox_id = ?1")?
        .execute([item])?;
    forget_files(connection, number, item)
}

/// The files of one message, unless another message shows them, too.
fn forget_files(connection: &Connection, number: i64, wamid: &str) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("DELETE FROM media WHERE number_id = ?1 AND wamid = ?2 RETURNING content_hash")?;
    let hashes: Vec<String> = statement
        .query_map((number, wamid), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut kept = hashes.iter().filter(|hash| !hash.is_empty());
    kept.try_for_each(|hash| storage::leave_over(connection, hash))
}

/// Every way in which an id is written.
fn forms(alias: &Alias) -> Vec<String> {
    match alias {
        Alias::Bsuid(id) | Alias::Parent(id) => vec![id.clone()],
        Alias::Phone(key) => phone_forms(key),
    }
}

fn alias_hash(kind: &str, value: &str) -> String {
    format!("{:x}", Sha256::digest(format!("{kind} {value}")))
}
