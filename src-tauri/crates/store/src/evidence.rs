//! Tables `evidence` and `arrival`: what shows that a number works, counted as webhooks are applied.
//!
//! Called in the transaction that applies a webhook. It keeps times and counts, and nothing of what was said or by whom.
//! The times are the latest of all; what arrived counts once for each webhook, however often that is applied. So it is
//! the same in any order.

mod read;

pub use read::{Arrivals, Evidence, NumberEvidence};

use crate::{StoreError, number};
use rusqlite::Connection;
use std::collections::BTreeMap;
use twinbox_domain::{AccountFact, AccountTold, Fact, Millis, NumberId, Origin, Subject, Telling, delay_bucket};

/// The length of a slot: half an hour.
pub const SLOT_MS: i64 = 30 * 60 * 1000;

/// Slots that are kept: 24 hours, the one under way included.
pub const SLOTS: usize = 48;

/// What of one kind arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Customers' messages.
    Message,
    /// What the phone sent.
    Phone,
    /// How far messages of ours came.
    Status,
}

impl Kind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Phone => "phone",
            Self::Status => "status",
        }
    }
}

/// A webhook that is being applied.
pub(crate) struct Arrival {
    /// When it arrived.
    pub at: Millis,
    /// Whether it was applied before.
    pub is_counted: bool,
}

/// What one webhook shows of one number.
#[derive(Default)]
struct Gathered {
    /// When the last one of each kind was.
    last: [Option<Millis>; 3],
    /// How many of a kind were so long on their way, and the longest of these.
    delays: BTreeMap<(Kind, u8), (i64, i64)>,
    sign: Option<Millis>,
}

impl Gathered {
    fn arrived(&mut self, kind: Kind, told_at: Millis, arrival: &Arrival) {
        // What the phone sent is as old as it is, however late it comes.
        let at = if kind == Kind::Phone {
            told_at.min(arrival.at)
        } else {
            arrival.at
        };
        if let Some(last) = self.last.get_mut(kind as usize) {
            *last = (*last).max(Some(at));
        }
        let delay_ms = arrival.at.ms_since(told_at).max(0);
        let (count, longest_ms) = self.delays.entry((kind, delay_bucket(delay_ms))).or_default();
        *count += 1;
        *longest_ms = delay_ms.max(*longest_ms);
    }

    /// Not later than it was heard of, whatever the clocks say.
    fn sign(&mut self, told_at: Millis, arrival: &Arrival) {
        self.sign = self.sign.max(Some(told_at.min(arrival.at)));
    }
}

/// Takes down what the facts of one webhook show.
pub(crate) fn take_down<'a>(
    connection: &Connection,
    arrival: &Arrival,
    facts: impl Iterator<Item = &'a Fact> + Clone,
) -> Result<(), StoreError> {
    let mut numbers: BTreeMap<&NumberId, Gathered> = BTreeMap::new();
    for fact in facts.clone() {
        look_at(fact, arrival, &mut numbers);
    }
    for fact in facts {
        // Somebody had the phone in hand: it asks before it reconnects (Meta, "Reconnecting", 2026).
        if let Fact::Account(AccountFact {
            subject,
            at,
            told: AccountTold::Reconnected,
        }) = fact
        {
            reconnected(connection, subject, (*at).min(arrival.at))?;
        }
    }
    for (id, gathered) in numbers {
        let number = number::row_of(connection, id)?;
        keep_last(connection, number, &gathered)?;
        if !arrival.is_counted {
            count(connection, number, &gathered, arrival)?;
        }
    }
    Ok(())
}

fn look_at<'a>(fact: &'a Fact, arrival: &Arrival, numbers: &mut BTreeMap<&'a NumberId, Gathered>) {
    match fact {
        Fact::Message(fact) if fact.telling == Telling::Live => {
            let gathered = numbers.entry(&fact.number).or_default();
            match fact.origin {
                Origin::Customer => gathered.arrived(Kind::Message, fact.at, arrival),
                Origin::Phone => {
                    gathered.arrived(Kind::Phone, fact.at, arrival);
                    gathered.sign(fact.at, arrival);
                }
                Origin::Agent | Origin::Automation | Origin::Campaign | Origin::History | Origin::System => {}
            }
        }
        Fact::Status(fact) => numbers
            .entry(&fact.number)
            .or_default()
            .arrived(Kind::Status, fact.at, arrival),
        Fact::Reaction(fact) if fact.origin == Origin::Phone => {
            numbers.entry(&fact.number).or_default().sign(fact.at, arrival);
        }
        Fact::Contact(fact) => numbers.entry(&fact.number).or_default().sign(fact.at, arrival),
        // A piece of the history has no time of its own. The phone sends it as it goes.
        Fact::History(fact) => numbers.entry(&fact.number).or_default().sign(arrival.at, arrival),
        Fact::Message(_)
        | Fact::Reaction(_)
        | Fact::Number(_)
        | Fact::Edit(_)
        | Fact::Deletion(_)
        | Fact::IdsChanged(_)
        | Fact::Account(_)
        | Fact::Template(_)
        | Fact::Preference(_)
        | Fact::Handover(_)
        | Fact::NotUnderstood(_) => {}
    }
}

