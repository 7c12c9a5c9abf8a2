//! Tables `connection` and `sync_request`: what connects a number, and what its phone was asked for.

use crate::{Number, Store, StoreError, change_log, held, number};
use rusqlite::{Connection, OptionalExtension, Row};
use twinbox_domain::{Change, JournalId, Millis, NumberId};

/// What connects a number.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberConnection {
    /// The number, by the id it is known by.
    pub number: NumberId,
    /// What Meta calls it by now.
    pub called: NumberId,
    /// Meta's id of its account.
    pub waba: String,
    /// Sealed.
    pub token: Vec<u8>,
    /// `None`: never.
    pub token_expires_at: Option<Millis>,
    /// When it was connected.
    pub connected_at: Millis,
    /// As on the registration documents.
    pub business_name: String,
    /// `None`: there is none.
    pub website: Option<String>,
    /// Whether Meta sends its webhooks here.
    pub is_subscribed: bool,
    /// Whether new messages wait for the end of the first synchronization.
    pub is_holding: bool,
    /// When the last contacts or history arrived.
    pub last_piece_at: Option<Millis>,
}

/// One of the two requests of a synchronization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncPart {
    /// The contacts.
    Contacts,
    /// The messages.
    History,
}

impl SyncPart {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::History => "history",
        }
    }
}

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncState {
    /// Written before the call: Meta may have taken it.
    Maybe,
    /// Meta took it, under this id.
    Made(String),
    /// Meta refused it with this code.
    Refused(i64),
}

/// A request that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncAsked {
    /// When.
    pub at: Millis,
    /// How it ended.
    pub state: SyncState,
}

/// What has come from the phone so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncCounts {
    /// Contacts of the phone.
    pub contacts: u64,
    /// Conversations of the number.
    pub conversations: u64,
    /// Messages that the chunks told.
    pub messages: u64,
    /// The furthest each phase has told, 0 to 100.
    pub phases: [Option<u8>; 3],
    /// Files fetched.
    pub files_here: u64,
    /// Files in all.
    pub files: u64,
    /// New messages that are held back.
    pub waiting: u64,
}

const COLUMNS: &str = "n.phone_number_id, c.waba, c.token, c.token_expires_at_ms, c.connected_at_ms, c.business_name,
    c.website, c.is_subscribed, c.is_holding, c.last_piece_at_ms, c.phone_number_id FROM connection c JOIN number n ON n.id = c.number_id";

fn read(row: &Row<'_>) -> rusqlite::Result<NumberConnection> {
    Ok(NumberConnection {
        number: NumberId(row.get(0)?),
        waba: row.get(1)?,
        token: row.get(2)?,
        token_expires_at: row.get::<_, Option<i64>>(3)?.map(Millis),
        connected_at: Millis(row.get(4)?),
        business_name: row.get(5)?,
        website: row.get(6)?,
        is_subscribed: row.get(7)?,
        is_holding: row.get(8)?,
        last_piece_at: row.get::<_, Option<i64>>(9)?.map(Millis),
        called: NumberId(row.get(10)?),
    })
}

/// The last webhook before a number was connected here; `None`: it never was.
pub(crate) fn connected_after(connection: &Connection, number: &NumberId) -> Result<Option<JournalId>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT c.after_journal_id FROM connection c JOIN number n ON n.id = c.number_id
             WHERE n.phone_number_id = ?1",
        )?
        .query_row([number.as_str()], |row| row.get(0).map(JournalId))
        .optional()?)
}

impl Store {
    /// Every number that was connected here, with what connects it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn number_connections(&self) -> Result<Vec<NumberConnection>, StoreError> {
        self.connections
            .read(|connection| {
                let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} ORDER BY n.id"))?;
                let rows = statement.query_map([], read)?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }

