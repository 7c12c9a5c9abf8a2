//! Table `reminder`: what a person was told about a number, so that it is told once.

use crate::{Store, StoreError, number};
use rusqlite::OptionalExtension;
use twinbox_domain::{NumberId, ReminderAbout};

const TOLD: &str = "SELECT r.stage FROM reminder r JOIN number n ON n.id = r.number_id
    WHERE n.phone_number_id = ?1 AND r.about = ?2";

impl Store {
    /// Keeps the stage that is told now, 0 for nothing. `true`: it was another one before.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn remind(&self, number: NumberId, about: ReminderAbout, stage: i64) -> Result<bool, StoreError> {
        let asked = number.clone();
        let told: Option<i64> = self
            .connections
            .read(move |connection| {
                Ok(connection
                    .prepare_cached(TOLD)?
                    .query_row((asked.as_str(), about.as_str()), |row| row.get(0))
                    .optional()?)
            })
            .await?;
        // Asked every half minute, and nearly always the same.
        if told.unwrap_or_default() == stage {
            return Ok(false);
        }
        self.connections
            .write(move |connection| {
                let row = number::row_of(connection, &number)?;
                connection
                    .prepare_cached(
                        "INSERT INTO reminder (number_id, about, stage) VALUES (?1, ?2, ?3)
                         ON CONFLICT (number_id, about) DO UPDATE SET stage = excluded.stage",
                    )?
                    .execute((row, about.as_str(), stage))?;
                Ok(true)
            })
            .await
    }
}
