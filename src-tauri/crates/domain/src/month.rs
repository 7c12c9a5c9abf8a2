//! Calendar months, by which Meta counts the service messages that cost nothing.
//!
//! Meta counts in the time zone of the account, which is not told; here a month is one of UTC, so what is sent in its first
//! and last hours may count to another.

use crate::Millis;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// From here on service messages cost something beyond those of the allowance: October 2026 (announced by Meta, July 2026).
pub const SERVICE_BILLED_FROM: Millis = Millis(1_790_812_800_000);

/// When the calendar month of a point in time began, and when the next one begins.
pub fn month_of(at: Millis) -> (Millis, Millis) {
    let days = at.0.div_euclid(DAY_MS);
    let (year, month) = year_and_month(days);
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    (first_of(year, month), first_of(next.0, next.1))
}

/// Both after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2021): years begin in March.
fn year_and_month(days: i64) -> (i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month)
}

fn first_of(year: i64, month: i64) -> Millis {
    let year = year - i64::from(month <= 2);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let of_year = (153 * from_march + 2) / 5;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    Millis((era * 146_097 + of_era - 719_468).saturating_mul(DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_with_its_first_day_also_in_leap_years() {
        // 2028-02-29 12:00 is in February, which ends with March 1.
        let (from, to) = month_of(Millis(1_835_438_400_000));
        assert_eq!((from.0, to.0), (1_832_976_000_000, 1_835_481_600_000));
        assert_eq!(month_of(SERVICE_BILLED_FROM).0, SERVICE_BILLED_FROM);
        assert_eq!(month_of(SERVICE_BILLED_FROM.plus_ms(-1)).1, SERVICE_BILLED_FROM);
        assert_eq!(month_of(Millis(0)), (Millis(0), Millis(31 * DAY_MS)));
    }

    #[test]
    fn months_follow_on_each_other() {
        let mut at = Millis(0);
        for _ in 0..5000 {
            let (from, to) = month_of(at);
            let days = to.ms_since(from) / DAY_MS;
            assert!(from == at && (28..=31).contains(&days), "{days} days from {from:?}");
            at = to;
        }
    }
}
