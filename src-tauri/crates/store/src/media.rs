//! Table `media`: the files of messages, and how far fetching them is.
//!
//! A row is made in the transaction that applies what told of the file, or that puts one of ours into the queue
//! (`attachment.rs`; it is here already, and has the outbox item's id in place of a wamid). Which one a message shows follows from its
//! content of today, so the order of tellings does not matter. The engine fetches what waits, newest first.

use crate::{
    Store, StoreError, account, change_log,
    media_folder::KeptFile,
    message,
    named_row::{NamedRow, read_first},
    preview,
    preview::Preview,
    storage,
};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, Content, ContentHash, JournalId, MessageId, Millis, NumberId, Wamid};

/// The position of a file in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileId(i64);

/// A file to be fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct WantedFile {
    /// Which one.
    pub id: FileId,
    /// The business number it came to.
    pub number: NumberId,
    /// Meta's id of it.
    pub media_id: String,
    /// Its hash as Meta told it; empty when not told.
    pub sha256: String,
    /// When the id was first told.
    pub told_at: Millis,
    /// Failed attempts so far.
    pub attempts: u32,
}

/// How an attempt to fetch a file ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchEnd {
    /// It lies in the folder.
    Here {
        /// The file.
        file: KeptFile,
        /// Width and height of a picture as it is shown, in pixels.
        pixels: Option<(u32, u32)>,
    },
    /// Try again.
    Retry {
        /// Not before this point.
        at: Millis,
        /// Why it failed, a sentence for a person.
        reason: &'static str,
    },
    /// Not again unless a person asks.
    GivenUp {
        /// Why, a sentence for a person.
        reason: &'static str,
        /// Whether asking may help.
        can_retry: bool,
    },
}

/// How far the file of a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageFile {
    /// It will be fetched.
    Waiting {
        /// Failed attempts so far.
        attempts: u32,
        /// Why the last one failed; empty when none did.
        reason: String,
    },
    /// It is here.
    Here {
        /// The file.
        file: KeptFile,
        /// Width and height of a picture as it is shown, in pixels.
        pixels: Option<(u32, u32)>,
        /// What is shown of it before it is opened; empty until that is made.
        preview: Preview,
    },
    /// It was here, and was removed to save space.
    Removed {
        /// When Meta's id was told; while it is alive, [`Store::retry_file`] may help.
        told_at: Millis,
    },
    /// It was given up.
    Failed {
        /// Why, a sentence for a person.
        reason: String,
        /// Whether [`Store::retry_file`] may help.
        can_retry: bool,
    },
}

/// `CROSS JOIN` keeps the files first, so that the newest end the search.
const WAITING: &str = "SELECT f.id, n.phone_number_id, f.media_id, f.sha256, f.told_at_ms, f.attempts
    FROM media f CROSS JOIN number n ON n.id = f.number_id
    WHERE f.state = 'waiting' AND f.not_before_ms <= ?1
        AND n.phone_number_id IN (SELECT value FROM json_each(?2))
        AND NOT EXISTS (SELECT 1 FROM deletion d WHERE d.number_id = f.number_id AND d.wamid = f.wamid)
    ORDER BY f.id DESC LIMIT ?3";

const LATER: &str = "SELECT min(not_before_ms) FROM media WHERE state = 'waiting' AND not_before_ms > ?1";

const OF_MESSAGE: &str =
    "SELECT f.state, f.removed_at_ms, f.told_at_ms, f.attempts, f.reason, f.can_retry, f.size_bytes, f.content_hash,
        f.width_px, f.height_px, p.thumbnail, p.duration_ms, p.levels
    FROM message m
    JOIN media f ON f.number_id = m.number_id AND f.wamid IN (m.wamid, m.outbox_id) AND f.media_id = ?2
    LEFT JOIN preview p ON p.content_hash = f.content_hash
    WHERE m.id = ?1";

