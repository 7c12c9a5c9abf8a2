//! Table `tally`: counts for the status line. Triggers keep them, so they are right whatever changes a row.

use crate::StoreError;
use rusqlite::Connection;

/// How many there are of something.
pub(crate) fn value(connection: &Connection, name: &str) -> Result<u64, StoreError> {
    let value: i64 = connection
        .prepare_cached("SELECT value FROM tally WHERE name = ?1")?
        .query_row([name], |row| row.get(0))?;
    Ok(u64::try_from(value).unwrap_or_default())
}
