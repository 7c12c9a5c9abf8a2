//! Processes: how much memory the app and those it starts share out among them, beside a window that shows nothing.

use crate::program::memory_mb;
use anyhow::Context;
use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

/// The place in `/proc/<process>/stat` (proc_pid_stat(5)), counted from 0 behind the name, of who started it.
const PARENT: usize = 1;

/// Megabytes of a process and all that it started (`Pss` of `smaps_rollup`: a shared page counts in parts).
pub(super) fn of_tree(root: u32) -> anyhow::Result<f64> {
    let mut parents = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(id) = name.to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // A process may be gone by now.
        parents.insert(id, parent(id).unwrap_or_default());
    }
    let is_of_tree = |mut id: u32| {
        while id > 1 {
            if id == root {
                return true;
            }
            id = parents.get(&id).copied().unwrap_or_default();
        }
        false
    };
    let tree = parents.keys().copied().filter(|id| is_of_tree(*id));
    Ok(tree.filter_map(|id| memory_mb(id, "smaps_rollup", "Pss")).sum())
}

/// The process of this program that descends from this one.
pub(super) fn of(program: &Path) -> anyhow::Result<u32> {
    let program = program.canonicalize()?;
    for entry in fs::read_dir("/proc")? {
        let path = entry?.path();
        if fs::read_link(path.join("exe")).is_ok_and(|exe| exe == program) {
            let id = path.file_name().and_then(|name| name.to_str()?.parse().ok());
            return id.context("a process without an id");
        }
    }
    anyhow::bail!("{} does not run", program.display())
}

/// Who started a process; `None` when it is gone.
fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // What stands before the bracket is the program's name, which may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(PARENT)?.parse().ok()
}

/// Megabytes of a program that does nothing but show an empty window.
pub(super) async fn of_empty_window(program: &Path) -> anyhow::Result<f64> {
    let mut process = Command::new(program).stdin(Stdio::null()).spawn()?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let memory = of_tree(process.id());
    process.kill()?;
    process.wait()?;
    memory
}
