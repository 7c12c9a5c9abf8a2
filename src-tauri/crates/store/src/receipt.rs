//! Table `receipt`: what status webhooks said. A status may come before the message it is about; the message's own
//! status is the furthest of all of them and of what the history told, so their order does not matter.

use crate::{
    StoreError, alias, change_log, conversation, message, named_row::read_all, number, outbox, retention, words::word,
};
use rusqlite::{Connection, OptionalExtension};
use twinbox_domain::{Change, ConversationId, MessageId, Millis, Status, StatusFact, Wamid};

/// Why a message failed.
pub(crate) struct Failure {
    /// Meta's code, if it told one.
    pub code: Option<i64>,
    /// Meta's words for it; empty when it told none.
    pub title: String,
    /// Meta's time of it.
    pub at: Millis,
}

/// A webhook says how far a message came.
pub(crate) fn apply(connection: &Connection, fact: &StatusFact) -> Result<(), StoreError> {
    let number = number::row_of(connection, &fact.number)?;
    // One id alone tells nothing new of anybody.
    let person = &fact.person;
    if person.aliases().len() > 1 || !person.profile_name.is_empty() || !person.username.is_empty() {
        alias::tell(connection, person, fact.at)?;
    }
    if is_of_forgotten(connection, number, fact)? {
        return Ok(());
    }
    let (code, title) = fact
        .error
        .as_ref()
        .map_or((None, ""), |error| (Some(error.code), error.title.as_str()));
    let pricing = fact.pricing.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO receipt (number_id, wamid, status, at_ms, error_code, error_title, category, pricing,
                 is_billable, recipient)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (number_id, wamid, status) DO UPDATE SET
                 at_ms = min(at_ms, excluded.at_ms),
                 category = max(category, excluded.category), pricing = max(pricing, excluded.pricing),
                 is_billable = max(is_billable, excluded.is_billable), recipient = max(recipient, excluded.recipient),
                 (error_code, error_title) = (
                     SELECT * FROM (VALUES (error_code, error_title), (excluded.error_code, excluded.error_title))
                     ORDER BY 1 DESC, 2 DESC LIMIT 1)",
        )?
        .execute((
            number,
            fact.wamid.as_str(),
            fact.status.as_str(),
            fact.at.0,
            code,
            title,
            pricing.map_or("", |pricing| pricing.category.as_str()),
            pricing.map_or("", |pricing| pricing.kind.as_str()),
            pricing.is_some_and(|pricing| pricing.is_billable),
            pricing.map_or("", |pricing| pricing.recipient.as_str()),
        ))?;
    if let Some(id) = fact.outbox {
        outbox::proven_sent(connection, number, id, &fact.wamid, fact.at)?;
    }
    refresh_status(connection, number, &fact.wamid, None)
}

/// What tells how far an emoji came that this item put on a message: it has no message of its own.
pub(crate) fn forget_item(connection: &Connection, item: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM receipt WHERE (number_id, wamid) IN (
                 SELECT number_id, taken_as FROM outbox WHERE id = ?1 AND taken_as != '')",
        )?
        .execute([item])?;
    Ok(())
}

/// Whatever went to a phone number, as it is written here, also what no message is known of.
pub(crate) fn forget_recipient(connection: &Connection, phone: &str) -> Result<(), StoreError> {
    connection.prepare_cached(FORGET_RECIPIENT)?.execute([phone])?;
    Ok(())
}

const FORGET_RECIPIENT: &str = "DELETE FROM receipt WHERE (number_id, wamid) IN (
    SELECT number_id, wamid FROM receipt WHERE recipient = ?1 AND recipient != '')";

/// Whether what this is about went because it was old. Told of later, nothing would take it away again.
fn is_of_forgotten(connection: &Connection, number: i64, fact: &StatusFact) -> Result<bool, StoreError> {
    let Some(id) = fact.outbox else {
        return Ok(false);
    };
    if retention::kept_since(connection)? == Millis(0) {
        return Ok(false);
    }
    Ok(!connection
        .prepare_cached(
            "SELECT 1 FROM outbox WHERE id = ?1
             UNION ALL SELECT 1 FROM message WHERE number_id = ?2 AND wamid = ?3",
        )?
        .exists((id.to_string(), number, fact.wamid.as_str()))?)
}

