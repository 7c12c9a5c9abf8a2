//! The two rate limits of a number, as the receiver counts them. Pure: the arrival is an argument.

use std::{cmp::Ordering, collections::VecDeque};

/// A second, in microseconds.
const SECOND_MICROS: u64 = 1_000_000;

/// One message to the same person every 6 seconds (Meta, "About the platform", pair rate limit, Nov 2025).
const PAIR_INTERVAL_MICROS: u64 = 6 * SECOND_MICROS;

/// A burst of so many within 6 seconds is borrowed from the time after it (same page).
const PAIR_BURST: u32 = 45;

/// A send is judged at most so long after it arrived: what travels longer than this is judged by what is left.
const JUDGED_WITHIN_MICROS: u64 = 10 * SECOND_MICROS;

/// The throughput of a number: at most so many accepted sends in any second.
#[derive(Debug, Default)]
pub(crate) struct SlidingSecond {
    /// Arrivals of the accepted sends that may still share a second with a new one, in order.
    accepted_micros: VecDeque<u64>,
}

impl SlidingSecond {
    /// Whether a send that arrived at `at_micros` fits, i.e. no second that holds it would hold more than
    /// `per_second`. Sends may be judged in another order than they arrived in. Looks at as many seconds as there are
    /// later arrivals: usually at one.
    pub fn has_room(&self, at_micros: u64, per_second: u32) -> bool {
        let cap = per_second as usize;
        let place = self.place_of(at_micros);
        let with_it = |index: usize| match index.cmp(&place) {
            Ordering::Less => self.accepted_micros.get(index).copied(),
            Ordering::Equal => Some(at_micros),
            Ordering::Greater => self.accepted_micros.get(index - 1).copied(),
        };
        let is_one_too_many = |first: usize| match (with_it(first), with_it(first + cap)) {
            (Some(first), Some(last)) => last - first < SECOND_MICROS,
            _ => false,
        };
        let last_first = place.min(self.accepted_micros.len().saturating_sub(cap));
        !(place.saturating_sub(cap)..=last_first).any(is_one_too_many)
    }

    /// Counts an accepted send. Forgets those that no send can share a second with any more.
    pub fn count(&mut self, at_micros: u64) {
        self.accepted_micros.insert(self.place_of(at_micros), at_micros);
        let newest = self.accepted_micros.back().copied().unwrap_or_default();
        let is_over = |oldest: &u64| oldest + SECOND_MICROS + JUDGED_WITHIN_MICROS <= newest;
        while self.accepted_micros.front().is_some_and(is_over) {
            self.accepted_micros.pop_front();
        }
    }

    /// Behind all that arrived until then.
    fn place_of(&self, at_micros: u64) -> usize {
        self.accepted_micros.partition_point(|&other| other <= at_micros)
    }
}

/// What the number may still send to one person.
#[derive(Debug, Default)]
pub(crate) struct PairQuota {
    burst_began_micros: u64,
    sent_in_burst: u32,
    /// When everything sent so far is paid for, 6 seconds a message.
    paid_at_micros: u64,
}

impl PairQuota {
    /// Whether a send that arrived at `at_micros` fits.
    pub fn has_room(&self, at_micros: u64) -> bool {
        at_micros >= self.paid_at_micros || (self.is_in_burst(at_micros) && self.sent_in_burst < PAIR_BURST)
    }

    /// Counts an accepted send.
    pub fn count(&mut self, at_micros: u64) {
        if at_micros >= self.paid_at_micros {
            *self = Self {
                burst_began_micros: at_micros,
                sent_in_burst: 0,
                paid_at_micros: at_micros,
            };
        }
        self.sent_in_burst += 1;
        self.paid_at_micros += PAIR_INTERVAL_MICROS;
    }

    fn is_in_burst(&self, at_micros: u64) -> bool {
        at_micros.saturating_sub(self.burst_began_micros) < PAIR_INTERVAL_MICROS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second_with(accepted_ms: &[u64]) -> SlidingSecond {
        let mut second = SlidingSecond::default();
        accepted_ms.iter().for_each(|at| second.count(at * 1000));
        second
    }

    #[test]
    fn a_send_exactly_a_second_after_the_first_of_five_fits() {
        let second = second_with(&[0, 100, 200, 300, 400]);
        assert!(!second.has_room(999_999, 5));
        assert!(second.has_room(1_000_000, 5));
    }

    #[test]
    fn a_send_judged_late_is_counted_where_it_arrived() {
        let second = second_with(&[0, 300, 900]);
        assert!(!second.has_room(500_000, 3));
        assert!(second.has_room(1_950_000, 3));
    }

    #[test]
    fn the_verdict_is_that_of_looking_at_every_second() {
        let mut random = fastrand::Rng::with_seed(3);
        for cap in [1, 2, 5, 20] {
            let (mut second, mut accepted) = (SlidingSecond::default(), Vec::new());
            for step in 0..400 {
                let at = step * 150_000 + random.u64(0..3 * SECOND_MICROS);
                let starts = accepted.iter().copied().chain([at]).filter(|start| *start <= at);
                let is_crowded = |start: u64| {
                    let held = accepted
                        .iter()
                        .filter(|other| (start..start + SECOND_MICROS).contains(other));
                    at < start + SECOND_MICROS && held.count() >= cap as usize
                };
                let fits = !starts.into_iter().any(is_crowded);
                assert_eq!(second.has_room(at, cap), fits, "cap {cap}, step {step}");
                if fits {
                    second.count(at);
                    accepted.push(at);
                }
            }
        }
    }

    #[test]
    fn only_the_last_seconds_are_kept() {
        let mut second = SlidingSecond::default();
        (0..100_000).for_each(|number| second.count(number * 1000));
        assert_eq!(second.accepted_micros.len(), 11_000);
    }

    #[test]
    fn a_cap_of_zero_refuses_everything() {
        assert!(!second_with(&[]).has_room(7, 0));
    }

    #[test]
    fn a_burst_of_twenty_to_one_person_costs_two_minutes() {
        let mut quota = PairQuota::default();
        for at_ms in 0..20 {
            assert!(quota.has_room(at_ms * 1000));
            quota.count(at_ms * 1000);
        }
        assert!(!quota.has_room(PAIR_INTERVAL_MICROS));
        assert!(!quota.has_room(119 * SECOND_MICROS));
        assert!(quota.has_room(120 * SECOND_MICROS));
    }

    #[test]
    fn a_burst_ends_at_forty_five() {
        let mut quota = PairQuota::default();
        (0..45).for_each(|at| quota.count(at));
        assert!(!quota.has_room(46));
    }
}
