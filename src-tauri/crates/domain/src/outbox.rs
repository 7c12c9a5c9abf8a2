//! The life of a message on its way out.

use serde::{Deserialize, Serialize};

/// How long an unknown outcome holds back the next messages of its conversation, in milliseconds, so that order is kept
/// when a status settles it soon.
pub const DOUBT_GRACE_MS: i64 = 60_000;

/// Where an outbox item stands.
///
/// ```text
/// Queued -> InFlight -> Accepted | Wedged | OutcomeUnknown, or back to Queued when surely nothing was sent
/// Queued -> Wedged (Meta does not take its file)
/// Queued -> Cancelled          OutcomeUnknown -> Accepted (a status proves it, or a person says so) | Queued (a person says so)
/// Wedged -> Queued (a person retries)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Waits for its turn.
    Queued,
    /// An attempt was committed to disk and may be on the wire.
    InFlight,
    /// Meta took it. Final here; statuses go on.
    Accepted,
    /// Meta refused it; only a person can help.
    Wedged,
    /// It may or may not have been sent: a crash, a time-out or a 5xx came between. Never resent by itself.
    OutcomeUnknown,
    /// Taken back before it left.
    Cancelled,
}

impl OutboxState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::InFlight,
        Self::Accepted,
        Self::Wedged,
        Self::OutcomeUnknown,
        Self::Cancelled,
    ];

    /// The word used in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::InFlight => "in_flight",
            Self::Accepted => "accepted",
            Self::Wedged => "wedged",
            Self::OutcomeUnknown => "outcome_unknown",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
