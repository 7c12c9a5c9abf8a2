//! How long webhooks took to arrive, kept as counts of a few buckets on a logarithmic scale.
//!
//! A bucket is a quarter of an octave wide, so that what is told of it is wrong by 9% at most. Meta tells times in full
//! seconds: a delay is told up to a second too long.

/// The shortest delay that is told from none: the upper end of bucket 0.
const SHORTEST_MS: f64 = 100.0;
/// Buckets in an octave.
const PER_OCTAVE: f64 = 4.0;
/// The last bucket takes everything longer than Meta keeps trying, 7 days (Meta, "Webhooks", 2026).
const LAST: u8 = 91;

/// The bucket of a delay in milliseconds; one that is negative, because a clock is wrong, is in bucket 0.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped"
)]
pub fn delay_bucket(delay_ms: i64) -> u8 {
    let octaves = (delay_ms.max(1) as f64 / SHORTEST_MS).log2();
    (octaves * PER_OCTAVE).ceil().clamp(0.0, f64::from(LAST)) as u8
}

/// What is told of a delay in this bucket, in milliseconds: its middle.
#[allow(clippy::cast_possible_truncation, reason = "at most 8 days")]
pub fn told_delay_ms(bucket: u8) -> i64 {
    let middle = (f64::from(bucket.min(LAST)) - 0.5) / PER_OCTAVE;
    (SHORTEST_MS * middle.exp2()) as i64
}

/// The delay below which `share` (0 to 1) of all lie, in milliseconds; `None` when there are none. `counts` are buckets
/// with how many delays were in them, each bucket any number of times, in any order.
#[allow(clippy::cast_precision_loss, reason = "counts are small")]
pub fn delay_quantile_ms(counts: &[(u8, u64)], share: f64) -> Option<i64> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let all: u64 = sorted.iter().map(|(_, count)| count).sum();
    let mut so_far = 0;
    let found = sorted.into_iter().find(|(_, count)| {
        so_far += count;
        *count > 0 && so_far as f64 >= all as f64 * share
    });
    found.map(|(bucket, _)| told_delay_ms(bucket))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_delay_is_in_the_first_bucket_and_the_longest_in_the_last() {
        assert_eq!([i64::MIN, -5, 0, 1, 100].map(delay_bucket), [0; 5]);
        assert_eq!(delay_bucket(101), 1);
        assert_eq!([8 * 24 * 3600 * 1000, i64::MAX].map(delay_bucket), [LAST; 2]);
    }

    #[test]
    fn the_median_and_the_rest_come_from_the_counts() {
        let counts = [
            (delay_bucket(1_400), 90),
            (delay_bucket(60_000), 1),
            (delay_bucket(3_800), 9),
        ];
        let told = |share| delay_quantile_ms(&counts, share).unwrap_or_default();
        assert!((1_270..1_530).contains(&told(0.5)), "{}", told(0.5));
        assert!((3_450..4_150).contains(&told(0.95)), "{}", told(0.95));
        assert!((54_000..66_000).contains(&told(1.0)), "{}", told(1.0));
        assert_eq!(delay_quantile_ms(&[], 0.5), None);
        assert_eq!(delay_quantile_ms(&[(3, 0)], 0.5), None);
    }

    proptest! {
        #[test]
        fn what_is_told_of_a_delay_is_wrong_by_a_tenth_at_most(delay_ms in 100_i64..604_800_000) {
            let told = told_delay_ms(delay_bucket(delay_ms));
            prop_assert!((told - delay_ms).abs() * 10 <= delay_ms + 10, "{delay_ms} is told as {told}");
        }

        #[test]
        fn a_longer_delay_is_in_no_lower_bucket(one in any::<i64>(), other in any::<i64>()) {
            let (short, long) = (one.min(other), one.max(other));
            prop_assert!(delay_bucket(short) <= delay_bucket(long));
        }
    }
}
