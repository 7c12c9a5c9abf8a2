//! `twinbox-server`, the program, in a process of its own.

use anyhow::bail;
use std::time::{Duration, Instant};

/// Waits until the server at `url` says that it is well.
///
/// # Errors
/// When it has not within `patience`.
pub async fn until_healthy(http: &reqwest::Client, url: &str, patience: Duration) -> anyhow::Result<()> {
    let began = Instant::now();
    while !matches!(http.get(format!("{url}/healthz")).send().await, Ok(answer) if answer.status() == 200) {
        if began.elapsed() > patience {
            bail!("the server does not listen");
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}
