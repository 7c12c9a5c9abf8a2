//! How many sends arrive at Meta in any sliding second, and how close the rate comes to the best one possible.

use std::time::Duration;
use twinbox_simulator::{Config, Customer, Latency, Outcome, Simulator, StatusDelays};
use twinbox_tests::desk::{Desk, Setup};

const SECONDS_OF_SENDS: u32 = 25;

pub(crate) async fn run() -> anyhow::Result<()> {
    for (cap, longest_ms) in [(5, 60), (5, 600), (20, 60), (20, 600)] {
        measure(cap, Duration::from_millis(longest_ms)).await?;
    }
    Ok(())
}

async fn measure(cap: u32, longest: Duration) -> anyhow::Result<()> {
    let round_trip = Latency::round_trip(longest / 3, longest);
    let never = StatusDelays {
        sent: None,
        delivered: None,
        read: None,
    };
    // Meta allows more than the cap here, so that a mistake shows as an arrival and not as a refusal.
    let meta = Simulator::start(Config {
        mps: 1000,
        latency: round_trip,
        status_delays: never,
        ..Config::for_tests("")
    })
    .await?;
    let setup = Setup {
        mps: cap,
        ..Setup::default()
    };
    let desk = Desk::resume(meta, tempfile::tempdir()?, setup).await?;
    let sends = cap * SECONDS_OF_SENDS;
    for n in 0..sends {
        let customer = Customer::new(format!("4915112{n:05}"), format!("Customer {n}"));
        desk.meta
            .customer_writes(customer, twinbox_simulator::CustomerMessage::Text("hi".to_owned()));
    }
    desk.until("every customer", async |desk| {
        let overview = desk.ask(twinbox_protocol::GetOverview {}).await.ok()?;
        (overview.conversations == u64::from(sends)).then_some(())
    })
    .await?;
    let mut before = None;
    loop {
        let call = twinbox_protocol::ListConversations {
            filter: twinbox_protocol::ConversationFilter::All,
            before,
            limit: 200,
        };
        let page = desk.ask(call).await?;
        for row in &page.items {
            desk.send(row.id, "Your order is ready.").await?;
        }
        before = page.items.last().map(|row| twinbox_protocol::RowCursor {
            last_at: row.last_at,
            id: row.id,
        });
        if !page.more {
            break;
        }
    }
    while desk.meta.ledger().len() < sends as usize {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    report(&desk, cap, longest);
    desk.stop().await?;
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "small")]
fn report(desk: &Desk, cap: u32, longest: Duration) {
    let ledger = desk.meta.ledger();
    let mut arrivals: Vec<u64> = ledger
        .iter()
        .filter(|entry| matches!(entry.outcome, Outcome::Accepted { .. }))
        .map(|entry| entry.at_micros)
        .collect();
    arrivals.sort_unstable();
    let worst = arrivals
        .iter()
        .enumerate()
        .map(|(n, first)| {
            arrivals
                .iter()
                .skip(n)
                .take_while(|at| **at < first + 1_000_000)
                .count()
        })
        .max()
        .unwrap_or_default();
    let first = arrivals.first().copied().unwrap_or_default();
    let last = arrivals.last().copied().unwrap_or_default();
    // The first burst is free: what counts is how fast permits come back.
    let rate = arrivals.len().saturating_sub(cap as usize) as f64 / ((last - first) as f64 / 1e6);
    let mean_round_trip = longest.as_secs_f64() * 2.0 / 3.0;
    let best = f64::from(cap) / (1.0 + mean_round_trip);
    println!(
        "pacer, cap {cap}, round trip {:.0} to {:.0} ms: {} sends, worst sliding second {worst}, {rate:.2}/s = {:.1} % of \
         the best rate under the promise ({best:.2}/s)",
        longest.as_secs_f64() * 1000.0 / 3.0,
        longest.as_secs_f64() * 1000.0,
        arrivals.len(),
        rate / best * 100.0,
    );
}
