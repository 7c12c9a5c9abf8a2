//! Tables `number` and `number_alias`: the business numbers, and by which of Meta's ids they are known.
//!
//! A number keeps the id it was first known by. What Meta calls it after it was signed up anew, in its account or in
//! another, is an alias: it is the same number by its E.164 digits, so its conversations go on.

use crate::{Store, StoreError, change_log};
use rusqlite::{Connection, OptionalExtension};
use std::{collections::HashMap, fmt};
use twinbox_domain::{Change, Fact, NumberId};

/// A business number.
#[derive(Clone, PartialEq, Eq)]
pub struct Number {
    /// Meta's id of it, the first it was known by.
    pub id: NumberId,
    /// Digits only; empty when never told.
    pub display_phone_number: String,
    /// The team's name for it; empty for one only seen in webhooks.
    pub name: String,
    /// Most messages a second, at least 1.
    pub cap_per_second: u32,
    /// Whether Meta counts what it receives like what it sends.
    pub counts_received: bool,
    /// Whether customers are told what was read, and that somebody types.
    pub tells_read: bool,
}

/// What the team sets of a number.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberSetup {
    /// The team's name for it, or empty.
    pub name: String,
    /// Most messages a second, at least 1.
    pub cap_per_second: u32,
    /// Whether Meta counts what it receives like what it sends.
    pub counts_received: bool,
    /// Whether customers are told what was read, and that somebody types.
    pub tells_read: bool,
}

/// Never the phone number: it does not belong in logs.
impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Number({})", self.id)
    }
}

