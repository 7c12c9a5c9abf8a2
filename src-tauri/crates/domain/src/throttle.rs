//! What a number does when Meta is in trouble or asks for a slower pace: it waits, then comes back step by step.
//!
//! Beside the [`Pacer`](crate::Pacer), which keeps what was promised; this one reacts to what Meta answers. Used by the
//! engine's sender, one for a number. It reads no clock.

use crate::Monotonic;
use std::time::Duration;

/// Longest wait after a rate limit or answers that say nothing.
const LONGEST: Duration = Duration::from_secs(30);

/// Longest wait while Meta cannot be reached: a line that is back is noticed soon.
const LONGEST_UNREACHABLE: Duration = Duration::from_secs(15);

/// From so many sends in a row on that nobody can tell the outcome of, Meta is taken to be in trouble. Each of them is a
/// question to a person, so few are asked.
const DOUBTS: u32 = 3;

/// What an attempt told about how Meta is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It took the message.
    Accepted,
    /// It said no to this message, and is well.
    Refused,
    /// It asked the number for a slower pace.
    TooFast,
    /// No connection was made.
    Unreachable,
    /// Nobody knows what became of the message.
    Unclear,
}

/// The waiting of one number.
#[derive(Clone, Copy, Debug)]
pub struct Throttle {
    cap: u32,
    /// Half of what it was after each rate limit, and one more with each second's worth of accepted messages.
    allowed: u32,
    accepted: u32,
    /// Waits in a row.
    waits: u32,
    doubts: u32,
    until: Monotonic,
}

impl Throttle {
    /// Of a number that sends `cap` messages a second (at least 1).
    pub fn new(cap: u32) -> Self {
        Self {
            cap: cap.max(1),
            allowed: cap.max(1),
            accepted: 0,
            waits: 0,
            doubts: 0,
            until: Monotonic::default(),
        }
    }

    /// From now on the number sends `cap` messages a second (at least 1). The same again changes nothing.
    pub fn set_cap(&mut self, cap: u32) {
        let cap = cap.max(1);
        if cap != self.cap {
            *self = Self {
                cap,
                allowed: cap,
                accepted: 0,
                ..*self
            };
        }
    }

    /// How many messages a second are wise today: at least 1, at most the cap.
    pub fn per_second(&self) -> u32 {
        self.allowed
    }

    /// Nothing is sent before this point.
    pub fn until(&self) -> Monotonic {
        self.until
    }

    /// An attempt ended at `now`. Of several that were under way together the first one counts.
    pub fn told(&mut self, sign: Sign, now: Monotonic) {
        match sign {
            Sign::Accepted => {
                (self.waits, self.doubts) = (0, 0);
                self.accepted += 1;
                if self.allowed < self.cap && self.accepted >= self.allowed {
                    (self.allowed, self.accepted) = (self.allowed + 1, 0);
                }
            }
            Sign::Refused => self.doubts = 0,
            Sign::TooFast if now >= self.until => {
                (self.allowed, self.accepted) = ((self.allowed / 2).max(1), 0);
                self.wait(now, LONGEST);
            }
            Sign::Unreachable if now >= self.until => self.wait(now, LONGEST_UNREACHABLE),
            Sign::Unclear => {
                self.doubts += 1;
                if self.doubts >= DOUBTS && now >= self.until {
                    self.wait(now, LONGEST);
                }
            }
            Sign::TooFast | Sign::Unreachable => {}
        }
    }

    /// 1, 2, 4, .. seconds.
    fn wait(&mut self, now: Monotonic, longest: Duration) {
        let wait = Duration::from_secs(2_u64.saturating_pow(self.waits)).min(longest);
        self.waits = self.waits.saturating_add(1);
        self.until = now.plus(wait);
    }

    /// Somebody knows better: everything is tried again at once.
    pub fn forget(&mut self) {
        *self = Self::new(self.cap);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: u64) -> Monotonic {
        Monotonic(Duration::from_secs(s))
    }

    #[test]
    fn a_rate_limit_halves_the_pace_and_waits_longer_each_time() {
        let mut throttle = Throttle::new(20);
        let mut now = at(100);
        let mut waits = Vec::new();
        for _ in 0..7 {
            throttle.told(Sign::TooFast, now);
            waits.push(throttle.until().0.saturating_sub(now.0).as_secs());
            now = throttle.until();
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(throttle.per_second(), 1);
    }

    #[test]
    fn requests_that_were_refused_together_count_once() {
        let mut throttle = Throttle::new(20);
        (0..20).for_each(|_| throttle.told(Sign::TooFast, at(100)));
        assert_eq!((throttle.per_second(), throttle.until()), (10, at(101)));
    }

    #[test]
    fn the_pace_comes_back_a_message_a_second_at_a_time() {
        let mut throttle = Throttle::new(5);
        throttle.told(Sign::TooFast, at(100));
        let mut paces = Vec::new();
        for _ in 0..12 {
            throttle.told(Sign::Accepted, at(102));
            paces.push(throttle.per_second());
        }
        assert_eq!(paces, [2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]);
        throttle.told(Sign::TooFast, at(200));
        assert_eq!(throttle.until(), at(201), "the waits begin anew");
    }

    #[test]
    fn a_line_that_is_gone_is_tried_again_at_least_every_fifteen_seconds_at_full_pace() {
        let mut throttle = Throttle::new(5);
        let mut now = at(100);
        for _ in 0..9 {
            throttle.told(Sign::Unreachable, now);
            now = throttle.until();
        }
        throttle.told(Sign::Unreachable, now);
        assert_eq!(
            (throttle.until(), throttle.per_second()),
            (now.plus(LONGEST_UNREACHABLE), 5)
        );
    }

    #[test]
    fn few_questions_are_asked_while_meta_answers_nothing_clear() {
        let mut throttle = Throttle::new(5);
        throttle.told(Sign::Unclear, at(100));
        throttle.told(Sign::Unclear, at(100));
        assert!(throttle.until() < at(100));
        throttle.told(Sign::Unclear, at(100));
        assert_eq!(throttle.until(), at(101));
        // A minute of such answers is a handful of questions, not 300.
        let (mut now, mut questions) = (at(101), 3);
        while now < at(160) {
            throttle.told(Sign::Unclear, now);
            questions += 1;
            now = throttle.until();
        }
        assert!(questions <= 8, "{questions}");
        throttle.told(Sign::Accepted, now);
        throttle.told(Sign::Unclear, now);
        assert!(throttle.until() <= now, "one doubt alone is none about Meta");
    }
}
