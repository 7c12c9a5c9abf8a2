//! Notifications of the desktop: reminders about numbers, which come also while nobody looks at the window.

use crate::window;
use notify_rust::Notification;
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use twinbox_engine::Reminded;

/// Shows reminders until the engine stops.
pub(crate) async fn show_reminders<R: Runtime>(app: AppHandle<R>, mut reminders: Receiver<Reminded>) {
    loop {
        match reminders.recv().await {
            Ok(reminded) => {
                let app = app.clone();
                // It waits for the click, on a connection that has to live as long as the notification does.
                tauri::async_runtime::spawn_blocking(move || show(&app, &reminded));
            }
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "{missed} reminders came too fast to be shown"),
            Err(RecvError::Closed) => return,
        }
    }
}

fn show<R: Runtime>(app: &AppHandle<R>, reminded: &Reminded) {
    let title = if reminded.name.is_empty() {
        "Twinbox"
    } else {
        &reminded.name
    };
    let shown = Notification::new()
        .appname("Twinbox")
        .summary(title)
        .body(&reminded.reminder.sentence())
        .action("default", "Open")
        .show();
    match shown {
        #[cfg(all(unix, not(target_os = "macos")))]
        Ok(handle) => handle.wait_for_action(|action| {
            if action == "default" {
                window::bring_forward(app);
            }
        }),
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        Ok(_) => drop(app),
        Err(error) => tracing::warn!(%error, "a reminder could not be shown"),
    }
}
