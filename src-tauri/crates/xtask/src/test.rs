//! Every test: the crates', the scenarios, and the one that drives the real window on a display of its own.

use std::path::Path;

use anyhow::Result;

use crate::setup::{self, Need};
use crate::workspace::{self, Workspace};
use crate::{process, ui, window};

/// Tells the test of the server program which one to start; without it, it is skipped and says so.
pub const SERVER_VARIABLE: &str = "TWINBOX_SERVER";

/// Runs all tests this machine can run, and names those it cannot.
///
/// # Errors
/// At the first command that fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    setup::ensure(&[Need::Shell, Need::WindowTest])?;
    // The shell embeds the UI.
    ui::build(workspace)?;
    let programs = workspace.build_binaries(&["twinbox", "twinbox-server"])?;
    process::run(
        workspace
            .cargo()
            .args(["test", "--workspace"])
            .env(SERVER_VARIABLE, programs.join(workspace::executable("twinbox-server")))
            .env_remove(window::APP_VARIABLE),
    )?;
    let without_window = window::why_not();
    if without_window.is_none() {
        window_test(workspace, &programs)?;
    }
    let skipped = [
        ("the test of the real window (tests/e2e.rs)", without_window),
        (
            "the tests of the system's keychain (server/src/keychain.rs)",
            without_keychain(),
        ),
    ];
    println!("{}", summary(&skipped));
    Ok(())
}

/// Why the tests of the keychain skip themselves on this machine; `None` when they run, and where there are none.
fn without_keychain() -> Option<String> {
    let needed = ["gnome-keyring-daemon", "dbus-run-session", "dbus-daemon"];
    setup::missing_programs(&needed).filter(|_| std::env::consts::OS == "linux")
}

/// The last line: what ran, and what did not.
fn summary(skipped: &[(&str, Option<String>)]) -> String {
    let skipped: Vec<String> = skipped
        .iter()
        .filter_map(|(tests, reason)| Some(format!("{tests}: {}", reason.as_ref()?)))
        .collect();
    match skipped.is_empty() {
        true => "test: everything passed, nothing was skipped".to_owned(),
        false => format!("test: passed; SKIPPED {}", skipped.join("; and ")),
    }
}

fn window_test(workspace: &Workspace, programs: &Path) -> Result<()> {
    let mut session = window::own_display(workspace, &workspace.cargo());
    session
        // The entire workspace is selected for the features the libraries were just built with.
        .args(["test", "--workspace", "--test", "e2e"])
        // What failed is at the end then, in one line.
        .env("RUST_LIB_BACKTRACE", "0")
        .env(window::APP_VARIABLE, programs.join(workspace::executable("twinbox")));
    process::run(&mut session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_counts_as_run_that_was_skipped() {
        let summary_of = |reason: Option<&str>| summary(&[("one", None), ("another", reason.map(str::to_owned))]);
        assert_eq!(summary_of(None), "test: everything passed, nothing was skipped");
        assert_eq!(
            summary_of(Some("missing programs: it")),
            "test: passed; SKIPPED another: missing programs: it"
        );
    }
}
