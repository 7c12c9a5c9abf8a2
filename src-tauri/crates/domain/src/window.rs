//! The 24 hour customer-service window.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// How long a customer's message keeps the window open: 24 hours (Meta, "Send messages", Feb 2026).
pub const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;

/// Whether a free-form message may be sent now. Past it only templates are delivered (error 131047).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// Free-form until `closes_at`.
    Open {
        /// The first moment at which it is closed.
        closes_at: Millis,
    },
    /// It closed at `closed_at`.
    Closed {
        /// When it closed.
        closed_at: Millis,
    },
    /// The customer has not written since the number was connected.
    NeverOpened,
}

impl Window {
    /// The window at `now`, given when the customer last wrote (live messages only: history, echoes and our own
    /// messages neither open nor extend it).
    pub fn at(now: Millis, last_customer_message_at: Option<Millis>) -> Self {
        let Some(last) = last_customer_message_at else {
            return Self::NeverOpened;
        };
        let closes_at = last.plus_ms(WINDOW_MS);
        if now < closes_at {
            Self::Open { closes_at }
        } else {
            Self::Closed { closed_at: closes_at }
        }
    }

    /// Whether a free-form message may be sent.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_closes_exactly_24_hours_after_the_customers_last_message() {
        let wrote_at = Millis(1_000_000);
        let closes_at = wrote_at.plus_ms(WINDOW_MS);
        assert_eq!(
            Window::at(closes_at.plus_ms(-1), Some(wrote_at)),
            Window::Open { closes_at }
        );
        assert_eq!(
            Window::at(closes_at, Some(wrote_at)),
            Window::Closed { closed_at: closes_at }
        );
    }

    #[test]
    fn a_customer_who_never_wrote_has_opened_nothing() {
        assert_eq!(Window::at(Millis(5), None), Window::NeverOpened);
    }
}
