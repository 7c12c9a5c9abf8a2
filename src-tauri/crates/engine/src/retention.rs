//! The task that lets go of messages that are older than they are kept: at the start, every hour, and when somebody sets
//! another period. How old that is, and by which clock, is decided in the store. It also lets go of the raw webhooks that name
//! people who were erased, and of the words that the search index holds of what went.

use crate::{
    Engine, clock,
    requests::{Answer, internal, invalid},
    search::MERGED_PAGES,
};
use std::{error::Error, time::Duration};
use tokio::{sync::Notify, time::MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use twinbox_domain::{ConversationId, JournalId, Monotonic};
use twinbox_protocol::{Caller, PreviewRetention, RetentionPreview, Role, SetRetention};
use twinbox_store::{Store, StoreError};

const EVERY: Duration = Duration::from_secs(3600);
/// Between two slices: readers of the disk come in between, as other writes do.
const PAUSE: Duration = Duration::from_millis(5);

impl Engine {
    pub(crate) async fn preview_retention(&self, call: PreviewRetention) -> Answer<RetentionPreview> {
        let would_go = self.inner.store.would_go(call.period, clock::now());
        let (messages, since) = would_go.await.map_err(internal)?;
        Ok(RetentionPreview { messages, since })
    }

    pub(crate) async fn set_retention(&self, caller: &Caller, call: SetRetention) -> Answer<()> {
        if caller.role != Role::Admin {
            return Err(invalid("Only an admin can set how long messages are kept."));
        }
        self.inner.store.set_retention(call.period).await.map_err(internal)?;
        self.inner.forget_now.notify_one();
        Ok(())
    }
}

/// Where it stands.
struct Forgetting {
    store: Store,
    /// When time was last told to the store.
    told: Monotonic,
    /// Webhooks up to here have been looked at.
    webhooks: JournalId,
    stop: CancellationToken,
}

/// Looks until the stop.
pub(crate) async fn forget_old(store: Store, now: &Notify, stop: CancellationToken) {
    let mut forgetting = Forgetting {
        store,
        told: clock::monotonic(),
        webhooks: JournalId(0),
        stop: stop.clone(),
    };
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = every.tick() => {}
            () = now.notified() => {}
        }
        match forgetting.forget().await {
            Ok(()) => {}
            Err(StoreError::Stopped) => return,
            Err(error) => tracing::error!(error = &error as &dyn Error, "old messages cannot be let go of yet"),
        }
    }
}

impl Forgetting {
    async fn forget(&mut self) -> Result<(), StoreError> {
        while !self.stop.is_cancelled() && self.store.forget_named().await? {
            tokio::time::sleep(PAUSE).await;
        }
        let now = clock::monotonic();
        let ran = now.0.saturating_sub(self.told.0);
        self.told = now;
        if self.store.move_retention(clock::now(), ran).await? {
            self.forget_old().await?;
        }
        let mut left = self.store.words_left(clock::now()).await?;
        while !self.stop.is_cancelled()
            && let Some(words) = left
        {
            left = self.store.forget_words(words, MERGED_PAGES, clock::now()).await?;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    async fn forget_old(&mut self) -> Result<(), StoreError> {
        let mut after = Some(ConversationId(0));
        while let Some(conversation) = after
            && !self.stop.is_cancelled()
        {
            after = self.store.forget_messages(conversation).await?;
            tokio::time::sleep(PAUSE).await;
        }
        while !self.stop.is_cancelled()
            && let Some(webhook) = self.store.forget_webhooks(self.webhooks).await?
        {
            self.webhooks = webhook;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }
}
