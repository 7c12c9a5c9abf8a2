//! How long messages are kept, and letting go of those that are older.
//!
//! A task of the engine moves the limit on ([`Store::move_retention`]) and then has forgotten what is before it, a slice in
//! one write. With a message go its words, edits, deletion, reactions, receipts, files and outbox item; with its
//! last message goes a conversation. The person stays. Raw webhooks of before go as well. What was queued, is on the wire or
//! may have arrived stays, and so does its message, and the last message of a chat that was put off, until it comes back. A
//! stop or a crash loses nothing but time: what should have gone is found again. What is told later of the time before the
//! limit is not taken in.
//!
//! **The clock.** This machine's clock may be wrong, and what is gone does not come back, so a clock counts only up to a day
//! beyond a time that has surely come: the latest at which Meta says that a customer wrote or the phone was used, and from
//! there on as long as this engine has been running since. While nobody writes and nothing runs, messages stay longer.

use crate::{
    Store, StoreError, change_log,
    connections::Waiting,
    conversation, counter,
    counter::Counter,
    erase,
    erase::Going,
    message, receipt,
    search::{self, Forgotten},
};
use rusqlite::{Connection, OptionalExtension};
use std::time::Duration;
use twinbox_domain::{Change, ConversationId, Fact, JournalId, MessageId, Millis, RetentionPeriod};

/// Conversations, or webhooks, that are looked at in one read.
const LOOKED_AT: u32 = 1000;

/// Messages that go before others may write; while nobody waits, up to [`SLICE`] go in one commit.
const PIECE: usize = 100;
const SLICE: usize = 500;

/// Bytes of raw webhooks that go in one commit: a history has bodies of 3 MB.
const SLICE_BYTES: i64 = 2 * 1024 * 1024;

/// A message `m` that is not on its way.
const IS_SETTLED: &str = "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = m.outbox_id
    AND o.state IN ('queued', 'in_flight', 'outcome_unknown'))";

/// A message `m` that its conversation `c` comes back with: it was put off, and without a message nothing of it is shown.
const IS_PUT_OFF: &str = "c.state = 'snoozed' AND m.id IS c.last_message_id";

/// An outbox item `o` that nothing becomes of any more.
const IS_FINAL: &str = "o.state IN ('accepted', 'wedged', 'cancelled')";

/// Nothing is left of a conversation `c`, and nothing is to come.
const IS_OVER: &str = "NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM scheduled WHERE conversation_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM draft WHERE conversation_id = c.id)";

/// Each conversation after `?1`, and whether something of it is from before `?2`. Along indexes: an index of all messages by
/// their time alone would cost more than looking at each conversation.
fn conversations_sql() -> String {
    format!(
        "SELECT c.id, EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.at_ms < ?2 AND {IS_SETTLED}
                 AND NOT ({IS_PUT_OFF}))
             OR coalesce((SELECT o.state_since_ms < ?2 AND {IS_FINAL} FROM outbox o WHERE o.conversation_id = c.id
                 ORDER BY o.position LIMIT 1), 0)
             OR (c.last_message_id IS NULL AND {IS_OVER})
         FROM conversation c WHERE c.id > ?1 ORDER BY c.id LIMIT ?3"
    )
}

fn messages_sql() -> String {
    format!(
        "SELECT m.id, m.at_ms, m.number_id, m.wamid, m.outbox_id FROM message m
         WHERE m.conversation_id = ?1 AND m.at_ms < ?2 AND {IS_SETTLED}
             AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.id = ?1 AND {IS_PUT_OFF})
         ORDER BY m.at_ms, m.id LIMIT ?3"
    )
}

/// Reactions, and what was taken back, among the first `?3` that the conversation sent: the later ones are younger.
fn items_sql() -> String {
    format!(
        "SELECT o.number_id, o.id
         FROM (SELECT * FROM outbox WHERE conversation_id = ?1 ORDER BY position LIMIT ?3) o
         WHERE o.state_since_ms < ?2 AND {IS_FINAL} AND NOT EXISTS (SELECT 1 FROM message WHERE outbox_id = o.id)"
    )
}

fn first_sql() -> String {
    format!(
        "SELECT m.at_ms, m.id FROM message m WHERE m.conversation_id = ?1 AND {IS_SETTLED} ORDER BY m.at_ms, m.id LIMIT 1"
    )
}

/// Webhooks after `?1`: when each arrived, and whether there is something to be forgotten of it. One whose messages are
/// held back is still needed; one that could not be read goes as well.
const WEBHOOKS: &str = "SELECT id, received_at_ms,
        state IN ('applied', 'parked') AND length(body) > 0 AND id NOT IN (SELECT journal_id FROM held)
    FROM journal WHERE id > ?1 ORDER BY id LIMIT ?2";