    /// What connects a number; `None` when it was not connected here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn number_connection(&self, number: NumberId) -> Result<Option<NumberConnection>, StoreError> {
        self.connections
            .read(move |connection| {
                Ok(connection
                    .prepare_cached(&format!("SELECT {COLUMNS} WHERE n.phone_number_id = ?1"))?
                    .query_row([number.as_str()], read)
                    .optional()?)
            })
            .await
    }

    /// Connects a number, anew when it was connected before: it may be asked for contacts and history once more, and
    /// what an earlier history told of how far it came is forgotten, and so are the uploads of its files.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn connect_number(&self, number: Number, connected: NumberConnection) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let row = number::set(connection, &number)?;
                for table in ["sync_request", "history_chunk", "history_refusal", "probe", "reminder"] {
                    connection.execute(&format!("DELETE FROM {table} WHERE number_id = ?1"), [row])?;
                }
                connection
                    .prepare_cached(
                        "UPDATE attachment SET media_id = '', uploaded_at_ms = 0
                         WHERE outbox_id IN (SELECT id FROM outbox WHERE number_id = ?1
                             AND state IN ('queued', 'in_flight', 'outcome_unknown'))",
                    )?
                    .execute([row])?;
                connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO connection (number_id, waba, token, token_expires_at_ms,
                             connected_at_ms, business_name, website, is_subscribed, is_holding, last_piece_at_ms,
                             phone_number_id, after_journal_id)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10,
                             (SELECT coalesce(max(id), 0) FROM journal))",
                    )?
                    .execute((
                        row,
                        &connected.waba,
                        &connected.token,
                        connected.token_expires_at.map(|at| at.0),
                        connected.connected_at.0,
                        &connected.business_name,
                        &connected.website,
                        connected.is_subscribed,
                        connected.is_holding,
                        connected.called.as_str(),
                    ))?;
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// Meta sends the number's webhooks here now.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_subscribed(&self, number: NumberId) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                connection
                    .prepare_cached(
                        "UPDATE connection SET is_subscribed = 1
                         WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
                    )?
                    .execute([number.as_str()])?;
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// The webhooks of all numbers have another address by now, of which Meta does not know yet.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn unsubscribe_all(&self) -> Result<(), StoreError> {
        self.connections
            .write(|connection| {
                unsubscribe(connection)?;
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// A newer token of a number in place of `before`. `false`: it has another by now, which stays.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_token(
        &self,
        number: NumberId,
        before: Vec<u8>,
        token: Vec<u8>,
        expires_at: Option<Millis>,
    ) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let changed = connection
                    .prepare_cached(
                        "UPDATE connection SET token = ?2, token_expires_at_ms = ?3
                         WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND token = ?4",
                    )?
                    .execute((number.as_str(), &token, expires_at.map(|at| at.0), &before))?;
                change_log::log(connection, Change::Overview)?;
                Ok(changed > 0)
            })
            .await
    }

    /// Writes down that the phone is about to be asked. `false`: it was asked before, so do not ask; `again` asks all the same
    /// when the answer was lost.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn begin_sync(
        &self,
        number: NumberId,
        part: SyncPart,
        again: bool,
        now: Millis,
    ) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let row = number::row_of(connection, &number)?;
                let begun = connection
                    .prepare_cached(
                        "INSERT INTO sync_request (number_id, kind, at_ms, state, code, request_id)
                         VALUES (?1, ?2, ?3, 'maybe', NULL, '')
                         ON CONFLICT (number_id, kind) DO UPDATE SET at_ms = excluded.at_ms
                             WHERE state = 'maybe' AND ?4",
                    )?
                    .execute((row, part.as_str(), now.0, again))?;
                change_log::log(connection, Change::Overview)?;
                Ok(begun > 0)
            })
            .await
    }

    /// How the request ended. `None`: it never left, and may be made again. New messages do not wait for a history that was
    /// refused; says how many webhooks with such are pending again.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn finish_sync(
        &self,
        number: NumberId,
        part: SyncPart,
        state: Option<SyncState>,
    ) -> Result<u64, StoreError> {
        self.connections
            .write(move |connection| {
                let row = number::row_of(connection, &number)?;
                match state {
                    None => {
                        connection
                            .prepare_cached("DELETE FROM sync_request WHERE number_id = ?1 AND kind = ?2")?
                            .execute((row, part.as_str()))?;
                    }
                    Some(state) => {
                        let (word, code, request_id) = match &state {
                            SyncState::Maybe => ("maybe", None, ""),
                            SyncState::Made(id) => ("made", None, id.as_str()),
                            SyncState::Refused(code) => ("refused", Some(*code), ""),
                        };
                        connection
                            .prepare_cached(
                                "UPDATE sync_request SET state = ?3, code = ?4, request_id = ?5
                                 WHERE number_id = ?1 AND kind = ?2",
                            )?
                            .execute((row, part.as_str(), word, code, request_id))?;
                        if part == SyncPart::History && code.is_some() {
                            return held::release(connection, row);
                        }
                    }
                }
                change_log::log(connection, Change::Overview)?;
                Ok(0)
            })
            .await
    }

    /// The request for a part; `None`: not made.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn sync_asked(&self, number: NumberId, part: SyncPart) -> Result<Option<SyncAsked>, StoreError> {
        self.connections
            .read(move |connection| {
                let asked = connection
                    .prepare_cached(
                        "SELECT s.at_ms, s.state, s.code, s.request_id FROM sync_request s
                         JOIN number n ON n.id = s.number_id WHERE n.phone_number_id = ?1 AND s.kind = ?2",
                    )?
                    .query_row((number.as_str(), part.as_str()), |row| {
                        let state: String = row.get(1)?;
                        Ok(SyncAsked {
                            at: Millis(row.get(0)?),
                            state: match state.as_str() {
                                "made" => SyncState::Made(row.get(3)?),
                                "refused" => SyncState::Refused(row.get::<_, Option<i64>>(2)?.unwrap_or_default()),
                                _ => SyncState::Maybe,
                            },
                        })
                    })
                    .optional()?;
                Ok(asked)
            })
            .await
    }

    /// What has come from the phone of a number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn sync_counts(&self, number: NumberId) -> Result<SyncCounts, StoreError> {
        self.connections
            .read(move |connection| {
                let row: Option<i64> = connection
                    .prepare_cached("SELECT id FROM number WHERE phone_number_id = ?1")?
                    .query_row([number.as_str()], |row| row.get(0))
                    .optional()?;
                row.map_or_else(|| Ok(SyncCounts::default()), |row| counts(connection, row))
            })
            .await
    }

    /// Shows the messages of a number that are held back: their webhooks are to be applied again. Says how many webhooks
    /// those are.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn release_held(&self, number: NumberId) -> Result<u64, StoreError> {
        self.connections
            .write(move |connection| {
                let row = number::row_of(connection, &number)?;
                held::release(connection, row)
            })
            .await
    }
}

