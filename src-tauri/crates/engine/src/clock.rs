//! The only place of the engine that reads a clock.

use std::{
    sync::LazyLock,
    time::{Instant, SystemTime, UNIX_EPOCH},
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
