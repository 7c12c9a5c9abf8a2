//! Programs that run beside this one, and never outlive it.

use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;

/// A running program; ended when dropped.
pub struct Child {
    process: std::process::Child,
    line: String,
}

impl Child {
    /// Starts a program with this terminal as its own.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let line = process::line(&Command::new(command.get_program()));
        println!("$ {line}");
        let process = command.spawn().with_context(|| format!("cannot start `{line}`"))?;
        Ok(Self { process, line })
    }

    /// How it ended; `None` while it runs.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.process
            .try_wait()
            .with_context(|| format!("cannot watch `{}`", self.line))
    }

    /// Waits for it to end by itself, at most this long.
    pub fn wait_or_end(&mut self, patience: Duration) {
        let deadline = Instant::now() + patience;
        while Instant::now() < deadline && matches!(self.process.try_wait(), Ok(None)) {
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Fails only when it has ended already, which is what is wanted.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
