//! Table `preview`: what is shown of a file before it is opened, one row for each content. The thumbnail itself lies beside
//! the file.

use crate::{KeptFile, Store, StoreError, change_log, named_row::NamedRow};
use rusqlite::{Connection, OptionalExtension};
use std::{io, path::PathBuf};
use tokio::fs;
use twinbox_domain::{Change, ContentHash, ConversationId, MessageId};

/// The type of a thumbnail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThumbnailType {
    /// Without transparency.
    Jpeg,
    /// With it.
    Png,
}

impl ThumbnailType {
    /// Its MIME type, which is also the word in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What is known of a recording without playing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// How long it is.
    pub duration_ms: u64,
    /// How loud it is from begin to end, each against the loudest; empty when not known.
    pub levels: Vec<u8>,
}

/// What is shown of a file before it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The thumbnail kept beside it; `None` when the picture is small enough, or none.
    pub thumbnail: Option<ThumbnailType>,
    /// Of a recording.
    pub sound: Option<Sound>,
}

const NEXT: &str = "SELECT content_hash, size_bytes, mime_type FROM media
    WHERE state = 'fetched' AND is_previewed = 0 ORDER BY id DESC LIMIT 1";

const SHOWN_BY: &str = "SELECT m.conversation_id, m.id FROM media f
    JOIN message m ON m.outbox_id = f.wamid OR (m.number_id = f.number_id AND m.wamid = f.wamid)
    WHERE f.content_hash = ?1 AND f.content_hash <> ''";

impl Store {
    /// The newest file without a preview, and what its sender says it is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_to_preview(&self) -> Result<Option<(KeptFile, String)>, StoreError> {
        self.connections
            .read(|connection| {
                let next = connection.prepare_cached(NEXT)?.query_row((), |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, i64>(1)?,
                        row.get::<_, String>(2)?,
                    ))
                });
                let Some((hash, size, mime_type)) = next.optional()? else {
                    return Ok(None);
                };
                let file = KeptFile {
                    hash: ContentHash::told(&hash).ok_or(StoreError::UnknownWord(hash))?,
                    size_bytes: size.unsigned_abs(),
                };
                Ok(Some((file, mime_type)))
            })
            .await
    }

    /// Writes a preview down. `None`: there is none for now, and it is not tried again.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn finish_preview(&self, hash: ContentHash, preview: Option<Preview>) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| finish(connection, &hash.to_string(), preview))
            .await
    }

    /// Where the thumbnail of a file is, if it has one.
    pub fn thumbnail_path(&self, file: &KeptFile) -> PathBuf {
        self.file_path(&file.hash).with_extension("thumb")
    }

    /// Puts the thumbnail of a file beside it.
    ///
    /// # Errors
    /// What the system says, for example that the disk is full.
    pub async fn keep_thumbnail(&self, file: &KeptFile, bytes: &[u8]) -> io::Result<()> {
        let mut incoming = self.receive_file().await?;
        incoming.write(bytes).await?;
        incoming.flush().await?;
        fs::rename(incoming.path(), self.thumbnail_path(file)).await
    }
}

fn finish(connection: &Connection, hash: &str, preview: Option<Preview>) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE media SET is_previewed = 1 WHERE content_hash = ?1 AND content_hash <> ''")?
        .execute([hash])?;
    let Some(Preview { thumbnail, sound }) = preview else {
        return Ok(());
    };
    let (duration_ms, levels) = sound.map_or((0, Vec::new()), |sound| (sound.duration_ms, sound.levels));
    connection
        .prepare_cached(
            "INSERT INTO preview (content_hash, thumbnail, duration_ms, levels) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (content_hash) DO UPDATE SET thumbnail = excluded.thumbnail,
                 duration_ms = excluded.duration_ms, levels = excluded.levels",
        )?
        .execute((
            hash,
            thumbnail.map_or("", ThumbnailType::as_str),
            i64::try_from(duration_ms).unwrap_or(i64::MAX),
            &levels,
        ))?;
    if duration_ms > 0 {
        log_shown_by(connection, hash)?;
    }
    Ok(())
}

/// Every message with this file is shown differently now.
pub(crate) fn log_shown_by(connection: &Connection, hash: &str) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(SHOWN_BY)?;
    let mut rows = statement.query([hash])?;
    while let Some(row) = rows.next()? {
        let (conversation, message) = (ConversationId(row.get(0)?), MessageId(row.get(1)?));
        change_log::log(connection, Change::Message(conversation, message))?;
    }
    Ok(())
}

/// Reads `thumbnail`, `duration_ms` and `levels`, which are NULL for a file without a preview.
pub(crate) fn read(row: &NamedRow<'_>) -> Result<Preview, StoreError> {
    let thumbnail: Option<String> = row.get("thumbnail")?;
    let duration: Option<i64> = row.get("duration_ms")?;
    let levels: Option<Vec<u8>> = row.get("levels")?;
    Ok(Preview {
        thumbnail: thumbnail.as_deref().and_then(ThumbnailType::from_word),
        sound: duration.filter(|duration| *duration > 0).map(|duration| Sound {
            duration_ms: duration.unsigned_abs(),
            levels: levels.unwrap_or_default(),
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_has_no_preview_and_who_shows_a_file_is_found_along_indexes() {
        let next = plan(NEXT);
        assert!(
            next.contains("media_to_preview") && !next.contains("TEMP B-TREE"),
            "{next}"
        );
        let shown_by = plan(SHOWN_BY);
        assert!(
            shown_by.contains("media_content") && !shown_by.contains("SCAN"),
            "{shown_by}"
        );
    }
}
