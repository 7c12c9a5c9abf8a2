//! What outlives the window: its place, and that it starts with the system.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::json;
use twinbox_tests::webdriver::Window;

use super::Shop;
use super::shell::ask;
use super::tray_host::press_close;

#[tokio::test]
async fn the_window_comes_back_where_it_was_left_and_as_large() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    shop.window.set_size(1100, 700).await?;
    shop.window.move_to(140, 90).await?;
    placed_at(&shop.window, &[140, 90, 1100, 700]).await?;
    // Without a tray, closing it ends the app.
    press_close(&shop.window)?;
    left(&shop.window).await?;
    drop(shop.window);

    let window = Window::open(&shop.app, &shop.environment).await?;
    placed_at(&window, &[140, 90, 1100, 700]).await?;
    window.close().await
}

#[tokio::test]
async fn it_starts_with_the_system_for_as_long_as_that_is_set() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let window = shop.window;
    window.wait_for("[role=tablist]").await?;
    let entry = shop.home.path().join(".config/autostart/Twinbox.desktop");
    ensure!(!entry.exists(), "it starts with the system unasked");

    ask(
        &window,
        "save_settings",
        json!({"settings": {"starts_with_system": true}}),
    )
    .await?;
    let ours = format!("Exec={} --hidden", shop.app.display());
    holds(&window, &entry, &ours).await?;
    // Installed elsewhere since: what it starts is not there any more.
    std::fs::write(&entry, "[Desktop Entry]\nExec=/gone/twinbox --hidden\n")?;
    ask(
        &window,
        "save_settings",
        json!({"settings": {"starts_with_system": true, "stays_in_tray": false}}),
    )
    .await?;
    holds(&window, &entry, &ours).await?;

    ask(
        &window,
        "save_settings",
        json!({"settings": {"starts_with_system": false}}),
    )
    .await?;
    let look = async || Ok((!entry.exists()).then_some(()));
    window.wait_until("the entry is gone", look).await?;
    window.close().await
}

async fn holds(window: &Window, entry: &Path, line: &str) -> Result<()> {
    let look = async || {
        let text = std::fs::read_to_string(entry).unwrap_or_default();
        Ok(text.lines().any(|each| each == line).then_some(()))
    };
    window.wait_until(&format!("the entry says {line}"), look).await
}

/// Left, top, width and height.
async fn placed_at(window: &Window, wanted: &[i32; 4]) -> Result<()> {
    let script = "return [screenX, screenY, innerWidth, innerHeight]";
    let look = async || {
        let placed = window.execute(script, &[]).await?;
        Ok((placed == json!(wanted)).then_some(()))
    };
    window.wait_until(&format!("it is at {wanted:?}"), look).await
}

/// Waits until the app has ended: nobody answers for its page any more.
async fn left(window: &Window) -> Result<()> {
    let look = async || Ok(window.execute("return 1", &[]).await.is_err().then_some(()));
    window.wait_until("the app has ended", look).await
}
