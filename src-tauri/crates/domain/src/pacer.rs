//! Never more than N requests in any sliding second, **as the receiver counts them**.
//!
//! N permits; each goes back into the pool one second after the answer to its request was received. An arrival lies
//! between the send and the answer, so two requests on one permit arrive at least a second apart whatever the network
//! does, and N + 1 arrivals within a second would need two on one permit. A limiter that spaces only the *sends*
//! cannot promise that. The best rate under the promise is N / (1 s + round trip), and this one reaches it.
//!
//! N may change while requests are out. A lower one holds for every request made from then on: one is made only while
//! fewer than N others are out or rest, and whatever may arrive within a second of it is. A higher one holds once a
//! second has passed, so that no second around the change holds more than the lower of the two.
//!
//! Where Meta counts what a number receives, too, each message of a customer is a [`Pacer::debit`]: it takes the place of
//! one send for a second. Customers cannot take all of it: a fifth of the cap, at least 1, is always left to sends.
//!
//! Used by the engine's sender, one pacer for a number. It reads no clock and sends nothing.

use crate::Monotonic;
use std::{collections::VecDeque, time::Duration};

/// How long a permit rests after the answer: the second of the promise, and 10 ms for clocks that run unevenly.
pub(crate) const REST: Duration = Duration::from_millis(1010);

/// The right to make one request to Meta on behalf of a number. Only a [`Pacer`] makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Permit {
    slot: usize,
}

/// What a pacer says when asked for a permit.
#[derive(Debug, PartialEq, Eq)]
pub enum Poll {
    /// Make one request, then give the permit back.
    Go(Permit),
    /// Nothing before this point.
    WaitUntil(Monotonic),
    /// Every permit is out; one comes back when a request ends.
    AllOut,
}

/// How the request of a permit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response {
    /// An answer was received, or the request surely never left.
    Received,
    /// None was: the request may still arrive, for as long as this.
    None {
        /// Normally the request's time-out.
        may_arrive_for: Duration,
    },
}

/// Sends always keep a fifth of the cap, at least 1.
pub(crate) const fn most_debits(cap: usize) -> usize {
    cap - cap.div_ceil(5)
}

#[derive(Clone, Copy, Debug)]
enum Slot {
    Free,
    Out,
    RestsUntil(Monotonic),
}

/// The permits of one number.
#[derive(Debug)]
pub struct Pacer {
    /// One for each permit there ever was; those beyond the cap are not given out.
    slots: Vec<Slot>,
    /// How many may be out or rest at once.
    cap: usize,
    /// A higher cap, and from when on it holds.
    raise: Option<(Monotonic, usize)>,
    /// Whether Meta counts what is received like what is sent.
    counts_received: bool,
    /// Until when each received message takes the place of a send then; the oldest first.
    debits: VecDeque<Monotonic>,
}

impl Pacer {
    /// A pacer for `per_second` messages a second (at least 1), right after a start: every permit rests first, since
    /// the last run may have sent a moment ago, and one for each of its `unanswered` requests rests as long as such a
    /// request may still arrive.
    pub fn after_start(per_second: u32, now: Monotonic, unanswered: usize, may_arrive_for: Duration) -> Self {
        let rested = now.plus(REST);
        let cap = per_second.max(1) as usize;
        let slots = (0..cap)
            .map(|slot| {
                let extra = if slot < unanswered {
                    may_arrive_for
                } else {
                    Duration::ZERO
                };
                Slot::RestsUntil(rested.plus(extra))
            })
            .collect();
        Self {
            slots,
            cap,
            raise: None,
            counts_received: false,
            debits: VecDeque::new(),
        }
    }

    /// Whether Meta counts what the number receives like what it sends; it does not before this is said.
    pub fn set_counts_received(&mut self, counts_received: bool) {
        self.counts_received = counts_received;
    }

    /// The number received a message at `now`.
    pub fn debit(&mut self, now: Monotonic) {
        self.debits.push_back(now.plus(REST));
        if self.debits.len() > self.most_debits() {
            self.debits.pop_front();
        }
    }

    /// Until when those received last take the place of a send.
    fn debits(&self, now: Monotonic) -> impl Iterator<Item = Monotonic> {
        let most = if self.counts_received { self.most_debits() } else { 0 };
        self.debits
            .iter()
            .rev()
            .take(most)
            .copied()
            .filter(move |until| *until > now)
    }

