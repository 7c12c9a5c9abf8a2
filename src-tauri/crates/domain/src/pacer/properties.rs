//! The promise, for anything that the network, the machine and a person may do.

use super::*;
use proptest::prelude::*;

/// What a sender waits for an answer, and how long a request may still arrive after that.
const TIME_OUT: Duration = Duration::from_millis(1500);

/// What happens before a request is made.
#[derive(Clone, Debug)]
enum Before {
    Nothing,
    /// Somebody sets another cap.
    Cap(u32),
    /// Customers write so many messages.
    Received(usize),
    /// The machine sleeps so many milliseconds; the clock that never jumps stands still.
    Asleep(u64),
    /// The program dies and starts again.
    Restart,
}

/// A request to be made: what happens before it, so many milliseconds after the one before, so many to Meta and back,
/// and whether its answer is lost.
type Step = (Before, u64, u64, u64, bool);

fn steps(before: impl Strategy<Value = Before>) -> impl Strategy<Value = Vec<Step>> {
    let lost = prop::bool::weighted(0.1);
    proptest::collection::vec((before, 0_u64..400, 0_u64..3000, 0_u64..3000, lost), 1..120)
}

/// A request on the wire: it is answered at this point, or the sender gives up.
struct Wire {
    permit: Permit,
    ends: Monotonic,
    response: Response,
    request: usize,
}

/// What became of a request. The times are those of the world.
#[derive(Clone, Copy)]
struct Request {
    arrived: Monotonic,
    /// The lowest cap of the second before it was sent.
    lowest_cap: u32,
    /// How many were sent before it.
    place: usize,
}

struct World {
    pacer: Pacer,
    cap: u32,
    now: Monotonic,
    /// How long the machine has slept so far.
    asleep: Duration,
    wires: Vec<Wire>,
    requests: Vec<Request>,
    /// All caps that were set so far, and when.
    caps: Vec<(Monotonic, u32)>,
    /// When the sender gave up on an answer.
    doubts: Vec<Monotonic>,
    /// Until when what ended and what was received takes a place, by the clock of the sender.
    rests: Vec<Monotonic>,
    debits: Vec<Monotonic>,
}

impl World {
    fn new(cap: u32) -> Self {
        let now = Monotonic(Duration::from_secs(1000));
        Self {
            pacer: Pacer::after_start(cap, now, 0, Duration::ZERO),
            cap,
            now,
            asleep: Duration::ZERO,
            wires: Vec::new(),
            requests: Vec::new(),
            caps: vec![(now, cap)],
            doubts: Vec::new(),
            rests: vec![now.plus(REST); cap as usize],
            debits: Vec::new(),
        }
    }

    /// By the clock that never jumps.
    fn clock(&self) -> Monotonic {
        Monotonic(self.now.0.saturating_sub(self.asleep))
    }

    fn happens(&mut self, before: &Before) {
        match *before {
            Before::Nothing => {}
            Before::Cap(cap) => {
                self.pacer.set_per_second(cap, self.clock());
                self.cap = cap;
                self.caps.push((self.now, cap));
            }
            Before::Received(count) => {
                for _ in 0..count {
                    self.pacer.debit(self.clock());
                    self.debits.push(self.clock().plus(REST));
                }
            }
            Before::Asleep(ms) => {
                let slept = Duration::from_millis(ms);
                (self.now, self.asleep) = (self.now.plus(slept), self.asleep + slept);
                // Nobody was there when an answer came.
                for wire in &mut self.wires {
                    wire.ends = wire.ends.max(self.now);
                }
            }
            Before::Restart => self.restart(),
        }
    }

    fn restart(&mut self) {
        let last = self.now.plus(TIME_OUT);
        let unanswered = self.wires.len() + self.doubts.iter().filter(|at| at.plus(TIME_OUT) > self.now).count();
        for wire in self.wires.drain(..) {
            if let Some(request) = self.requests.get_mut(wire.request) {
                request.arrived = request.arrived.min(last);
            }
            self.doubts.push(self.now);
        }
        self.pacer = Pacer::after_start(self.cap, self.clock(), unanswered, TIME_OUT);
    }

    /// Time goes on until there is a permit; whether the pacer is right each time it says no.
    fn next_permit(&mut self) -> Result<Permit, TestCaseError> {
        loop {
            let ended: Vec<_> = self.wires.extract_if(.., |wire| wire.ends <= self.now).collect();
            for wire in ended {
                let at = Monotonic(wire.ends.0.saturating_sub(self.asleep));
                let mut until = at.plus(REST);
                if let Response::None { may_arrive_for } = wire.response {
                    self.doubts.push(wire.ends);
                    until = until.plus(may_arrive_for);
                }
                self.rests.push(until);
                self.pacer.give_back(wire.permit, at, wire.response);
            }
            let clock = self.clock();
            let next_end = self.wires.iter().map(|wire| wire.ends).min();
            match self.pacer.poll(clock) {
                Poll::Go(permit) => return Ok(permit),
                Poll::WaitUntil(at) => {
                    prop_assert!(at > clock, "a wait for nothing");
                    prop_assert!(at <= clock.plus(REST + TIME_OUT), "a wait without end");
                    let at = at.plus(self.asleep);
                    self.now = next_end.map_or(at, |end| end.min(at));
                }
                Poll::AllOut => {
                    prop_assert!(next_end.is_some(), "nothing is out");
                    self.now = next_end.unwrap_or(self.now);
                }
            }
        }
    }

