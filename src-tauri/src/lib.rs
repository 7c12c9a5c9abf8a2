//! The desktop shell: one window around the UI, and the engine inside the same process.
//!
//! It starts the engine's [`Host`](twinbox_server::Host) on loopback for webhooks, answers the window's requests by
//! one command, takes its files by another, streams events over one channel, and stops the engine before it exits. It decides nothing.

mod call;
mod desk;
mod media;
mod window;

use anyhow::Context;
use tauri::{Manager, RunEvent};
use tracing_subscriber::EnvFilter;

use desk::Desk;

/// Runs the app until its window is closed.
///
/// # Errors
/// When the system has no window to give. Trouble with settings, data or ports is shown in the window instead.
pub fn run() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_env("TWINBOX_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![call::call, call::subscribe, call::upload])
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::answer)
        .setup(|app| {
            let data_dir = app.path().app_local_data_dir().ok();
            app.manage(tauri::async_runtime::block_on(Desk::start(data_dir)));
            window::open_main(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("the window system cannot be used")?;
    app.run(|app, event| {
        if let RunEvent::Exit = event
            && let Some(desk) = app.try_state::<Desk>()
        {
            tauri::async_runtime::block_on(desk.stop());
        }
    });
    Ok(())
}
