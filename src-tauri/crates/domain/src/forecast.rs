//! When something that waits will leave.
//!
//! Each permit takes a rest and a round trip for one message, so the k-th message leaves when the permits together have
//! come round k times. Whoever is ahead is known; what comes in ahead meanwhile is not.

use crate::pacer::REST;
use std::time::Duration;

/// How a number will send from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// How long until each permit can be used.
    ready: Vec<Duration>,
    round_trip: Duration,
}

impl Forecast {
    /// Out of [`Pacer::readiness`](crate::Pacer::readiness) and the mean round trip.
    pub fn new(ready: Vec<Duration>, round_trip: Duration) -> Self {
        Self { ready, round_trip }
    }

    /// How long until a message leaves that has `ahead` others before it; `None` when none ever does.
    pub fn leaves_after(&self, ahead: u64) -> Option<Duration> {
        let soonest = self.ready.iter().min()?;
        let round = self.round();
        // When the soonest permit alone has come round often enough, all of them have.
        let (mut low, mut high) = (soonest.as_millis(), soonest.as_millis() + u128::from(ahead) * round);
        while low < high {
            let middle = low.midpoint(high);
            if self.left_by(middle) > u128::from(ahead) {
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
mod tests {
    use super::*;
    use crate::{Monotonic, Pacer, Poll, Response};
    use proptest::prelude::*;

    #[test]
    fn with_five_permits_the_sixth_message_waits_for_the_first_permit_to_come_round() {
        let forecast = Forecast::new(vec![Duration::ZERO; 5], Duration::from_millis(90));
        let leaves = |ahead| forecast.leaves_after(ahead).map(|after| after.as_millis());
        assert_eq!(
            (leaves(0), leaves(4), leaves(5), leaves(9)),
            (Some(0), Some(0), Some(1100), Some(1100))
        );
        assert_eq!(leaves(10_000), Some(2000 * 1100));
    }

    #[test]
    fn a_number_without_permits_sends_nothing() {
        assert_eq!(Forecast::new(Vec::new(), Duration::ZERO).leaves_after(0), None);
    }

    #[test]
    fn a_permit_that_rests_for_long_holds_up_the_others_only_as_far_as_it_is_missed() {
        let ready = vec![Duration::ZERO, Duration::from_secs(3600)];
        let forecast = Forecast::new(ready, Duration::ZERO);
        assert_eq!(forecast.leaves_after(10), Some(Duration::from_millis(10_100)));
    }

    /// A queue of `waiting` messages is sent with a real pacer; each tells when it left.
    fn departures(
        pacer: &mut Pacer,
        mut now: Monotonic,
        waiting: usize,
        mut took: impl FnMut() -> Duration,
    ) -> Vec<Monotonic> {
        let (mut out, mut left) = (Vec::new(), Vec::new());
        while left.len() < waiting {
            let due: Vec<_> = out.extract_if(.., |(ends, _)| *ends <= now).collect();
            for (ends, permit) in due {
                pacer.give_back(permit, ends, Response::Received);
            }
            let next_end = out.iter().map(|(ends, _)| *ends).min();
            match pacer.poll(now) {
                Poll::Go(permit) => {
                    left.push(now);
                    out.push((now.plus(took()), permit));
                }
                Poll::WaitUntil(at) => now = next_end.map_or(at, |end| end.min(at)),
                Poll::AllOut => now = next_end.unwrap_or(now),
            }
        }
        for (ends, permit) in out {
            pacer.give_back(permit, ends, Response::Received);
        }
        left
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 64, ..ProptestConfig::default() })]

        /// Round trips of 30 ms or of 300 ms, each with a heavy tail: what is told of a full queue is at most 15 % off, from
        /// the first minute on. Before that a single slow answer is more than 15 %.
        #[test]
        fn what_is_told_of_a_full_queue_is_at_most_15_percent_off(
            cap in 1_u32..=20,
            shortest in prop::sample::select(vec![30_u64, 300]),
            seed in any::<u64>(),
        ) {
            let mut random = seed | 1;
            let mut took = move || {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let roll = random % 1000;
                // Most are near the shortest; one in a hundred takes ten times as long.
                Duration::from_millis(if roll < 10 { shortest * 10 } else { shortest + roll % (shortest / 2) })
            };
            let start = Monotonic(Duration::from_secs(100));
            let mut pacer = Pacer::after_start(cap, start, 0, Duration::ZERO);
            let mut round_trip = RoundTrip::default();
            // It has been sending for a while.
            let warm = departures(&mut pacer, start, 60, || {
                let took = took();
                round_trip.measured(took);
                took
            });
            let now = warm.last().copied().unwrap_or_default().plus(Duration::from_secs(20));
            let forecast = Forecast::new(pacer.readiness(now, round_trip.mean()), round_trip.mean());
            let left = departures(&mut pacer, now, 1000 + 60 * cap as usize, took);
            for (ahead, left) in left.into_iter().enumerate().step_by(13) {
                let told = forecast.leaves_after(ahead as u64).unwrap_or_default().as_secs_f64();
                let real = left.0.saturating_sub(now.0).as_secs_f64();
                prop_assert!(real < 60.0 || (told - real).abs() <= 0.15 * real, "{ahead}: told {told}, left after {real}");
            }
        }
    }
}
