//! Table `conversation`: one for each number and person. Its list columns are derived from the messages and kept in
//! the same transaction, so that the list never has to look at them.

use crate::{
    Message, Person, Store, StoreError, change_log,
    counter::{self, Counter},
    journal, line, message,
    named_row::{NamedRow, read_all, read_first},
    person, preference, scheduled, search, tally, team,
    triage::{self, Workload},
    words::from_json,
};
use rusqlite::{Connection, OptionalExtension, params, types::Value};
use twinbox_domain::{
    Change, ConversationId, ConversationState, LabelId, MessageId, Millis, NumberId, PersonId, Wamid,
};

/// A conversation as the list shows it.
#[derive(Clone)]
pub struct Conversation {
    /// Our id of it.
    pub id: ConversationId,
    /// The business number.
    pub number: NumberId,
    /// The customer.
    pub person: Person,
    /// Meta's time of the last message.
    pub last_at: Millis,
    /// When the customer last wrote, live; `None`: never.
    pub last_customer_at: Option<Millis>,
    /// Customer messages that arrived after what was seen.
    pub unread: u64,
    /// What had arrived up to this message has been seen.
    pub read_up_to: MessageId,
    /// The last word is the customer's.
    pub needs_reply: bool,
    /// The person wants no marketing messages from this number.
    pub stops_marketing: bool,
    /// What is to be done about it.
    pub state: ConversationState,
    /// Who is to do it: a colleague's name, empty for nobody.
    pub assignee: String,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// Colleagues whom its notes call.
    pub mentions: Vec<String>,
    /// The last message; never a note.
    pub last: Message,
}

/// Which conversations a page is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConversationList {
    /// All that are open or pending.
    All,
    /// Those whose last word is the customer's.
    NeedsReply,
    /// Those with something unread.
    Unread,
    /// Those of `All` that somebody is to deal with; an empty name for those that nobody is.
    Assigned(String),
    /// Those in which somebody else is to do something.
    Pending,
    /// Those put off.
    Snoozed,
    /// Those in which nothing is left to be done.
    Resolved,
    /// Those of `All` in which a note calls somebody.
    Mentions(String),
    /// Those of `All` with a business number.
    Number(NumberId),
    /// Those with a label, whatever their state.
    Label(LabelId),
}

/// The counters of the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Conversations in all.
    pub conversations: u64,
    /// With something unread.
    pub unread: u64,
    /// Whose last word is the customer's.
    pub needs_reply: u64,
    /// Put off.
    pub snoozed: u64,
    /// Open and pending, by who is to deal with them.
    pub workloads: Vec<Workload>,
    /// The same by who is called in a note.
    pub mentioned: Vec<Workload>,
    /// Outbox items queued or on the wire.
    pub queued: u64,
    /// Outbox items of which nobody knows whether they were sent.
    pub outcome_unknown: u64,
    /// Webhooks, or parts of one, that could not be read.
    pub not_understood: u64,
    /// Webhooks refused for their signature.
    pub refused_signatures: u64,
    /// How often people saved settings of theirs.
    pub settings_saved: u64,
    /// How often labels, canned replies or colleagues changed.
    pub team_saved: u64,
    /// When the last genuine webhook arrived.
    pub last_webhook_at: Option<Millis>,
}

const COLUMNS: &str =
    "c.id AS c_id, n.phone_number_id, c.last_at_ms, c.last_customer_at_ms, c.unread, c.read_up_to, c.needs_reply";

const TABLES: &str = "conversation c
    JOIN number n ON n.id = c.number_id
    JOIN person p ON p.id = c.person_id
    JOIN message m ON m.id = c.last_message_id";