impl Store {
    /// Makes a number known with these settings, or changes them; gives the id it is known by. What the team has set stays.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_number(&self, mut number: Number) -> Result<NumberId, StoreError> {
        self.connections
            .write(move |connection| {
                number.id = recognize(connection, &number.id, &number.display_phone_number)?;
                set(connection, &number)?;
                change_log::log(connection, Change::Overview)?;
                Ok(number.id.clone())
            })
            .await
    }

    /// The id by which a number is known here that Meta calls `id`, and that has these digits.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn recognize_number(&self, id: NumberId, display_phone_number: String) -> Result<NumberId, StoreError> {
        self.connections
            .write(move |connection| recognize(connection, &id, &display_phone_number))
            .await
    }

    /// The team sets what can be set of a number. `false`: it is not known.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_up_number(&self, id: NumberId, setup: NumberSetup) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let known = connection
                    .prepare_cached(
                        "UPDATE number SET name = ?2, cap_per_second = ?3, counts_received = ?4, tells_read = ?5,
                             is_set_here = 1
                         WHERE phone_number_id = ?1",
                    )?
                    .execute((
                        id.as_str(),
                        &setup.name,
                        setup.cap_per_second.max(1),
                        setup.counts_received,
                        setup.tells_read,
                    ))?;
                change_log::log(connection, Change::Overview)?;
                Ok(known > 0)
            })
            .await
    }

    /// Every number, in the order they were first seen.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn numbers(&self) -> Result<Vec<Number>, StoreError> {
        self.connections
            .read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT phone_number_id, display_phone_number, name, cap_per_second, counts_received, tells_read
                     FROM number ORDER BY id",
                )?;
                let rows = statement.query_map([], |row| {
                    Ok(Number {
                        id: NumberId(row.get(0)?),
                        display_phone_number: row.get(1)?,
                        name: row.get(2)?,
                        cap_per_second: row.get(3)?,
                        counts_received: row.get(4)?,
                        tells_read: row.get(5)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}

const KNOWN: &str = "SELECT phone_number_id FROM number WHERE phone_number_id = ?1
    UNION ALL SELECT n.phone_number_id FROM number_alias a JOIN number n ON n.id = a.number_id
        WHERE a.phone_number_id = ?1
    LIMIT 1";

/// The id by which a number is known that Meta calls `id`; `None` for one that is not known by it.
fn known_as(connection: &Connection, id: &NumberId) -> Result<Option<NumberId>, StoreError> {
    Ok(connection
        .prepare_cached(KNOWN)?
        .query_row([id.as_str()], |row| row.get(0).map(NumberId))
        .optional()?)
}

/// The same, and by its digits when Meta calls it so for the first time. A number that has never told its digits is
/// recognized by nothing else than its id.
fn recognize(connection: &Connection, id: &NumberId, display_phone_number: &str) -> Result<NumberId, StoreError> {
    if let Some(known) = known_as(connection, id)? {
        return Ok(known);
    }
    if display_phone_number.is_empty() {
        return Ok(id.clone());
    }
    let same = connection
        .prepare_cached("SELECT id, phone_number_id FROM number WHERE display_phone_number = ?1 ORDER BY id LIMIT 1")?
        .query_row([display_phone_number], |row| {
            Ok((row.get::<_, i64>(0)?, NumberId(row.get(1)?)))
        })
        .optional()?;
    let Some((row, known)) = same else {
        return Ok(id.clone());
    };
    connection
        .prepare_cached("INSERT INTO number_alias (phone_number_id, number_id) VALUES (?1, ?2)")?
        .execute((id.as_str(), row))?;
    tracing::info!(number = %known, alias = %id, "number {known} is called {id} by now");
    Ok(known)
}

/// Names the numbers in `facts` by the ids they are known by.
pub(crate) fn recognize_all(connection: &Connection, facts: &mut [Fact]) -> Result<(), StoreError> {
    for fact in &*facts {
        if let Fact::Number(fact) = fact {
            recognize(connection, &fact.number, &fact.display_phone_number)?;
        }
    }
    // Thousands of facts of a history name one number.
    let mut names: HashMap<NumberId, NumberId> = HashMap::new();
    for number in facts.iter_mut().filter_map(Fact::number_mut) {
        if !names.contains_key(number) {
            let known = known_as(connection, number)?.unwrap_or_else(|| number.clone());
            names.insert(number.clone(), known);
        }
        if let Some(known) = names.get(number) {
            number.clone_from(known);
        }
    }
    Ok(())
}

/// Makes a number known with these settings, or changes them, but for what the team has set; gives its row.
pub(crate) fn set(connection: &Connection, number: &Number) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached(
            "INSERT INTO number (phone_number_id, display_phone_number, name, cap_per_second, counts_received, tells_read)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (phone_number_id) DO UPDATE SET
                 display_phone_number = CASE excluded.display_phone_number
                     WHEN '' THEN display_phone_number ELSE excluded.display_phone_number END,
                 name = CASE is_set_here WHEN 1 THEN name ELSE excluded.name END,
                 cap_per_second = CASE is_set_here WHEN 1 THEN cap_per_second ELSE excluded.cap_per_second END,
                 counts_received = CASE is_set_here WHEN 1 THEN counts_received ELSE excluded.counts_received END,
                 tells_read = CASE is_set_here WHEN 1 THEN tells_read ELSE excluded.tells_read END
             RETURNING id",
        )?
        .query_row(
            (
                number.id.as_str(),
                &number.display_phone_number,
                &number.name,
                number.cap_per_second.max(1),
                number.counts_received,
                number.tells_read,
            ),
            |row| row.get(0),
        )?)
}

/// The row of a number; it is made when a webhook is the first to speak of it.
pub(crate) fn row_of(connection: &Connection, id: &NumberId) -> Result<i64, StoreError> {
    let known = connection
        .prepare_cached("SELECT id FROM number WHERE phone_number_id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(row) = known {
        return Ok(row);
    }
    connection
        .prepare_cached(
            "INSERT INTO number (phone_number_id, display_phone_number, name, cap_per_second) VALUES (?1, '', '', 5)",
        )?
        .execute([id.as_str()])?;
    let row = connection.last_insert_rowid();
    change_log::log(connection, Change::Overview)?;
    Ok(row)
}

/// A webhook says what the number is; settings made by the team are left alone.
pub(crate) fn seen(connection: &Connection, id: &NumberId, display_phone_number: &str) -> Result<(), StoreError> {
    let row = row_of(connection, id)?;
    connection
        .prepare_cached("UPDATE number SET display_phone_number = ?2 WHERE id = ?1 AND display_phone_number = ''")?
        .execute((row, display_phone_number))?;
    Ok(())
}
