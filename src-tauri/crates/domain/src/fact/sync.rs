//! What the phone shares when a number is connected, and what it tells of its contacts and of people's ids later.

use super::PersonIds;
use crate::{Millis, NumberId, Wamid};
use std::fmt;

/// A contact of the phone was added, changed or removed.
#[derive(Clone, PartialEq, Eq)]
pub struct ContactFact {
    /// The business number whose phone it is.
    pub number: NumberId,
    /// Whom it is about; the names in it are not used.
    pub person: PersonIds,
    /// The name on the phone; empty when the contact was removed, or has none.
    pub name: String,
    /// When, full seconds.
    pub at: Millis,
}

/// Never the name: it does not belong in logs.
impl fmt::Debug for ContactFact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContactFact({})", self.number)
    }
}

/// A person has other ids now: a new phone number, or a new business-scoped id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdsChangedFact {
    /// The business number.
    pub number: NumberId,
    /// Meta's id of the message that says so.
    pub wamid: Wamid,
    /// What they were known by.
    pub before: PersonIds,
    /// What they are known by from then on.
    pub after: PersonIds,
    /// When, full seconds.
    pub at: Millis,
}

/// A part of the history arrived, or the owner declined to share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryFact {
    /// The business number.
    pub number: NumberId,
    /// What was said.
    pub told: HistoryTold,
}

/// What a history webhook says about the history itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryTold {
    /// A chunk; they come in any order.
    Chunk {
        /// 0: the last day, 1: up to 90 days ago, 2: up to 180 days ago.
        phase: i64,
        /// Its place within the phase.
        order: i64,
        /// Percent of everything, 0 to 100; 100 ends the synchronization.
        progress: i64,
        /// How many messages it brought.
        messages: usize,
    },
    /// It is not shared, for the reason Meta's code gives (2593109: the owner declined).
    Refused {
        /// Meta's code.
        code: i64,
    },
}
