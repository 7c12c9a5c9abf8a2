//! Table `person`: one person, many ids, any of which may be missing. Everything in it is derived from `alias`, and from
//! `number_contact`: what they are called in the address books of the phones, each by itself.

use crate::{StoreError, alias, change_log, conversation, named_row::NamedRow, number, search};
use rusqlite::{Connection, OptionalExtension, params};
use twinbox_domain::{Change, ContactFact, ConversationId, PersonId, PersonIds, phone_forms};

/// A customer.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Our id of them.
    pub id: PersonId,
    /// The name in the address book of the phone they have this conversation with, or else in that of another; empty when
    /// they are in none.
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

/// What [`read_row`] reads of the person `p` of a conversation `c`: of several numbers, the last that is still theirs.
pub(crate) const COLUMNS: &str = "p.id AS person_id, p.name, p.username,
    coalesce((SELECT nullif(substr(max(printf('%019d', k.at_ms) || k.name), 20), '')
        FROM alias a CROSS JOIN number_contact k ON k.number_id = c.number_id AND k.alias_id = a.id
        WHERE a.person_id = p.id), p.contact_name) AS contact_name,
    coalesce((SELECT value FROM alias WHERE person_id = p.id AND kind = 'phone'
        ORDER BY is_left, seen_at_ms DESC, value LIMIT 1), '') AS phone,
    coalesce((SELECT value FROM alias WHERE person_id = p.id AND kind = 'bsuid'
        ORDER BY is_left, seen_at_ms DESC, value LIMIT 1), '') AS bsuid";

/// Reads [`COLUMNS`].
pub(crate) fn read_row(row: &NamedRow<'_>) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId(row.get("person_id")?),
        contact_name: row.get("contact_name")?,
        name: row.get("name")?,
        username: row.get("username")?,
        phone: row.get("phone")?,
        bsuid: row.get("bsuid")?,
    })
}

/// What a person is called, by whomever; `None`: there is no such person (any more).
pub(crate) fn names(connection: &Connection, id: PersonId) -> Result<Option<Vec<String>>, StoreError> {
    let names: Option<[String; 2]> = connection
        .prepare_cached("SELECT name, username FROM person WHERE id = ?1")?
        .query_row([id.0], |row| Ok([row.get(0)?, row.get(1)?]))
        .optional()?;
    let Some(names) = names else { return Ok(None) };
    let mut statement =
        connection.prepare_cached(&format!("SELECT DISTINCT substr(told, 20) FROM ({CONTACT_NAMES})"))?;
    let mut all: Vec<String> = statement
        .query_map([id.0], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    all.extend(names);
    Ok(Some(all))
}

/// What each phone told last of a person, the greater of two told in one second: the time in 19 digits, and the name.
const CONTACT_NAMES: &str = "SELECT max(printf('%019d', k.at_ms) || k.name) AS told
    FROM alias a CROSS JOIN number_contact k ON k.alias_id = a.id WHERE a.person_id = ?1 GROUP BY k.number_id";

/// Every phone number a person is known by, in all its forms.
pub(crate) fn phones(connection: &Connection, id: PersonId) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT key FROM alias WHERE person_id = ?1 AND kind = 'phone' ORDER BY id")?;
    let keys = statement.query_map([id.0], |row| row.get::<_, String>(0))?;
    let mut phones = Vec::new();
    for key in keys {
        phones.extend(phone_forms(&key?));
    }
    Ok(phones)
}

/// A person nothing is known of yet.
pub(crate) fn create(connection: &Connection) -> Result<PersonId, StoreError> {
    connection
        .prepare_cached("INSERT INTO person (name, username) VALUES ('', '')")?
        .execute([])?;
    Ok(PersonId(connection.last_insert_rowid()))
}

/// Whether anybody goes by this person's ids.
pub(crate) fn has_alias(connection: &Connection, id: PersonId) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM alias WHERE person_id = ?1")?
        .exists([id.0])?)
}

/// A contact of a phone was added, changed or removed; the latest that this phone told counts, whatever comes when.
pub(crate) fn name_contact(connection: &Connection, fact: &ContactFact) -> Result<(), StoreError> {
    let Some(told) = alias::tell(connection, &fact.person, fact.at)? else {
        return Ok(());
    };
    let number = number::row_of(connection, &fact.number)?;
    let changed = connection
        .prepare_cached(
            "INSERT INTO number_contact (number_id, alias_id, name, at_ms) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (number_id, alias_id) DO UPDATE SET name = excluded.name, at_ms = excluded.at_ms
             WHERE (excluded.at_ms, excluded.name) > (at_ms, name)",
        )?
        .execute((number, told.alias, &fact.name, fact.at.0))?;
    if changed > 0 {
        refresh(connection, told.person, true)?;
    }
    Ok(())
}

