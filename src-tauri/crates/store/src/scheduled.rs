//! Table `scheduled`: what a person wants sent later, and replies that can be taken back for a moment.
//!
//! Before its time an item is in no queue and no thread, so it counts for nothing there. When its time has come the
//! engine moves it into both, in one commit. An item whose window has closed meanwhile becomes a failure instead.

use crate::{
    Enqueued, NewFile, NewItem, Person, Store, StoreError, change_log, conversation,
    media_folder::KeptFile,
    named_row::{NamedRow, read_all},
    outbox, person, team,
    words::{from_json, to_json},
};
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;
use twinbox_domain::{
    Change, ContentHash, ConversationId, Lane, MessageId, Millis, NumberId, Origin, OutboxId, OutboxState, Payload,
    Wamid, Window,
};

/// Something to be sent later, by a person.
#[derive(Clone)]
pub struct ScheduledItem {
    /// Made by the client.
    pub id: OutboxId,
    /// To whom.
    pub conversation: ConversationId,
    /// When.
    pub send_at: Millis,
    /// When that was asked for.
    pub created_at: Millis,
    /// Whether it waits only so that it can be taken back. Then a clock that is set back does not keep it.
    pub is_undo: bool,
    /// A colleague's name.
    pub author: String,
    /// What is sent.
    pub payload: Payload,
    /// The file of it.
    pub file: Option<NewFile>,
    /// The message it quotes.
    pub reply_to: Option<Wamid>,
}

/// An item and whom it is for.
#[derive(Clone)]
pub struct Scheduled {
    /// The item.
    pub item: ScheduledItem,
    /// The business number it is sent from.
    pub number: NumberId,
    /// The customer.
    pub person: Person,
    /// The message it quotes, when it is known here.
    pub quoted: Option<MessageId>,
}

const DUE: &str = "send_at_ms <= ?1 OR (is_undo = 1 AND created_at_ms > ?1)";

fn due_condition() -> String {
    format!("WHERE s.id IN (SELECT id FROM scheduled WHERE {DUE})")
}

fn next_at_sql() -> String {
    format!(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM scheduled WHERE {DUE}) THEN ?1
             ELSE (SELECT min(send_at_ms) FROM scheduled) END"
    )
}

fn select_sql(condition: &str) -> String {
    let person = person::COLUMNS;
    format!(
        "SELECT s.id, s.conversation_id, s.send_at_ms, s.created_at_ms, s.is_undo, s.author, s.payload, s.reply_to,
             s.file_hash, s.file_size_bytes, s.width_px, s.height_px, n.phone_number_id,
             (SELECT m.id FROM message m WHERE m.number_id = n.id AND m.wamid = nullif(s.reply_to, '')), {person}
         FROM scheduled s CROSS JOIN conversation c ON c.id = s.conversation_id
         JOIN number n ON n.id = c.number_id JOIN person p ON p.id = c.person_id
         {condition} ORDER BY s.send_at_ms, s.id LIMIT ?2"
    )
}