fn read_row(row: &NamedRow<'_>) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        id: ConversationId(row.get("c_id")?),
        number: NumberId(row.get("phone_number_id")?),
        person: person::read_row(row)?,
        last_at: Millis(row.get("last_at_ms")?),
        last_customer_at: row.get::<Option<i64>>("last_customer_at_ms")?.map(Millis),
        unread: row.get::<i64>("unread")?.unsigned_abs(),
        read_up_to: MessageId(row.get("read_up_to")?),
        needs_reply: row.get("needs_reply")?,
        stops_marketing: row.get("stops_marketing")?,
        state: triage::read_state(row)?,
        assignee: row.get("assignee")?,
        labels: from_json::<Vec<i64>>(&row.get::<String>("labels")?)?
            .into_iter()
            .map(LabelId)
            .collect(),
        mentions: from_json(&row.get::<String>("mentions")?)?,
        last: message::read_row(row)?,
    })
}

impl Store {
    /// A page of conversations, newest first, after the row `before` (its last message's time and its id).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn conversations(
        &self,
        list: ConversationList,
        before: Option<(Millis, ConversationId)>,
        limit: u32,
    ) -> Result<Vec<Conversation>, StoreError> {
        self.connections
            .read(move |connection| page(connection, list, before, limit))
            .await
    }

    /// One conversation; `None` when there is none, or nothing in it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        self.connections.read(move |connection| by_id(connection, id)).await
    }

    /// Everything that arrived up to `up_to` has been seen. Never moves back. Whether anything was not seen before.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn mark_read(&self, id: ConversationId, up_to: MessageId) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let id = current(connection, id)?;
                let moved = connection
                    .prepare_cached(
                        "UPDATE conversation
                         SET read_up_to = (SELECT max(id) FROM message WHERE conversation_id = ?1 AND id <= ?2)
                         WHERE id = ?1 AND read_up_to <
                             (SELECT max(id) FROM message WHERE conversation_id = ?1 AND id <= ?2)",
                    )?
                    .execute((id.0, up_to.0))?;
                if moved > 0 {
                    refresh(connection, id)?;
                    change_log::log(connection, Change::Conversation(id))?;
                }
                Ok(moved > 0)
            })
            .await
    }

    /// The newest message of the customer up to `up_to` that came live after `since`, and its number; `None`: there is none,
    /// or the number tells customers nothing of what is read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn to_be_told_read(
        &self,
        id: ConversationId,
        up_to: Option<MessageId>,
        since: Millis,
    ) -> Result<Option<(NumberId, Wamid)>, StoreError> {
        self.connections
            .read(move |connection| {
                let id = current(connection, id)?;
                Ok(connection
                    .prepare_cached(TO_BE_TOLD_READ)?
                    .query_row((id.0, up_to.map_or(i64::MAX, |up_to| up_to.0), since.0), |row| {
                        Ok((NumberId(row.get(0)?), Wamid(row.get(1)?)))
                    })
                    .optional()?)
            })
            .await
    }

    /// The counters of the status line.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        self.connections.read(counts).await
    }

    /// When the first message was sent, and how many of the business's own since `since` came from agents, from the
    /// phone, and from automations and campaigns.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn answers_of(&self, id: ConversationId, since: Millis) -> Result<(Millis, [u64; 3]), StoreError> {
        self.connections
            .read(move |connection| {
                let id = current(connection, id)?;
                let (first_at, agents, phone, bots): (i64, i64, i64, i64) = connection
                    .prepare_cached(
                        "SELECT coalesce((SELECT min(at_ms) FROM message WHERE conversation_id = ?1), 0),
                                count(*) FILTER (WHERE origin = 'agent'),
                                count(*) FILTER (WHERE origin = 'phone'),
                                count(*) FILTER (WHERE origin IN ('automation', 'campaign'))
                         FROM message WHERE conversation_id = ?1 AND at_ms >= ?2 AND direction = 'out'",
                    )?
                    .query_row((id.0, since.0), |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                    })?;
                Ok((Millis(first_at), [agents, phone, bots].map(i64::unsigned_abs)))
            })
            .await
    }
}

/// One conversation; `None` when there is none, or nothing in it.
pub(crate) fn by_id(connection: &Connection, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    let id = current(connection, id)?;
    let sql = format!("SELECT {} FROM {TABLES} {} WHERE c.id = ?1", columns(), message::JOINS);
    let mut statement = connection.prepare_cached(&sql)?;
    read_first(&mut statement, [id.0], read_row)
}