/// Derives anew what a person is called: the latest of what their ids were called, the greater of two said in one second.
/// A person without an id is gone. `is_found_otherwise`: what the search finds them by may be different as well.
pub(crate) fn refresh(connection: &Connection, id: PersonId, is_found_otherwise: bool) -> Result<(), StoreError> {
    let renamed = connection.prepare_cached(&refresh_sql())?.execute([id.0])?;
    let is_gone = is_found_otherwise && !has_alias(connection, id)?;
    if is_gone {
        connection
            .prepare_cached("DELETE FROM person WHERE id = ?1")?
            .execute([id.0])?;
    }
    if renamed > 0 || is_found_otherwise {
        search::index_person(connection, id)?;
        log_conversations(connection, id)?;
    }
    Ok(())
}

/// Of what the phones told, the latest name that is in an address book still.
fn refresh_sql() -> String {
    format!(
        "UPDATE person SET name = told.name, username = told.username, contact_name = told.contact_name
         FROM (SELECT
             coalesce((SELECT name FROM alias WHERE person_id = ?1
                 ORDER BY name_at_ms DESC, name DESC LIMIT 1), '') AS name,
             coalesce((SELECT username FROM alias WHERE person_id = ?1
                 ORDER BY username_at_ms DESC, username DESC LIMIT 1), '') AS username,
             coalesce((SELECT substr(max(told), 20) FROM ({CONTACT_NAMES}) WHERE length(told) > 19), '')
                 AS contact_name) AS told
         WHERE person.id = ?1
             AND (person.name, person.username, person.contact_name) <> (told.name, told.username, told.contact_name)"
    )
}

fn log_conversations(connection: &Connection, person: PersonId) -> Result<(), StoreError> {
    for conversation in conversation::of_person(connection, person)? {
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(())
}

/// How well an id of the person of a conversation `c` fits its number, the least first: one of the portfolio that the number is
/// in, one of which that is not known, one of another portfolio, which is not known there.
const FIT: &str = "CASE WHEN a.kind <> 'bsuid' THEN 0 WHEN a.waba_id = '' THEN 1
    WHEN (SELECT known_as FROM portfolio WHERE waba_id = a.waba_id) IN (
        SELECT known_as FROM portfolio WHERE waba_id IN (
            SELECT waba FROM connection WHERE number_id = c.number_id
            UNION ALL SELECT waba_id FROM number_waba WHERE number_id = c.number_id
                AND NOT EXISTS (SELECT 1 FROM connection WHERE number_id = c.number_id))) THEN 0 ELSE 2 END";

/// What the person of a conversation is best known by now: what is sent there is sent to this.
pub(crate) fn alias_of_conversation(
    connection: &Connection,
    conversation: ConversationId,
) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached(&format!(
            "SELECT a.id FROM conversation c JOIN alias a ON a.person_id = c.person_id WHERE c.id = ?1
             ORDER BY a.is_left, a.kind, {FIT}, a.seen_at_ms DESC, a.value LIMIT 1"
        ))?
        .query_row([conversation.0], |row| row.get(0))
        .optional()?)
}

/// Where to send to: the person's phone number and business-scoped id, as far as known. A number that is somebody else's
/// now is none, unless nothing else is known. Of several ids, it is that of the portfolio that the conversation's number is in.
pub(crate) fn ids_of_conversation(
    connection: &Connection,
    conversation: ConversationId,
) -> Result<PersonIds, StoreError> {
    let (phone, bsuid): (Option<String>, Option<String>) = connection
        .prepare_cached(&address_sql())?
        .query_row(params![conversation.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(PersonIds {
        phone,
        bsuid,
        ..PersonIds::default()
    })
}

fn address_sql() -> String {
    format!(
        "SELECT
             (SELECT value FROM alias WHERE person_id = c.person_id AND kind = 'phone' AND (is_left = 0
                     OR NOT EXISTS (SELECT 1 FROM alias WHERE person_id = c.person_id AND kind = 'bsuid' AND is_left = 0))
                 ORDER BY is_left, seen_at_ms DESC, value LIMIT 1),
             (SELECT value FROM alias a WHERE person_id = c.person_id AND kind = 'bsuid' AND is_left = 0
                 ORDER BY {FIT}, seen_at_ms DESC, value LIMIT 1)
         FROM conversation c WHERE c.id = ?1"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_a_person_is_called_and_reached_by_is_found_by_their_ids_alone() {
        for sql in [&refresh_sql(), &address_sql(), CONTACT_NAMES] {
            let plan = plan(sql);
            assert!(plan.contains("alias_person") && !plan.contains("SCAN alias"), "{plan}");
        }
    }
}
