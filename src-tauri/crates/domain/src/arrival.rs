//! When a message came in, against when it was written.

use crate::Millis;

/// A message that took longer than this stands above what was written here meanwhile.
const LATE_MS: i64 = 10 * 60 * 1000;

/// Whether a message that was written at `at` (Meta's time) and came in at `arrived_at` is late: by more than 10 minutes.
pub const fn is_late(at: Millis, arrived_at: Millis) -> bool {
    arrived_at.ms_since(at) > LATE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_late_after_more_than_ten_minutes() {
        let at = Millis(1_000_000);
        assert!(!is_late(at, at.plus_ms(600_000)));
        assert!(is_late(at, at.plus_ms(600_001)));
        assert!(!is_late(at, at.plus_ms(-600_001)), "a clock that runs ahead");
    }
}
