//! Table `outbox`: what is to be sent. The intent is on disk before the call, and so is every attempt.

mod reaction;

use crate::{
    NewFile, Store, StoreError, Upload, attachment, change_log, conversation, hold, line, message,
    message::NewMessage,
    pair, pause, person, preference, team,
    touched::Touched,
    words::{from_json, to_json},
};
use rusqlite::{Connection, OptionalExtension};
use std::sync::Arc;
use twinbox_domain::{
    Change, ConversationId, DOUBT_GRACE_MS, Direction, LONGEST_WAIT_MS, Lane, MessageId, MetaErrorKind, Millis,
    NumberId, Origin, OutboxId, OutboxState, Pair, Payload, PersonIds, Status, Telling, Wamid, meta_error_kind,
};

/// A message to be sent.
#[derive(Clone)]
pub struct NewItem {
    /// Made by the client.
    pub id: OutboxId,
    /// To whom.
    pub conversation: ConversationId,
    /// In which lane it waits.
    pub lane: Lane,
    /// Who sends it.
    pub origin: Origin,
    /// A colleague's name, or empty.
    pub author: String,
    /// What is sent.
    pub payload: Payload,
    /// The file of it.
    pub file: Option<NewFile>,
    /// The message it quotes.
    pub reply_to: Option<Wamid>,
    /// Now.
    pub at: Millis,
}

/// What enqueuing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enqueued {
    /// It waits for its turn. `None` for a reaction, which is no message of its own.
    New(Option<MessageId>),
    /// The same id was enqueued before; nothing has changed. `None` for a reaction, or when it was cancelled since.
    AlreadyThere(Option<MessageId>),
    /// There is no such conversation.
    NoConversation,
}

/// What comes next for a number.
#[derive(Clone)]
pub enum NextDue {
    /// This.
    Now(Box<Due>),
    /// Nothing before this point, unless something changes.
    NotBefore(Millis),
    /// Nothing, unless something changes.
    Nothing,
}

/// An item whose turn it is.
#[derive(Clone)]
pub struct Due {
    /// Which one.
    pub id: OutboxId,
    /// The ids its person is known by.
    pub to: PersonIds,
    /// What is sent.
    pub payload: Payload,
    /// Where Meta has its file; `None` for one without.
    pub upload: Option<Upload>,
    /// The message it quotes.
    pub reply_to: Option<Wamid>,
    /// Attempts begun so far.
    pub attempts: u32,
    /// Most messages a second of its number, as it is set now.
    pub cap_per_second: u32,
    /// Whether Meta counts what its number receives like what it sends.
    pub counts_received: bool,
}

/// How an attempt ended.
#[derive(Clone, PartialEq, Eq)]
pub enum Finish {
    /// Meta accepted it under this id.
    Accepted(Wamid),
    /// Surely not sent; it goes again, not before this point.
    Retry {
        /// Not before.
        at: Millis,
        /// Meta's code, if it said anything.
        code: Option<i64>,
        /// Why, for a person.
        reason: String,
    },
    /// Surely not sent, and the next one would not be, either: it waits, and its number pauses.
    Pauses {
        /// Meta's code.
        code: i64,
        /// Why, for a person.
        reason: String,
    },
    /// Refused.
    Wedged {
        /// Meta's code, if it said anything.
        code: Option<i64>,
        /// Why, for a person.
        reason: String,
    },
    /// Nobody knows.
    Unknown,
}

/// Attempts of earlier runs that may still arrive, of one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The number.
    pub number: NumberId,
    /// How many.
    pub attempts: usize,
}