/// The numbers of an account reconnected.
fn reconnected(connection: &Connection, subject: &Subject, at: Millis) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM number WHERE (?1 = 'number' AND phone_number_id = ?2)
             OR (?1 = 'phone' AND display_phone_number = ?2)
             OR (?1 = 'waba' AND id IN (SELECT number_id FROM number_waba WHERE waba_id = ?2
                 UNION ALL SELECT number_id FROM connection WHERE waba = ?2))",
    )?;
    let rows = statement.query_map(subject.as_words(), |row| row.get(0))?;
    for number in rows.collect::<Result<Vec<i64>, _>>()? {
        let gathered = Gathered {
            sign: Some(at),
            ..Gathered::default()
        };
        keep_last(connection, number, &gathered)?;
    }
    Ok(())
}

fn keep_last(connection: &Connection, number: i64, gathered: &Gathered) -> Result<(), StoreError> {
    let [message, phone, status] = gathered.last.map(|last| last.map(|at| at.0));
    connection
        .prepare_cached(
            "INSERT INTO evidence (number_id, message_at_ms, phone_at_ms, status_at_ms, sign_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (number_id) DO UPDATE SET
                 message_at_ms = coalesce(max(message_at_ms, excluded.message_at_ms), message_at_ms, excluded.message_at_ms),
                 phone_at_ms = coalesce(max(phone_at_ms, excluded.phone_at_ms), phone_at_ms, excluded.phone_at_ms),
                 status_at_ms = coalesce(max(status_at_ms, excluded.status_at_ms), status_at_ms, excluded.status_at_ms),
                 sign_at_ms = coalesce(max(sign_at_ms, excluded.sign_at_ms), sign_at_ms, excluded.sign_at_ms)",
        )?
        .execute((number, message, phone, status, gathered.sign.map(|at| at.0)))?;
    Ok(())
}

/// Counts what arrived, and forgets what is older than [`SLOTS`] before the newest: what would be forgotten in another
/// order is not counted in this one.
fn count(connection: &Connection, number: i64, gathered: &Gathered, arrival: &Arrival) -> Result<(), StoreError> {
    if gathered.delays.is_empty() {
        return Ok(());
    }
    let slot = slot_of(arrival.at);
    let newest: Option<i64> = connection
        .prepare_cached(NEWEST_SLOT)?
        .query_row([number], |row| row.get(0))?;
    let oldest = first_slot(Millis(newest.map_or(slot.0, |newest| newest.max(slot.0))));
    if slot < oldest {
        return Ok(());
    }
    for ((kind, bucket), (count, longest_ms)) in &gathered.delays {
        connection
            .prepare_cached(
                "INSERT INTO arrival (number_id, slot_ms, kind, bucket, count, longest_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (number_id, slot_ms, kind, bucket) DO UPDATE SET
                     count = count + excluded.count, longest_ms = max(longest_ms, excluded.longest_ms)",
            )?
            .execute((number, slot.0, kind.as_str(), bucket, count, longest_ms))?;
    }
    if newest.is_none_or(|newest| newest < slot.0) {
        connection.prepare_cached(FORGET)?.execute((number, oldest.0))?;
    }
    Ok(())
}

const NEWEST_SLOT: &str = "SELECT max(slot_ms) FROM arrival WHERE number_id = ?1";

const FORGET: &str = "DELETE FROM arrival WHERE number_id = ?1 AND slot_ms < ?2";

/// The slot of a time.
fn slot_of(at: Millis) -> Millis {
    at.plus_ms(-at.0.rem_euclid(SLOT_MS))
}

/// The first of the [`SLOTS`] of which the last is that of `now`.
fn first_slot(now: Millis) -> Millis {
    #[allow(clippy::cast_possible_wrap, reason = "48")]
    let before = (SLOTS as i64 - 1) * SLOT_MS;
    slot_of(now).plus_ms(-before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::plan;

    #[test]
    fn counting_looks_along_the_key_alone() {
        for sql in [NEWEST_SLOT, FORGET, read::ARRIVED] {
            let plan = plan(sql);
            assert!(plan.contains("SEARCH") && !plan.contains("SCAN"), "{plan}");
        }
    }

    #[test]
    fn a_half_hour_begins_at_its_full_minutes_also_before_1970() {
        assert_eq!(slot_of(Millis(SLOT_MS * 3 + 1)), Millis(SLOT_MS * 3));
        assert_eq!(slot_of(Millis(-1)), Millis(-SLOT_MS));
        assert_eq!(first_slot(Millis(SLOT_MS * 50)), Millis(SLOT_MS * 3));
    }
}
