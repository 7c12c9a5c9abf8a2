//! Table `outbox`, as the page of the queue shows it: counts, pages of what waits, doubts, and failures in groups.
//!
//! Everything is read from indexes and in pages that go on from a position, so that 100,000 waiting messages cost as much
//! as a screen full of them, but for their counts.

use crate::{
    Person, Store, StoreError, hold,
    named_row::{NamedRow, read_all},
    outbox, pair, person,
    words::from_json,
};
use rusqlite::Connection;
use twinbox_domain::{
    Content, ConversationId, DOUBT_GRACE_MS, LONGEST_WAIT_MS, Lane, Millis, NumberId, OutboxId, OutboxState, Payload,
};

/// What is counted of a number's queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberQueue {
    /// Waiting, by lane.
    pub waiting: [u64; 3],
    /// On the wire.
    pub in_flight: u64,
    /// Of which nobody knows whether they were sent.
    pub unknown: u64,
    /// Accepted in each of the last 60 seconds, the oldest first.
    pub minute: Vec<u32>,
    /// Accepted in the last 24 hours.
    pub sent_in_a_day: u64,
    /// Who paused it.
    pub hold: Option<hold::Hold>,
    /// The lanes that somebody paused by themselves.
    pub held_lanes: Vec<Lane>,
    /// Waiting in other lanes, and paused by themselves.
    pub held: u64,
}

/// Why an item has not left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is leaving.
    OnTheWire,
    /// Others are before it.
    Turn,
    /// One of the same conversation is before it.
    Earlier,
    /// The person was written to too often; not before this point.
    SamePerson(Millis),
    /// Nobody knows yet whether the one before it was sent; not before this point.
    Doubt(Millis),
    /// Its file is on its way to Meta.
    Upload,
    /// Somebody paused it.
    Held,
    /// Somebody paused the one before it in its conversation.
    BehindHeld,
    /// Meta or the network asked for patience; not before this point.
    Retry(Millis),
    /// Nobody knows whether it was sent.
    Unknown,
}

/// An item that has not left.
#[derive(Clone)]
pub struct Waiting {
    /// Which one.
    pub id: OutboxId,
    /// Where a page goes on: before 0 for those in line.
    pub position: i64,
    /// Its number.
    pub number: NumberId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub person: Person,
    /// In which lane it waits.
    pub lane: Lane,
    /// A colleague's name, or empty.
    pub author: String,
    /// What the customer will see; of a reaction, the emoji.
    pub content: Content,
    /// Why it has not left.
    pub why: Why,
    /// Since when it stands as it does.
    pub since: Millis,
    /// Who paused it by itself.
    pub hold: Option<hold::Hold>,
    /// Items of its number before it that are not paused by themselves.
    pub ahead: u64,
}

/// Which failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedKind {
    /// Meta refused to take them. They can be tried again.
    Refused,
    /// Meta took them, and told later that they did not arrive.
    ToldLater,
}

/// Failures with one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedGroup {
    /// Which.
    pub kind: FailedKind,
    /// Meta's code.
    pub code: Option<i64>,
    /// The reason as it was told.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// A message that failed.
#[derive(Clone)]
pub struct Failed {
    /// Which one.
    pub id: OutboxId,
    /// Where a page goes on.
    pub position: i64,
    /// Its conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub person: Person,
    /// What it says.
    pub content: Content,
    /// When it failed.
    pub at: Millis,
}

const OF_NUMBER: &str = "o.number_id = n.id";