/// The conversation that goes by this id now: itself, or the one it was merged into.
pub(crate) fn current(connection: &Connection, id: ConversationId) -> Result<ConversationId, StoreError> {
    Ok(connection
        .prepare_cached("SELECT coalesce((SELECT into_id FROM conversation_merged WHERE old_id = ?1), ?1)")?
        .query_row([id.0], |row| row.get(0).map(ConversationId))?)
}

fn columns() -> String {
    format!(
        "{COLUMNS}, {}, {}, {}, {}",
        triage::COLUMNS,
        preference::STOPS_MARKETING,
        person::COLUMNS,
        message::columns()
    )
}

fn page(
    connection: &Connection,
    list: ConversationList,
    before: Option<(Millis, ConversationId)>,
    limit: u32,
) -> Result<Vec<Conversation>, StoreError> {
    let (at, id) = before.unwrap_or((Millis(i64::MAX), ConversationId(i64::MAX)));
    let mut statement = connection.prepare_cached(&page_sql(&list))?;
    let of = match list {
        ConversationList::Assigned(name) | ConversationList::Mentions(name) => Some(Value::Text(name)),
        ConversationList::Number(number) => Some(Value::Text(number.0)),
        ConversationList::Label(label) => Some(Value::Integer(label.0)),
        _ => None,
    };
    read_all(&mut statement, (at.0, id.0, limit, of), read_row)
}

/// The parameters are where to go on (twice), how many, and whose, which number or which label.
fn page_sql(list: &ConversationList) -> String {
    let condition = match list {
        ConversationList::Label(_) => {
            return format!(
                "SELECT {} FROM conversation_label l CROSS JOIN {TABLES} {}
                 WHERE l.label_id = ?4 AND c.id = l.conversation_id AND (l.last_at_ms, l.conversation_id) < (?1, ?2)
                 ORDER BY l.last_at_ms DESC, l.conversation_id DESC LIMIT ?3",
                columns(),
                message::JOINS,
            );
        }
        ConversationList::Mentions(_) => {
            return format!(
                "SELECT {} FROM conversation_mention a CROSS JOIN {TABLES} {}
                 WHERE a.is_active = 1 AND a.name = ?4 AND c.id = a.conversation_id
                     AND (a.last_at_ms, a.conversation_id) < (?1, ?2)
                 ORDER BY a.last_at_ms DESC, a.conversation_id DESC LIMIT ?3",
                columns(),
                message::JOINS,
            );
        }
        ConversationList::Number(_) => {
            "c.state IN ('open', 'pending') AND c.number_id = (SELECT id FROM number WHERE phone_number_id = ?4)"
        }
        ConversationList::All => "c.state IN ('open', 'pending') AND ?4 IS NULL",
        ConversationList::NeedsReply => "c.needs_reply = 1 AND ?4 IS NULL",
        ConversationList::Unread => "c.unread > 0 AND ?4 IS NULL",
        ConversationList::Assigned(_) => "c.state IN ('open', 'pending') AND c.assignee = ?4",
        ConversationList::Pending => "c.state <> 'open' AND c.state = 'pending' AND ?4 IS NULL",
        ConversationList::Snoozed => "c.state <> 'open' AND c.state = 'snoozed' AND ?4 IS NULL",
        ConversationList::Resolved => "c.state <> 'open' AND c.state = 'resolved' AND ?4 IS NULL",
    };
    format!(
        "SELECT {} FROM {TABLES} {}
         WHERE (c.last_at_ms, c.id) < (?1, ?2) AND {condition} ORDER BY c.last_at_ms DESC, c.id DESC LIMIT ?3",
        columns(),
        message::JOINS,
    )
}

