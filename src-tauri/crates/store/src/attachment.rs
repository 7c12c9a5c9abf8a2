//! Table `attachment`: files that go out, and how far handing them to Meta is.
//!
//! An upload is a step of its own before the send. It may be repeated: what Meta keeps twice reaches nobody twice. Until
//! it is done the item waits, and with it the later ones of its conversation, but nobody else's.

use crate::{Store, StoreError, account, media_folder::KeptFile, outbox, pause};
use rusqlite::{Connection, OptionalExtension, Row};
use twinbox_domain::{ContentHash, LONGEST_WAIT_MS, Millis, NumberId, OutboxId, OutboxState};

/// A file of a new item, which lies in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The file.
    pub file: KeptFile,
    /// Width and height of a picture as it is shown, in pixels.
    pub pixels: Option<(u32, u32)>,
}

/// A file to be handed to Meta.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedUpload {
    /// The item that sends it.
    pub id: OutboxId,
    /// The business number that sends it.
    pub number: NumberId,
    /// The file.
    pub file: KeptFile,
    /// The type it is uploaded with.
    pub mime_type: String,
    /// Failed attempts so far.
    pub attempts: u32,
}

/// How an upload ended.
#[derive(Clone, PartialEq, Eq)]
pub enum UploadEnd {
    /// Meta has it.
    Done {
        /// Under this id.
        media_id: String,
        /// Since then.
        at: Millis,
    },
    /// It is tried again.
    Retry {
        /// Not before this point.
        at: Millis,
        /// Meta's code, if it said anything.
        code: Option<i64>,
        /// Why it failed, a sentence for a person.
        reason: String,
    },
    /// Meta takes nothing of the number: it waits, and the number pauses.
    Pauses {
        /// Meta's code.
        code: i64,
        /// Why, a sentence for a person.
        reason: String,
    },
    /// Meta does not take it, so that the message is not sent.
    Refused {
        /// Meta's code, if it said anything.
        code: Option<i64>,
        /// Why, a sentence for a person.
        reason: String,
    },
}

/// What Meta has of the file of an item.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Meta's id of it.
    pub media_id: String,
    /// Since when.
    pub at: Millis,
}

/// The first of each conversation, in the order of the queue. `CROSS JOIN` begins with the few files that wait.
const WANTED: &str = "SELECT o.id, n.phone_number_id, f.content_hash, f.size_bytes, f.mime_type, a.attempts
    FROM attachment a CROSS JOIN outbox o ON o.id = a.outbox_id
    JOIN number n ON n.id = o.number_id
    JOIN media f ON f.number_id = o.number_id AND f.wamid = o.id AND f.media_id = ''
    WHERE a.media_id = '' AND o.state = 'queued' AND o.not_before_ms NOT BETWEEN ?1 + 1 AND ?1 + ?3
        AND n.phone_number_id IN (SELECT value FROM json_each(?2))
        AND NOT EXISTS (SELECT 1 FROM outbox b JOIN attachment c ON c.outbox_id = b.id AND c.media_id = ''
            WHERE b.conversation_id = o.conversation_id AND b.state = 'queued' AND b.position < o.position)
    ORDER BY o.lane, o.position LIMIT ?4";

const LATER: &str = "SELECT min(o.not_before_ms)
    FROM attachment a CROSS JOIN outbox o ON o.id = a.outbox_id
    WHERE a.media_id = '' AND o.state = 'queued' AND o.not_before_ms BETWEEN ?1 + 1 AND ?1 + ?2";

impl Store {
    /// Files of those of `numbers` that may send, at most `limit`, as far as they may be uploaded at `now`: of each
    /// conversation the one that leaves first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn wanted_uploads(
        &self,
        numbers: Vec<NumberId>,
        now: Millis,
        limit: u32,
    ) -> Result<Vec<WantedUpload>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut sending = Vec::new();
                for number in numbers {
                    if account::standing(connection, &number)?.may_send() {
                        sending.push(number);
                    }
                }
                let sending = serde_json::json!(sending).to_string();
                let mut statement = connection.prepare_cached(WANTED)?;
                let mut rows = statement.query((now.0, sending, LONGEST_WAIT_MS, limit))?;
                let mut wanted = Vec::new();
                while let Some(row) = rows.next()? {
                    wanted.push(read_wanted(row)?);
                }
                Ok(wanted)
            })
            .await
    }

    /// When the next upload may be tried again that may not at `now`; `None` when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_upload_at(&self, now: Millis) -> Result<Option<Millis>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement = connection.prepare_cached(LATER)?;
                let at: Option<i64> = statement.query_row((now.0, LONGEST_WAIT_MS), |row| row.get(0))?;
                Ok(at.map(Millis))
            })
            .await
    }

    /// Writes down how an upload ended. An item that was taken back meanwhile stays gone.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn finish_upload(&self, id: OutboxId, end: UploadEnd, now: Millis) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| finish(connection, id, &end, now))
            .await
    }

    /// Meta does not keep the file of this item any more: it is uploaded anew.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn forget_upload(&self, id: OutboxId) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                forget(connection, id)?;
                outbox::log(connection, id)
            })
            .await
    }
}