/// `of_number` finds the items of a number `n`.
fn waiting_sql(state: OutboxState, of_number: &str, condition: &str) -> String {
    let (person, state, is_open) = (person::COLUMNS, state.as_str(), pair::IS_OPEN);
    // The same conditions as those of what comes next, told apart.
    format!(
        "SELECT o.id, CASE WHEN o.turn > 0 THEN o.turn + {LINE} ELSE o.position END, n.phone_number_id, o.conversation_id, o.lane, coalesce(m.author, ''), o.payload, m.content,
             o.state_since_ms, o.not_before_ms,
             CASE WHEN {is_open} THEN NULL
                 ELSE (SELECT closed_until_ms FROM pair WHERE conversation_id = o.conversation_id) END,
             (SELECT max(b.state_since_ms) FROM outbox b WHERE b.conversation_id = o.conversation_id
                 AND b.state IN ('queued', 'in_flight', 'outcome_unknown') AND b.state = 'outcome_unknown'
                 AND b.state_since_ms BETWEEN ?2 - ?3 + 1 AND ?2),
             EXISTS (SELECT 1 FROM outbox b WHERE b.conversation_id = o.conversation_id
                 AND b.state IN ('queued', 'in_flight', 'outcome_unknown')
                 AND (b.state = 'in_flight' OR (b.state = 'queued' AND b.position < o.position AND b.lane <= o.lane))),
             EXISTS (SELECT 1 FROM attachment a WHERE a.outbox_id = o.id AND a.media_id = ''),
             o.held_at_ms, o.held_by,
             EXISTS (SELECT 1 FROM outbox b WHERE b.conversation_id = o.conversation_id
                 AND b.state IN ('queued', 'in_flight', 'outcome_unknown') AND b.state = 'queued'
                 AND b.held_at_ms > 0 AND b.position < o.position AND b.lane <= o.lane),
             {person}
         FROM number n CROSS JOIN outbox o ON {of_number}
         CROSS JOIN conversation c ON c.id = o.conversation_id
         JOIN person p ON p.id = c.person_id LEFT JOIN message m ON m.outbox_id = o.id
         WHERE n.phone_number_id = ?1 AND o.state = '{state}' AND {condition}"
    )
}

/// Those in line stand before position 0, by their turns; those behind another of their conversation follow.
const LINE: i64 = i64::MIN / 2;

fn line_sql() -> String {
    let condition = "o.lane = ?5 AND o.turn > 0 AND o.turn > ?6 ORDER BY o.turn LIMIT ?7";
    waiting_sql(OutboxState::Queued, OF_NUMBER, condition)
}

fn behind_sql() -> String {
    let condition = "o.lane = ?5 AND o.turn = 0 AND o.position > ?6 ORDER BY o.position LIMIT ?7";
    waiting_sql(OutboxState::Queued, OF_NUMBER, condition)
}

fn waiting_of_sql() -> String {
    let condition = "o.state IN ('queued', 'in_flight', 'outcome_unknown') AND o.conversation_id = ?5
        ORDER BY o.lane, o.position LIMIT ?6";
    // By the conversation, not by the number.
    waiting_sql(OutboxState::Queued, "+o.number_id = n.id", condition)
}

/// Lanes and messages that are paused hold up nobody.
const AHEAD: &str = "SELECT
    (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.lane < ?2 AND o.turn > 0
            AND o.lane NOT IN (SELECT lane FROM lane_hold h WHERE h.number_id = n.id))
    + (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.lane < ?2 AND o.turn = 0 AND o.state = 'queued'
            AND o.lane NOT IN (SELECT lane FROM lane_hold h WHERE h.number_id = n.id))
    + (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.lane = ?2 AND o.turn > 0 AND o.turn < ?3)
    + (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.lane = ?2 AND o.turn = 0 AND o.state = 'queued' AND o.position < ?4)
    - (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.held_at_ms > 0 AND CASE
            WHEN o.lane < ?2 THEN o.lane NOT IN (SELECT lane FROM lane_hold h WHERE h.number_id = n.id)
            WHEN o.lane > ?2 THEN 0
            WHEN o.turn > 0 THEN o.turn < ?3
            ELSE o.position < ?4 END)";

const HELD: &str = "SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
    WHERE n.phone_number_id = ?1 AND o.held_at_ms > 0
        AND o.lane NOT IN (SELECT lane FROM lane_hold h WHERE h.number_id = n.id)";