impl Store {
    /// The newest files of `numbers` that may be fetched at `now`, at most `limit`. Not those of deleted messages, nor of a number
    /// that is parted from Meta: they wait until it is back.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn wanted_files(
        &self,
        numbers: Vec<NumberId>,
        now: Millis,
        limit: u32,
    ) -> Result<Vec<WantedFile>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut reachable = Vec::new();
                for number in numbers {
                    if !account::standing(connection, &number)?.is_parted() {
                        reachable.push(number);
                    }
                }
                let reachable = serde_json::json!(reachable).to_string();
                let mut statement = connection.prepare_cached(WAITING)?;
                let rows = statement.query_map((now.0, reachable, limit), |row| {
                    Ok(WantedFile {
                        id: FileId(row.get(0)?),
                        number: NumberId(row.get(1)?),
                        media_id: row.get(2)?,
                        sha256: row.get(3)?,
                        told_at: Millis(row.get(4)?),
                        attempts: row.get(5)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// When the next file may be tried again that may not at `now`; `None` when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_file_at(&self, now: Millis) -> Result<Option<Millis>, StoreError> {
        self.connections
            .read(move |connection| {
                let at: Option<i64> = connection.prepare_cached(LATER)?.query_row([now.0], |row| row.get(0))?;
                Ok(at.map(Millis))
            })
            .await
    }

    /// Lets every file that waits for another attempt have it now: whatever was in the way may be gone after a start.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn hurry_files(&self) -> Result<(), StoreError> {
        self.connections
            .write(|connection| {
                connection.execute(
                    "UPDATE media SET not_before_ms = 0 WHERE state = 'waiting' AND not_before_ms > 0",
                    (),
                )?;
                Ok(())
            })
            .await
    }

    /// Writes down how an attempt ended. One that was settled meanwhile stays as it is.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn finish_fetch(&self, id: FileId, end: FetchEnd, now: Millis) -> Result<(), StoreError> {
        let media = std::sync::Arc::clone(&self.media);
        self.connections
            .write(move |connection| {
                // The same content may just have been deleted for others. The writer deletes, so here it is certain.
                let end = match end {
                    FetchEnd::Here { file, .. } if !media.path_of(&file.hash).exists() => FetchEnd::Retry {
                        at: now,
                        reason: "The file has to be fetched once more.",
                    },
                    end => end,
                };
                finish_fetch(connection, id, &end, now)
            })
            .await
    }

    /// A person asks for the file of a message once more, with all attempts before it. `is_lost`: it was here, and is not
    /// on the disk any more. `false`: it waits for nothing.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn retry_file(&self, id: MessageId, is_lost: bool) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let Some(media_id) = message::shown_media_id(connection, id)? else {
                    return Ok(false);
                };
                let changed = connection
                    .prepare_cached(
                        "UPDATE media SET state = 'waiting', attempts = 0, not_before_ms = 0, reason = '', removed_at_ms = 0
                         WHERE (state <> 'fetched' OR ?3) AND media_id = ?2
                             AND (number_id, wamid) = (SELECT number_id, wamid FROM message WHERE id = ?1)",
                    )?
                    .execute((id.0, media_id, is_lost))?;
                if changed > 0 {
                    let conversation = message::conversation_of(connection, id)?;
                    change_log::log(connection, Change::Message(conversation, id))?;
                }
                Ok(changed > 0)
            })
            .await
    }
}

/// A webhook tells of the file of a message, or of none. Told twice, it waits once.
pub(crate) fn told(
    connection: &Connection,
    journal: JournalId,
    number: &NumberId,
    wamid: &Wamid,
    content: &Content,
) -> Result<(), StoreError> {
    // Of an edit of the caption alone there is none.
    let told = content.media().filter(|media| !media.media_id.is_empty());
    let Some(media) = told else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO media (number_id, wamid, media_id, mime_type, sha256, told_at_ms, state, attempts,
                 not_before_ms, reason, can_retry, size_bytes, content_hash, width_px, height_px)
             SELECT (SELECT id FROM number WHERE phone_number_id = ?1), ?2, ?3, ?4, ?5,
                 (SELECT received_at_ms FROM journal WHERE id = ?6), 'waiting', 0, 0, '', 0, 0, '', 0, 0
             WHERE true
             ON CONFLICT (number_id, wamid, media_id) DO UPDATE SET
                 mime_type = max(mime_type, excluded.mime_type),
                 sha256 = max(sha256, excluded.sha256),
                 told_at_ms = min(told_at_ms, excluded.told_at_ms)",
        )?
        .execute((
            number.as_str(),
            wamid.as_str(),
            &media.media_id,
            &media.mime_type,
            &media.sha256,
            journal.0,
        ))?;
    Ok(())
}

/// How far the file is that a message shows; `None` for a message that is not there or never told of this file.
pub(crate) fn of_message(
    connection: &Connection,
    id: MessageId,
    content: &Content,
) -> Result<Option<MessageFile>, StoreError> {
    let Some(media) = content.media() else { return Ok(None) };
    let mut statement = connection.prepare_cached(OF_MESSAGE)?;
    read_first(&mut statement, (id.0, &media.media_id), read_row)
}

