//! Figures, each beside its floor and its peers, in one run: `cargo xtask bench [webhooks] [send] [search] [simulator]
//! [import] [window] [--messages N]`.
//!
//! Nothing is asserted here: a figure is for a person who knows the machine. Load goes to loopback only.
#![allow(clippy::print_stdout, reason = "its output is the point")]

mod import;
mod program;
mod search;
mod send;
mod simulator;
mod webhooks;
mod window;

/// Runs the benchmarks named on the command line, or all.
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut wanted: Vec<String> = std::env::args().skip(1).collect();
    let messages = match wanted.iter().position(|word| word == "--messages") {
        Some(at) => {
            let size = wanted.drain(at..).nth(1);
            size.and_then(|size| size.parse().ok())
                .ok_or_else(|| anyhow::anyhow!("--messages, the last option, needs a number"))?
        }
        None => 1_000_000,
    };
    if wanted.first().is_some_and(|first| first == simulator::BIG_WORLD) {
        return simulator::serve_big_world().await;
    }
    if wanted.first().is_some_and(|first| first == send::HOST) {
        return send::serve(wanted.get(1..).unwrap_or_default()).await;
    }
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|wish| wish == name);
    if runs("webhooks") {
        webhooks::run().await?;
    }
    if runs("send") {
        send::run().await?;
    }
    if runs("search") {
        search::run(messages).await?;
    }
    if runs("simulator") {
        simulator::run().await?;
    }
    if runs("import") {
        import::run().await?;
    }
    if runs("window") {
        window::run(messages).await?;
    }
    Ok(())
}

/// The value below which `share` (0 to 1) of the sorted `values` lie.
fn quantile(values: &[f64], share: f64) -> f64 {
    let last = values.len().saturating_sub(1);
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small"
    )]
    let at = (last as f64 * share).round() as usize;
    values.get(at).copied().unwrap_or_default()
}
