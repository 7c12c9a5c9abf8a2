//! The send worker at the simulator's ledger: the cap, the rate, people before campaigns, an idle queue, and a long one.
//!
//! In real time, through the whole engine. Twenty thousand sends and the crates Twinbox is compared with follow in virtual
//! time: `tests/peers`.

mod crowd;
mod idle;
mod memory;
mod pace;
mod queue;
mod round_trips;

use futures_util::future::join_all;
use round_trips::RoundTrips;
use twinbox_domain::{ConversationId, Lane, Millis, Origin, Payload};
use twinbox_simulator::{Config, Delay, Fault, FaultRule, Simulator, StatusDelays};
use twinbox_store::{NewItem, Store};
use twinbox_tests::desk::new_id;

pub(crate) use memory::{HOST, serve};

/// Items handed over at once, which share a commit.
const AT_ONCE: usize = 1000;

pub(crate) async fn run() -> anyhow::Result<()> {
    let round_trips = RoundTrips::listen()?;
    println!("the engine and the simulator, in real time:");
    for cap in [5, 20] {
        for network in [HEAVY_TAILED, EVEN] {
            pace::measure(cap, network, &round_trips).await?;
        }
    }
    idle::measure().await?;
    let crowd = crowd::gather().await?;
    let crowd = crowd::replies(crowd).await?;
    memory::measure(crowd).await?;
    for people in [20_000, 200] {
        queue::measure(people).await?;
    }
    Ok(())
}

/// How requests travel.
#[derive(Clone, Copy)]
struct Network {
    name: &'static str,
    /// Each way.
    way: Delay,
}

/// As `tests/peers` has it.
const HEAVY_TAILED: Network = Network {
    name: "30 ms heavy-tailed",
    way: Delay::HeavyTail {
        median_ms: 15,
        p99_ms: 300,
    },
};

const EVEN: Network = Network {
    name: "300 ms, give or take 100",
    way: Delay::Uniform {
        min_ms: 100,
        max_ms: 200,
    },
};

/// A Meta that allows more than any cap here, so that a mistake shows as an arrival and not as a refusal.
async fn meta(network: Option<Network>, status_delays: StatusDelays) -> anyhow::Result<Simulator> {
    let meta = Simulator::start(Config {
        mps: 1000,
        status_delays,
        ..Config::for_tests("")
    })
    .await?;
    if let Some(Network { way, .. }) = network {
        let latency = Fault::Latency { there: way, back: way };
        meta.add_fault(FaultRule::often("messages", latency, 1.0));
    }
    Ok(meta)
}

/// Nothing is told of what was sent.
const NO_STATUSES: StatusDelays = StatusDelays {
    sent: None,
    delivered: None,
    read: None,
};

/// One more message of a campaign to each, all handed over at once.
async fn enqueue_campaign(store: &Store, people: &[ConversationId]) -> anyhow::Result<()> {
    let item = |conversation: &ConversationId| NewItem {
        id: new_id(),
        conversation: *conversation,
        lane: Lane::Campaign,
        origin: Origin::Campaign,
        author: String::new(),
        payload: Payload::text("Our spring sale begins on Monday.".to_owned()),
        file: None,
        reply_to: None,
        at: Millis(1_750_000_000_000),
    };
    for done in join_all(people.iter().map(|one| store.enqueue(item(one)))).await {
        done?;
    }
    Ok(())
}