/// Messages of before `?1`, without those on their way and the last of each chat that was put off.
const GOING: &str = "SELECT
        (SELECT coalesce(sum((SELECT count(*) FROM message m WHERE m.conversation_id = c.id AND m.at_ms < ?1)), 0)
         FROM conversation c)
        - (SELECT count(*) FROM outbox o CROSS JOIN message m ON m.outbox_id = o.id
           WHERE o.state IN ('queued', 'in_flight', 'outcome_unknown') AND m.at_ms < ?1)
        - (SELECT count(*) FROM conversation c CROSS JOIN message m ON m.id = c.last_message_id
           WHERE c.state = 'snoozed' AND m.at_ms < ?1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = m.outbox_id
               AND o.state IN ('queued', 'in_flight', 'outcome_unknown')))";

/// Of the conversations with the newest messages: the latest at which a customer wrote.
const CUSTOMER_WROTE: &str = "SELECT max(last_customer_at_ms) FROM
    (SELECT last_customer_at_ms FROM conversation ORDER BY last_at_ms DESC, id DESC LIMIT 1000)";

/// Of all numbers. What arrived has the time of this machine, so it proves nothing.
const PHONE_WAS_USED: &str = "SELECT max(max(coalesce(phone_at_ms, 0), coalesce(sign_at_ms, 0))) FROM evidence";

impl Store {
    /// How long messages are kept; `None`: for ever.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn retention(&self) -> Result<Option<RetentionPeriod>, StoreError> {
        self.connections.read(period).await
    }

    /// Sets how long messages are kept; `None`: for ever. Nothing goes before [`Store::move_retention`].
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn set_retention(&self, period: Option<RetentionPeriod>) -> Result<(), StoreError> {
        self.connections
            .write(move |connection| {
                let days = period.map_or(0, |period| period.days().into());
                counter::set(connection, Counter::RetentionDays, days)?;
                counter::set(connection, Counter::KeptSince, 0)?;
                change_log::log(connection, Change::Overview)
            })
            .await
    }

    /// How many messages would go if they were kept for `period` at `now`: those of before the point in time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn would_go(&self, period: RetentionPeriod, now: Millis) -> Result<(u64, Millis), StoreError> {
        self.connections
            .read(move |connection| {
                let since = period.kept_since(now, proven_time(connection, Duration::ZERO)?);
                let count: i64 = connection
                    .prepare_cached(GOING)?
                    .query_row([since.0], |row| row.get(0))?;
                Ok((count.unsigned_abs(), since))
            })
            .await
    }

    /// At `now` by this machine's clock, which ran for `ran` since it was told last: moves the limit on, never back. `false`:
    /// everything is kept.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn move_retention(&self, now: Millis, ran: Duration) -> Result<bool, StoreError> {
        self.connections
            .write(move |connection| {
                let Some(period) = period(connection)? else {
                    return Ok(false);
                };
                let proven = proven_time(connection, ran)?;
                let since = period.kept_since(now, proven).max(kept_since(connection)?);
                for (counter, at) in [(Counter::ProvenTime, proven), (Counter::KeptSince, since)] {
                    counter::set(connection, counter, u64::try_from(at.0).unwrap_or_default())?;
                }
                Ok(true)
            })
            .await
    }

    /// Forgets old messages of conversations after `after`, one slice, or none when many conversations have none. Says
    /// where to go on; `None`: there are no more conversations.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn forget_messages(&self, after: ConversationId) -> Result<Option<ConversationId>, StoreError> {
        let looked_at: Vec<(ConversationId, bool)> = self
            .connections
            .read(move |connection| {
                let since = kept_since(connection)?;
                let mut statement = connection.prepare_cached(&conversations_sql())?;
                let rows = statement.query_map((after.0, since.0, LOOKED_AT), |row| {
                    Ok((ConversationId(row.get(0)?), row.get(1)?))
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await?;
        self.forget_due(looked_at, forget_slice).await
    }

    /// Forgets the bodies of old webhooks after `after` that were applied or set aside, one slice. Says where to go on; `None`: the next
    /// ones are young. Webhooks are in the order of their arrival, as far as the clock was right.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn forget_webhooks(&self, after: JournalId) -> Result<Option<JournalId>, StoreError> {
        let old: Vec<(JournalId, bool)> = self
            .connections
            .read(move |connection| {
                let since = kept_since(connection)?;
                let mut statement = connection.prepare_cached(WEBHOOKS)?;
                let mut rows = statement.query((after.0, LOOKED_AT))?;
                let mut old = Vec::new();
                while let Some(row) = rows.next()? {
                    if Millis(row.get(1)?) < since {
                        old.push((JournalId(row.get(0)?), row.get(2)?));
                    }
                }
                Ok(old)
            })
            .await?;
        self.forget_due(old, forget_bodies).await
    }

    /// Forgets one slice of what is due among those that were looked at. Says where to go on; `None`: there were none.
    async fn forget_due<T: Copy + Send + 'static>(
        &self,
        looked_at: Vec<(T, bool)>,
        forget: impl FnOnce(&Connection, Vec<T>, &Waiting) -> Result<Option<T>, StoreError> + Send + 'static,
    ) -> Result<Option<T>, StoreError> {
        let last = looked_at.last().map(|(id, _)| *id);
        let due: Vec<T> = looked_at
            .into_iter()
            .filter(|(_, is_due)| *is_due)
            .map(|(id, _)| id)
            .collect();
        if due.is_empty() {
            return Ok(last);
        }
        let waiting = self.connections.waiting();
        let stopped = self
            .connections
            .write(move |connection| erase::overwriting(connection, || forget(connection, due, &waiting)))
            .await?;
        Ok(stopped.or(last))
    }

    /// The first message of a conversation that is not on its way, by its time and id; `None`: there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn first_message(&self, conversation: ConversationId) -> Result<Option<(Millis, MessageId)>, StoreError> {
        self.connections
            .read(move |connection| {
                Ok(connection
                    .prepare_cached(&first_sql())?
                    .query_row([conversation.0], |row| {
                        Ok((Millis(row.get(0)?), MessageId(row.get(1)?)))
                    })
                    .optional()?)
            })
            .await
    }
}

