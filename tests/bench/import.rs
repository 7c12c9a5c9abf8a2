//! A server of its own takes a history of a million messages while customers write: how fast it is in, the memory that
//! takes, and how long what is new waits. Needs the program in `TWINBOX_SERVER`; says so when it is missing.

use crate::{
    program::{memory_mb, peak_memory},
    quantile,
    simulator::{ask_for_history, big_world},
};
use anyhow::{bail, ensure};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use twinbox_tests::{
    desk::sign,
    server::until_healthy,
    webdriver::{PATIENCE, free_port, http_client},
};

const PAUSE: Duration = Duration::from_millis(250);
/// Nothing more of a history comes after this long.
const SETTLED: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(2);
/// New messages measured without a history beside them.
const ALONE: usize = 60;

pub(crate) async fn run() -> anyhow::Result<()> {
    let Some(program) = std::env::var_os("TWINBOX_SERVER") else {
        println!("import: skipped, TWINBOX_SERVER names no program to start");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let mut meta = big_world()?;
    let server = Server::start(Path::new(&program), folder.path(), &meta.address).await?;
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for n in 0..ALONE {
        alone.push(server.until_shown(n).await?);
    }
    meta.tell(&format!("{}/webhooks/meta", server.url))?;
    let database = Connection::open_with_flags(folder.path().join("twinbox.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let started = Instant::now();
    ask_for_history(&meta.address).await?;
    let (mut n, mut own_mb) = (ALONE, 0.0_f64);
    let (mut imported, mut took) = (0, Duration::ZERO);
    // Not all of what is posted becomes a message of its own, so the end is where no more come.
    while imported == 0 || started.elapsed() < took + SETTLED {
        beside.push(server.until_shown(n).await?);
        n += 1;
        // New ones stand in the same table.
        let stored = stored(&database)? - n;
        if stored > imported {
            (imported, took) = (stored, started.elapsed());
        }
        own_mb = own_mb.max(memory_mb(server.child.id(), "status", "RssAnon").unwrap_or(f64::NAN));
        tokio::time::sleep(PAUSE).await;
    }
    let took = took.as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "small")]
    let rate = imported as f64 / took;
    println!(
        "import: a history of {imported} messages in {took:.1} s, {rate:.0}/s; the server holds {own_mb:.0} MB of its own at most, with mapped pages of \
         files {}",
        peak_memory(server.child.id())
    );
    report("  a new message, posted until its list shows it, meanwhile", beside);
    report("  the same before the history", alone);
    Ok(())
}

/// Messages that are in; none was ever taken away.
fn stored(database: &Connection) -> anyhow::Result<usize> {
    let newest = "SELECT coalesce(max(id), 0) FROM message";
    let messages: i64 = database.query_row(newest, [], |row| row.get(0))?;
    Ok(usize::try_from(messages)?)
}

fn report(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share| quantile(&times, share);
    println!(
        "{what}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms of {}",
        at(0.5),
        at(0.95),
        at(1.0),
        times.len()
    );
}

struct Server {
    child: Child,
    url: String,
    token: String,
    http: reqwest::Client,
}

impl Server {
    async fn start(program: &Path, folder: &Path, graph_url: &str) -> anyhow::Result<Self> {
        let url = format!("http://127.0.0.1:{}", free_port()?);
        let child = Command::new(program)
            .arg("--data-dir")
            .arg(folder)
            .args(["--listen", url.trim_start_matches("http://")])
            .env("TWINBOX_APP_SECRET", "app-secret")
            .env("TWINBOX_ACCESS_TOKEN", "access-token")
            .env("TWINBOX_PHONE_NUMBER_ID", "106540352242922")
            .env("TWINBOX_DISPLAY_PHONE_NUMBER", "15550783881")
            .env("TWINBOX_GRAPH_URL", graph_url)
            .stdout(Stdio::null())
            .spawn()?;
        let mut server = Self {
            child,
            url,
            token: String::new(),
            http: http_client()?,
        };
        until_healthy(&server.http, &server.url, PATIENCE).await?;
        server.token = std::fs::read_to_string(folder.join("api-token"))?;
        Ok(server)
    }

    async fn call(&self, call: &str, arguments: Value) -> anyhow::Result<Value> {
        let request = self
            .http
            .post(format!("{}/api/call", self.url))
            .bearer_auth(&self.token);
        let answer = request.body(json!({ call: arguments }).to_string()).send().await?;
        Ok(answer.json().await?)
    }

    /// Milliseconds from posting a new message until the list shows it.
    async fn until_shown(&self, n: usize) -> anyhow::Result<f64> {
        let words = format!("new message {n}.");
        // Of now, so that it is on top of the list.
        let second = twinbox_engine::now().0 / 1000;
        let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
            "field": "messages", "value": {"messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550783881", "phone_number_id": "106540352242922"},
            "messages": [{"from": "4915112340000", "id": format!("wamid.new.{n}"),
                "timestamp": second.to_string(), "type": "text", "text": {"body": words}}]}}]}]})
        .to_string()
        .into_bytes();
        let started = Instant::now();
        let request = self
            .http
            .post(format!("{}/webhooks/meta", self.url))
            .header("X-Hub-Signature-256", sign(&body));
        let status = request.body(body).send().await?.status();
        ensure!(status == 200, "a webhook was answered {status}");
        loop {
            let page = self
                .call(
                    "list_conversations",
                    json!({"filter": "all", "before": null, "limit": 5}),
                )
                .await?;
            if page.to_string().contains(&words) {
                return Ok(started.elapsed().as_secs_f64() * 1000.0);
            }
            if started.elapsed() > Duration::from_secs(60) {
                bail!("a new message is not shown");
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
