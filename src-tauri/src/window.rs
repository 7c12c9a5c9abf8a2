//! The main window.

use crate::{desk::Desk, signup_window, tray};
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
    mpsc,
};
use std::time::Duration;
use tauri::{
    AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    plugin::TauriPlugin,
    webview::{DownloadEvent, NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};
use twinbox_protocol::Told;

/// The label the one capability is bound to.
pub(crate) const MAIN: &str = "main";

/// Opens the inbox window. It shows the app's own pages only; links go to the system's browser.
pub(crate) fn open_main<R: Runtime>(app: &AppHandle<R>, is_visible: bool) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Twinbox")
        .inner_size(1360.0, 860.0)
        .min_inner_size(960.0, 600.0)
        // Shown with its page: WebKitGTK stands still for half a second when it is to draw one that is not there yet.
        .visible(false)
        .on_page_load({
            let is_shown = AtomicBool::new(!is_visible);
            move |window, page| {
                if page.event() == PageLoadEvent::Started || is_shown.swap(true, Ordering::Relaxed) {
                    return;
                }
                if let Err(error) = window.show() {
                    tracing::error!(%error, "the window cannot be shown");
                }
            }
        })
        // The page takes dropped files itself.
        .disable_drag_drop_handler()
        .on_navigation(|url| {
            let ours = is_ours(url);
            if !ours {
                open_outside(url);
            }
            ours
        })
        .on_download({
            let saving = Saving::default();
            move |webview, event| saving.follow(webview.app_handle(), event)
        })
        .on_new_window(|url, _| {
            open_outside(&url);
            NewWindowResponse::Deny
        })
        .build()?;
    let app = app.clone();
    window.on_window_event(move |event| {
        // Without the inbox there is nothing to come back to.
        match event {
            WindowEvent::Destroyed => drop(signup_window::close(&app)),
            WindowEvent::CloseRequested { api, .. } => {
                api.prevent_close();
                tauri::async_runtime::spawn(tray::window_closes(app.clone()));
            }
            _ => {}
        }
    });
    Ok(())
}

/// Has pages drawn plainly where there is no graphics card: WebKitGTK would imitate one, at twice the memory and time. It is
/// told by its environment, which is only safe to change before there is a second thread.
#[cfg(target_os = "linux")]
pub(crate) fn draw_without_graphics_card() {
    let is_card = |name: &OsStr| name.to_string_lossy().starts_with("renderD");
    let has_card =
        std::fs::read_dir("/dev/dri").is_ok_and(|devices| devices.flatten().any(|device| is_card(&device.file_name())));
    if has_card {
        return;
    }
    // Whoever has set it knows why.
    if let Err(error) = glib::setenv("WEBKIT_DISABLE_COMPOSITING_MODE", "1", false) {
        tracing::warn!(%error, "pages are drawn as if there was a graphics card");
    }
}

/// The systems of others know best.
#[cfg(not(target_os = "linux"))]
pub(crate) fn draw_without_graphics_card() {}

/// What is kept of the inbox over the end of the app: not whether it was hidden.
const KEPT: StateFlags = StateFlags::SIZE
    .union(StateFlags::POSITION)
    .union(StateFlags::MAXIMIZED);

/// Keeps size and place of the inbox over the end of the app.
pub(crate) fn kept_place<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::default()
        .with_state_flags(KEPT)
        .with_filter(|label| label == MAIN)
        .build()
}

/// Hides the inbox; it is brought forward from the tray. Its place is kept by then: a hidden app may end by a power cut.
pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    let keeping = app.clone();
    // By the thread of the windows: it asks them while it holds a lock that moving one takes as well.
    let kept = app.run_on_main_thread(move || {
        if let Err(error) = keeping.save_window_state(KEPT) {
            tracing::warn!(%error, "the place of the window cannot be kept");
        }
    });
    if let Err(error) = kept {
        tracing::warn!(%error, "the place of the window cannot be kept");
    }
    if let Some(window) = app.get_webview_window(MAIN)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window cannot be hidden");
    }
}