fn period(connection: &Connection) -> Result<Option<RetentionPeriod>, StoreError> {
    let days = counter::value(connection, Counter::RetentionDays)?;
    Ok(RetentionPeriod::from_days(days))
}

/// Messages of before this point are not kept; 0: all are.
pub(crate) fn kept_since(connection: &Connection) -> Result<Millis, StoreError> {
    at(connection, Counter::KeptSince)
}

fn at(connection: &Connection, counter: Counter) -> Result<Millis, StoreError> {
    let at = counter::value(connection, counter)?;
    Ok(Millis(i64::try_from(at).unwrap_or_default()))
}

/// The latest point in time that Meta told of as it happened, or that was proven `ran` ago.
pub(crate) fn proven_time(connection: &Connection, ran: Duration) -> Result<Millis, StoreError> {
    let ran_ms = i64::try_from(ran.as_millis()).unwrap_or(i64::MAX);
    let mut proven = at(connection, Counter::ProvenTime)?.plus_ms(ran_ms);
    for sql in [CUSTOMER_WROTE, PHONE_WAS_USED] {
        let told: Option<i64> = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        proven = proven.max(Millis(told.unwrap_or_default()));
    }
    Ok(proven)
}

/// Whether a fact tells of what is not kept any more. What proves that a message of ours was sent is always wanted.
pub(crate) fn is_over(fact: &Fact, kept_since: Millis) -> bool {
    let at = match fact {
        Fact::Message(fact) => fact.at,
        Fact::Edit(fact) => fact.at,
        Fact::Deletion(fact) => fact.at,
        Fact::Reaction(fact) => fact.at,
        Fact::Handover(fact) => fact.at,
        Fact::Status(fact) if fact.outbox.is_none() => fact.at,
        _ => return false,
    };
    at < kept_since
}

/// `Some`: others wait, or the slice is full; go on after this one.
fn forget_slice(
    connection: &Connection,
    due: Vec<ConversationId>,
    waiting: &Waiting,
) -> Result<Option<ConversationId>, StoreError> {
    let since = kept_since(connection)?;
    let mut gone = 0;
    for id in due {
        loop {
            let piece = forget_piece(connection, id, since)?;
            gone += piece.max(1);
            let is_done = piece < PIECE;
            if gone >= SLICE || waiting.some() {
                return Ok(Some(if is_done { id } else { ConversationId(id.0 - 1) }));
            }
            if is_done {
                break;
            }
        }
    }
    Ok(None)
}

