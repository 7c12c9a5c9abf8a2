//! How long messages are kept.

use crate::Millis;
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// How far beyond the proven time a machine's clock is believed.
const LEEWAY_MS: i64 = DAY_MS;

/// How old messages get before they go by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionPeriod {
    /// 6 months.
    SixMonths,
    /// 1 year.
    OneYear,
    /// 2 years.
    TwoYears,
    /// 5 years.
    FiveYears,
}

impl RetentionPeriod {
    /// All of them, the longest first.
    pub const ALL: [Self; 4] = [Self::FiveYears, Self::TwoYears, Self::OneYear, Self::SixMonths];

    /// Its length in days: as many as the calendar has in such a period at most.
    pub const fn days(self) -> u16 {
        match self {
            Self::SixMonths => 184,
            Self::OneYear => 366,
            Self::TwoYears => 731,
            Self::FiveYears => 1827,
        }
    }

    /// The period of this length; `None`: there is none.
    pub fn from_days(days: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|period| u64::from(period.days()) == days)
    }

    /// Messages of before this point are not kept. `now` is this machine's clock, which may be wrong, and far in the future
    /// everything would be old: it counts up to a day beyond `proven`, a time that has surely come.
    pub fn kept_since(self, now: Millis, proven: Millis) -> Millis {
        let believed = now.min(proven.plus_ms(LEEWAY_MS));
        believed.plus_ms(-i64::from(self.days()) * DAY_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_kept_as_the_clock_says_when_it_is_near_what_is_proven() {
        let now = Millis(400 * DAY_MS);
        let since = |proven| RetentionPeriod::OneYear.kept_since(now, Millis(proven));
        assert_eq!(since(399 * DAY_MS), Millis(34 * DAY_MS));
        assert_eq!(
            since(500 * DAY_MS),
            Millis(34 * DAY_MS),
            "a clock that is behind keeps more"
        );
    }

    #[test]
    fn a_clock_in_the_future_is_believed_for_a_day_and_no_clock_before_anything_is_proven() {
        let future = Millis(50_000 * DAY_MS);
        let since = |proven| RetentionPeriod::SixMonths.kept_since(future, Millis(proven));
        assert_eq!(since(1000 * DAY_MS), Millis((1001 - 184) * DAY_MS));
        assert!(since(0) < Millis(0));
    }

    #[test]
    fn a_period_is_known_by_its_days() {
        for period in RetentionPeriod::ALL {
            assert_eq!(RetentionPeriod::from_days(period.days().into()), Some(period));
        }
        assert_eq!(RetentionPeriod::from_days(0), None);
    }
}
