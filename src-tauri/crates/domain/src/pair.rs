//! How often one person may be written to: a message every 6 seconds, a burst of 45 within 6 seconds borrowed from the
//! time after it, and 4^X seconds of waiting after a refusal (Meta, "About the platform", pair rate limit, Nov 2025).
//!
//! A number's pacer knows nothing of this: who waits here holds back nobody else. The store keeps one for each
//! conversation and asks it in the commit that begins or ends an attempt, so a restart forgets nothing. At most one
//! message of a conversation is on the wire. The times are those of the wall clock; one that jumps costs at worst a
//! refusal, after which nothing is lost.

use crate::Millis;

/// What a message costs.
const INTERVAL_MS: i64 = 6_000;

/// How long a burst may last here: a second less than at Meta, for requests that take up to a second to arrive.
const BURST_MS: i64 = 5_000;

/// So many messages in a burst.
const BURST: u32 = 45;

/// 4^6 seconds, a little over an hour, is the longest wait after a refusal.
const MOST_REFUSALS: u32 = 6;

/// No wait is longer than this; one that seems to be was written by a clock that ran ahead.
pub const LONGEST_WAIT_MS: i64 = 2 * 60 * 60 * 1000;

/// What one number may still send to one person. The default is a person never written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// From here on nothing may be sent..
    pub closed_from: Millis,
    /// ..until here, when everything sent is paid for and a refusal is waited out.
    pub closed_until: Millis,
    /// How many were sent since everything was last paid for.
    pub in_burst: u32,
    /// Refusals that no success has made up for yet.
    pub refusals: u32,
}

impl Pair {
    /// Whether a message may be sent at `now`.
    pub const fn is_open(&self, now: Millis) -> bool {
        now.0 < self.closed_from.0 || self.is_paid(now)
    }

    const fn is_paid(&self, now: Millis) -> bool {
        self.closed_until.0 <= now.0 || self.closed_until.0.saturating_sub(now.0) > LONGEST_WAIT_MS
    }

    /// An attempt begins at `now`.
    #[must_use]
    pub fn begin(self, now: Millis) -> Self {
        if self.is_paid(now) {
            return Self {
                closed_from: now.plus_ms(BURST_MS),
                closed_until: now.plus_ms(INTERVAL_MS),
                in_burst: 1,
                refusals: self.refusals,
            };
        }
        let in_burst = self.in_burst.saturating_add(1);
        Self {
            closed_from: if in_burst < BURST { self.closed_from } else { now },
            closed_until: self.closed_until.plus_ms(INTERVAL_MS),
            in_burst,
            ..self
        }
    }

    /// The attempt ended at `now`, accepted or without an answer: it arrived at the latest now, as far as anyone knows.
    #[must_use]
    pub fn ended(self, now: Millis, was_accepted: bool) -> Self {
        let arrived = now.plus_ms(INTERVAL_MS);
        Self {
            closed_until: if self.in_burst <= 1 {
                self.closed_until.max(arrived)
            } else {
                self.closed_until
            },
            refusals: self.refusals.saturating_sub(u32::from(was_accepted)),
            ..self
        }
    }

    /// The attempt came to nothing for another reason than this limit: it costs nothing.
    #[must_use]
    pub const fn not_sent(self) -> Self {
        Self {
            closed_until: self.closed_until.plus_ms(-INTERVAL_MS),
            in_burst: self.in_burst.saturating_sub(1),
            ..self
        }
    }