const WAITING: &str = "SELECT
    (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.lane = ?2 AND o.turn > 0)
    + (SELECT count(*) FROM outbox o JOIN number n ON n.id = o.number_id
        WHERE n.phone_number_id = ?1 AND o.lane = ?2 AND o.turn = 0 AND o.state = 'queued')";

/// Those behind others first: none of them then moves up into the line only to be taken back there.
const CANCELLED: &str = "SELECT o.id FROM number n JOIN outbox o ON o.number_id = n.id
        WHERE n.phone_number_id = ?1 AND o.lane = ?2 AND o.turn = 0 AND o.state = 'queued' AND o.position <= ?3
    UNION ALL
    SELECT o.id FROM number n JOIN outbox o ON o.number_id = n.id
        WHERE n.phone_number_id = ?1 AND o.lane = ?2 AND o.turn > 0 AND o.position <= ?3
    LIMIT ?4";

const MINUTE: &str = "SELECT (?2 - state_since_ms) / 1000, count(*) FROM outbox
    WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND state = 'accepted'
        AND state_since_ms BETWEEN ?2 - 59999 AND ?2 GROUP BY 1";

const REFUSED: &str = "SELECT code, reason, count(*) FROM outbox
    WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND state = 'wedged' AND state_since_ms >= ?2
    GROUP BY code, reason ORDER BY count(*) DESC LIMIT ?3";

const TOLD_LATER: &str = "SELECT failed_code, failed_title, count(*) FROM message
    WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND status = 'failed' AND at_ms >= ?2
        AND outbox_id IS NOT NULL
    GROUP BY failed_code, failed_title ORDER BY count(*) DESC LIMIT ?3";

fn failed_sql(kind: FailedKind) -> String {
    let person = person::COLUMNS;
    let (from, position) = match kind {
        FailedKind::Refused => (
            "outbox o ON o.number_id = n.id AND o.state = 'wedged' AND o.code IS ?2 AND o.reason = ?3
                 AND o.state_since_ms >= ?4 LEFT JOIN message m ON m.outbox_id = o.id",
            "o.position",
        ),
        FailedKind::ToldLater => (
            "message m ON m.number_id = n.id AND m.status = 'failed' AND m.failed_code IS ?2 AND m.failed_title = ?3
                 AND m.at_ms >= ?4 JOIN outbox o ON o.id = m.outbox_id",
            "m.id",
        ),
    };
    format!(
        "SELECT o.id, {position}, o.conversation_id, o.payload, m.content, o.state_since_ms, {person}
         FROM number n CROSS JOIN {from}
         CROSS JOIN conversation c ON c.id = o.conversation_id JOIN person p ON p.id = c.person_id
         WHERE n.phone_number_id = ?1 AND {position} < ?5 ORDER BY {position} DESC LIMIT ?6"
    )
}

