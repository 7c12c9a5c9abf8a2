//! The memory of a host with a hundred thousand queued messages while it sends, in a process of its own.

use super::crowd::Crowd;
use anyhow::Context;
use std::{
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    time::Duration,
};
use tokio::time::sleep;
use twinbox_server::{Host, Settings};
use twinbox_tests::desk::{Setup, engine_settings};

/// The argument that makes this program the host.
pub(crate) const HOST: &str = "send-host";

/// Beside the campaign that is queued already.
const MORE_EACH: usize = 9;
const SETTLES: Duration = Duration::from_secs(10);
const SENDS_FOR: Duration = Duration::from_secs(60);

pub(super) async fn measure(crowd: Crowd) -> anyhow::Result<()> {
    let empty = tempfile::tempdir()?;
    let host = Program::start(empty.path(), &crowd.meta.graph_url())?;
    sleep(SETTLES).await;
    let floor = host.memory()?;
    drop(host);
    crowd.queue(MORE_EACH).await?;
    let host = Program::start(crowd.folder.path(), &crowd.meta.graph_url())?;
    crowd
        .meta
        .set_webhook_url(format!("http://{}/webhooks/meta", host.address));
    sleep(SETTLES).await;
    let (before, sent) = (host.memory()?, crowd.meta.ledger().len());
    sleep(SENDS_FOR).await;
    let (after, sent) = (host.memory()?, crowd.meta.ledger().len() - sent);
    println!(
        "  memory of a host with 100000 queued messages: {before:.1} MB, after {sent} sends {after:.1} MB; with an empty queue \
         {floor:.1} MB"
    );
    Ok(())
}

/// The other program: a host that sends until its input ends.
pub(crate) async fn serve(arguments: &[String]) -> anyhow::Result<()> {
    let (folder, graph_url) = (
        arguments.first().context("no folder")?,
        arguments.get(1).context("no Meta")?,
    );
    let host = Host::start(Settings {
        data_dir: folder.into(),
        listen: ([127, 0, 0, 1], 0).into(),
        ui_dir: None,
        user: "Maya Lindqvist".to_owned(),
        returns_to_app: false,
        engine: engine_settings(graph_url, Setup::default()),
    })
    .await?;
    println!("{}", host.address());
    std::io::stdout().flush()?;
    tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    Ok(host.stop().await?)
}

struct Program {
    child: Child,
    address: String,
    /// It stops when this closes.
    input: Option<ChildStdin>,
}

impl Program {
    fn start(folder: &Path, graph_url: &str) -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(HOST)
            .args([folder.as_os_str(), graph_url.as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        let output = child.stdout.take().context("no output")?;
        BufReader::new(output).read_line(&mut address)?;
        let input = child.stdin.take();
        let address = address.trim().to_owned();
        Ok(Self { child, address, input })
    }

    /// What it has in memory by itself, in megabytes, without the pages of files.
    fn memory(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let anonymous = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes = anonymous.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        Ok(kilobytes.context("no RssAnon")? / 1000.0)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.input.take());
        drop(self.child.wait());
    }
}
