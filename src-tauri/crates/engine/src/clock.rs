//! The only place of the engine that reads a clock.

use std::{
    sync::LazyLock,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use twinbox_domain::{Millis, Monotonic};

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The wall clock. A clock set before 1970 reads 0.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The clock that never jumps.
pub fn monotonic() -> Monotonic {
    Monotonic(START.elapsed())
}

/// How long to sleep from `now` to `at`; at least a moment, so that a clock that jumps back cannot spin a loop.
pub(crate) fn until(at: Millis, now: Millis) -> Duration {
    Duration::from_millis(u64::try_from(at.ms_since(now)).unwrap_or(0).max(1))
}
