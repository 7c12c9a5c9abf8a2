//! The two clocks. Nothing here reads one: values come in as arguments.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A point on the wall clock: milliseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// From Meta's unix seconds.
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// This point, `ms` milliseconds later (earlier when negative). Saturates.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// When a message of ours is said to be sent at this point: in full seconds as Meta tells time, so that of two in one
    /// second the later arrival is the later message; and never before `last`, which it answers, however wrong this
    /// machine's clock is.
    #[must_use]
    pub fn sent_after(self, last: Self) -> Self {
        Self(self.0 - self.0.rem_euclid(1000)).max(last)
    }

    /// Milliseconds from `earlier` to this point; negative when `earlier` is later.
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A point on a clock that never jumps, as the time since an arbitrary start of this process.
/// Only differences mean anything; it is never stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Monotonic(pub Duration);

impl Monotonic {
    /// This point, `by` later.
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(by))
    }
}