fn counts(connection: &Connection) -> Result<Counts, StoreError> {
    let tally = |name| tally::value(connection, name);
    Ok(Counts {
        conversations: tally("conversations")?,
        unread: tally("unread")?,
        needs_reply: tally("needs_reply")?,
        snoozed: tally("snoozed")?,
        workloads: triage::workloads(connection)?,
        mentioned: triage::mentioned(connection)?,
        queued: tally("queued")?,
        outcome_unknown: tally("outcome_unknown")?,
        not_understood: journal::not_understood(connection)?,
        refused_signatures: counter::value(connection, Counter::RefusedSignatures)?,
        settings_saved: counter::value(connection, Counter::SettingsSaved)?,
        team_saved: counter::value(connection, Counter::TeamSaved)?,
        last_webhook_at: journal::last_received_at(connection)?,
    })
}

/// The conversation of a number and a person, made if new.
pub(crate) fn of(connection: &Connection, number: i64, person: PersonId) -> Result<ConversationId, StoreError> {
    let known = connection
        .prepare_cached("SELECT id FROM conversation WHERE number_id = ?1 AND person_id = ?2")?
        .query_row((number, person.0), |row| row.get(0).map(ConversationId))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO conversation (number_id, person_id, read_up_to, last_at_ms, unread, needs_reply)
             VALUES (?1, ?2, 0, 0, 0, 0)",
        )?
        .execute((number, person.0))?;
    Ok(ConversationId(connection.last_insert_rowid()))
}

/// Every conversation of a person.
pub(crate) fn of_person(connection: &Connection, person: PersonId) -> Result<Vec<ConversationId>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM conversation WHERE person_id = ?1")?;
    let rows = statement.query_map([person.0], |row| row.get(0).map(ConversationId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was told with these aliases, or everything (`None`), is not with `from` but with `into`.
pub(crate) fn follow(
    connection: &Connection,
    from: PersonId,
    into: PersonId,
    aliases: Option<&[i64]>,
) -> Result<(), StoreError> {
    if aliases.is_none() {
        team::join_fields(connection, from, into)?;
    }
    for id in of_person(connection, from)? {
        let Some(aliases) = aliases else {
            move_to_person(connection, id, into)?;
            continue;
        };
        let (here, elsewhere) = message::told_with(connection, id, aliases)?;
        let (is_planned, is_planned_elsewhere) = scheduled::told_with(connection, id, aliases)?;
        match (here.is_empty() && !is_planned, elsewhere || is_planned_elsewhere) {
            (true, _) => {}
            (false, false) => move_to_person(connection, id, into)?,
            (false, true) => {
                let into = of(connection, number_of(connection, id)?, into)?;
                scheduled::follow(connection, id, into, aliases)?;
                move_messages(connection, id, into, &here)?;
            }
        }
    }
    Ok(())
}

fn number_of(connection: &Connection, id: ConversationId) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT number_id FROM conversation WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?)
}

/// A message belongs to this person, who may be another one than its conversation's.
pub(crate) fn place(connection: &Connection, message: MessageId, person: PersonId) -> Result<(), StoreError> {
    let id = message::conversation_of(connection, message)?;
    let into = of(connection, number_of(connection, id)?, person)?;
    if id == into {
        return Ok(());
    }
    move_messages(connection, id, into, &[message])?;
    let is_empty = !connection
        .prepare_cached("SELECT 1 FROM message WHERE conversation_id = ?1")?
        .exists([id.0])?;
    if is_empty {
        move_to_person(connection, id, person)
    } else {
        Ok(())
    }
}

/// Some of a conversation's messages stand in another one from now on; what nobody has seen is unread there, too.
fn move_messages(
    connection: &Connection,
    id: ConversationId,
    into: ConversationId,
    messages: &[MessageId],
) -> Result<(), StoreError> {
    join_marks(connection, id, into, messages)?;
    for message in messages {
        connection
            .prepare_cached("UPDATE message SET conversation_id = ?2 WHERE id = ?1")?
            .execute((message.0, into.0))?;
        for sql in [
            "UPDATE outbox SET conversation_id = ?2, turn = 0 WHERE id = (SELECT outbox_id FROM message WHERE id = ?1)",
            // And the emojis that are put on it.
            "UPDATE outbox SET conversation_id = ?2, turn = 0 FROM message m
             WHERE m.id = ?1 AND outbox.number_id = m.number_id AND outbox.reacts_to = m.wamid AND outbox.reacts_to != ''",
        ] {
            connection.prepare_cached(sql)?.execute((message.0, into.0))?;
        }
        change_log::log(connection, Change::MessageGone(id, *message))?;
        change_log::log(connection, Change::Message(into, *message))?;
    }
    search::index_messages(connection, messages)?;
    for conversation in [id, into] {
        line::settle(connection, conversation.0)?;
        refresh(connection, conversation)?;
        change_log::log(connection, Change::Conversation(conversation))?;
    }
    Ok(())
}

