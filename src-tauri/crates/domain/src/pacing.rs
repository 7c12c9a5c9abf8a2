//! How one number sends: the cap that was promised, the patience that Meta asks for, and when what waits will leave.
//!
//! Joins [`Pacer`], [`Throttle`] and [`RoundTrip`], so that whoever asks for a permit, tells how a request ended, or wants
//! a forecast speaks to one thing. Used by the engine, one for a number. It reads no clock.

use crate::{Forecast, Monotonic, Pacer, Permit, Poll, ReceivedRate, Response, RoundTrip, Sign, Throttle};
use std::time::Duration;

/// The pace of one number.
#[derive(Debug)]
pub struct Pacing {
    pacer: Pacer,
    throttle: Throttle,
    round_trip: RoundTrip,
    received: ReceivedRate,
    counts_received: bool,
}

impl Pacing {
    /// Right after a start, as [`Pacer::after_start`].
    pub fn after_start(per_second: u32, now: Monotonic, unanswered: usize, may_arrive_for: Duration) -> Self {
        Self {
            pacer: Pacer::after_start(per_second, now, unanswered, may_arrive_for),
            throttle: Throttle::new(per_second),
            round_trip: RoundTrip::default(),
            received: ReceivedRate::new(now),
            counts_received: false,
        }
    }

    /// What the team has set: at most `per_second` messages a second (at least 1), and whether Meta counts what is received
    /// like what is sent. The same again changes nothing.
    pub fn set(&mut self, per_second: u32, counts_received: bool, now: Monotonic) {
        self.throttle.set_cap(per_second);
        self.counts_received = counts_received;
        self.pacer.set_counts_received(counts_received);
        self.pacer.set_per_second(self.throttle.per_second(), now);
    }

    /// The number received a message at `now`.
    pub fn received(&mut self, now: Monotonic) {
        self.pacer.debit(now);
        self.received.received(now);
    }

    /// Most messages a second now: fewer than the team has set after Meta asked for patience.
    pub fn per_second(&self) -> u32 {
        self.throttle.per_second()
    }

    /// Until when nothing is sent, because Meta is in trouble or asked for it; `None`: no longer.
    pub fn waits_until(&self, now: Monotonic) -> Option<Monotonic> {
        Some(self.throttle.until()).filter(|until| *until > now)
    }

    /// Permits that cannot be used now: a request is under way, or was received less than a second ago, also one that was
    /// refused. At most [`Pacing::per_second`].
    pub fn busy(&self, now: Monotonic) -> usize {
        let ready = self.pacer.readiness(now, Duration::ZERO);
        ready.iter().filter(|ready| !ready.is_zero()).count()
    }

    /// Asks for a permit.
    pub fn poll(&mut self, now: Monotonic) -> Poll {
        match self.waits_until(now) {
            Some(until) => Poll::WaitUntil(until),
            None => self.pacer.poll(now),
        }
    }

    /// The request of `permit` ended at `now`, `took` after it began, and this is what it told.
    pub fn ended(&mut self, permit: Permit, now: Monotonic, response: Response, sign: Sign, took: Duration) {
        self.pacer.give_back(permit, now, response);
        self.throttle.told(sign, now);
        if response == Response::Received && sign != Sign::Unreachable {
            self.round_trip.measured(took);
        }
    }

    /// No request was made with `permit` after all.
    pub fn unused(&mut self, permit: Permit) {
        self.pacer.unused(permit);
    }

    /// Somebody knows better than the throttle: everything is tried again at once.
    pub fn forget_waits(&mut self) {
        self.throttle.forget();
    }

