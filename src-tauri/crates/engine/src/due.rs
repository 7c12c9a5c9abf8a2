//! What has its time: looked at whenever something changed, and often enough to follow a wall clock that jumps.

use futures_util::future::BoxFuture;
use std::{error::Error, time::Duration};
use tokio_util::sync::CancellationToken;
use twinbox_store::{Store, StoreError};

/// Nobody looks less often at the wall clock: it does not move on while the machine sleeps, or somebody sets it.
pub(crate) const LONGEST_SLEEP: Duration = Duration::from_secs(10);

/// What a look does: all that is due, and says how long there is nothing more to do.
type Look = fn(Store) -> BoxFuture<'static, Result<Duration, StoreError>>;

/// Looks until the stop. `what` is looked at, in the words of an error.
pub(crate) async fn keep_looking(store: Store, stop: CancellationToken, what: &'static str, look: Look) {
    let mut changed = store.last_seq();
    loop {
        changed.mark_unchanged();
        let sleep = match look(store.clone()).await {
            Ok(sleep) => sleep,
            Err(StoreError::Stopped) => return,
            Err(error) => {
                tracing::error!(error = &error as &dyn Error, "{what} cannot be looked at");
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            more = changed.changed() => if more.is_err() { return },
            () = tokio::time::sleep(sleep) => {}
        }
    }
}
