//! Words of messages and people that went. A table without contents does not take them out of a piece: it notes that they do
//! not count any more, and they go when the piece is merged (SQLite, "FTS5", section 4.4.3, and `fts5_index.c`, 3.53). So
//! the pieces are merged until there is no such note, in slices, as all that is forgotten.

use super::merge::{self, Table};
use crate::{
    Store, StoreError,
    counter::{self, Counter},
    erase::overwriting,
};
use rusqlite::Connection;
use twinbox_domain::Millis;

/// Words of old messages are let go of so often: each time all pieces are written anew, and some messages grow old every hour.
const OLD_EVERY_MS: i64 = 24 * 60 * 60 * 1000;

/// From here on the rows of an index are notes of what does not count any more: 37 bits say where in a piece, and their pieces
/// are counted from 65,536 on (SQLite, `fts5_index.c`, `FTS5_TOMBSTONE_ROWID`).
const FIRST_NOTE: i64 = 1 << 53;

/// Each time all is merged takes in what went while it was merged before; then an hour passes.
const MOST_ROUNDS: u32 = 3;

/// Whose words went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Forgotten {
    /// Those of messages that are older than they are kept.
    Old = 1,
    /// Those of somebody who asked for it.
    Erased = 2,
}

/// How far letting go of words has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordsLeft {
    table: Table,
    is_first: bool,
    rounds: u32,
}

impl WordsLeft {
    const fn of(table: Table) -> Self {
        Self {
            table,
            is_first: true,
            rounds: 0,
        }
    }
}

/// Words went that may be left in the pieces of the index.
pub(crate) fn words_went(connection: &Connection, whose: Forgotten) -> Result<(), StoreError> {
    let left = counter::value(connection, Counter::WordsLeft)?;
    counter::set(connection, Counter::WordsLeft, left.max(whose as u64))
}

impl Store {
    /// Whether words are to be let go of at `now`: those of people who were erased always, those of old messages every day.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn words_left(&self, now: Millis) -> Result<Option<WordsLeft>, StoreError> {
        self.connections
            .read(move |connection| {
                let last = counter::value(connection, Counter::WordsForgotten)?;
                let since = now.0.abs_diff(i64::try_from(last).unwrap_or(i64::MAX));
                let is_due = match counter::value(connection, Counter::WordsLeft)? {
                    0 => false,
                    1 => since >= OLD_EVERY_MS.unsigned_abs(),
                    _ => true,
                };
                Ok(is_due.then_some(WordsLeft::of(Table::Messages)))
            })
            .await
    }

    /// Lets go of words, about `pages` pages in one write. Says how to go on; `None`: nothing more can be done now. What a stop
    /// cuts short is begun anew.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn forget_words(
        &self,
        left: WordsLeft,
        pages: u32,
        now: Millis,
    ) -> Result<Option<WordsLeft>, StoreError> {
        self.connections
            .write(move |connection| overwriting(connection, || forget(connection, left, pages, now)))
            .await
    }
}

fn forget(connection: &Connection, left: WordsLeft, pages: u32, now: Millis) -> Result<Option<WordsLeft>, StoreError> {
    let WordsLeft {
        table,
        is_first,
        rounds,
    } = left;
    if has_notes(connection, table)? {
        if merge::merge(connection, table, pages, is_first)? {
            return Ok(Some(WordsLeft {
                is_first: false,
                ..left
            }));
        }
        if has_notes(connection, table)? && rounds + 1 < MOST_ROUNDS {
            return Ok(Some(WordsLeft {
                is_first: true,
                rounds: rounds + 1,
                ..left
            }));
        }
    }
    if table == Table::Messages {
        return Ok(Some(WordsLeft::of(Table::People)));
    }
    if !has_notes(connection, Table::Messages)? && !has_notes(connection, Table::People)? {
        counter::set(connection, Counter::WordsLeft, 0)?;
    }
    counter::set(
        connection,
        Counter::WordsForgotten,
        u64::try_from(now.0).unwrap_or_default(),
    )?;
    Ok(None)
}

fn has_notes(connection: &Connection, table: Table) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached(&notes_sql(table))?.exists([FIRST_NOTE])?)
}

fn notes_sql(table: Table) -> String {
    format!("SELECT 1 FROM {}_data WHERE id >= ?1 LIMIT 1", table.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn whether_words_are_left_is_found_without_a_look_at_the_index() {
        let plan = plan(&notes_sql(Table::Messages));
        assert!(plan.contains("INTEGER PRIMARY KEY (rowid>?)"), "{plan}");
    }
}
