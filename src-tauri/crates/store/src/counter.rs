//! Table `counter`: what is only counted.

use crate::{Store, StoreError, change_log};
use rusqlite::Connection;
use twinbox_domain::Change;

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Webhooks refused because their signature was missing or wrong.
    RefusedSignatures,
    /// Settings that people saved for themselves.
    SettingsSaved,
    /// Changes of labels, canned replies and colleagues.
    TeamSaved,
    /// Not a count: the version of the reader that read the journal last.
    ReaderVersion,
    /// Not a count: the bytes that files should take at most; 0 is no limit.
    StorageQuota,
    /// Not a count: the days that messages are kept; 0 is for ever.
    RetentionDays,
    /// Not a count: the point in time before which messages are not kept, in milliseconds; 0 while it is not known.
    KeptSince,
    /// Not a count: a point in time that has surely come, in milliseconds.
    ProvenTime,
    /// Not a count: the last message that was there when the search index was merged.
    IndexMerged,
    /// Not a count: whose words went and may be left in the pieces of the search index: 0 nobody's, 1 those of old messages, 2
    /// those of somebody who was erased.
    WordsLeft,
    /// Not a count: when such words were last let go of, in milliseconds.
    WordsForgotten,
}

impl Counter {
    const fn name(self) -> &'static str {
        match self {
            Self::RefusedSignatures => "refused_signatures",
            Self::SettingsSaved => "settings_saved",
            Self::TeamSaved => "team_saved",
            Self::ReaderVersion => "reader_version",
            Self::StorageQuota => "storage_quota_bytes",
            Self::RetentionDays => "retention_days",
            Self::KeptSince => "kept_since_ms",
            Self::ProvenTime => "proven_time_ms",
            Self::IndexMerged => "index_merged_up_to",
            Self::WordsLeft => "words_left",
            Self::WordsForgotten => "words_forgotten_ms",
        }
    }
}

impl Store {
    /// Adds `by` to a counter.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn count(&self, counter: Counter, by: u64) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| add(connection, counter, by))
            .await
    }
}

/// Adds `by` to a counter, and tells that the overview is different.
pub(crate) fn add(connection: &Connection, counter: Counter, by: u64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO counter (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
        )?
        .execute((counter.name(), i64::try_from(by).unwrap_or(i64::MAX)))?;
    change_log::log(connection, Change::Overview)
}

/// Sets a counter.
pub(crate) fn set(connection: &Connection, counter: Counter, value: u64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO counter (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute((counter.name(), i64::try_from(value).unwrap_or(i64::MAX)))?;
    Ok(())
}

/// The value of a counter; 0 before anything was counted.
pub(crate) fn value(connection: &Connection, counter: Counter) -> Result<u64, StoreError> {
    let value: i64 = connection
        .prepare_cached("SELECT coalesce((SELECT value FROM counter WHERE name = ?1), 0)")?
        .query_row([counter.name()], |row| row.get(0))?;
    Ok(value.unsigned_abs())
}