/// Derives the status of the message with this wamid from its receipts and from what the history `told` just now, when it
/// is known and went out; and when it was sent, should this machine's clock have been ahead.
pub(crate) fn refresh_status(
    connection: &Connection,
    number: i64,
    wamid: &Wamid,
    told: Option<Status>,
) -> Result<(), StoreError> {
    let said = merged(connection, number, wamid)?;
    if said.is_none() && told.is_none() {
        return Ok(());
    }
    let is_moved = message::sent_no_later(connection, number, wamid)?;
    let found = connection
        .prepare_cached(
            "SELECT id, conversation_id, direction = 'out', status FROM message WHERE number_id = ?1 AND wamid = ?2",
        )?
        .query_row((number, wamid.as_str()), |row| {
            let (id, conversation) = (MessageId(row.get(0)?), ConversationId(row.get(1)?));
            Ok((
                id,
                conversation,
                row.get::<_, bool>(2)?,
                row.get::<_, Option<String>>(3)?,
            ))
        })
        .optional()?;
    let Some((id, conversation, is_out, before)) = found else {
        return Ok(());
    };
    let before = before
        .map(|word| Status::from_word(&word).ok_or(StoreError::UnknownWord(word)))
        .transpose()?;
    // What the history told is kept whichever way the message is taken to go: a better telling may still turn it.
    let known = [before, told, said.filter(|_| is_out)];
    let is_new = match known.into_iter().flatten().reduce(Status::merge) {
        Some(after) => set(connection, number, wamid, id, after)?,
        None => false,
    };
    if is_new || is_moved {
        conversation::refresh(connection, conversation)?;
        change_log::log(connection, Change::Message(conversation, id))?;
    }
    Ok(())
}

/// Why what was sent under this wamid did not and will not arrive; `None`: as far as is told, it does.
pub(crate) fn failure(connection: &Connection, number: i64, wamid: &Wamid) -> Result<Option<Failure>, StoreError> {
    if merged(connection, number, wamid)? != Some(Status::Failed) {
        return Ok(None);
    }
    Ok(connection
        .prepare_cached(
            "SELECT error_code, error_title, at_ms FROM receipt
             WHERE number_id = ?1 AND wamid = ?2 AND status = 'failed'",
        )?
        .query_row((number, wamid.as_str()), |row| {
            Ok(Failure {
                code: row.get(0)?,
                title: row.get(1)?,
                at: Millis(row.get(2)?),
            })
        })
        .optional()?)
}

/// The earliest time that is told of this wamid.
pub(crate) fn first_told(connection: &Connection, number: i64, wamid: &Wamid) -> Result<Option<Millis>, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached("SELECT min(at_ms) FROM receipt WHERE number_id = ?1 AND wamid = ?2")?
        .query_row((number, wamid.as_str()), |row| row.get(0))?;
    Ok(at.map(Millis))
}

fn merged(connection: &Connection, number: i64, wamid: &Wamid) -> Result<Option<Status>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT status FROM receipt WHERE number_id = ?1 AND wamid = ?2")?;
    let told = read_all(&mut statement, (number, wamid.as_str()), |row| {
        word(row, "status", Status::from_word)
    })?;
    Ok(told.into_iter().reduce(Status::merge))
}

/// `false`: it stood so before.
fn set(connection: &Connection, number: i64, wamid: &Wamid, id: MessageId, status: Status) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE message SET status = ?4, failed_code = f.code, failed_title = f.title
             FROM (SELECT max(error_code) AS code, coalesce(max(error_title), '') AS title FROM receipt
                   WHERE number_id = ?1 AND wamid = ?2 AND status = 'failed' AND ?4 = 'failed') f
             WHERE id = ?3 AND (status, failed_code, failed_title) IS NOT (?4, f.code, f.title)",
        )?
        .execute((number, wamid.as_str(), id.0, status.as_str()))?;
    Ok(changed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_went_to_a_phone_number_is_found_by_an_index() {
        let plan = plan(FORGET_RECIPIENT);
        assert!(plan.contains("receipt_recipient") && !plan.contains("SCAN"), "{plan}");
    }
}
