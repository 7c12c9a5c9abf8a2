//! Tables `history_chunk` and `history_refusal`: how far the phone's history has come.

use crate::{Store, StoreError, change_log, number};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, HistoryFact, HistoryTold, NumberId};

/// How far the history of a number has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistoryProgress {
    /// The most that any chunk has told, 0 to 100; `None` while none has come.
    pub percent: Option<u8>,
    /// Chunks that have come.
    pub chunks: u64,
    /// Meta's code when it is not shared (2593109: the owner declined).
    pub refused: Option<i64>,
}

impl Store {
    /// How far the history of a number has come.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn history_progress(&self, number: NumberId) -> Result<HistoryProgress, StoreError> {
        self.connections
            .read(move |connection| {
                let (percent, chunks): (Option<u8>, i64) = connection
                    .prepare_cached(
                        "SELECT max(percent), count(*) FROM history_chunk
                         WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
                    )?
                    .query_row([number.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let refused = connection
                    .prepare_cached(
                        "SELECT code FROM history_refusal
                         WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
                    )?
                    .query_row([number.as_str()], |row| row.get(0))
                    .optional()?;
                Ok(HistoryProgress {
                    percent,
                    chunks: chunks.unsigned_abs(),
                    refused,
                })
            })
            .await
    }
}

/// A chunk came, or the history is refused.
pub(crate) fn apply(connection: &Connection, fact: &HistoryFact) -> Result<(), StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    match fact.told {
        HistoryTold::Chunk { phase, order, progress } => connection
            .prepare_cached(
                "INSERT INTO history_chunk (number_id, phase, chunk, percent) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (number_id, phase, chunk) DO UPDATE SET percent = max(percent, excluded.percent)",
            )?
            .execute((number, phase, order, progress))?,
        HistoryTold::Refused { code } => connection
            .prepare_cached(
                "INSERT INTO history_refusal (number_id, code) VALUES (?1, ?2)
                 ON CONFLICT (number_id) DO UPDATE SET code = max(code, excluded.code)",
            )?
            .execute((number, code))?,
    };
    change_log::log(connection, Change::Overview)
}