    /// Meta refused the attempt with 131056 at `now`: 4, 16, 64, .. seconds, a step less after each success. Meta's
    /// row begins with one second, which is less than a message costs.
    #[must_use]
    pub fn refused(self, now: Millis) -> Self {
        let refusals = self.refusals.saturating_add(1).min(MOST_REFUSALS);
        let wait = now.plus_ms(1000 * 4_i64.pow(refusals));
        let owed = if self.is_paid(now) { now } else { self.closed_until };
        Self {
            closed_from: now,
            closed_until: owed.max(wait),
            in_burst: BURST,
            refusals,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const START: Millis = Millis(1_750_000_000_000);

    #[test]
    fn a_burst_is_paid_for_before_the_next_message() {
        let mut pair = Pair::default();
        for n in 0..20 {
            let now = START.plus_ms(n * 100);
            assert!(pair.is_open(now), "message {n}");
            pair = pair.begin(now).ended(now, true);
        }
        // 20 messages of 6 seconds: two minutes.
        assert!(!pair.is_open(START.plus_ms(5_000)));
        assert!(!pair.is_open(START.plus_ms(119_999)));
        assert!(pair.is_open(START.plus_ms(120_000)));
    }

    #[test]
    fn an_attempt_that_came_to_nothing_costs_nothing() {
        let once = Pair::default().begin(START);
        assert_eq!(once.begin(START).not_sent(), once);
        assert!(once.not_sent().is_open(START.plus_ms(5_000)));
    }

    #[test]
    fn a_burst_ends_with_its_forty_fifth_message() {
        let mut pair = Pair::default();
        let mut sent = 0;
        while pair.is_open(START) {
            pair = pair.begin(START).ended(START, true);
            sent += 1;
        }
        assert_eq!(sent, 45);
    }

    #[test]
    fn refusals_wait_four_times_longer_each_and_a_success_takes_a_step_back() {
        let mut pair = Pair::default();
        let mut now = START;
        for seconds in [4, 16, 64, 256, 1024, 4096, 4096] {
            pair = pair.refused(now);
            assert_eq!(pair.closed_until, now.plus_ms(seconds * 1000));
            now = pair.closed_until;
        }
        pair = pair.begin(now).ended(now, true);
        now = pair.closed_until;
        pair = pair.begin(now).ended(now, true).refused(now);
        assert_eq!(pair.closed_until, now.plus_ms(1_024_000));
    }

    #[test]
    fn a_wait_written_by_a_clock_that_ran_ahead_is_no_wait() {
        let pair = Pair::default().refused(START.plus_ms(365 * 24 * 60 * 60 * 1000));
        assert!(pair.is_open(START));
        assert_eq!(pair.begin(START).closed_until, START.plus_ms(6_000));
    }

    /// Meta's side, written anew from the page.
    #[derive(Default)]
    struct Receiver {
        burst_began: i64,
        in_burst: u32,
        paid_at: i64,
    }

    impl Receiver {
        fn takes(&mut self, at: i64) -> bool {
            if at >= self.paid_at {
                (self.burst_began, self.in_burst, self.paid_at) = (at, 0, at);
            } else if at - self.burst_began >= 6_000 || self.in_burst >= 45 {
                return false;
            }
            self.in_burst += 1;
            self.paid_at += 6_000;
            true
        }
    }

    /// Milliseconds of wish to pause, there, back; whether the answer is lost.
    fn steps(longest_ms: i64) -> impl Strategy<Value = Vec<(i64, i64, i64, bool)>> {
        let step = (0_i64..3000, 0..longest_ms, 0..longest_ms, prop::bool::weighted(0.1));
        proptest::collection::vec(step, 1..150)
    }

    fn next_open(pair: Pair, now: Millis) -> Millis {
        if pair.is_open(now) { now } else { pair.closed_until }
    }

    proptest! {
        /// Whatever a person asks for, and with answers lost.
        #[test]
        fn requests_that_arrive_within_a_second_are_never_refused(steps in steps(1000)) {
            let (mut pair, mut now, mut meta) = (Pair::default(), START, Receiver::default());
            for (pause, there, back, is_lost) in steps {
                now = next_open(pair, now.plus_ms(pause));
                pair = pair.begin(now);
                prop_assert!(meta.takes(now.plus_ms(there).0));
                now = now.plus_ms(there + back);
                pair = pair.ended(now, !is_lost);
            }
        }

        /// Any latency, time-outs, and a clock that jumps either way at any message: everything is taken in the end,
        /// and nothing waits longer than it ever may.
        #[test]
        fn a_refused_message_goes_in_the_end_whatever_the_network_and_the_clock_do(
            steps in steps(20_000),
            jumps in proptest::collection::vec((0_usize..150, -10_000_000_i64..10_000_000), 0..3),
        ) {
            let (mut pair, mut now, mut skew, mut meta) = (Pair::default(), START.0, 0, Receiver::default());
            for (index, (pause, there, back, is_lost)) in steps.into_iter().enumerate() {
                skew += jumps.iter().filter(|(at, _)| *at == index).map(|(_, by)| by).sum::<i64>();
                now += pause;
                let mut attempts = 0;
                loop {
                    let seen = Millis(now + skew);
                    let wait = next_open(pair, seen).0 - seen.0;
                    prop_assert!((0..=LONGEST_WAIT_MS).contains(&wait), "waits {wait} ms");
                    now += wait;
                    pair = pair.begin(Millis(now + skew));
                    let is_taken = meta.takes(now + there);
                    now += there + back;
                    let seen = Millis(now + skew);
                    if is_taken {
                        pair = pair.ended(seen, !is_lost);
                        break;
                    }
                    pair = pair.refused(seen);
                    attempts += 1;
                    prop_assert!(attempts < 8, "refused {attempts} times");
                }
            }
        }
    }
}
