//! Packages for this system: deb and rpm on Linux, the bundler's default elsewhere.
//!
//! Signs nothing and uploads nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::setup::{self, Need};
use crate::workspace::Workspace;
use crate::{process, ui, wasm};

/// The compiler emits these features of WebAssembly; the optimizer refuses them unless they are named.
const WASM_OPT_FLAGS: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the packages.
///
/// # Errors
/// When npm is missing (the bundler comes with it), or a build fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    setup::ensure(&[Need::Shell])?;
    ensure!(
        setup::is_on_path(NPX),
        "npm is missing: the bundler is its package @tauri-apps/cli"
    );
    let bound = ui::bind(workspace)?;
    let optimized = optimize(workspace, &bound)?;
    ui::publish(workspace, &optimized)?;

    let mut bundler = Command::new(NPX);
    bundler
        .current_dir(&workspace.root)
        .args(["--yes", "@tauri-apps/cli@2", "build"]);
    if std::env::consts::OS == "linux" {
        bundler.args(["--bundles", "deb,rpm"]);
    }
    process::run(&mut bundler)?;
    println!("packages: {}", workspace.target.join("release/bundle").display());
    Ok(())
}

const NPX: &str = if cfg!(windows) { "npx.cmd" } else { "npx" };

/// A copy of the bound UI with its program made smaller.
fn optimize(workspace: &Workspace, bound: &Path) -> Result<PathBuf> {
    let folder = wasm::target_folder(workspace).join("optimized");
    let mut files = crate::dist::Files::default();
    files.add_folder(bound, "")?;
    files.write_to(&folder)?;
    let program = folder.join("ui_bg.wasm");
    let mut optimizer = Command::new(NPX);
    optimizer
        .args(["--yes", "--package", "binaryen", "wasm-opt"])
        .args(WASM_OPT_FLAGS)
        .arg(&program)
        .arg("-o")
        .arg(&program);
    process::run(&mut optimizer).context("cannot make the UI smaller")?;
    Ok(folder)
}