fn read_wanted(row: &Row<'_>) -> Result<WantedUpload, StoreError> {
    let id: String = row.get(0)?;
    let hash: String = row.get(2)?;
    let size: i64 = row.get(3)?;
    Ok(WantedUpload {
        id: id.parse().map_err(|_| StoreError::UnknownWord(id))?,
        number: NumberId(row.get(1)?),
        file: KeptFile {
            hash: ContentHash::told(&hash).ok_or(StoreError::UnknownWord(hash))?,
            size_bytes: size.unsigned_abs(),
        },
        mime_type: row.get(4)?,
        attempts: row.get(5)?,
    })
}

/// A new item carries a file: here at once, at Meta later.
pub(crate) fn add(
    connection: &Connection,
    number: i64,
    id: OutboxId,
    mime_type: &str,
    new: &NewFile,
    at: Millis,
) -> Result<(), StoreError> {
    let (width, height) = new.pixels.unwrap_or_default();
    let hash = new.file.hash.to_string();
    connection
        .prepare_cached(
            "INSERT INTO media (number_id, wamid, media_id, mime_type, sha256, told_at_ms, state, attempts, not_before_ms,
                 reason, can_retry, size_bytes, content_hash, width_px, height_px)
             VALUES (?1, ?2, '', ?3, ?4, ?5, 'fetched', 0, 0, '', 0, ?6, ?4, ?7, ?8)",
        )?
        .execute((
            number,
            id.to_string(),
            mime_type,
            hash,
            at.0,
            i64::try_from(new.file.size_bytes).unwrap_or(i64::MAX),
            width,
            height,
        ))?;
    connection
        .prepare_cached("INSERT INTO attachment (outbox_id, media_id, uploaded_at_ms, attempts) VALUES (?1, '', 0, 0)")?
        .execute([id.to_string()])?;
    Ok(())
}

/// The file of an item.
pub(crate) fn file_of(connection: &Connection, id: OutboxId) -> Result<Option<ContentHash>, StoreError> {
    let hash: Option<String> = connection
        .prepare_cached(
            "SELECT f.content_hash FROM media f JOIN outbox o ON o.number_id = f.number_id AND f.wamid = o.id
             WHERE o.id = ?1 AND f.media_id = ''",
        )?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    Ok(hash.as_deref().and_then(ContentHash::told))
}

/// The item was taken back. The file stays in the folder, where others may use it, and whoever took it back.
pub(crate) fn remove(connection: &Connection, id: OutboxId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM attachment WHERE outbox_id = ?1",
        "DELETE FROM media WHERE number_id = (SELECT number_id FROM outbox WHERE id = ?1) AND wamid = ?1 AND media_id = ''",
    ] {
        connection.prepare_cached(sql)?.execute([id.to_string()])?;
    }
    Ok(())
}

/// Uploaded anew, with all attempts before it.
pub(crate) fn forget(connection: &Connection, id: OutboxId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE attachment SET media_id = '', uploaded_at_ms = 0, attempts = 0 WHERE outbox_id = ?1")?
        .execute([id.to_string()])?;
    Ok(())
}

/// What Meta has of the file of an item; `None` for one without a file.
pub(crate) fn upload_of(connection: &Connection, id: OutboxId) -> Result<Option<Upload>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT media_id, uploaded_at_ms FROM attachment WHERE outbox_id = ?1")?
        .query_row([id.to_string()], |row| {
            Ok(Upload {
                media_id: row.get(0)?,
                at: Millis(row.get(1)?),
            })
        })
        .optional()?)
}

fn finish(connection: &Connection, id: OutboxId, end: &UploadEnd, now: Millis) -> Result<(), StoreError> {
    use OutboxState::{Queued, Wedged};
    match end {
        UploadEnd::Done { media_id, at } => {
            connection
                .prepare_cached(
                    "UPDATE attachment SET media_id = ?2, uploaded_at_ms = ?3, attempts = 0 WHERE outbox_id = ?1",
                )?
                .execute((id.to_string(), media_id, at.0))?;
            outbox::leave(connection, id, (Queued, Queued), now, Millis(0), None, "")
        }
        UploadEnd::Retry { at, code, reason } => {
            connection
                .prepare_cached("UPDATE attachment SET attempts = attempts + 1 WHERE outbox_id = ?1")?
                .execute([id.to_string()])?;
            outbox::leave(connection, id, (Queued, Queued), now, *at, *code, reason)
        }
        UploadEnd::Pauses { code, reason } => {
            if let Some(number) = outbox::number_of(connection, id)? {
                pause::pause(connection, number, *code, now)?;
            }
            outbox::leave(connection, id, (Queued, Queued), now, Millis(0), Some(*code), reason)
        }
        UploadEnd::Refused { code, reason } => {
            outbox::leave(connection, id, (Queued, Wedged), now, Millis(0), *code, reason)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_is_to_be_uploaded_is_found_among_the_files_that_wait_alone() {
        for sql in [WANTED, LATER] {
            let plan = plan(sql);
            assert!(plan.contains("attachment_waiting"), "{plan}");
            assert!(!plan.contains("SCAN o") && !plan.contains("SCAN f"), "{plan}");
        }
    }
}