/// `into` is read as far as either was, once it has these messages of `id`, but not beyond the first that nobody has seen in
/// its own conversation; its customer was heard when either was. Called before they move.
fn join_marks(
    connection: &Connection,
    id: ConversationId,
    into: ConversationId,
    messages: &[MessageId],
) -> Result<(), StoreError> {
    let messages: Vec<i64> = messages.iter().map(|message| message.0).collect();
    connection
        .prepare_cached(
            "UPDATE conversation SET read_up_to = min(
                 max(read_up_to, (SELECT read_up_to FROM conversation WHERE id = ?1)),
                 (SELECT coalesce(min(id) - 1, 9223372036854775807) FROM (
                     SELECT id FROM message WHERE conversation_id = ?2 AND origin = 'customer'
                         AND id > (SELECT read_up_to FROM conversation WHERE id = ?2)
                     UNION ALL
                     SELECT m.id FROM json_each(?3) j CROSS JOIN message m ON m.id = j.value WHERE m.origin = 'customer'
                         AND m.id > (SELECT read_up_to FROM conversation WHERE id = ?1)))),
                 heard_seq = max(heard_seq, (SELECT heard_seq FROM conversation WHERE id = ?1))
             WHERE id = ?2",
        )?
        .execute((id.0, into.0, serde_json::json!(messages).to_string()))?;
    Ok(())
}

/// The conversation's person turned out to be `into`, who may have a conversation with the same number already.
pub(crate) fn move_to_person(connection: &Connection, id: ConversationId, into: PersonId) -> Result<(), StoreError> {
    let other = connection
        .prepare_cached(
            "SELECT o.id FROM conversation o JOIN conversation c ON c.number_id = o.number_id
             WHERE c.id = ?1 AND o.person_id = ?2",
        )?
        .query_row((id.0, into.0), |row| row.get(0).map(ConversationId))
        .optional()?;
    let Some(other) = other else {
        connection
            .prepare_cached("UPDATE conversation SET person_id = ?2 WHERE id = ?1")?
            .execute((id.0, into.0))?;
        return change_log::log(connection, Change::Conversation(id));
    };
    let messages = message::ids_of(connection, id)?;
    join_marks(connection, id, other, &messages)?;
    // That the old one is gone, and what became of it, is told with the conversation.
    for message in &messages {
        change_log::log(connection, Change::Message(other, *message))?;
    }
    for sql in [
        "UPDATE message SET conversation_id = ?2 WHERE conversation_id = ?1",
        "UPDATE outbox SET conversation_id = ?2, turn = 0 WHERE conversation_id = ?1",
        "UPDATE scheduled SET conversation_id = ?2 WHERE conversation_id = ?1",
        // Of what may be written to the two, the lesser.
        "UPDATE OR REPLACE pair SET conversation_id = ?2 WHERE conversation_id = ?1
             AND closed_until_ms > coalesce((SELECT closed_until_ms FROM pair WHERE conversation_id = ?2), 0)",
    ] {
        connection.prepare_cached(sql)?.execute(params![id.0, other.0])?;
    }
    line::settle(connection, other.0)?;
    search::index_messages(connection, &messages)?;
    for sql in triage::MERGE.into_iter().chain([
        "UPDATE conversation_merged SET into_id = ?2 WHERE into_id = ?1",
        "INSERT INTO conversation_merged (old_id, into_id) VALUES (?1, ?2)",
    ]) {
        connection.prepare_cached(sql)?.execute(params![id.0, other.0])?;
    }
    connection
        .prepare_cached("DELETE FROM conversation WHERE id = ?1")?
        .execute([id.0])?;
    change_log::log(connection, Change::Conversation(id))?;
    refresh(connection, other)?;
    change_log::log(connection, Change::Conversation(other))
}