impl Store {
    /// Keeps something to be sent later. The same id again changes nothing. `false`: there is no such conversation.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn schedule(&self, item: ScheduledItem) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| schedule(connection, &item))
            .await
    }

    /// What is to be sent to a person later, the next one first, at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn scheduled_of(&self, conversation: ConversationId, limit: u32) -> Result<Vec<Scheduled>, StoreError> {
        self.connections
            .read(move |connection| {
                let conversation = conversation::current(connection, conversation)?;
                select(connection, "WHERE s.conversation_id = ?1", conversation.0, limit)
            })
            .await
    }

    /// What is to be sent later from a number, or from all, the next one first, at most `limit`, and how much there is in
    /// all. What only can be taken back for a moment is left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn scheduled(&self, number: Option<NumberId>, limit: u32) -> Result<(Vec<Scheduled>, u64), StoreError> {
        self.connections
            .read(move |connection| {
                let number = number.as_ref().map(NumberId::as_str);
                let count: i64 = connection
                    .prepare_cached(
                        "SELECT count(*) FROM scheduled s JOIN conversation c ON c.id = s.conversation_id
                         JOIN number n ON n.id = c.number_id
                         WHERE s.is_undo = 0 AND n.phone_number_id = coalesce(?1, n.phone_number_id)",
                    )?
                    .query_row([number], |row| row.get(0))?;
                let condition = "WHERE s.is_undo = 0 AND n.phone_number_id = coalesce(?1, n.phone_number_id)";
                Ok((select(connection, condition, number, limit)?, count.unsigned_abs()))
            })
            .await
    }

    /// One item; `None` when it has left, was taken back, or never was there.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn scheduled_item(&self, id: OutboxId) -> Result<Option<Scheduled>, StoreError> {
        self.connections
            .read(move |connection| {
                let found = select(connection, "WHERE s.id = ?1", id.to_string(), 1)?;
                Ok(found.into_iter().next())
            })
            .await
    }

    /// Another time for an item. `false`: it has left or was taken back.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn reschedule(&self, id: OutboxId, send_at: Millis) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                changed(
                    connection
                        .prepare_cached("UPDATE scheduled SET send_at_ms = ?2 WHERE id = ?1 RETURNING conversation_id")?
                        .query_row((id.to_string(), send_at.0), |row| row.get(0))
                        .optional()?,
                    connection,
                )
            })
            .await
    }

    /// Takes an item back. `false`: it has left or was taken back before. Its file can be sent again.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn unschedule(&self, id: OutboxId, now: Millis) -> Result<bool, StoreError> {
        let media = Arc::clone(&self.media);
        self.connections
            .write(move |connection| {
                let file: Option<String> = connection
                    .prepare_cached("SELECT file_hash FROM scheduled WHERE id = ?1")?
                    .query_row([id.to_string()], |row| row.get(0))
                    .optional()?;
                if let Some(file) = file.as_deref().and_then(ContentHash::told) {
                    media.renew(&file, now);
                }
                changed(remove(connection, id)?, connection)
            })
            .await
    }

    /// When the next item has to leave; `None`: there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_scheduled_at(&self, now: Millis) -> Result<Option<Millis>, StoreError> {
        self.connections
            .read(move |connection| {
                let at: Option<i64> = connection
                    .prepare_cached(&next_at_sql())?
                    .query_row([now.0], |row| row.get(0))?;
                Ok(at.map(Millis))
            })
            .await
    }

    /// Puts what is due at `now` into the queue, at most `limit` in one commit; says how many. One that is no longer
    /// allowed becomes a failure with `too_late`: Meta's code and a sentence for a person.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn release_scheduled(
        &self,
        now: Millis,
        limit: u32,
        too_late: (i64, &'static str),
    ) -> Result<usize, StoreError> {
        self.connections
            .write(move |connection| {
                let due = select(connection, &due_condition(), now.0, limit)?;
                for scheduled in &due {
                    release(connection, &scheduled.item, now, too_late)?;
                }
                Ok(due.len())
            })
            .await
    }
}

fn schedule(connection: &Connection, item: &ScheduledItem) -> Result<bool, StoreError> {
    let known = connection
        .prepare_cached("SELECT 1 FROM outbox WHERE id = ?1 UNION ALL SELECT 1 FROM scheduled WHERE id = ?1")?
        .exists([item.id.to_string()])?;
    if known {
        return Ok(true);
    }
    let conversation = conversation::current(connection, item.conversation)?;
    let (width, height) = item.file.and_then(|file| file.pixels).unwrap_or_default();
    let hash = item.file.map(|file| file.file.hash.to_string()).unwrap_or_default();
    let size_bytes = item.file.map_or(0, |file| file.file.size_bytes);
    let is_new = connection
        .prepare_cached(
            "INSERT INTO scheduled (id, conversation_id, send_at_ms, created_at_ms, is_undo, author, payload, reply_to,
                 file_hash, file_size_bytes, width_px, height_px, alias_id)
             SELECT ?1, c.id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 FROM conversation c WHERE c.id = ?2",
        )?
        .execute((
            item.id.to_string(),
            conversation.0,
            item.send_at.0,
            item.created_at.0,
            item.is_undo,
            &item.author,
            to_json(&item.payload)?,
            item.reply_to.as_ref().map(Wamid::as_str).unwrap_or_default(),
            hash,
            i64::try_from(size_bytes).unwrap_or(i64::MAX),
            width,
            height,
            // With whom it stays, should this turn out to be two people.
            person::alias_of_conversation(connection, conversation)?,
        ))?;
    if is_new > 0 {
        team::forget_sent_draft(connection, &item.author, conversation, &item.payload)?;
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(is_new > 0)
}

/// Whether something planned in a conversation is for one of the aliases, and whether something is for another.
pub(crate) fn told_with(
    connection: &Connection,
    conversation: ConversationId,
    aliases: &[i64],
) -> Result<(bool, bool), StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT alias_id FROM scheduled WHERE conversation_id = ?1 AND alias_id IS NOT NULL")?;
    let mut rows = statement.query([conversation.0])?;
    let (mut here, mut others) = (false, false);
    while let Some(row) = rows.next()? {
        match aliases.contains(&row.get(0)?) {
            true => here = true,
            false => others = true,
        }
    }
    Ok((here, others))
}

