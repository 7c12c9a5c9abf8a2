//! What receipts tell of costs, added up, and table `spent`: the same of messages that went, without whom they went to.

use crate::{
    Store, StoreError,
    named_row::{NamedRow, read_all},
    rate::rate_sql,
    words::word,
};
use rusqlite::Connection;
use twinbox_domain::{Millis, NumberId, Origin, Wamid};

/// Delivered messages that cost the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Meta's word, for example `utility`.
    pub category: String,
    /// Who sent them.
    pub origin: Origin,
    /// Whether Meta bills them.
    pub is_billable: bool,
    /// What each costs by the table of rates, in millionths; `None`: the table has no rate.
    pub micros: Option<u64>,
    /// How many.
    pub messages: u64,
}

/// Service messages of a number in a calendar month: some of them cost nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// When the month began.
    pub month: Millis,
    /// Most that cost nothing in it.
    pub most: u32,
}

/// The receipts that count. A message counts once, when it was first told to have arrived and what it costs; that may come with
/// any of them.
const COUNTED: &str = "receipt r JOIN message m ON m.number_id = r.number_id AND m.wamid = r.wamid
        WHERE r.category != '' AND r.status IN ('delivered', 'read', 'played')
        AND NOT EXISTS (SELECT 1 FROM receipt e WHERE e.number_id = r.number_id AND e.wamid = r.wamid
            AND e.category != '' AND e.status IN ('delivered', 'read', 'played') AND (e.at_ms, e.status) < (r.at_ms, r.status))";

/// What columns of table `spent` they fill.
const COLUMNS: &str =
    "r.at_ms, r.category, r.pricing, r.is_billable, m.origin, substr(r.recipient, 1, 4) AS calling_code";

/// What goes on an ad costs nothing anyway, and takes nothing of the allowance.
const OF_SERVICE: &str = "category = 'service' AND pricing != 'free_entry_point'";

/// Of messages that are here and that went. `?1` is the number, `?2` and `?3` from when to before when.
fn delivered() -> String {
    format!(
        "(SELECT {COLUMNS}, r.wamid FROM {COUNTED}
             AND r.number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND r.at_ms >= ?2 AND r.at_ms < ?3
         UNION ALL SELECT at_ms, category, pricing, is_billable, origin, calling_code, '' FROM spent
             WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND at_ms >= ?2 AND at_ms < ?3)"
    )
}

fn spent_sql() -> String {
    let (micros, delivered) = (rate_sql("g.calling_code", "g.category"), delivered());
    format!(
        "SELECT category, origin, is_billable, {micros} AS micros, sum(messages) FROM (
             SELECT category, origin, calling_code, is_billable, count(*) AS messages FROM {delivered} GROUP BY 1, 2, 3, 4) g
         GROUP BY category, origin, is_billable, micros"
    )
}

/// Of those that the allowance covers, the first of the month, what Meta bills from `?4` on.
fn covered_sql() -> String {
    let (micros, delivered) = (rate_sql("g.calling_code", "g.category"), delivered());
    format!(
        "SELECT category, origin, is_billable, {micros} AS micros, count(*) FROM (
             SELECT * FROM {delivered} WHERE {OF_SERVICE} ORDER BY at_ms, wamid LIMIT ?5) g
         WHERE g.is_billable = 1 AND g.at_ms >= ?4
         GROUP BY category, origin, is_billable, micros"
    )
}

fn service_sql() -> String {
    format!("SELECT count(*) FROM {} WHERE {OF_SERVICE}", delivered())
}

/// Keeps what a message cost that is about to go.
pub(crate) fn keep(connection: &Connection, number: i64, wamid: &Wamid) -> Result<(), StoreError> {
    connection
        .prepare_cached(&keep_sql())?
        .execute((number, wamid.as_str()))?;
    Ok(())
}

fn keep_sql() -> String {
    format!(
        "INSERT INTO spent (at_ms, category, pricing, is_billable, origin, calling_code, number_id)
         SELECT {COLUMNS}, r.number_id FROM {COUNTED} AND r.number_id = ?1 AND r.wamid = ?2"
    )
}

impl Store {
    /// What Meta said of the messages of a number that were delivered from `from` to before `to`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn spending(&self, number: NumberId, from: Millis, to: Millis) -> Result<Vec<Spent>, StoreError> {
        self.connections
            .read(move |connection| read(connection, &spent_sql(), (number.as_str(), from.0, to.0)))
            .await
    }

    /// Which of the messages that Meta said it bills cost nothing all the same, because of the allowance of their month:
    /// delivered from `from` to before `to`, both in that month.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn covered(
        &self,
        number: NumberId,
        allowance: Allowance,
        from: Millis,
        to: Millis,
    ) -> Result<Vec<Spent>, StoreError> {
        self.connections
            .read(move |connection| {
                let Allowance { month, most } = allowance;
                read(
                    connection,
                    &covered_sql(),
                    (number.as_str(), month.0, to.0, from.0, most),
                )
            })
            .await
    }

    /// How many service messages of a number count for its allowance, delivered from `from` to before `to`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn service_messages(&self, number: NumberId, from: Millis, to: Millis) -> Result<u64, StoreError> {
        self.connections
            .read(move |connection| {
                let count: i64 = connection
                    .prepare_cached(&service_sql())?
                    .query_row((number.as_str(), from.0, to.0), |row| row.get(0))?;
                Ok(count.unsigned_abs())
            })
            .await
    }
}

fn read(connection: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Spent>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    read_all(&mut statement, parameters, read_row)
}

fn read_row(row: &NamedRow<'_>) -> Result<Spent, StoreError> {
    Ok(Spent {
        category: row.at(0)?,
        origin: word(row, "origin", Origin::from_word)?,
        is_billable: row.at(2)?,
        micros: row.at::<Option<i64>>(3)?.map(i64::unsigned_abs),
        messages: row.at::<i64>(4)?.unsigned_abs(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn only_receipts_of_the_time_asked_for_are_read() {
        for sql in [spent_sql(), covered_sql(), service_sql()] {
            let plan = plan(&sql);
            assert!(plan.contains("receipt_billed") && plan.contains("spent_at"), "{plan}");
            assert!(!plan.contains("SCAN r") && !plan.contains("SCAN spent"), "{plan}");
        }
    }
}
