//! The icon in the tray: what is unread, do not disturb, and the way back to a window that was closed.

use crate::{
    desk::Desk,
    notifications::{About, Note, Notifier},
    window,
    words::{Words, say},
};
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{
    AppHandle, Manager, Runtime,
    image::Image,
    menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};
use twinbox_protocol::{ApiError, Request, SaveSettings, UserSettings};

const TRAY: &str = "main";
/// Small: each time one is shown it may be written to a file.
const ICON: Image<'_> = tauri::include_image!("assets/icons/tray.png");
const OPEN: &str = "open";
const DISTURB: &str = "do-not-disturb";
const QUIT: &str = "quit";
const OPEN_WORDS: Words = Words("tray-open");
const DISTURB_WORDS: Words = Words("tray-do-not-disturb");
const QUIT_WORDS: Words = Words("tray-quit");

/// What the tray shows.
pub(crate) struct Tray<R: Runtime> {
    unread: MenuItem<R>,
    do_not_disturb: CheckMenuItem<R>,
    open: MenuItem<R>,
    quit: MenuItem<R>,
    /// Whether the icon has its dot.
    has_dot: AtomicBool,
}

/// Puts the icon into the tray. Where there is none it is not seen.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let unread = MenuItem::with_id(app, "unread", unread_words(0), false, None::<&str>)?;
    let do_not_disturb = CheckMenuItem::with_id(app, DISTURB, DISTURB_WORDS.to_owned(), true, false, None::<&str>)?;
    let open = MenuItem::with_id(app, OPEN, OPEN_WORDS.to_owned(), true, None::<&str>)?;
    let quit = MenuItem::with_id(app, QUIT, QUIT_WORDS.to_owned(), true, None::<&str>)?;
    let menu = Menu::with_items(
        app,
        &[
            &unread,
            &PredefinedMenuItem::separator(app)?,
            &open,
            &do_not_disturb,
            &PredefinedMenuItem::separator(app)?,
            &quit,
        ],
    )?;
    let tray = TrayIconBuilder::with_id(TRAY)
        .icon(ICON)
        .tooltip("Twinbox")
        .menu(&menu)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => window::bring_forward(app),
            DISTURB => drop(tauri::async_runtime::spawn(change(app.clone(), |settings| {
                let notifications = &mut settings.notifications;
                notifications.do_not_disturb = !notifications.do_not_disturb;
            }))),
            QUIT => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            let is_click = matches!(
                event,
                TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                }
            );
            if is_click {
                window::bring_forward(tray.app_handle());
            }
        });
    tray.build(app)?;
    app.manage(Tray {
        unread,
        do_not_disturb,
        open,
        quit,
        has_dot: AtomicBool::new(false),
    });
    Ok(())
}

fn unread_words(unread: u64) -> String {
    say!("unread-chats", count = unread)
}

/// Shows how many conversations are unread.
pub(crate) fn show_unread<R: Runtime>(app: &AppHandle<R>, unread: u64) {
    let (Some(shown), Some(tray)) = (app.try_state::<Tray<R>>(), app.tray_by_id(TRAY)) else {
        return;
    };
    let has_dot = unread > 0;
    let icon = (shown.has_dot.swap(has_dot, Ordering::Relaxed) != has_dot).then(|| match has_dot {
        true => with_dot(&ICON),
        false => ICON,
    });
    let count = (unread > 0).then(|| unread.to_string());
    let done = shown
        .unread
        .set_text(unread_words(unread))
        .and_then(|()| icon.map_or(Ok(()), |icon| tray.set_icon(Some(icon))))
        .and_then(|()| tray.set_title(count))
        .and_then(|()| tray.set_tooltip(Some(say!("unread-chats-tip", count = unread))));
    if let Err(error) = done {
        tracing::warn!(%error, "the tray could not be brought up to date");
    }
}