    fn most_debits(&self) -> usize {
        most_debits(self.cap)
    }

    /// How long from `now` until each of the permits under the cap can be used, the soonest first. One that is out is
    /// taken to come back after `round_trip`.
    pub fn readiness(&self, now: Monotonic, round_trip: Duration) -> Vec<Duration> {
        let mut ready: Vec<Duration> = self
            .slots
            .iter()
            .map(|slot| match *slot {
                Slot::Free => Duration::ZERO,
                Slot::Out => round_trip.saturating_add(REST),
                Slot::RestsUntil(until) => until.0.saturating_sub(now.0),
            })
            .collect();
        ready.sort_unstable();
        // Beyond the cap it is the last that count: each has to end before the next is allowed.
        let beyond = ready.len().saturating_sub(self.cap);
        ready.drain(..beyond);
        ready.resize(self.cap, Duration::ZERO);
        ready.sort_unstable();
        ready
    }

    /// From `now` on there are `per_second` messages a second (at least 1). The same again changes nothing.
    pub fn set_per_second(&mut self, per_second: u32, now: Monotonic) {
        self.raise_when_due(now);
        let cap = per_second.max(1) as usize;
        if cap <= self.cap {
            (self.cap, self.raise) = (cap, None);
        } else if self.raise.is_none_or(|(_, to)| to != cap) {
            self.raise = Some((now.plus(REST), cap));
        }
    }

    /// Asks for a permit.
    pub fn poll(&mut self, now: Monotonic) -> Poll {
        self.raise_when_due(now);
        let mut rests = Vec::new();
        let (mut free, mut out) = (None, 0);
        for (index, slot) in self.slots.iter().enumerate() {
            match *slot {
                Slot::RestsUntil(until) if until > now => rests.push(until),
                Slot::Free | Slot::RestsUntil(_) => free = free.or(Some(index)),
                Slot::Out => out += 1,
            }
        }
        rests.extend(self.debits(now));
        // So many have to end before the next is allowed.
        let too_many = (rests.len() + out + 1).saturating_sub(self.cap);
        if too_many == 0 {
            return Poll::Go(self.take(free));
        }
        rests.sort_unstable();
        let ended = rests.get(too_many - 1).copied();
        let raised = self.raise.map(|(at, _)| at);
        ended
            .into_iter()
            .chain(raised)
            .min()
            .map_or(Poll::AllOut, Poll::WaitUntil)
    }

    fn take(&mut self, free: Option<usize>) -> Permit {
        let slot = free.unwrap_or(self.slots.len());
        match self.slots.get_mut(slot) {
            Some(free) => *free = Slot::Out,
            None => self.slots.push(Slot::Out),
        }
        Permit { slot }
    }

    fn raise_when_due(&mut self, now: Monotonic) {
        if let Some((_, cap)) = self.raise.filter(|(at, _)| *at <= now) {
            (self.cap, self.raise) = (cap, None);
        }
    }

    /// The request of `permit` ended at `now`.
    pub fn give_back(&mut self, permit: Permit, now: Monotonic, response: Response) {
        let rest = match response {
            Response::Received => REST,
            Response::None { may_arrive_for } => REST.saturating_add(may_arrive_for),
        };
        self.set(permit, Slot::RestsUntil(now.plus(rest)));
    }

    /// No request was made with `permit` after all.
    pub fn unused(&mut self, permit: Permit) {
        self.set(permit, Slot::Free);
    }