impl Store {
    /// Puts a message into the queue and into its conversation, in one commit, which also takes the draft of it.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn enqueue(&self, item: NewItem) -> Result<Enqueued, StoreError> {
        self.connections
            .write(move |connection| {
                let enqueued = enqueue(connection, &item)?;
                if matches!(enqueued, Enqueued::New(_)) {
                    team::forget_sent_draft(connection, &item.author, item.conversation, &item.payload)?;
                }
                Ok(enqueued)
            })
            .await
    }

    /// What the number sends next at `now`: by lane, then in order; a conversation's messages one after another. Nothing
    /// while the number is parted from the Cloud API, or a person has paused it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn next_due(&self, number: NumberId, now: Millis) -> Result<NextDue, StoreError> {
        self.connections
            .read(move |connection| next_due(connection, &number, now))
            .await
    }

    /// Commits that an attempt begins. `false`: it is no longer queued, or paused since it was found; do not send it.
    ///
    /// # Errors
    /// When the write cannot be made durable; then nothing may be sent.
    pub async fn begin_attempt(&self, id: OutboxId, now: Millis) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                if !hold::lets_go(connection, id)? {
                    return Ok(false);
                }
                let begun = connection
                    .prepare_cached(
                        "UPDATE outbox SET state = 'in_flight', state_since_ms = ?2, attempts = attempts + 1
                         WHERE id = ?1 AND state = 'queued' AND held_at_ms = 0",
                    )?
                    .execute((id.to_string(), now.0))?;
                if begun > 0 {
                    pair::update(connection, id, |pair| pair.begin(now))?;
                }
                log(connection, id)?;
                Ok(begun > 0)
            })
            .await
    }

    /// Commits how an attempt ended. A status that proved the message sent in the meantime stands.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn finish_attempt(&self, id: OutboxId, finish: Finish, now: Millis) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| finish_attempt(connection, id, &finish, now))
            .await
    }

    /// What a crash left in flight becomes an unknown outcome. Called once, before the first attempt. Says how many
    /// requests without an answer are younger than `may_arrive_for_ms` and may still arrive.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn recover_outbox(&self, now: Millis, may_arrive_for_ms: i64) -> Result<Vec<Unfinished>, StoreError> {
        self.connections
            .write(move |connection| recover(connection, now, may_arrive_for_ms))
            .await
    }

    /// Takes a queued message back. One that was being sent again because nobody knew whether it had arrived is an
    /// unknown outcome again: it may have. `false`: it was not queued any more. Its file can be sent again.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn cancel(&self, id: OutboxId, now: Millis) -> Result<bool, StoreError> {
        let media = Arc::clone(&self.media);
        self.connections
            .write(move |connection| {
                let file = attachment::file_of(connection, id)?;
                let cancelled = cancel(connection, id, now)?;
                if let Some(file) = file.filter(|_| cancelled) {
                    media.renew(&file, now);
                }
                Ok(cancelled)
            })
            .await
    }

    /// Queues a refused message again. `false`: it was not refused, or is not any more.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn retry(&self, id: OutboxId, now: Millis) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let queued = step(connection, id, OutboxState::Wedged, OutboxState::Queued, now)?;
                if queued {
                    // It may be what Meta has of its file that was refused.
                    attachment::forget(connection, id)?;
                }
                Ok(queued)
            })
            .await
    }

    /// A person decides about an unknown outcome. `false`: it is known already.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn settle_unknown(&self, id: OutboxId, was_sent: bool, now: Millis) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let to = if was_sent {
                    OutboxState::Accepted
                } else {
                    OutboxState::Queued
                };
                let settled = step(connection, id, OutboxState::OutcomeUnknown, to, now)?;
                if settled && was_sent {
                    set_accepted_status(connection, id)?;
                    reaction::settled(connection, id, now)?;
                }
                Ok(settled)
            })
            .await
    }
}

pub(crate) fn enqueue(connection: &Connection, item: &NewItem) -> Result<Enqueued, StoreError> {
    let known = connection
        .prepare_cached("SELECT m.id FROM outbox o LEFT JOIN message m ON m.outbox_id = o.id WHERE o.id = ?1")?
        .query_row([item.id.to_string()], |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    if let Some(message) = known {
        return Ok(Enqueued::AlreadyThere(message.map(MessageId)));
    }
    let conversation = conversation::current(connection, item.conversation)?;
    let number = connection
        .prepare_cached("SELECT number_id FROM conversation WHERE id = ?1")?
        .query_row([conversation.0], |row| row.get::<_, i64>(0))
        .optional()?;
    let Some(number) = number else {
        return Ok(Enqueued::NoConversation);
    };
    connection
        .prepare_cached(
            "INSERT INTO outbox (id, number_id, conversation_id, lane, state, state_since_ms, not_before_ms, attempts,
                 doubted_at_ms, reason, payload, reacts_to)
             VALUES (?1, ?2, ?3, ?4, 'queued', ?5, 0, 0, 0, '', ?6, ?7)",
        )?
        .execute((
            item.id.to_string(),
            number,
            conversation.0,
            item.lane.rank(),
            item.at.0,
            to_json(&item.payload)?,
            item.payload.reacts_to().map(Wamid::as_str).unwrap_or_default(),
        ))?;
    line::settle(connection, conversation.0)?;
    let Some(content) = item.payload.content() else {
        log(connection, item.id)?;
        return Ok(Enqueued::New(None));
    };
    if let Some(file) = &item.file {
        let mime_type = content.media().map_or("", |media| media.mime_type.as_str());
        attachment::add(connection, number, item.id, mime_type, file, item.at)?;
    }
    let mut touched = Touched::default();
    let message = message::insert(
        connection,
        &NewMessage {
            conversation,
            alias: person::alias_of_conversation(connection, conversation)?,
            number,
            wamid: None,
            outbox: Some(item.id),
            direction: Direction::Out,
            origin: item.origin,
            telling: Telling::Live,
            author: &item.author,
            at: item.at,
            content: &content,
            reply_to: item.reply_to.as_ref(),
            status: Some(Status::Queued),
        },
        &mut touched,
    )?;
    touched.settle(connection)?;
    Ok(Enqueued::New(Some(message)))
}

