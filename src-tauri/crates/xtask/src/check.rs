//! Formatting and lints, natively and for WebAssembly; a warning is an error.

use anyhow::Result;

use crate::process;
use crate::setup::{self, Need};
use crate::wasm::WasmCompiler;
use crate::workspace::Workspace;

/// Checks the workspace; stops at the first finding.
///
/// # Errors
/// When something is to be changed.
pub fn run(workspace: &Workspace) -> Result<()> {
    setup::ensure(&[Need::Shell])?;
    setup::ensure_cargo_parts(|| workspace.cargo())?;
    process::run(workspace.cargo().args(["fmt", "--all", "--check"]))?;
    let mut clippy = workspace.cargo();
    process::run(clippy.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;

    let wasm = WasmCompiler::find_or_install()?;
    // Alone, because the UI switches features on that these two must not need.
    process::run(
        wasm.cargo(workspace, "check")
            .args(["-p", "twinbox-domain", "-p", "twinbox-protocol"]),
    )?;
    wasm.clippy(workspace, "twinbox-ui")?;
    println!("check: nothing to change");
    Ok(())
}
