//! Tables `rate` and `rate_list`: what messages cost, as the team keeps it.
//!
//! The app has a list of its own, which is replaced by that of a later version until somebody saves another. Nothing is
//! guessed: where there is no rate, there is none.

use crate::{Store, StoreError, change_log};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, Millis};

/// What a message of a category costs in a market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The first digits of the phone numbers of the market, 1 to 4.
    pub calling_code: String,
    /// Meta's word, for example `utility`.
    pub category: String,
    /// What the market is called, or empty.
    pub market: String,
    /// Millionths of the currency.
    pub micros: u64,
    /// Where it is from.
    pub source: String,
    /// Since when it holds, as `2026-04-01`.
    pub as_of: String,
    /// Whether somebody of the team says that it is right.
    pub is_checked: bool,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateList {
    /// ISO 4217 code.
    pub currency: String,
    /// Service messages of a number that cost nothing in a calendar month.
    pub free_service: u32,
    /// By market.
    pub rates: Vec<Rate>,
}

/// The list, and who saved it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptRates {
    /// The list.
    pub list: RateList,
    /// A colleague's name; empty for the app's own.
    pub author: String,
    /// When.
    pub saved_at: Millis,
}

/// An SQL expression: the rate of a message to a phone number of these digits, or NULL. The longest calling code decides.
/// Service messages cost what utility messages cost where no rate of their own is kept (announced by Meta for October 2026).
pub(crate) fn rate_sql(digits: &str, category: &str) -> String {
    let utility = format!("iif({category} = 'service', 'utility', '')");
    let keys = [4, 3, 2, 1].into_iter().flat_map(|length| {
        [category, &utility].map(|category| {
            format!(
                "(SELECT micros FROM rate WHERE calling_code = substr({digits}, 1, {length}) AND category = {category})"
            )
        })
    });
    format!("coalesce({})", keys.collect::<Vec<_>>().join(", "))
}

impl Store {
    /// What messages cost.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn rates(&self) -> Result<KeptRates, StoreError> {
        self.connections.read(rates).await
    }

    /// This is the app's own list; one that somebody has saved stays.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn offer_rates(&self, list: RateList, now: Millis) -> Result<(), StoreError> {
        let kept = self.rates().await?;
        if !kept.author.is_empty() || kept.list == list {
            return Ok(());
        }
        self.connections
            .write(move |connection| save(connection, &list, "", now))
            .await
    }

    /// This is the list from now on.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn save_rates(&self, list: RateList, author: String, now: Millis) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| save(connection, &list, &author, now))
            .await
    }
}

fn rates(connection: &Connection) -> Result<KeptRates, StoreError> {
    let kept = connection
        .prepare_cached("SELECT currency, free_service, author, saved_at_ms FROM rate_list")?
        .query_row((), |row| {
            Ok(KeptRates {
                list: RateList {
                    currency: row.get(0)?,
                    free_service: row.get(1)?,
                    rates: Vec::new(),
                },
                author: row.get(2)?,
                saved_at: Millis(row.get(3)?),
            })
        })
        .optional()?;
    let mut kept = kept.unwrap_or_default();
    let mut statement = connection.prepare_cached(
        "SELECT calling_code, category, market, micros, source, as_of, is_checked FROM rate
         ORDER BY market, calling_code, category",
    )?;
    let rows = statement.query_map((), |row| {
        Ok(Rate {
            calling_code: row.get(0)?,
            category: row.get(1)?,
            market: row.get(2)?,
            micros: row.get::<_, i64>(3)?.unsigned_abs(),
            source: row.get(4)?,
            as_of: row.get(5)?,
            is_checked: row.get(6)?,
        })
    })?;
    for rate in rows {
        kept.list.rates.push(rate?);
    }
    Ok(kept)
}

fn save(connection: &Connection, list: &RateList, author: &str, now: Millis) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM rate")?.execute(())?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO rate (calling_code, category, market, micros, source, as_of, is_checked)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for rate in &list.rates {
        insert.execute((
            &rate.calling_code,
            &rate.category,
            &rate.market,
            i64::try_from(rate.micros).unwrap_or(i64::MAX),
            &rate.source,
            &rate.as_of,
            rate.is_checked,
        ))?;
    }
    connection
        .prepare_cached(
            "INSERT INTO rate_list (id, currency, free_service, author, saved_at_ms) VALUES (1, ?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET currency = excluded.currency, free_service = excluded.free_service,
                 author = excluded.author, saved_at_ms = excluded.saved_at_ms",
        )?
        .execute((&list.currency, list.free_service, author, now.0))?;
    change_log::log(connection, Change::Overview)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn a_rate_is_found_by_its_key() {
        let plan = plan(&format!("SELECT {}", rate_sql("?1", "?2")));
        assert!(plan.contains("SEARCH rate") && !plan.contains("SCAN rate"), "{plan}");
    }
}