/// Forgets the oldest of what is old in a conversation, and itself with the last of it. Says how much that was; less than
/// [`PIECE`]: no more is left.
fn forget_piece(connection: &Connection, id: ConversationId, since: Millis) -> Result<usize, StoreError> {
    let going: Vec<Going> = connection
        .prepare_cached(&messages_sql())?
        .query_map((id.0, since.0, PIECE as u32), Going::read)?
        .collect::<Result<_, _>>()?;
    for message in &going {
        erase::forget_message(connection, message)?;
        if let Some(item) = &message.outbox {
            forget_item(connection, message.number, item)?;
        }
    }
    for message in &going {
        if let Some(wamid) = &message.wamid {
            message::log_quotes_of(connection, message.number, wamid)?;
        }
    }
    let items: Vec<(i64, String)> = connection
        .prepare_cached(&items_sql())?
        .query_map((id.0, since.0, PIECE as u32), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (number, item) in &items {
        forget_item(connection, *number, item)?;
    }
    if !going.is_empty() {
        search::words_went(connection, Forgotten::Old)?;
        conversation::refresh(connection, id)?;
        change_log::log(connection, Change::OldMessagesGone(id))?;
    }
    let is_gone = connection
        .prepare_cached(&format!("DELETE FROM conversation AS c WHERE c.id = ?1 AND {IS_OVER}"))?
        .execute([id.0])?;
    if is_gone > 0 {
        change_log::log(connection, Change::Conversation(id))?;
    }
    Ok(going.len() + items.len())
}

fn forget_item(connection: &Connection, number: i64, item: &str) -> Result<(), StoreError> {
    receipt::forget_item(connection, item)?;
    erase::forget_sent_file(connection, number, item)?;
    connection
        .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
        .execute([item])?;
    Ok(())
}

/// `Some`: others wait, or the slice is full; go on after this one. Nothing is read from any of them again.
pub(crate) fn forget_bodies(
    connection: &Connection,
    due: Vec<JournalId>,
    waiting: &Waiting,
) -> Result<Option<JournalId>, StoreError> {
    let mut gone_bytes = 0;
    let mut stopped = None;
    for id in due {
        let bytes: i64 = connection
            .prepare_cached("SELECT length(body) FROM journal WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))?;
        for sql in [
            "DELETE FROM not_understood WHERE journal_id = ?1",
            // Without its body it cannot be read later, either.
            "UPDATE journal SET body = x'', state = 'applied', parked_because = '' WHERE id = ?1",
        ] {
            connection.prepare_cached(sql)?.execute([id.0])?;
        }
        gone_bytes += bytes;
        if gone_bytes >= SLICE_BYTES || waiting.some() {
            stopped = Some(id);
            break;
        }
    }
    change_log::log(connection, Change::Overview)?;
    Ok(stopped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn what_is_old_is_found_along_indexes_of_each_conversation() {
        let due = plan(&conversations_sql());
        for index in [
            "message_order (conversation_id=? AND at_ms<?)",
            "outbox_history (conversation_id=?)",
        ] {
            assert!(due.contains(index), "{due}");
        }
        assert!(!due.contains("SCAN") && !due.contains("TEMP B-TREE"), "{due}");
        for sql in [messages_sql(), first_sql()] {
            let plan = plan(&sql);
            assert!(plan.contains("message_order") && !plan.contains("SCAN"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        }
        let items = plan(&items_sql());
        assert!(
            items.contains("outbox_history") && !items.contains("SCAN outbox"),
            "{items}"
        );
        assert!(!items.contains("TEMP B-TREE"), "{items}");
    }

    #[test]
    fn what_would_go_is_counted_by_the_index_alone() {
        let plan = plan(GOING);
        assert!(
            plan.contains("COVERING INDEX message_order (conversation_id=? AND at_ms<?)"),
            "{plan}"
        );
        assert!(
            plan.contains("SCAN o USING INDEX outbox_conversation") && !plan.contains("SCAN m"),
            "{plan}"
        );
    }

    #[test]
    fn a_conversation_goes_without_a_look_at_all_that_was_ever_sent() {
        let plan = plan(&format!("DELETE FROM conversation AS c WHERE c.id = 1 AND {IS_OVER}"));
        assert!(plan.contains("outbox_history") && !plan.contains("SCAN"), "{plan}");
    }

    #[test]
    fn time_is_proven_and_webhooks_are_found_without_a_look_at_all_of_them() {
        let wrote = plan(CUSTOMER_WROTE);
        assert!(
            wrote.contains("conversation_newest") && !wrote.contains("TEMP B-TREE"),
            "{wrote}"
        );
        let webhooks = plan(WEBHOOKS);
        assert!(
            webhooks.contains("SEARCH journal USING INTEGER PRIMARY KEY (rowid>?)"),
            "{webhooks}"
        );
        assert!(!webhooks.contains("TEMP B-TREE"), "{webhooks}");
    }
}
