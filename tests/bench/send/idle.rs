//! How long a reply takes from the click to Meta's door while nothing else is sent.

use super::{NO_STATUSES, meta, pace::customers};
use crate::quantile;
use std::time::Duration;
use tokio::time::sleep;
use twinbox_domain::{ConversationId, OutboxId};
use twinbox_tests::desk::{Desk, Setup};

const TRIES: usize = 100;

pub(super) async fn measure() -> anyhow::Result<()> {
    let desk = Desk::resume(meta(None, NO_STATUSES).await?, tempfile::tempdir()?, Setup::default()).await?;
    let conversations = customers(&desk, TRIES).await?;
    // After a start every permit rests.
    sleep(Duration::from_millis(1500)).await;
    let mut times = Vec::new();
    for conversation in conversations {
        times.push(until_arrived(&desk, conversation).await?);
        // Every permit has rested before it is used again.
        sleep(Duration::from_millis(300)).await;
    }
    times.sort_by(f64::total_cmp);
    println!(
        "  idle, from the request to send until the first byte at the receiver: median {:.1} ms, p95 {:.1} ms, worst \
         {:.1} ms of {TRIES}",
        quantile(&times, 0.5),
        quantile(&times, 0.95),
        quantile(&times, 1.0),
    );
    desk.stop().await?;
    Ok(())
}

/// Milliseconds from the request to send a reply until Meta has the head of it.
pub(super) async fn until_arrived(desk: &Desk, conversation: ConversationId) -> anyhow::Result<f64> {
    let asked = desk.meta.now_micros();
    let id = desk.send(conversation, "On its way.").await?;
    let arrived = arrival(desk, id).await;
    Ok(arrived.saturating_sub(asked) as f64 / 1000.0)
}

async fn arrival(desk: &Desk, id: OutboxId) -> u64 {
    let id = id.to_string();
    loop {
        let ledger = desk.meta.ledger().into_iter().rev().take(200);
        let found = ledger
            .into_iter()
            .find(|entry| entry.callback_data.as_deref() == Some(&id));
        if let Some(entry) = found {
            return entry.at_micros;
        }
        sleep(Duration::from_millis(5)).await;
    }
}
