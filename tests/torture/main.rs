//! `cargo xtask torture`: kills the server program at random points, thousands of times, while it sends and receives, and
//! then compares what its users were told with the simulated Meta's ledger.
//!
//! Every message whose queueing was acknowledged has to be sent once, or be shown as not sure or failed; none may be sent
//! twice, none may vanish; every webhook answered 200 has to be shown; and no second at the receiver may hold more than
//! the cap, whatever was killed in between.
#![allow(clippy::print_stdout, reason = "its output is the point")]

mod desk;
mod verdict;

use anyhow::{Context, Result, bail};
use desk::KilledDesk;
use std::path::PathBuf;
use verdict::Verdict;

/// What is asked for on the command line.
struct Wanted {
    /// How many kills in all.
    kills: u32,
    /// How many servers are tortured at once.
    at_once: u32,
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let program = std::env::var_os("TWINBOX_SERVER").context("TWINBOX_SERVER names no program to start")?;
    let wanted = wanted()?;
    println!(
        "torture: {} kills of {} servers, seed {}",
        wanted.kills, wanted.at_once, wanted.seed
    );
    let each = wanted.kills.div_ceil(wanted.at_once);
    let runs = (0..wanted.at_once).map(|run| {
        let program = PathBuf::from(&program);
        tokio::spawn(torture(program, each, wanted.seed.wrapping_add(u64::from(run))))
    });
    let mut all = Verdict::default();
    for run in runs.collect::<Vec<_>>() {
        all.add(run.await??);
    }
    println!("{all}");
    if all.is_clean() {
        Ok(())
    } else {
        bail!("the torture found a fault; the same --seed repeats what was asked for, not what was hit");
    }
}

async fn torture(program: PathBuf, kills: u32, seed: u64) -> Result<Verdict> {
    let mut desk = KilledDesk::new(program, seed).await?;
    for kill in 1..=kills {
        desk.live_and_die().await?;
        if kill % 50 == 0 {
            println!("torture: seed {seed}: {kill} of {kills} kills");
        }
    }
    desk.settle().await
}

fn wanted() -> Result<Wanted> {
    let mut wanted = Wanted {
        kills: 2000,
        at_once: 4,
        seed: fastrand::u64(1..1_000_000),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} wants a number"))?;
        match name.as_str() {
            "--kills" => wanted.kills = value.parse()?,
            "--at-once" => wanted.at_once = value.parse::<u32>()?.max(1),
            "--seed" => wanted.seed = value.parse()?,
            _ => bail!("unknown argument {name}; there are --kills, --at-once and --seed"),
        }
    }
    Ok(wanted)
}