fn read_row(row: &NamedRow<'_>) -> Result<MessageFile, StoreError> {
    let state: String = row.get("state")?;
    Ok(match state.as_str() {
        "waiting" => MessageFile::Waiting {
            attempts: row.get("attempts")?,
            reason: row.get("reason")?,
        },
        "fetched" => {
            let hash: String = row.get("content_hash")?;
            let size: i64 = row.get("size_bytes")?;
            let (width, height): (u32, u32) = (row.get("width_px")?, row.get("height_px")?);
            MessageFile::Here {
                file: KeptFile {
                    hash: ContentHash::told(&hash).ok_or(StoreError::UnknownWord(hash))?,
                    size_bytes: size.unsigned_abs(),
                },
                pixels: (width > 0 && height > 0).then_some((width, height)),
                preview: preview::read(row)?,
            }
        }
        "failed" if row.get::<i64>("removed_at_ms")? > 0 => MessageFile::Removed {
            told_at: Millis(row.get("told_at_ms")?),
        },
        "failed" => MessageFile::Failed {
            reason: row.get("reason")?,
            can_retry: row.get("can_retry")?,
        },
        _ => return Err(StoreError::UnknownWord(state)),
    })
}

fn finish_fetch(connection: &Connection, id: FileId, end: &FetchEnd, now: Millis) -> Result<(), StoreError> {
    let changed = match end {
        FetchEnd::Here { file, pixels } => {
            let (width, height) = pixels.unwrap_or_default();
            let kept = connection
                .prepare_cached(
                    "UPDATE media SET state = 'fetched', reason = '', size_bytes = ?2, content_hash = ?3,
                         width_px = ?4, height_px = ?5, fetched_at_ms = ?6, removed_at_ms = 0,
                         is_previewed = EXISTS (SELECT 1 FROM preview p WHERE p.content_hash = ?3)
                     WHERE id = ?1 AND state = 'waiting'",
                )?
                .execute((
                    id.0,
                    i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
                    file.hash.to_string(),
                    width,
                    height,
                    now.0,
                ))?;
            if kept == 0 {
                // It went with its message, or has come already.
                storage::leave_over(connection, &file.hash.to_string())?;
                // Wakes whoever deletes it.
                change_log::log(connection, Change::Overview)?;
            }
            kept
        }
        FetchEnd::Retry { at, reason } => connection
            .prepare_cached(
                "UPDATE media SET attempts = attempts + 1, not_before_ms = ?2, reason = ?3
                 WHERE id = ?1 AND state = 'waiting'",
            )?
            .execute((id.0, at.0, reason))?,
        FetchEnd::GivenUp { reason, can_retry } => connection
            .prepare_cached(
                "UPDATE media SET state = 'failed', attempts = attempts + 1, reason = ?2, can_retry = ?3
                 WHERE id = ?1 AND state = 'waiting'",
            )?
            .execute((id.0, reason, can_retry))?,
    };
    let deleted = connection
        .prepare_cached(
            "SELECT f.number_id, f.wamid FROM media f
             JOIN deletion d ON d.number_id = f.number_id AND d.wamid = f.wamid WHERE f.id = ?1",
        )?
        .query_row([id.0], |row| Ok((row.get::<_, i64>(0)?, Wamid(row.get(1)?))))
        .optional()?;
    if let Some((number, wamid)) = deleted {
        storage::forget_files(connection, number, &wamid)?;
    }
    let message = connection
        .prepare_cached(
            "SELECT m.id FROM media f JOIN message m ON m.number_id = f.number_id AND m.wamid = f.wamid
             WHERE f.id = ?1",
        )?
        .query_row([id.0], |row| row.get(0).map(MessageId))
        .optional()?;
    match message {
        Some(message) if changed > 0 => {
            let conversation = message::conversation_of(connection, message)?;
            change_log::log(connection, Change::Message(conversation, message))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_waits_and_what_a_message_shows_is_found_along_indexes() {
        let waiting = plan(WAITING);
        assert!(
            waiting.contains("media_waiting") && !waiting.contains("TEMP B-TREE"),
            "{waiting}"
        );
        assert!(plan(LATER).contains("media_later"), "{}", plan(LATER));
        assert!(!plan(OF_MESSAGE).contains("SCAN"), "{}", plan(OF_MESSAGE));
    }
}
