//! How fast a webhook is durably acknowledged.

use crate::quantile;
use futures_util::future::join_all;
use std::{
    io::Write,
    time::{Duration, Instant},
};
use twinbox_tests::desk::{Desk, sign};

const CLIENTS: usize = 64;
const EACH: usize = 100;
const STEADY_PER_SECOND: u32 = 200;
const STEADY_FOR: Duration = Duration::from_secs(10);

fn body(n: usize) -> Vec<u8> {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102290129340398","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550783881","phone_number_id":"106540352242922"}},"contacts":[{{"profile":{{"name":"Customer {who}"}},"wa_id":"49151{who:06}","user_id":"DE.{who}"}}],"messages":[{{"from":"49151{who:06}","from_user_id":"DE.{who}","id":"wamid.bench.{n}","timestamp":"1749416383","type":"text","text":{{"body":"Is the oak bench with the rounded corners still there, and does it fit on a truck?"}}}}]}}}}]}}]}}"#,
        who = n % 500
    )
    .into_bytes()
}

pub(crate) async fn run() -> anyhow::Result<()> {
    println!("webhooks, {CLIENTS} clients at once, {} posts each", EACH);
    let desk = Desk::new().await?;
    let client = reqwest::Client::new();
    let plain = Instant::now();
    let health = desk.url("/healthz");
    join_all((0..CLIENTS).map(|_| async {
        for _ in 0..EACH {
            drop(client.get(&health).send().await);
        }
    }))
    .await;
    report(
        "  floor: the same server without a webhook (/healthz)",
        CLIENTS * EACH,
        plain.elapsed(),
    );

    let url = desk.url("/webhooks/meta");
    let started = Instant::now();
    let statuses = join_all((0..CLIENTS).map(|c| {
        let (client, url) = (&client, &url);
        async move {
            let mut refused = 0;
            for n in 0..EACH {
                refused += usize::from(!post(client, url, c * EACH + n).await);
            }
            refused
        }
    }))
    .await;
    report(
        "  Twinbox: verified, journaled, committed, answered",
        CLIENTS * EACH,
        started.elapsed(),
    );
    println!("    not answered 200: {}", statuses.into_iter().sum::<usize>());
    flush_floor(&desk)?;

    steady(&client, &url).await;
    Ok(())
}

async fn post(client: &reqwest::Client, url: &str, n: usize) -> bool {
    let body = body(n);
    let signature = sign(&body);
    let sent = client
        .post(url)
        .header("X-Hub-Signature-256", signature)
        .body(body)
        .send()
        .await;
    sent.is_ok_and(|answer| answer.status() == 200)
}

/// What the disk alone allows when every webhook is flushed by itself.
fn flush_floor(desk: &Desk) -> anyhow::Result<()> {
    let mut file = std::fs::File::create(desk.folder().join("floor"))?;
    let started = Instant::now();
    const WRITES: usize = 300;
    for n in 0..WRITES {
        file.write_all(&body(n))?;
        file.sync_data()?;
    }
    report(
        "  peer: appending to a file, flushed for each webhook",
        WRITES,
        started.elapsed(),
    );
    Ok(())
}

/// An open loop: posts start on time, whether those before were answered or not.
async fn steady(client: &reqwest::Client, url: &str) {
    let pause = Duration::from_secs(1) / STEADY_PER_SECOND;
    let posts = STEADY_PER_SECOND * u32::try_from(STEADY_FOR.as_secs()).unwrap_or_default();
    let start = tokio::time::Instant::now();
    let times = join_all((0..posts).map(|n| async move {
        tokio::time::sleep_until(start + pause * n).await;
        let started = Instant::now();
        let ok = post(client, url, 1_000_000 + n as usize).await;
        ok.then(|| started.elapsed().as_secs_f64() * 1000.0)
    }))
    .await;
    let mut answered: Vec<f64> = times.iter().flatten().copied().collect();
    answered.sort_by(f64::total_cmp);
    println!(
        "  at {STEADY_PER_SECOND}/s for {} s: {} of {posts} answered 200, median {:.1} ms, p99 {:.1} ms, worst {:.1} ms",
        STEADY_FOR.as_secs(),
        answered.len(),
        quantile(&answered, 0.5),
        quantile(&answered, 0.99),
        quantile(&answered, 1.0),
    );
}

fn report(what: &str, count: usize, took: Duration) {
    #[allow(clippy::cast_precision_loss, reason = "small")]
    let rate = count as f64 / took.as_secs_f64();
    println!("{what}: {rate:.0}/s");
}
