//! How long the phone app has been quiet, and when that ends the link.
//!
//! Meta ends the link of a number whose phone app was not used for about 14 days (`PARTNER_REMOVED` with
//! `PRIMARY_INACTIVITY`, webhook reference `account_update`, Apr 2026); platforms advise to open it at least every 13.
//! Nobody tells when the app was opened. This estimate counts from the last thing that came from the phone. It warns too
//! early when the app was only looked at, and too late when a linked device sent what came: echoes do not tell the two
//! apart (Meta, webhook reference `smb_message_echoes`, Mar 2026).

use crate::Millis;

/// Quiet days after which the link may be gone.
pub const QUIET_DAYS_ALLOWED: i64 = 13;

/// The quiet days at which a person is told, each more urgent than the one before.
const TOLD_AT: [i64; 3] = [9, 11, 12];

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How quiet the phone of a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepAlive {
    /// The phone has never shown a sign of life here: that says nothing about it.
    CannotTell,
    /// It has.
    Quiet {
        /// Full days since its last sign of life.
        days: i64,
        /// Until when the app has to be opened.
        until: Millis,
    },
}

impl KeepAlive {
    /// How quiet it is at `now`, given its last sign of life: something sent from it, a contact changed on it, a piece of
    /// its history.
    pub fn at(now: Millis, last_sign: Option<Millis>) -> Self {
        last_sign.map_or(Self::CannotTell, |last| Self::Quiet {
            // A clock that was set back makes no days.
            days: now.ms_since(last).max(0) / DAY_MS,
            until: last.plus_ms(QUIET_DAYS_ALLOWED * DAY_MS),
        })
    }

    /// The quiet day (9, 11 or 12) whose warning holds now; `None` while there is nothing to warn of. Whoever tells a
    /// person does so when this changes.
    pub fn warned_at_day(self) -> Option<i64> {
        let Self::Quiet { days, .. } = self else {
            return None;
        };
        TOLD_AT.into_iter().rev().find(|day| days >= *day)
    }

    /// Within how many days the app has to be opened, counted from today; 0: the link may be gone already. `None` when it
    /// cannot be told.
    pub fn days_left(self) -> Option<i64> {
        match self {
            Self::CannotTell => None,
            Self::Quiet { days, .. } => Some((QUIET_DAYS_ALLOWED - days).max(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENED: Millis = Millis(1_760_000_000_000);

    fn after(ms: i64) -> KeepAlive {
        KeepAlive::at(OPENED.plus_ms(ms), Some(OPENED))
    }

    #[test]
    fn a_phone_that_never_showed_a_sign_cannot_be_told_of() {
        let unknown = KeepAlive::at(OPENED, None);
        assert_eq!(unknown, KeepAlive::CannotTell);
        assert_eq!((unknown.warned_at_day(), unknown.days_left()), (None, None));
    }

    #[test]
    fn a_quiet_day_is_a_full_one() {
        for (ms, days) in [
            (0, 0),
            (DAY_MS - 1, 0),
            (DAY_MS, 1),
            (9 * DAY_MS - 1, 8),
            (9 * DAY_MS, 9),
        ] {
            let until = OPENED.plus_ms(13 * DAY_MS);
            assert_eq!(after(ms), KeepAlive::Quiet { days, until });
        }
    }

    #[test]
    fn the_warnings_come_at_day_9_and_11_and_12_and_stay() {
        let warned = [0, 8, 9, 10, 11, 12, 13, 40].map(|day| after(day * DAY_MS).warned_at_day());
        assert_eq!(
            warned,
            [None, None, Some(9), Some(9), Some(11), Some(12), Some(12), Some(12)]
        );
    }

    #[test]
    fn the_days_left_end_at_none() {
        let left = [0, 9, 11, 12, 13, 40].map(|day| after(day * DAY_MS).days_left());
        assert_eq!(left, [13, 4, 2, 1, 0, 0].map(Some));
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_days() {
        assert!(matches!(after(-5 * DAY_MS), KeepAlive::Quiet { days: 0, .. }));
        let far = KeepAlive::at(Millis(i64::MAX), Some(Millis(i64::MIN)));
        assert_eq!(far.days_left(), Some(0));
    }
}
