//! What Meta saw of the sends, for tests to judge: how they arrived, and what truly became of them since.
//!
//! Bounded: the last [`KEPT`] sends.

use serde::Serialize;
use serde_json::Value;
use std::collections::{HashMap, VecDeque};

/// So many sends are remembered; of those before, `GET /_sim/ledger` tells nothing.
const KEPT: usize = 100_000;

/// One send that arrived. Read receipts are no sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerEntry {
    /// Which send it is of this run, from 0.
    pub number: u64,
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
    /// What stood under its type; null when nothing did.
    pub content: Value,
    /// How far it came, in the order it happened.
    pub steps: Vec<LedgerStep>,
}

/// One step of an accepted send on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerStep {
    /// "sent", "delivered", "read", "played" or "failed".
    pub status: &'static str,
    /// Meta's code of a failure.
    pub code: Option<i64>,
    /// When it happened: microseconds since the start.
    pub at_micros: u64,
    /// The webhook that told it, as `GET /_sim/webhooks` counts them. `None`: it was not told.
    pub webhook: Option<u64>,
    /// When that webhook was answered 200. `None`: it was not, yet; or it was forgotten.
    pub answered_at_micros: Option<u64>,
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
        /// The fault, as `POST /_sim/faults` names it.
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

/// Every send that is remembered, in the order they were judged.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    entries: VecDeque<LedgerEntry>,
    number_of_wamid: HashMap<String, u64>,
    forgotten: u64,
    accepted: usize,
    not_accepted: usize,
}

impl Ledger {
    /// One more; its number is given here.
    pub fn push(&mut self, mut entry: LedgerEntry) {
        if self.entries.len() >= KEPT
            && let Some(oldest) = self.entries.pop_front()
        {
            self.forgotten += 1;
            self.number_of_wamid.remove(oldest.wamid().unwrap_or_default());
        }
        entry.number = self.forgotten + self.entries.len() as u64;
        match entry.wamid() {
            Some(wamid) => {
                self.number_of_wamid.insert(wamid.to_owned(), entry.number);
                self.accepted += 1;
            }
            None => self.not_accepted += 1,
        }
        self.entries.push_back(entry);
    }

    /// A step of an accepted send.
    pub fn step(&mut self, wamid: &str, step: LedgerStep) {
        let place = self.number_of_wamid.get(wamid).and_then(|number| self.place(*number));
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) {
            entry.steps.push(step);
        }
    }

    /// The sends from that number on.
    pub fn since(&self, number: u64) -> Vec<LedgerEntry> {
        let skipped = usize::try_from(number.saturating_sub(self.forgotten)).unwrap_or(usize::MAX);
        self.entries.iter().skip(skipped).cloned().collect()
    }

    /// How many were accepted of this run.
    pub fn accepted(&self) -> usize {
        self.accepted
    }

    /// How many were not.
    pub fn not_accepted(&self) -> usize {
        self.not_accepted
    }

    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.forgotten)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(wamid: &str) -> LedgerEntry {
        LedgerEntry {
            number: 0,
            at_micros: 0,
            to: String::new(),
            outcome: Outcome::Accepted {
                wamid: wamid.to_owned(),
            },
            callback_data: None,
            kind: String::new(),
            text: String::new(),
            content: Value::Null,
            steps: Vec::new(),
        }
    }

    #[test]
    fn the_last_sends_are_remembered_with_their_steps() {
        let mut ledger = Ledger::default();
        for number in 0..=KEPT {
            ledger.push(entry(&number.to_string()));
        }
        let last = ledger.since(KEPT as u64);
        assert_eq!(last.iter().map(|entry| entry.number).collect::<Vec<_>>(), [KEPT as u64]);
        let step = LedgerStep {
            status: "sent",
            code: None,
            at_micros: 5,
            webhook: None,
            answered_at_micros: None,
        };
        ledger.step("0", step.clone());
        ledger.step("1", step);
        let all = ledger.since(0);
        assert_eq!((all.len(), ledger.accepted()), (KEPT, KEPT + 1));
        assert_eq!(all.first().map(|entry| (entry.number, entry.steps.len())), Some((1, 1)));
    }
}
