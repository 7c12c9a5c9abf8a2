//! Packages for this system: deb and rpm on Linux, all that the bundler makes elsewhere.
//!
//! Signs nothing and uploads nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::setup::{self, Need};
use crate::workspace::Workspace;
use crate::{dist, process, ui, wasm};

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
/// When npm is missing (the bundler comes with it), a build fails, or no package comes of it.
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
    let folder = workspace.target.join("release/bundle");
    let packages = packages(&folder)?;
    ensure!(
        !packages.is_empty(),
        "the bundler made no package in {}",
        folder.display()
    );
    for package in packages {
        println!("package: {}", package.display());
    }
    Ok(())
}

/// How packages are named, each in the folder of its kind.
const PACKAGES: [&str; 5] = ["deb", "rpm", "dmg", "msi", "exe"];

/// The packages in the bundler's folder.
fn packages(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_package = |path: &PathBuf| {
        path.extension()
            .is_some_and(|it| PACKAGES.iter().any(|kind| it == *kind))
    };
    let mut packages: Vec<PathBuf> = dist::files_below(folder)?.into_iter().filter(is_package).collect();
    packages.sort();
    Ok(packages)
}

const NPX: &str = if cfg!(windows) { "npx.cmd" } else { "npx" };

/// A copy of the bound UI with its program made smaller.
fn optimize(workspace: &Workspace, bound: &Path) -> Result<PathBuf> {
    let folder = wasm::target_folder(workspace).join("optimized");
    let mut files = dist::Files::default();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_package_is_not_taken_for_one_with_packages() {
        let folder = tempfile::tempdir().unwrap();
        assert!(packages(&folder.path().join("none")).is_err());
        std::fs::create_dir(folder.path().join("deb")).unwrap();
        std::fs::write(folder.path().join("deb/control"), "").unwrap();
        assert!(packages(folder.path()).unwrap().is_empty());
        let package = folder.path().join("deb/Twinbox_0.1.0_amd64.deb");
        std::fs::write(&package, "").unwrap();
        assert_eq!(packages(folder.path()).unwrap(), [package]);
    }
}
