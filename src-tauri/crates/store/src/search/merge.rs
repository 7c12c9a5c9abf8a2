//! Merging what a large import left of the search index in pieces: a search has to look into each of them.

use crate::{
    Store, StoreError,
    counter::{self, Counter},
};
use rusqlite::Connection;

impl Store {
    /// Whether so many messages came since the index was merged last that merging it pays: at least `at_least`, and
    /// half as many as it held. So each message is merged a few times in its life, however large the store grows.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn is_index_in_pieces(&self, at_least: u64) -> Result<bool, StoreError> {
        self.connections
            .read(move |connection| {
                let merged = counter::value(connection, Counter::IndexMerged)?;
                let new = newest(connection)?.saturating_sub(merged);
                Ok(new >= at_least.max(merged / 2).max(1))
            })
            .await
    }

    /// Merges at most about `pages` pages of the index in one write; `is_first` begins anew. `false`: it is in one piece
    /// now. What a stop cuts short is begun anew, with what is merged already as one piece.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn merge_index(&self, pages: u32, is_first: bool) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| merge(connection, Table::Messages, pages, is_first))
            .await
    }
}

/// A table of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Messages,
    People,
}

impl Table {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Messages => "message_words",
            Self::People => "person_words",
        }
    }
}

/// Merges at most about `pages` pages of one table; `false`: it is in one piece now.
pub(super) fn merge(connection: &Connection, table: Table, pages: u32, is_first: bool) -> Result<bool, StoreError> {
    let before = total_changes(connection)?;
    let pages = i64::from(pages.max(1));
    let name = table.name();
    connection
        .prepare_cached(&format!("INSERT INTO {name} ({name}, rank) VALUES ('merge', ?1)"))?
        // Below 0 it takes all pieces together first (SQLite, "FTS5", section 6.8).
        .execute([if is_first { -pages } else { pages }])?;
    // The command itself counts as one (the same place).
    let is_done = total_changes(connection)? - before < 2;
    if is_done && table == Table::Messages {
        counter::set(connection, Counter::IndexMerged, newest(connection)?)?;
    }
    Ok(!is_done)
}

fn newest(connection: &Connection) -> Result<u64, StoreError> {
    let id: i64 = connection
        .prepare_cached("SELECT coalesce(max(id), 0) FROM message")?
        .query_row((), |row| row.get(0))?;
    Ok(id.unsigned_abs())
}

fn total_changes(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT total_changes()")?
        .query_row((), |row| row.get(0))?)
}
