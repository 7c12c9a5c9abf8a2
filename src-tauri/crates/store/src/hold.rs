//! Tables `hold` and `lane_hold`: numbers, and lanes of them, whose sending a person has paused; single messages are marked in
//! `outbox`. What Meta refuses is in `pause`.

use crate::{Store, StoreError, account, change_log, outbox};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, Lane, Millis, NumberId, OutboxId};

/// Who paused the sending of a number, a lane or a message, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// A colleague's name.
    pub author: String,
    /// Since when.
    pub at: Millis,
}

/// What people have set about the sending of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// Who paused it; `None`: nobody.
    pub hold: Option<Hold>,
    /// The lanes that somebody paused by themselves.
    pub held_lanes: Vec<Lane>,
    /// How long a reply can be taken back before it leaves; 0: not at all.
    pub undo_ms: u32,
}

impl Store {
    /// Nothing is sent from a number from now on, until [`Store::release`]; what is on the wire goes on. Who paused it
    /// first stays. `false`: it was paused already, or is not known.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn hold(&self, number: NumberId, hold: Hold) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let held = connection
                    .prepare_cached(
                        "INSERT INTO hold (number_id, author, at_ms)
                         SELECT id, ?2, ?3 FROM number WHERE phone_number_id = ?1 ON CONFLICT DO NOTHING",
                    )?
                    .execute((number.as_str(), &hold.author, hold.at.0))?;
                log_if(connection, held)
            })
            .await
    }

    /// The number sends again. `false`: no person had paused it.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn release(&self, number: NumberId) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let released = connection
                    .prepare_cached(
                        "DELETE FROM hold WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
                    )?
                    .execute([number.as_str()])?;
                log_if(connection, released)
            })
            .await
    }

    /// Nothing of a lane of a number is sent from now on, until [`Store::release_lane`]; as [`Store::hold`] otherwise.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn hold_lane(&self, number: NumberId, lane: Lane, hold: Hold) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let held = connection
                    .prepare_cached(
                        "INSERT INTO lane_hold (number_id, lane, author, at_ms)
                         SELECT id, ?2, ?3, ?4 FROM number WHERE phone_number_id = ?1 ON CONFLICT DO NOTHING",
                    )?
                    .execute((number.as_str(), lane.rank(), &hold.author, hold.at.0))?;
                log_if(connection, held)
            })
            .await
    }

    /// A lane of a number sends again. `false`: no person had paused it.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn release_lane(&self, number: NumberId, lane: Lane) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let released = connection
                    .prepare_cached(
                        "DELETE FROM lane_hold
                         WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND lane = ?2",
                    )?
                    .execute((number.as_str(), lane.rank()))?;
                log_if(connection, released)
            })
            .await
    }

    /// A waiting message is not sent until [`Store::release_item`]. It keeps its place, and what follows it in its lane and
    /// conversation waits for it. `false`: it does not wait any more, or is paused already.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn hold_item(&self, id: OutboxId, hold: Hold) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let held = connection
                    .prepare_cached(
                        "UPDATE outbox SET held_at_ms = max(?2, 1), held_by = ?3
                         WHERE id = ?1 AND state = 'queued' AND held_at_ms = 0",
                    )?
                    .execute((id.to_string(), hold.at.0, &hold.author))?;
                outbox::log(connection, id)?;
                Ok(held > 0)
            })
            .await
    }

    /// A message goes when its turn has come. `false`: no person had paused it.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn release_item(&self, id: OutboxId) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let released = connection
                    .prepare_cached("UPDATE outbox SET held_at_ms = 0 WHERE id = ?1 AND held_at_ms > 0")?
                    .execute([id.to_string()])?;
                outbox::log(connection, id)?;
                Ok(released > 0)
            })
            .await
    }

    /// What people have set about the sending of a number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn sending(&self, number: NumberId) -> Result<Sending, StoreError> {
        self.connections
            .read(move |connection| {
                let undo_ms: Option<u32> = connection
                    .prepare_cached("SELECT undo_ms FROM number WHERE phone_number_id = ?1")?
                    .query_row([number.as_str()], |row| row.get(0))
                    .optional()?;
                Ok(Sending {
                    hold: of(connection, &number)?,
                    held_lanes: lanes_of(connection, &number)?,
                    undo_ms: undo_ms.unwrap_or_default(),
                })
            })
            .await
    }

    /// How long replies of a number can be taken back before they leave, at most 5000 ms; 0: not at all. `false`: it is
    /// not known.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_undo(&self, number: NumberId, undo_ms: u32) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let known = connection
                    .prepare_cached("UPDATE number SET undo_ms = ?2 WHERE phone_number_id = ?1")?
                    .execute((number.as_str(), undo_ms))?;
                log_if(connection, known)
            })
            .await
    }
}

fn log_if(connection: &Connection, changed: usize) -> Result<bool, StoreError> {
    if changed > 0 {
        change_log::log(connection, Change::Overview)?;
    }
    Ok(changed > 0)
}

pub(crate) fn of(connection: &Connection, number: &NumberId) -> Result<Option<Hold>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT author, at_ms FROM hold WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
        )?
        .query_row([number.as_str()], |row| {
            Ok(Hold {
                author: row.get(0)?,
                at: Millis(row.get(1)?),
            })
        })
        .optional()?)
}

/// The lanes of a number that somebody has paused by themselves.
pub(crate) fn lanes_of(connection: &Connection, number: &NumberId) -> Result<Vec<Lane>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT lane FROM lane_hold WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
    )?;
    let ranks = statement.query_map([number.as_str()], |row| row.get(0))?;
    let ranks = ranks.collect::<Result<Vec<i64>, _>>()?;
    Ok(Lane::ALL
        .into_iter()
        .filter(|lane| ranks.contains(&lane.rank()))
        .collect())
}

/// Whether anything may leave from a number: no person has paused it, and Meta lets it send.
pub(crate) fn is_sending(connection: &Connection, number: &NumberId) -> Result<bool, StoreError> {
    Ok(of(connection, number)?.is_none() && account::standing(connection, number)?.may_send())
}

/// The same of one message: its lane is not paused either, and it has not been erased.
pub(crate) fn lets_go(connection: &Connection, id: OutboxId) -> Result<bool, StoreError> {
    let waiting = connection
        .prepare_cached(
            "SELECT n.phone_number_id, o.lane FROM outbox o JOIN number n ON n.id = o.number_id WHERE o.id = ?1",
        )?
        .query_row([id.to_string()], |row| {
            Ok((NumberId(row.get(0)?), row.get::<_, i64>(1)?))
        })
        .optional()?;
    let Some((number, lane)) = waiting else {
        return Ok(false);
    };
    Ok(is_sending(connection, &number)? && lanes_of(connection, &number)?.iter().all(|held| held.rank() != lane))
}
