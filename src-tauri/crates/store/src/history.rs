//! Tables `history_chunk` and `history_refusal`: how far the phone's history has come.

use crate::{Store, StoreError, change_log, held, number};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, HistoryFact, HistoryTold, NumberId};

/// How far the history of a number has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistoryProgress {
    /// The most that any chunk has told, 0 to 100; `None` while none has come.
    pub percent: Option<u8>,
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
                let progress = connection
                    .prepare_cached(PROGRESS)?
                    .query_row([number.as_str()], |row| {
                        Ok(HistoryProgress {
                            percent: row.get(0)?,
                            refused: row.get(1)?,
                        })
                    })
                    .optional()?;
                Ok(progress.unwrap_or_default())
            })
            .await
    }
}

/// Asked at every event, so along an index: a long history has tens of thousands of chunks.
const PROGRESS: &str = "SELECT
        (SELECT max(percent) FROM history_chunk WHERE number_id = n.id),
        (SELECT code FROM history_refusal WHERE number_id = n.id)
    FROM number n WHERE phone_number_id = ?1";

/// A chunk came, or the history is refused. Says how many webhooks are pending again because the
/// first synchronization ended with it.
pub(crate) fn apply(connection: &Connection, fact: &HistoryFact) -> Result<u64, StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    match fact.told {
        HistoryTold::Chunk {
            phase,
            order,
            progress,
            messages,
        } => connection
            .prepare_cached(
                "INSERT INTO history_chunk (number_id, phase, chunk, percent, messages) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (number_id, phase, chunk) DO UPDATE SET
                     percent = max(percent, excluded.percent), messages = max(messages, excluded.messages)",
            )?
            .execute((
                number,
                phase,
                order,
                progress,
                i64::try_from(messages).unwrap_or(i64::MAX),
            ))?,
        HistoryTold::Refused { code } => connection
            .prepare_cached(
                "INSERT INTO history_refusal (number_id, code) VALUES (?1, ?2)
                 ON CONFLICT (number_id) DO UPDATE SET code = max(code, excluded.code)",
            )?
            .execute((number, code))?,
    };
    change_log::log(connection, Change::Overview)?;
    held::release_when_complete(connection, number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn how_far_the_history_is_looks_at_no_chunk_but_the_last() {
        let plan = plan(PROGRESS);
        assert!(plan.contains("history_chunk_percent"), "{plan}");
        assert!(!plan.contains("SCAN history_chunk"), "{plan}");
    }
}
