//! How many people a portfolio may write to first.

/// People who may be written to outside their window in any 24 hours, by Meta's word for it (`TIER_2K`, `2000`), counted
/// for all numbers of the portfolio together; `None`: without limit, or a word that is not known (Meta, "Messaging
/// limits", Oct 2025).
pub fn people_a_day(tier: &str) -> Option<u64> {
    let word = tier.trim().trim_start_matches("TIER_");
    match word.strip_suffix('K') {
        Some(thousands) => thousands.parse::<u64>().ok()?.checked_mul(1000),
        None => word.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meta_tells_a_limit_in_words_or_in_digits() {
        for (word, people) in [
            ("TIER_50", Some(50)),
            ("TIER_250", Some(250)),
            ("TIER_2K", Some(2000)),
            ("TIER_100K", Some(100_000)),
            ("2000", Some(2000)),
            ("TIER_UNLIMITED", None),
            ("TIER_99999999999999999999K", None),
            ("", None),
        ] {
            assert_eq!(people_a_day(word), people, "{word}");
        }
    }
}
