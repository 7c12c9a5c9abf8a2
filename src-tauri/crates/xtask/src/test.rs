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
    match window::why_not() {
        None => {
            window_test(workspace, &programs)?;
            println!("test: everything passed, nothing was skipped");
        }
        Some(reason) => println!("test: passed; SKIPPED the test of the real window (tests/e2e.rs): {reason}"),
    }
    Ok(())
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
