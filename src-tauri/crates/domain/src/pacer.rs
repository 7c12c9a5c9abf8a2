//! Never more than N requests in any sliding second, **as the receiver counts them**.
//!
//! N permits; each goes back into the pool one second after the answer to its request was received. An arrival lies
//! between the send and the answer, so two requests on one permit arrive at least a second apart whatever the network
//! does, and N + 1 arrivals within a second would need two on one permit. A limiter that spaces only the *sends*
//! cannot promise that. The best rate under the promise is N / (1 s + round trip), and this one reaches it.
//!
//! Used by the engine's sender, one pacer for a number. It reads no clock and sends nothing.

use crate::Monotonic;
use std::time::Duration;

/// How long a permit rests after the answer: the second of the promise, and 10 ms for clocks that run unevenly.
const REST: Duration = Duration::from_millis(1010);

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

#[derive(Clone, Copy, Debug)]
enum Slot {
    Free,
    Out,
    RestsUntil(Monotonic),
}

/// The permits of one number.
#[derive(Debug)]
pub struct Pacer {
    slots: Vec<Slot>,
}

impl Pacer {
    /// A pacer for `per_second` messages a second (at least 1), right after a start: every permit rests first, since
    /// the last run may have sent a moment ago, and one for each of its `unanswered` requests rests as long as such a
    /// request may still arrive.
    pub fn after_start(per_second: u32, now: Monotonic, unanswered: usize, may_arrive_for: Duration) -> Self {
        let rested = now.plus(REST);
        let slots = (0..per_second.max(1) as usize)
            .map(|slot| {
                let extra = if slot < unanswered {
                    may_arrive_for
                } else {
                    Duration::ZERO
                };
                Slot::RestsUntil(rested.plus(extra))
            })
            .collect();
        Self { slots }
    }

    /// Asks for a permit.
    pub fn poll(&mut self, now: Monotonic) -> Poll {
        let mut earliest: Option<Monotonic> = None;
        for (index, slot) in self.slots.iter_mut().enumerate() {
            match *slot {
                Slot::RestsUntil(until) if until > now => {
                    earliest = Some(earliest.map_or(until, |e| e.min(until)));
                }
                Slot::Free | Slot::RestsUntil(_) => {
                    *slot = Slot::Out;
                    return Poll::Go(Permit { slot: index });
                }
                Slot::Out => {}
            }
        }
        earliest.map_or(Poll::AllOut, Poll::WaitUntil)
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
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    /// A request on the wire: it arrives and is answered at these points; without an answer, the sender gives up.
    struct Wire {
        permit: Permit,
        ends: Monotonic,
        response: Response,
    }

    proptest! {
        /// Any latency there and back, any time-outs, any pauses of the sender: no second holds more than N arrivals.
        #[test]
        fn no_sliding_second_at_the_receiver_holds_more_than_n_arrivals(
            per_second in 1_u32..8,
            requests in proptest::collection::vec((0_u64..3000, 0_u64..3000, prop::bool::weighted(0.1), 0_u64..400), 1..120),
        ) {
            let time_out = Duration::from_millis(1500);
            let mut pacer = rested(per_second);
            let mut now = ms(0);
            let mut wires: Vec<Wire> = Vec::new();
            let mut arrivals: Vec<Monotonic> = Vec::new();
            for (there, back, lost, pause) in requests {
                now = now.plus(Duration::from_millis(pause));
                let permit = loop {
                    let (ended, open): (Vec<_>, Vec<_>) = wires.into_iter().partition(|wire| wire.ends <= now);
                    wires = open;
                    for wire in ended {
                        pacer.give_back(wire.permit, wire.ends, wire.response);
                    }
                    match pacer.poll(now) {
                        Poll::Go(permit) => break permit,
                        Poll::WaitUntil(at) => {
                            let next_end = wires.iter().map(|wire| wire.ends).min();
                            now = next_end.map_or(at, |end| end.min(at));
                        }
                        Poll::AllOut => now = wires.iter().map(|wire| wire.ends).min().unwrap_or(now),
                    }
                };
                let there = Duration::from_millis(there);
                let answer = there + Duration::from_millis(back);
                // A request without an answer arrives late, up to a whole time-out after the sender gave up.
                let (arrives, ends, response) = if lost || answer > time_out {
                    (there.min(time_out * 2), time_out, Response::None { may_arrive_for: time_out })
                } else {
                    (there, answer, Response::Received)
                };
                arrivals.push(now.plus(arrives));
                wires.push(Wire { permit, ends: now.plus(ends), response });
            }
            arrivals.sort();
            for (index, first) in arrivals.iter().enumerate() {
                let within = arrivals.iter().skip(index).filter(|a| **a < first.plus(Duration::from_secs(1))).count();
                prop_assert!(within <= per_second as usize, "{within} arrivals in one second");
            }
        }
    }
}