    fn send(&mut self, permit: Permit, there: u64, back: u64, is_lost: bool) {
        let there = Duration::from_millis(there);
        let answer = there + Duration::from_millis(back);
        // A request without an answer arrives late, up to a whole time-out after the sender gave up.
        let (arrives, ends, response) = if is_lost || answer > TIME_OUT {
            let may_arrive_for = TIME_OUT;
            (there.min(TIME_OUT * 2), TIME_OUT, Response::None { may_arrive_for })
        } else {
            (there, answer, Response::Received)
        };
        let request = self.requests.len();
        self.requests.push(Request {
            arrived: self.now.plus(arrives),
            lowest_cap: lowest(&self.caps, self.now),
            place: request,
        });
        self.wires.push(Wire {
            permit,
            ends: self.now.plus(ends),
            response,
            request,
        });
    }

    /// Each sliding second at the receiver: how many arrived in it, and the cap under which the last of these was sent.
    fn seconds(&self) -> Vec<(usize, u32)> {
        let mut requests = self.requests.clone();
        requests.sort_by_key(|request| request.arrived);
        let second = |(index, first): (usize, &Request)| {
            let end = first.arrived.plus(Duration::from_secs(1));
            let within = requests.iter().skip(index).take_while(|request| request.arrived < end);
            let count = within.clone().count();
            let last = within.max_by_key(|request| request.place)?;
            Some((count, last.lowest_cap))
        };
        requests.iter().enumerate().filter_map(second).collect()
    }
}

/// The lowest cap that held in the second before `now`.
fn lowest(caps: &[(Monotonic, u32)], now: Monotonic) -> u32 {
    let begins = Monotonic(now.0.saturating_sub(REST));
    let before = caps.iter().rev().find(|(at, _)| *at <= begins);
    let meanwhile = caps.iter().filter(|(at, _)| *at > begins);
    let caps = before.into_iter().chain(meanwhile).map(|(_, cap)| *cap);
    caps.min().unwrap_or_default()
}

/// What a number that is always asked for more has sent.
fn world_after(cap: u32, counts_received: bool, steps: Vec<Step>) -> Result<World, TestCaseError> {
    let mut world = World::new(cap);
    world.pacer.set_counts_received(counts_received);
    for (before, pause, there, back, is_lost) in steps {
        world.now = world.now.plus(Duration::from_millis(pause));
        world.happens(&before);
        let permit = world.next_permit()?;
        world.send(permit, there, back, is_lost);
    }
    Ok(world)
}

fn anything() -> impl Strategy<Value = Before> {
    prop_oneof![
        12 => Just(Before::Nothing),
        2 => (1_usize..30).prop_map(Before::Received),
        1 => (0_u64..10_000).prop_map(Before::Asleep),
        1 => Just(Before::Restart),
    ]
}

proptest! {
    /// Any latency there and back, any time-outs, any pauses of the sender, any sleep of the machine, any crash.
    #[test]
    fn no_sliding_second_at_the_receiver_holds_more_than_n_arrivals(
        cap in 1_u32..8,
        counts_received in any::<bool>(),
        steps in steps(anything()),
    ) {
        for (within, _) in world_after(cap, counts_received, steps)?.seconds() {
            prop_assert!(within <= cap as usize, "{within} arrivals in one second");
        }
    }

    /// The cap of a second is the lowest that held in the second before its last request left.
    #[test]
    fn while_the_cap_changes_no_second_holds_more_than_the_lower_cap(
        cap in 1_u32..8,
        steps in steps(prop_oneof![4 => Just(Before::Nothing), 1 => (1_u32..8).prop_map(Before::Cap)]),
    ) {
        for (within, cap) in world_after(cap, false, steps)?.seconds() {
            prop_assert!(within <= cap as usize, "{within} arrivals, cap {cap}");
        }
    }

    /// A permit is given exactly when sends and what was received leave room, or when fewer than a fifth of the cap are
    /// sends: customers neither starve the team nor are ignored.
    #[test]
    fn what_is_received_takes_its_place_and_never_all_of_it(
        cap in 1_u32..21,
        steps in steps(prop_oneof![2 => Just(Before::Nothing), 1 => (1_usize..30).prop_map(Before::Received)]),
    ) {
        let mut world = World::new(cap);
        world.pacer.set_counts_received(true);
        let (cap, left) = (cap as usize, (cap as usize).div_ceil(5));
        for (before, pause, there, back, is_lost) in steps {
            world.now = world.now.plus(Duration::from_millis(pause));
            world.happens(&before);
            let permit = world.next_permit()?;
            let clock = world.clock();
            let sends = world.wires.len() + world.rests.iter().filter(|until| **until > clock).count();
            let received = world.debits.iter().filter(|until| **until > clock).count();
            prop_assert!(sends < cap && (sends + received < cap || sends < left), "{sends} and {received} of {cap}");
            world.send(permit, there, back, is_lost);
            // And once more at this moment, with this one out.
            let has_room = sends + 1 < cap && (sends + 1 + received < cap || sends + 1 < left);
            let polled = world.pacer.poll(clock);
            prop_assert_eq!(matches!(polled, Poll::Go(_)), has_room, "{} and {} of {}", sends + 1, received, cap);
            if let Poll::Go(permit) = polled {
                world.pacer.unused(permit);
            }
        }
    }
}
