//! axe-core over every screen of the real window, light and dark: it finds nothing to change.
//!
//! `tests/assets/axe.min.js.vendored` is axe-core 4.14.1 of Deque Systems, Inc. (MPL-2.0) as it is published; only this test uses it.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use twinbox_simulator::{Customer, CustomerMessage};
use twinbox_tests::webdriver::Window;

use super::shell::ask;
use super::{LOG, Shop, open_conversation};

const AXE: &str = include_str!("../assets/axe.min.js.vendored");

/// Everything but what is only tried out by its makers.
const RUN: &str = "return axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', \
     'wcag22aa', 'best-practice'], rules: { 'label-content-name-mismatch': { enabled: false } } }).then(found => \
     found.violations.map(it => it.id + ' at ' + it.nodes.slice(0, 3).map(node => node.target.join(' ') + ': ' + node.failureSummary).join(', ')))";

/// A key as a person presses it, wherever the focus is.
const PRESS: &str = "const at = document.activeElement ?? document.body; at.dispatchEvent(new KeyboardEvent('keydown', \
     { key: arguments[0], ctrlKey: arguments[1], bubbles: true, cancelable: true }))";

#[tokio::test]
async fn axe_finds_nothing_to_change_on_any_screen_in_light_and_dark() -> Result<()> {
    let Some(shop) = Shop::open().await? else { return Ok(()) };
    let Shop {
        window,
        simulator,
        home: _home,
        ..
    } = shop;
    for (phone, name) in [("351912345678", "Ana Duarte"), ("971501234567", "ليلى حدّاد")] {
        simulator.customer_writes(
            Customer::new(phone, name),
            CustomerMessage::Text("Is the blue bicycle still there?".to_owned()),
        );
    }
    open_conversation(&window, "Ana Duarte").await?;
    window.wait_for_text(LOG, "Is the blue bicycle still there?").await?;
    for theme in ["light", "dark"] {
        ask(&window, "save_settings", json!({"settings": {"theme": theme}})).await?;
        window.wait_for(&format!("html[data-theme={theme}]")).await?;
        let found = look_at_all(&window).await.with_context(|| format!("in {theme}"))?;
        ensure!(found.is_empty(), "in {theme}: {found:#?}");
    }
    window.close().await
}

async fn look_at_all(window: &Window) -> Result<Vec<String>> {
    let mut found = Vec::new();
    look(window, "inbox", &mut found).await?;
    press(window, "e", true).await?;
    window.wait_for("dialog.emoji[open] [role=gridcell]").await?;
    look(window, "emoji", &mut found).await?;
    press(window, "Escape", false).await?;
    press(window, "k", true).await?;
    window.wait_for("dialog.pal[open] [role=option]").await?;
    look(window, "palette", &mut found).await?;
    press(window, "Escape", false).await?;
    window
        .execute("document.querySelector('.thread__scroll').focus()", &[])
        .await?;
    press(window, "?", false).await?;
    window.wait_for("dialog.sheet[open]").await?;
    look(window, "shortcuts", &mut found).await?;
    press(window, "Escape", false).await?;
    go(window, "n", ".numbers__detail").await?;
    look(window, "numbers", &mut found).await?;
    a_message_is_gone_to(window).await?;
    press(window, ",", true).await?;
    let parts = window.find_all(".settings__part").await?;
    ensure!(!parts.is_empty(), "the settings have no parts");
    for part in parts {
        let name = window.text(&part).await?;
        window.click(&part).await?;
        look(window, &name, &mut found).await?;
    }
    go(window, "i", LOG).await?;
    Ok(found)
}

/// From any page: the palette leads to the conversation of a message that it has found.
async fn a_message_is_gone_to(window: &Window) -> Result<()> {
    press(window, "k", true).await?;
    let field = window.wait_for("dialog.pal[open] input").await?;
    window.send_keys(&field, "bicycle").await?;
    window.click_on("dialog.pal .opt--msg", "").await?;
    window
        .wait_for_text(LOG, "Is the blue bicycle still there?")
        .await
        .map(drop)
}

async fn look(window: &Window, screen: &str, found: &mut Vec<String>) -> Result<()> {
    window.execute(AXE, &[]).await?;
    // Colors are measured when nothing fades any more. What spins for ever cannot be finished, and may go on.
    let calm = "const frame = () => new Promise(requestAnimationFrame); \
        return frame().then(frame).then(() => document.getAnimations().forEach(it => { try { it.finish() } catch {} })) \
            .then(frame)";
    window.execute(calm, &[]).await?;
    let violations = window.execute(RUN, &[]).await?;
    let violations = violations.as_array().context("axe told no list")?;
    found.extend(
        violations
            .iter()
            .map(|it| format!("{screen}: {}", it.as_str().unwrap_or_default())),
    );
    Ok(())
}

async fn go(window: &Window, letter: &str, there: &str) -> Result<()> {
    press(window, "g", false).await?;
    press(window, letter, false).await?;
    window.wait_for(there).await.map(drop)
}

async fn press(window: &Window, key: &str, with_ctrl: bool) -> Result<()> {
    window.execute(PRESS, &[json!(key), json!(with_ctrl)]).await.map(drop)
}
