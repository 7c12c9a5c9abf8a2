//! Tables `person` and `person_alias`: one person, many ids, any of which may be missing.
//!
//! A payload that gives two ids links them. Two different business-scoped ids are never made one because a phone
//! number matches: numbers are recycled.

use crate::{StoreError, change_log, conversation, preference, search};
use rusqlite::{Connection, OptionalExtension, Row, params};
use twinbox_domain::{Change, ContactFact, ConversationId, IdsChangedFact, Millis, PersonId, PersonIds};

/// A customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Our id of them.
    pub id: PersonId,
    /// The name in the phone's address book; empty when they are not in it.
    pub contact_name: String,
    /// WhatsApp profile name; empty when never told.
    pub name: String,
    /// Without `@`; empty when none.
    pub username: String,
    /// Digits only; empty when never told.
    pub phone: String,
    /// Business-scoped user id; empty when never told.
    pub bsuid: String,
}

/// What [`read_row`] reads of a person `p`.
pub(crate) const COLUMNS: &str = "p.id AS person_id, p.contact_name, p.name, p.username,
    coalesce((SELECT value FROM person_alias WHERE person_id = p.id AND kind = 'phone'
        ORDER BY seen_at_ms DESC, value LIMIT 1), '') AS phone,
    coalesce((SELECT value FROM person_alias WHERE person_id = p.id AND kind = 'bsuid'
        ORDER BY seen_at_ms DESC, value LIMIT 1), '') AS bsuid";

const PHONE: &str = "phone";
const BSUID: &str = "bsuid";

/// Reads [`COLUMNS`].
pub(crate) fn read_row(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId(row.get("person_id")?),
        contact_name: row.get("contact_name")?,
        name: row.get("name")?,
        username: row.get("username")?,
        phone: row.get("phone")?,
        bsuid: row.get("bsuid")?,
    })
}

/// What a person is called; `None`: there is no such person (any more).
pub(crate) fn names(connection: &Connection, id: PersonId) -> Result<Option<[String; 3]>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT contact_name, name, username FROM person WHERE id = ?1")?
        .query_row([id.0], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
        .optional()?)
}

/// Every phone number a person is known by.
pub(crate) fn phones(connection: &Connection, id: PersonId) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT value FROM person_alias WHERE person_id = ?1 AND kind = 'phone'")?;
    let rows = statement.query_map([id.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The person with these ids, made if new; names said at `at` are taken over when they are the latest.
/// `None` when no id is given at all.
pub(crate) fn resolve(connection: &Connection, ids: &PersonIds, at: Millis) -> Result<Option<PersonId>, StoreError> {
    let by_bsuid = alias(connection, BSUID, ids.bsuid.as_deref())?;
    let by_phone = alias(connection, PHONE, ids.phone.as_deref())?;
    let person = match (by_bsuid, by_phone) {
        (Some(person), Some(other)) if person != other => {
            if !has_bsuid(connection, other)? {
                merge(connection, other, person)?;
            }
            person
        }
        (Some(person), _) => person,
        (None, Some(person)) if ids.bsuid.is_none() || !has_bsuid(connection, person)? => person,
        (None, _) if ids.bsuid.is_none() && ids.phone.is_none() => return Ok(None),
        (None, _) => create(connection)?,
    };
    link(connection, BSUID, ids.bsuid.as_deref(), person, at)?;
    link(connection, PHONE, ids.phone.as_deref(), person, at)?;
    name(connection, person, ids, at)?;
    Ok(Some(person))
}

fn alias(connection: &Connection, kind: &str, value: Option<&str>) -> Result<Option<PersonId>, StoreError> {
    let Some(value) = value else { return Ok(None) };
    Ok(connection
        .prepare_cached("SELECT person_id FROM person_alias WHERE kind = ?1 AND value = ?2")?
        .query_row((kind, value), |row| row.get(0).map(PersonId))
        .optional()?)
}

fn has_bsuid(connection: &Connection, person: PersonId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM person_alias WHERE person_id = ?1 AND kind = 'bsuid'")?
        .exists([person.0])?)
}

fn create(connection: &Connection) -> Result<PersonId, StoreError> {
    connection
        .prepare_cached("INSERT INTO person (name, name_at_ms, username, username_at_ms) VALUES ('', 0, '', 0)")?
        .execute([])?;
    Ok(PersonId(connection.last_insert_rowid()))
}

/// Remembers that an id is this person's. A phone number passes to whoever was last seen with it; a business-scoped id
/// never passes on.
fn link(
    connection: &Connection,
    kind: &str,
    value: Option<&str>,
    person: PersonId,
    at: Millis,
) -> Result<(), StoreError> {
    if let Some(value) = value {
        let before = alias(connection, kind, Some(value))?;
        connection
            .prepare_cached(
                "INSERT INTO person_alias (kind, value, person_id, seen_at_ms) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (kind, value) DO UPDATE SET
                     person_id = CASE kind WHEN 'phone' THEN excluded.person_id ELSE person_id END,
                     seen_at_ms = excluded.seen_at_ms
                 WHERE excluded.seen_at_ms > seen_at_ms",
            )?
            .execute((kind, value, person.0, at.0))?;
        if before != Some(person) && kind == PHONE {
            search::index_person(connection, person)?;
            before.map_or(Ok(()), |other| search::index_person(connection, other))?;
        }
    }
    Ok(())
}

/// A contact of the phone was added, changed or removed; the latest counts, whatever comes when.
pub(crate) fn name_contact(connection: &Connection, fact: &ContactFact) -> Result<(), StoreError> {
    if let Some(person) = resolve(connection, &fact.person, fact.at)? {
        set_contact_name(connection, person, &fact.name, fact.at)?;
    }
    Ok(())
}

fn set_contact_name(connection: &Connection, person: PersonId, name: &str, at: Millis) -> Result<(), StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE person SET contact_name = ?2, contact_at_ms = ?3
             WHERE id = ?1 AND (contact_at_ms, contact_name) < (?3, ?2)",
        )?
        .execute((person.0, name, at.0))?;
    if changed > 0 {
        search::index_person(connection, person)?;
        log_conversations(connection, person)?;
    }
    Ok(())
}