fn finish_attempt(connection: &Connection, id: OutboxId, finish: &Finish, now: Millis) -> Result<(), StoreError> {
    // A status was faster than the answer, and then its person was erased.
    let Some(number) = number_of(connection, id)? else {
        return Ok(());
    };
    let leave = |to, not_before, code, reason: &str| {
        leave(
            connection,
            id,
            (OutboxState::InFlight, to),
            now,
            not_before,
            code,
            reason,
        )
    };
    match finish {
        Finish::Accepted(wamid) => {
            pair::update(connection, id, |pair| pair.ended(now, true))?;
            accept(connection, number, id, wamid, now)
        }
        Finish::Retry { at, code, reason } => {
            let is_of_pair = code.is_some_and(|code| meta_error_kind(code) == MetaErrorKind::PairRateLimit);
            pair::update(connection, id, |pair| {
                if is_of_pair { pair.refused(now) } else { pair.not_sent() }
            })?;
            leave(OutboxState::Queued, *at, *code, reason)
        }
        Finish::Pauses { code, reason } => {
            pair::update(connection, id, Pair::not_sent)?;
            pause::pause(connection, number, *code, now)?;
            leave(OutboxState::Queued, Millis(0), Some(*code), reason)
        }
        Finish::Wedged { code, reason } => {
            preference::told_by_refusal(connection, id, *code, now)?;
            pair::update(connection, id, Pair::not_sent)?;
            leave(OutboxState::Wedged, Millis(0), *code, reason)
        }
        Finish::Unknown => {
            pair::update(connection, id, |pair| pair.ended(now, false))?;
            leave(OutboxState::OutcomeUnknown, Millis(0), None, "")
        }
    }
}

/// Nothing of the item's conversation ended without an answer a moment ago, its person may be written to, its wait is over and
/// its file with Meta. `?2` is now, `?3` how long a doubt holds back, `?4` the longest wait there is.
fn may_go() -> String {
    let is_open = pair::IS_OPEN;
    format!(
        "o.not_before_ms NOT BETWEEN ?2 + 1 AND ?2 + ?4 AND {is_open}
         AND NOT EXISTS (SELECT 1 FROM outbox u WHERE u.conversation_id = o.conversation_id
             AND u.state IN ('queued', 'in_flight', 'outcome_unknown')
             AND u.state = 'outcome_unknown' AND u.state_since_ms BETWEEN ?2 - ?3 + 1 AND ?2)
         AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.outbox_id = o.id AND a.media_id = '')"
    )
}

fn next_due_sql() -> String {
    let (in_line, may_go) = (line::IN_LINE, may_go());
    format!(
        "SELECT o.id, o.conversation_id, o.payload, m.reply_to, o.attempts, m.content
         FROM outbox o LEFT JOIN message m ON m.outbox_id = o.id
         WHERE {in_line} AND o.lane = ?5 AND {may_go} ORDER BY o.turn LIMIT 1"
    )
}

/// When the first of those in line may go that may not now.
fn wake_sql() -> String {
    let in_line = line::IN_LINE;
    format!(
        "SELECT min(at) FROM (
             SELECT o.not_before_ms AS at FROM outbox o WHERE {in_line} AND o.not_before_ms BETWEEN ?2 + 1 AND ?2 + ?4
             UNION ALL
             SELECT p.closed_until_ms FROM outbox o JOIN pair p ON p.conversation_id = o.conversation_id
             WHERE {in_line} AND p.closed_from_ms <= ?2 AND p.closed_until_ms BETWEEN ?2 + 1 AND ?2 + ?4
             UNION ALL
             SELECT u.state_since_ms + ?3 FROM outbox o JOIN outbox u ON u.conversation_id = o.conversation_id
             WHERE {in_line} AND u.state IN ('queued', 'in_flight', 'outcome_unknown') AND u.state = 'outcome_unknown' AND u.state_since_ms BETWEEN ?2 - ?3 + 1 AND ?2)"
    )
}