    /// When what waits now will leave.
    pub fn forecast(&self, now: Monotonic) -> Forecast {
        let wait = self.throttle.until().0.saturating_sub(now.0);
        let mut ready = self.pacer.readiness(now, self.round_trip.mean());
        for ready in &mut ready {
            *ready = (*ready).max(wait);
        }
        let received = if self.counts_received {
            self.received.per_second(now)
        } else {
            0.0
        };
        Forecast::new(ready, self.round_trip.mean(), received)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Monotonic {
        Monotonic(Duration::from_millis(ms))
    }

    fn rested(per_second: u32) -> Pacing {
        Pacing::after_start(per_second, at(0), 0, Duration::ZERO)
    }

    fn go(pacing: &mut Pacing, now: Monotonic) -> Permit {
        match pacing.poll(now) {
            Poll::Go(permit) => permit,
            other @ (Poll::WaitUntil(_) | Poll::AllOut) => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_refused_less_than_a_second_ago_counts_as_well() {
        let mut pacing = rested(5);
        assert_eq!(pacing.busy(at(500)), 5, "nobody knows what went out before");
        assert_eq!(pacing.busy(at(2000)), 0);
        let (refused, _on_the_wire) = (go(&mut pacing, at(2000)), go(&mut pacing, at(2000)));
        let took = Duration::from_millis(100);
        pacing.ended(refused, at(2100), Response::Received, Sign::Refused, took);
        assert_eq!(pacing.busy(at(2500)), 2);
        assert_eq!(pacing.busy(at(3200)), 1);
    }

    #[test]
    fn a_rate_limit_stops_every_permit_and_the_pace_comes_back() {
        let mut pacing = rested(4);
        pacing.set(4, false, at(2000));
        let permit = go(&mut pacing, at(2000));
        let took = Duration::from_millis(100);
        pacing.ended(permit, at(2100), Response::Received, Sign::TooFast, took);
        assert_eq!(pacing.poll(at(2100)), Poll::WaitUntil(at(3100)));
        assert_eq!(pacing.forecast(at(2100)).leaves_after(0), Some(Duration::from_secs(1)));
        pacing.set(4, false, at(3200));
        let permits = [go(&mut pacing, at(3200)), go(&mut pacing, at(3200))];
        assert_eq!(pacing.poll(at(3200)), Poll::AllOut, "half of the pace");
        for permit in permits {
            pacing.ended(permit, at(3300), Response::Received, Sign::Accepted, took);
        }
        pacing.set(4, false, at(3300));
        pacing.set(4, false, at(5000));
        let permits = std::iter::from_fn(|| match pacing.poll(at(5000)) {
            Poll::Go(permit) => Some(permit),
            Poll::WaitUntil(_) | Poll::AllOut => None,
        });
        assert_eq!(permits.count(), 3);
    }

    #[test]
    fn who_knows_better_ends_every_wait() {
        let mut pacing = rested(1);
        let permit = go(&mut pacing, at(2000));
        let took = Duration::from_millis(5);
        pacing.ended(permit, at(2000), Response::Received, Sign::Unreachable, took);
        assert_eq!(pacing.waits_until(at(2000)), Some(at(3000)));
        pacing.forget_waits();
        assert_eq!(pacing.waits_until(at(2000)), None);
    }

    #[test]
    fn what_is_received_counts_only_where_it_is_set() {
        let mut pacing = rested(2);
        pacing.received(at(2000));
        pacing.set(2, false, at(2000));
        let first = go(&mut pacing, at(2000));
        pacing.unused(first);
        pacing.set(2, true, at(2000));
        let _first = go(&mut pacing, at(2000));
        assert_eq!(pacing.poll(at(2000)), Poll::WaitUntil(at(3010)));
    }

    #[test]
    fn a_full_queue_takes_longer_while_customers_write_where_that_counts() {
        let mut pacing = rested(5);
        for second in 0..100 {
            pacing.received(at(second * 1000));
        }
        let mut takes = |counts_received| {
            pacing.set(5, counts_received, at(100_000));
            pacing
                .forecast(at(100_000))
                .leaves_after(1000)
                .map(|after| after.as_secs())
        };
        assert_eq!(takes(false), Some(262));
        assert!(takes(true).is_some_and(|seconds| (300..340).contains(&seconds)));
    }
}
