//! The two rate limits of a number, as the receiver counts them. Pure: the arrival is an argument.

/// A second, in microseconds.
const SECOND_MICROS: u64 = 1_000_000;

/// One message to the same person every 6 seconds (Meta, "About the platform", pair rate limit, Nov 2025).
const PAIR_INTERVAL_MICROS: u64 = 6 * SECOND_MICROS;

/// A burst of so many within 6 seconds is borrowed from the time after it (same page).
const PAIR_BURST: u32 = 45;

/// The throughput of a number: at most so many accepted sends in any second.
#[derive(Debug, Default)]
pub(crate) struct SlidingSecond {
    /// Arrivals of the accepted sends that may still share a second with a new one, in order.
    accepted_micros: Vec<u64>,
}

impl SlidingSecond {
    /// Whether a send that arrived at `at_micros` fits, i.e. no second that holds it would hold more than
    /// `per_second`. Sends may be judged in another order than they arrived in.
    pub fn has_room(&self, at_micros: u64, per_second: u32) -> bool {
        let near = |&&other: &&u64| other.abs_diff(at_micros) < SECOND_MICROS;
        let mut around: Vec<u64> = self.accepted_micros.iter().filter(near).copied().collect();
        around.push(at_micros);
        around.sort_unstable();
        let one_too_many = per_second as usize + 1;
        !around
            .windows(one_too_many)
            .any(|sends| match (sends.first(), sends.last()) {
                (Some(first), Some(last)) => last - first < SECOND_MICROS,
                _ => false,
            })
    }

    /// Counts an accepted send. Arrivals over a minute older than it are forgotten.
    pub fn count(&mut self, at_micros: u64) {
        let place = self.accepted_micros.partition_point(|&other| other <= at_micros);
        self.accepted_micros.insert(place, at_micros);
        self.accepted_micros
            .retain(|&other| other + 60 * SECOND_MICROS > at_micros);
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
