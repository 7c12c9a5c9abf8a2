//! Starting with the system.

use tauri::{AppHandle, Runtime};
use tauri_plugin_autostart::ManagerExt;

/// Has the app start with the system, or not.
pub(crate) fn set<R: Runtime>(app: &AppHandle<R>, starts: bool) -> Result<(), String> {
    #[cfg(target_os = "linux")]
    if starts {
        make_way(app)?;
    }
    let autostart = app.autolaunch();
    // Nothing is written that is so already: whoever changed it by hand has reasons.
    let is_set = autostart.is_enabled().unwrap_or(false);
    let done = match (starts, is_set) {
        (true, false) => autostart.enable(),
        (false, true) => autostart.disable(),
        _ => Ok(()),
    };
    done.map_err(|error| error.to_string())
}

/// What the plugin leaves undone: it makes only the last of the folders, and takes an entry for set whose program is gone,
/// because the app was installed elsewhere since.
#[cfg(target_os = "linux")]
fn make_way<R: Runtime>(app: &AppHandle<R>) -> Result<(), String> {
    use tauri::Manager;
    let home = app.path().home_dir().map_err(|error| error.to_string())?;
    let folder = home.join(".config/autostart");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let entry = folder.join(format!("{}.desktop", app.package_info().name));
    if std::fs::read_to_string(&entry).is_ok_and(|text| starts_nothing(&text)) {
        std::fs::remove_file(&entry).map_err(|error| error.to_string())?;
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn starts_nothing(entry: &str) -> bool {
    let command = entry.lines().find_map(|line| line.strip_prefix("Exec="));
    let program = command.and_then(|command| command.strip_suffix(crate::HIDDEN));
    program.is_some_and(|program| !std::path::Path::new(program.trim_end()).exists())
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
