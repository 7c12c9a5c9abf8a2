//! What receipts tell of costs, added up.

use crate::{Store, StoreError, words::word};
use twinbox_domain::{Millis, NumberId, Origin};

/// Delivered messages that cost the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Meta's word, for example `utility`.
    pub category: String,
    /// Who sent them.
    pub origin: Origin,
    /// The first four digits of the phone numbers they went to: the calling code is among them. Empty when not told.
    pub calling_code: String,
    /// Whether Meta bills them.
    pub is_billable: bool,
    /// How many.
    pub messages: u64,
}

/// A message counts once, when it was first told to have arrived.
const SPENT: &str = "SELECT r.category, m.origin, substr(r.recipient, 1, 4) AS calling_code, r.is_billable, count(*)
    FROM receipt r JOIN message m ON m.number_id = r.number_id AND m.wamid = r.wamid
    WHERE r.number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND r.category != ''
        AND r.at_ms >= ?2 AND r.at_ms < ?3 AND r.status IN ('delivered', 'read', 'played')
        AND NOT EXISTS (SELECT 1 FROM receipt e WHERE e.number_id = r.number_id AND e.wamid = r.wamid
            AND e.status IN ('delivered', 'read', 'played') AND (e.at_ms, e.status) < (r.at_ms, r.status))
    GROUP BY r.category, m.origin, calling_code, r.is_billable";

impl Store {
    /// What Meta said of the messages of a number that were delivered from `from` to before `to`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn spending(&self, number: NumberId, from: Millis, to: Millis) -> Result<Vec<Spent>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement = connection.prepare_cached(SPENT)?;
                let mut rows = statement.query((number.as_str(), from.0, to.0))?;
                let mut spent = Vec::new();
                while let Some(row) = rows.next()? {
                    spent.push(Spent {
                        category: row.get(0)?,
                        origin: word(row, "origin", Origin::from_word)?,
                        calling_code: row.get(2)?,
                        is_billable: row.get(3)?,
                        messages: u64::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
                    });
                }
                Ok(spent)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn only_receipts_of_the_time_asked_for_are_read() {
        let plan = plan(SPENT);
        assert!(plan.contains("receipt_billed") && !plan.contains("SCAN r"), "{plan}");
    }
}