/// A person is known by other ids from now on. WhatsApp says so, so two with business-scoped ids of their own become one.
pub(crate) fn change_ids(connection: &Connection, fact: &IdsChangedFact) -> Result<(), StoreError> {
    // The old ids a moment before, so that the new ones are the latest.
    let Some(person) = resolve(connection, &fact.before, fact.at.plus_ms(-1))? else {
        return Ok(());
    };
    let by_new_id = alias(connection, BSUID, fact.after.bsuid.as_deref())?;
    if let Some(other) = by_new_id.filter(|other| *other != person) {
        merge(connection, other, person)?;
    }
    link(connection, BSUID, fact.after.bsuid.as_deref(), person, fact.at)?;
    let by_new_phone = alias(connection, PHONE, fact.after.phone.as_deref())?;
    if let Some(other) = by_new_phone.filter(|other| *other != person)
        && !has_bsuid(connection, other)?
    {
        merge(connection, other, person)?;
    }
    link(connection, PHONE, fact.after.phone.as_deref(), person, fact.at)?;
    log_conversations(connection, person)
}

/// Two ids of one and the same message belong to one person, unless both have a business-scoped id of their own.
pub(crate) fn same(connection: &Connection, one: PersonId, other: PersonId) -> Result<(), StoreError> {
    if one == other {
        Ok(())
    } else if !has_bsuid(connection, other)? {
        merge(connection, other, one)
    } else if !has_bsuid(connection, one)? {
        merge(connection, one, other)
    } else {
        Ok(())
    }
}

/// The latest name wins; of two said in the same second, the greater, so that the order of arrival does not matter.
fn name(connection: &Connection, person: PersonId, ids: &PersonIds, at: Millis) -> Result<(), StoreError> {
    let mut renamed = 0;
    if !ids.profile_name.is_empty() {
        renamed += connection
            .prepare_cached(
                "UPDATE person SET name = ?2, name_at_ms = ?3 WHERE id = ?1 AND (name_at_ms, name) < (?3, ?2)",
            )?
            .execute((person.0, &ids.profile_name, at.0))?;
    }
    if !ids.username.is_empty() {
        renamed += connection
            .prepare_cached(
                "UPDATE person SET username = ?2, username_at_ms = ?3
                 WHERE id = ?1 AND (username_at_ms, username) < (?3, ?2)",
            )?
            .execute((person.0, &ids.username, at.0))?;
    }
    if renamed > 0 {
        search::index_person(connection, person)?;
        log_conversations(connection, person)?;
    }
    Ok(())
}

fn log_conversations(connection: &Connection, person: PersonId) -> Result<(), StoreError> {
    for conversation in conversation::of_person(connection, person)? {
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(())
}

/// `from` turned out to be `into`.
fn merge(connection: &Connection, from: PersonId, into: PersonId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE person_alias SET person_id = ?2 WHERE person_id = ?1")?
        .execute((from.0, into.0))?;
    let [name, username, contact]: [(String, i64); 3] = connection
        .prepare_cached(
            "SELECT name, name_at_ms, username, username_at_ms, contact_name, contact_at_ms FROM person WHERE id = ?1",
        )?
        .query_row([from.0], |row| {
            Ok([
                (row.get(0)?, row.get(1)?),
                (row.get(2)?, row.get(3)?),
                (row.get(4)?, row.get(5)?),
            ])
        })?;
    let said = |profile_name: &str, username: &str| PersonIds {
        profile_name: profile_name.to_owned(),
        username: username.to_owned(),
        ..PersonIds::default()
    };
    self::name(connection, into, &said(&name.0, ""), Millis(name.1))?;
    self::name(connection, into, &said("", &username.0), Millis(username.1))?;
    set_contact_name(connection, into, &contact.0, Millis(contact.1))?;
    for conversation in conversation::of_person(connection, from)? {
        conversation::move_to_person(connection, conversation, into)?;
    }
    preference::merge(connection, from, into)?;
    connection
        .prepare_cached("DELETE FROM person WHERE id = ?1")?
        .execute([from.0])?;
    for person in [from, into] {
        search::index_person(connection, person)?;
    }
    Ok(())
}

/// Where to send to: the person's phone number and business-scoped id, as far as known.
pub(crate) fn ids_of_conversation(
    connection: &Connection,
    conversation: ConversationId,
) -> Result<PersonIds, StoreError> {
    let (phone, bsuid): (Option<String>, Option<String>) = connection
        .prepare_cached(
            "SELECT (SELECT value FROM person_alias WHERE person_id = c.person_id AND kind = 'phone'
                        ORDER BY seen_at_ms DESC, value LIMIT 1),
                    (SELECT value FROM person_alias WHERE person_id = c.person_id AND kind = 'bsuid'
                        ORDER BY seen_at_ms DESC, value LIMIT 1)
             FROM conversation c WHERE c.id = ?1",
        )?
        .query_row(params![conversation.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(PersonIds {
        phone,
        bsuid,
        ..PersonIds::default()
    })
}