/// Whether somebody may be looking at the inbox.
pub(crate) fn is_looked_at<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(MAIN)
        .is_some_and(|window| window.is_focused().unwrap_or(false) && window.is_visible().unwrap_or(true))
}

/// Shows how many conversations are unread in the title.
pub(crate) fn show_unread<R: Runtime>(app: &AppHandle<R>, unread: u64) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let title = match unread {
        0 => "Twinbox".to_owned(),
        unread => format!("({unread}) Twinbox"),
    };
    if let Err(error) = window.set_title(&title) {
        tracing::warn!(%error, "the title of the window cannot be set");
    }
}

/// Shows how many conversations are unread on the app's icon. Some systems have no place for it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn show_count<R: Runtime>(app: &AppHandle<R>, unread: u64) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let count = i64::try_from(unread).ok().filter(|count| *count > 0);
        let _ = window.set_badge_count(count);
    }
}

/// Puts the inbox in front of the person who asked for it.
pub(crate) fn bring_forward<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::warn!(%error, "the window cannot be brought forward");
    }
}

/// `tauri://localhost` on Linux and macOS, `http://tauri.localhost` on Windows, and what a page of ours made in memory.
pub(crate) fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        "blob" => Url::parse(url.path()).is_ok_and(|inner| inner.scheme() != "blob" && is_ours(&inner)),
        _ => false,
    }
}

/// What each address that is being saved will be called.
#[derive(Default)]
struct Saving(Mutex<HashMap<Url, String>>);

impl Saving {
    /// Whether the download may go on. The page is told how it ends: nothing else would say so.
    fn follow<R: Runtime>(&self, app: &AppHandle<R>, event: DownloadEvent<'_>) -> bool {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            DownloadEvent::Requested { url, destination } if is_ours(&url) => {
                // A system without a folder for downloads has a home all the same.
                let folder = app.path().download_dir().or_else(|_| app.path().home_dir());
                if let Ok(folder) = &folder {
                    *destination = free_name(folder, destination);
                }
                names.insert(url, name_of(destination));
                folder.is_ok()
            }
            DownloadEvent::Requested { .. } => false,
            DownloadEvent::Finished { url, success, .. } => {
                if let Some(name) = names.remove(&url) {
                    app.state::<Desk>().tell(how_it_ended(name, success));
                }
                true
            }
            _ => true,
        }
    }
}

fn how_it_ended(name: String, success: bool) -> Told {
    match success {
        true => Told::Saved { name },
        false => {
            tracing::warn!("a file could not be saved");
            Told::NotSaved { name }
        }
    }
}

fn name_of(place: &Path) -> String {
    let name = place.file_name().unwrap_or("file".as_ref());
    name.to_string_lossy().into_owned()
}

/// A place in `folder` where nothing lies yet, for a file that is to be called as `wanted` is.
fn free_name(folder: &Path, wanted: &Path) -> PathBuf {
    let name = name_of(wanted);
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name.as_str(), String::new()),
    };
    let numbered = (1..).map(|n| folder.join(format!("{stem} ({n}){extension}")));
    std::iter::once(folder.join(&name))
        .chain(numbered)
        .find(|place| !place.exists())
        .unwrap_or_else(|| folder.join("file"))
}

/// Hands a web link to the system, without waiting for it.
pub(crate) fn open_outside(url: &Url) {
    let url = url.clone();
    tauri::async_runtime::spawn(async move {
        if !open_link(&url).await {
            tracing::warn!("a link could not be opened: it is none of the web, or there is no program for it");
        }
    });
}

/// Hands a web link to the system. `false` when it has no program for it, and for anything else that a customer may have
/// sent, which stays where it is.
pub(crate) async fn open_link(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && hand_to_system(url.as_str().into()).await
}

/// Has the system open something by the program it has for it. `false` when it has none.
pub(crate) async fn hand_to_system(what: OsString) -> bool {
    let taken = tauri::async_runtime::spawn_blocking(move || takes_it(open::commands(what), PATIENCE));
    taken.await.unwrap_or(false)
}

