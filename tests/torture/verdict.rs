//! What the users were told, beside what Meta's ledger says.

use crate::desk::CAP;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};
use twinbox_protocol::{Delivery, MessageView};
use twinbox_simulator::{LedgerEntry, Outcome};

/// What a user is told of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Sent, or further.
    Sent,
    /// It may or may not have been sent.
    NotSure,
    /// It was not sent.
    Failed,
    /// It waits, or is on the wire.
    Waiting,
}

impl Said {
    /// Of a message as the API tells it.
    pub fn of(message: &MessageView) -> Self {
        match message.delivery {
            Some(Delivery::Known { .. }) => Self::Sent,
            Some(Delivery::NotSure) => Self::NotSure,
            Some(Delivery::Failed { .. }) => Self::Failed,
            Some(Delivery::Queued { .. } | Delivery::Sending) | None => Self::Waiting,
        }
    }
}

/// How a run came out. Everything from `doubled` on has to be 0.
#[derive(Debug, Default)]
pub struct Verdict {
    kills: u32,
    /// How often a message was shown as not sure on the way.
    decided: usize,
    acknowledged: usize,
    sent: usize,
    not_sure: usize,
    failed: usize,
    received: usize,
    busiest_second: usize,
    /// Meta accepted it more than once.
    doubled: usize,
    /// Acknowledged, and in no conversation, or in one twice.
    lost: usize,
    /// Told as sent, and Meta never accepted it.
    invented: usize,
    /// Told as failed, and Meta accepted it.
    denied: usize,
    /// Not sure, though a status told that Meta has it.
    unreconciled: usize,
    /// Still waiting when everything was at rest.
    stuck: usize,
    /// A customer's message that was taken and is not shown, or shown twice.
    unshown: usize,
}

impl Verdict {
    /// Compares.
    pub fn of(
        (kills, decided): (u32, usize),
        acknowledged: &[String],
        said: &BTreeMap<String, Vec<Said>>,
        ledger: &[LedgerEntry],
        received: &[String],
        shown: &[String],
    ) -> Self {
        let mut accepted: HashMap<&str, usize> = HashMap::new();
        let mut told: HashSet<&str> = HashSet::new();
        for entry in ledger {
            let Some(id) = entry.callback_data.as_deref() else {
                continue;
            };
            if matches!(entry.outcome, Outcome::Accepted { .. }) {
                *accepted.entry(id).or_default() += 1;
            }
            if entry.steps.iter().any(|step| step.answered_at_micros.is_some()) {
                told.insert(id);
            }
        }
        let mut verdict = Self {
            kills,
            decided,
            acknowledged: acknowledged.len(),
            received: received.len(),
            busiest_second: busiest_second(ledger),
            doubled: accepted.values().filter(|times| **times > 1).count(),
            ..Self::default()
        };
        for id in acknowledged {
            let is_accepted = accepted.contains_key(id.as_str());
            match said.get(id).map(Vec::as_slice) {
                Some([Said::Sent]) => {
                    verdict.sent += 1;
                    verdict.invented += usize::from(!is_accepted);
                }
                Some([Said::NotSure]) => {
                    verdict.not_sure += 1;
                    verdict.unreconciled += usize::from(told.contains(id.as_str()));
                }
                Some([Said::Failed]) => {
                    verdict.failed += 1;
                    verdict.denied += usize::from(is_accepted);
                }
                Some([Said::Waiting]) => verdict.stuck += 1,
                Some(_) | None => verdict.lost += 1,
            }
        }
        for wamid in received {
            let times = shown.iter().filter(|shown| *shown == wamid).count();
            verdict.unshown += usize::from(times != 1);
        }
        verdict
    }

    /// Takes another run in.
    pub fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.decided += other.decided;
        self.acknowledged += other.acknowledged;
        self.sent += other.sent;
        self.not_sure += other.not_sure;
        self.failed += other.failed;
        self.received += other.received;
        self.busiest_second = self.busiest_second.max(other.busiest_second);
        self.doubled += other.doubled;
        self.lost += other.lost;
        self.invented += other.invented;
        self.denied += other.denied;
        self.unreconciled += other.unreconciled;
        self.stuck += other.stuck;
        self.unshown += other.unshown;
    }

    /// Whether nothing went wrong.
    pub fn is_clean(&self) -> bool {
        let wrong = [
            self.doubled,
            self.lost,
            self.invented,
            self.denied,
            self.unreconciled,
            self.stuck,
            self.unshown,
        ];
        wrong.iter().all(|count| *count == 0) && self.busiest_second <= CAP as usize
    }
}

/// Most requests that arrived within any second.
fn busiest_second(ledger: &[LedgerEntry]) -> usize {
    let mut arrivals: Vec<u64> = ledger.iter().map(|entry| entry.at_micros).collect();
    arrivals.sort_unstable();
    let mut first = 0;
    let mut most = 0;
    for (last, at) in arrivals.iter().enumerate() {
        while arrivals.get(first).is_some_and(|first| first + 1_000_000 <= *at) {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    most
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "torture: {} kills; {} messages acknowledged: {} sent, {} not sure ({} times on the way), {} failed; {} received",
            self.kills, self.acknowledged, self.sent, self.not_sure, self.decided, self.failed, self.received
        )?;
        writeln!(
            f,
            "torture: {} doubled, {} lost, {} invented, {} denied, {} unreconciled, {} stuck, {} not shown",
            self.doubled, self.lost, self.invented, self.denied, self.unreconciled, self.stuck, self.unshown
        )?;
        write!(
            f,
            "torture: busiest second at the receiver: {} of {CAP}",
            self.busiest_second
        )
    }
}
