//! When something that waits will leave.
//!
//! Each permit takes a rest and a round trip for one message, so the k-th message leaves when the permits together have
//! come round k times. Whoever is ahead is known; what comes in ahead meanwhile is not. Where Meta counts what a number
//! receives, the part of the permits that customers take of late is taken to be gone from now on, too.

mod received;

pub use received::ReceivedRate;

use crate::pacer::REST;
use std::time::Duration;

/// How a number will send from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// How long until each permit can be used.
    ready: Vec<Duration>,
    round_trip: Duration,
    /// What of the permits' time is left to sends, in thousandths, at least 1.
    left_to_sends: u128,
}

impl Forecast {
    /// Out of [`Pacer::readiness`](crate::Pacer::readiness), the mean round trip, and how many messages that count as sends
    /// are received in a second.
    pub fn new(ready: Vec<Duration>, round_trip: Duration, received_per_second: f64) -> Self {
        let share = received::left_to_sends(ready.len(), round_trip, received_per_second);
        Self {
            ready,
            round_trip,
            left_to_sends: ((share * 1000.0) as u128).clamp(1, 1000),
        }
    }

    /// How long until a message leaves that has `ahead` others before it; `None` when none ever does.
    pub fn leaves_after(&self, ahead: u64) -> Option<Duration> {
        let soonest = self.ready.iter().min()?;
        let round = self.round();
        // What customers take of the permits is as if more were ahead.
        let ahead = u128::from(ahead) * 1000 / self.left_to_sends;
        // When the soonest permit alone has come round often enough, all of them have.
        let (mut low, mut high) = (soonest.as_millis(), soonest.as_millis() + ahead * round);
        while low < high {
            let middle = low.midpoint(high);
            if self.left_by(middle) > ahead {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Some(Duration::from_millis(u64::try_from(low).unwrap_or(u64::MAX)))
    }

    /// How many have left by then.
    fn left_by(&self, ms: u128) -> u128 {
        let rounds = |ready: &Duration| {
            let since = ms.checked_sub(ready.as_millis());
            since.map_or(0, |since| since / self.round() + 1)
        };
        self.ready.iter().map(rounds).sum()
    }

    fn round(&self) -> u128 {
        (REST + self.round_trip).as_millis()
    }
}

/// The mean round trip of late: each one counts a share in it, the last 64 about the same.
#[derive(Clone, Copy, Debug)]
pub struct RoundTrip {
    mean: Duration,
    measured: u32,
}

impl Default for RoundTrip {
    /// A guess, before anything was measured.
    fn default() -> Self {
        Self {
            mean: Duration::from_millis(300),
            measured: 0,
        }
    }
}

impl RoundTrip {
    /// Another one was measured.
    pub fn measured(&mut self, took: Duration) {
        self.measured = (self.measured + 1).min(64);
        self.mean = (self.mean * (self.measured - 1) + took.min(Duration::from_secs(60))) / self.measured;
    }

    /// The mean.
    pub fn mean(&self) -> Duration {
        self.mean
    }
}

#[cfg(test)]
mod tests;