/// What is planned for one of the aliases leaves a conversation for another one.
pub(crate) fn follow(
    connection: &Connection,
    from: ConversationId,
    into: ConversationId,
    aliases: &[i64],
) -> Result<(), StoreError> {
    let mut moved = connection
        .prepare_cached("UPDATE scheduled SET conversation_id = ?2 WHERE conversation_id = ?1 AND alias_id = ?3")?;
    for alias in aliases {
        moved.execute((from.0, into.0, alias))?;
    }
    Ok(())
}

fn select(
    connection: &Connection,
    condition: &str,
    about: impl rusqlite::ToSql,
    limit: u32,
) -> Result<Vec<Scheduled>, StoreError> {
    let mut statement = connection.prepare_cached(&select_sql(condition))?;
    read_all(&mut statement, (about, limit), read_row)
}

fn read_row(row: &NamedRow<'_>) -> Result<Scheduled, StoreError> {
    let id: String = row.at(0)?;
    let reply_to: String = row.at(7)?;
    let hash: String = row.at(8)?;
    let size: i64 = row.at(9)?;
    let pixels: (u32, u32) = (row.at(10)?, row.at(11)?);
    let file = ContentHash::told(&hash).map(|hash| NewFile {
        file: KeptFile {
            hash,
            size_bytes: size.unsigned_abs(),
        },
        pixels: Some(pixels).filter(|(width, height)| *width > 0 && *height > 0),
    });
    let item = ScheduledItem {
        id: id.parse().map_err(|_| StoreError::UnknownWord(id))?,
        conversation: ConversationId(row.at(1)?),
        send_at: Millis(row.at(2)?),
        created_at: Millis(row.at(3)?),
        is_undo: row.at(4)?,
        author: row.at(5)?,
        payload: from_json(&row.at::<String>(6)?)?,
        file,
        reply_to: Some(Wamid(reply_to)).filter(|wamid| !wamid.as_str().is_empty()),
    };
    Ok(Scheduled {
        item,
        number: NumberId(row.at(12)?),
        quoted: row.at::<Option<i64>>(13)?.map(MessageId),
        person: person::read_row(row)?,
    })
}

fn release(
    connection: &Connection,
    item: &ScheduledItem,
    now: Millis,
    (code, sentence): (i64, &'static str),
) -> Result<(), StoreError> {
    let told = connection
        .prepare_cached("SELECT last_at_ms, last_customer_at_ms FROM conversation WHERE id = ?1")?
        .query_row([item.conversation.0], |row| {
            Ok((Millis(row.get(0)?), row.get::<_, Option<i64>>(1)?.map(Millis)))
        })
        .optional()?;
    let Some((last_at, last_customer_at)) = told else {
        return Ok(());
    };
    remove(connection, item.id)?;
    let enqueued = outbox::enqueue(
        connection,
        &NewItem {
            id: item.id,
            conversation: item.conversation,
            lane: Lane::Agent,
            origin: Origin::Agent,
            author: item.author.clone(),
            payload: item.payload.clone(),
            file: item.file,
            reply_to: item.reply_to.clone(),
            at: now.sent_after(last_at),
        },
    )?;
    let is_allowed = item.payload.opens_conversation() || Window::at(now, last_customer_at).is_open();
    if !is_allowed && matches!(enqueued, Enqueued::New(_)) {
        let states = (OutboxState::Queued, OutboxState::Wedged);
        outbox::leave(connection, item.id, states, now, Millis(0), Some(code), sentence)?;
    }
    change_log::log(connection, Change::Conversation(item.conversation))
}

/// Gives the conversation of what was there.
fn remove(connection: &Connection, id: OutboxId) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("DELETE FROM scheduled WHERE id = ?1 RETURNING conversation_id")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?)
}

fn changed(conversation: Option<i64>, connection: &Connection) -> Result<bool, StoreError> {
    if let Some(conversation) = conversation {
        change_log::log(connection, Change::Conversation(ConversationId(conversation)))?;
    }
    Ok(conversation.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_a_person_is_sent_later_is_found_without_looking_at_the_others() {
        let of_one = plan(&select_sql("WHERE s.conversation_id = ?1"));
        assert!(
            of_one.contains("scheduled_conversation") && !of_one.contains("SCAN"),
            "{of_one}"
        );
        for sql in [select_sql(&due_condition()), next_at_sql()] {
            let due = plan(&sql);
            assert!(due.contains("MULTI-INDEX OR") && !due.contains("SCAN s"), "{due}");
        }
    }
}
