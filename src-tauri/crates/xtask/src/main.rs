//! `cargo xtask`: sets a machine up, and builds, runs, checks, tests and packages Twinbox on it.
//!
//! For developers and for continuous integration (`.ci/run`). Each command first installs or names what it needs itself,
//! prints the commands it runs, and stops at the first one that fails with a single line about it.
//! Builds without any system library, so that it can be the thing that installs them.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may panic"))]
#![allow(clippy::print_stdout, reason = "a command line tool whose output is its terminal")]

mod check;
mod children;
mod demo;
mod dist;
mod licenses;
mod locales;
mod package;
mod process;
mod setup;
mod test;
mod ui;
mod wasm;
mod window;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::setup::Need;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs and tests Twinbox", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run the desktop app with a connected demo number and living customers; no account is needed
    Demo(demo::Options),
    /// Build the UI and the desktop app, and run it with the environment as it is
    Run {
        /// Arguments for the app
        #[arg(trailing_var_arg = true)]
        arguments: Vec<String>,
    },
    /// Run every test, the one in the real window included
    Test,
    /// Build the UI into ui/dist
    Ui,
    /// Check formatting and lints, natively and for WebAssembly
    Check,
    /// Build the packages for this system
    Package,
    /// Kill the server at random points, thousands of times, and compare with Meta's ledger; arguments go to the torture
    Torture {
        /// --kills, --at-once, --seed
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measure speed; arguments go to the bench
    Bench {
        /// Arguments for the bench
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let workspace = Workspace::find()?;
    match task {
        Task::Demo(options) => demo::run(&workspace, &options),
        Task::Run { arguments } => run_app(&workspace, &arguments),
        Task::Test => test::run(&workspace),
        Task::Ui => ui::build(&workspace),
        Task::Check => check::run(&workspace),
        Task::Package => package::run(&workspace),
        Task::Torture { arguments } => torture(&workspace, &arguments),
        Task::Bench { arguments } => bench(&workspace, &arguments),
    }
}

fn run_app(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    setup::ensure(&[Need::Shell])?;
    ui::build(workspace)?;
    let app = workspace
        .build_binaries(&["twinbox"])?
        .join(workspace::executable("twinbox"));
    process::run(std::process::Command::new(app).args(arguments))
}

fn torture(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let programs = workspace.build_binaries(&["twinbox-server", "torture"])?;
    let built = |name| programs.join(workspace::executable(name));
    let mut torture = std::process::Command::new(built("torture"));
    process::run(
        torture
            .args(arguments)
            .env(test::SERVER_VARIABLE, built("twinbox-server")),
    )
}

/// Everything is measured as it ships: built with optimizations.
fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let names: Vec<&String> = arguments.iter().take_while(|word| !word.starts_with("--")).collect();
    let wants = |name: &str| names.is_empty() || names.iter().any(|wish| *wish == name);
    if wants("window") {
        bench_with_window(workspace, arguments)?;
    } else {
        let mut build = workspace.cargo();
        build.args(["build", "--release", "-p", "twinbox-tests", "--bin", "bench"]);
        if wants("import") {
            build.args(["-p", "twinbox-server", "--bin", "twinbox-server"]);
        }
        process::run(&mut build)?;
        let built = |name| workspace.target.join("release").join(workspace::executable(name));
        let mut bench = std::process::Command::new(built("bench"));
        bench.env("TWINBOX_SERVER", built("twinbox-server"));
        process::run(bench.args(arguments))?;
    }
    let messages = arguments.iter().skip_while(|word| *word != "--messages").nth(1);
    let peers = |name: &str, messages: Option<&String>| {
        let mut peers = workspace.cargo();
        peers.args([
            "run",
            "--release",
            "--manifest-path",
            "tests/peers/Cargo.toml",
            "--",
            name,
        ]);
        process::run(peers.args(messages))
    };
    if wants("send") {
        peers("send", None)?;
    }
    if wants("search") {
        peers("search", messages)?;
    }
    Ok(())
}

fn bench_with_window(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    setup::ensure(&[Need::Shell, Need::WindowTest])?;
    ui::build(workspace)?;
    let programs = [
        "--bin",
        "twinbox",
        "--bin",
        "twinbox-server",
        "--bin",
        "bench",
        "--example",
        "empty_window",
    ];
    process::run(
        workspace
            .cargo()
            .args(["build", "--release", "--workspace"])
            .args(programs),
    )?;
    let release = workspace.target.join("release");
    let built = |name| release.join(workspace::executable(name));
    let mut bench = std::process::Command::new(built("bench"));
    bench.env("TWINBOX_SERVER", built("twinbox-server"));
    if let Some(reason) = window::why_not() {
        println!("bench: SKIPPED what needs the window: {reason}");
        return process::run(bench.args(arguments));
    }
    let empty = release.join("examples").join(workspace::executable("empty_window"));
    let mut session = window::own_display(workspace, &bench);
    session
        .env(window::APP_VARIABLE, built("twinbox"))
        .env("TWINBOX_SERVER", built("twinbox-server"))
        .env("TWINBOX_EMPTY_WINDOW", empty);
    process::run(session.args(arguments))
}
