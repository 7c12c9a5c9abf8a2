//! What arrives at a receiver when Twinbox's pacer or a crate that limits rates decides when a full queue sends: the worst
//! sliding second, and the rate.
//!
//! Everything runs on tokio's paused clock, so an hour of sending takes a moment. The limiters are asked in turn, with the
//! same way there and back for the n-th message, by the same loop: ask, make the request beside, ask again. Each crate is
//! used in the two ways it offers for "N a second": with N at once, and one at a time evenly spaced.

mod limiters;
mod network;

use anyhow::Context;
use limiters::Limiter;
use network::{Network, Trip};
use std::{cell::RefCell, rc::Rc, time::Duration};
use tokio::{
    task::LocalSet,
    time::{Instant, sleep},
};

const SENDS: usize = 20_000;

/// Prints a line for each limiter, at each cap and each network.
pub(crate) fn run() -> anyhow::Result<()> {
    let networks = [
        Network::heavy_tailed("30 ms heavy-tailed", 15.0, 300.0),
        Network::even("300 ms, give or take 100", 100, 200),
    ];
    println!("{SENDS} sends in virtual time, worst sliding second and rate at the receiver:");
    for cap in [5, 20] {
        for network in &networks {
            let trips = network.trips(SENDS);
            let mean = trips.iter().map(Trip::round).sum::<Duration>() / SENDS as u32;
            let best = f64::from(cap) / (1.0 + mean.as_secs_f64());
            println!(
                "  N = {cap}, {} (mean round trip {:.0} ms), best rate under the promise {best:.3}/s",
                network.name,
                mean.as_secs_f64() * 1000.0
            );
            for (name, make) in limiters::ALL {
                let (worst, rate) = measure(make(cap), &trips)?;
                let share = rate / best * 100.0;
                let verdict = if worst <= cap as usize { "" } else { "  over the cap" };
                println!("    {name:<34} worst {worst:>3}   {rate:>7.3}/s   {share:>6.2} %{verdict}");
            }
        }
    }
    Ok(())
}

/// The most arrivals in a second, and the rate up to the last departure: what straggles in after it is no sign of the pace.
fn measure(limiter: Limiter, trips: &[Trip]) -> anyhow::Result<(usize, f64)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    let (mut arrivals, end) = LocalSet::new().block_on(&runtime, drive(limiter, trips));
    arrivals.sort_unstable();
    let worst = worst_second(&arrivals);
    let first = *arrivals.first().context("nothing arrived")?;
    let counted = arrivals.iter().filter(|at| **at <= end).count();
    Ok((worst, counted as f64 / (end - first).as_secs_f64()))
}

async fn drive(mut limiter: Limiter, trips: &[Trip]) -> (Vec<Instant>, Instant) {
    let arrivals = Rc::new(RefCell::new(Vec::with_capacity(trips.len())));
    let mut requests = Vec::with_capacity(trips.len());
    let mut last = Instant::now();
    for trip in trips {
        let permit = limiter.wait().await;
        last = Instant::now();
        let (trip, arrivals) = (*trip, Rc::clone(&arrivals));
        requests.push(tokio::task::spawn_local(async move {
            sleep(trip.there).await;
            arrivals.borrow_mut().push(Instant::now());
            sleep(trip.back).await;
            permit.answered();
        }));
    }
    for request in requests {
        drop(request.await);
    }
    (arrivals.take(), last)
}

/// Most of the sorted `arrivals` within any second, its end not counted.
fn worst_second(arrivals: &[Instant]) -> usize {
    let (mut worst, mut from) = (0, 0);
    for (n, at) in arrivals.iter().enumerate() {
        while *at - arrivals[from] >= Duration::from_secs(1) {
            from += 1;
        }
        worst = worst.max(n + 1 - from);
    }
    worst
}
