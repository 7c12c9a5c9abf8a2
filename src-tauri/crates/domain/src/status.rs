//! How far a message of ours has come.

use serde::{Deserialize, Serialize};

/// Delivery status, ordered: a later one is never replaced by an earlier one, whatever order webhooks arrive in.
///
/// `Failed` stands between `Sent` and `Delivered`: it ends a message that was never delivered, and it loses
/// against the proof that it was (statuses are unordered; Meta, webhook reference `messages/status`, Feb 2026).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// On disk here, not yet handed to Meta.
    Queued,
    /// Meta answered 200: accepted, nothing more.
    Accepted,
    /// One tick.
    Sent,
    /// It did not and will not arrive.
    Failed,
    /// Two ticks.
    Delivered,
    /// Two blue ticks. Implies delivered, also when no `delivered` ever came.
    Read,
    /// A voice note was played.
    Played,
}

impl Status {
    /// Every status, in order.
    pub const ALL: [Self; 7] = [
        Self::Queued,
        Self::Accepted,
        Self::Sent,
        Self::Failed,
        Self::Delivered,
        Self::Read,
        Self::Played,
    ];

    /// What is known after `other` was learned as well. Commutative, associative, idempotent.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        self.max(other)
    }

    /// The word used in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
        }
    }

    /// The status of a word; `None` for one this version does not know.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::Status::{self, Delivered, Failed, Read, Sent};

    #[test]
    fn a_failed_status_after_read_is_ignored() {
        assert_eq!(Read.merge(Failed), Read);
    }

    #[test]
    fn a_failure_ends_a_sent_message_until_delivery_is_proven() {
        assert_eq!(Sent.merge(Failed), Failed);
        assert_eq!(Failed.merge(Sent), Failed);
        assert_eq!(Failed.merge(Delivered), Delivered);
    }

    #[test]
    fn every_word_reads_back() {
        for status in Status::ALL {
            assert_eq!(Status::from_word(status.as_str()), Some(status));
        }
        assert_eq!(Status::from_word("warning"), None);
    }
}
