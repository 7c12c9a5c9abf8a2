//! `twinbox-server`: the engine for a team, without a window.

use anyhow::Context;
use clap::Parser;
use tracing_subscriber::EnvFilter;
use twinbox_server::{Arguments, Host, Settings};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_env("TWINBOX_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let settings = Settings::read(Arguments::parse(), None, |name| std::env::var(name).ok())?;
    let host = Host::start(settings).await?;
    stop_asked().await.context("cannot listen for the signal to stop")?;
    tracing::info!("stopping");
    host.stop().await?;
    Ok(())
}

/// Returns when the process is asked to stop.
async fn stop_asked() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
