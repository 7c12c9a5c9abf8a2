//! How long Meta's answers took, as the sender logs it: the mean is half of what the best rate follows from.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    filter::filter_fn,
    layer::{Context, SubscriberExt as _},
    util::SubscriberInitExt as _,
};

/// Those of every message, in the order in which they ended. Clones are the same.
#[derive(Clone, Default)]
pub(super) struct RoundTrips(Arc<Mutex<Vec<u64>>>);

impl RoundTrips {
    /// From now on.
    pub(super) fn listen() -> anyhow::Result<Self> {
        let all = Self::default();
        let of_sender = filter_fn(|about| about.target() == "twinbox_engine::sender");
        let layer = all.clone().with_filter(of_sender);
        tracing_subscriber::registry().with(layer).try_init()?;
        Ok(all)
    }

    pub(super) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Of those after the first `skipped`. They are logged in whole milliseconds, cut off.
    pub(super) fn mean_since(&self, skipped: usize) -> Duration {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = all.get(skipped..).unwrap_or_default();
        let sum: u64 = counted.iter().sum();
        let mean = sum as f64 / counted.len().max(1) as f64;
        Duration::from_secs_f64((mean + 0.5) / 1000.0)
    }
}

impl<S: Subscriber> Layer<S> for RoundTrips {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut found = DurationMs(None);
        event.record(&mut found);
        if let Some(took) = found.0 {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(took);
        }
    }
}

struct DurationMs(Option<u64>);

impl Visit for DurationMs {
    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "duration_ms" {
            self.0 = Some(value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
