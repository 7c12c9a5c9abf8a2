//! The main window.

use tauri::{AppHandle, Runtime, Url, WebviewUrl, WebviewWindowBuilder, webview::NewWindowResponse};

/// The label the one capability is bound to.
pub(crate) const MAIN: &str = "main";

/// Opens the inbox window. It shows the app's own pages only; links go to the system's browser.
pub(crate) fn open_main<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Twinbox")
        .inner_size(1360.0, 860.0)
        .min_inner_size(960.0, 600.0)
        .on_navigation(|url| {
            let ours = is_ours(url);
            if !ours {
                open_outside(url);
            }
            ours
        })
        .on_new_window(|url, _| {
            open_outside(&url);
            NewWindowResponse::Deny
        })
        .build()?;
    Ok(())
}

/// `tauri://localhost` on Linux and macOS, `http://tauri.localhost` on Windows.
pub(crate) fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Hands a web link to the system. Anything else a customer may have sent stays where it is.
fn open_outside(url: &Url) {
    if !matches!(url.scheme(), "http" | "https") {
        return;
    }
    let mut commands = open::commands(url.as_str());
    let opened = commands.iter_mut().any(|command| {
        for (name, _) in std::env::vars_os() {
            // The browser has no business with our secrets.
            if name.to_string_lossy().starts_with("TWINBOX_") {
                command.env_remove(name);
            }
        }
        // Waited for on the side, so that it leaves no zombie.
        let waited_for = command
            .spawn()
            .map(|mut child| std::thread::spawn(move || child.wait()));
        waited_for.is_ok()
    });
    if !opened {
        tracing::warn!("a link could not be opened: there is no program for it");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_only_the_apps_own_pages() {
        for (url, ours) in [
            ("tauri://localhost/", true),
            ("http://tauri.localhost/index.html", true),
            ("tauri://evil/", false),
            ("https://tauri.localhost.evil.com/", false),
            ("https://example.com/", false),
            ("file:///etc/passwd", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_ours(&Url::parse(url).unwrap()), ours, "{url}");
        }
    }
}
