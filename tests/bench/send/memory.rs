//! The memory of a host with a hundred thousand queued messages while it sends, in a process of its own.

use super::crowd::Crowd;
use crate::program::{Program, memory_mb, next_line, ready};
use anyhow::Context;
use std::{path::Path, time::Duration};
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
    let host = host_on(empty.path(), &crowd.meta.graph_url())?;
    sleep(SETTLES).await;
    let floor = memory(&host)?;
    drop(host);
    crowd.queue(MORE_EACH).await?;
    let host = host_on(crowd.folder.path(), &crowd.meta.graph_url())?;
    crowd
        .meta
        .set_webhook_url(format!("http://{}/webhooks/meta", host.address));
    sleep(SETTLES).await;
    let (before, sent) = (memory(&host)?, crowd.meta.ledger().len());
    sleep(SENDS_FOR).await;
    let (after, sent) = (memory(&host)?, crowd.meta.ledger().len() - sent);
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
    ready(host.address())?;
    next_line().await?;
    Ok(host.stop().await?)
}

fn host_on(folder: &Path, graph_url: &str) -> anyhow::Result<Program> {
    Program::start(&[HOST.as_ref(), folder.as_ref(), graph_url.as_ref()])
}

/// What a process has in memory by itself, in megabytes, without the pages of files.
fn memory(host: &Program) -> anyhow::Result<f64> {
    memory_mb(host.id(), "status", "RssAnon").context("no RssAnon")
}
