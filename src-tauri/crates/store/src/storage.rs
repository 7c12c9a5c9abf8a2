//! What files take from the disk: the quota, which files go when it is used up, and deleting what nobody needs.
//!
//! A row lets go of its file in one transaction, which notes the content in `leftover`; the file is deleted after that, by
//! the writer, so that no row can claim it meanwhile. A crash in between leaves the note. A file that no row ever had, or
//! that was taken back, may be in a composer: it is noted when it has lain for long.

use crate::{Store, StoreError, change_log, counter, counter::Counter, preview};
use rusqlite::Connection;
use std::{io, path::Path};
use twinbox_domain::{Change, ContentHash, Millis, Wamid};

/// Files of messages younger than this stay, however little room there is.
pub const KEPT_FOR_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Most contents deleted in one write.
const AT_ONCE: u32 = 20;

/// What files take and may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// All files of messages, each content once, without thumbnails.
    pub used_bytes: u64,
    /// The most they should take; `None`: no limit.
    pub quota_bytes: Option<u64>,
    /// The database, without what it has written ahead.
    pub store_bytes: u64,
}

/// What making room has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// So many contents went.
    pub removed: usize,
    /// Files take no more than they may; otherwise all that are left are of young messages.
    pub is_enough: bool,
}

const USED: &str = "SELECT coalesce(sum(size), 0) FROM (
        SELECT max(size_bytes) AS size FROM media WHERE content_hash <> '' AND state = 'fetched' GROUP BY content_hash)";

/// A content goes only when every message that shows it is old enough.
const OLDEST: &str = "SELECT f.content_hash, max(f.size_bytes) FROM media f
    LEFT JOIN message m ON m.outbox_id = f.wamid OR (m.number_id = f.number_id AND m.wamid = f.wamid)
    WHERE f.content_hash <> '' AND f.state = 'fetched'
    GROUP BY f.content_hash HAVING max(coalesce(m.at_ms, f.told_at_ms)) < ?1
    ORDER BY max(f.fetched_at_ms), max(f.id)";

/// A message may have come with it since it was found.
const IS_YOUNG: &str = "SELECT EXISTS (SELECT 1 FROM media f
    LEFT JOIN message m ON m.outbox_id = f.wamid OR (m.number_id = f.number_id AND m.wamid = f.wamid)
    WHERE f.content_hash = ?1 AND f.content_hash <> '' AND f.state = 'fetched' AND coalesce(m.at_ms, f.told_at_ms) >= ?2)";

const IS_NEEDED: &str =
    "SELECT EXISTS (SELECT 1 FROM media WHERE content_hash = ?1 AND content_hash <> '' AND state = 'fetched')
        OR EXISTS (SELECT 1 FROM scheduled WHERE file_hash = ?1 AND file_hash != '')";

impl Store {
    /// What files take and may take.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn storage(&self) -> Result<Storage, StoreError> {
        self.connections.read(storage).await
    }

    /// The most that files should take; `None`: no limit.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn storage_quota(&self) -> Result<Option<u64>, StoreError> {
        let quota = self
            .connections
            .read(|connection| counter::value(connection, Counter::StorageQuota));
        Ok(Some(quota.await?).filter(|quota| *quota > 0))
    }

    /// Sets the most that files should take; `None`: no limit. Nothing is removed before [`Store::make_room`].
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_storage_quota(&self, bytes: Option<u64>) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                counter::set(connection, Counter::StorageQuota, bytes.unwrap_or_default())?;
                // Wakes whoever makes room.
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// While files take more than they may, lets go of those that were fetched first, but of none whose message is
    /// younger than [`KEPT_FOR_MS`].
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn make_room(&self, now: Millis) -> Result<Room, StoreError> {
        let old = now.plus_ms(-KEPT_FOR_MS);
        // All files are added up and put in order, which takes long: no write waits for that.
        let (going, is_enough) = self
            .connections
            .read(move |connection| find_room(connection, old))
            .await?;
        let mut removed = 0;
        for some in going.chunks(AT_ONCE as usize) {
            let some = some.to_vec();
            let gone = self
                .connections
                .write(move |connection| remove(connection, &some, old, now));
            removed += gone.await?;
        }
        Ok(Room { removed, is_enough })
    }

    /// Lets go of those of these files that no message needs. Says how many.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn let_go_of_unneeded(&self, files: &[ContentHash]) -> Result<usize, StoreError> {
        let files: Vec<String> = files.iter().map(ContentHash::to_string).collect();
        let unneeded = self.connections.read(move |connection| {
            let mut statement = connection.prepare_cached(IS_NEEDED)?;
            let mut unneeded = Vec::new();
            for hash in files {
                if !statement.query_row([&hash], |row| row.get::<_, bool>(0))? {
                    unneeded.push(hash);
                }
            }
            Ok(unneeded)
        });
        let unneeded = unneeded.await?;
        if unneeded.is_empty() {
            return Ok(0);
        }
        self.connections
            .write(move |connection| {
                unneeded.iter().try_for_each(|hash| leave_over(connection, hash))?;
                // Wakes whoever deletes them.
                change_log::log(connection, Change::Overview)?;
                Ok(unneeded.len())
            })
            .await
    }

    /// Deletes files that nobody needs from the disk. Says how many contents were looked at.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn delete_leftovers(&self) -> Result<usize, StoreError> {
        let hashes: Vec<String> = self
            .connections
            .read(|connection| {
                let mut statement = connection.prepare_cached("SELECT content_hash FROM leftover LIMIT ?1")?;
                let rows = statement.query_map([AT_ONCE], |row| row.get(0))?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await?;
        if hashes.is_empty() {
            return Ok(0);
        }
        let count = hashes.len();
        let media = std::sync::Arc::clone(&self.media);
        self.connections
            .write(move |connection| {
                for hash in &hashes {
                    let path = ContentHash::told(hash).map(|hash| media.path_of(&hash));
                    delete_leftover(connection, hash, path.as_deref())?;
                }
                Ok(())
            })
            .await?;
        Ok(count)
    }
}

