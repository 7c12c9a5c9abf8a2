//! Table `portfolio`: which accounts are of one business portfolio, as far as the ids tell that people go by in them.
//!
//! A business-scoped id is the same in every account of a portfolio and in none of another one (Meta, "Business-scoped user
//! IDs", Aug 2026). So accounts in which one id was told are of one portfolio; others are taken to be of several, which
//! matters only where ids of theirs were told with one phone number.

use crate::{StoreError, alias};
use rusqlite::Connection;
use twinbox_domain::WabaId;

/// An id of which `known` is an account that it was told in, or empty, is told in `waba`. `true`: it has to be found out anew
/// whose it is.
pub(crate) fn told(connection: &Connection, alias: i64, known: &str, waba: &WabaId) -> Result<bool, StoreError> {
    if known == waba.as_str() {
        return Ok(false);
    }
    connection
        .prepare_cached("INSERT INTO portfolio (waba_id, known_as) VALUES (?1, ?1) ON CONFLICT DO NOTHING")?
        .execute([waba.as_str()])?;
    if known.is_empty() {
        connection
            .prepare_cached("UPDATE alias SET waba_id = ?2 WHERE id = ?1")?
            .execute((alias, waba.as_str()))?;
        return Ok(true);
    }
    join(connection, known, waba.as_str())?;
    Ok(false)
}

/// Two accounts are of one portfolio. Who was taken for one person because they were not may be several.
fn join(connection: &Connection, one: &str, other: &str) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE portfolio SET known_as = least.known_as
             FROM (SELECT min(known_as) AS known_as, max(known_as) AS other FROM portfolio WHERE waba_id IN (?1, ?2)) AS least
             WHERE portfolio.known_as = least.other AND least.known_as <> least.other",
        )?
        .execute((one, other))?;
    if changed == 0 {
        return Ok(());
    }
    let mut statement = connection.prepare_cached(
        "SELECT to_alias FROM person_link WHERE kind = 'holds' GROUP BY to_alias HAVING count(*) > 1",
    )?;
    let shared: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    shared
        .into_iter()
        .try_for_each(|phone| alias::regroup(connection, phone))
}
