//! This program once more, in a process of its own, so that its memory is its own; and how much memory a process has.

use anyhow::Context;
use std::{
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
};

/// The other process. The end of its input stops it.
pub(crate) struct Program {
    child: Child,
    /// The address it told when it was ready.
    pub(crate) address: String,
}

impl Program {
    pub(crate) fn start(arguments: &[&OsStr]) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("the other process does not start")?;
        let output = child.stdout.take().context("no output")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        let address = address.trim().to_owned();
        Ok(Self { child, address })
    }

    pub(crate) fn tell(&mut self, line: &str) -> anyhow::Result<()> {
        let input = self.child.stdin.as_mut().context("no input")?;
        writeln!(input, "{line}")?;
        Ok(())
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

/// What the other process does last: it tells that it is ready, and where.
pub(crate) fn ready(address: impl std::fmt::Display) -> anyhow::Result<()> {
    println!("{address}");
    std::io::stdout().flush()?;
    Ok(())
}

/// Waits for a line, or for the end of the input.
pub(crate) async fn next_line() -> anyhow::Result<String> {
    let read = tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map(|_| line.trim().to_owned())
    });
    Ok(read.await??)
}

/// Megabytes that Linux tells in a line of a file about a process, as `VmHWM:   86920 kB`; `None` where it does not.
pub(crate) fn memory_mb(process: u32, file: &str, field: &str) -> Option<f64> {
    let told = fs::read_to_string(format!("/proc/{process}/{file}")).ok()?;
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1000.0)
}

/// The most memory a process ever held.
pub(crate) fn peak_memory(process: u32) -> String {
    memory_mb(process, "status", "VmHWM").map_or_else(|| "unknown here".to_owned(), |most| format!("{most:.0} MB"))
}