    fn set(&mut self, permit: Permit, to: Slot) {
        if let Some(slot) = self.slots.get_mut(permit.slot) {
            *slot = to;
        }
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Monotonic {
        Monotonic(Duration::from_millis(ms))
    }

    fn rested(per_second: u32) -> Pacer {
        Pacer::after_start(per_second, Monotonic::default(), 0, Duration::ZERO)
    }

    #[test]
    fn a_start_waits_out_what_the_last_run_may_have_sent() {
        let mut pacer = Pacer::after_start(2, ms(0), 1, Duration::from_secs(30));
        assert_eq!(pacer.poll(ms(0)), Poll::WaitUntil(ms(1010)));
        assert!(matches!(pacer.poll(ms(1010)), Poll::Go(_)));
        assert_eq!(pacer.poll(ms(1010)), Poll::WaitUntil(ms(31_010)));
    }

    #[test]
    fn a_permit_comes_back_a_second_after_its_answer() {
        let mut pacer = rested(1);
        let Poll::Go(permit) = pacer.poll(ms(2000)) else {
            panic!("a rested permit")
        };
        assert_eq!(pacer.poll(ms(2400)), Poll::AllOut);
        pacer.give_back(permit, ms(2500), Response::Received);
        assert_eq!(pacer.poll(ms(2500)), Poll::WaitUntil(ms(3510)));
        assert!(matches!(pacer.poll(ms(3510)), Poll::Go(_)));
    }

    #[test]
    fn a_request_without_an_answer_keeps_its_permit_for_the_time_out_as_well() {
        let mut pacer = rested(1);
        let Poll::Go(permit) = pacer.poll(ms(2000)) else {
            panic!("a rested permit")
        };
        pacer.give_back(
            permit,
            ms(3000),
            Response::None {
                may_arrive_for: Duration::from_secs(20),
            },
        );
        assert_eq!(pacer.poll(ms(3000)), Poll::WaitUntil(ms(24_010)));
    }

    #[test]
    fn a_permit_that_was_not_used_is_free_at_once() {
        let mut pacer = rested(1);
        let Poll::Go(permit) = pacer.poll(ms(2000)) else {
            panic!("a rested permit")
        };
        pacer.unused(permit);
        assert!(matches!(pacer.poll(ms(2000)), Poll::Go(_)));
    }

    #[test]
    fn a_received_message_takes_the_place_of_a_send_for_a_second() {
        let mut pacer = rested(2);
        pacer.set_counts_received(true);
        pacer.debit(ms(2000));
        assert!(matches!(pacer.poll(ms(2000)), Poll::Go(_)));
        assert_eq!(pacer.poll(ms(2000)), Poll::WaitUntil(ms(3010)));
        assert!(matches!(pacer.poll(ms(3010)), Poll::Go(_)));
    }

    #[test]
    fn however_much_is_received_a_fifth_of_the_cap_is_left_to_sends() {
        for (cap, left) in [(1, 1), (5, 1), (20, 4)] {
            let mut pacer = rested(cap);
            pacer.set_counts_received(true);
            (0..1000).for_each(|_| pacer.debit(ms(2000)));
            let sends = std::iter::from_fn(|| match pacer.poll(ms(2000)) {
                Poll::Go(permit) => Some(permit),
                Poll::WaitUntil(_) | Poll::AllOut => None,
            });
            assert_eq!(sends.count(), left, "cap {cap}");
        }
    }

    #[test]
    fn a_lower_cap_holds_from_the_next_request_on() {
        let mut pacer = rested(3);
        let out: Vec<Permit> = std::iter::from_fn(|| match pacer.poll(ms(2000)) {
            Poll::Go(permit) => Some(permit),
            Poll::WaitUntil(_) | Poll::AllOut => None,
        })
        .collect();
        assert_eq!(out.len(), 3);
        pacer.set_per_second(1, ms(2000));
        for (permit, at) in out.into_iter().zip([2100, 2200, 2300]) {
            assert_eq!(pacer.poll(ms(at)), Poll::AllOut);
            pacer.give_back(permit, ms(at), Response::Received);
        }
        // Two of the three have rested before this one.
        assert_eq!(pacer.poll(ms(3250)), Poll::WaitUntil(ms(3310)));
        assert!(matches!(pacer.poll(ms(3310)), Poll::Go(_)));
        assert_eq!(pacer.poll(ms(3310)), Poll::AllOut);
    }

    #[test]
    fn a_higher_cap_holds_a_second_later() {
        let mut pacer = rested(1);
        pacer.set_per_second(2, ms(2000));
        assert!(matches!(pacer.poll(ms(2000)), Poll::Go(_)));
        // Asked again, it does not begin anew.
        pacer.set_per_second(2, ms(2900));
        assert_eq!(pacer.poll(ms(2900)), Poll::WaitUntil(ms(3010)));
        assert!(matches!(pacer.poll(ms(3010)), Poll::Go(_)));
        assert_eq!(pacer.poll(ms(3010)), Poll::AllOut);
    }

    #[test]
    fn a_cap_that_was_raised_and_lowered_at_once_is_the_lower_one() {
        let mut pacer = rested(1);
        pacer.set_per_second(80, ms(2000));
        pacer.set_per_second(1, ms(2001));
        assert!(matches!(pacer.poll(ms(9000)), Poll::Go(_)));
        assert_eq!(pacer.poll(ms(9000)), Poll::AllOut);
    }
}
