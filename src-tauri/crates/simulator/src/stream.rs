//! Where made-up ids, codes and delays and the dice of faults come from: streams of chance that all flow from
//! [`Config::seed`](crate::Config::seed).
//!
//! Two runs with one seed give the same ids for the same acts. Every purpose has a stream of its own, so that more of
//! one thing does not change another. Secrets of tokens are not made here: nobody may guess them.

use fastrand::Rng;
use std::sync::atomic::{AtomicU64, Ordering};

/// An endless row of generators for one purpose.
#[derive(Debug)]
pub(crate) struct Stream {
    seed: u64,
    drawn: AtomicU64,
}

/// One stream for each purpose.
#[derive(Debug)]
pub(crate) struct Streams {
    /// Ids of what customers write and do.
    pub received: Stream,
    /// Ids of what is written and done on the phone.
    pub echoed: Stream,
    /// Ids of what the API sends.
    pub sent: Stream,
    /// Ids of media.
    pub media: Stream,
    /// Ids of templates.
    pub templates: Stream,
    /// Access codes of signups.
    pub access_codes: Stream,
    /// How long calls travel.
    pub latency: Stream,
    /// Ids of requests for a sync.
    pub requests: Stream,
    /// What living customers do.
    pub living: Stream,
    /// The dice of faults of calls.
    pub faults: Stream,
    /// The dice of faults of webhooks.
    pub webhook_faults: Stream,
}

impl Stream {
    /// The stream number `purpose` of `seed`.
    pub const fn of(seed: u64, purpose: u64) -> Self {
        Self {
            seed: mixed(seed, purpose),
            drawn: AtomicU64::new(0),
        }
    }

    /// The next generator.
    pub fn draw(&self) -> Rng {
        let place = self.drawn.fetch_add(1, Ordering::Relaxed);
        Rng::with_seed(mixed(self.seed, place))
    }
}

impl Streams {
    /// All of them.
    pub const fn of(seed: u64) -> Self {
        Self {
            received: Stream::of(seed, 1),
            echoed: Stream::of(seed, 2),
            sent: Stream::of(seed, 3),
            media: Stream::of(seed, 4),
            templates: Stream::of(seed, 5),
            access_codes: Stream::of(seed, 6),
            latency: Stream::of(seed, 7),
            requests: Stream::of(seed, 8),
            living: Stream::of(seed, 9),
            faults: Stream::of(seed, 10),
            webhook_faults: Stream::of(seed, 11),
        }
    }
}

impl Default for Streams {
    fn default() -> Self {
        Self::of(0)
    }
}

/// A number that has nothing to do with its neighbors: the mixing step of SplitMix64 (Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", 2014) of both numbers.
pub(crate) const fn mixed(seed: u64, place: u64) -> u64 {
    let mut bits = seed ^ place.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_repeats_itself_and_no_other() {
        let row = |stream: Stream| -> Vec<u64> { (0..5).map(|_| stream.draw().u64(..)).collect() };
        assert_eq!(row(Stream::of(7, 1)), row(Stream::of(7, 1)));
        assert_ne!(row(Stream::of(7, 1)), row(Stream::of(7, 2)));
        assert_ne!(row(Stream::of(7, 1)), row(Stream::of(8, 1)));
    }
}
