//! Windows and macOS: each notification waits for its press on a thread of its own, where the system tells of one.

use super::{Order, act};
use crate::window;
use notify_rust::Notification;
use tauri::{AppHandle, Runtime};
use tokio::sync::mpsc;

/// Shows what it is told to, until the app ends.
pub(super) async fn run<R: Runtime>(app: AppHandle<R>, mut orders: mpsc::Receiver<Order>) {
    while let Some(order) = orders.recv().await {
        let note = match order {
            Order::Show(note) => note,
            Order::Count(unread) => {
                window::show_count(&app, unread);
                continue;
            }
            // What was shown stays with the system.
            Order::Read(_) | Order::Gone(_) | Order::CloseAll => continue,
        };
        let mut notification = Notification::new();
        notification.appname("Twinbox").summary(&note.title).body(&note.body);
        if note.has_sound {
            notification.sound_name("Default");
        }
        // What is pressed is told on neither system without a bundle of its own: the window is brought forward by hand.
        match notification.show() {
            Ok(_) if cfg!(test) => act(&app, note.about, "default").await,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a notification could not be shown"),
        }
    }
}