/// Shows what is set.
pub(crate) fn show_settings<R: Runtime>(app: &AppHandle<R>, settings: &UserSettings) {
    let Some(tray) = app.try_state::<Tray<R>>() else {
        return;
    };
    let done = tray
        .do_not_disturb
        .set_checked(settings.notifications.do_not_disturb)
        .and_then(|()| tray.do_not_disturb.set_text(DISTURB_WORDS.to_owned()))
        .and_then(|()| tray.open.set_text(OPEN_WORDS.to_owned()))
        .and_then(|()| tray.quit.set_text(QUIT_WORDS.to_owned()));
    if let Err(error) = done {
        tracing::warn!(%error, "the tray could not be brought up to date");
    }
}

/// The icon with a dot in its upper right corner.
fn with_dot(icon: &Image<'_>) -> Image<'static> {
    let (width, height) = (icon.width(), icon.height());
    let mut pixels = icon.rgba().to_vec();
    let radius = width.min(height) / 4;
    let (middle_x, middle_y) = (width.saturating_sub(radius), radius);
    for (at, pixel) in (0_u32..).zip(pixels.chunks_exact_mut(4)) {
        let (x, y) = (at % width.max(1), at / width.max(1));
        let (dx, dy) = (x.abs_diff(middle_x), y.abs_diff(middle_y));
        if dx * dx + dy * dy <= radius * radius {
            pixel.copy_from_slice(&[0xe0, 0x8a, 0x00, 0xff]);
        }
    }
    Image::new_owned(pixels, width, height)
}

/// Changes what the person at this desktop has set.
async fn change<R: Runtime>(app: AppHandle<R>, change: impl FnOnce(&mut UserSettings)) {
    if let Err(error) = try_change(&app, change).await {
        tracing::warn!(error = error.message, "a setting could not be changed");
    }
}

async fn try_change<R: Runtime>(app: &AppHandle<R>, change: impl FnOnce(&mut UserSettings)) -> Result<(), ApiError> {
    let (engine, caller) = app.state::<Desk>().engine().await?;
    let mut settings = engine.settings_of(&caller).await?;
    change(&mut settings);
    let request = Request::SaveSettings(SaveSettings { settings });
    engine.dispatch(&caller, request).await.map(drop)
}

/// The window is to be closed: it is hidden when it can be brought back from the tray, and the app quits otherwise.
pub(crate) async fn window_closes<R: Runtime>(app: AppHandle<R>) {
    let settings = async {
        let (engine, caller) = app.state::<Desk>().engine().await?;
        engine.settings_of(&caller).await
    };
    // Nothing runs that could go on, or nobody knows whether it may.
    let Ok(settings) = settings.await else {
        return app.exit(0);
    };
    if settings.stays_in_tray == Some(false) || !has_host().await {
        return app.exit(0);
    }
    window::hide(&app);
    if settings.stays_in_tray.is_none() {
        app.state::<Notifier>().show(Note {
            about: About::Tray,
            title: Words("still-running").to_owned(),
            body: Words("still-running-why").to_owned(),
            has_sound: false,
        });
        change(app, |settings| settings.stays_in_tray = Some(true)).await;
    }
}

/// Closing the window ends the app from now on, beginning with this one.
pub(crate) async fn quit_from_now_on<R: Runtime>(app: &AppHandle<R>) {
    change(app.clone(), |settings| settings.stays_in_tray = Some(false)).await;
    app.exit(0);
}

/// Whether something shows icons: without it a hidden window would be lost.
#[cfg(target_os = "linux")]
pub(crate) async fn has_host() -> bool {
    host_is_registered().await.unwrap_or(false)
}

#[cfg(target_os = "linux")]
async fn host_is_registered() -> zbus::Result<bool> {
    let connection = zbus::Connection::session().await?;
    let proxy = zbus::Proxy::new(
        &connection,
        "org.kde.StatusNotifierWatcher",
        "/StatusNotifierWatcher",
        "org.kde.StatusNotifierWatcher",
    )
    .await?;
    proxy.get_property("IsStatusNotifierHostRegistered").await
}

/// Windows and macOS always have one.
#[cfg(not(target_os = "linux"))]
#[allow(clippy::unused_async, reason = "as on Linux")]
pub(crate) async fn has_host() -> bool {
    true
}
