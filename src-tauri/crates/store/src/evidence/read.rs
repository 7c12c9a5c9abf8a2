//! What was counted, read back.

use super::{Kind, SLOT_MS, SLOTS, first_slot};
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Millis, NumberId};

/// When a number last showed that it works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberEvidence {
    /// When a customer's message last arrived, live.
    pub message_at: Option<Millis>,
    /// When something was last sent from the phone, as far as it came live.
    pub phone_at: Option<Millis>,
    /// When a status last arrived.
    pub status_at: Option<Millis>,
    /// The last sign of life of the phone: also that it confirmed the connection.
    pub sign_at: Option<Millis>,
}

/// What of one kind arrived in each slot.
pub type Arrivals = [u64; SLOTS];

/// The last 24 hours of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// When it last showed that it works, however long ago.
    pub last: NumberEvidence,
    /// When the first slot begins; each is half an hour.
    pub from: Millis,
    /// Customers' messages.
    pub messages: Arrivals,
    /// What the phone sent.
    pub phone: Arrivals,
    /// Statuses.
    pub statuses: Arrivals,
    /// How many were so long on their way, by the buckets of [`twinbox_domain::delay_bucket`].
    pub delays: Vec<(u8, u64)>,
    /// The longest delay of each slot in milliseconds; `None` where nothing arrived.
    pub longest: [Option<i64>; SLOTS],
}

/// Connecting a number is confirmed on its phone. That has the time of this machine, so it is not kept with the signs that
/// Meta tells of: what has surely come is read from those (`retention`).
const LAST: &str = "SELECT e.message_at_ms, e.phone_at_ms, e.status_at_ms,
        max(coalesce(e.sign_at_ms, c.connected_at_ms), coalesce(c.connected_at_ms, e.sign_at_ms))
    FROM number n LEFT JOIN evidence e ON e.number_id = n.id LEFT JOIN connection c ON c.number_id = n.id
    WHERE n.phone_number_id = ?1";

pub(super) const ARRIVED: &str = "SELECT a.slot_ms, a.kind, a.bucket, a.count, a.longest_ms
    FROM number n JOIN arrival a ON a.number_id = n.id
    WHERE n.phone_number_id = ?1 AND a.slot_ms BETWEEN ?2 AND ?3";

impl Store {
    /// When a number last showed that it works.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn number_evidence(&self, number: NumberId) -> Result<NumberEvidence, StoreError> {
        self.connections.read(move |connection| last(connection, &number)).await
    }

    /// The 24 hours before `now` of a number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn evidence(&self, number: NumberId, now: Millis) -> Result<Evidence, StoreError> {
        self.connections
            .read(move |connection| evidence(connection, &number, now))
            .await
    }
}

fn last(connection: &Connection, number: &NumberId) -> Result<NumberEvidence, StoreError> {
    let last = connection
        .prepare_cached(LAST)?
        .query_row([number.as_str()], |row| {
            let at = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Millis));
            Ok(NumberEvidence {
                message_at: at(0)?,
                phone_at: at(1)?,
                status_at: at(2)?,
                sign_at: at(3)?,
            })
        })
        .optional()?;
    Ok(last.unwrap_or_default())
}

fn evidence(connection: &Connection, number: &NumberId, now: Millis) -> Result<Evidence, StoreError> {
    let from = first_slot(now);
    let mut read = Evidence {
        last: last(connection, number)?,
        from,
        messages: [0; SLOTS],
        phone: [0; SLOTS],
        statuses: [0; SLOTS],
        delays: Vec::new(),
        longest: [None; SLOTS],
    };
    let mut statement = connection.prepare_cached(ARRIVED)?;
    let mut rows = statement.query((number.as_str(), from.0, now.0))?;
    while let Some(row) = rows.next()? {
        let slot = Millis(row.get(0)?).ms_since(from) / SLOT_MS;
        let kind: String = row.get(1)?;
        let (bucket, count, longest_ms): (u8, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let arrivals = if kind == Kind::Message.as_str() {
            &mut read.messages
        } else if kind == Kind::Phone.as_str() {
            &mut read.phone
        } else {
            &mut read.statuses
        };
        let slot = usize::try_from(slot).unwrap_or(SLOTS);
        if let (Some(arrived), Some(longest)) = (arrivals.get_mut(slot), read.longest.get_mut(slot)) {
            *arrived += count.unsigned_abs();
            *longest = (*longest).max(Some(longest_ms));
            read.delays.push((bucket, count.unsigned_abs()));
        }
    }
    Ok(read)
}
