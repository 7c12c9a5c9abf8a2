//! What customers take of a number's permits.

use crate::{
    Monotonic,
    pacer::{REST, most_debits},
};
use std::time::Duration;

/// What was received so long ago counts a third of what is received now.
const MEMORY: Duration = Duration::from_secs(150);

/// How many messages a number receives in a second, of late.
#[derive(Clone, Copy, Debug)]
pub struct ReceivedRate {
    since: Monotonic,
    last: Monotonic,
    /// Messages, each the less the longer ago it was.
    weight: f64,
}

impl ReceivedRate {
    /// Nothing is known before `now`.
    pub fn new(now: Monotonic) -> Self {
        Self {
            since: now,
            last: now,
            weight: 0.0,
        }
    }

    /// Another message was received.
    pub fn received(&mut self, now: Monotonic) {
        self.weight = self.weight_at(now) + 1.0;
        self.last = now;
    }

    /// The mean of late.
    pub fn per_second(&self, now: Monotonic) -> f64 {
        let known_for = now.0.saturating_sub(self.since.0).max(Duration::from_secs(10));
        let whole = MEMORY.as_secs_f64() * (1.0 - (-known_for.as_secs_f64() / MEMORY.as_secs_f64()).exp());
        self.weight_at(now) / whole
    }

    fn weight_at(&self, now: Monotonic) -> f64 {
        let ago = now.0.saturating_sub(self.last.0).as_secs_f64();
        self.weight * (-ago / MEMORY.as_secs_f64()).exp()
    }
}

/// What of the time of `cap` permits is left to sends of a full queue while customers write at random, 0 to 1.
///
/// Received messages hold as many permits as there were in the last [`REST`] in the mean, and never more than the pacer
/// lets them. One that comes while every permit is used has its place only when one comes back, so that for so long there
/// is one more than the cap: this waiting is that of a line with a fixed time of service. Close to what the pacer does
/// (under 10 %) while customers write at most 0.7 times as much as may be sent and round trips take under 0.4 s.
pub(super) fn left_to_sends(cap: usize, round_trip: Duration, received_per_second: f64) -> f64 {
    let most = most_debits(cap);
    if cap == 0 || most == 0 || received_per_second <= 0.0 {
        return 1.0;
    }
    let (permits, rest) = (cap as f64, REST.as_secs_f64());
    let round = rest + round_trip.as_secs_f64();
    let recent = received_per_second * rest;
    // Poisson: how many count, and how often fewer than the most do.
    let (mut chance, mut fewer, mut held) = ((-recent).exp(), 0.0, 0.0);
    for count in 0..most {
        held += count as f64 * chance;
        fewer += chance;
        chance *= recent / (count + 1) as f64;
    }
    held += most as f64 * (1.0 - fewer);
    let load = held / rest * round / permits;
    let line = if load < 1.0 {
        load / (2.0 * (1.0 - load))
    } else {
        f64::INFINITY
    };
    let beyond = fewer * line.min(0.75 * permits.sqrt());
    ((permits - held + beyond) / permits).clamp(0.0, 1.0)
}
