//! How long requests and answers travel.

use std::time::Duration;

/// The ways of one request.
#[derive(Clone, Copy)]
pub(super) struct Trip {
    pub(super) there: Duration,
    pub(super) back: Duration,
}

impl Trip {
    pub(super) fn round(&self) -> Duration {
        self.there + self.back
    }
}

/// A network.
pub(super) struct Network {
    pub(super) name: &'static str,
    way: Way,
}

enum Way {
    /// Lognormal, as the simulator's `heavy_tail`: median and 99th percentile of each way, in milliseconds.
    HeavyTailed(f64, f64),
    /// From, to.
    Even(u64, u64),
}

/// So many standard deviations from the median is the 99th percentile.
const P99_SIGMAS: f64 = 2.326;

impl Network {
    pub(super) fn heavy_tailed(name: &'static str, median_ms: f64, p99_ms: f64) -> Self {
        let way = Way::HeavyTailed(median_ms, p99_ms);
        Self { name, way }
    }

    pub(super) fn even(name: &'static str, min_ms: u64, max_ms: u64) -> Self {
        let way = Way::Even(min_ms, max_ms);
        Self { name, way }
    }

    /// The same ones each time.
    pub(super) fn trips(&self, count: usize) -> Vec<Trip> {
        let mut random = fastrand::Rng::with_seed(1);
        let mut way = || match self.way {
            Way::HeavyTailed(median_ms, p99_ms) => {
                let radius = (-2.0 * (1.0 - random.f64()).ln()).sqrt();
                let normal = radius * (std::f64::consts::TAU * random.f64()).cos();
                Duration::from_secs_f64(median_ms * ((p99_ms / median_ms).ln() / P99_SIGMAS * normal).exp() / 1000.0)
            }
            Way::Even(min_ms, max_ms) => Duration::from_micros(random.u64(min_ms * 1000..=max_ms * 1000)),
        };
        (0..count)
            .map(|_| Trip {
                there: way(),
                back: way(),
            })
            .collect()
    }
}
