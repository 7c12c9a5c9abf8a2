//! Where things lie: the repository's root, cargo's target folder, the built programs.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The repository this task works on.
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, wherever configuration or environment put it.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo for the root and the target folder.
    ///
    /// # Errors
    /// When cargo cannot be run, or cannot read the workspace.
    pub fn find() -> Result<Self> {
        // At run time, not with `env!`: two checkouts that share a target folder share this program as well.
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
        let mut metadata = cargo_in(&package);
        let text = process::read(metadata.args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let metadata: serde_json::Value = serde_json::from_str(&text).context("cargo metadata is not JSON")?;
        let folder = |key: &str| {
            let path = metadata.get(key).and_then(serde_json::Value::as_str);
            path.map(PathBuf::from)
                .with_context(|| format!("cargo metadata has no {key}"))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
        })
    }

    /// Cargo at the workspace's root, with nothing left in its environment of the cargo that started this task.
    pub fn cargo(&self) -> Command {
        cargo_in(&self.root)
    }

    /// Builds programs of the workspace in the `dev` profile and returns the folder they lie in.
    ///
    /// The whole workspace is selected, so that features (and with them the built dependencies) are those of
    /// `cargo test --workspace`.
    ///
    /// # Errors
    /// When the build fails.
    pub fn build_binaries(&self, names: &[&str]) -> Result<PathBuf> {
        let mut build = self.cargo();
        build.args(["build", "--workspace"]);
        for name in names {
            build.args(["--bin", name]);
        }
        process::run(&mut build)?;
        Ok(self.target.join("debug"))
    }

    /// The version of a package in `Cargo.lock`; the first one if there are several.
    ///
    /// # Errors
    /// When the lock file cannot be read or has no such package.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        version_in_lock(&lock, package)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock has no package {package}"))
    }
}

/// The file name of a program on this system.
pub fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

fn version_in_lock<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let (_, entry) = lock.split_once(&format!("name = \"{package}\"\n"))?;
    let (_, rest) = entry.split_once("version = \"")?;
    rest.split_once('"').map(|(version, _)| version)
}

/// `cargo run` describes *this* package in the environment; some build scripts would take that for their own and
/// rebuild at each change between the two ways of starting cargo.
fn cargo_in(folder: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut cargo = Command::new(program);
    cargo.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        let described = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || matches!(
                    name,
                    "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "OUT_DIR"
                )
        });
        if described {
            cargo.env_remove(name);
        }
    }
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package_is_read_from_its_own_entry() {
        let lock =
            "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(version_in_lock(lock, "a"), Some("2.0.0"));
        assert_eq!(version_in_lock(lock, "b"), None);
    }
}
