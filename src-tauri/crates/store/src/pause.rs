//! Table `pause`: numbers that Meta lets send nothing until somebody helps.

use crate::{Store, StoreError, change_log};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, Millis, NumberId, is_about_link};

impl Store {
    /// The number may try again: it has a new token, or a person says so. `false`: Meta had not refused it.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn resume_number(&self, number: NumberId) -> Result<bool, StoreError> {
        let asked = number.clone();
        let paused = self.connections.read(move |connection| of(connection, &asked)).await?;
        if paused.is_none() {
            return Ok(false);
        }
        self.connections.write(move |connection| end(connection, &number)).await
    }
}

fn end(connection: &Connection, number: &NumberId) -> Result<bool, StoreError> {
    let paused = connection
        .prepare_cached("DELETE FROM pause WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)")?
        .execute([number.as_str()])?;
    if paused > 0 {
        change_log::log(connection, Change::Overview)?;
    }
    Ok(paused > 0)
}

/// The number belonged to the Cloud API again at this time: an earlier refusal that spoke of the link is over.
pub(crate) fn link_is_back(connection: &Connection, number: &NumberId, at: Millis) -> Result<(), StoreError> {
    let refused = of(connection, number)?;
    if refused.is_some_and(|(code, since)| is_about_link(code) && since <= at) {
        end(connection, number)?;
    }
    Ok(())
}

/// Every number that Meta has refused.
pub(crate) fn all(connection: &Connection) -> Result<Vec<NumberId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT n.phone_number_id FROM pause p JOIN number n ON n.id = p.number_id")?;
    let rows = statement.query_map([], |row| row.get(0).map(NumberId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Meta refused the number with `code`. What it said first stays.
pub(crate) fn pause(connection: &Connection, number: i64, code: i64, at: Millis) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO pause (number_id, code, at_ms) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute((number, code, at.0))?;
    change_log::log(connection, Change::Overview)
}

/// With which code Meta refused the number, and when.
pub(crate) fn of(connection: &Connection, number: &NumberId) -> Result<Option<(i64, Millis)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT code, at_ms FROM pause WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
        )?
        .query_row([number.as_str()], |row| Ok((row.get(0)?, Millis(row.get(1)?))))
        .optional()?)
}