impl Store {
    /// What is counted of a number's queue at `now`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn number_queue(&self, number: NumberId, now: Millis) -> Result<NumberQueue, StoreError> {
        self.connections
            .read(move |connection| number_queue(connection, &number, now))
            .await
    }

    /// What waits in a lane of a number, those whose turn comes first first, after `after`, at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn waiting(
        &self,
        number: NumberId,
        lane: Lane,
        after: Option<i64>,
        limit: u32,
        now: Millis,
    ) -> Result<Vec<Waiting>, StoreError> {
        self.connections
            .read(move |connection| {
                let after = after.unwrap_or(LINE);
                let mut page = Vec::new();
                if after < 0 {
                    let about = (lane, after - LINE, limit);
                    page = lane_page(connection, &number, &line_sql(), about, now)?;
                }
                let left = limit.saturating_sub(u32::try_from(page.len()).unwrap_or(u32::MAX));
                if left > 0 {
                    let behind = lane_page(connection, &number, &behind_sql(), (lane, after.max(0), left), now)?;
                    page.extend(behind);
                }
                if let Some(first) = page.first() {
                    let mut before = ahead(connection, &number, lane, first.position)?;
                    for item in &mut page {
                        item.ahead = before;
                        before += u64::from(item.hold.is_none());
                    }
                }
                Ok(page)
            })
            .await
    }

    /// What of a number is on the wire, or of which nobody knows whether it was sent, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn standing_at(
        &self,
        number: NumberId,
        state: OutboxState,
        limit: u32,
        now: Millis,
    ) -> Result<Vec<Waiting>, StoreError> {
        self.connections
            .read(move |connection| {
                let sql = waiting_sql(state, OF_NUMBER, "?4 > 0 ORDER BY o.position LIMIT ?5");
                let mut statement = connection.prepare_cached(&sql)?;
                let parameters = (number.as_str(), now.0, DOUBT_GRACE_MS, LONGEST_WAIT_MS, limit);
                read_all(&mut statement, parameters, |row| read_waiting(row, state, now))
            })
            .await
    }

    /// What of a conversation waits, in the order of the queue, at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn waiting_of(
        &self,
        conversation: ConversationId,
        limit: u32,
        now: Millis,
    ) -> Result<Vec<Waiting>, StoreError> {
        self.connections
            .read(move |connection| waiting_of(connection, conversation, limit, now))
            .await
    }

    /// Failures since a point in time, in groups of one reason, the largest first, at most `limit` of each kind.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn failures(&self, number: NumberId, since: Millis, limit: u32) -> Result<Vec<FailedGroup>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut groups = Vec::new();
                for (kind, sql) in [(FailedKind::Refused, REFUSED), (FailedKind::ToldLater, TOLD_LATER)] {
                    let mut statement = connection.prepare_cached(sql)?;
                    let rows = statement.query_map((number.as_str(), since.0, limit), |row| {
                        let count: i64 = row.get(2)?;
                        Ok(FailedGroup {
                            kind,
                            code: row.get(0)?,
                            reason: row.get(1)?,
                            count: count.unsigned_abs(),
                        })
                    })?;
                    for group in rows {
                        groups.push(group?);
                    }
                }
                Ok(groups)
            })
            .await
    }

    /// The messages of a group, the newest first, before `before`, at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn failed(
        &self,
        number: NumberId,
        group: FailedGroup,
        since: Millis,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Failed>, StoreError> {
        self.connections
            .read(move |connection| {
                let mut statement = connection.prepare_cached(&failed_sql(group.kind))?;
                let parameters = (
                    number.as_str(),
                    group.code,
                    &group.reason,
                    since.0,
                    before.unwrap_or(i64::MAX),
                    limit,
                );
                read_all(&mut statement, parameters, |row| {
                    Ok(Failed {
                        id: id(row.at(0)?)?,
                        position: row.at(1)?,
                        conversation: ConversationId(row.at(2)?),
                        person: person::read_row(row)?,
                        content: content(&row.at::<String>(3)?, row.at::<Option<String>>(4)?.as_deref())?,
                        at: Millis(row.at(5)?),
                    })
                })
            })
            .await
    }

    /// Takes back what waits in a lane of a number up to a position, in one commit at most `limit`; says how many it
    /// looked at. One of which nobody knows whether it had arrived is an unknown outcome again.
    ///
    /// # Errors
    /// When the write cannot be made durable.
    pub async fn cancel_lane(
        &self,
        number: NumberId,
        lane: Lane,
        up_to: i64,
        limit: u32,
        now: Millis,
    ) -> Result<usize, StoreError> {
        self.connections
            .write(move |connection| {
                let mut statement = connection.prepare_cached(CANCELLED)?;
                let rows = statement.query_map((number.as_str(), lane.rank(), up_to, limit), |row| row.get(0))?;
                let ids = rows.collect::<Result<Vec<String>, _>>()?;
                for text in &ids {
                    outbox::cancel(connection, id(text.clone())?, now)?;
                }
                Ok(ids.len())
            })
            .await
    }

    /// The position of what was queued last; 0: nothing ever was.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn end_of_queue(&self) -> Result<i64, StoreError> {
        self.connections
            .read(|connection| {
                Ok(connection
                    .prepare_cached("SELECT coalesce(max(position), 0) FROM outbox")?
                    .query_row((), |row| row.get(0))?)
            })
            .await
    }
}