/// Derives the list columns anew from the messages. An answer that did not and will not arrive is none; the history
/// asks for no answer and is not new to anybody. Notes are passed over, and what was put off or resolved needs no reply.
pub(crate) fn refresh(connection: &Connection, id: ConversationId) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE conversation SET
                 (last_message_id, last_at_ms) = (
                     SELECT max(m.id), coalesce(max(m.at_ms), 0) FROM (
                         SELECT id, at_ms FROM message WHERE conversation_id = ?1 AND is_internal = 0
                         ORDER BY at_ms DESC, id DESC LIMIT 1) m),
                 needs_reply = state IN ('open', 'pending') AND coalesce((
                     SELECT origin = 'customer' FROM message m WHERE conversation_id = ?1 AND origin <> 'system' AND status IS NOT 'failed'
                         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = m.outbox_id AND o.state = 'wedged')
                     ORDER BY at_ms DESC, id DESC LIMIT 1), 0),
                 last_customer_at_ms =
                     (SELECT max(at_ms) FROM message WHERE conversation_id = ?1 AND origin = 'customer'),
                 unread = (SELECT count(*) FROM message
                     WHERE conversation_id = ?1 AND origin = 'customer' AND id > conversation.read_up_to)
             WHERE id = ?1",
        )?
        .execute([id.0])?;
    Ok(())
}

const TO_BE_TOLD_READ: &str = "SELECT n.phone_number_id, m.wamid FROM message m JOIN number n ON n.id = m.number_id
    WHERE m.conversation_id = ?1 AND m.origin = 'customer' AND m.id <= ?2 AND m.at_ms > ?3 AND m.wamid IS NOT NULL
        AND n.tells_read = 1
    ORDER BY m.at_ms DESC LIMIT 1";

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn a_conversation_whose_customer_was_heard_in_another_one_that_it_becomes_was_heard() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::migrations::migrate(&mut connection).unwrap();
        connection
            .execute_batch(
                "INSERT INTO number (id, phone_number_id, display_phone_number, name, cap_per_second)
                 VALUES (1, '106540352242922', '', '', 5);
                 INSERT INTO person (id, name, username) VALUES (1, '', ''), (2, '', '');
                 INSERT INTO conversation (id, number_id, person_id, read_up_to, last_at_ms, unread, needs_reply, heard_seq)
                 VALUES (1, 1, 1, 0, 0, 0, 0, 70), (2, 1, 2, 0, 0, 0, 0, 30);",
            )
            .unwrap();
        move_to_person(&connection, ConversationId(1), PersonId(2)).unwrap();
        let heard: i64 = connection
            .query_row("SELECT heard_seq FROM conversation", [], |row| row.get(0))
            .unwrap();
        assert_eq!(heard, 70);
    }

    #[test]
    fn each_list_is_read_along_its_index() {
        for (list, index) in [
            (ConversationList::All, "conversation_active"),
            (ConversationList::NeedsReply, "conversation_needs_reply"),
            (ConversationList::Unread, "conversation_unread"),
            (ConversationList::Assigned(String::new()), "conversation_assigned"),
            (ConversationList::Pending, "conversation_state"),
            (ConversationList::Snoozed, "conversation_state"),
            (ConversationList::Resolved, "conversation_state"),
            (ConversationList::Label(LabelId(1)), "conversation_label_newest"),
            (ConversationList::Mentions(String::new()), "conversation_mention_active"),
            (
                ConversationList::Number(NumberId::from("1")),
                "conversation_number_active",
            ),
        ] {
            let plan = plan(&page_sql(&list));
            assert!(plan.contains(index) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    }
}
