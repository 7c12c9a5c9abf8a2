//! The compiler for `wasm32-unknown-unknown`: the one at hand, or Debian's own, which can build the standard library.
//!
//! Rustup's target is the ordinary way. Where rustup cannot reach it, Debian and Ubuntu machines use the distribution's
//! compiler and its source of the standard library; only commands made here ever see that compiler.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup::{self, Need};
use crate::workspace::Workspace;

/// The target's name.
pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-19";
const DEBIAN_CLIPPY: &str = "/usr/bin/clippy-driver";

/// A way to compile for WebAssembly on this machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WasmCompiler {
    /// The toolchain in use has the target's standard library.
    Installed,
    /// Debian's compiler builds the standard library along with the UI.
    Debian,
}

impl WasmCompiler {
    /// Finds a compiler, or makes one available.
    ///
    /// # Errors
    /// When none is there and none could be installed.
    pub fn find_or_install() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        let added = process::run(Command::new("rustup").args(["target", "add", TARGET]));
        if added.is_ok() && toolchain_has_target() {
            return Ok(Self::Installed);
        }
        if setup::is_debian_like() {
            println!("rustup cannot add {TARGET}; taking the distribution's compiler instead");
            setup::ensure(&[Need::DebianWasm])?;
        }
        match (Self::find(), added) {
            (Some(found), _) => Ok(found),
            (None, Err(error)) => Err(error.context(format!("no compiler for {TARGET}"))),
            (None, Ok(())) => bail!("no compiler for {TARGET}: the toolchain in use is not the one rustup added it to"),
        }
    }

    fn find() -> Option<Self> {
        if toolchain_has_target() {
            Some(Self::Installed)
        } else if debian_can_build_std() {
            Some(Self::Debian)
        } else {
            None
        }
    }

    /// Cargo with a subcommand, for this target, in a target folder of its own: the two compilers and the native build
    /// would otherwise throw out each other's work.
    pub fn cargo(self, workspace: &Workspace, subcommand: &str) -> Command {
        let mut cargo = workspace.cargo();
        cargo
            .args([subcommand, "--target", TARGET])
            .env("CARGO_TARGET_DIR", target_folder(workspace));
        if self == Self::Debian {
            cargo
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                // Libraries of rustup's toolchain, put there by the cargo that runs this task.
                .env_remove("LD_LIBRARY_PATH");
        }
        cargo
    }

    /// Lints a package; a warning is an error.
    ///
    /// # Errors
    /// When there is a lint to report, or the linter is missing and cannot be installed.
    pub fn clippy(self, workspace: &Workspace, package: &str) -> Result<()> {
        match self {
            Self::Installed => {
                let mut clippy = self.cargo(workspace, "clippy");
                process::run(clippy.args(["-p", package, "--", "-D", "warnings"]))
            }
            Self::Debian => {
                setup::ensure(&[Need::DebianWasmLints])?;
                let mut check = self.cargo(workspace, "check");
                // What `cargo clippy -- -D warnings` sets for its driver; Debian packages the driver without it.
                check
                    .env("RUSTC_WORKSPACE_WRAPPER", DEBIAN_CLIPPY)
                    .env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
                process::run(check.args(["-p", package]))
            }
        }
    }
}

/// Where the WebAssembly builds are kept.
pub fn target_folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("ui-wasm")
}

fn toolchain_has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    sysroot(Path::new(&rustc)).is_ok_and(|sysroot| sysroot.join("lib/rustlib").join(TARGET).is_dir())
}

fn debian_can_build_std() -> bool {
    let has_source =
        sysroot(Path::new(DEBIAN_RUSTC)).is_ok_and(|sysroot| sysroot.join("lib/rustlib/src/rust/library/std").is_dir());
    has_source && Path::new(DEBIAN_LINKER).is_file() && has_minimum_version()
}

fn sysroot(rustc: &Path) -> Result<PathBuf> {
    let path = process::read(Command::new(rustc).args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(path.trim()))
}

/// An older release of the distribution's compiler may be installed; the workspace states the oldest it builds with.
fn has_minimum_version() -> bool {
    let version = process::read(Command::new(DEBIAN_RUSTC).arg("--version"));
    let found = version.context("no version").and_then(|text| minor_version(&text));
    let needed = minor_version(concat!("rustc ", env!("CARGO_PKG_RUST_VERSION")));
    matches!((found, needed), (Ok(found), Ok(needed)) if found >= needed)
}

/// The `96` of `rustc 1.96.0 (ac68faa20 2026-05-25)`.
fn minor_version(text: &str) -> Result<u32> {
    let version = text.split_whitespace().nth(1).context("no version")?;
    let minor = version.split('.').nth(1).context("no minor version")?;
    minor.parse().context("the minor version is no number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minor_version_is_the_second_number() {
        assert_eq!(minor_version("rustc 1.96.0 (ac68faa20 2026-05-25)").unwrap(), 96);
        assert_eq!(minor_version("rustc 1.89").unwrap(), 89);
        assert!(minor_version("rustc").is_err());
    }
}