fn next_due(connection: &Connection, number: &NumberId, now: Millis) -> Result<NextDue, StoreError> {
    if !hold::is_sending(connection, number)? {
        return Ok(NextDue::Nothing);
    }
    let settings = connection
        .prepare_cached("SELECT id, cap_per_second, counts_received FROM number WHERE phone_number_id = ?1")?
        .query_row([number.as_str()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((row, cap_per_second, counts_received)) = settings else {
        return Ok(NextDue::Nothing);
    };
    let parameters = (row, now.0, DOUBT_GRACE_MS, LONGEST_WAIT_MS);
    let held = hold::lanes_of(connection, number)?;
    let mut due = None;
    // One lane after the other: what waits in a paused one costs the search nothing.
    for lane in Lane::ALL.into_iter().filter(|lane| !held.contains(lane)) {
        due = connection
            .prepare_cached(&next_due_sql())?
            .query_row((row, now.0, DOUBT_GRACE_MS, LONGEST_WAIT_MS, lane.rank()), |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    ConversationId(row.get(1)?),
                    row.get::<_, String>(2)?,
                    row.get::<_, Option<String>>(3)?.map(Wamid),
                    row.get(4)?,
                    row.get::<_, Option<String>>(5)?,
                ))
            })
            .optional()?;
        if due.is_some() {
            break;
        }
    }
    if let Some((id, conversation, payload, reply_to, attempts, content)) = due {
        let id = id.parse().map_err(|_| StoreError::UnknownWord(id))?;
        let to = person::ids_of_conversation(connection, conversation)?;
        return Ok(NextDue::Now(Box::new(Due {
            id,
            to,
            payload: payload_of(&payload, content.as_deref())?,
            upload: attachment::upload_of(connection, id)?,
            reply_to,
            attempts,
            cap_per_second,
            counts_received,
        })));
    }
    let wake: Option<i64> = connection
        .prepare_cached(&wake_sql())?
        .query_row(parameters, |row| row.get(0))?;
    Ok(wake.map_or(NextDue::Nothing, |at| NextDue::NotBefore(Millis(at))))
}

/// A status webhook with our id, which is in the store, proves that Meta took the message, whatever was believed before.
pub(crate) fn proven_sent(
    connection: &Connection,
    number: i64,
    id: OutboxId,
    wamid: &Wamid,
    at: Millis,
) -> Result<(), StoreError> {
    let ours = connection
        .prepare_cached("SELECT 1 FROM outbox WHERE id = ?1 AND number_id = ?2")?
        .exists((id.to_string(), number))?;
    if ours {
        accept(connection, number, id, wamid, at)
    } else {
        Ok(())
    }
}

fn accept(connection: &Connection, number: i64, id: OutboxId, wamid: &Wamid, at: Millis) -> Result<(), StoreError> {
    match reaction::of(connection, id)? {
        Some(reaction) => reaction::taken(connection, id, &reaction, wamid, at)?,
        None => {
            set_accepted(connection, id, at)?;
            set_accepted_status(connection, id)?;
            message::adopt_wamid(connection, number, id, wamid)?;
        }
    }
    log(connection, id)
}

/// `false`: it was accepted before, or cancelled.
fn set_accepted(connection: &Connection, id: OutboxId, at: Millis) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached(
            "UPDATE outbox SET state = 'accepted', state_since_ms = ?2, code = NULL, reason = '', held_at_ms = 0
             WHERE id = ?1 AND state NOT IN ('accepted', 'cancelled')",
        )?
        .execute((id.to_string(), at.0))?;
    Ok(changed > 0)
}

fn set_accepted_status(connection: &Connection, id: OutboxId) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE message SET status = 'accepted' WHERE outbox_id = ?1 AND status = 'queued'")?
        .execute([id.to_string()])?;
    Ok(())
}

/// The item goes from one state to another, if it still stands at the first. One that goes on waiting stays paused.
pub(crate) fn leave(
    connection: &Connection,
    id: OutboxId,
    (from, to): (OutboxState, OutboxState),
    now: Millis,
    not_before: Millis,
    code: Option<i64>,
    reason: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE outbox SET state = ?2, state_since_ms = ?3, not_before_ms = ?4, code = ?5, reason = ?6,
                 held_at_ms = CASE ?2 WHEN state THEN held_at_ms ELSE 0 END,
                 doubted_at_ms = CASE ?2 WHEN 'outcome_unknown' THEN ?3 ELSE doubted_at_ms END
             WHERE id = ?1 AND state = ?7",
        )?
        .execute((
            id.to_string(),
            to.as_str(),
            now.0,
            not_before.0,
            code,
            reason,
            from.as_str(),
        ))?;
    log(connection, id)
}

