//! Table `probe`: what Meta answered when it was asked for a number.

use crate::{Store, StoreError, change_log, connection, number, pause};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, Millis, NumberId, Probe};

/// An answer of Meta's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probed {
    /// Whether the token was taken.
    pub token_is_valid: bool,
    /// Whether the number lives on the phone and in the Cloud API; `None`: not told.
    pub is_linked: Option<bool>,
    /// The webhook fields that are needed and not sent here; `None`: not told.
    pub missing_fields: Option<Vec<String>>,
    /// Whether people do not like what it sends; `None`: not told.
    pub is_flagged: Option<bool>,
}

/// What Meta answered last of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Of its token and its link.
    pub probe: Probe,
    /// The webhook fields that are needed and not sent here, as far as it was ever told.
    pub missing_fields: Option<Vec<String>>,
    /// Whether people do not like what it sends, as far as it was ever told.
    pub is_flagged: Option<bool>,
}

impl Probed {
    /// Meta refused the token.
    pub fn refused() -> Self {
        Self {
            token_is_valid: false,
            is_linked: None,
            missing_fields: None,
            is_flagged: None,
        }
    }
}

impl Store {
    /// Keeps an answer. That a number is not linked counts only when it was before: one of the environment's need never
    /// have lived on a phone.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn keep_probe(&self, number: NumberId, probed: Probed, now: Millis) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let row = number::row_of(connection, &number)?;
                let before = last(connection, &number)?.map(|answered| answered.probe);
                let was_linked = before.is_some_and(|probe| probe.is_linked.is_some())
                    || connection::connected_after(connection, &number)?.is_some();
                // A refused token says nothing about the link.
                let is_linked = match probed.is_linked {
                    Some(false) if !was_linked => None,
                    None => before.and_then(|probe| probe.is_linked),
                    told => told,
                };
                let since = before
                    .filter(|probe| (probe.token_is_valid, probe.is_linked) == (probed.token_is_valid, is_linked))
                    .map_or(now, |probe| probe.since);
                connection
                    .prepare_cached(
                        "INSERT INTO probe (number_id, asked_at_ms, since_ms, token_is_valid, is_linked, missing_fields,
                             is_flagged)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                         ON CONFLICT (number_id) DO UPDATE SET asked_at_ms = excluded.asked_at_ms,
                             since_ms = excluded.since_ms, token_is_valid = excluded.token_is_valid,
                             is_linked = excluded.is_linked,
                             missing_fields = coalesce(excluded.missing_fields, missing_fields),
                             is_flagged = coalesce(excluded.is_flagged, is_flagged)",
                    )?
                    .execute((
                        row,
                        now.0,
                        since.0,
                        probed.token_is_valid,
                        is_linked,
                        probed.missing_fields.map(|fields| fields.join(" ")),
                        probed.is_flagged,
                    ))?;
                // Said each time, it would have what is refused all the same tried for ever.
                if is_linked == Some(true) && before.is_none_or(|probe| probe.is_linked != is_linked) {
                    pause::link_is_back(connection, &number, now)?;
                }
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// What was answered last; `None`: nothing yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn probe(&self, number: NumberId) -> Result<Option<Answered>, StoreError> {
        self.connections.read(move |connection| last(connection, &number)).await
    }
}

const LAST: &str = "SELECT p.asked_at_ms, p.since_ms, p.token_is_valid, p.is_linked, p.missing_fields, p.is_flagged
    FROM probe p JOIN number n ON n.id = p.number_id WHERE n.phone_number_id = ?1";

pub(crate) fn last(connection: &Connection, number: &NumberId) -> Result<Option<Answered>, StoreError> {
    Ok(connection
        .prepare_cached(LAST)?
        .query_row([number.as_str()], |row| {
            let probe = Probe {
                asked_at: Millis(row.get(0)?),
                since: Millis(row.get(1)?),
                token_is_valid: row.get(2)?,
                is_linked: row.get(3)?,
            };
            let missing: Option<String> = row.get(4)?;
            let missing_fields = missing.map(|fields| fields.split_whitespace().map(str::to_owned).collect());
            Ok(Answered {
                probe,
                missing_fields,
                is_flagged: row.get(5)?,
            })
        })
        .optional()?)
}
