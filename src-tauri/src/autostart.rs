//! Starting with the system.

use tauri::{AppHandle, Runtime};
use tauri_plugin_autostart::ManagerExt;

/// Has the app start with the system, or not.
pub(crate) fn set<R: Runtime>(app: &AppHandle<R>, starts: bool) -> Result<(), String> {
    let autostart = app.autolaunch();
    let is_set = autostart.is_enabled().unwrap_or(false);
    // Nothing is written that is so already: whoever changed it by hand has reasons.
    let done = match (starts, is_set) {
        (true, true) if !is_of_no_use(app) => Ok(()),
        (true, _) => {
            make_room(app)?;
            autostart.enable()
        }
        (false, true) => autostart.disable(),
        (false, false) => Ok(()),
    };
    done.map_err(|error| error.to_string())
}

/// Where the plugin writes the entry.
#[cfg(target_os = "linux")]
fn entry<R: Runtime>(app: &AppHandle<R>) -> Option<std::path::PathBuf> {
    use tauri::Manager;
    let name = format!("{}.desktop", app.package_info().name);
    Some(app.path().home_dir().ok()?.join(".config/autostart").join(name))
}

/// Whether the entry starts a program that is gone: it was written by one that lay elsewhere.
#[cfg(target_os = "linux")]
fn is_of_no_use<R: Runtime>(app: &AppHandle<R>) -> bool {
    let text = entry(app).and_then(|entry| std::fs::read_to_string(entry).ok());
    text.is_some_and(|text| starts_nothing(&text))
}

#[cfg(target_os = "linux")]
fn starts_nothing(entry: &str) -> bool {
    let command = entry.lines().find_map(|line| line.strip_prefix("Exec="));
    let program = command.and_then(|command| command.strip_suffix(crate::HIDDEN));
    program.is_some_and(|program| !std::path::Path::new(program.trim_end()).exists())
}

/// The plugin makes only the last of the folders.
#[cfg(target_os = "linux")]
fn make_room<R: Runtime>(app: &AppHandle<R>) -> Result<(), String> {
    match entry(app).as_deref().and_then(std::path::Path::parent) {
        Some(folder) => std::fs::create_dir_all(folder).map_err(|error| error.to_string()),
        None => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn is_of_no_use<R: Runtime>(_: &AppHandle<R>) -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
fn make_room<R: Runtime>(_: &AppHandle<R>) -> Result<(), String> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_ours_that_starts_a_program_that_is_gone_is_told_from_others() {
        assert!(!starts_nothing("[Desktop Entry]\nExec=/ --hidden\n"));
        assert!(starts_nothing("[Desktop Entry]\nExec=/gone/twin box --hidden\n"));
        assert!(!starts_nothing("[Desktop Entry]\nExec=flatpak run twinbox\n"));
        assert!(!starts_nothing(""));
    }
}
