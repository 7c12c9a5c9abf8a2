//! The app while its window is closed: the icon in the tray, the count in the dock, and the ways back.
#![allow(
    clippy::indexing_slicing,
    reason = "tests: a JSON value has a null for what it lacks"
)]

use anyhow::{Context, Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage, Simulator};
use twinbox_tests::webdriver::Window;

use super::Shop;
use super::desktop::Desktop;
use super::shell::{ask, ask_until, listens, start_again};
use super::tray_host::{Tray, press_close};

#[tokio::test]
async fn a_closed_window_lives_in_the_tray_and_comes_back_from_there_or_by_a_second_start() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let window = &shop.window;
    let mut desktop = Desktop::start(window.bus()).await?;
    let mut tray = Tray::start(window.bus()).await?;
    listens(window).await?;

    says(&shop.simulator, "Is the blue bicycle still there?");
    let first = desktop.shown().await?;
    ensure!(first.body == "Is the blue bicycle still there?", "{first:?}");
    ensure!(count_is(&mut tray, Some(1)).await, "the dock does not count");
    menu_has(window, &tray, "1 unread chat").await?;
    ensure!(tray.label().await? == "1", "the tray does not count");

    press_close(window)?;
    is_shown(window, false).await?;
    let told = desktop.shown().await?;
    ensure!(told.title == "Twinbox is still running", "{told:?}");
    ensure!(told.actions == ["default", "Open", "quit", "Quit instead"], "{told:?}");
    says(&shop.simulator, "Hello?");
    let second = desktop.shown().await?;
    ensure!(
        second.body.starts_with("Hello?") && second.replaces == first.id,
        "{second:?}"
    );

    start_again(&shop.app, window, &shop.environment, "")?;
    is_shown(window, true).await?;
    // It is said once.
    press_close(window)?;
    is_shown(window, false).await?;
    tray.choose("Open Twinbox").await?;
    is_shown(window, true).await?;

    desktop.press(second.id, "read").await?;
    ensure!(count_is(&mut tray, None).await, "the dock goes on counting");
    menu_has(window, &tray, "Nothing is unread").await?;

    tray.choose("Do not disturb").await?;
    let is_so = |view: &serde_json::Value| view["settings"]["notifications"]["do_not_disturb"] == true;
    ask_until(window, "it is quiet", "get_settings", json!({}), is_so).await?;
    Ok(())
}

#[tokio::test]
async fn whoever_would_rather_quit_says_so_once() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let window = shop.window;
    let mut desktop = Desktop::start(window.bus()).await?;
    let tray = Tray::start(window.bus()).await?;
    listens(&window).await?;
    press_close(&window)?;
    let told = desktop.shown().await?;
    desktop.press(told.id, "quit").await?;
    tray.is_left().await.context("the app still runs")?;
    drop(window);

    let window = Window::open(&shop.app, &shop.environment).await?;
    let tray = Tray::start(window.bus()).await?;
    listens(&window).await?;
    let view = ask(&window, "get_settings", json!({})).await?;
    ensure!(view["settings"]["stays_in_tray"] == false, "{view}");
    press_close(&window)?;
    tray.is_left()
        .await
        .context("the app stays although it was told not to")
}

fn says(simulator: &Simulator, text: &str) {
    let ana = Customer::new("351912345678", "Ana Duarte");
    simulator.customer_writes(ana, CustomerMessage::Text(text.to_owned()));
}

/// Whether the dock comes to count so many; it may have been told of others before.
async fn count_is(tray: &mut Tray, wanted: Option<i64>) -> bool {
    while let Ok(count) = tray.count().await {
        if count == wanted {
            return true;
        }
    }
    false
}

async fn menu_has(window: &Window, tray: &Tray, words: &str) -> Result<()> {
    let look = async || {
        let menu = tray.menu().await?;
        Ok(menu.iter().any(|(_, label)| label == words).then_some(()))
    };
    window.wait_until(&format!("the menu says {words}"), look).await
}

async fn is_shown(window: &Window, is_shown: bool) -> Result<()> {
    let wanted = if is_shown { "visible" } else { "hidden" };
    let look = async || {
        let state = window.execute("return document.visibilityState", &[]).await?;
        Ok((state == wanted).then_some(()))
    };
    window.wait_until(&format!("the window is {wanted}"), look).await
}