fn number_queue(connection: &Connection, number: &NumberId, now: Millis) -> Result<NumberQueue, StoreError> {
    let mut queue = NumberQueue {
        minute: vec![0; 60],
        hold: hold::of(connection, number)?,
        held_lanes: hold::lanes_of(connection, number)?,
        ..NumberQueue::default()
    };
    for (rank, waiting) in queue.waiting.iter_mut().enumerate() {
        let count: i64 = connection
            .prepare_cached(WAITING)?
            .query_row((number.as_str(), i64::try_from(rank).unwrap_or_default()), |row| {
                row.get(0)
            })?;
        *waiting = count.unsigned_abs();
    }
    let count = |state: OutboxState, index: &str| -> Result<u64, StoreError> {
        let state = state.as_str();
        let count: i64 = connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM outbox INDEXED BY {index}
                 WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1) AND state = '{state}'"
            ))?
            .query_row([number.as_str()], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    let held: i64 = connection
        .prepare_cached(HELD)?
        .query_row([number.as_str()], |row| row.get(0))?;
    queue.held = held.unsigned_abs();
    queue.in_flight = count(OutboxState::InFlight, "outbox_in_flight")?;
    queue.unknown = count(OutboxState::OutcomeUnknown, "outbox_unknown")?;
    let mut statement = connection.prepare_cached(MINUTE)?;
    let mut rows = statement.query((number.as_str(), now.0))?;
    while let Some(row) = rows.next()? {
        let (ago, count): (i64, u32) = (row.get(0)?, row.get(1)?);
        let slot = usize::try_from(59 - ago).unwrap_or_default();
        if let Some(slot) = queue.minute.get_mut(slot) {
            *slot = count;
        }
    }
    let day: i64 = connection
        .prepare_cached(
            "SELECT count(*) FROM outbox WHERE number_id = (SELECT id FROM number WHERE phone_number_id = ?1)
                 AND state = 'accepted' AND state_since_ms > ?2",
        )?
        .query_row((number.as_str(), now.0 - 24 * 3_600_000), |row| row.get(0))?;
    queue.sent_in_a_day = day.unsigned_abs();
    Ok(queue)
}

fn lane_page(
    connection: &Connection,
    number: &NumberId,
    sql: &str,
    (lane, after, limit): (Lane, i64, u32),
    now: Millis,
) -> Result<Vec<Waiting>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let parameters = (
        number.as_str(),
        now.0,
        DOUBT_GRACE_MS,
        LONGEST_WAIT_MS,
        lane.rank(),
        after,
        limit,
    );
    read_all(&mut statement, parameters, |row| {
        read_waiting(row, OutboxState::Queued, now)
    })
}

/// How many of a number wait before the item of a lane at `position`.
fn ahead(connection: &Connection, number: &NumberId, lane: Lane, position: i64) -> Result<u64, StoreError> {
    let (turn, behind) = if position < 0 {
        (position - LINE, i64::MIN)
    } else {
        (i64::MAX, position)
    };
    let count: i64 = connection
        .prepare_cached(AHEAD)?
        .query_row((number.as_str(), lane.rank(), turn, behind), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

fn waiting_of(
    connection: &Connection,
    conversation: ConversationId,
    limit: u32,
    now: Millis,
) -> Result<Vec<Waiting>, StoreError> {
    let number: String = connection
        .prepare_cached(
            "SELECT coalesce((SELECT n.phone_number_id FROM conversation c JOIN number n ON n.id = c.number_id
                 WHERE c.id = ?1), '')",
        )?
        .query_row([conversation.0], |row| row.get(0))?;
    let number = NumberId(number);
    let mut statement = connection.prepare_cached(&waiting_of_sql())?;
    let parameters = (
        number.as_str(),
        now.0,
        DOUBT_GRACE_MS,
        LONGEST_WAIT_MS,
        conversation.0,
        limit,
    );
    read_all(&mut statement, parameters, |row| {
        let mut item = read_waiting(row, OutboxState::Queued, now)?;
        item.ahead = ahead(connection, &number, item.lane, item.position)?;
        Ok(item)
    })
}

