//! `twinbox-simulator`: Meta on localhost, for developing without a number.
//!
//! Prints one line with its Graph address on stdout once it listens; everything else is logged to stderr (`RUST_LOG`).

use anyhow::Context as _;
use clap::Parser;
use std::{net::SocketAddr, time::Duration};
use tokio::{signal, time};
use tracing_subscriber::EnvFilter;
use twinbox_simulator::{Config, Delivery, HistorySize, Latency, Setting, Simulator, StatusDelays, Throughput};

/// Meta on localhost: the Cloud API as a number in coexistence sees it, with customers that live.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where Graph and the control routes (/_sim/...) listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Where webhooks are posted (http). Without one they wait for POST /_sim/webhook.
    #[arg(long, default_value = "")]
    webhook_url: String,
    /// Signs the webhooks.
    #[arg(long, env = "TWINBOX_APP_SECRET", hide_env_values = true)]
    app_secret: String,
    /// Sent when the webhook address is verified.
    #[arg(long, env = "TWINBOX_VERIFY_TOKEN", hide_env_values = true)]
    verify_token: String,
    /// The app's id.
    #[arg(long, default_value = "670843887433847")]
    app_id: String,
    /// Where the login dialog may send browsers; several times for several. Without it: anywhere on the web.
    #[arg(long = "redirect-uri")]
    redirect_uris: Vec<String>,
    /// A token that never expires.
    #[arg(long, env = "TWINBOX_ACCESS_TOKEN", hide_env_values = true)]
    access_token: String,
    /// Most accepted messages in any second.
    #[arg(long, default_value_t = 5)]
    mps: u32,
    /// Messages that are received count for --mps, too.
    #[arg(long)]
    mps_counts_received: bool,
    /// How many different people can be written to outside of the window in 24 hours.
    #[arg(long)]
    new_people_a_day: Option<u32>,
    /// Who lives, and what was said before.
    #[arg(long, value_enum, default_value_t)]
    world: Setting,
    /// How many customers write by themselves, if other than the world's.
    #[arg(long)]
    people: Option<u32>,
    /// How many messages the past has, if other than the world's; rounded up to a multiple of the chats.
    #[arg(long)]
    messages: Option<u32>,
    /// How many chats the past has, if other than the world's.
    #[arg(long)]
    chats: Option<u32>,
    /// How many messages of the past one webhook tells at most.
    #[arg(long)]
    chunk_messages: Option<u32>,
    /// Makes a run repeatable: ids, delays, and what customers do. Without one, every run has its own (it is logged).
    #[arg(long)]
    seed: Option<u64>,
    /// The number's Graph node.
    #[arg(long, default_value = "106540352242922")]
    phone_number_id: String,
    /// The number, digits only.
    #[arg(long, default_value = "15550783881")]
    display_phone_number: String,
    /// The account of the number.
    #[arg(long, default_value = "102290129340398")]
    waba_id: String,
    /// A fault from the start, as the JSON of a POST /_sim/faults; can be given several times.
    #[arg(long)]
    fault: Vec<String>,
    /// The number is not connected at the start: somebody has to sign up.
    #[arg(long)]
    disconnected: bool,
    /// The app is not subscribed to the account at the start.
    #[arg(long)]
    unsubscribed: bool,
    /// A webhook that is not answered 200 is given up after so many seconds.
    #[arg(long, default_value_t = 7 * 24 * 60 * 60)]
    webhook_age_seconds: u64,
}

impl Arguments {
    fn history(&self) -> HistorySize {
        let usual = self.world.history();
        let chats = self.chats.unwrap_or(usual.chats);
        let each = |messages: u32| messages.div_ceil(chats.max(1));
        HistorySize {
            chats,
            messages_each: self.messages.map_or(usual.messages_each, each),
            chunk_messages: self.chunk_messages.unwrap_or(usual.chunk_messages),
        }
    }

    fn into_config(self) -> Config {
        Config {
            history: self.history(),
            listen: self.listen,
            webhook_url: self.webhook_url,
            app_secret: self.app_secret,
            verify_token: self.verify_token,
            app_id: self.app_id,
            redirect_uris: self.redirect_uris,
            access_token: self.access_token,
            phone_number_id: self.phone_number_id,
            display_phone_number: self.display_phone_number,
            waba_id: self.waba_id,
            portfolio: 0,
            is_connected: !self.disconnected,
            mps: self.mps,
            throughput: if self.mps_counts_received {
                Throughput::SentAndReceived
            } else {
                Throughput::Sent
            },
            new_people_a_day: self.new_people_a_day,
            people: self.people.unwrap_or(self.world.people()),
            // One of 6 digits is easily typed again.
            seed: self.seed.unwrap_or_else(|| fastrand::u64(100_000..1_000_000)),
            latency: Latency::round_trip(Duration::from_millis(20), Duration::from_millis(60)),
            status_delays: StatusDelays {
                sent: Some(Duration::from_millis(150)),
                delivered: Some(Duration::from_millis(600)),
                read: Some(Duration::from_millis(2500)),
            },
            webhook_retry: Duration::from_secs(1),
            delivery: Delivery {
                is_subscribed: !self.unsubscribed,
                longest_age: Duration::from_secs(self.webhook_age_seconds),
                ..Delivery::default()
            },
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let mut arguments = Arguments::parse();
    let faults = std::mem::take(&mut arguments.fault);
    let config = arguments.into_config();
    tracing::info!("the seed of this run is {}", config.seed);
    let has_address = !config.webhook_url.is_empty();
    let simulator = Simulator::start(config)
        .await
        .context("the simulator could not start")?;
    for fault in &faults {
        let added = simulator.add_fault_json(fault);
        added.map_err(|sentence| anyhow::anyhow!("--fault {fault}: {sentence}"))?;
    }
    announce(&simulator.graph_url());
    tokio::select! {
        stopped = stop_signal() => stopped,
        () = verify_until_passed(&simulator), if has_address => stop_signal().await,
    }
    .context("signals cannot be received")?;
    simulator.stop().await;
    Ok(())
}

/// The business may start after Meta, so the challenge is repeated. Webhooks do not wait for it.
async fn verify_until_passed(simulator: &Simulator) {
    let mut pause = Duration::from_secs(1);
    while let Err(problem) = simulator.verify_webhook().await {
        tracing::warn!("the webhook address did not pass the challenge: {problem}");
        time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(60));
    }
    tracing::info!("the webhook address passed the challenge");
}

#[expect(clippy::print_stdout, reason = "scripts wait for this line to learn the address")]
fn announce(graph_url: &str) {
    println!("twinbox-simulator listens on {graph_url}");
}

/// Returns at ctrl-c, or when the system asks to end.
async fn stop_signal() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await
}