/// A launcher that finds no program says so by then. One that still runs is the program, or waits for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether one of these launchers takes what it was made for; the first that does is the last that is run.
fn takes_it(launchers: Vec<Command>, patience: Duration) -> bool {
    launchers.into_iter().any(|mut launcher| {
        for (name, _) in std::env::vars_os() {
            // It has no business with our secrets.
            if name.to_string_lossy().starts_with("TWINBOX_") {
                launcher.env_remove(name);
            }
        }
        let Ok(mut running) = launcher.spawn() else {
            return false;
        };
        let (ended, end) = mpsc::channel();
        // Waited for on the side for as long as it takes, so that it leaves no zombie.
        std::thread::spawn(move || ended.send(running.wait()));
        match end.recv_timeout(patience) {
            // Explorer says that it failed when it did not.
            Ok(Ok(status)) => status.success() || cfg!(windows),
            Ok(Err(_)) | Err(_) => true,
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use tauri::{
        ipc::{Channel, InvokeResponseBody},
        test::{mock_builder, mock_context, noop_assets},
    };

    #[test]
    fn the_window_shows_only_the_apps_own_pages() {
        for (url, ours) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/index.html", true),
            ("tauri://evil/", false),
            ("https://tauri.localhost.evil.com/", false),
            ("https://example.com/", false),
            ("file:///etc/passwd", false),
            ("blob:tauri://localhost/0f0a", true),
            ("blob:https://example.com/0f0a", false),
            ("blob:blob:tauri://localhost/0f0a", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_ours(&Url::parse(url).unwrap()), ours, "{url}");
        }
    }

    #[test]
    fn the_page_is_told_how_each_saved_file_ended_and_nothing_of_others() {
        let (sender, told) = std::sync::mpsc::channel();
        let channel = Channel::new(move |body: InvokeResponseBody| {
            sender.send(body.deserialize::<Told>().unwrap()).unwrap();
            Ok(())
        });
        let desk = Desk::without_engine("no engine in this test");
        desk.feed(futures_util::stream::pending(), channel);
        let app = mock_builder().manage(desk).build(mock_context(noop_assets())).unwrap();
        let saving = Saving::default();
        for (url, success) in [
            ("blob:tauri://localhost/1", true),
            ("blob:tauri://localhost/2", false),
            ("https://example.com/", false),
        ] {
            let url = Url::parse(url).unwrap();
            let mut destination = PathBuf::from("a file of no other test.pdf");
            let requested = DownloadEvent::Requested {
                url: url.clone(),
                destination: &mut destination,
            };
            assert_eq!(saving.follow(app.handle(), requested), is_ours(&url));
            let path = None;
            saving.follow(app.handle(), DownloadEvent::Finished { url, path, success });
        }
        let name = || "a file of no other test.pdf".to_owned();
        let expected = [Told::Saved { name: name() }, Told::NotSaved { name: name() }];
        let soon = Duration::from_secs(5);
        for expected in expected {
            assert_eq!(told.recv_timeout(soon), Ok(expected));
        }
        assert!(told.try_recv().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_no_program_takes_goes_from_one_launcher_to_the_next_and_is_said_in_the_end() {
        let launcher = |script: &str| {
            let mut launcher = Command::new("sh");
            launcher.args(["-c", script]);
            launcher
        };
        let (missing, none) = (|| Command::new("/no/such/launcher"), || launcher("exit 4"));
        let soon = Duration::from_secs(5);
        assert!(!takes_it(vec![], soon));
        assert!(!takes_it(vec![none(), missing()], soon));
        assert!(takes_it(vec![missing(), none(), launcher("exit 0")], soon));
        let still_runs = vec![launcher("sleep 1"), none()];
        assert!(takes_it(still_runs, Duration::from_millis(100)));
    }

    #[test]
    fn a_saved_file_replaces_none_and_stays_in_its_folder() {
        let folder = std::env::temp_dir().join(format!("twinbox-save-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        assert_eq!(free_name(&folder, Path::new("/elsewhere/a.pdf")), folder.join("a.pdf"));
        std::fs::write(folder.join("a.pdf"), "").unwrap();
        assert_eq!(free_name(&folder, Path::new("a.pdf")), folder.join("a (1).pdf"));
        assert_eq!(free_name(&folder, Path::new("..")), folder.join("file"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
