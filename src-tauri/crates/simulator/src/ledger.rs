//! What Meta saw of the sends, for tests to judge.

use serde::Serialize;

/// One send that arrived. Read receipts are no sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerEntry {
    /// When the head of the request arrived: microseconds since the start, on a clock that only runs forward.
    pub at_micros: u64,
    /// Whom it was for: digits of the phone number, or the business-scoped user id. Empty if it named nobody.
    pub to: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Its `biz_opaque_callback_data`.
    pub callback_data: Option<String>,
    /// Its `type`.
    pub kind: String,
    /// The text, the caption, the emoji or the template's name; empty for anything else.
    pub text: String,
}

/// What became of a send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The customer gets it, whatever the client was answered.
    Accepted {
        /// Its message id.
        wamid: String,
    },
    /// Refused with Meta's envelope; nobody gets it.
    Refused {
        /// Meta's code.
        code: i64,
    },
    /// Swallowed by a fault: neither accepted nor refused.
    Lost {
        /// The fault, as `POST /_sim/fault` names it.
        fault: &'static str,
    },
}

impl LedgerEntry {
    /// The message id, if it was accepted.
    pub fn wamid(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Accepted { wamid } => Some(wamid),
            Outcome::Refused { .. } | Outcome::Lost { .. } => None,
        }
    }
}
