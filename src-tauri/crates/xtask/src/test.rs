//! Every test: the crates', the scenarios, and the one that drives the real window on a display of its own.

use std::process::Command;

use anyhow::Result;

use crate::setup::{self, Need};
use crate::workspace::{self, Workspace};
use crate::{process, ui};

/// Tells the window test which program to start; without it that test says that it is skipped.
const APP_VARIABLE: &str = "TWINBOX_E2E_APP";

/// Runs all tests this machine can run, and names those it cannot.
///
/// # Errors
/// At the first command that fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    setup::ensure(&[Need::Shell, Need::WindowTest])?;
    // The shell embeds the UI.
    ui::build(workspace)?;
    process::run(workspace.cargo().args(["test", "--workspace"]).env_remove(APP_VARIABLE))?;
    match why_no_window() {
        None => {
            window_test(workspace)?;
            println!("test: everything passed, nothing was skipped");
        }
        Some(reason) => println!("test: passed; SKIPPED the test of the real window (tests/e2e.rs): {reason}"),
    }
    Ok(())
}

fn window_test(workspace: &Workspace) -> Result<()> {
    let folder = workspace.build_binaries(&["twinbox"])?;
    let cargo = workspace.cargo();
    let mut session = Command::new("dbus-run-session");
    session
        .args(["--", "xvfb-run", "-a", "-s", "-screen 0 1400x1000x24"])
        .arg(cargo.get_program())
        // The entire workspace is selected for the features the libraries were just built with.
        .args(["test", "--workspace", "--test", "e2e", "--", "--nocapture"])
        .current_dir(&workspace.root)
        .env(APP_VARIABLE, folder.join(workspace::executable("twinbox")))
        .env("GDK_BACKEND", "x11")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("NO_AT_BRIDGE", "1");
    for (name, value) in cargo.get_envs() {
        if value.is_none() {
            session.env_remove(name);
        }
    }
    process::run(&mut session)
}

fn why_no_window() -> Option<String> {
    if std::env::consts::OS != "linux" {
        return Some(format!(
            "no WebDriver for the system's webview on {}",
            std::env::consts::OS
        ));
    }
    let needed = ["WebKitWebDriver", "xvfb-run", "dbus-run-session"];
    let missing: Vec<&str> = needed.into_iter().filter(|name| !setup::is_on_path(name)).collect();
    (!missing.is_empty()).then(|| format!("missing {}", missing.join(", ")))
}
