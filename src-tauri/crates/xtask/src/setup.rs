//! What a command needs from the machine: installed here on Debian and Ubuntu, named elsewhere.
//!
//! Asks for the least: the UI alone needs no WebKit, only tests need a virtual display. Never removes or upgrades anything.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

/// One thing a command needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// To link the desktop shell.
    Shell,
    /// To compile the UI where rustup cannot add the target: Debian's own compiler, and the standard library's source.
    DebianWasm,
    /// To lint the UI with that compiler.
    DebianWasmLints,
    /// To run the app's window in a test.
    WindowTest,
}

impl Need {
    /// Package names of Debian 12 and later; Ubuntu has the same, except those of `DebianWasm`.
    const fn debian_packages(self) -> &'static [&'static str] {
        match self {
            Self::Shell => &[
                "build-essential",
                "pkg-config",
                "libwebkit2gtk-4.1-dev",
                "libayatana-appindicator3-dev",
                "librsvg2-dev",
                "libdbus-1-dev",
            ],
            Self::DebianWasm => &["rustc-web", "rust-web-src", "lld-19"],
            Self::DebianWasmLints => &["rust-web-clippy"],
            // xauth and dbus-daemon are what xvfb-run and dbus-run-session start; both are mere recommendations there.
            Self::WindowTest => &[
                "xvfb",
                "xauth",
                "dbus-daemon",
                "dbus-x11",
                "webkit2gtk-driver",
                "imagemagick",
                "fonts-noto-core",
                "fonts-noto-color-emoji",
                "xdg-utils",
                "gnome-keyring",
                "gstreamer1.0-plugins-good",
            ],
        }
    }
}

/// Installs what is missing (Debian, Ubuntu), or says what is needed and goes on (everywhere else).
///
/// # Errors
/// When an installation was tried and failed.
pub fn ensure(needs: &[Need]) -> Result<()> {
    if is_debian_like() {
        return install_missing(needs);
    }
    for need in needs {
        if let Some(note) = missing_elsewhere(*need) {
            println!("note: {note}");
        }
    }
    Ok(())
}

/// Whether packages can be installed with apt here: Debian, Ubuntu and what derives from them.
pub fn is_debian_like() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| names_debian(&text))
}

/// Makes sure that `cargo fmt` and `cargo clippy` exist; a minimal rustup installation lacks them.
///
/// # Errors
/// When one is missing and rustup cannot add it.
pub fn ensure_cargo_parts(cargo: impl Fn() -> Command) -> Result<()> {
    for (command, part) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if !process::succeeds(cargo().args([command, "--version"])) {
            process::run(Command::new("rustup").args(["component", "add", part]))
                .with_context(|| format!("`cargo {command}` is missing and could not be added"))?;
        }
    }
    Ok(())
}

fn install_missing(needs: &[Need]) -> Result<()> {
    let wanted: Vec<&str> = needs.iter().flat_map(|need| need.debian_packages()).copied().collect();
    let missing = missing_packages(&wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("missing packages: {}", missing.join(" "));
    let is_root = process::read(Command::new("id").arg("-u"))?.trim() == "0";
    if !is_root && !process::succeeds(Command::new("sudo").arg("--version")) {
        bail!(
            "neither root nor sudo here; as root, run: apt-get install {}",
            missing.join(" ")
        );
    }
    let apt = || {
        let mut command = Command::new(if is_root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    };
    process::run(apt().arg("update"))?;
    process::run(apt().args(["install", "-y", "--no-install-recommends"]).args(&missing))
}

fn missing_packages<'name>(wanted: &[&'name str]) -> Result<Vec<&'name str>> {
    // dpkg-query fails as soon as one name is unknown to it, and still lists the others: only its output counts.
    let output = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .context("cannot start dpkg-query")?;
    let listed = String::from_utf8_lossy(&output.stdout);
    Ok(not_installed(wanted, &listed))
}

fn not_installed<'name>(wanted: &[&'name str], listed: &str) -> Vec<&'name str> {
    let is_installed = |name: &str| {
        listed
            .lines()
            .any(|line| line.split_once(' ') == Some((name, "installed")))
    };
    wanted.iter().copied().filter(|name| !is_installed(name)).collect()
}

fn names_debian(os_release: &str) -> bool {
    let values = os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")));
    values
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .any(|id| id == "debian" || id == "ubuntu")
}

/// What a machine that is not Debian-like lacks, as far as that can be seen; `None` when nothing is to be said.
fn missing_elsewhere(need: Need) -> Option<String> {
    match (need, std::env::consts::OS) {
        (Need::Shell, "macos") => (!process::succeeds(Command::new("xcode-select").arg("-p")))
            .then(|| "the Command Line Tools are missing: xcode-select --install".to_owned()),
        (Need::Shell, "windows") => Some(
            "needs the WebView2 runtime (part of Windows 11) and the C++ workload of the Visual Studio Build Tools"
                .to_owned(),
        ),
        (Need::Shell, _) => missing_libraries(),
        (Need::WindowTest, "linux") => missing_programs(&[
            "WebKitWebDriver",
            "xvfb-run",
            "dbus-run-session",
            "dbus-daemon",
            "gnome-keyring-daemon",
        ]),
        (Need::WindowTest | Need::DebianWasm | Need::DebianWasmLints, _) => None,
    }
}

fn missing_libraries() -> Option<String> {
    let libraries = ["webkit2gtk-4.1", "ayatana-appindicator3-0.1", "librsvg-2.0", "dbus-1"];
    if !process::succeeds(Command::new("pkg-config").arg("--version")) {
        return Some(format!(
            "pkg-config is missing, and perhaps the development files of {}",
            libraries.join(", ")
        ));
    }
    let is_missing = |name: &&str| !process::succeeds(Command::new("pkg-config").args(["--exists", name]));
    let missing: Vec<&str> = libraries.into_iter().filter(is_missing).collect();
    (!missing.is_empty()).then(|| format!("missing development files (pkg-config names): {}", missing.join(", ")))
}

/// Those of these programs that are not there, as a sentence; `None` when all are.
pub fn missing_programs(names: &[&str]) -> Option<String> {
    let missing: Vec<&str> = names.iter().copied().filter(|name| !is_on_path(name)).collect();
    (!missing.is_empty()).then(|| format!("missing programs: {}", missing.join(", ")))
}

/// Whether a program of this name lies in a folder of `PATH`.
pub fn is_on_path(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_derivatives_are_recognised() {
        assert!(names_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(names_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!names_debian("ID=fedora\nID_LIKE=\"rhel\"\nVERSION_ID=42\n"));
    }

    #[test]
    fn a_removed_package_whose_configuration_stayed_is_missing() {
        let listed = "xvfb installed\nxauth config-files\n";
        assert_eq!(not_installed(&["xvfb", "xauth", "lld-19"], listed), ["xauth", "lld-19"]);
    }

    #[test]
    fn the_ui_alone_needs_nothing_of_the_shell() {
        let shell = Need::Shell.debian_packages();
        assert!(
            Need::DebianWasm
                .debian_packages()
                .iter()
                .all(|name| !shell.contains(name))
        );
    }
}
