//! An agent's reply that comes while a campaign to ten thousand people is on its way.

use super::{AT_ONCE, HEAVY_TAILED, enqueue_campaign, idle::until_arrived, meta, pace::customers};
use crate::quantile;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::sleep;
use twinbox_domain::ConversationId;
use twinbox_simulator::{Simulator, StatusDelays};
use twinbox_store::Store;
use twinbox_tests::desk::{Desk, Setup};

const PEOPLE: usize = 10_000;
const TRIES: usize = 50;

/// A Meta, a store, and everybody in it.
pub(super) struct Crowd {
    pub(super) meta: Simulator,
    pub(super) folder: TempDir,
    conversations: Vec<ConversationId>,
}

/// Everybody writes.
pub(super) async fn gather() -> anyhow::Result<Crowd> {
    let meta = meta(Some(HEAVY_TAILED), StatusDelays::every(Duration::from_millis(500))).await?;
    let desk = Desk::resume(meta, tempfile::tempdir()?, Setup::default()).await?;
    let conversations = customers(&desk, PEOPLE).await?;
    let (meta, folder) = desk.stop().await?;
    Ok(Crowd {
        meta,
        folder,
        conversations,
    })
}

impl Crowd {
    /// So many campaign messages to each.
    pub(super) async fn queue(&self, each: usize) -> anyhow::Result<()> {
        let store = Store::open(self.folder.path())?;
        for _ in 0..each {
            for chunk in self.conversations.chunks(AT_ONCE) {
                enqueue_campaign(&store, chunk).await?;
            }
        }
        Ok(())
    }
}

/// Replies at random moments, each to somebody whose campaign message waits as well.
pub(super) async fn replies(crowd: Crowd) -> anyhow::Result<Crowd> {
    crowd.queue(1).await?;
    let Crowd {
        meta,
        folder,
        conversations,
    } = crowd;
    let setup = Setup::default();
    let desk = Desk::resume(meta, folder, setup).await?;
    sleep(Duration::from_secs(5)).await;
    let (mut times, mut random) = (Vec::new(), fastrand::Rng::with_seed(1));
    for conversation in conversations.iter().rev().take(TRIES) {
        sleep(Duration::from_millis(random.u64(0..1000))).await;
        times.push(until_arrived(&desk, *conversation).await?);
    }
    times.sort_by(f64::total_cmp);
    println!(
        "  N = {}, {}: a reply behind a campaign of {PEOPLE} messages is at the receiver after {:.0} ms in the median, {:.0} ms at worst of \
         {TRIES}",
        setup.mps,
        HEAVY_TAILED.name,
        quantile(&times, 0.5),
        quantile(&times, 1.0),
    );
    let (meta, folder) = desk.stop().await?;
    Ok(Crowd {
        meta,
        folder,
        conversations,
    })
}
