//! The desktop shell: one window around the UI, and the engine inside the same process.
//!
//! It starts the engine's [`Host`](twinbox_server::Host) on loopback for webhooks, answers the window's requests by
//! one command, takes its files by another, streams events over one channel, and stops the engine before it exits. It
//! decides nothing. Beside the inbox it opens Meta's signup in a window that reaches none of this, and follows links of
//! the scheme `twinbox`.

mod attention;
mod autostart;
mod call;
mod desk;
mod link;
mod media;
mod notifications;
mod open_file;
mod signup_window;
mod tray;
mod window;
mod words;

use anyhow::Context;
use tauri::{AppHandle, Manager, RunEvent, Runtime, plugin::TauriPlugin};
use tauri_plugin_autostart::MacosLauncher;
use tracing_subscriber::EnvFilter;

use desk::Desk;
use link::Links;
use notifications::Notifier;
use signup_window::SignupWindow;

/// Begins in the tray, where there is one: how the system starts it.
const HIDDEN: &str = "--hidden";

/// Runs the app until its window is closed, it is quit from the tray, or the system asks it to end.
///
/// # Errors
/// When the system has no window to give. Trouble with settings, data or ports is shown in the window instead.
pub fn run() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_env("TWINBOX_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    window::draw_without_graphics_card();
    let mut builder = tauri::Builder::default();
    // First of all: a second start ends in here.
    match single_instance() {
        Some(plugin) => builder = builder.plugin(plugin),
        None => tracing::warn!("no session bus: a second Twinbox is not noticed until it opens the same data"),
    }
    let app = builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_autostart::init(
            MacosLauncher::LaunchAgent,
            Some(vec![HIDDEN]),
        ))
        .plugin(window::kept_place())
        .invoke_handler(tauri::generate_handler![call::call, call::subscribe, call::upload])
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::answer)
        .setup(|app| {
            open_file::forget_copies(app.handle());
            let links = Links::listen(app.handle());
            link::register(app.handle());
            app.manage(SignupWindow::default());
            let notifier = Notifier::start(app.handle().clone());
            app.manage(notifier.clone());
            app.manage(Desk::new());
            tauri::async_runtime::spawn(start(app.handle().clone(), notifier.clone()));
            let is_hidden =
                std::env::args().any(|argument| argument == HIDDEN) && tauri::async_runtime::block_on(tray::has_host());
            window::open_main(app.handle(), !is_hidden)?;
            if let Err(error) = tray::open(app.handle()) {
                tracing::warn!(%error, "there is no icon in the tray");
            }
            tauri::async_runtime::spawn(attention::follow(app.handle().clone(), notifier));
            tauri::async_runtime::spawn(links.follow(app.handle().clone()));
            tauri::async_runtime::spawn(quit_when_asked(app.handle().clone()));
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window system cannot be used")?;
    app.run(|app, event| match event {
        RunEvent::Exit => {
            if let Some(desk) = app.try_state::<Desk>() {
                tauri::async_runtime::block_on(desk.stop());
            }
        }
        // Its icon in the Dock was pressed, or it was started again: nothing else brings a hidden window back there.
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => window::bring_forward(app),
        _ => {}
    });
    Ok(())
}

/// Quits as from the tray when the process is asked to end: at the end of a session, or from a terminal. Before a window
/// system takes its windows, what is on the wire is answered, and their place is kept.
async fn quit_when_asked<R: Runtime>(app: AppHandle<R>) {
    match asked_to_end().await {
        Ok(()) => app.exit(0),
        Err(error) => tracing::warn!(%error, "Twinbox cannot listen for the signal to end"),
    }
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// Starts the engine while the window comes up, and tells of what it reminds of.
async fn start<R: Runtime>(app: AppHandle<R>, notifier: Notifier) {
    let desk = app.state::<Desk>();
    desk.start(app.path().app_local_data_dir().ok()).await;
    if let Ok((engine, _)) = desk.engine().await {
        notifications::show_reminders(notifier, engine.reminders()).await;
    }
}

/// Hands a second start over to the first. `None` without a session bus to tell by; the lock on the data is what keeps
/// two from one store then.
fn single_instance<R: Runtime>() -> Option<TauriPlugin<R>> {
    // The plugin itself panics over an address it cannot read, such as `disabled:`.
    #[cfg(target_os = "linux")]
    zbus::Address::session().ok()?;
    Some(tauri_plugin_single_instance::init(|app, arguments, _| {
        // A session that comes back may start it twice, not meant to be seen either time.
        if !arguments.iter().any(|argument| argument == HIDDEN) {
            window::bring_forward(app);
        }
    }))
}
