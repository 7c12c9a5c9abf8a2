//! The demo: the app with a connected number whose customers are simulated, so that it can be tried without an account.
//!
//! Secrets are made up for each start and everything listens on this machine only. Data lie in `<target>/demo`.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::children::Child;
use crate::setup::{self, Need};
use crate::ui;
use crate::workspace::{self, Workspace};

/// How the demo is run.
#[derive(clap::Args)]
pub struct Options {
    /// Keep the conversations of the last demo
    #[arg(long)]
    keep: bool,
    /// Begin without a number, as with a new account
    #[arg(long)]
    connect: bool,
    /// Open no window: serve the UI and print its address for a browser
    #[arg(long)]
    browser: bool,
}

/// Runs the demo until its window is closed or Ctrl-C is pressed.
///
/// # Errors
/// When there is no display for the window, a build fails, or one of the two programs stops by itself.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    if !options.browser && !has_display() {
        bail!("there is no display for the window; `cargo xtask demo --browser` needs none");
    }
    let host = if options.browser { "twinbox-server" } else { "twinbox" };
    setup::ensure(if options.browser { &[] } else { &[Need::Shell] })?;
    ui::build(workspace)?;
    let programs = workspace.build_binaries(&[host, "twinbox-simulator"])?;
    let demo = Demo::prepare(workspace, options.keep)?;

    let is_interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed)).context("cannot watch for Ctrl-C")?;

    let mut simulator = demo.simulator(&programs, options.connect)?;
    let ui = options.browser.then(|| workspace.root.join("ui/dist"));
    let mut app = demo.host(&programs, host, ui, options.connect)?;
    let (data, meta) = (demo.data.display(), demo.graph_port);
    if options.connect {
        println!("no number is connected yet; the phone is at http://127.0.0.1:{meta}/phone; data: {data}");
    } else {
        println!("the number is connected and its customers are awake; data: {data}");
    }
    let mut address = options.browser.then(|| demo.data.join("api-token"));
    loop {
        if is_interrupted.load(Ordering::Relaxed) {
            // The terminal told them as well; they get the time to stop at a safe point.
            app.wait_or_end(Duration::from_secs(3));
            return Ok(());
        }
        if let Some(status) = app.ended()? {
            return status
                .success()
                .then_some(())
                .ok_or_else(|| anyhow!("{host} failed ({status})"));
        }
        if let Some(status) = simulator.ended()? {
            bail!("the simulator stopped by itself ({status})");
        }
        if let Some(token) = address.as_deref().and_then(read_token) {
            println!("open http://127.0.0.1:{}/#token={token}", demo.webhook_port);
            address = None;
        }
        sleep(Duration::from_millis(100));
    }
}

/// What both programs must agree on.
struct Demo {
    data: PathBuf,
    webhook_port: u16,
    graph_port: u16,
    app_secret: String,
    verify_token: String,
    access_token: String,
}

impl Demo {
    fn prepare(workspace: &Workspace, is_kept: bool) -> Result<Self> {
        let data = workspace.target.join("demo");
        if data.exists() && !is_kept {
            std::fs::remove_dir_all(&data).with_context(|| format!("cannot empty {}", data.display()))?;
        }
        std::fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
        let (webhook_port, graph_port) = two_free_ports()?;
        Ok(Self {
            data,
            webhook_port,
            graph_port,
            app_secret: secret()?,
            verify_token: secret()?,
            access_token: secret()?,
        })
    }

    fn simulator(&self, programs: &Path, is_new: bool) -> Result<Child> {
        let mut command = Command::new(programs.join(workspace::executable("twinbox-simulator")));
        command.args(["--listen", &format!("127.0.0.1:{}", self.graph_port)]);
        let webhooks = format!("http://127.0.0.1:{}/webhooks/meta", self.webhook_port);
        command.args(["--webhook-url", &webhooks]);
        // Not as arguments, which every user of this machine may read.
        command
            .env("TWINBOX_APP_SECRET", &self.app_secret)
            .env("TWINBOX_VERIFY_TOKEN", &self.verify_token)
            .env("TWINBOX_ACCESS_TOKEN", &self.access_token);
        if is_new {
            command.arg("--disconnected");
        }
        Child::start(command.args(["--mps", "5", "--world", "bike-shop"]))
    }

    /// The desktop app, or the server when there is a folder to serve the UI from.
    fn host(&self, programs: &Path, name: &str, ui: Option<PathBuf>, is_new: bool) -> Result<Child> {
        let mut command = Command::new(programs.join(workspace::executable(name)));
        if let Some(ui) = ui {
            command.arg("--ui-dir").arg(ui);
        }
        command
            .env("TWINBOX_DATA_DIR", &self.data)
            .env("TWINBOX_LISTEN", format!("127.0.0.1:{}", self.webhook_port))
            .env("TWINBOX_GRAPH_URL", format!("http://127.0.0.1:{}", self.graph_port))
            .env("TWINBOX_DIALOG_URL", format!("http://127.0.0.1:{}", self.graph_port))
            .env("TWINBOX_APP_ID", "670843887433847")
            .env("TWINBOX_CONFIG_ID", "1")
            .env("TWINBOX_APP_SECRET", &self.app_secret)
            .env("TWINBOX_VERIFY_TOKEN", &self.verify_token)
            .env("TWINBOX_USER", "Maya Lindqvist");
        if !is_new {
            command
                .env("TWINBOX_ACCESS_TOKEN", &self.access_token)
                .env("TWINBOX_PHONE_NUMBER_ID", "106540352242922")
                .env("TWINBOX_DISPLAY_PHONE_NUMBER", "15550783881")
                .env("TWINBOX_NUMBER_NAME", "Shop")
                .env("TWINBOX_MPS", "5");
        }
        Child::start(&mut command)
    }
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    std::env::consts::OS != "linux" || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Both are held open until both are known, so that they differ.
fn two_free_ports() -> Result<(u16, u16)> {
    let listen = || TcpListener::bind(("127.0.0.1", 0)).context("no free port on this machine");
    let (one, other) = (listen()?, listen()?);
    Ok((one.local_addr()?.port(), other.local_addr()?.port()))
}

/// 128 random bits, as hexadecimal digits.
fn secret() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn read_token(file: &Path) -> Option<String> {
    let token = std::fs::read_to_string(file).ok()?;
    let token = token.trim();
    (!token.is_empty()).then(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_32_digits_and_differ() {
        let (one, other) = (secret().unwrap(), secret().unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
    }
}