/// A step a person asked for; `false` when the item does not stand at `from`.
fn step(
    connection: &Connection,
    id: OutboxId,
    from: OutboxState,
    to: OutboxState,
    now: Millis,
) -> Result<bool, StoreError> {
    let stepped = connection
        .prepare_cached(
            "UPDATE outbox SET state = ?3, state_since_ms = ?4, not_before_ms = 0, code = NULL, reason = '', held_at_ms = 0
             WHERE id = ?1 AND state = ?2",
        )?
        .execute((id.to_string(), from.as_str(), to.as_str(), now.0))?;
    log(connection, id)?;
    Ok(stepped > 0)
}

pub(crate) fn cancel(connection: &Connection, id: OutboxId, now: Millis) -> Result<bool, StoreError> {
    let doubted = connection
        .prepare_cached("SELECT doubted_at_ms > 0 FROM outbox WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?
        .unwrap_or(false);
    let to = if doubted {
        OutboxState::OutcomeUnknown
    } else {
        OutboxState::Cancelled
    };
    if !step(connection, id, OutboxState::Queued, to, now)? {
        return Ok(false);
    }
    if !doubted && let Some((_, message)) = place(connection, id)? {
        message::delete(connection, message)?;
        attachment::remove(connection, id)?;
    }
    Ok(true)
}

fn recover(connection: &Connection, now: Millis, may_arrive_for_ms: i64) -> Result<Vec<Unfinished>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM outbox WHERE state = 'in_flight'")?;
    let left: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in left {
        let id = id.parse().map_err(|_| StoreError::UnknownWord(id))?;
        leave(
            connection,
            id,
            (OutboxState::InFlight, OutboxState::OutcomeUnknown),
            now,
            Millis(0),
            None,
            "",
        )?;
    }
    // A person may have settled a doubt meanwhile; the request may arrive all the same.
    let mut statement = connection.prepare_cached(
        "SELECT n.phone_number_id, count(*) FROM outbox o JOIN number n ON n.id = o.number_id
         WHERE o.doubted_at_ms > 0 AND o.doubted_at_ms > ?1 GROUP BY n.id",
    )?;
    let rows = statement.query_map([now.0 - may_arrive_for_ms], |row| {
        let attempts: i64 = row.get(1)?;
        Ok(Unfinished {
            number: NumberId(row.get(0)?),
            attempts: usize::try_from(attempts).unwrap_or(usize::MAX),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What an item sends; one of an earlier version has only what its message shows.
pub(crate) fn payload_of(payload: &str, content: Option<&str>) -> Result<Payload, StoreError> {
    if !payload.is_empty() {
        return from_json(payload);
    }
    let content = content.map(from_json).transpose()?;
    let payload = content.and_then(Payload::of_content);
    payload.ok_or_else(|| StoreError::UnknownWord("content".to_owned()))
}

/// `None`: there is no such item (any more).
pub(crate) fn number_of(connection: &Connection, id: OutboxId) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT number_id FROM outbox WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?)
}

/// The conversation and message of an item.
fn place(connection: &Connection, id: OutboxId) -> Result<Option<(ConversationId, MessageId)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT conversation_id, id FROM message WHERE outbox_id = ?1")?
        .query_row([id.to_string()], |row| {
            Ok((ConversationId(row.get(0)?), MessageId(row.get(1)?)))
        })
        .optional()?)
}

/// The item stands differently now, and perhaps its conversation does, too: another one may be next, and one whose answer
/// failed needs a reply.
pub(crate) fn log(connection: &Connection, id: OutboxId) -> Result<(), StoreError> {
    let conversation = connection
        .prepare_cached("SELECT conversation_id FROM outbox WHERE id = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    if let Some(conversation) = conversation {
        line::settle(connection, conversation)?;
    }
    match place(connection, id)? {
        Some((conversation, message)) => {
            conversation::refresh(connection, conversation)?;
            change_log::log(connection, Change::Message(conversation, message))
        }
        None => reaction::log(connection, id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn the_next_item_is_found_without_looking_at_the_others() {
        for sql in [next_due_sql(), wake_sql()] {
            let plan = plan(&sql);
            assert!(
                plan.contains("outbox_line") && plan.contains("outbox_conversation"),
                "{plan}"
            );
            let scans = plan.lines().filter(|line| line.contains("SCAN")).count();
            assert!(!plan.contains("TEMP B-TREE") && scans <= 1, "{plan}");
        }
    }
}