fn read_waiting(row: &NamedRow<'_>, state: OutboxState, now: Millis) -> Result<Waiting, StoreError> {
    let rank: i64 = row.at(4)?;
    let lane = Lane::ALL
        .into_iter()
        .find(|lane| lane.rank() == rank)
        .ok_or_else(|| StoreError::UnknownWord(rank.to_string()))?;
    let not_before: i64 = row.at(9)?;
    let closed_until: Option<i64> = row.at(10)?;
    let doubted_at: Option<i64> = row.at(11)?;
    let held_at = Millis(row.at(14)?);
    let why = match state {
        OutboxState::InFlight => Why::OnTheWire,
        OutboxState::OutcomeUnknown => Why::Unknown,
        _ if held_at.0 > 0 => Why::Held,
        _ if row.at(16)? => Why::BehindHeld,
        _ if (now.0 + 1..=now.0 + LONGEST_WAIT_MS).contains(&not_before) => Why::Retry(Millis(not_before)),
        _ => match (doubted_at, closed_until) {
            (Some(at), _) => Why::Doubt(Millis(at + DOUBT_GRACE_MS)),
            (None, Some(until)) => Why::SamePerson(Millis(until)),
            (None, None) if row.at(12)? => Why::Earlier,
            (None, None) if row.at(13)? => Why::Upload,
            (None, None) => Why::Turn,
        },
    };
    Ok(Waiting {
        id: id(row.at(0)?)?,
        position: row.at(1)?,
        number: NumberId(row.at(2)?),
        conversation: ConversationId(row.at(3)?),
        person: person::read_row(row)?,
        lane,
        author: row.at(5)?,
        content: content(&row.at::<String>(6)?, row.at::<Option<String>>(7)?.as_deref())?,
        why,
        since: Millis(row.at(8)?),
        hold: if held_at.0 > 0 {
            Some(hold::Hold {
                author: row.at(15)?,
                at: held_at,
            })
        } else {
            None
        },
        ahead: 0,
    })
}

/// What the customer sees, or the emoji of a reaction.
fn content(payload: &str, shown: Option<&str>) -> Result<Content, StoreError> {
    match shown {
        Some(content) => from_json(content),
        None => Ok(match outbox::payload_of(payload, None)? {
            Payload::Reaction { emoji, .. } => Content::Text { body: emoji },
            other => other.content().unwrap_or(Content::Placeholder),
        }),
    }
}

fn id(text: String) -> Result<OutboxId, StoreError> {
    text.parse().map_err(|_| StoreError::UnknownWord(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn a_page_of_the_queue_is_read_from_where_the_last_one_ended() {
        for (sql, index) in [(line_sql(), "outbox_line"), (behind_sql(), "outbox_behind")] {
            let plan = plan(&sql);
            assert!(plan.contains(index), "{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{plan}");
        }
        assert!(plan(HELD).contains("outbox_held") && plan(AHEAD).contains("outbox_held"));
        for sql in [AHEAD, WAITING, CANCELLED] {
            let plan = plan(sql);
            assert!(plan.contains("outbox_line") && plan.contains("outbox_behind"), "{plan}");
            assert!(!plan.contains("SCAN o"), "{plan}");
        }
    }

    #[test]
    fn what_waits_in_a_conversation_is_found_without_looking_at_others() {
        let plan = plan(&waiting_of_sql());
        assert!(plan.contains("SEARCH o USING INDEX outbox_conversation"), "{plan}");
    }

    #[test]
    fn failures_are_counted_from_an_index_alone() {
        for (sql, index) in [
            (REFUSED, "COVERING INDEX outbox_wedged"),
            (TOLD_LATER, "COVERING INDEX message_failed"),
            (MINUTE, "COVERING INDEX outbox_accepted"),
        ] {
            let plan = plan(sql);
            assert!(plan.contains(index) && !plan.contains("SCAN"), "{plan}");
        }
    }
}