fn counts(connection: &Connection, number: i64) -> Result<SyncCounts, StoreError> {
    let count = |sql: &str| -> Result<u64, StoreError> {
        let count: i64 = connection.prepare_cached(sql)?.query_row([number], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    let mut phases = [None; 3];
    let mut statement = connection
        .prepare_cached("SELECT phase, max(percent) FROM history_chunk WHERE number_id = ?1 GROUP BY phase")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let (phase, percent): (i64, u8) = (row.get(0)?, row.get(1)?);
        if let Some(furthest) = usize::try_from(phase).ok().and_then(|phase| phases.get_mut(phase)) {
            *furthest = Some(percent);
        }
    }
    Ok(SyncCounts {
        contacts: count("SELECT count(*) FROM number_contact WHERE number_id = ?1 AND name <> ''")?,
        conversations: count("SELECT count(*) FROM conversation WHERE number_id = ?1")?,
        messages: count("SELECT coalesce(sum(messages), 0) FROM history_chunk WHERE number_id = ?1")?,
        phases,
        files_here: count("SELECT count(*) FROM media WHERE number_id = ?1 AND state = 'fetched'")?,
        files: count("SELECT count(*) FROM media WHERE number_id = ?1")?,
        waiting: count("SELECT count(DISTINCT wamid) FROM held WHERE number_id = ?1")?,
    })
}

/// Meta does not send the webhooks of any number to where they belong by now.
pub(crate) fn unsubscribe(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE connection SET is_subscribed = 0", [])?;
    Ok(())
}

/// A piece of contacts or history of the number came with this webhook.
pub(crate) fn piece_came(connection: &Connection, number: &NumberId, journal: JournalId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE connection SET last_piece_at_ms = max(coalesce(last_piece_at_ms, 0),
                 (SELECT received_at_ms FROM journal WHERE id = ?2))
             WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)",
        )?
        .execute((number.as_str(), journal.0))?;
    Ok(())
}
