//! Table `person`: one person, many ids, any of which may be missing. Everything in it is derived from `alias`.

use crate::{StoreError, alias, change_log, conversation, named_row::NamedRow, number, search};
use rusqlite::{Connection, OptionalExtension, params};
use twinbox_domain::{Change, ContactFact, ConversationId, PersonId, PersonIds, phone_forms};

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

/// What [`read_row`] reads of a person `p`: of several numbers, the last that is still theirs.
pub(crate) const COLUMNS: &str = "p.id AS person_id, p.contact_name, p.name, p.username,
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

/// What a person is called; `None`: there is no such person (any more).
pub(crate) fn names(connection: &Connection, id: PersonId) -> Result<Option<[String; 3]>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT contact_name, name, username FROM person WHERE id = ?1")?
        .query_row([id.0], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))
        .optional()?)
}

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

/// A contact of the phone was added, changed or removed; the latest counts, whatever comes when.
pub(crate) fn name_contact(connection: &Connection, fact: &ContactFact) -> Result<(), StoreError> {
    let Some(told) = alias::tell(connection, &fact.person, Some(&fact.name), fact.at)? else {
        return Ok(());
    };
    // Only what agrees with the latest counts.
    let sql = match fact.name.is_empty() {
        true => {
            "DELETE FROM number_contact WHERE number_id = ?1 AND alias_id = ?2
                 AND (SELECT contact_name FROM alias WHERE id = ?2) = ''"
        }
        false => {
            "INSERT OR IGNORE INTO number_contact (number_id, alias_id)
             SELECT ?1, id FROM alias WHERE id = ?2 AND contact_name <> ''"
        }
    };
    let number = number::row_of(connection, &fact.number)?;
    connection.prepare_cached(sql)?.execute((number, told.alias))?;
    Ok(())
}

/// Derives anew what a person is called: the latest of what their ids were called, the greater of two said in one second.
/// A person without an id is gone. `has_other_ids`: what the search finds them by is different as well.
pub(crate) fn refresh(connection: &Connection, id: PersonId, has_other_ids: bool) -> Result<(), StoreError> {
    let renamed = connection.prepare_cached(REFRESH)?.execute([id.0])?;
    let is_gone = has_other_ids && !has_alias(connection, id)?;
    if is_gone {
        connection
            .prepare_cached("DELETE FROM person WHERE id = ?1")?
            .execute([id.0])?;
    }
    if renamed > 0 || has_other_ids {
        search::index_person(connection, id)?;
        log_conversations(connection, id)?;
    }
    Ok(())
}

const REFRESH: &str = "UPDATE person SET name = told.name, username = told.username, contact_name = told.contact_name
     FROM (SELECT
         coalesce((SELECT name FROM alias WHERE person_id = ?1 ORDER BY name_at_ms DESC, name DESC LIMIT 1), '') AS name,
         coalesce((SELECT username FROM alias WHERE person_id = ?1
             ORDER BY username_at_ms DESC, username DESC LIMIT 1), '') AS username,
         coalesce((SELECT contact_name FROM alias WHERE person_id = ?1
             ORDER BY contact_at_ms DESC, contact_name DESC LIMIT 1), '') AS contact_name) AS told
     WHERE person.id = ?1
         AND (person.name, person.username, person.contact_name) <> (told.name, told.username, told.contact_name)";

fn log_conversations(connection: &Connection, person: PersonId) -> Result<(), StoreError> {
    for conversation in conversation::of_person(connection, person)? {
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(())
}

/// What the person of a conversation is best known by now: what is sent there is sent to this.
pub(crate) fn alias_of_conversation(
    connection: &Connection,
    conversation: ConversationId,
) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT a.id FROM conversation c JOIN alias a ON a.person_id = c.person_id WHERE c.id = ?1
             ORDER BY a.is_left, a.kind, a.seen_at_ms DESC, a.value LIMIT 1",
        )?
        .query_row([conversation.0], |row| row.get(0))
        .optional()?)
}

/// Where to send to: the person's phone number and business-scoped id, as far as known. A number that is somebody else's
/// now is none, unless nothing else is known.
pub(crate) fn ids_of_conversation(
    connection: &Connection,
    conversation: ConversationId,
) -> Result<PersonIds, StoreError> {
    let (phone, bsuid): (Option<String>, Option<String>) = connection
        .prepare_cached(ADDRESS)?
        .query_row(params![conversation.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(PersonIds {
        phone,
        bsuid,
        ..PersonIds::default()
    })
}

const ADDRESS: &str = "SELECT
    (SELECT value FROM alias WHERE person_id = c.person_id AND kind = 'phone' AND (is_left = 0
            OR NOT EXISTS (SELECT 1 FROM alias WHERE person_id = c.person_id AND kind = 'bsuid' AND is_left = 0))
        ORDER BY is_left, seen_at_ms DESC, value LIMIT 1),
    (SELECT value FROM alias WHERE person_id = c.person_id AND kind = 'bsuid' AND is_left = 0
        ORDER BY seen_at_ms DESC, value LIMIT 1)
 FROM conversation c WHERE c.id = ?1";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_a_person_is_called_and_reached_by_is_found_by_their_ids_alone() {
        for sql in [REFRESH, ADDRESS] {
            let plan = plan(sql);
            assert!(plan.contains("alias_person") && !plan.contains("SCAN alias"), "{plan}");
        }
    }
}
