//! How many sends arrive at Meta in any sliding second, and how close the rate comes to the best one possible.

use super::{NO_STATUSES, Network, RoundTrips, meta};
use std::time::Duration;
use tokio::time::sleep;
use twinbox_domain::NumberId;
use twinbox_protocol::{ConversationFilter, GetOverview, ListConversations, PauseSending, ResumeSending, RowCursor};
use twinbox_simulator::{Customer, CustomerMessage, Outcome};
use twinbox_tests::desk::{Desk, Setup};

/// The first burst is free: what counts is how fast permits come back.
const WARM_UP: Duration = Duration::from_secs(4);
const MEASURED: Duration = Duration::from_secs(45);

pub(super) fn shop() -> NumberId {
    NumberId::from("106540352242922")
}

pub(super) async fn measure(cap: u32, network: Network, round_trips: &RoundTrips) -> anyhow::Result<()> {
    let meta = meta(Some(network), NO_STATUSES).await?;
    let setup = Setup {
        mps: cap,
        ..Setup::default()
    };
    let desk = Desk::resume(meta, tempfile::tempdir()?, setup).await?;
    // The queue never runs dry: what straggles in at its end is no sign of the pace.
    let sends = cap * u32::try_from((WARM_UP + MEASURED).as_secs() + 3).unwrap_or(u32::MAX);
    desk.ask(PauseSending { number: shop() }).await?;
    for row in customers(&desk, sends as usize).await? {
        desk.send(row, "Your order is ready.").await?;
    }
    desk.ask(ResumeSending { number: shop() }).await?;
    sleep(WARM_UP).await;
    let (from, answered) = (desk.meta.now_micros(), round_trips.count());
    sleep(MEASURED).await;
    let (to, mean) = (desk.meta.now_micros(), round_trips.mean_since(answered));
    report(&desk, cap, network, (from, to), mean);
    desk.stop().await?;
    Ok(())
}

/// So many customers write; their conversations.
pub(super) async fn customers(desk: &Desk, count: usize) -> anyhow::Result<Vec<twinbox_domain::ConversationId>> {
    for n in 0..count {
        let customer = Customer::new(format!("4915112{n:05}"), format!("Customer {n}"));
        desk.meta
            .customer_writes(customer, CustomerMessage::Text("hi".to_owned()));
    }
    while desk.ask(GetOverview {}).await?.conversations < count as u64 {
        sleep(Duration::from_millis(100)).await;
    }
    let (mut conversations, mut before) = (Vec::new(), None);
    loop {
        let call = ListConversations {
            filter: ConversationFilter::All,
            before,
            limit: 200,
        };
        let page = desk.ask(call).await?;
        conversations.extend(page.items.iter().map(|row| row.id));
        before = page.items.last().map(|row| RowCursor {
            last_at: row.last_at,
            id: row.id,
        });
        if !page.more {
            return Ok(conversations);
        }
    }
}

/// When sends were accepted, in order.
fn arrivals(desk: &Desk) -> Vec<u64> {
    let ledger = desk.meta.ledger().into_iter();
    let accepted = ledger.filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }));
    let mut arrivals: Vec<u64> = accepted.map(|entry| entry.at_micros).collect();
    arrivals.sort_unstable();
    arrivals
}

fn report(desk: &Desk, cap: u32, network: Network, (from, to): (u64, u64), mean: Duration) {
    let arrivals = arrivals(desk);
    let within = |first: u64| arrivals.partition_point(|at| *at < first + 1_000_000);
    let worst = arrivals.iter().enumerate().map(|(n, first)| within(*first) - n).max();
    let counted = arrivals.iter().filter(|at| (from..to).contains(*at)).count();
    let rate = counted as f64 / ((to - from) as f64 / 1e6);
    let best = f64::from(cap) / (1.0 + mean.as_secs_f64());
    println!(
        "  N = {cap}, {}: {} sends, worst sliding second {}, {rate:.3}/s = {:.2} % of the best rate under the promise \
         ({best:.3}/s, mean round trip {:.0} ms)",
        network.name,
        arrivals.len(),
        worst.unwrap_or_default(),
        rate / best * 100.0,
        mean.as_secs_f64() * 1000.0,
    );
}