fn storage(connection: &Connection) -> Result<Storage, StoreError> {
    let used: i64 = connection.prepare_cached(USED)?.query_row((), |row| row.get(0))?;
    let quota = counter::value(connection, Counter::StorageQuota)?;
    let pages = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let store = pages("page_count")?.saturating_mul(pages("page_size")?);
    Ok(Storage {
        used_bytes: used.unsigned_abs(),
        store_bytes: store.unsigned_abs(),
        quota_bytes: Some(quota).filter(|quota| *quota > 0),
    })
}

/// Which contents to let go of, and whether they are enough.
fn find_room(connection: &Connection, old: Millis) -> Result<(Vec<String>, bool), StoreError> {
    let storage = storage(connection)?;
    let (mut used, quota) = (storage.used_bytes, storage.quota_bytes.unwrap_or(u64::MAX));
    let mut going = Vec::new();
    if used > quota {
        let mut statement = connection.prepare_cached(OLDEST)?;
        let mut rows = statement.query([old.0])?;
        while used > quota
            && let Some(row) = rows.next()?
        {
            let (hash, size): (String, i64) = (row.get(0)?, row.get(1)?);
            used = used.saturating_sub(size.unsigned_abs());
            going.push(hash);
        }
    }
    Ok((going, used <= quota))
}

fn remove(connection: &Connection, going: &[String], old: Millis, now: Millis) -> Result<usize, StoreError> {
    let mut removed = 0;
    for hash in going {
        let is_young: bool = connection
            .prepare_cached(IS_YOUNG)?
            .query_row((hash, old.0), |row| row.get(0))?;
        if is_young {
            continue;
        }
        removed += 1;
        preview::log_shown_by(connection, hash)?;
        connection
            .prepare_cached(
                "UPDATE media SET state = 'failed', removed_at_ms = ?2, reason = '' WHERE content_hash = ?1 AND state = 'fetched'",
            )?
            .execute((hash, now.0.max(1)))?;
        leave_over(connection, hash)?;
    }
    Ok(removed)
}

/// The file of a message that was deleted goes, unless another message shows it, too.
pub(crate) fn forget_files(connection: &Connection, number: i64, wamid: &Wamid) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "UPDATE media SET state = 'failed', can_retry = 0 WHERE number_id = ?1 AND wamid = ?2 AND state = 'fetched'
         RETURNING content_hash",
    )?;
    let hashes: Vec<String> = statement
        .query_map((number, wamid.as_str()), |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    hashes.iter().try_for_each(|hash| leave_over(connection, hash))
}

/// Notes a content that a message let go of.
pub(crate) fn leave_over(connection: &Connection, hash: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO leftover (content_hash) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([hash])?;
    Ok(())
}

fn delete_leftover(connection: &Connection, hash: &str, path: Option<&Path>) -> Result<(), StoreError> {
    let is_needed: bool = connection
        .prepare_cached(IS_NEEDED)?
        .query_row([hash], |row| row.get(0))?;
    if !is_needed && let Some(path) = path {
        for path in [path.to_owned(), path.with_extension("thumb")] {
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    // Its row is gone either way; at worst it takes room.
                    tracing::warn!(%error, "a file that nobody needs cannot be deleted");
                }
                Ok(()) | Err(_) => {}
            }
        }
        connection
            .prepare_cached("DELETE FROM preview WHERE content_hash = ?1")?
            .execute([hash])?;
    }
    connection
        .prepare_cached("DELETE FROM leftover WHERE content_hash = ?1")?
        .execute([hash])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn whether_a_content_is_needed_is_found_along_indexes() {
        let plan = plan(IS_NEEDED);
        assert!(
            plan.contains("media_content") && plan.contains("scheduled_file") && !plan.contains("SCAN media"),
            "{plan}"
        );
    }

    #[test]
    fn contents_are_summed_along_their_index() {
        for sql in [USED, OLDEST] {
            let plan = plan(sql);
            assert!(
                plan.contains("media_content") && !plan.contains("TEMP B-TREE FOR GROUP BY"),
                "{plan}"
            );
        }
    }
}
