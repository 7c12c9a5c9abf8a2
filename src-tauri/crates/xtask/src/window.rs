//! Driving the real window: what it takes, and a display of its own to do it on.

use std::process::Command;

use crate::setup;
use crate::workspace::Workspace;

/// Tells a test or a bench which program to start; without it they skip what needs the window, and say so.
pub const APP_VARIABLE: &str = "TWINBOX_E2E_APP";

/// A program inside a session bus and a display of its own; add its arguments.
pub fn own_display(workspace: &Workspace, program: &Command) -> Command {
    let mut session = Command::new("dbus-run-session");
    // A display that starts anew when the last app leaves refuses an app that comes in that moment.
    session
        .args(["--", "xvfb-run", "-a", "-s", "-screen 0 1400x1000x24 -noreset"])
        .arg(program.get_program())
        .current_dir(&workspace.root)
        .env("GDK_BACKEND", "x11")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("NO_AT_BRIDGE", "1");
    for (name, value) in program.get_envs() {
        if value.is_none() {
            session.env_remove(name);
        }
    }
    session
}

/// Why the window cannot be driven on this machine; `None` when it can.
pub fn why_not() -> Option<String> {
    if std::env::consts::OS != "linux" {
        return Some(format!(
            "no WebDriver for the system's webview on {}",
            std::env::consts::OS
        ));
    }
    let needed = ["WebKitWebDriver", "xvfb-run", "dbus-run-session"];
    let missing: Vec<&str> = needed.into_iter().filter(|name| !setup::is_on_path(name)).collect();
    (!missing.is_empty()).then(|| format!("missing {}", missing.join(", ")))
}
